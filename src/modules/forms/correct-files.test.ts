import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as intake from '#modules/intake';
import { settleOffice } from '../../../test/office.ts';
import { settle } from '../../../test/people.ts';
import { workOff } from '../../../test/queue.ts';
import { openStand } from '../../../test/stand.ts';
import { keptAmong } from './care.ts';
import * as forms from './index.ts';

/** Files in a correction: what was sent holds until the correction is sent, and nothing is lost on either way. */

const stand = await openStand();
const people = await settle(stand);
const office = await settleOffice(stand, people);
const { nobody } = people;
const anna = await people.now('anna');
const refused = (code: string) => ({ code });

const where = { page: 'road', field: 'roadPlan' };

async function* pdf(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(`%PDF-1.7\n${text}`);
}

const add = (token: string, name: string, text: string) => forms.addFile(nobody, token, { ...where, name, bytes: pdf(text) });

async function question(token: string) {
  const view = await forms.lookAtPage(nobody, token, { page: 'road', item: 0 });
  assert.ok('questions' in view);
  return view.questions.find(({ field }) => field.key === 'roadPlan')?.files ?? [];
}

async function begun() {
  const sent = await office.sendStreetFeast([
    { name: 'Plan A.pdf', text: 'a' },
    { name: 'Plan B.pdf', text: 'b' },
  ]);
  await workOff(stand);
  await forms.beginCorrection(nobody, sent.token);
  const files = await question(sent.token);
  const [first, second] = files;
  assert.ok(first && second);
  return { ...sent, first: first.id, second: second.id };
}

async function send(token: string): Promise<{ readonly asSupplement: string | null }> {
  const view = await forms.lookAtCheck(nobody, token);
  assert.ok('edition' in view, 'complete');
  return forms.sendCorrection(nobody, token, { edition: view.edition, cents: null, isDeclared: true, trap: '' });
}

const atOffice = async (number: number) => (await intake.getItem(anna, number)).files;
const names = (files: readonly { readonly name: string }[]) => files.map(({ name }) => name);

test('a plan is replaced, another one added, one kept after all: the office sees it once the correction is sent', async () => {
  const { token, number, first, second } = await begun();
  await forms.removeFile(nobody, token, first);
  await forms.removeFile(nobody, token, second);
  assert.deepEqual(
    (await question(token)).map(({ isLeaving }) => isLeaving),
    [true, true],
  );
  // Without any plan the form is not complete, as at the first time.
  assert.deepEqual(await forms.lookAtCheck(nobody, token), { goTo: 'road' });
  await forms.keepFile(nobody, token, second);
  await forms.keepFile(nobody, token, second);
  await add(token, 'Plan A.pdf', 'a, neu');
  await add(token, 'Plan C.pdf', 'c');
  const before = await atOffice(number);
  assert.deepEqual(names(before), ['Plan A.pdf', 'Plan B.pdf']);
  assert.deepEqual(names((await forms.lookAtStatus(nobody, token)).files), ['Plan A.pdf', 'Plan B.pdf']);
  const view = await forms.lookAtCheck(nobody, token);
  assert.ok('changes' in view);
  assert.deepEqual(
    view.changes?.map(({ to }) => to),
    ['Plan B.pdf, Plan A.pdf, Plan C.pdf', 'neue Datei'],
  );
  assert.deepEqual(await send(token), { asSupplement: null, linkEnded: false });
  await workOff(stand);
  const after = await atOffice(number);
  assert.deepEqual(names(after), ['Plan B.pdf', 'Plan A.pdf', 'Plan C.pdf']);
  const item = await intake.getItem(anna, number);
  assert.match(item.happenings.at(-1)?.text ?? '', /Plan A\.pdf: bisherige Datei → neue Datei/);
  // The former plan is gone with its bytes; what stayed is the same content as before.
  const former = before[0]?.blob as string;
  assert.equal((await keptAmong(office.town, [former])).size, 0);
  await assert.rejects(office.town.platform.blobs.open(office.town.actor.tenant, former));
  assert.equal(after[0]?.blob, before[1]?.blob);
});

test('a correction that is dropped, in the middle too, leaves the files as they were sent', async () => {
  const { token, number, first, second } = await begun();
  const before = await atOffice(number);
  await forms.removeFile(nobody, token, first);
  await add(token, 'Plan C.pdf', 'c');
  const added = (await question(token)).find(({ name }) => name === 'Plan C.pdf')?.id as number;
  await forms.removeFile(nobody, token, added);
  await add(token, 'Plan D.pdf', 'd');
  // The same file again is the one that was to go.
  await forms.removeFile(nobody, token, second);
  await add(token, 'Plan B, noch einmal.pdf', 'b');
  await forms.dropCorrection(nobody, token);
  assert.deepEqual(await atOffice(number), before);
  await assert.rejects(add(token, 'Plan E.pdf', 'e'), refused('forms.sentAlready'));
  await assert.rejects(forms.removeFile(nobody, token, first), refused('forms.sentAlready'));
  await forms.keepFile(nobody, token, first);
  assert.deepEqual(await atOffice(number), before);
});

test('when somebody has taken it meanwhile, new files reach them, and no former one goes', async () => {
  const { token, number, first } = await begun();
  await forms.removeFile(nobody, token, first);
  await add(token, 'Plan A.pdf', 'a, neu');
  await intake.take(anna, number);
  assert.deepEqual(await send(token), { asSupplement: 'taken', linkEnded: false });
  assert.deepEqual(names(await atOffice(number)), ['Plan A.pdf', 'Plan B.pdf', 'Plan A.pdf']);
});

test('no more files than the question takes, whatever is to go; another draft’s files are out of reach', async () => {
  const { token, first } = await begun();
  const other = await begun();
  await forms.removeFile(nobody, token, first);
  for (const text of ['1', '2', '3', '4']) await add(token, `${text}.pdf`, text);
  await assert.rejects(add(token, '5.pdf', '5'), refused('forms.enoughFiles'));
  await assert.rejects(forms.keepFile(nobody, token, first), refused('forms.enoughFiles'));
  await forms.removeFile(nobody, token, other.first);
  assert.deepEqual(
    (await question(other.token)).map(({ isLeaving }) => isLeaving),
    [false, false],
  );
});
