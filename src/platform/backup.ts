import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Config } from '../config.ts';
import { copyBlobs, prune, restoreBlobs } from './backup-blobs.ts';
import {
  type BlobLine,
  type Dump,
  findDump,
  type Manifest,
  places,
  verifyDump,
  writeDumpFile,
  writeManifest,
} from './backup-format.ts';
import { dropSchemas, dumpRows, firstFilled, loadRows, tenantsWithBlobs } from './backup-rows.ts';
import type { ByteStore } from './blobs.ts';
import type { Connection } from './db.ts';
import { OperatorError } from './errors.ts';
import { fingerprint, keyFile, readMasterKeys } from './keys.ts';
import { DirectoryTaken, lockDirectory } from './lock.ts';
import { type MigrationSource, migrate, readMigrations } from './migrate.ts';

/** What is backed up, and from where. */
export type Source = {
  readonly owner: Connection;
  readonly store: ByteStore;
  readonly sources: readonly MigrationSource[];
  /** Tables whose rows need not be kept, `schema.table`. */
  readonly passing: readonly string[];
};

export type BackupOptions = {
  /** Finished dumps that stay; null: all. */
  readonly keep: number | null;
  /** The instance's keys to lay beside the data; null: they are not part of it. */
  readonly keyLines: string | null;
};

export type BackedUp = {
  readonly name: string;
  readonly blobs: number;
  /** Blobs the directory did not have before. */
  readonly copied: number;
  readonly bytes: number;
  readonly removedDumps: number;
};

const schemasOf = (sources: readonly MigrationSource[]) => [...new Set(sources.map(({ room }) => room))];

async function alone<T>(directory: string, work: () => Promise<T>): Promise<T> {
  const lock = await lockDirectory(directory).catch((error) => {
    throw error instanceof DirectoryTaken ? new OperatorError(`Another backup is being written to ${directory}.`) : error;
  });
  try {
    return await work();
  } finally {
    await lock.release();
  }
}

/**
 * Writes a backup into a directory while people work: what was acknowledged before it begins is in it. Blobs the directory has
 * are not copied again. Until the manifest is there, the backup does not count.
 *
 * Blobs are copied twice: before the rows, however long it takes, and after them what came meanwhile. That is quick, and
 * what the rows refer to stays in the store for a day after it is purged.
 */
export function backUp(source: Source, directory: string, options: BackupOptions): Promise<BackedUp> {
  return mkdir(directory, { recursive: true }).then(() => alone(directory, () => backUpAlone(source, directory, options)));
}

async function backUpAlone(source: Source, directory: string, { keep, keyLines }: BackupOptions): Promise<BackedUp> {
  const begun = new Date().toISOString();
  const name = begun.replace(/[:.]/g, '-'); // names sort as the times do
  const folder = places.dump(directory, name);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const schemas = schemasOf(source.sources);
  const copied = { count: 0 };
  for await (const _line of copyBlobs(source.store, directory, await tenantsWithBlobs(source.owner), copied));
  const { tenants, ...rows } = await dumpRows(source.owner, folder, { schemas, passing: source.passing });
  const totals = { count: 0, total: 0 };
  const list = await writeDumpFile(folder, 'blobs.zst', asText(copyBlobs(source.store, directory, tenants, copied), totals));
  if (keyLines !== null) await writeKey(places.key(directory), keyLines);
  const blobs = { ...list, ...totals };
  await writeManifest(folder, { begun, finished: new Date().toISOString(), hasKey: keyLines !== null, ...rows, blobs });
  const pruned = keep === null ? { dumps: 0 } : await prune(directory, keep);
  return { name, blobs: totals.count, copied: copied.count, bytes: totals.total, removedDumps: pruned.dumps };
}

async function* asText(lines: AsyncIterable<BlobLine>, totals: { count: number; total: number }): AsyncGenerator<string> {
  for await (const { tenant, name, size, sha256 } of lines) {
    totals.count += 1;
    totals.total += size;
    yield `${tenant} ${name} ${size} ${sha256}\n`;
  }
}

async function writeKey(path: string, lines: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(path, lines, { mode: 0o600, flush: true });
  await chmod(path, 0o600);
}

/** A backup that was found whole, and that this programme can read. */
export type Verified = Dump & { readonly manifest: Manifest; readonly directory: string };

/**
 * Finds a backup (the newest finished one, or the one named), and reads all of it to see that it is whole.
 * Throws {@link OperatorError} with one sentence.
 */
export async function verifyBackup(
  directory: string,
  name: string | null,
  sources: readonly MigrationSource[],
): Promise<Verified> {
  const dump = await findDump(directory, name);
  const known = new Map((await readMigrations(sources)).map((each) => [`${each.room}/${each.name}`, each.hash]));
  const stranger = dump.manifest.migrations.find((each) => known.get(`${each.room}/${each.name}`) !== each.hash);
  if (stranger && known.has(`${stranger.room}/${stranger.name}`))
    throw new OperatorError(
      `The backup ${dump.name} was written by a version of Rennsteig whose ${stranger.room}/${stranger.name} is another one; please restore it with that version.`,
    );
  if (stranger)
    throw new OperatorError(
      `The backup ${dump.name} was written by a newer version of Rennsteig (${stranger.room}/${stranger.name} is unknown here); please restore it with that version.`,
    );
  await verifyDump(directory, dump);
  return { ...dump, directory };
}

/** Tables in which a mere start leaves rows. */
const ofAStart = [
  'platform.instance',
  'platform.tenant_key',
  'platform.audit',
  'platform.audit_head',
  'platform.audit_anchor',
  'accounts.link',
];

/**
 * Brings a verified backup into an empty instance: bytes first, then all rows in one transaction, then whatever newer migrations
 * there are. Throws {@link OperatorError} when the instance is not empty.
 */
export async function restoreBackup(target: Omit<Source, 'passing'>, verified: Verified): Promise<{ blobs: number }> {
  const { owner, store, sources } = target;
  const schemas = schemasOf(sources);
  const filled = await firstFilled(owner, schemas, ofAStart);
  if (filled !== null)
    throw new OperatorError(
      `This instance is not empty (there are rows in ${filled}). Please restore into an empty one: another data directory and database.`,
    );
  const blobs = await restoreBlobs(verified.directory, verified, store);
  await dropSchemas(owner, schemas);
  const { manifest } = verified;
  await migrate(owner, sources, new Set(manifest.migrations.map((each) => `${each.room}/${each.name}`)));
  await loadRows(owner, verified.folder, manifest);
  await migrate(owner, sources);
  return { blobs };
}

/** A backup and the key that opens it. */
export type Locked = Pick<Verified, 'directory' | 'name'> & { readonly manifest: Pick<Manifest, 'key' | 'hasKey'> };

/**
 * Sees to it that the instance has the key that opens a backup, before anything is written. Throws {@link OperatorError} when it
 * has not, and the backup brings none.
 */
export async function settleKey(config: Config, { manifest, directory, name }: Locked): Promise<void> {
  const path = keyFile(config.data);
  const own = await readFile(path, 'utf8').catch(() => '');
  if (config.key !== null || own !== '') {
    const { current, earlier } = await readMasterKeys(config);
    if ([current, ...earlier].some((key) => fingerprint(key) === manifest.key)) return;
  }
  const lines = manifest.hasKey && config.key === null ? await readFile(places.key(directory), 'utf8').catch(() => null) : null;
  if (lines === null)
    throw new OperatorError(
      `The backup ${name} can only be opened with the instance key ${manifest.key}, which is not part of it. Please put that key into ${path}, or set RENNSTEIG_KEY.`,
    );
  await writeKey(path, `${lines.trimEnd()}\n${own}`);
}
