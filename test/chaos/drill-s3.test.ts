import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openS3Store } from '../../src/platform/blobs-s3.ts';
import { startCeph } from '../ceph.ts';
import { davClient } from '../dav.ts';
import { startDebianServer } from '../debian.ts';
import { prepareInstance, startInstance } from '../instance.ts';
import { everything, operatorOf, untilRestorable } from './drill.ts';

/** The drill where the stored files lie in a bucket (a real Ceph): everything in it is deleted, and comes back. */

const root = mkdtempSync(join(tmpdir(), 'rennsteig-test-drill-s3-'));
after(() => rmSync(root, { recursive: true, force: true }));
const ceph = await startCeph();
after(() => ceph.stop());
const { s3 } = ceph;
const store = openS3Store(s3);
const onS3 = {
  RENNSTEIG_S3_ENDPOINT: s3.endpoint,
  RENNSTEIG_S3_BUCKET: s3.bucket,
  RENNSTEIG_S3_REGION: s3.region,
  RENNSTEIG_S3_ACCESS_KEY_ID: s3.accessKeyId,
  RENNSTEIG_S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
};

/** So many as the cast has. */
const tenants = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

async function emptyBucket(): Promise<void> {
  for (const tenant of tenants) await store.removeTenant(tenant);
}

/** Files of every size, some overwritten and one deleted, while the backup goes on. */
async function workOn(port: number, anna: Parameters<typeof davClient>[1]) {
  const client = davClient(port, anna);
  assert.equal(await client.status('MKCOL', 'Akten'), 201);
  for (let number = 0; number < 12; number += 1)
    assert.equal((await client.put(`Akten/Vorgang ${number}.pdf`, randomBytes(1_000 + number * 20_000))).status, 201);
  assert.equal((await client.put('Plan.tif', randomBytes(12_000_000))).status, 201);
  assert.equal((await client.put('Akten/Vorgang 1.pdf', 'zwei')).status, 204);
  assert.equal(await client.status('DELETE', 'Akten/Vorgang 2.pdf'), 204);
  return everything(client);
}

/** An instance with these settings, and whoever operates it. */
function place(name: string, more: Readonly<Record<string, string>> = {}) {
  const [data, backup, settings] = [join(root, name), join(root, `${name}-sicherung`), join(root, `${name}.env`)];
  const all: Readonly<Record<string, string>> = { ...onS3, ...more };
  const lines = Object.entries({ ...all, RENNSTEIG_BACKUP: backup }).map(([key, value]) => `${key}=${value}\n`);
  writeFileSync(settings, lines.join(''), { mode: 0o600 });
  return { data, backup, all, env: { RENNSTEIG_CONFIG: settings }, ...operatorOf(data, settings) };
}

function loseData(data: string): void {
  const keys = `${data}-keys`;
  cpSync(join(data, 'keys'), keys, { recursive: true });
  rmSync(data, { recursive: true });
  cpSync(keys, join(data, 'keys'), { recursive: true });
}

test('rows on our disk, bytes in a bucket: both are gone, and an instant brings both back', async () => {
  const { data, backup, all, env, script } = place('eigene');
  const { anna } = await prepareInstance(data, ['anna'], all);
  let instance = await startInstance(data, { env });
  await untilRestorable(instance);
  const wanted = await workOn(instance.port, anna);
  const instant = new Date().toISOString();
  assert.equal((await davClient(instance.port, anna).put('Plan.tif', 'überschrieben')).status, 204);
  await instance.stop();
  loseData(data);
  await emptyBucket();
  const restored = await script('restore', backup, '--at', instant);
  assert.deepEqual([restored.ok, restored.check.problems, restored.audit.problems], [true, [], []]);
  instance = await startInstance(data, { env: { ...env, RENNSTEIG_BACKUP_DAYS: '7' } });
  assert.deepEqual(await everything(davClient(instance.port, anna)), wanted);
  await instance.stop();
  assert.deepEqual((await script('fsck', '--deep')).problems, []);
  await emptyBucket();
});

test('rows on a server of the operator’s, brought back by its own means; “restore --blobs” brings the bytes', async () => {
  const server = await startDebianServer();
  after(() => server.stop());
  await server.run('create role verwaltung login createrole', 'create database eins owner verwaltung');
  const { data, backup, all, env, script, admin } = place('fremde', { DATABASE_URL: server.url('verwaltung', 'eins') });
  const { anna } = await prepareInstance(data, ['anna'], all);
  let instance = await startInstance(data, { env });
  await untilRestorable(instance);
  const wanted = await workOn(instance.port, anna);
  assert.match((await admin('restore', backup, '--blobs')).err, /is running/);
  await instance.stop();
  const { spans } = await script('backup-status');
  assert.deepEqual([spans.length, spans[0].hasRows], [1, false]);
  // The server's own means: here a copy of the database, and the original is lost.
  await server.run('create database gesichert template eins owner verwaltung', 'drop database eins');
  await emptyBucket();
  await server.run('create database eins template gesichert owner verwaltung');
  const lost = await admin('fsck', '--json');
  assert.ok(lost.code === 1 && JSON.parse(lost.out).problems.length > 10, 'names without contents');
  assert.match((await admin('restore', backup, '--at', spans[0].until)).err, /database server’s own means/);
  const restored = await script('restore', backup, '--blobs');
  assert.deepEqual([restored.ok, restored.check.problems, restored.audit.problems], [true, [], []]);
  assert.ok(restored.restoredObjects >= wanted.size);
  assert.equal((await script('restore', backup, '--blobs')).restoredObjects, 0, 'what is there is not copied again');
  instance = await startInstance(data, { env });
  assert.deepEqual(await everything(davClient(instance.port, anna)), wanted);
  await instance.stop();
  assert.deepEqual((await script('fsck', '--deep')).problems, []);
});
