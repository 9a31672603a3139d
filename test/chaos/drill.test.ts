import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { davClient } from '../dav.ts';
import { prepareInstance, startInstance } from '../instance.ts';
import { localTree, openSyncClient } from '../sync.ts';
import { everything, figure, hashOf, operatorOf, untilRestorable } from './drill.ts';

/** The drill an operator should hold: everything is gone, and an instant of this morning is wanted back. */

const root = mkdtempSync(join(tmpdir(), 'rennsteig-test-drill-'));
after(() => rmSync(root, { recursive: true, force: true }));
const [data, backup] = [join(root, 'daten'), join(root, 'sicherung')];
const settings = join(root, 'settings');
writeFileSync(settings, `RENNSTEIG_BACKUP=${backup}\n`);

const { admin, script } = operatorOf(data, settings);

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
