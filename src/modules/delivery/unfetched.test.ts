import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as notifications from '#modules/notifications';
import { bring, openPortal } from '../../../test/bring.ts';
import { openDeliveryStand } from '../../../test/delivery.ts';
import { workOff } from '../../../test/queue.ts';
import { advance } from './deliver.ts';
import * as delivery from './index.ts';
import { type Jwk, publicKey } from './keys.ts';
import { receiveOne } from './receive.ts';
import { readEvent } from './token.ts';
import { careForUnfetched } from './unfetched.ts';

/** What lies at Rhönblick's delivery service, where nobody fetches it, and what an attempt that fails leaves behind. */

const { stand, platform, behind, people, send, town, theirs, anna, emil, address } = await openDeliveryStand();
const { rhoenblick, dora } = people;
const day = 86_400;
const foreign = await delivery.openInbox(dora, 'Zustellpunkt beim Land', 'foreign');
const { encryptionKey, signingKey } = await delivery.getInbox(dora, foreign);
const keys = { encryptionKey: JSON.stringify(encryptionKey), eventKey: JSON.stringify(signingKey) };
const kept = await delivery.keepInbox(emil, {
  title: 'Ellrich',
  encryptionKey: keys.encryptionKey,
  signingKey: keys.eventKey,
});
const portal = await delivery.addSender(emil, kept, 'Landesportal');
const bells = async () => (await notifications.listNotices(emil)).map(({ sentence }) => sentence);
const objects = async () => (await Array.fromAsync(platform.blobs.list(rhoenblick))).length;

test('what nobody fetches is told after three days, once, and turned back after fourteen; its sender reads why', async () => {
  const { client, secret } = portal;
  await delivery.setDestination(dora, {
    ...keys,
    form: 'hundesteuer',
    title: 'Hunde-Register',
    address,
    tokenAddress: '',
    destination: kept,
    service: '',
    client,
    secret,
    isActive: true,
  });
  const before = await objects();
  const { number } = await send();
  await workOff(stand);
  const [line] = (await delivery.listDeliveries(anna)).items.filter(({ submission }) => submission === number);
  const one = line?.id as string;
  assert.equal((await delivery.getDelivery(anna, one)).state, 'submitted');
  assert.ok((await objects()) > before);
  await careForUnfetched(theirs);
  assert.ok(!(await bells()).some((sentence) => sentence.includes('nicht abgeholt')));
  stand.clock.advance(3 * day + 1);
  await careForUnfetched(theirs);
  await careForUnfetched(theirs);
  const told = (await bells()).filter((sentence) => sentence.includes('nicht abgeholt'));
  assert.deepEqual([told.length, told[0]?.includes('Anzahl: 1.')], [1, true]);
  stand.clock.advance(11 * day);
  await careForUnfetched(theirs);
  await careForUnfetched(theirs);
  assert.equal(await objects(), before);
  const [row] = await behind`select state, metadata, data from delivery.arrival where inbox = ${kept}`;
  assert.deepEqual([row?.state, row?.metadata, row?.data], ['rejected', null, null]);
  const [trail] = await behind`select count(*)::int as count from platform.audit where action = 'delivery.giveUp'`;
  assert.equal(trail?.count, 1);
  await advance(town, one);
  const back = await delivery.getDelivery(anna, one);
  assert.deepEqual(
    [back.state, back.reason, back.problems[0]?.type],
    ['rejected', 'delivery.notFetched', 'urn:rennsteig:problem:not-fetched'],
  );
});

test('nobody but the service can say that it has given up', async () => {
  // Two weeks have passed: what gave access then does no more.
  const service = await openPortal(address, portal);
  const { submissionId, caseId } = await bring({ service, inbox: kept, key: encryptionKey });
  const { body } = await service.ask({ method: 'GET', path: `/v1/cases/${caseId}/events` });
  const [submitted = ''] = body.eventLog as string[];
  const { body: jwks } = await service.ask({ method: 'GET', path: '/.well-known/jwks.json' });
  const [key] = jwks.keys as Jwk[];
  const about = { submission: submissionId, caseId, issuer: `${platform.config.url}/zustelldienst/${rhoenblick}` };
  const expected = { ...about, since: new Date(0), now: stand.clock.now() };
  assert.equal(readEvent(submitted, [publicKey(key as Jwk)], expected).kind, 'submit');
  assert.throws(() => readEvent(submitted, [publicKey(signingKey)], expected), { code: 'delivery.tokenRefused' });
  assert.deepEqual(Object.keys(key ?? {}).sort(), ['alg', 'e', 'key_ops', 'kid', 'kty', 'n']);
});

test('what an attempt has stored goes when it fails; the next one takes it all in', async () => {
  const own = await delivery.openInbox(emil, 'Steueramt');
  const { encryptionKey: key } = await delivery.getInbox(emil, own);
  const office = await openPortal(address, await delivery.addSender(emil, own, 'Landesportal'));
  const { submissionId } = await bring({ service: office, inbox: own, key }, { files: ['eins', 'zwei'] });
  const all = await objects();
  // The disk does not give out the second file at this moment.
  const [last] = await behind`
    select blob from delivery.arrival_piece where arrival = ${submissionId} order by id desc limit 1`;
  const { open } = platform.blobs;
  let failures = 0;
  const broken: typeof open = (tenant, blob) => {
    if (blob !== last?.blob) return open.call(platform.blobs, tenant, blob);
    failures += 1;
    return Promise.reject(new Error('disk'));
  };
  Object.defineProperty(platform.blobs, 'open', { value: broken, configurable: true });
  await assert.rejects(receiveOne(theirs, submissionId), { message: 'disk' });
  Object.defineProperty(platform.blobs, 'open', { value: open, configurable: true });
  assert.deepEqual([failures > 0, await objects()], [true, all]);
  await receiveOne(theirs, submissionId);
  const [row] = await behind`select state from delivery.arrival where id = ${submissionId}`;
  assert.equal(row?.state, 'accepted');
});
