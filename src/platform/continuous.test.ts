import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { databasePid } from '../../test/instance.ts';
import { readConfig } from '../config.ts';
import { openPlatform } from '../house.ts';
import { openInstance } from '../instance.ts';
import { headBytes } from './blob-format.ts';
import { openLocalStore } from './blobs-local.ts';
import { noting, readNoted } from './blobs-noted.ts';
import { type ContinuousOptions, forgetBackup, openBackup, readBackupNote } from './continuous.ts';
import { baseFile } from './continuous-base.ts';
import {
  archive,
  findInstant,
  listBases,
  listLines,
  namesIn,
  pruneArchive,
  putJson,
  putLine,
  spansOf,
} from './continuous-format.ts';
import { restoreRows } from './continuous-restore.ts';
import { connect } from './db.ts';
import { OperatorError } from './errors.ts';
import { openLog } from './log.ts';

const root = mkdtempSync(join(tmpdir(), 'rennsteig-test-continuous-'));
const config = readConfig(['--data', join(root, 'data'), '--log', 'silent'], {});
const instance = await openInstance(config);
const platform = await openPlatform({ config, app: instance.app, owner: instance.owner });
const store = openLocalStore(join(config.data, 'blobs'));
const server = instance.server as NonNullable<typeof instance.server>;
after(async () => {
  await platform.db.close();
  await instance.close();
  rmSync(root, { recursive: true, force: true });
});

const options = (directory: string): ContinuousOptions => ({
  directory,
  days: 7,
  owner: instance.owner,
  server,
  store,
  log: openLog('silent'),
});
const open = (directory: string, change: Partial<ContinuousOptions> = {}) =>
  openBackup({ ...options(directory), ...change }, new AbortController().signal);
const isSentence = (pattern: RegExp) => (error: unknown) => error instanceof OperatorError && pattern.test(error.message);

await platform.keys.current(1); // a tenant that may have stored something
async function put(name: string): Promise<void> {
  const sink = await store.create({ tenant: 1, name }, randomBytes(headBytes));
  await sink.write([randomBytes(500)]);
  await sink.commit();
}
const newName = () => randomBytes(16).toString('hex');
const mirrored = async (directory: string) =>
  (await readdir(archive.blobs(directory), { recursive: true }))
    .map((path) => path.split('/').at(-1))
    .filter((name) => name?.length === 32);

const directory = join(root, 'backup');

test('rounds: log, files of the database and blobs; what the store has no more is laid aside', async () => {
  const [one, two] = [newName(), newName()];
  await put(one);
  const backup = open(directory);
  await backup.round();
  assert.deepEqual(await spansOf(directory), [], 'without the database’s files nothing can be restored');
  await backup.based();
  await backup.round();
  const [span] = await spansOf(directory);
  assert.ok(span && span.from <= span.until);
  assert.equal((await readBackupNote(platform.db.instance))?.until, span.until);
  await put(two);
  await store.remove({ tenant: 1, name: one });
  await backup.round();
  assert.deepEqual(await mirrored(directory), [two]);
  const [day] = await namesIn(archive.removed(directory));
  assert.equal(day, new Date().toISOString().slice(0, 10));
  assert.deepEqual(await namesIn(join(archive.removed(directory), day as string, '1', one.slice(-2))), [one]);
  await backup.close();
});

test('the same line goes on after a restart of ours and after one of the database that was killed', async () => {
  const backup = open(directory);
  await backup.round();
  process.kill(databasePid(config.data) as number, 'SIGKILL');
  const again = async (): Promise<void> => backup.round().catch(again); // the database comes back by itself
  await again();
  assert.equal((await listLines(directory)).length, 1);
  await backup.close();
});

test('a new line begins where the log has a gap, and where nothing came for most of a day', async () => {
  const backup = open(directory);
  await forgetBackup(server.superuser); // as after a restore, or a backup that was away for too long
  await backup.round();
  await backup.based();
  await backup.round();
  const [second, first] = await listLines(directory);
  assert.ok(first && second && first.until !== null && second.line > first.line);
  assert.equal((await findInstant(directory, first.until)).line.line, first.line, 'the former one can still be restored');
  await backup.close();
  await putLine(directory, { ...second, until: new Date(Date.now() - 21 * 3_600_000).toISOString() });
  const later = open(directory);
  await later.round();
  assert.equal((await listLines(directory)).length, 3);
  await later.based();
  await later.round();
  await later.close();
});

test('a log that is another one than the backup’s begins a new line', async () => {
  const [line] = await listLines(directory);
  const folder = archive.wal(directory, line?.line as string);
  const name = (await namesIn(folder)).findLast((each) => !each.endsWith('.zst')) as string;
  const bytes = readFileSync(join(folder, name));
  writeFileSync(join(folder, name), Buffer.concat([bytes.subarray(0, -1), Buffer.from([(bytes.at(-1) as number) ^ 1])]));
  const backup = open(directory);
  await backup.round();
  assert.equal((await listLines(directory)).length, 4);
  await backup.based();
  await backup.round();
  await backup.close();
});

test('a directory of another instance, one that is used by two, and a disk that is not mounted are refused', async () => {
  const foreign = join(root, 'foreign');
  await mkdir(archive.root(foreign), { recursive: true });
  await putJson(archive.instance(foreign), { format: 1, instance: 'somebody else' });
  const stranger = open(foreign);
  await assert.rejects(stranger.round(), isSentence(/holds the backup of another instance/));
  await stranger.close();

  const backup = open(directory);
  await backup.round();
  const [ours] = await listLines(directory);
  await putLine(directory, { ...(ours as NonNullable<typeof ours>), line: '9999-01-01T00-00-00-000Z' });
  await assert.rejects(backup.round(), isSentence(/Another instance writes its backup/));
  await rm(archive.line(directory, '9999-01-01T00-00-00-000Z'), { recursive: true });
  await backup.round();

  const away = join(root, 'away');
  await rename(archive.root(directory), away);
  await assert.rejects(backup.round(), isSentence(/is the disk mounted\?/));
  await assert.rejects(backup.round(), isSentence(/is the disk mounted\?/));
  assert.match((await readBackupNote(platform.db.instance))?.problem ?? '', /mounted/);
  renameSync(away, archive.root(directory));
  await backup.round();
  assert.equal((await readBackupNote(platform.db.instance))?.problem, null);
  await backup.close();
});

test('a backup that is damaged is refused, and leaves no half of a database', async () => {
  const [span] = await spansOf(directory);
  const { line, until } = span as NonNullable<typeof span>;
  const found = await findInstant(directory, until);
  const home = await mkdtemp(join(root, 'home-'));
  const restore = () => restoreRows({ home, directory, found, at: until, passing: [] });
  const [base] = await listBases(directory, line.line);
  const spoil = async (path: string, pattern: RegExp) => {
    const bytes = readFileSync(path);
    const spoilt = Buffer.from(bytes);
    spoilt[100] = (spoilt[100] as number) ^ 1;
    writeFileSync(path, spoilt);
    await assert.rejects(restore(), isSentence(pattern));
    await rm(path);
    await assert.rejects(restore(), isSentence(/is damaged/));
    writeFileSync(path, bytes);
    assert.deepEqual((await namesIn(home)).includes('data'), false);
  };
  await spoil(join(archive.bases(directory, line.line), base?.name as string, baseFile), /has another content/);
  const wal = archive.wal(directory, line.line);
  const first = (await namesIn(wal))[0] as string;
  await rename(join(wal, first), join(root, first));
  await assert.rejects(restore(), isSentence(/is missing/));
  await rename(join(root, first), join(wal, first));
});

test('with a database server of the operator’s the stored files are kept alone', async () => {
  const files = join(root, 'files-only');
  const backup = open(files, { server: null });
  const name = newName();
  await put(name);
  await backup.round();
  await backup.close();
  const [span] = await spansOf(files);
  assert.equal(span?.line.hasRows, false);
  assert.ok((await mirrored(files)).includes(name));
  const wanted = { home: join(root, 'never'), directory: files, found: await findInstant(files, span.until), at: span.until };
  await assert.rejects(restoreRows({ ...wanted, passing: [] }), isSentence(/The rows are not in this backup/));
});

test('of a store that cannot tell what is new, a round copies what was noted and lists nothing', async () => {
  const files = join(root, 'noted');
  let lists = 0;
  const { shards: _shards, ...bucket } = store;
  const list = (tenant: number) => {
    lists += 1;
    return store.list(tenant);
  };
  const noted = noting(bucket, platform.db);
  const putNoted = async (bytes = 500) => {
    const name = newName();
    const sink = await noted.create({ tenant: 1, name }, randomBytes(headBytes));
    await sink.write([randomBytes(bytes)]);
    await sink.commit();
    return name;
  };
  const backup = open(files, { server: null, store: { ...bucket, list } });
  const before = newName();
  await put(before);
  await backup.round();
  assert.ok(lists > 0 && (await mirrored(files)).includes(before), 'the first round compares everything');
  lists = 0;
  const [one, gone, two] = [await putNoted(), await putNoted(), await putNoted(3_000_000)];
  await store.remove({ tenant: 1, name: gone });
  await backup.round();
  const now = await mirrored(files);
  assert.deepEqual([lists, now.includes(one), now.includes(two), now.includes(gone)], [0, true, true, false]);
  const owner = connect(instance.owner, { max: 1 });
  assert.equal((await readNoted(owner)).length, 0, 'what was copied is forgotten');
  await owner.end();
  await backup.close();
});

test('what no instant of the last days needs is removed, and nothing else', async () => {
  const old = join(root, 'old');
  const put = async (line: string, until: string, bases: readonly (readonly [string, string])[]) => {
    await putLine(old, { format: 1, line, until, since: until, hasRows: true, key: '' });
    await mkdir(archive.wal(old, line), { recursive: true });
    for (const [finished, firstSegment] of bases) {
      await mkdir(join(archive.bases(old, line), finished), { recursive: true });
      const base = { name: finished, finished, firstSegment, segmentBytes: 2 ** 24, version: '18', bytes: 0, sha256: '' };
      await putJson(join(archive.bases(old, line), finished, 'base.json'), base);
    }
  };
  const segment = (number: number) => `0000000100000000000000${String(number).padStart(2, '0')}`;
  await put('a', '2026-11-01', [['2026-10-01', segment(1)]]);
  await put('b', '2026-11-22', [
    ['2026-11-13', segment(2)],
    ['2026-11-14', segment(4)],
    ['2026-11-16', segment(6)],
  ]);
  for (const number of [2, 3, 4, 5, 6]) await writeFile(join(archive.wal(old, 'b'), `${segment(number)}.zst`), '');
  for (const day of ['2026-11-13', '2026-11-14', '2026-11-15']) await mkdir(join(archive.removed(old), day), { recursive: true });
  await pruneArchive(old, 'b', new Date('2026-11-15T12:00:00Z'));
  assert.deepEqual(await namesIn(archive.lines(old)), ['b']);
  assert.deepEqual(await namesIn(archive.bases(old, 'b')), ['2026-11-14', '2026-11-16'], 'the one that the oldest instant needs');
  assert.deepEqual(
    await namesIn(archive.wal(old, 'b')),
    [4, 5, 6].map((number) => `${segment(number)}.zst`),
  );
  assert.deepEqual(await namesIn(archive.removed(old)), ['2026-11-15'], 'a day that has begun to count stays whole');
});
