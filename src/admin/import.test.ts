import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { adminProgramme } from '../../test/admin.ts';
import { readConfig } from '../config.ts';
import { openInstance } from '../instance.ts';

/** Taking over a directory on the command line, as an operator does it, beside a running instance. */

const root = await mkdtemp(join(tmpdir(), 'rennsteig-test-import-'));
after(() => rm(root, { recursive: true, force: true }));
const [data, source] = [join(root, 'daten'), join(root, 'alter Server')];

// The database serves from here, so that killing a command kills nothing else.
const config = { ...readConfig(['--data', data, '--port', '0', '--log', 'silent'], {}), workers: 1 };
const instance = await openInstance(config);
after(() => instance.close());

function start(words: readonly string[]): ChildProcess & { stdout: NodeJS.ReadableStream; stderr: NodeJS.ReadableStream } {
  const child = spawn(process.execPath, [adminProgramme, ...words, '--data', data], { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.end('rennsteig-demo\n'); // only `account add --password-stdin` reads it
  return child;
}

async function admin(...words: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = start(words);
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const [out, err, code] = await Promise.all([readText(child.stdout), readText(child.stderr), exit]);
  return { code, out, err };
}

async function script(...words: string[]) {
  const { out, err } = await admin(...words, '--json');
  assert.ok(out.startsWith('{'), err);
  return JSON.parse(out);
}

await script('tenant', 'add', 'tlrz', '--name', 'Thüringer Landesrechenzentrum');
await script('tenant', 'add', 'ellrich', '--name', 'Stadt Ellrich', '--kind', 'municipality');
await script('account', 'add', 'anna@ellrich.example', '--tenant', 'ellrich');

const filesOfFolder = 60;
const folders = 20;
for (let folder = 0; folder < folders; folder += 1) {
  mkdirSync(join(source, `Akte ${folder}`), { recursive: true });
  for (let file = 0; file < filesOfFolder; file += 1)
    writeFileSync(join(source, `Akte ${folder}`, `Blatt ${file}.txt`), `Blatt ${file} der Akte ${folder}`);
}
const all = folders * filesOfFolder;
const target = ['--to', 'anna@ellrich.example', '--space', 'Bauamt', '--into', 'Alt/Akten'];

/** How many contents the store holds: how far the command has come. */
async function storedCount(): Promise<number> {
  const names = await readdir(join(data, 'blobs'), { recursive: true, withFileTypes: true }).catch(() => []);
  return names.filter((entry) => entry.isFile()).length;
}

async function killedAt(count: number, words: readonly string[]): Promise<void> {
  const child = start(words);
  const exit = new Promise((resolve) => child.once('exit', resolve));
  const end = readText(child.stdout);
  while (child.exitCode === null && (await storedCount()) < count) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(child.exitCode, null, 'it was done before it could be killed');
  child.kill('SIGKILL');
  await Promise.all([exit, end]);
}

test('a dry run changes nothing and says what would come; nobody is filled by mistake', async () => {
  const refused = await admin('import', source, ...target);
  assert.equal(refused.code, 1);
  assert.match(refused.err, /There is no space “Bauamt”/);
  const { counts, transfer } = await script('import', source, ...target, '--make-space', '--dry-run');
  assert.deepEqual([counts.files, counts.folders, transfer], [all, folders, null]);
  assert.equal(await storedCount(), 0);
  assert.match((await admin('import-list', '--tenant', 'ellrich')).out, /Nothing was taken over yet/);
  assert.equal((await admin('import', source)).code, 2);
});

test('killed twice, it goes on where it was; nothing is missing and nothing twice', async () => {
  await killedAt(all / 4, ['import', source, ...target, '--make-space']);
  await killedAt((all * 3) / 4, ['import', source, ...target]);
  const done = await script('import', source, ...target);
  assert.equal(done.counts.files, all);
  const { taken, unchanged, failed, conflict } = done.counts.verdicts;
  assert.equal(taken.objects + unchanged.objects, all + folders);
  assert.deepEqual([failed.objects, conflict.objects], [0, 0]);
  assert.ok(unchanged.objects > 0, 'the killed runs had noted what they did');
  const proof = await script('import-check', source, ...target, '--read-back', '--sign-off', 'Bürgermeister Muster');
  assert.deepEqual([proof.isComplete, proof.signedBy, proof.extra], [true, 'Bürgermeister Muster', 0]);
  assert.deepEqual(proof.source, proof.target);
  const { transfers } = await script('import-list', '--tenant', 'ellrich');
  assert.deepEqual(
    transfers[0].runs.map(({ kind, finishedAt }: { kind: string; finishedAt: string | null }) => [kind, finishedAt !== null]),
    [
      ['import', false],
      ['import', false],
      ['import', true],
      ['check', true],
    ],
  );
  assert.equal((await script('fsck', '--deep')).ok, true);
  assert.equal((await script('audit', 'verify')).ok, true);
});

test('the report is a table, or lines of JSON, for us only; a single object comes once more', async () => {
  writeFileSync(join(source, '=SUMME(A1).txt'), 'Formel');
  await script('import', source, ...target);
  const [csv, lines] = [join(root, 'bericht.csv'), join(root, 'bericht.jsonl')];
  assert.equal((await script('import-report', '1', csv, '--tenant', 'ellrich')).objects, all + folders + 1);
  await script('import-report', '1', lines, '--tenant', 'ellrich');
  assert.equal(statSync(csv).mode & 0o777, 0o600);
  assert.match(readFileSync(csv, 'utf8'), /^'=SUMME\(A1\)\.txt,taken,/m);
  const rows = readFileSync(lines, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const row = rows.find(({ path }) => path === 'Akte 3/Blatt 5.txt');
  assert.deepEqual([row.isFolder, row.size, row.sha256.length], [false, 'Blatt 5 der Akte 3'.length, 64]);
  assert.match((await admin('import-report', '1', csv, '--tenant', 'ellrich')).err, /EEXIST/);
  const again = await script('import', source, ...target, '--only', 'Akte 3/Blatt 5.txt');
  assert.deepEqual([again.counts.files, again.counts.verdicts.updated.objects], [1, 1]);
});

test('a password that others can read is not used, and none is taken from the address', async () => {
  const secret = join(root, 'zugang');
  writeFileSync(secret, 'anna\ngeheim\n', { mode: 0o644 });
  const open = await admin('import', 'https://wolke.example/', ...target, '--credentials', secret);
  assert.deepEqual([open.code, /chmod 600/.test(open.err)], [2, true]);
  chmodSync(secret, 0o600);
  const inAddress = await admin('import', 'https://anna:geheim@wolke.example/', ...target, '--credentials', secret);
  assert.deepEqual([inAddress.code, /--credentials/.test(inAddress.err), inAddress.err.includes('geheim')], [1, true, false]);
  assert.match((await admin('import', 'http://wolke.example/', ...target, '--credentials', secret)).err, /https/);
});

test('several users and people: a mapping that is none is said, and a server that is not there', async () => {
  const mapping = join(root, 'zuordnung');
  writeFileSync(mapping, 'anna;geheim\n', { mode: 0o600 });
  const wrong = await admin('import-users', 'http://127.0.0.1:1', '--mapping', mapping);
  assert.deepEqual([wrong.code, /Line 1/.test(wrong.err)], [2, true]);
  writeFileSync(mapping, 'anna;geheim;anna@ellrich.example\n');
  const { results } = await script('import-users', 'https://geheim@wolke.example', '--mapping', mapping);
  assert.match(results[0].failure, /--credentials/);
  const secret = join(root, 'zugang');
  const noOne = await admin('import-people', 'http://wolke.example', '--credentials', secret, '--tenant', 'ellrich');
  assert.deepEqual([noOne.code, /https/.test(noOne.err)], [1, true]);
});
