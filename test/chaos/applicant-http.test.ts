import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { after, test } from 'node:test';
import * as forms from '#modules/forms';
import type { Context } from '#platform/context';
import { settleCitizens, visitHouse } from '../citizens.ts';
import { readSeed } from '../environment.ts';
import { reachProof } from '../forms.ts';
import { databasePid, processesOf, startInstance, untilReady } from '../instance.ts';
import { killQuietly } from './crash.ts';
import { randomFrom } from './random.ts';

/** An instance as operators run it is killed again and again while somebody sends it a file in pieces (tus) and then the application. */

const seed = readSeed();
const random = randomFrom(seed);
const data = mkdtempSync(join(tmpdir(), 'rennsteig-test-applicant-'));
const { token, ellrich, nobody } = await settleCitizens(data, async (people) => ({
  token: await reachProof(people),
  ellrich: people.ellrich,
  nobody: people.nobody,
}));
let instance = await startInstance(data);
const { port } = instance;
const origin = `http://127.0.0.1:${port}`;
after(async () => {
  await instance.stop();
  rmSync(data, { recursive: true, force: true });
});

const scan = Buffer.concat([Buffer.from('%PDF-1.7 Schwerbehindertenausweis\n'), random.bytes(1_500_000)]);
/** Each request carries so much: the applicant's line is slow. */
const pieceBytes = 100_000;
/** One of so many requests is somebody's last, whatever it is. */
const oneOf = 7;
/** A request takes some thousands of turns of this process's loop: chance chooses one of them. */
const mostTurns = 6_000;

async function restart(): Promise<void> {
  await instance.kill();
  instance = await startInstance(data, { port });
}

const accidents: readonly (() => Promise<void>)[] = [
  async () => {
    const workers = processesOf({ pid: instance.pid, data }).filter(
      ({ parent, command }) => parent === instance.pid && !command.includes('postgres'),
    );
    killQuietly(random.pick(workers)?.pid ?? null);
    await untilReady(port);
  },
  async () => {
    killQuietly(databasePid(data));
    await untilReady(port);
  },
  restart,
  async () => {
    for (const { pid } of processesOf({ pid: instance.pid, data })) killQuietly(pid);
    await restart();
  },
];

let deaths = 0;

async function strike(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
  deaths += 1;
  await random.pick(accidents)();
}

type Answer = { readonly status: number; readonly headers: Headers; readonly body: string };

/** Null: nobody knows what became of it. */
async function request(path: string, init: RequestInit = {}, isFatal = false): Promise<Answer | null> {
  const headers = { origin, ...(init.headers as Record<string, string>) };
  const answered = fetch(origin + path, { ...init, headers, redirect: 'manual' }).then(async (answer) => ({
    status: answer.status,
    headers: answer.headers,
    body: await answer.text(),
  }));
  const known = answered.catch(() => null);
  if (isFatal || random.below(oneOf) === 0) await strike(random.below(mostTurns));
  const answer = await known;
  assert.notEqual(answer?.status, 500, `seed ${seed}: ${path} ${answer?.body.slice(0, 500)}`);
  if (answer === null || answer.status === 503) {
    await untilReady(port);
    return null;
  }
  return answer;
}

/** Asks until there is an answer; for what changes nothing. */
async function look(path: string, init: RequestInit = {}): Promise<Answer> {
  for (;;) {
    const answer = await request(path, init);
    if (answer) return answer;
  }
}

const tus = { 'tus-resumable': '1.0.0' };
const base64 = (text: string) => Buffer.from(text).toString('base64');
const metadata = Object.entries({ page: 'proof', field: 'exemptProof', filename: 'Ausweis.pdf', modified: '1700000000000' })
  .map(([key, value]) => `${key} ${base64(value)}`)
  .join(',');

/** Where the file goes on, as the page of the question says it; null: it is not known there yet. */
async function arriving(): Promise<string | null> {
  const { body } = await look(`/antrag/hundesteuer/${token}/proof`);
  const [, id] = /data-upload="([0-9a-f]+)"/.exec(body) ?? [];
  return id ? `/antrag/anhang/${token}/${id}` : null;
}

async function begin(): Promise<string> {
  for (;;) {
    const known = await arriving();
    if (known) return known;
    const answer = await request(`/antrag/anhang/${token}`, {
      method: 'POST',
      headers: { ...tus, 'upload-length': String(scan.length), 'upload-metadata': metadata },
    });
    const at = answer?.headers.get('location');
    if (at) return at;
  }
}

/** Sends the file from wherever the house says; what was acknowledged is never asked for again. */
async function sendFile(): Promise<void> {
  const at = await begin();
  let acknowledged = 0;
  let hasEnded = false;
  while (acknowledged < scan.length) {
    const isLast = acknowledged + pieceBytes >= scan.length;
    const answer = await request(
      at,
      {
        method: 'PATCH',
        headers: { ...tus, 'upload-offset': String(acknowledged), 'content-type': 'application/offset+octet-stream' },
        body: new Uint8Array(scan.subarray(acknowledged, acknowledged + pieceBytes)),
      },
      isLast && !hasEnded,
    );
    hasEnded ||= isLast;
    // Told that it goes on elsewhere: a process that was left alone has kept a piece whose sender had given it up.
    const isKnown = answer !== null && answer.status !== 409;
    const state = isKnown ? answer : await look(at, { method: 'HEAD', headers: tus });
    const offset = Number(state.headers.get('upload-offset'));
    assert.ok(state.status < 300 && offset >= acknowledged, `seed ${seed}: ${state.status}, ${offset} of ${acknowledged}`);
    acknowledged = offset;
  }
}

const answers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  proof: {},
  person: { firstName: 'Celik', lastName: 'Çetin', born: '3.3.1970' },
  address: { 'home.street': 'Am Bach', 'home.number': '3', 'home.postcode': '99755', 'home.town': 'Ellrich' },
  contact: { mail: '', phone: '' },
  debit: { wantsDebit: 'no' },
};

const hidden = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';

/** A form is taken, or nobody knows: what was typed is right. */
const isTaken = (page: string, answer: Answer | null): void =>
  assert.ok(answer === null || answer.status === 302, `seed ${seed}: ${page} was answered with ${answer?.status}`);

/** Fills a page in and sends it on; whether that arrived is seen from where the house leads next. */
async function answer(page: string): Promise<void> {
  const path = `/antrag/hundesteuer/${token}/${page}`;
  const { body: html } = await look(path);
  const fields = { ...answers[page], _step: hidden(html, '_step'), _nr: '1', _go: 'next' };
  isTaken(page, await request(path, { method: 'POST', body: new URLSearchParams(fields) }));
}

async function send(isFirst: boolean): Promise<void> {
  const path = `/antrag/hundesteuer/${token}/pruefen`;
  const { body: html } = await look(path);
  const fields = { _form: 'send', edition: hidden(html, 'edition'), cents: hidden(html, 'cents'), declared: 'yes', website: '' };
  isTaken('pruefen', await request(path, { method: 'POST', body: new URLSearchParams(fields) }, isFirst));
}

/** Where an application stands, as its link leads there. */
async function standsAt(): Promise<string> {
  const { headers } = await look(`/antrag/hundesteuer/${token}`);
  return headers.get('location')?.split('/').at(-1) ?? '';
}

/** What lies in the instance once it stands still. */
const found = () =>
  visitHouse(data, async ({ platform }) => {
    const sql = platform.db.read(ellrich);
    const ctx: Context = { ...nobody, platform };
    const files = await sql<{ blob: string; size: number }>`
      select blob, size::float8 as size from forms.attachment where tenant = ${ellrich}`;
    const [{ blob, size } = { blob: '', size: 0 }] = files;
    const reader = await platform.blobs.open(ellrich, blob);
    const bytes = await buffer(reader.read(0, size));
    await reader.close();
    const [counts] = await sql<{ submissions: number; unfinished: number; pieces: number }>`
      select (select count(*)::int from forms.submission where tenant = ${ellrich}) as submissions,
        (select count(*)::int from forms.upload where tenant = ${ellrich} and not is_done) as unfinished,
        (select count(*)::int from forms.upload_part where tenant = ${ellrich}) as pieces`;
    const { happenings } = await forms.lookAtStatus(ctx, token);
    const sent = happenings.filter(({ step }) => step === 'send').length;
    return { isWhole: bytes.equals(scan), files: files.length, sent, ...counts };
  });

test('killed at random moments while a file is sent through HTTP and the application after it: nothing is lost, nothing comes twice', async () => {
  await sendFile();
  let attempts = 0;
  for (let page = await standsAt(); !page.includes(token.slice(-20)); page = await standsAt()) {
    if (page !== 'pruefen') await answer(page);
    else {
      await send(attempts === 0);
      attempts += 1;
    }
  }
  assert.ok(deaths >= 2, `seed ${seed}: only ${deaths} deaths`);
  await instance.stop();
  const whole = { isWhole: true, files: 1, sent: 1, submissions: 1, unfinished: 0, pieces: 0 };
  assert.deepEqual(await found(), whole, `seed ${seed}, ${deaths} deaths`);
});
