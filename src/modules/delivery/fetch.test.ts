import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import fc from 'fast-check';
import * as forms from '#modules/forms';
import * as intake from '#modules/intake';
import { systemContext } from '#platform/context';
import { bring, bytes, type Own, openPortal, sum } from '../../../test/bring.ts';
import { openDeliveryStand } from '../../../test/delivery.ts';
import { workOff } from '../../../test/queue.ts';
import { fetchDue, fetchInbox } from './fetch.ts';
import * as delivery from './index.ts';
import { readContent, readListing } from './listing.ts';
import { limits } from './rules.ts';
import { peekAt } from './token.ts';

/** Ellrich fetches what a state portal has delivered for it to the delivery service that Rhönblick runs. */

const { stand, platform, behind, people, town, anna, emil, address } = await openDeliveryStand();
const { ellrich, dora, nobody } = people;
const refused = (code: string) => ({ code });
const ours = await delivery.openInbox(dora, 'Zustellpunkt beim Land', 'foreign');
const { encryptionKey, signingKey, offices } = await delivery.getInbox(dora, ours);
const kept = await delivery.keepInbox(emil, {
  title: 'Ellrich',
  encryptionKey: JSON.stringify(encryptionKey),
  signingKey: JSON.stringify(signingKey),
});
const receiver = await delivery.addSender(emil, kept, 'Stadt Ellrich', 'fetch');
const portal = await delivery.addSender(emil, kept, 'Landesportal');
const access = { address, tokenAddress: '', destination: kept, ...receiver };
const sender = await openPortal(address, portal);

/** The portal delivers for us. */
const send = (own: Own = {}) => bring({ service: sender, inbox: kept, key: encryptionKey }, own);

/** The house does all it has to, until nothing changes any more. */
async function goOn() {
  await fetchInbox(town, ours);
  await workOff(stand);
  await fetchInbox(town, ours);
}

const mine = async () => {
  const rows = await behind`
    select remote, state, reason, failures, told_at is not null as told, submission, problems from delivery.arrival
    where inbox = ${ours} order by announced_at, id`;
  return rows.map((row) => ({ ...row, remote: String(row.remote) })) as unknown as readonly {
    remote: string;
    state: string;
    reason: string | null;
    failures: number;
    told: boolean;
    submission: number | null;
    problems: { type: string }[];
  }[];
};
const one = async (submissionId: string) => (await mine()).find(({ remote }) => remote === submissionId);
const statusThere = async (submission: string) =>
  (await sender.ask({ method: 'GET', path: `/v1/submissions/${submission}` })).body.status;
const source = async () => (await delivery.getInbox(dora, ours)).source;

test('only administrators say where it lives, and a secret is given for one address', async () => {
  await assert.rejects(delivery.setSource(anna, ours, access), refused('platform.forbidden'));
  await assert.rejects(delivery.setSource(nobody, ours, access), refused('platform.signInFirst'));
  await assert.rejects(delivery.setSource(emil, ours, access), refused('platform.notFound'));
  await assert.rejects(delivery.setSource(emil, kept, access), refused('platform.notFound'));
  await assert.rejects(delivery.fetchNow(dora, ours), refused('delivery.sourceMissing'));
  await assert.rejects(delivery.setSource(dora, ours, { ...access, secret: '' }), refused('delivery.secretMissing'));
  await assert.rejects(
    delivery.setSource(dora, ours, { ...access, address: 'http://10.0.0.1' }),
    refused('delivery.addressForm'),
  );
  await delivery.setSource(dora, ours, access);
  await delivery.checkSource(dora, ours);
  await assert.rejects(
    delivery.setSource(dora, ours, { ...access, secret: '', address: 'https://elsewhere.example' }),
    refused('delivery.secretAgain'),
  );
  await assert.rejects(delivery.addSender(dora, ours, 'Jemand'), refused('delivery.notHere'));
  assert.ok(!JSON.stringify(await delivery.getInbox(dora, ours)).includes(receiver.secret));
  await assert.rejects(
    delivery.keepInbox(anna, { title: 'x', encryptionKey: '', signingKey: '' }),
    refused('platform.forbidden'),
  );
  const office = offices.find(({ name }) => name.includes('Steuer'))?.id ?? offices[0]?.id ?? null;
  await delivery.setInbox(dora, ours, { title: 'Zustellpunkt beim Land', works: office, isOpen: true });
});

test('what lies there is fetched, checked and in the tray, and the portal hears that it was accepted', async () => {
  const sent = await send({ files: ['eine Anlage', 'noch eine'] });
  assert.equal(await statusThere(sent.submissionId), 'submitted');
  await goOn();
  const found = await one(sent.submissionId);
  assert.deepEqual([found?.state, found?.told], ['accepted', true]);
  assert.equal(await statusThere(sent.submissionId), 'accepted');
  const view = await intake.getItem(anna, found?.submission as number);
  assert.deepEqual(view.submission.summary.de[0]?.rows, [{ label: 'Hund › Name', value: 'Rex' }]);
  assert.deepEqual(view.files.map(({ name }) => name).sort(), ['anlage 0.txt', 'anlage 1.txt', 'fachdaten.json']);
  assert.equal(view.happenings[0]?.who, 'Zustellpunkt beim Land');
  // Over there nothing of it is left, and nothing encrypted here.
  const [left] = await behind`
    select (select count(*)::int from delivery.arrival where metadata is not null or data is not null) as contents,
      (select count(*)::int from delivery.arrival_piece) as pieces`;
  assert.deepEqual([left?.contents, left?.pieces], [0, 0]);
  // Anybody's schedule finds it done.
  await fetchDue.run(systemContext(platform, 0, 'test'), {} as never);
  await goOn();
  assert.equal((await mine()).length, 1);
  assert.equal(
    (await forms.listSubmissions(town, { limit: 100 })).items.filter(({ id: n }) => n === found?.submission).length,
    1,
  );
});

test('what the sender says of payment and references stands beside the answers', async () => {
  const metadata = {
    contentStructure: {
      data: {
        hash: { type: 'sha512', content: sum('{}') },
        submissionSchema: { schemaUri: 'https://schema.example/hund', mimeType: 'application/json' },
      },
      attachments: [],
    },
    publicServiceType: { identifier: 'urn:de:fim:leika:leistung:99102013104000', name: 'Hundesteuer' },
    additionalReferenceInfo: { senderReference: 'W-2026-7', applicationDate: '2026-11-20' },
    paymentInformation: {
      transactionReference: 'KZ-4711',
      transactionId: '9xxd-432x',
      paymentMethod: 'CREDITCARD',
      status: 'BOOKED',
      grossAmount: 25.5,
    },
    authenticationInformation: [{ type: 'identificationReport', version: '1.0.0', content: 'e30' }],
  };
  const { submissionId } = await send({ data: '{}', metadata: JSON.stringify(metadata) });
  await goOn();
  const found = await one(submissionId);
  assert.equal(found?.state, 'accepted', JSON.stringify(found?.problems));
  const { submission } = await intake.getItem(anna, found?.submission as number);
  const about = submission.summary.de.find(({ title }) => title === 'Angaben zur Zustellung');
  assert.deepEqual(
    about?.rows.map(({ label, value }) => `${label}: ${value.replaceAll('\u00a0', ' ')}`),
    [
      'Leistung: Hundesteuer – urn:de:fim:leika:leistung:99102013104000',
      'Zeichen des Absenders: W-2026-7',
      'Antrag gestellt am: 2026-11-20',
      'Bezahlt: 25,50 €',
      'Stand der Bezahlung: bezahlt',
      'Kassenzeichen: KZ-4711',
      'Vorgang beim Bezahldienst: 9xxd-432x – CREDITCARD',
      'Beigefügte Identitätsnachweise: nicht geprüft: 1',
    ],
  );
  const wrong = { ...metadata, paymentInformation: { ...metadata.paymentInformation, status: 'MAYBE' } };
  const other = await send({ data: '{}', metadata: JSON.stringify(wrong) });
  await goOn();
  assert.match(JSON.stringify((await one(other.submissionId))?.problems), /schema-violation/);
});

test('what is wrong is rejected with the reason, which the portal can read', async () => {
  const sent = await send({ dataSum: 'a'.repeat(128) });
  const other = await send({ metadata: '{' });
  await goOn();
  const [first, second] = [await one(sent.submissionId), await one(other.submissionId)];
  assert.deepEqual([first?.state, first?.told, second?.state, second?.told], ['rejected', true, 'rejected', true]);
  assert.equal(await statusThere(sent.submissionId), 'rejected');
  const { body } = await sender.ask({ method: 'GET', path: `/v1/cases/${sent.caseId}/events` });
  // The service has said what was submitted, the receiver what became of it.
  const [submitted = '', token = ''] = body.eventLog as string[];
  assert.equal(peekAt(submitted)?.kind, 'submit');
  const said = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  assert.match(said, /reject-submission.*hash-mismatch/);
});

test('killed between any two steps it goes on, and nothing arrives or is told twice', async () => {
  const sent = await send({ files: ['a', 'b'] });
  await goOn();
  const before = (await one(sent.submissionId))?.submission;
  // The answer to our verdict was lost, or the process died before it was noted.
  await behind`update delivery.arrival set told_at = null where inbox = ${ours}`;
  await goOn();
  assert.ok((await mine()).every(({ told }) => told));
  // A process died with one file here; the other and the rest come in the next run.
  const half = await send({ files: ['a', 'b'] });
  const listedOnly = await openPortal(address, receiver);
  const { body } = await listedOnly.ask({ method: 'GET', path: `/v1/submissions/${half.submissionId}` });
  await behind`
    insert into delivery.arrival (tenant, id, case_id, inbox, sender, key, service, state, announced_at, remote, remote_case)
    values (${ellrich}, ${randomUUID()}, ${randomUUID()}, ${ours}, null, '', '', 'announced', ${stand.clock.now()}, ${half.submissionId}, ${half.caseId})`;
  await behind`
    insert into delivery.arrival_piece (tenant, arrival, id)
    select tenant, id, ${String((body.attachments as string[])[0])}::uuid from delivery.arrival where remote = ${half.submissionId} and inbox = ${ours}`;
  await goOn();
  assert.deepEqual([(await one(half.submissionId))?.state, (await one(half.submissionId))?.told], ['accepted', true]);
  assert.equal((await one(sent.submissionId))?.submission, before);
  const all = (await mine()).map(({ remote }) => remote);
  assert.equal(new Set(all).size, all.length);
});

test('a receiver sees their destination only, a sender cannot fetch, and a forged verdict counts for nothing', async () => {
  const sent = await send();
  const elsewhere = await delivery.keepInbox(emil, {
    title: 'Andere',
    encryptionKey: JSON.stringify(encryptionKey),
    signingKey: JSON.stringify(signingKey),
  });
  const stranger = await openPortal(address, await delivery.addSender(emil, elsewhere, 'Andere', 'fetch'));
  const right = await openPortal(address, receiver);
  const gone = refused('delivery.serviceRefuses');
  const get = (path: string) => ({ method: 'GET' as const, path });
  const post = (token: string) => ({
    method: 'POST' as const,
    path: `/v1/cases/${sent.caseId}/events`,
    headers: { 'content-type': 'application/jose' },
    stream: { bytes: bytes(token), length: token.length },
  });
  await assert.rejects(stranger.ask(get(`/v1/submissions?destinationId=${kept}`)), gone);
  await assert.rejects(stranger.ask(get(`/v1/submissions/${sent.submissionId}`)), gone);
  await assert.rejects(stranger.ask(post('x.y.z')), gone);
  await assert.rejects(sender.ask(get(`/v1/submissions?destinationId=${kept}`)), gone);
  await assert.rejects(sender.ask(post('x.y.z')), gone);
  for (const token of ['', 'x.y.z', 'x'.repeat(70_000)]) await assert.rejects(right.ask(post(token)), gone);
  await assert.rejects(right.ask({ method: 'POST', path: '/v1/submissions', json: { destinationId: kept } }), {
    code: 'delivery.serviceRefusesUs',
  });
  assert.equal(await statusThere(sent.submissionId), 'submitted');
  const { body } = await right.ask(get(`/v1/submissions?destinationId=${kept}&limit=1`));
  assert.deepEqual([body.count, body.totalCount, (body.submissions as unknown[]).length], [1, 1, 1]);
  await goOn();
  // Once decided, it cannot be decided otherwise.
  const [row] =
    await behind`select verdict from delivery.arrival where inbox = ${ours} and verdict is not null and state = 'rejected' limit 1`;
  await assert.rejects(right.ask(post(String(row?.verdict))), gone);
  assert.equal(await statusThere(sent.submissionId), 'accepted');
});

/** A delivery service that does what a test says. */
async function openOdd(answer: (path: string, response: ServerResponse, request: IncomingMessage) => void) {
  const server = createServer((request, response) => {
    const { pathname = '/', search = '' } = URL.parse(request.url ?? '/', 'http://x') ?? {};
    if (pathname.endsWith('/token')) response.end('{"access_token":"x"}');
    else answer(`${pathname}${search}`, response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  after(() => server.close());
  const odd = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const inbox = await delivery.openInbox(dora, 'Seltsam', 'foreign');
  await delivery.setSource(dora, inbox, { ...access, address: odd, secret: 'geheim' });
  const rows = () => behind`select state, reason, failures, problems, told_at from delivery.arrival where inbox = ${inbox}`;
  const about = async () => (await delivery.getInbox(dora, inbox)).source;
  return { inbox, rows, about };
}

const say = (response: ServerResponse, value: object) =>
  response.setHeader('content-type', 'application/json').end(JSON.stringify(value));

test('a service with endless lists, other destinations and made-up ids costs a bounded number of rows', async () => {
  let listings = 0;
  const { inbox, rows } = await openOdd((path, response) => {
    if (!path.startsWith('/v1/submissions?')) return response.writeHead(404).end('{}');
    listings += 1;
    const many = Array.from({ length: 1_000 }, () => ({ destinationId: kept, submissionId: randomUUID(), caseId: randomUUID() }));
    return say(response, {
      submissions: [{ destinationId: randomUUID(), submissionId: randomUUID(), caseId: randomUUID() }, 7, null, ...many],
    });
  });
  for (let run = 0; run < 4; run += 1) await fetchInbox(town, inbox);
  const found = await rows();
  assert.equal(found.length, limits.openFetches);
  assert.ok(listings <= limits.listings * 4);
  assert.ok(found.every(({ state }) => state === 'announced'));
  assert.ok(found.some(({ reason, failures }) => reason === 'delivery.serviceRefuses' && Number(failures) === 1));
});

test('a silent, refusing or babbling service is asked later and later, and its own arrivals wait for it alone', async () => {
  let mood: 'busy' | 'refuses' | 'babbles' | 'cut' = 'busy';
  const ids = { submissionId: randomUUID(), caseId: randomUUID(), destinationId: kept };
  const { inbox, about, rows } = await openOdd((path, response) => {
    if (mood === 'busy') return response.writeHead(503).end();
    if (mood === 'refuses') return response.writeHead(403).end();
    if (path.startsWith('/v1/submissions?')) return say(response, { submissions: [ids] });
    if (mood === 'cut') return response.writeHead(200, { 'content-length': 1_000 }).write('{', () => response.destroy());
    return say(response, { ...ids, caseId: randomUUID(), encryptedMetadata: 'x', encryptedData: 'y' });
  });
  await fetchInbox(town, inbox);
  await fetchInbox(town, inbox);
  const busy = await about();
  assert.deepEqual([busy?.reason, busy?.failures], ['delivery.serviceUnwell', 2]);
  assert.ok((busy?.nextAt as Date) > platform.clock.now());
  mood = 'refuses';
  await fetchInbox(town, inbox);
  assert.equal((await about())?.reason, 'delivery.serviceRefusesUs');
  mood = 'babbles';
  await fetchInbox(town, inbox);
  assert.deepEqual([(await about())?.reason, (await rows())[0]?.reason], [null, 'delivery.serviceOdd']);
  mood = 'cut';
  stand.clock.advance(3_600);
  await fetchInbox(town, inbox);
  assert.deepEqual([(await about())?.reason, (await rows())[0]?.failures], ['delivery.serviceSilent', 2]);
  await delivery.setInbox(dora, inbox, { title: 'Seltsam', works: null, isOpen: false });
  await fetchInbox(town, inbox);
  assert.equal((await about())?.failures, 1);
});

test('a file that never ends is not kept, and the whole is rejected for it; a verdict is told until it is taken', async () => {
  const file = randomUUID();
  const ids = { submissionId: randomUUID(), caseId: randomUUID(), destinationId: kept };
  const told: string[] = [];
  const heard: (() => void)[] = [];
  const { inbox, rows } = await openOdd((path, response, request) => {
    if (path.startsWith('/v1/submissions?')) return say(response, { submissions: [ids] });
    if (path.endsWith(file)) return response.writeHead(200).end('not an envelope');
    if (request.method === 'POST') {
      request.resume();
      told.push(path);
      heard.shift()?.();
      return response.writeHead(told.length < 2 ? 422 : 204).end();
    }
    return say(response, { ...ids, attachments: [file], encryptedMetadata: 'x', encryptedData: 'y' });
  });
  await fetchInbox(town, inbox);
  await workOff(stand);
  assert.equal((await rows())[0]?.state, 'rejected');
  assert.match(JSON.stringify((await rows())[0]?.problems), /encryption-issue/);
  stand.clock.advance(3_600);
  await fetchInbox(town, inbox);
  assert.equal(told[0], `/v1/cases/${ids.caseId}/events`);
  assert.notEqual((await rows())[0]?.told_at, null);
  const times = told.length;
  await fetchInbox(town, inbox);
  assert.equal(told.length, times);
  // They have forgotten: a day later it is still listed, and they are told again.
  stand.clock.advance(2 * 86_400);
  await fetchInbox(town, inbox);
  await fetchInbox(town, inbox);
  assert.equal(told.length, times + 1);
  const [left] = await behind`
    select count(*)::int as count from delivery.arrival_piece p join delivery.arrival a on a.id = p.arrival where a.inbox = ${inbox}`;
  assert.equal(left?.count, 0);
});

test('whatever a service says is read within limits', () => {
  const ids = { submission: randomUUID(), caseId: randomUUID() };
  fc.assert(
    fc.property(fc.jsonValue(), fc.array(fc.jsonValue()), (value, list) => {
      const body = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
      for (const given of [body, { submissions: value }, { submissions: list }])
        assert.ok(readListing(given as Record<string, unknown>, kept).listed.length <= limits.listed);
      assert.equal(readContent(body, { ...ids, destination: kept }), null);
      const right = { submissionId: ids.submission, caseId: ids.caseId, destinationId: kept };
      const content = readContent({ ...right, attachments: list, serviceType: value }, { ...ids, destination: kept });
      assert.ok(content === null || content.files.length <= limits.files);
    }),
  );
  assert.ok(source);
});
