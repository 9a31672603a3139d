import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { adminProgramme } from '../../test/admin.ts';
import { readConfig } from '../config.ts';
import { openHouse } from '../house.ts';
import { openInstance } from '../instance.ts';

/** An operator's day on the command line: check, back up, break off, restore elsewhere, rotate keys. */

const root = await mkdtemp(join(tmpdir(), 'rennsteig-test-operating-'));
after(() => rm(root, { recursive: true, force: true }));
const [first, second, backups] = [join(root, 'erste'), join(root, 'zweite'), join(root, 'sicherung')];

type Said = { readonly code: number | null; readonly out: string; readonly err: string };

function start(data: string, words: readonly string[]) {
  return spawn(process.execPath, [adminProgramme, ...words, '--data', data], { stdio: ['pipe', 'pipe', 'pipe'] });
}

async function admin(data: string, ...words: string[]): Promise<Said> {
  const child = start(data, words);
  child.stdin.end('rennsteig-demo\n'); // only `account add --password-stdin` reads it
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const [out, err, code] = await Promise.all([readText(child.stdout), readText(child.stderr), exit]);
  return { code, out, err };
}

async function script(data: string, ...words: string[]) {
  const { code, out, err } = await admin(data, ...words, '--json');
  assert.equal(code, 0, `${words.join(' ')}: ${err} ${out}`);
  return JSON.parse(out);
}

await script(first, 'tenant', 'add', 'tlrz', '--name', 'Thüringer Landesrechenzentrum');
await script(first, 'tenant', 'add', 'ellrich', '--name', 'Stadt Ellrich', '--kind', 'municipality');
await script(first, 'account', 'add', 'anna@ellrich.example', '--tenant', 'ellrich', '--password-stdin');
const { account, appPassword } = await script(first, 'app-password', 'anna@ellrich.example');
const authorization = `Basic ${Buffer.from(`${account}:${appPassword}`).toString('base64')}`;

/** Serves a data directory in this process while something is done. */
async function whileServing<T>(data: string, work: (url: string) => Promise<T>): Promise<T> {
  const config = { ...readConfig(['--data', data, '--port', '0', '--log', 'silent'], {}), workers: 1 };
  const instance = await openInstance(config);
  const house = await openHouse({ config, app: instance.app, owner: instance.owner });
  try {
    return await work(`http://127.0.0.1:${await house.listen()}/remote.php/dav/files/${account}`);
  } finally {
    await house.close();
    await instance.close();
  }
}

const content = randomBytes(40_000_000);

async function put(url: string, name: string, body: Buffer) {
  const answer = await fetch(`${url}/${name}`, { method: 'PUT', headers: { authorization }, body: new Uint8Array(body) });
  assert.equal(answer.status, 201, await answer.text());
}

test('check and back up a running instance; a backup that was killed counts for nothing', async () => {
  await whileServing(first, async (url) => {
    await put(url, 'Haushalt.bin', content);
    await put(url, 'Vermerk.txt', Buffer.from('Vermerk'));
    const checked = await script(first, 'fsck', '--deep');
    assert.deepEqual([checked.ok, checked.problems, checked.blobs], [true, [], 2]);
    const child = start(first, ['backup', backups]);
    const exit = new Promise((resolve) => child.once('exit', resolve));
    const dumps = () => {
      try {
        return readdirSync(join(backups, 'dumps'));
      } catch {
        return [];
      }
    };
    while (dumps().length === 0) await new Promise((resolve) => setImmediate(resolve));
    child.kill('SIGKILL');
    await exit;
    const refused = await admin(second, 'restore', backups);
    assert.equal(refused.code, 1);
    assert.match(refused.err, /was not finished; nothing can be restored from it/);
    const done = await script(first, 'backup', backups);
    assert.deepEqual([done.blobs, done.hasKey], [2, false]);
  });
});

test('restore: not without the key, not into a running or a filled instance; then everything is there', async () => {
  const keyless = await admin(second, 'restore', backups);
  assert.equal(keyless.code, 1);
  assert.match(keyless.err, /can only be opened with the instance key [0-9a-f]{16}, which is not part of it/);
  assert.match((await admin(first, 'restore', backups)).err, /This instance is not empty/);
  await whileServing(first, async () => assert.match((await admin(first, 'restore', backups)).err, /This instance is running/));
  const { out } = await admin(first, 'backup', backups, '--with-key', '--keep', '1');
  assert.match(out, /2 stored objects .* 0 of them new.*\nThe instance key lies beside it/s);
  const restored = await script(second, 'restore', backups);
  assert.deepEqual([restored.ok, restored.restoredObjects, restored.check.problems, restored.audit.problems], [true, 2, [], []]);
  await whileServing(second, async (url) => {
    const answer = await fetch(`${url}/Haushalt.bin`, { headers: { authorization } });
    assert.equal(answer.status, 200);
    assert.ok(Buffer.from(await answer.arrayBuffer()).equals(content));
  });
  assert.equal((await script(second, 'audit', 'verify')).ok, true);
});

test('keys: a new one for the instance and for a tenant, and what is needed still', async () => {
  const before = await script(second, 'keys', 'status');
  const rotated = await script(second, 'keys', 'rotate-instance');
  assert.deepEqual([rotated.isInForce, rotated.rewrapped >= 2], [true, true]);
  const after = await script(second, 'keys', 'status');
  assert.deepEqual([after.key, after.earlier, after.inUse], [rotated.key, [before.key], [rotated.key]]);
  assert.match((await admin(second, 'keys', 'status')).out, /Everything is wrapped by it\.\nOnly backups still need/);
  assert.equal((await script(second, 'keys', 'rotate-tenant', 'ellrich')).key, 2);
  assert.deepEqual((await script(second, 'keys', 'status')).underWay, [2]);
  assert.equal((await script(second, 'fsck', '--deep')).ok, true);
  const lines = readFileSync(join(second, 'keys', 'instance.key'), 'utf8')
    .trim()
    .split('\n');
  assert.equal(lines.length, 2);
});

test('something wrong: exit code 1, in sentences and for scripts', async () => {
  const blobs = join(second, 'blobs', '2');
  const [name] = readdirSync(blobs, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  await rm(join(name?.parentPath ?? '', name?.name ?? ''));
  const { code, out } = await admin(second, 'fsck');
  assert.equal(code, 1);
  assert.match(out, /Something is wrong.*\nTenant 2, blob:\w+: node:\d+: its bytes are missing\./s);
  const said = await admin(second, 'fsck', '--json');
  assert.deepEqual([said.code, JSON.parse(said.out).ok], [1, false]);
  assert.equal((await admin(second, 'backup', backups, '--keep', '0')).code, 2);
});
