import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as notifications from '#modules/notifications';
import { bring, type Own, openPortal } from '../../../test/bring.ts';
import { openDeliveryStand } from '../../../test/delivery.ts';
import { workOff } from '../../../test/queue.ts';
import { advance } from './deliver.ts';
import { fetchInbox } from './fetch.ts';
import * as delivery from './index.ts';
import { careForKeys } from './key-ring.ts';
import type { Jwk } from './keys.ts';

/** Rhönblick renews the keys of its destination; Ellrich, which delivers there, hears of it later than everybody would wish. */

const { stand, behind, people, send, town, theirs, anna, emil, address } = await openDeliveryStand();
const { dora } = people;
const refused = (code: string) => ({ code });
const day = 86_400;
const inbox = await delivery.openInbox(emil, 'Steueramt Rhönblick');
const first = await delivery.getInbox(emil, inbox);
const { client, secret } = await delivery.addSender(emil, inbox, 'Stadt Ellrich');
const text = (key: Jwk) => JSON.stringify(key);
const wish: delivery.DestinationInput = {
  form: 'hundesteuer',
  title: 'Hunde-Register',
  address,
  tokenAddress: '',
  destination: inbox,
  service: '',
  client,
  secret,
  encryptionKey: text(first.encryptionKey),
  eventKey: text(first.signingKey),
  isActive: true,
};
await delivery.setDestination(dora, wish);

/** Celik applies, and the application goes as far as it gets. */
async function apply() {
  const { number } = await send();
  await workOff(stand);
  const [line] = (await delivery.listDeliveries(anna)).items.filter(({ submission }) => submission === number);
  const one = line?.id as string;
  await advance(town, one);
  await workOff(stand);
  await advance(town, one);
  return delivery.getDelivery(anna, one);
}
const secrets = async () =>
  (await behind`select kid, secret is not null as alive from delivery.old_key order by replaced_at, kid`).map(
    ({ alive }) => alive,
  );

test('keys are renewed by an administrator, for a time that makes sense, and not twice at once', async () => {
  await assert.rejects(delivery.renewKeys(anna, inbox, 90), refused('platform.forbidden'));
  await assert.rejects(delivery.renewKeys(dora, inbox, 90), refused('platform.notFound'));
  for (const days of [0, 6, 366, 1.5, Number.NaN])
    await assert.rejects(delivery.renewKeys(emil, inbox, days), refused('delivery.overlapForm'));
  await delivery.renewKeys(emil, inbox, 30);
  await assert.rejects(delivery.renewKeys(emil, inbox, 30), refused('delivery.renewedAlready'));
  const now = await delivery.getInbox(emil, inbox);
  assert.notEqual(now.encryptionKey.kid, first.encryptionKey.kid);
  assert.notEqual(now.signingKey.kid, first.signingKey.kid);
  assert.deepEqual(new Set(now.oldKeys.map(({ jwk }) => jwk.kid)), new Set([first.encryptionKey.kid, first.signingKey.kid]));
  const kept = await delivery.keepInbox(emil, {
    title: 'Fremd',
    encryptionKey: text(first.encryptionKey),
    signingKey: text(first.signingKey),
  });
  await assert.rejects(delivery.renewKeys(emil, kept, 30), refused('delivery.keysTheirs'));
});

test('who still knows the former keys alone delivers, and understands the verdict; so does who knows the new ones', async () => {
  assert.equal((await apply()).state, 'accepted');
  await assert.rejects(delivery.checkDestination(dora, 'hundesteuer'), refused('delivery.otherKey'));
  const { senders, encryptionKey, signingKey } = await delivery.getInbox(emil, inbox);
  assert.ok(senders[0]?.oldKeyAt);
  await delivery.setDestination(dora, { ...wish, encryptionKey: text(encryptionKey), eventKey: text(signingKey) });
  await delivery.checkDestination(dora, 'hundesteuer');
  assert.equal((await apply()).state, 'accepted');
  const service = await openPortal(address, { client, secret });
  const path = `/v1/destinations/${inbox}/keys`;
  const { body } = await service.ask({ method: 'GET', path });
  const kids = (body.keys as Jwk[]).map(({ kid }) => kid);
  assert.deepEqual(kids.length, 4);
  for (const kid of kids) assert.equal((await service.ask({ method: 'GET', path: `${path}/${kid}` })).body.kid, kid);
  assert.ok(!JSON.stringify(body).includes('"d"'));
});

test('a week before the end the administrators hear of it, once; then the former secrets are destroyed', async () => {
  const bell = async () =>
    (await notifications.listNotices(emil)).filter(({ sentence }) => sentence.startsWith('Die bisherigen Schlüssel')).length;
  await careForKeys(theirs);
  assert.equal(await bell(), 0);
  stand.clock.advance(24 * day);
  await careForKeys(theirs);
  await careForKeys(theirs);
  assert.equal(await bell(), 1);
  assert.deepEqual(await secrets(), [true, true]);
  await delivery.setDestination(dora, wish);
  stand.clock.advance(7 * day);
  // Nobody has cleaned up yet, and they count no more all the same: the application is the office's again.
  const late = await apply();
  assert.equal(late.state, 'submitted');
  assert.deepEqual((await delivery.getInbox(emil, inbox)).oldKeys, []);
  const { encryptionKey, signingKey } = await delivery.getInbox(emil, inbox);
  await delivery.setDestination(dora, { ...wish, encryptionKey: text(encryptionKey), eventKey: text(signingKey) });
  await advance(town, late.id);
  const heard = await delivery.getDelivery(anna, late.id);
  assert.equal(heard.state, 'rejected');
  assert.match(heard.problems[0]?.type ?? '', /encryption-issue$/);
  await careForKeys(theirs);
  assert.deepEqual(await secrets(), [false, false]);
  await delivery.sendAgain(anna, late.id);
  await workOff(stand);
  await advance(town, late.id);
  await workOff(stand);
  await advance(town, late.id);
  assert.equal((await delivery.getDelivery(anna, late.id)).state, 'accepted');
});

test('former keys can be ended at once', async () => {
  await delivery.renewKeys(emil, inbox, 90);
  await assert.rejects(delivery.endKeysNow(anna, inbox), refused('platform.forbidden'));
  assert.deepEqual(await secrets(), [false, false, true, true]);
  await delivery.endKeysNow(emil, inbox);
  assert.deepEqual(await secrets(), [false, false, false, false]);
  await delivery.renewKeys(emil, inbox, 90);
});

test('what was fetched with a former key is opened, and told to a service that knows only the former one', async () => {
  const ours = await delivery.openInbox(dora, 'Beim Land', 'foreign');
  const { encryptionKey, signingKey } = await delivery.getInbox(dora, ours);
  const kept = await delivery.keepInbox(emil, {
    title: 'Ellrich',
    encryptionKey: text(encryptionKey),
    signingKey: text(signingKey),
  });
  const receiver = await delivery.addSender(emil, kept, 'Ellrich', 'fetch');
  const portal = await delivery.addSender(emil, kept, 'Portal');
  await delivery.setSource(dora, ours, { address, tokenAddress: '', destination: kept, ...receiver });
  const service = await openPortal(address, portal);
  const deliver = (own: Own = {}) => bring({ service, inbox: kept, key: encryptionKey }, own);
  await delivery.renewKeys(dora, ours, 30);
  const { submissionId } = await deliver({ files: ['a'] });
  await fetchInbox(town, ours);
  await workOff(stand);
  await fetchInbox(town, ours);
  assert.equal((await service.ask({ method: 'GET', path: `/v1/submissions/${submissionId}` })).body.status, 'accepted');
});
