import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settleForms } from '../../../test/forms.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { connect } from '../../platform/db.ts';
import * as forms from './index.ts';

/** Many who send at the same moment share a transaction: nobody is lost, stored twice or held up by somebody else's mistake. */

const stand = await openStand();
const people = await settle(stand);
await settleForms(people);
stand.clock.advance(10);
const { nobody, house, ellrich } = people;
const town = { ...house, actor: { kind: 'system', tenant: ellrich, job: 'test' } } as typeof house;

type Page = readonly [page: string, answers: Readonly<Record<string, string>>];
const person: readonly Page[] = [
  ['person', { firstName: 'Celik', lastName: 'Çetin', born: '3.3.1970' }],
  ['address', { 'home.street': 'Am Bach', 'home.number': '3', 'home.postcode': '99755', 'home.town': 'Ellrich' }],
];
/** Costs nothing. */
const gone: readonly Page[] = [
  ['what', { matter: 'deregister' }],
  ['gone', { goneName: 'Rex', taxNumber: '', goneOn: '1.11.2026', goneWhy: 'died' }],
  ...person,
  ['contact', { mail: '', phone: '' }],
];
/** Costs a fee, and its applicant gets a mail. */
const owed: readonly Page[] = [
  ['what', { matter: 'register' }],
  [
    'dogs',
    { dogName: 'Bello', breed: 'Mischling', sex: 'male', dogBorn: '1.5.2025', keptSince: '1.7.2025', chip: '276098100000001' },
  ],
  ['household', { kept: '0' }],
  ['danger', { dangerous: 'no' }],
  ['exemption', { exempt: 'none' }],
  ...person,
  ['contact', { mail: 'celik@post.example', phone: '' }],
  ['debit', { wantsDebit: 'no' }],
];

type Ready = { readonly token: string; readonly input: forms.SubmitInput };

/** A draft that only has to be sent. */
async function ready(pages: readonly Page[] = gone): Promise<Ready> {
  const { token } = await forms.beginDraft(nobody, { form: 'hundesteuer', place: '16062005', trap: '' });
  for (const [page, answers] of pages) {
    const view = await forms.lookAtPage(nobody, token, { page, item: 0 });
    assert.ok('step' in view);
    const sent = new Map(Object.entries(answers).map(([name, value]) => [name, [value]] as const));
    await forms.savePage(nobody, token, { page, item: 0, go: 'next', step: view.step, sent });
  }
  const check = await forms.lookAtCheck(nobody, token);
  assert.ok('edition' in check);
  const cents = check.fee?.kind === 'sum' ? check.fee.cents : null;
  return { token, input: { edition: check.edition, cents, isDeclared: true, trap: '' } };
}

const send = ({ token, input }: Ready, ctx = nobody) => forms.submitDraft(ctx, token, input);
/** Of what the office sees: what is not paid yet is none of its business. */
const references = async () => (await forms.listSubmissions(town)).items.map(({ reference }) => reference);

test('those who send at once are each stored once; who is refused keeps their draft and spoils nothing for the others', async () => {
  const [first, second, paid, undeclared, stale] = await Promise.all([ready(), ready(), ready(owed), ready(), ready()]);
  stand.clock.advance(10);
  const before = await references();
  const [one, two, again, three, ...refusals] = await Promise.allSettled([
    ...[send(first), send(second), send(second), send(paid)],
    send({ ...undeclared, input: { ...undeclared.input, isDeclared: false } }),
    send({ ...stale, input: { ...stale.input, edition: stale.input.edition - 1 } }),
    send({ ...first, token: `${first.token.slice(0, -1)}${first.token.endsWith('A') ? 'B' : 'A'}` }),
  ]);
  assert.ok(one?.status === 'fulfilled' && two?.status === 'fulfilled' && three?.status === 'fulfilled');
  assert.deepEqual(again, two);
  assert.match(three.value.payment ?? '', /^\/bezahlung\//);
  assert.equal(one.value.payment, null);
  assert.deepEqual(
    refusals.map((outcome) => outcome.status === 'rejected' && outcome.reason.code),
    ['forms.notDeclared', 'forms.changedElsewhere', 'forms.linkUnknown'],
  );
  const made = (await references()).filter((reference) => !before.includes(reference));
  assert.deepEqual(made.sort(), [one, two].map(({ value }) => value.reference).sort());
  const status = await forms.lookAtStatus(nobody, paid.token);
  assert.deepEqual([status.reference, status.payment?.state], [three.value.reference, 'open']);
  for (const draft of [undeclared, stale]) assert.match((await send(draft)).reference, /^HUN-/);
});

test('what breaks the transaction of all is sent again alone, and alone it fails', async () => {
  const [broken, ...whole] = await Promise.all([ready(owed), ready(), ready(), ready(owed)]);
  stand.clock.advance(10);
  const { platform } = nobody;
  let looks = 0;
  // The clock stops in the midst of asking for the fee, when rows have been written already.
  const now = () => (new Error().stack?.includes('openPayment') ? new Date(Number.NaN + looks++) : platform.clock.now());
  const late = { ...nobody, platform: { ...platform, clock: { ...platform.clock, now } } };
  const before = (await references()).length;
  const outcomes = await Promise.allSettled([
    send(whole[0] as Ready),
    send(broken, late),
    ...whole.slice(1).map((item) => send(item)),
  ]);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled', 'fulfilled'],
  );
  assert.ok(looks > 1);
  assert.equal((await references()).length, before + 2);
  assert.equal((await forms.resumeDraft(nobody, broken.token)).goTo, 'pruefen');
  const { reference } = await send(broken);
  assert.equal((await forms.lookAtStatus(nobody, broken.token)).reference, reference);
});

test('who waited for another process sees what that one has left', async () => {
  const [draft, other] = await Promise.all([ready(), ready()]);
  stand.clock.advance(10);
  const behind = connect(stand.owner, { max: 1 });
  const outcome = behind.begin(async (tx) => {
    await tx`update forms.draft set edition = edition + 1 where tenant = ${ellrich} and state = 'open'`;
    const sending = Promise.allSettled([send(draft), send(other)]);
    const waitsForUs = () => tx`select from pg_stat_activity where pg_backend_pid() = any (pg_blocking_pids(pid))`;
    while ((await waitsForUs()).length === 0);
    return { sending };
  });
  for (const sent of await (await outcome).sending) {
    assert.equal(sent.status, 'rejected');
    assert.equal(sent.status === 'rejected' && sent.reason.code, 'forms.changedElsewhere');
  }
  await behind.end();
});
