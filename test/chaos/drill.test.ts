import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type DavClient, davClient } from '../dav.ts';
import { prepareInstance, type RunningInstance, startInstance } from '../instance.ts';
import { localTree, openSyncClient } from '../sync.ts';

/** The drill an operator should hold: everything is gone, and an instant of this morning is wanted back. */

const root = mkdtempSync(join(tmpdir(), 'rennsteig-test-drill-'));
after(() => rmSync(root, { recursive: true, force: true }));
const [data, backup] = [join(root, 'daten'), join(root, 'sicherung')];
const programme = fileURLToPath(new URL('../../src/admin.ts', import.meta.url));
const settings = join(root, 'settings');
writeFileSync(settings, `RENNSTEIG_BACKUP=${backup}\n`);

type Said = { readonly code: number | null; readonly out: string; readonly err: string };

async function admin(...words: string[]): Promise<Said> {
  const all = [...words, '--data', data, '--config', settings];
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', programme, ...all]);
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const [out, err, code] = await Promise.all([readText(child.stdout), readText(child.stderr), exit]);
  return { code, out, err };
}

async function script(...words: string[]) {
  const { code, out, err } = await admin(...words, '--json');
  assert.equal(code, 0, `${words.join(' ')}: ${err} ${out}`);
  return JSON.parse(out);
}

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Every file of somebody, by its path, with the hash of what a reader gets. */
async function everything(client: DavClient): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const [, ...entries] = await client.propfind(folder, ['d:getcontentlength'], '1');
    for (const { href } of entries) {
      const path = decodeURIComponent(href).slice(decodeURIComponent(client.home).length);
      if (href.endsWith('/')) folders.push(path);
      else found.set(path, hashOf(new Uint8Array(await (await client.get(path)).arrayBuffer())));
    }
  }
  return found;
}

async function figure({ port }: RunningInstance, name: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
}

/** Waits until there is something to restore: the instance says so itself. */
async function untilRestorable(instance: RunningInstance): Promise<void> {
  while (!((await figure(instance, 'rennsteig_backup_until_seconds')) > 0)) await new Promise(setImmediate);
}

test('everything is wiped, an instant is restored, and every hash is that of the instant', async () => {
  const { anna } = await prepareInstance(data, ['anna']);
  let instance = await startInstance(data, { env: { RENNSTEIG_CONFIG: settings } });
  let client = davClient(instance.port, anna);
  await untilRestorable(instance);
  assert.equal(await figure(instance, 'rennsteig_backup_failing'), 0);
  assert.equal(await client.status('MKCOL', 'Akten'), 201);
  for (let number = 0; number < 12; number += 1)
    assert.equal((await client.put(`Akten/Vorgang ${number}.pdf`, randomBytes(1_000 + number * 20_000))).status, 201);
  assert.equal((await client.put('Vermerk.txt', 'eins')).status, 201);
  assert.equal((await client.put('Vermerk.txt', 'zwei')).status, 204);
  const wanted = await everything(client);
  const instant = new Date().toISOString();
  // What the server will not know any more.
  const late = randomBytes(2_000_000);
  const lost = new Set<string>();
  const change = async (status: number, expected: number) => {
    assert.equal(status, expected);
    lost.add(await client.etag(''));
  };
  await change((await client.put('Vermerk.txt', 'drei')).status, 204);
  await change((await client.put('Danach.bin', late)).status, 201);
  for (let number = 0; number < 5; number += 1) await change(await client.status('DELETE', `Akten/Vorgang ${number}.pdf`), 204);
  const place = join(root, 'rechner');
  mkdirSync(place);
  const computer = openSyncClient('nextcloud', { port: instance.port, credentials: anna, place });
  await computer.mustSync();
  await instance.stop();

  const { spans } = await script('backup-status');
  assert.ok(spans[0].from < instant && instant < spans[0].until, 'it was brought up to date before the stop');
  const keys = join(root, 'keys');
  cpSync(join(data, 'keys'), keys, { recursive: true });
  rmSync(data, { recursive: true });
  cpSync(keys, join(data, 'keys'), { recursive: true });
  const restored = await script('restore', backup, '--at', instant);
  assert.deepEqual([restored.ok, restored.check.problems, restored.audit.problems], [true, [], []]);
  instance = await startInstance(data, { port: instance.port });
  client = davClient(instance.port, anna);
  assert.deepEqual(await everything(client), wanted);
  for (let number = 0; number < lost.size; number += 1) {
    assert.equal((await client.put('Neu.txt', `es geht weiter: ${number}`)).status, number === 0 ? 201 : 204);
    assert.ok(!lost.has(await client.etag('')), 'nothing new bears an ETag that was once of something else');
  }
  await computer.mustSync();
  const [onComputer, onServer] = [Object.values(await localTree(computer.folder)), [...(await everything(client)).values()]];
  for (const [what, bytes] of [['changed', Buffer.from('drei')] as const, ['made', late] as const])
    assert.ok(onComputer.includes(hashOf(bytes)), `what was ${what} after the instant is still on the computer`);
  assert.ok(onServer.includes(hashOf(late)), 'what the server lost comes back from the computer');
  await instance.stop();
  const checked = await script('fsck', '--deep');
  assert.deepEqual([checked.ok, checked.problems], [true, []]);
  assert.equal((await script('audit', 'verify')).ok, true);
});

test('what cannot be restored is refused with a sentence, and nothing is touched', async () => {
  const said = async (...words: string[]) => {
    const { code, err } = await admin('restore', backup, ...words);
    assert.notEqual(code, 0);
    return err;
  };
  assert.match(await said('--at', '2020-01-01T00:00:00Z'), /cannot be restored from .*; it holds what was from .* to /);
  assert.match(await said('--at', '2026-11-22T10:15:00'), /with its time zone/);
  const { spans } = await script('backup-status');
  assert.match(await said('--at', spans[0].until), /There is a database in .* already/);
});
