import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as forms from '#modules/forms';
import { systemContext } from '#platform/context';
import { connect } from '#platform/db';
import { readSeed } from '../environment.ts';
import { settleForms } from '../forms.ts';
import { settle } from '../people.ts';
import { workOff } from '../queue.ts';
import { openStand } from '../stand.ts';
import { settleTreasury } from '../treasury.ts';
import { randomFrom } from './random.ts';

/** An application whose process is really killed, again and again, between any two steps, from the first answer to the paid fee. */

const stand = await openStand({ settings: { RENNSTEIG_PAYMENT_HOSTS: '127.0.0.1' } });
const people = await settle(stand);
await settleForms(people);
const { service } = await settleTreasury(people);
const behind = connect(stand.owner, { max: 1 });
after(() => Promise.all([service.close(), behind.end()]));
const { nobody, ellrich } = people;
const town = systemContext(stand.house.platform, ellrich, 'test');
const seed = readSeed();
const random = randomFrom(seed);
const programme = fileURLToPath(new URL('./applicant-worker.ts', import.meta.url));

const answers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  what: { matter: 'register' },
  dogs: {
    dogName: 'Bello',
    breed: 'Mischling',
    sex: 'male',
    dogBorn: '1.5.2025',
    keptSince: '1.7.2025',
    chip: '276098100000001',
  },
  household: { kept: '0' },
  danger: { dangerous: 'no' },
  exemption: { exempt: 'assistance' },
  proof: {},
  person: { firstName: 'Celik', lastName: 'Çetin', born: '3.3.1970' },
  address: { 'home.street': 'Am Bach', 'home.number': '3', 'home.postcode': '99755', 'home.town': 'Ellrich' },
  contact: { mail: 'celik@post.example', phone: '' },
  debit: { wantsDebit: 'no' },
};

const environment = {
  RENNSTEIG_DATA: stand.config.data,
  RENNSTEIG_LOG: 'silent',
  RENNSTEIG_KEY: Buffer.from(stand.config.key ?? []).toString('base64'),
  RENNSTEIG_PAYMENT_HOSTS: '127.0.0.1',
};

/** What a process has said to be kept. */
type Life = { readonly isOver: boolean; readonly kept: readonly string[]; readonly said: readonly string[] };

/** Lets a process go on until it has said so many words, and kills it then. */
async function goOnAndDie(token: string, words: number): Promise<Life> {
  const settings = JSON.stringify({ app: stand.app, owner: stand.owner, environment, token, answers });
  const worker = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', programme, settings], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(worker, 'exit');
  const lines = createInterface({ input: worker.stdout });
  const said: string[] = [];
  lines.on('line', (line) => {
    said.push(line);
    if (said.length === words) worker.kill('SIGKILL');
  });
  const [[code, signal]] = await Promise.all([gone, once(lines, 'close')]);
  assert.ok(code === 0 || signal === 'SIGKILL', `seed ${seed}: the process ended with ${code ?? signal}`);
  const kept = said.flatMap((line) => (line.startsWith('kept ') ? [line.slice('kept '.length)] : []));
  return { isOver: code === 0, kept, said };
}

/** Of what was sent, whole pieces of so many bytes are durable before the next one is asked for; the worker hands on so many at once. */
const [pieceBytes, stepBytes] = [500_000, 100_000];

/** The file goes on where it is, never before what was durable, and nobody begins it anew. */
function checkUpload(said: readonly string[], durable: Map<string, number>): void {
  let start = 0;
  for (const [word, id, number] of said.map((line) => line.split(' '))) {
    if (id === undefined || number === undefined) continue;
    const position = Number(number);
    if (word === 'has') {
      assert.ok(position >= (durable.get(id) ?? 0), `seed ${seed}: ${id} goes on at ${position} of ${durable.get(id)}`);
      start = position;
      durable.set(id, position);
    } else if (word === 'sends') {
      const whole = Math.max(0, Math.floor((position - stepBytes - start) / pieceBytes));
      durable.set(id, Math.max(durable.get(id) ?? 0, start + whole * pieceBytes));
    }
  }
}

/** What was acknowledged is there, and nothing was sent by itself. */
async function checkKept(token: string, kept: ReadonlySet<string>): Promise<void> {
  const { goTo } = await forms.resumeDraft(nobody, token);
  assert.ok(!kept.has('sent') || goTo === 'status', `seed ${seed}: what was sent is a draft again`);
  assert.ok(!kept.has(goTo), `seed ${seed}: ${goTo} was kept and is asked again`);
  if (goTo === 'status') return;
  for (const page of kept) {
    const view = await forms.lookAtPage(nobody, token, { page, item: 0 });
    assert.ok('questions' in view, `seed ${seed}: ${page}`);
    const stored = Object.assign({}, ...view.questions.map(({ raw }) => raw)) as Record<string, string>;
    for (const [name, value] of Object.entries(answers[page] ?? {}))
      assert.equal(stored[name] ?? '', value, `seed ${seed}: ${page} ${name}`);
  }
}

test('killed at random steps of a form: no saved answer is lost, nothing is sent or charged twice', async () => {
  const { token } = await forms.beginDraft(nobody, { form: 'hundesteuer', place: '16062005', trap: '' });
  const kept = new Set<string>();
  const durable = new Map<string, number>();
  let deaths = 0;
  for (let isOver = false; !isOver; ) {
    // Ever longer lives, so that it ends.
    const life = await goOnAndDie(token, 1 + random.below(6 + deaths * 4));
    for (const page of life.kept) kept.add(page);
    await checkKept(token, kept);
    checkUpload(life.said, durable);
    ({ isOver } = life);
    if (!isOver) deaths += 1;
  }
  assert.ok(deaths > 2, `seed ${seed}: only ${deaths} deaths`);
  await workOff(stand);
  const { items } = await forms.listSubmissions(town);
  assert.deepEqual(
    items.map(({ state }) => state),
    ['received'],
    `seed ${seed}`,
  );
  const status = await forms.lookAtStatus(nobody, token);
  assert.equal(status.payment?.state, 'paid', `seed ${seed}`);
  assert.equal(status.happenings.filter(({ step }) => step === 'send').length, 1, `seed ${seed}`);
  assert.equal(status.files.length, 1, `seed ${seed}`);
  assert.equal(durable.size, 1, `seed ${seed}: the file was begun more than once`);
  const [left] = await behind<{ scans: number; pieces: number }[]>`
    select (select count(*)::int from scanning.scan) as scans, (select count(*)::int from forms.upload_part) as pieces`;
  assert.deepEqual({ ...left }, { scans: 1, pieces: 0 }, `seed ${seed}: looked at once, and no piece left behind`);
  assert.equal(service.ledger.all().filter(({ state }) => state === 'paid').length, 1, `seed ${seed}: charged more than once`);
});
