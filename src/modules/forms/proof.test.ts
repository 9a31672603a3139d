import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addCitizen, claimIdentity, receiveIdentity, viewIdentity } from '#modules/accounts';
import { type Context, systemContext } from '#platform/context';
import { Failure } from '#platform/errors';
import { offerForms, settleForms } from '../../../test/forms.ts';
import { openIdentity } from '../../../test/identity.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { ownRecord } from './catalogue/own-record.ts';
import {
  beginDraft,
  beginProof,
  getSubmission,
  listSubmissions,
  lookAtCheck,
  lookAtPage,
  lookAtProof,
  lookAtStatus,
  proveDraft,
  publishDefinition,
  savePage,
  submitDraft,
} from './index.ts';
import { type Proof, prefilled, proofMinutes, suffices } from './rules-assurance.ts';
import { checkDefinition } from './rules-definition.ts';

const { identity, options, setClock } = await openIdentity();
const stand = await openStand(options);
setClock(() => stand.clock.now());
const people = await settle(stand);
await settleForms(people);
await offerForms(people.house, people.ellrich, { forms: ['eigene-meldedaten'] });
const town = systemContext(stand.house.platform, people.ellrich, 'test');
let visitors = 0;
const nobody = (): Context => ({ ...people.nobody, network: `198.51.100.${visitors++ % 250}` });
const codeOf = (code: string) => (error: unknown) => error instanceof Failure && error.code === code;

const answers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  what: { wanted: 'data' },
  person: { firstName: 'Martha', lastName: 'Fuchs', born: '12.11.1948' },
  address: { 'home.street': 'Lindenweg', 'home.number': '17 a', 'home.postcode': '99755', 'home.town': 'Ellrich' },
  contact: { mail: '', phone: '' },
};

async function save(ctx: Context, token: string, page: string, changed: Readonly<Record<string, string>> = {}) {
  const view = await lookAtPage(ctx, token, { page, item: 0 });
  if (!('step' in view)) return view.goTo;
  const raw = { ...answers[page], ...changed };
  const sent = new Map(Object.entries(raw).map(([name, value]) => [name, [value]] as const));
  return (await savePage(ctx, token, { page, item: 0, go: 'next', step: view.step, sent })).goTo;
}

const begin = async (form = 'eigene-meldedaten') => (await beginDraft(nobody(), { form, place: '16062005', trap: '' })).token;

type How = NonNullable<Parameters<typeof identity.answer>[1]>;

/** To the state identity and back, as a browser goes; the secret of its cookie. */
async function prove(token: string, how: How = { citizen: 'martha' }): Promise<string> {
  const ctx = nobody();
  const secret = await beginProof(ctx, token);
  const view = await viewIdentity(ctx, secret);
  const address = view?.state.kind === 'begun' ? view.state.address : '';
  await (await fetch(address, { redirect: 'manual' })).text();
  const asked = identity.requests.at(-1);
  assert.ok(asked);
  const { SAMLResponse, RelayState } = identity.answer(asked, how);
  const received = await receiveIdentity(ctx, { answer: SAMLResponse, relayState: RelayState });
  if (received.refusal === null) await claimIdentity(ctx, { secret, answer: received.secret });
  return secret;
}

async function send(token: string): Promise<void> {
  stand.clock.advance(10);
  const check = await lookAtCheck(nobody(), token);
  assert.ok('edition' in check);
  await submitDraft(nobody(), token, { edition: check.edition, cents: null, isDeclared: true, trap: '' });
}

test('it is asked for where the form says so, and not before', async () => {
  const token = await begin();
  assert.equal(await save(nobody(), token, 'what'), 'person');
  for (const page of ['person', 'address'])
    assert.equal(await save(nobody(), token, page), page === 'person' ? 'ausweisen' : 'person');
  const { need, goTo, attributes } = await lookAtProof(nobody(), token);
  assert.deepEqual([need.level, need.isMet, goTo], ['substantial', false, 'person']);
  assert.deepEqual([...attributes].sort(), ['birthDate', 'familyName', 'givenName', 'number', 'postcode', 'street', 'town']);
});

test('what is confirmed is filled in, marked, and on record with what is sent', async () => {
  const token = await begin();
  await save(nobody(), token, 'what');
  assert.equal(await proveDraft(nobody(), token, await prove(token)), true);
  const view = await lookAtPage(nobody(), token, { page: 'person', item: 0 });
  assert.ok('questions' in view);
  assert.deepEqual([view.questions[0]?.raw.firstName, view.questions[0]?.raw.born], ['Martha', '12.11.1948']);
  await save(nobody(), token, 'person', { firstName: 'Marta' });
  for (const page of ['address', 'contact']) await save(nobody(), token, page);
  await send(token);
  const [line] = (await listSubmissions(town, { limit: 10 })).items;
  const { proof } = await getSubmission(town, line?.id ?? 0);
  assert.equal(proof?.inWords.de, 'BundID (Übung), Vertrauensniveau substanziell; bestätigt: Nachname, Geburtsdatum, Anschrift');
  assert.match(proof?.law.de ?? '', /§ 10 Absatz 1 BMG/);
});

test('without it nothing is sent: not too low, not for another draft, not later with the same link', async () => {
  const token = await begin();
  await save(nobody(), token, 'what');
  assert.equal(await proveDraft(nobody(), token, await prove(token, { fault: 'tooLow' })), false);
  assert.equal(await proveDraft(nobody(), token, 'x'.repeat(43)), false);
  const other = await begin();
  const secret = await prove(token);
  assert.equal(await proveDraft(nobody(), token, secret), true);
  // The same browser, the same answer, another draft.
  assert.equal(await proveDraft(nobody(), other, secret), false);
  // Twice, as after a crash between taking it and noting it.
  assert.equal(await proveDraft(nobody(), token, secret), true);
  for (const page of ['person', 'address', 'contact']) await save(nobody(), token, page);
  stand.clock.advance(proofMinutes * 60 + 1);
  const check = await lookAtCheck(nobody(), token);
  assert.ok('proof' in check && !check.proof.isMet);
  const input = { edition: 'edition' in check ? check.edition : 0, cents: null, isDeclared: true, trap: '' };
  await assert.rejects(submitDraft(nobody(), token, input), codeOf('forms.proofMissing'));
  assert.ok(!('step' in (await lookAtPage(nobody(), token, { page: 'person', item: 0 }))));
  assert.equal(await proveDraft(nobody(), token, await prove(token)), true);
  await send(token);
  assert.equal((await lookAtStatus(nobody(), token)).state, 'received');
});

test('what somebody has typed stays, also when the identity says otherwise', async () => {
  const late = { ...ownRecord, key: 'spaet', assurance: { level: 'high' as const, source: ownRecord.assurance.source } };
  await publishDefinition(people.house, late);
  await offerForms(people.house, people.ellrich, { forms: ['spaet'] });
  const token = await begin('spaet');
  for (const page of ['what', 'person', 'address', 'contact'])
    await save(nobody(), token, page, page === 'person' ? { firstName: 'Erna' } : {});
  const before = await lookAtCheck(nobody(), token);
  assert.ok('proof' in before && !before.proof.isMet);
  assert.equal(await proveDraft(nobody(), token, await prove(token)), true);
  const after = await lookAtCheck(nobody(), token);
  assert.ok('proof' in after && after.proof.isMet);
  assert.doesNotMatch(after.proof.inWords?.de ?? '', /Vorname/);
  assert.match(JSON.stringify(after.sections), /Erna/);
  await send(token);
});

test('where an account suffices, signing in is enough, and a link alone is not', async () => {
  const account = {
    ...ownRecord,
    key: 'mit-konto',
    assurance: { level: 'account' as const, source: ownRecord.assurance.source },
  };
  await publishDefinition(people.house, account);
  await offerForms(people.house, people.ellrich, { forms: ['mit-konto'] });
  const token = await begin('mit-konto');
  for (const page of ['what', 'person', 'address', 'contact']) await save(nobody(), token, page);
  await assert.rejects(beginProof(nobody(), token), codeOf('forms.proofNotNeeded'));
  stand.clock.advance(10);
  const check = await lookAtCheck(nobody(), token);
  const input = { edition: 'edition' in check ? check.edition : 0, cents: null, isDeclared: true, trap: '' };
  await assert.rejects(submitDraft(nobody(), token, input), codeOf('forms.proofMissing'));
  const address = 'martha@post.example';
  const id = await addCitizen(people.house, { address, name: 'Martha Fuchs', kind: 'person', password: 'Regen auf dem Brocken' });
  const actor = { kind: 'citizen' as const, tenant: 1, citizen: id, name: 'Martha', address, isCompany: false, credential: 0 };
  await submitDraft({ ...nobody(), actor }, token, input);
});

test('a form says what it takes over, and nothing that does not fit', () => {
  const [first, ...pages] = ownRecord.pages;
  const wrong = [
    { ...ownRecord, assurance: { ...ownRecord.assurance, page: 'nowhere' } },
    { ...ownRecord, pages: [{ ...first, fields: [{ ...first?.fields[0], identity: 'givenName' }] }, ...pages] },
    { ...ownRecord, pages: [{ ...first, key: 'ausweisen' }, ...pages] },
  ];
  for (const definition of wrong) assert.throws(() => checkDefinition(definition), codeOf('forms.definitionForm'));
});

test('a proof suffices for what is as sure or less, for an hour', () => {
  const levels = ['account', 'basic', 'substantial', 'high'] as const;
  const now = new Date('2026-11-23T08:00:00Z');
  fc.assert(
    fc.property(fc.nat({ max: 3 }), fc.nat({ max: 3 }), fc.nat({ max: 7_200 }), (shown, wanted, seconds) => {
      const at = new Date(now.getTime() - seconds * 1_000);
      const proof: Proof = { level: levels[shown] ?? 'account', source: 'x', at, confirmed: {} };
      const isEnough = suffices(proof, levels[wanted] ?? 'account', now);
      assert.equal(isEnough, shown >= wanted && seconds <= proofMinutes * 60);
    }),
  );
  assert.ok(suffices(null, 'none', now));
});

test('filling in never changes what stands there', () => {
  const text = fc.string({ minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(text, text, fc.boolean(), (typed, confirmed, isEmpty) => {
      const given = { firstName: isEmpty ? '' : typed };
      const { plain } = prefilled(ownRecord, given, { givenName: confirmed });
      assert.equal(plain.firstName, isEmpty ? confirmed : typed);
    }),
  );
});
