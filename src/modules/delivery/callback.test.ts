import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { systemContext } from '#platform/context';
import { bring, openPortal } from '../../../test/bring.ts';
import { openDeliveryStand } from '../../../test/delivery.ts';
import { workOff } from '../../../test/queue.ts';
import { callback, forgetCalls } from './callback.ts';
import * as delivery from './index.ts';
import { type Jwk, publicKey } from './keys.ts';
import { readCallback, writeCallback } from './rules-callback.ts';
import { readEvent } from './token.ts';

/** Rhönblick's delivery service calls Ellrich when there is something new for it; Ellrich believes it only what it has authenticated. */

const { stand, platform, people, behind, theirs, anna, emil, port, address } = await openDeliveryStand();
const { ellrich, rhoenblick, dora } = people;
const refused = (code: string) => ({ code });
const ours = await delivery.openInbox(dora, 'Zustellpunkt beim Land', 'foreign');
const { encryptionKey, signingKey } = await delivery.getInbox(dora, ours);
const kept = await delivery.keepInbox(emil, {
  title: 'Ellrich',
  encryptionKey: JSON.stringify(encryptionKey),
  signingKey: JSON.stringify(signingKey),
});
const receiver = await delivery.addSender(emil, kept, 'Stadt Ellrich', 'fetch');
const sender = await openPortal(address, await delivery.addSender(emil, kept, 'Landesportal'));
const source = { address, tokenAddress: '', destination: kept, client: receiver.client, secret: receiver.secret };
await delivery.setSource(dora, ours, source);
await workOff(stand);
const calls = `http://127.0.0.1:${port}/zustelldienst/${ellrich}/callbacks/${ours}`;

const fetches = async () => (await behind`select count(*)::int as count from delivery.arrival where inbox = ${ours}`)[0]?.count;
const seconds = (more = 0) => String(Math.floor(stand.clock.now().getTime() / 1_000) + more);
const about = (destinationId = kept) =>
  writeCallback([{ destinationId, submissionId: '0b7b2d0e-63f1-4c1c-9a5c-6f0c4b2f8c11', caseId: kept }]);
const macOf = (secret: string, at: string, body: string) => createHmac('sha512', secret).update(`${at}.${body}`).digest('hex');

type Made = { readonly secret: string; readonly at?: string; readonly body?: string; readonly to?: string };

async function call({ secret, at = seconds(), body = about(), to = calls }: Made, sent = body): Promise<number> {
  const headers = {
    'content-type': 'application/json',
    'callback-authentication': macOf(secret, at, body),
    'callback-timestamp': at,
  };
  return (await fetch(to, { method: 'POST', headers, body: sent })).status;
}

test('what is authenticated is as the documentation computes it', () => {
  // docs.fitko.de/fit-connect, “Verwendung von Callbacks”: HMAC-SHA512 over time, dot and body, in hexadecimal.
  const said = JSON.parse(about());
  assert.equal(said.type, 'https://schema.fitko.de/fit-connect/submission-api/callbacks/new-submissions');
  assert.deepEqual(said.submissionIds, [said.submissions[0].submissionId]);
  fc.assert(fc.property(fc.jsonValue(), (value) => readCallback(JSON.stringify(value)) === null));
});

test('administrators set it up, each at their own kind of destination', async () => {
  const wish = { address: calls, secret: 'x' };
  await assert.rejects(delivery.setCallback(anna, ours, wish), refused('platform.forbidden'));
  await assert.rejects(delivery.setCallback(dora, ours, wish), refused('delivery.notHere'));
  await assert.rejects(delivery.setCallback(dora, kept, wish), refused('platform.notFound'));
  await assert.rejects(delivery.makeCallbackSecret(emil, kept), refused('delivery.notHere'));
  await assert.rejects(delivery.makeCallbackSecret(anna, ours), refused('platform.forbidden'));
  await assert.rejects(delivery.setCallback(emil, kept, { ...wish, secret: '' }), refused('delivery.secretMissing'));
  await assert.rejects(
    delivery.setCallback(emil, kept, { ...wish, address: 'http://10.0.0.1/' }),
    refused('delivery.addressForm'),
  );
});

test('a new submission is told at once and fetched; a service that hears nobody asks later', async () => {
  const { callbackSecret } = await delivery.makeCallbackSecret(dora, ours);
  await delivery.setCallback(emil, kept, { address: calls, secret: callbackSecret });
  await assert.rejects(
    delivery.setCallback(emil, kept, { address: 'https://elsewhere.example', secret: '' }),
    refused('delivery.secretAgain'),
  );
  const stored = await behind`select callback_secret::text as secret from delivery.inbox where callback_secret is not null`;
  assert.equal(stored.length, 2);
  assert.ok(!JSON.stringify(stored).includes(Buffer.from(callbackSecret).toString('hex')));
  assert.ok(!JSON.stringify(await delivery.getInbox(dora, ours)).includes(callbackSecret));
  const before = await fetches();
  await bring({ service: sender, inbox: kept, key: encryptionKey });
  await workOff(stand);
  assert.equal(await fetches(), before + 1);
  // Nobody there: it is called again later, and after some time no more.
  await delivery.setCallback(emil, kept, { address: 'http://127.0.0.1:9/', secret: callbackSecret });
  const { submissionId } = await bring({ service: sender, inbox: kept, key: encryptionKey });
  await callback.run(theirs, { arrival: submissionId, failures: 3 });
  await callback.run(theirs, { arrival: submissionId, failures: 29 });
  const jobs = await behind`select payload from graphile_worker._private_jobs where payload::text like ${`%${submissionId}%`}`;
  assert.ok(!JSON.stringify(jobs).includes('"failures":30'));
  await delivery.setCallback(emil, kept, { address: '', secret: '' });
});

test('what the service gives out is not what it has signed for: it is turned back', async () => {
  const bringOne = (file: string) => bring({ service: sender, inbox: kept, key: encryptionKey }, { files: [file] });
  const [right, other] = [await bringOne('a'), await bringOne('b')];
  // Whoever runs the service puts another envelope for the same receiver in the place of this one.
  await behind`
    update delivery.arrival set data = (select data from delivery.arrival where id = ${other.submissionId}) where id = ${right.submissionId}`;
  await delivery.fetchNow(dora, ours);
  await workOff(stand);
  const rows = await behind`select remote, state, problems from delivery.arrival where inbox = ${ours}`;
  const one = (remote: string) => rows.find((row) => row.remote === remote);
  assert.deepEqual([one(right.submissionId)?.state, one(other.submissionId)?.state], ['rejected', 'accepted']);
  assert.match(JSON.stringify(one(right.submissionId)?.problems), /incorrect-authentication-tag.*"data"/);
  const { body } = await sender.ask({ method: 'GET', path: `/v1/cases/${other.caseId}/events` });
  const [submitted = '', accepted = ''] = body.eventLog as string[];
  const { body: jwks } = await sender.ask({ method: 'GET', path: '/.well-known/jwks.json' });
  const [key] = jwks.keys as Jwk[];
  const expected = {
    submission: other.submissionId,
    caseId: other.caseId,
    issuer: null,
    since: new Date(0),
    now: stand.clock.now(),
  };
  const said = readEvent(submitted, [publicKey(key as Jwk)], expected);
  const verdict = readEvent(accepted, [publicKey(signingKey)], { ...expected, issuer: kept });
  assert.deepEqual([said.kind, verdict.kind, verdict.tags], ['submit', 'accept', said.tags]);
  assert.equal(Object.keys(said.tags?.attachments ?? {}).length, 1);
});

test('a call is believed from who has the secret, at its time, once, and only about what is ours', async () => {
  const { callbackSecret: former } = await delivery.makeCallbackSecret(dora, ours);
  const { callbackSecret: secret } = await delivery.makeCallbackSecret(dora, ours);
  assert.equal(await call({ secret: former }), 401);
  assert.equal(await call({ secret: 'guessed' }), 401);
  assert.equal(await call({ secret, at: seconds(-301) }), 401);
  assert.equal(await call({ secret, at: seconds(301) }), 401);
  assert.equal(await call({ secret, at: 'now' }), 401);
  assert.equal(await call({ secret }, about(ours)), 401);
  assert.equal(await call({ secret, body: '{"type":"other"}' }), 400);
  assert.equal(await call({ secret, body: 'x'.repeat(70_000) }), 413);
  assert.equal(await call({ secret, to: calls.replace(ours, kept) }), 404);
  assert.equal(await call({ secret, to: calls.replace(`/${ellrich}/`, `/${rhoenblick}/`) }), 404);
  assert.equal((await fetch(calls, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })).status, 401);
  assert.equal(await call({ secret }), 200);
  assert.equal(await call({ secret }), 409);
  assert.equal(await call({ secret, at: seconds(-1) }), 200);
  assert.equal(await call({ secret, body: about(ours) }), 200);
  // What was heard is kept as long as it would be believed, and no longer.
  const town = systemContext(platform, ellrich, 'test');
  await forgetCalls(town);
  assert.equal(await call({ secret, at: seconds(-1) }), 409);
  stand.clock.advance(700);
  await forgetCalls(town);
  const [left] = await behind`select count(*)::int as count from delivery.heard_callback`;
  assert.equal(left?.count, 0);
});
