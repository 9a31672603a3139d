import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bringSeal } from '#modules/signing';
import { systemContext } from '#platform/context';
import { listMail } from '#platform/mail';
import { issue, pemOf } from '../../../test/certificates.ts';
import { settle } from '../../../test/people.ts';
import { workOff } from '../../../test/queue.ts';
import { openStand } from '../../../test/stand.ts';
import { watchEnds } from '../signing/end.ts';
import { dueWarning } from '../signing/rules-end.ts';
import * as notifications from './index.ts';

/** Ellrich has brought a certificate that ends in January; Dora administers the town, Paula runs the house. */

const stand = await openStand();
const { platform } = stand.house;
const people = await settle(stand);
const { ellrich, tlrz, house, dora, anna } = people;
const town = systemContext(platform, ellrich, 'test');
const end = Date.parse('2027-02-01T11:00:00Z');
const issuer = issue('Aussteller', { kind: 'rsa3072' });

async function bring(until: number): Promise<void> {
  const { pem, key } = issue('Siegel', { kind: 'ec', by: issuer, until: new Date(until).toISOString() });
  await bringSeal(town, { certificates: pem + issuer.pem, key: pemOf(key), passphrase: '' });
}

/** Each morning looks, twice: what was told stays told. */
async function morning(daysBefore: number, until = end): Promise<void> {
  stand.clock.advance((until - daysBefore * 86_400_000 - platform.clock.now().getTime()) / 1_000);
  for (let time = 0; time < 2; time += 1) await watchEnds.run(house, {} as never);
  await workOff(stand);
}

const mails = async (tenant: number) =>
  (await listMail(platform.db.read(tenant), tenant, 50)).filter(({ subject }) => subject.includes('Siegels')).map(({ to }) => to);

test('60, 30 and 7 days before and at the end, once each, the administrators and the operators are told, and nobody else', async () => {
  await bring(end);
  const counts: number[] = [];
  for (const days of [61, 60, 59, 30, 29, 7, 3, 0, -1, -30]) {
    await morning(days);
    counts.push((await mails(ellrich)).length);
  }
  assert.deepEqual(counts, [0, 1, 1, 2, 2, 3, 3, 4, 4, 4]);
  assert.deepEqual(new Set(await mails(ellrich)), new Set([people.address.dora]));
  assert.deepEqual(new Set(await mails(tlrz)), new Set([people.address.paula]));
  assert.equal((await mails(tlrz)).length, 4);
  assert.deepEqual(
    (await notifications.listNotices(dora)).map(({ sentence }) => sentence.replace(/\. Neue.*/, '.')),
    ['Das Zertifikat, mit dem Stadt Ellrich Dokumente gesiegelt hat, ist am 1. Februar 2027 abgelaufen.'],
  );
  assert.equal((await notifications.listNotices(people.paula))[0]?.link, `/anbieter/${ellrich}`);
  assert.deepEqual(await notifications.listNotices(anna), []);
});

test('a new certificate in time ends the warnings, and begins its own; who looks late tells the latest step only', async () => {
  const before = (await mails(ellrich)).length;
  const next = Date.parse('2029-01-01T00:00:00Z');
  await bring(next);
  await morning(100, next);
  assert.equal((await mails(ellrich)).length, before);
  await morning(5, next);
  assert.equal((await mails(ellrich)).length, before + 1);
});

test('which warning is due', () => {
  const at = new Date(end);
  const due = [60.1, 60, 30.5, 30, 7.01, 7, 0.1, 0, -400].map((days) => dueWarning(at, new Date(end - days * 86_400_000)));
  assert.deepEqual(due, [null, 60, 60, 30, 30, 7, 7, 0, 0]);
});
