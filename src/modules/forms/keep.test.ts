import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { sessionCookie } from '#platform/http';
import { csrfToken } from '#platform/http-guard';
import { makeCounterClerk, reachProof, settleForms } from '../../../test/forms.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import * as forms from './index.ts';

/** What is typed is kept by the page itself, before anybody presses a button. */

const stand = await openStand();
const people = await settle(stand);
const { nobody, house } = people;
let port = 0;
before(async () => {
  await settleForms(people);
  stand.clock.advance(10);
  port = await stand.house.listen();
});

type Answers = Readonly<Record<string, readonly string[]>>;

async function shown(token: string, page: string) {
  const view = await forms.lookAtPage(nobody, token, { page, item: 0 });
  assert.ok('questions' in view);
  return { step: view.step, raw: Object.assign({}, ...view.questions.map(({ raw }) => raw)) as Record<string, string> };
}

const keep = (token: string, page: string, at: { step: string; turn: number }, sent: Answers) =>
  forms.keepPage(nobody, token, { page, item: 0, ...at, sent: new Map(Object.entries(sent)) });

test('two windows of one draft keep what each has typed on its page', async () => {
  const token = await reachProof(people);
  const [one, two] = [await shown(token, 'household'), await shown(token, 'danger')];
  await Promise.all([
    keep(token, 'household', { step: one.step, turn: 1 }, { kept: ['3'] }),
    keep(token, 'danger', { step: two.step, turn: 1 }, { dangerous: ['yes'] }),
  ]);
  await keep(token, 'household', { step: one.step, turn: 2 }, { kept: ['4'] });
  assert.equal((await shown(token, 'household')).raw.kept, '4');
  assert.equal((await shown(token, 'danger')).raw.dangerous, 'yes');
});

test('a save that is overtaken by a later one, or by the button, changes nothing any more', async () => {
  const token = await reachProof(people);
  const { step } = await shown(token, 'household');
  await keep(token, 'household', { step, turn: 2 }, { kept: ['22'] });
  await keep(token, 'household', { step, turn: 1 }, { kept: ['2'] });
  assert.equal((await shown(token, 'household')).raw.kept, '22');
  const sent = new Map([['kept', ['222']]]);
  await forms.savePage(nobody, token, { page: 'household', item: 0, step, turn: 4, sent, go: 'next' });
  await keep(token, 'household', { step, turn: 3 }, { kept: ['22'] });
  assert.equal((await shown(token, 'household')).raw.kept, '222');
});

test('what cannot be kept is said: what another window has changed, what was sent, what is nobody’s', async () => {
  const token = await reachProof(people);
  const [one, two] = [await shown(token, 'household'), await shown(token, 'household')];
  await keep(token, 'household', { step: one.step, turn: 1 }, { kept: ['3'] });
  await assert.rejects(keep(token, 'household', { step: two.step, turn: 1 }, { kept: ['5'] }), {
    code: 'forms.changedElsewhere',
  });
  const town = { ...house, actor: { kind: 'system', tenant: people.ellrich, job: 'test' } } as typeof house;
  await town.platform.db.write(
    people.ellrich,
    (tx) => tx`update forms.draft set state = 'sent' where tenant = ${people.ellrich}`,
  );
  await assert.rejects(keep(token, 'household', { step: one.step, turn: 2 }, { kept: ['5'] }), { code: 'forms.sentAlready' });
  await assert.rejects(keep('nichts', 'household', { step: one.step, turn: 1 }, {}), { code: 'forms.linkUnknown' });
});

test('over the line: whoever holds the link; who is signed in with the token of their forms, and not from elsewhere', async () => {
  const token = await reachProof(people);
  const { step } = await shown(token, 'household');
  const send = async (body: object, headers: Readonly<Record<string, string>> = {}, key = token) => {
    const answer = await fetch(`http://127.0.0.1:${port}/antrag/hundesteuer/${key}/household/entwurf`, {
      method: 'POST',
      headers: { origin: `http://127.0.0.1:${port}`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return answer.status;
  };
  const body = (turn: number, kept: string) => ({ step, item: 0, turn, sent: { kept: [kept], notAsked: ['x'] } });
  assert.equal(await send(body(1, '5')), 204);
  assert.equal((await shown(token, 'household')).raw.kept, '5');
  assert.equal(await send(body(2, '6'), { origin: 'https://fremd.example' }), 403);
  assert.equal(await send({ ...body(2, '6'), step: 'x' }), 400);
  assert.equal(await send({ ...body(2, '6'), turn: 0 }), 400);
  assert.equal(await send(body(2, '6'), {}, `${token.slice(0, -2)}xx`), 404);
  assert.equal(await send(body(2, '6'), {}, 'konto-2.1'), 401);
  await makeCounterClerk(people);
  const cookie = await people.cookie('anna');
  const [, session = ''] = cookie.split('=', 2);
  assert.equal(cookie.startsWith(sessionCookie(false)), true);
  assert.equal(await send(body(2, '6'), { cookie }), 403);
  const csrf = csrfToken(stand.house.platform.keys, decodeURIComponent(session));
  assert.equal(await send(body(2, '6'), { cookie, 'x-csrf-token': csrf }), 204);
  assert.equal((await shown(token, 'household')).raw.kept, '6');
});
