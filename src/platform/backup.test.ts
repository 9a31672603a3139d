import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import * as files from '#modules/files';
import * as tenants from '#modules/tenants';
import { asRole, copyTemplate, joinCluster } from '../../test/cluster.ts';
import { deskOf } from '../../test/desk.ts';
import { password, settle } from '../../test/people.ts';
import { openStand, type Stand } from '../../test/stand.ts';
import { checkInstance } from '../admin/fsck.ts';
import { migrationSources, openPlatform, openStore } from '../house.ts';
import { signIn } from '../modules/accounts/session.ts';
import { backUp, restoreBackup, settleKey, verifyBackup } from './backup.ts';
import { blobPath, listDumps, places, readBlobLines } from './backup-format.ts';
import { dropSchemas } from './backup-rows.ts';
import { connect } from './db.ts';
import { ownerRole } from './embedded.ts';
import { OperatorError } from './errors.ts';
import { migrate } from './migrate.ts';

const stand = await openStand();
const people = await settle(stand);
const anna = deskOf(people.anna);
const root = await mkdtemp(join(tmpdir(), 'rennsteig-test-backup-'));
after(() => rm(root, { recursive: true, force: true }));
const directory = join(root, 'backup');
const passing = ['files.upload', 'files.upload_part', 'platform.throttle', 'previews.picture'];

async function backup(from: Stand = stand, to = directory, keep: number | null = null) {
  const source = { owner: from.owner, store: await openStore(from.config), sources: migrationSources, passing };
  return backUp(source, to, { keep, keyLines: null });
}

async function restore(to: Stand, from = directory, name: string | null = null) {
  const verified = await verifyBackup(from, name, migrationSources);
  return restoreBackup({ owner: to.owner, store: await openStore(to.config), sources: migrationSources }, verified);
}

const sameKey = { RENNSTEIG_KEY: Buffer.from(stand.config.key as Uint8Array).toString('base64') };

/** An empty instance elsewhere, with the same key. */
const openEmpty = () => openStand({ settings: sameKey });

const isSentence = (pattern: RegExp) => (error: unknown) => error instanceof OperatorError && pattern.test(error.message);

/** What somebody was told is stored: hash of the content by path. */
const acknowledged = new Map<string, string>();

async function write(path: string, content: Buffer): Promise<void> {
  await anna.write(path, content);
  acknowledged.set(path, createHash('sha256').update(content).digest('hex'));
}

await anna.folder('Akten');
for (let index = 0; index < 30; index += 1) await write(`Akten/Vorgang ${index}.pdf`, randomBytes(100 + index * 9_000));
for (const text of ['eins', 'zwei', 'drei']) await write('Vermerk.txt', Buffer.from(text));
await write('Plan.bin', randomBytes(3_000_000));
await anna.copy('Akten', 'Akten (Kopie)');
await anna.write('Alt.txt', 'alt');
await anna.trash('Alt.txt');

test('what was acknowledged before a backup begins is in it, while people go on working', async () => {
  const before = new Map(acknowledged);
  let isDone = false;
  const work = (async () => {
    for (let round = 0; !isDone; round += 1) {
      await write(`Während ${round % 20}.txt`, randomBytes(2_000));
      if (round % 4 === 0) await anna.trash(`Während ${round % 20}.txt`);
    }
  })();
  const done = await backup();
  isDone = true;
  await work;
  assert.ok(done.blobs >= before.size && done.copied === done.blobs);

  const other = await openEmpty();
  const jobsOf = async (owner: Stand['owner']) => {
    const sql = connect(owner, { max: 1 });
    const rows = await sql`select task_identifier, count(*)::integer as count from graphile_worker.jobs group by 1 order by 1`;
    await sql.end();
    return rows.length;
  };
  await restore(other);
  const platform = await openPlatform({ config: other.config, app: other.app, owner: other.owner, clock: other.clock });
  const checked = await checkInstance(platform, true);
  assert.deepEqual(checked.problems, []);
  const { entries, problems } = await tenants.verifyAudits(platform);
  assert.deepEqual(problems, []);
  assert.ok(entries > 50);
  const there = deskOf({ ...people.anna, platform });
  for (const [path, sha256] of before) assert.equal((await there.at(path)).node.sha256, sha256, path);
  assert.equal(await there.read('Vermerk.txt'), 'drei');
  const versions = await files.listVersions(there.ctx, await there.at('Vermerk.txt'));
  assert.equal(versions.length, 2);
  assert.equal(
    (await files.listTrash(there.ctx, await there.at(''))).items.some(({ path }) => path === 'Alt.txt'),
    true,
  );
  await there.write('Neu.txt', 'nach der Rückkehr');
  assert.deepEqual((await checkInstance(platform, true)).problems, [], 'sequences go on where they were');
  const { token } = await signIn({ ...people.nobody, platform }, { address: people.address.anna, password });
  assert.ok(token !== '', 'people sign in with the password they had');
  assert.equal(await jobsOf(other.owner), await jobsOf(stand.owner), 'waiting jobs came along');
  await platform.db.close();
  await other.close();
});

test('a second backup copies only what is new, and so many stay', async () => {
  await write('Neu.txt', Buffer.from('neu'));
  const second = await backup();
  assert.ok(second.copied >= 1 && second.copied < second.blobs / 2, `${second.copied} of ${second.blobs}`);
  const third = await backup();
  assert.equal(third.copied, 0);
  assert.equal((await listDumps(directory)).length, 3);
  const fourth = await backup(stand, directory, 2);
  assert.equal(fourth.removedDumps, 2);
  assert.deepEqual(
    (await listDumps(directory)).map(({ name }) => name),
    [fourth.name, third.name],
  );
  await verifyBackup(directory, third.name, migrationSources);
});

test('blobs that no remaining backup lists go with the last that did', async () => {
  const [newest] = await listDumps(directory);
  const [line] = await Array.fromAsync(readBlobLines(newest?.folder as string, newest?.manifest as never));
  const { tenant, name } = line as { tenant: number; name: string };
  const shard = name.split('.')[0]?.slice(-2);
  writeFileSync(blobPath(directory, { tenant, name: `${'0'.repeat(30)}${shard}` }), 'left over');
  const count = async () => (await readdir(places.blobs(directory), { recursive: true })).length;
  const before = await count();
  await backup(stand, directory, 1);
  assert.equal(await count(), before - 1);
  await verifyBackup(directory, null, migrationSources);
});

test('a backup that is damaged, unfinished or absent is refused with a sentence, and nothing is touched', async () => {
  const other = await openEmpty();
  const [dump] = await listDumps(directory);
  const folder = dump?.folder as string;
  const untouched = async () => assert.equal(await restoredTenants(other), 0);
  for (const path of [join(folder, 'files.node.zst'), join(folder, 'blobs.zst')]) {
    const bytes = readFileSync(path);
    const flipped = Buffer.from(bytes);
    flipped[20] = (flipped[20] as number) ^ 1;
    writeFileSync(path, flipped);
    await assert.rejects(restore(other), isSentence(/is damaged: .* has another content/));
    appendFileSync(path, 'x');
    await assert.rejects(restore(other), isSentence(/is damaged: .* has another size/));
    writeFileSync(path, bytes);
  }
  const [line] = await Array.fromAsync(readBlobLines(folder, dump?.manifest as never));
  const blob = blobPath(directory, line as never);
  const bytes = readFileSync(blob);
  rmSync(blob);
  await assert.rejects(restore(other), isSentence(/is missing/));
  writeFileSync(blob, bytes);
  renameSync(join(folder, 'manifest.json'), join(folder, 'manifest.away'));
  await assert.rejects(restore(other), isSentence(/was not finished; nothing can be restored from it/));
  await assert.rejects(restore(other, directory, dump?.name), isSentence(/was not finished/));
  renameSync(join(folder, 'manifest.away'), join(folder, 'manifest.json'));
  await assert.rejects(restore(other, join(root, 'leer')), isSentence(/There is no backup in/));
  await untouched();
  await other.close();
});

async function restoredTenants(other: Stand): Promise<number> {
  const sql = connect(other.owner, { max: 1 });
  const [row] = await sql`select count(*)::integer as count from tenants.tenant`;
  await sql.end();
  return row?.count;
}

test('an instance with people in it is not overwritten', async () => {
  await assert.rejects(restore(stand), isSentence(/This instance is not empty \(there are rows in accounts\./));
  assert.equal(await anna.read('Vermerk.txt'), 'drei');
});

test('the key that opens it must be there first', async () => {
  const verified = await verifyBackup(directory, null, migrationSources);
  const data = join(root, 'ohne-schluessel');
  await assert.rejects(
    settleKey({ ...stand.config, data, key: null }, verified),
    isSentence(/can only be opened with the instance key [0-9a-f]{16}/),
  );
  await assert.rejects(settleKey({ ...stand.config, data, key: randomBytes(32) }, verified), isSentence(/can only be opened/));
  await settleKey(stand.config, verified);
});

test('data of an earlier version is brought forward after it was restored; of a later one it is refused', async () => {
  const cluster = await joinCluster();
  after(() => cluster.stop());
  const database = await copyTemplate(cluster);
  const owner = asRole(cluster, ownerRole, database.name);
  const last = 'files/0004-blob-names';
  const sql = connect(owner, { max: 1 });
  await dropSchemas(
    owner,
    migrationSources.map(({ room }) => room),
  );
  const older = new Set((await allMigrations(stand)).filter((key) => key !== last));
  await migrate(owner, migrationSources, older);
  await sql`insert into platform.instance (name, value) values ('root', 'abc:def')`;
  await sql`insert into files.usage (tenant, used) values (7, 4711)`;
  await sql.end();
  const to = join(root, 'aelter');
  await backUp({ owner, store: await openStore(stand.config), sources: migrationSources, passing }, to, {
    keep: null,
    keyLines: null,
  });
  const other = await openEmpty();
  await restore(other, to);
  assert.ok((await allMigrations(other)).includes(last));
  const check = connect(other.owner, { max: 1 });
  assert.deepEqual([...(await check`select tenant, used from files.usage`)], [{ tenant: 7, used: 4711 }]);
  await check.end();
  const [dump] = await listDumps(to);
  const manifest = JSON.parse(readFileSync(join(dump?.folder as string, 'manifest.json'), 'utf8'));
  manifest.migrations.push({ room: 'files', name: '9999-morgen', hash: 'x' });
  writeFileSync(join(dump?.folder as string, 'manifest.json'), JSON.stringify(manifest));
  await assert.rejects(restore(other, to), isSentence(/written by a newer version .*9999-morgen/));
  await database.drop();
  await other.close();
});

async function allMigrations({ owner }: Pick<Stand, 'owner'>): Promise<string[]> {
  const sql = connect(owner, { max: 1 });
  const rows = await sql<{ key: string }[]>`select room || '/' || name as key from platform.migration`;
  await sql.end();
  return rows.map((row) => row.key);
}
