import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Context } from '#platform/context';
import { Failure } from '#platform/errors';
import { type Fault, faults, openIdentity } from '../../../test/identity.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { sweepIdentities } from './citizen-identity.ts';
import {
  addCitizen,
  beginIdentity,
  beginIdentityAgain,
  citizenBySession,
  claimIdentity,
  type IdentityAttribute,
  type IdentityLevel,
  linkIdentity,
  listIdentities,
  readAnswerCookie,
  receiveIdentity,
  removeCitizen,
  signInByIdentity,
  takeProof,
  unlinkIdentity,
  viewIdentity,
} from './index.ts';
import { readXml, XmlRefused } from './rules-saml-xml.ts';

const { identity, options, setClock } = await openIdentity();
const stand = await openStand(options);
setClock(() => stand.clock.now());
const people = await settle(stand);
/** Why answers were refused, as the operator reads it in the log. */
const reasons: string[] = [];
const log = new Proxy(stand.house.platform.log, {
  get: (target, name) => (name === 'warn' ? ({ reason }: { reason: string }) => reasons.push(reason) : Reflect.get(target, name)),
});
const platform = { ...stand.house.platform, log };
let visitors = 0;
/** Everybody comes from somewhere else: from one place only so many sign-ins are begun. */
const newVisitor = (): Context => ({ ...people.nobody, platform, network: `198.51.100.${visitors++ % 250}` });
const nobody = newVisitor();
const password = 'Regen auf dem Brocken';

const codeOf = (code: string) => (error: unknown) => error instanceof Failure && error.code === code;

type Begun = { readonly level?: IdentityLevel; readonly attributes?: readonly IdentityAttribute[] };

/** Goes to the practice identity with the request, as a browser would; what it was understood as there. */
async function arrive(ctx: Context, secret: string) {
  const view = await viewIdentity(ctx, secret);
  assert.equal(view?.state.kind, 'begun');
  const address = view?.state.kind === 'begun' ? view.state.address : '';
  const answer = await fetch(address, { redirect: 'manual' });
  assert.equal(answer.status, 303, await answer.text());
  const asked = identity.requests.at(-1);
  assert.ok(asked);
  return asked;
}

async function prove({ level = 'basic', attributes = [] }: Begun = {}) {
  const secret = await beginIdentity(newVisitor(), { purpose: 'prove', level, attributes });
  return { secret, asked: await arrive(nobody, secret) };
}

const posted = ({ SAMLResponse, RelayState }: ReturnType<typeof identity.answer>) => ({
  answer: SAMLResponse,
  relayState: RelayState,
});

/** Posts an answer in a browser that began with a secret, and shows that it came with it; why it was not taken. */
async function bring(ctx: Context, secret: string, given: Parameters<typeof receiveIdentity>[1]) {
  const received = await receiveIdentity(ctx, given);
  if (received.refusal === null) await claimIdentity(ctx, { secret, answer: received.secret });
  return received.refusal;
}

const proofOf = (secret: string, usedFor = 'draft 1') => takeProof(nobody, { secret, usedFor });

async function citizen(name: string): Promise<Context> {
  const address = `${name}@post.example`;
  const id = await addCitizen(people.house, { address, name, kind: 'person', password });
  return {
    ...nobody,
    actor: { kind: 'citizen', tenant: 1, citizen: id, name, address, isCompany: false, credential: 0 },
  };
}

/** Signs in at the practice identity and comes back. */
async function confirm(ctx: Context, purpose: 'signIn' | 'link', who: string): Promise<string> {
  const secret = await beginIdentity({ ...newVisitor(), actor: ctx.actor }, { purpose, level: 'basic' });
  const asked = await arrive(ctx, secret);
  assert.equal(await bring(newVisitor(), secret, posted(identity.answer(asked, { citizen: who }))), null);
  return secret;
}

test('the request is signed, for this address, and asks for the level and what is needed', async () => {
  const { asked } = await prove({ level: 'high', attributes: ['givenName', 'street', 'number'] });
  assert.equal(asked.level, 'high');
  assert.deepEqual(asked.attributes, ['urn:oid:1.3.6.1.4.1.25484.494450.3', 'urn:oid:2.5.4.42', 'urn:oid:2.5.4.16']);
  assert.ok(Buffer.byteLength(asked.relayState) <= 80);
});

test('an answer confirms the level and what was asked for, and nothing else of what came', async () => {
  const { secret, asked } = await prove({ level: 'substantial', attributes: ['givenName', 'familyName', 'street', 'number'] });
  assert.equal(await proofOf(secret), null);
  assert.equal(await bring(nobody, secret, posted(identity.answer(asked, { citizen: 'martha', level: 'high' }))), null);
  const proof = await proofOf(secret);
  assert.deepEqual(proof?.facts, { givenName: 'Martha', familyName: 'Fuchs', street: 'Lindenweg', number: '17 a' });
  assert.deepEqual([proof?.level, proof?.source], ['high', 'BundID (Übung)']);
  // The power may fail in between: for the same thing it can be taken again, for another one never.
  assert.deepEqual(await proofOf(secret), proof);
  assert.equal(await proofOf(secret, 'draft 2'), null);
});

test('neither name nor pseudonym is stored when nothing was asked for', async () => {
  const { secret, asked } = await prove();
  const fields = identity.answer(asked, { citizen: 'celik' });
  assert.equal(await bring(nobody, secret, posted(fields)), null);
  assert.deepEqual((await proofOf(secret))?.facts, {});
});

type Outcome = readonly [outcome: string, reason: RegExp | null];
const untrusted = (reason: RegExp): Outcome => ['untrusted', reason];

/** What becomes of each kind of answer, and why. Only answers that are signed and say no end the sign-in; all others change nothing. */
const outcomes: Readonly<Record<Fault, Outcome>> = {
  cancelled: ['cancelled', null],
  noLevel: ['tooLow', null],
  technical: ['technical', null],
  tooLow: ['tooLow', null],
  expired: ['late', /too late/],
  early: ['late', /too early/],
  longAgo: ['late', /too late/],
  otherRequest: ['unknown', null],
  unknownLevel: untrusted(/unknown level/),
  wrongKey: untrusted(/Invalid document signature/),
  unsigned: untrusted(/Response holds 0 of Signature/),
  halfSigned: untrusted(/Invalid signature from encrypted assertion/),
  weakHash: untrusted(/SignatureMethod .*rsa-sha1/),
  tampered: untrusted(/Invalid document signature/),
  otherAudience: untrusted(/audience/),
  otherDestination: untrusted(/another destination/),
  otherRecipient: untrusted(/another recipient/),
  otherIssuer: untrusted(/another issuer/),
  halfOtherRequest: untrusted(/another request/),
  plain: untrusted(/not encrypted/),
  twoAssertions: untrusted(/several assertions/),
  wrappedAssertion: untrusted(/several assertions/),
  wrappedResponse: untrusted(/a response in the response/),
  wrappedInside: untrusted(/Referenced node|another element|Invalid signature/),
  entities: untrusted(/document type/),
  externalEntity: untrusted(/document type/),
  comment: untrusted(/comment/),
  noPseudonym: untrusted(/no pseudonym/),
  twoPseudonyms: untrusted(/several values/),
};

for (const fault of faults) {
  test(`an answer that is wrong (${fault}) proves nothing`, async () => {
    const { secret, asked } = await prove({ level: 'substantial' });
    reasons.length = 0;
    const [outcome, reason] = outcomes[fault];
    assert.equal(await bring(newVisitor(), secret, posted(identity.answer(asked, { fault }))), outcome);
    assert.match(reasons.join(), reason ?? /^$/);
    assert.equal(await proofOf(secret), null);
    const isOver = reason === null && outcome !== 'unknown';
    assert.equal(await bring(newVisitor(), secret, posted(identity.answer(asked))), isOver ? 'used' : null);
    const again = await beginIdentityAgain(newVisitor(), secret);
    assert.equal((await viewIdentity(nobody, again))?.level, 'substantial');
  });
}

test('an answer is taken once, however often and wherever it is posted', async () => {
  const { secret, asked } = await prove();
  const fields = posted(identity.answer(asked));
  const outcomes = await Promise.all(Array.from({ length: 8 }, () => bring(nobody, secret, fields)));
  assert.deepEqual(outcomes.filter((outcome) => outcome === null).length, 1);
  assert.ok(outcomes.every((outcome) => outcome === null || outcome === 'used'));
  assert.equal(await bring(nobody, secret, posted(identity.answer(asked, { citizen: 'martha' }))), 'used');
  assert.ok(await proofOf(secret));
});

test('an answer counts for its own relay state and browser only', async () => {
  const [mine, yours] = [await prove(), await prove()];
  const { answer } = posted(identity.answer(mine.asked));
  for (const relayState of [yours.asked.relayState, '', 'x'.repeat(43)])
    assert.equal(await bring(nobody, mine.secret, { answer, relayState }), 'unknown');
  assert.equal(await bring(nobody, mine.secret, { answer, relayState: mine.asked.relayState }), null);
  assert.equal(await proofOf(yours.secret), null);
  assert.equal(await proofOf('x'.repeat(43)), null);
});

test('whoever gets somebody else to finish a sign-in is not signed in as them', async () => {
  const celik = await citizen('opfer');
  await linkIdentity(celik, await confirm(celik, 'link', 'celik'));
  // Mallory begins, and Celik signs in at the address Mallory sends: the answer comes with Celik's browser.
  const [mallory, victim] = [newVisitor(), newVisitor()];
  const secret = await beginIdentity(mallory, { purpose: 'signIn', level: 'basic' });
  const asked = await arrive(mallory, secret);
  const received = await receiveIdentity(victim, posted(identity.answer(asked, { citizen: 'celik' })));
  assert.ok(received.refusal === null);
  const refused = { kind: 'refused', reason: 'otherBrowser' } as const;
  assert.deepEqual((await viewIdentity(mallory, secret))?.state, refused);
  await assert.rejects(signInByIdentity(mallory, secret), codeOf('accounts.identityGone'));
  // Neither a secret of another answer nor one of another request goes with it.
  const other = await prove();
  const theirs = await receiveIdentity(mallory, posted(identity.answer(other.asked)));
  assert.ok(theirs.refusal === null);
  for (const claim of [
    { secret, answer: theirs.secret },
    { secret, answer: secret },
    { secret: other.secret, answer: received.secret },
    { secret: 'x', answer: '' },
  ])
    await claimIdentity(mallory, claim);
  assert.deepEqual((await viewIdentity(mallory, secret))?.state, refused);
  assert.equal(await proofOf(other.secret), null);
  await claimIdentity(mallory, { secret: other.secret, answer: theirs.secret });
  assert.ok(await proofOf(other.secret));
  await removeCitizen(celik, password);
});

test('what is no answer at all is told apart and costs nothing', async () => {
  const { secret, asked } = await prove();
  for (const answer of [
    '',
    '!!',
    Buffer.from('<a/>').toString('base64'),
    Buffer.from('no').toString('base64'),
    'A'.repeat(300_000),
  ])
    assert.equal(await bring(nobody, secret, { answer, relayState: asked.relayState }), 'untrusted');
});

test('an answer is of the size of an answer: what would keep whoever verifies it busy is refused before', () => {
  const attributes = (count: number) => Array.from({ length: count }, (_, index) => ` a${index}="x"`).join('');
  assert.equal(readXml(`<a>${`<b${attributes(100)}/>`.repeat(10)}</a>`).children.length, 10);
  assert.throws(() => readXml(`<a>${`<b${attributes(100)}/>`.repeat(11)}</a>`), XmlRefused);
  assert.throws(() => readXml(`<a${attributes(501)}/>`), XmlRefused);
  assert.throws(() => readXml(`<a>${'<b/>'.repeat(1_000)}</a>`), XmlRefused);
  assert.throws(() => readXml('<a>'.repeat(40) + '</a>'.repeat(40)), XmlRefused);
});

test('a sign-in lapses: while somebody is away, and when nobody picks it up', async () => {
  const away = await prove();
  stand.clock.advance(1_801);
  assert.equal(await bring(nobody, away.secret, posted(identity.answer(away.asked))), 'late');
  assert.deepEqual((await viewIdentity(nobody, away.secret))?.state, { kind: 'refused', reason: 'late' });
  const left = await prove();
  assert.equal(await bring(nobody, left.secret, posted(identity.answer(left.asked))), null);
  stand.clock.advance(901);
  assert.equal(await proofOf(left.secret), null);
  // With everything that was said about a person.
  await sweepIdentities.run({ ...people.house, platform }, undefined as never);
  assert.deepEqual([await viewIdentity(nobody, left.secret), await viewIdentity(nobody, away.secret)], [null, null]);
});

test('an account is linked, signs in by it, and is unlinked', async () => {
  const celik = await citizen('celik.cetin');
  assert.equal(await signInByIdentity(nobody, await confirm(nobody, 'signIn', 'celik')), null);
  const secret = await confirm(celik, 'link', 'celik');
  await linkIdentity(celik, secret);
  await linkIdentity(celik, secret);
  const back = await confirm(nobody, 'signIn', 'celik');
  const session = await signInByIdentity(nobody, back);
  assert.ok(session);
  const actor = await citizenBySession(platform, session.token);
  assert.equal(actor?.citizen, celik.actor.kind === 'citizen' && celik.actor.citizen);
  await assert.rejects(signInByIdentity(nobody, back), codeOf('accounts.identityGone'));
  const [link, ...others] = await listIdentities(celik);
  assert.ok(link?.lastUsedAt);
  assert.equal(others.length, 0);
  const stranger = await citizen('fremd');
  await assert.rejects(unlinkIdentity(stranger, link.id), codeOf('platform.notFound'));
  await unlinkIdentity(celik, link.id);
  assert.equal(await signInByIdentity(nobody, await confirm(nobody, 'signIn', 'celik')), null);
});

test('whoever is linked with one account is linked with no other, and nobody links for somebody else', async () => {
  const [first, second] = [await citizen('erste'), await citizen('zweite')];
  await linkIdentity(first, await confirm(first, 'link', 'martha'));
  await assert.rejects(linkIdentity(second, await confirm(second, 'link', 'martha')), codeOf('accounts.identityTaken'));
  const begun = await confirm(first, 'link', 'celik');
  await assert.rejects(linkIdentity(second, begun), codeOf('accounts.identityGone'));
  await assert.rejects(beginIdentity(nobody, { purpose: 'link', level: 'basic' }), codeOf('platform.signInFirst'));
  await assert.rejects(beginIdentity(people.anna, { purpose: 'link', level: 'basic' }), codeOf('platform.signInFirst'));
  await assert.rejects(linkIdentity(nobody, begun), codeOf('platform.signInFirst'));
  // What was confirmed for one thing serves for no other.
  const proof = await prove();
  assert.equal(await bring(nobody, proof.secret, posted(identity.answer(proof.asked))), null);
  await assert.rejects(linkIdentity(second, proof.secret), codeOf('accounts.identityGone'));
  await assert.rejects(signInByIdentity(nobody, proof.secret), codeOf('accounts.identityGone'));
  assert.equal(await proofOf(await confirm(nobody, 'signIn', 'celik')), null);
});

test('an account that is deleted takes its links along', async () => {
  const gone = await citizen('weg');
  await linkIdentity(gone, await confirm(gone, 'link', 'celik'));
  await removeCitizen(gone, password);
  assert.equal(await signInByIdentity(nobody, await confirm(nobody, 'signIn', 'celik')), null);
});

test('over HTTP another site may post the answer, and only there; no cookie is read', async () => {
  const { app } = stand.house;
  const { secret, asked } = await prove();
  const payload = new URLSearchParams(identity.answer(asked)).toString();
  const headers = {
    host: 'localhost',
    origin: 'https://bund.example',
    'sec-fetch-site': 'cross-site',
    cookie: `identitaet=${secret}.Lw`,
    'content-type': 'application/x-www-form-urlencoded',
  };
  const answer = await app.inject({ method: 'POST', url: '/identitaet/antwort', headers, payload });
  assert.deepEqual([answer.statusCode, answer.headers.location], [303, '/identitaet']);
  const cookie = String(answer.headers['set-cookie']);
  assert.match(cookie, /^identitaet-antwort=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=900$/);
  assert.equal(await proofOf(secret), null);
  const answered = readAnswerCookie(nobody, cookie.split(';')[0] ?? '');
  await claimIdentity(nobody, { secret, answer: answered ?? '' });
  assert.ok(await proofOf(secret));
  const twice = await app.inject({ method: 'POST', url: '/identitaet/antwort', headers, payload });
  assert.deepEqual([twice.headers.location, twice.headers['set-cookie']], ['/identitaet?grund=used', undefined]);
  const large = await app.inject({ method: 'POST', url: '/identitaet/antwort', headers, payload: 'a'.repeat(400_000) });
  assert.equal(large.statusCode, 413);
  const metadata = await app.inject({ method: 'GET', url: '/identitaet/metadaten.xml', headers: { host: 'localhost' } });
  assert.match(metadata.body, /entityID="http:\/\/127\.0\.0\.1:\d+\/identitaet\/metadaten\.xml"/);
  assert.match(metadata.body, /use="encryption"/);
  assert.doesNotMatch(metadata.body, /PRIVATE/);
});
