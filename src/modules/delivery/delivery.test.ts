import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import * as forms from '#modules/forms';
import * as intake from '#modules/intake';
import * as notifications from '#modules/notifications';
import type { Context } from '#platform/context';
import { bring, bytes, json, type Own, sum } from '../../../test/bring.ts';
import { openDeliveryStand } from '../../../test/delivery.ts';
import { workOff } from '../../../test/queue.ts';
import { forgetAnnounced } from './care.ts';
import { advance } from './deliver.ts';
import { handOn, keepUp } from './hand.ts';
import * as delivery from './index.ts';
import { receiveOne } from './receive.ts';
import { openService } from './service-http.ts';

const { stand, platform, port, behind, people, send, town, theirs, anna, emil, address } = await openDeliveryStand();
const { ellrich, dora, nobody } = people;
const refused = (code: string) => ({ code });
const inbox = await delivery.openInbox(emil, 'Steueramt Rhönblick');
const { encryptionKey, signingKey } = await delivery.getInbox(emil, inbox);
const { client, secret } = await delivery.addSender(emil, inbox, 'Stadt Ellrich');

const wish: delivery.DestinationInput = {
  form: 'hundesteuer',
  title: 'Hunde-Register',
  address,
  tokenAddress: '',
  destination: inbox,
  service: '',
  client,
  secret,
  encryptionKey: JSON.stringify(encryptionKey),
  eventKey: JSON.stringify(signingKey),
  isActive: true,
};
const set = (more: Partial<delivery.DestinationInput> = {}) => delivery.setDestination(dora, { ...wish, ...more });

/** Celik applies; everything the house has to do at once is done. */
async function apply() {
  const sent = await send();
  await workOff(stand);
  const [line] = (await delivery.listDeliveries(anna)).items.filter(({ submission }) => submission === sent.number);
  return { ...sent, delivery: line?.id as string };
}

/** Lets the house go on with it until nothing changes any more, as it does by itself in time. */
async function goOn(ctx: Context, one: string) {
  await advance(ctx, one);
  await workOff(stand);
  await advance(ctx, one);
  return delivery.getDelivery(anna, one);
}

const tray = async (list: intake.TrayList) => (await intake.listTray(anna, { list })).items.map(({ submission }) => submission);
const bells = async () => (await notifications.listNotices(anna)).map(({ sentence }) => sentence);

test('a destination is set by an administrator, tested, and its secret never shown again', async () => {
  await assert.rejects(delivery.setDestination(anna, wish), refused('platform.forbidden'));
  await assert.rejects(delivery.setDestination(nobody, wish), refused('platform.signInFirst'));
  await assert.rejects(set({ secret: '' }), refused('delivery.secretMissing'));
  await assert.rejects(set({ address: 'http://192.168.1.1' }), refused('delivery.addressForm'));
  await assert.rejects(set({ eventKey: JSON.stringify(encryptionKey) }), refused('delivery.keyPurpose'));
  await assert.rejects(set({ form: 'nirgends' }), refused('delivery.formUnknown'));
  await set();
  await delivery.checkDestination(dora, 'hundesteuer');
  await assert.rejects(set({ secret: '', address: 'https://elsewhere.example' }), refused('delivery.secretAgain'));
  const { destinations } = await delivery.listDestinations(dora);
  assert.deepEqual(
    destinations.map(({ form, title, isActive }) => [form, title, isActive]),
    [['hundesteuer', 'Hunde-Register', true]],
  );
  assert.ok(!JSON.stringify(destinations).includes(secret));
  const stored = await behind`select secret::text from delivery.destination`;
  assert.ok(!String(stored[0]?.secret).includes(Buffer.from(secret).toString('hex')));
  await set({ destination: randomUUID() });
  await assert.rejects(delivery.checkDestination(dora, 'hundesteuer'), refused('delivery.serviceRefuses'));
  await set({ secret: 'wrong' });
  await assert.rejects(delivery.checkDestination(dora, 'hundesteuer'), refused('delivery.serviceRefusesUs'));
  await set();
  await assert.rejects(delivery.listDestinations(anna), refused('platform.forbidden'));
  assert.deepEqual((await delivery.listDestinations(emil)).destinations, []);
});

test('an application goes to the other authority over HTTP, once, and is accepted there', async () => {
  const { number, reference, delivery: one } = await apply();
  assert.ok(!(await tray('office')).includes(number));
  assert.ok((await tray('elsewhere')).includes(number));
  const done = await goOn(town, one);
  assert.deepEqual([done.state, done.steps.map(({ step }) => step)], ['accepted', ['begin', 'announce', 'submit', 'accept']]);
  const there = (await forms.listSubmissions(theirs, { limit: 100 })).items;
  assert.equal(there.length, 1);
  const view = await intake.getItem(emil, there[0]?.id as number);
  assert.equal(view.submission.applicant, 'Celik Çetin');
  assert.equal(view.submission.data.goneName, 'Rex');
  assert.deepEqual(
    view.files.map(({ name }) => name),
    [`Antrag-${reference}.pdf`],
  );
  assert.ok(JSON.stringify(view.submission.summary.de).includes('Rex'));
  const [latest] = (await delivery.getInbox(emil, inbox)).latest;
  assert.deepEqual([latest?.state, latest?.sender, latest?.submission], ['accepted', 'Stadt Ellrich', there[0]?.id]);
  // The encrypted content is gone with the verdict, and everything that is stored belongs to somebody.
  const [left] = await behind`select count(*)::int as count from delivery.arrival where metadata is not null or data is not null`;
  assert.equal(left?.count, 0);
  // Once more, all of it: nothing changes.
  await handOn.job.run(people.house, { tenant: ellrich, submission: number, form: 'hundesteuer', reference } as never);
  await goOn(town, one);
  assert.equal((await forms.listSubmissions(theirs, { limit: 100 })).items.length, 1);
  for (const other of [emil, people.ida, people.paula])
    await assert.rejects(delivery.getDelivery(other, one), refused('platform.notFound'));
  await assert.rejects(delivery.getDelivery(nobody, one), refused('platform.signInFirst'));
  await assert.rejects(delivery.sendAgain(anna, one), refused('delivery.stepImpossible'));
});

const arrivals = async () =>
  (await behind`select id from delivery.arrival order by announced_at, id`).map((row) => String(row.id));

test('what came from elsewhere is not passed on, however the receiver has set up its own destinations', async () => {
  await delivery.setDestination(emil, wish);
  const { delivery: one } = await apply();
  assert.equal((await goOn(town, one)).state, 'accepted');
  assert.deepEqual((await delivery.listDeliveries(emil)).items, []);
  await delivery.setDestination(emil, { ...wish, secret: '', isActive: false });
});

test('killed after any request and before it was noted, it goes on and nothing arrives twice', async () => {
  const known = await arrivals();
  const { delivery: one } = await apply();
  const now = await arrivals();
  assert.equal(now.length, known.length + 1);
  for (const state of ['waiting', 'announced', 'submitted'] as const) {
    await behind`delete from delivery.verdict where delivery = ${one}`;
    await behind`update delivery.delivery set state = ${state}, submitted_at = null where id = ${one}`;
    assert.equal((await goOn(town, one)).state, 'accepted');
    assert.deepEqual(await arrivals(), now);
  }
});

test('a verdict that is another submission’s, or was heard before, counts for nothing', async () => {
  const { delivery: first } = await apply();
  const { delivery: second } = await apply();
  const remote = async (one: string) => (await delivery.getDelivery(anna, one)).remote;
  const [mine, other] = [await remote(first), await remote(second)];
  const [kept] = await behind`select verdict from delivery.arrival where id = ${mine}`;
  await behind`update delivery.arrival set verdict = (select verdict from delivery.arrival where id = ${other}) where id = ${mine}`;
  assert.equal((await goOn(town, first)).state, 'submitted');
  await behind`update delivery.arrival set verdict = 'e30.e30.e30' where id = ${mine}`;
  assert.equal((await goOn(town, first)).state, 'submitted');
  await behind`update delivery.arrival set verdict = ${kept?.verdict} where id = ${mine}`;
  assert.equal((await goOn(town, first)).state, 'accepted');
  await behind`update delivery.delivery set state = 'submitted' where id = ${first}`;
  assert.equal((await goOn(town, first)).state, 'submitted');
  // Two weeks without a verdict: the office hears of it, and what it does then asks again instead of sending again.
  stand.clock.advance(15 * 86_400);
  const silent = await goOn(town, first);
  assert.deepEqual([silent.state, silent.reason], ['failed', 'delivery.noVerdict']);
  const before = await arrivals();
  await delivery.sendAgain(anna, first);
  await goOn(town, first);
  assert.deepEqual(await arrivals(), before);
});

test('what the receiver has accepted is not what was sent: the office hears of it', async () => {
  const { delivery: one, number } = await apply();
  // Somebody between us has put another envelope in the place of ours: the tags that were accepted are of that one.
  await behind`update delivery.sent_envelope set data_tag = 'another' where delivery = ${one}`;
  const done = await goOn(town, one);
  assert.deepEqual([done.state, done.reason], ['failed', 'delivery.otherContent']);
  assert.ok((await tray('office')).includes(number));
});

test('one that is rejected is the office’s again, with the reasons of the other side, and can go once more', async () => {
  const other = { ...signingKey, alg: encryptionKey.alg, key_ops: encryptionKey.key_ops };
  await set({ encryptionKey: JSON.stringify(other) });
  await assert.rejects(delivery.checkDestination(dora, 'hundesteuer'), refused('delivery.otherKey'));
  const { delivery: one, number } = await apply();
  const done = await goOn(town, one);
  assert.equal(done.state, 'rejected');
  assert.match(done.problems[0]?.type ?? '', /encryption-issue$/);
  assert.ok((await tray('office')).includes(number));
  const { elsewhere } = await intake.getItem(anna, number);
  assert.deepEqual([elsewhere?.isAway, elsewhere?.code], [false, 'delivery.rejected']);
  assert.ok((await bells()).some((sentence) => sentence.startsWith('Wieder im Eingang')));
  await set();
  await delivery.sendAgain(anna, one);
  assert.ok(!(await tray('office')).includes(number));
  const again = await goOn(town, one);
  assert.deepEqual([again.state, again.round], ['accepted', 2]);
});

test('a silent service is tried again later and later; one that refuses us ends it, with the reason in the tray', async () => {
  await set({ address: 'http://127.0.0.1:9/x', tokenAddress: 'http://127.0.0.1:9/x/token' });
  const { delivery: one, number } = await apply();
  const waiting = await goOn(town, one);
  assert.deepEqual([waiting.state, waiting.reason], ['waiting', 'delivery.serviceSilent']);
  assert.ok((waiting.nextAt as Date) > platform.clock.now());
  assert.ok(waiting.failures >= 2);
  await set({ secret: 'wrong' });
  const failed = await goOn(town, one);
  assert.deepEqual([failed.state, failed.reason, failed.open.includes('again')], ['failed', 'delivery.serviceRefusesUs', true]);
  assert.ok((await tray('office')).includes(number));
  await set();
  await delivery.sendAgain(anna, one);
  assert.equal((await goOn(town, one)).state, 'accepted');
});

test('withdrawn or called back before it has left, it never leaves; news about one that has left is told', async () => {
  await set({ address: 'http://127.0.0.1:9/x', tokenAddress: 'http://127.0.0.1:9/x/token' });
  const first = await apply();
  await forms.withdrawSubmission(nobody, first.token);
  await keepUp.job.run(people.house, { tenant: ellrich, submission: first.number, step: 'withdraw' } as never);
  assert.equal((await goOn(town, first.delivery)).state, 'recalled');
  const second = await apply();
  await delivery.takeBack(anna, second.delivery);
  assert.ok((await tray('office')).includes(second.number));
  await set();
  assert.equal((await goOn(town, second.delivery)).state, 'recalled');
  await delivery.sendAgain(anna, second.delivery);
  assert.equal((await goOn(town, second.delivery)).state, 'accepted');
  await keepUp.job.run(people.house, { tenant: ellrich, submission: second.number, step: 'supplement' } as never);
  assert.equal((await intake.getItem(anna, second.number)).elsewhere?.code, 'delivery.movedSince');
});

const access = { address, tokenAddress: `${address}/token`, client, secret, isPrivateFine: () => true };

/** Delivers what others might, and says what came of it. */
async function deliverOwn(own: Own) {
  const service = await openService(access);
  const ids = await bring({ service, inbox, key: encryptionKey }, own);
  await receiveOne(theirs, ids.submissionId);
  await workOff(stand);
  const [row] = await behind`select state, problems, submission from delivery.arrival where id = ${ids.submissionId}`;
  const kinds = ((row?.problems ?? []) as { type: string }[]).map(({ type }) => type.split('/').at(-1));
  return { service, ids, state: String(row?.state), kinds, submission: Number(row?.submission ?? 0) };
}

test('what others deliver is checked as a whole: sums, schema, files; XML with a document type is not read', async () => {
  const taken = await deliverOwn({ files: ['eine Anlage'] });
  assert.deepEqual([taken.state, taken.kinds], ['accepted', []]);
  const view = await intake.getItem(emil, taken.submission);
  assert.deepEqual(view.submission.summary.de[0]?.rows, [{ label: 'Hund › Name', value: 'Rex' }]);
  assert.deepEqual(view.files.map(({ name }) => name).sort(), ['anlage 0.txt', 'fachdaten.json']);
  const xml = { mimeType: 'application/xml' };
  assert.equal((await deliverOwn({ ...xml, data: '<hund><name>Rex &amp; Co</name></hund>' })).state, 'accepted');
  const bomb = '<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c SYSTEM "file:///etc/passwd">]><a>&b;&c;</a>';
  const wrong: readonly (readonly [Own, string])[] = [
    [{ ...xml, data: bomb }, 'syntax-violation'],
    [{ ...xml, data: '<a><b></a>' }, 'syntax-violation'],
    [{ data: '{' }, 'syntax-violation'],
    [{ dataSum: sum('something else') }, 'hash-mismatch'],
    [{ schemaUri: 'urn:rennsteig:antrag:1.0' }, 'schema-violation'],
    [{ metadata: '{' }, 'syntax-violation'],
    [{ metadata: '{"contentStructure":{}}' }, 'schema-violation'],
    [{ metadata: '{"contentStructure":{"attachments":[]}}' }, 'missing-data'],
    [
      {
        files: ['a'],
        metadata: `{"contentStructure":{"data":{"hash":{"type":"sha512","content":"${sum('{}')}"},"submissionSchema":{"schemaUri":"x","mimeType":"${json}"}},"attachments":[]}}`,
        data: '{}',
      },
      'missing-attachment',
    ],
  ];
  for (const [own, kind] of wrong) {
    const { state, kinds } = await deliverOwn(own);
    assert.deepEqual([state, kinds], ['rejected', [kind]], JSON.stringify(own).slice(0, 80));
  }
  const [left] =
    await behind`select count(*)::int as count from delivery.arrival_piece p join delivery.arrival a on a.id = p.arrival where a.state <> 'announced'`;
  assert.equal(left?.count, 0);
});

test('before a submission is read its sender is known', async () => {
  const put = (authorization: string) =>
    fetch(`${address}/v1/submissions/${randomUUID()}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', authorization },
      body: '{"encryptedMetadata": [[[[',
    });
  assert.equal((await put('Bearer 1.2.3.4')).status, 401);
});

test('a sender sees only their own, brings only what was announced, and changes nothing afterwards', async () => {
  const { service, ids } = await deliverOwn({});
  const { client: other, secret: theirSecret } = await delivery.addSender(emil, inbox, 'Jemand anders');
  const stranger = await openService({ ...access, client: other, secret: theirSecret });
  const gone = refused('delivery.serviceRefuses');
  await assert.rejects(stranger.ask({ method: 'GET', path: `/v1/submissions/${ids.submissionId}` }), gone);
  await assert.rejects(stranger.ask({ method: 'GET', path: `/v1/cases/${ids.caseId}/events` }), gone);
  await assert.rejects(service.ask({ method: 'GET', path: `/v1/destinations/${randomUUID()}` }), gone);
  const path = `/v1/submissions/${ids.submissionId}`;
  const late = {
    method: 'PUT' as const,
    path: `${path}/attachments/${randomUUID()}`,
    headers: { 'content-type': 'application/jose' },
  };
  await assert.rejects(service.ask({ ...late, stream: { bytes: bytes('x'), length: 1 } }), gone);
  await service.ask({ method: 'PUT', path, json: { encryptedMetadata: 'x', encryptedData: 'y' } });
  assert.equal((await service.ask({ method: 'GET', path })).body.status, 'accepted');
  const missing = await service.ask({
    method: 'POST',
    path: '/v1/submissions',
    json: { destinationId: inbox, announcedAttachments: [randomUUID()] },
  });
  await assert.rejects(
    service.ask({
      method: 'PUT',
      path: `/v1/submissions/${missing.body.submissionId}`,
      json: { encryptedMetadata: 'x', encryptedData: 'y' },
    }),
    gone,
  );
  await delivery.revokeSender(emil, inbox, other);
  await assert.rejects(stranger.ask({ method: 'GET', path }), refused('delivery.serviceRefusesUs'));
  const elsewhere = `http://127.0.0.1:${port}/zustelldienst/${ellrich}`;
  await assert.rejects(openService({ ...access, tokenAddress: `${elsewhere}/token` }), refused('delivery.serviceRefusesUs'));
  stand.clock.advance(8 * 86_400);
  await forgetAnnounced(theirs);
  const [open] = await behind`select count(*)::int as count from delivery.arrival where state = 'announced'`;
  assert.equal(open?.count, 0);
  // The token of an hour ago is worth nothing.
  await assert.rejects(service.ask({ method: 'GET', path }), refused('delivery.serviceRefusesUs'));
});
