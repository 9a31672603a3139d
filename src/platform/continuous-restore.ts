import { createReadStream, createWriteStream } from 'node:fs';
import { copyFile, mkdir, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import { hashFile } from './backup-format.ts';
import { baseFile } from './continuous-base.ts';
import { archive, type Base, type Found, namesIn, readJson, type WrappedKey } from './continuous-format.ts';
import { segmentName, segmentStart } from './continuous-wal.ts';
import { type Client, type Connection, connect } from './db.ts';
import { databaseName } from './embedded.ts';
import { recoverEmbedded } from './embedded-recovery.ts';
import { OperatorError } from './errors.ts';
import { readTar } from './tar.ts';

/** Back to an instant of a continuous backup: the rows. (The blobs: `restoreMirror`.) */

const damaged = (what: string) => new OperatorError(`The backup is damaged: ${what}. Nothing was restored.`);

/** The database's files as they were copied. Throws {@link OperatorError} when they are not as they were written. */
async function unpackBase(path: string, base: Base, data: string): Promise<void> {
  if ((await hashFile(path).catch(() => '')) !== base.sha256) throw damaged(`${path} has another content`);
  const source = createReadStream(path);
  const content = createZstdDecompress();
  source.on('error', (error) => content.destroy(error));
  for await (const entry of readTar(source.pipe(content))) {
    const to = join(data, entry.name);
    if (entry.isDirectory) await mkdir(to, { recursive: true, mode: 0o700 });
    else await pipeline(Readable.from(entry.content), createWriteStream(to, { mode: 0o600 }));
  }
}

/**
 * The names of the log's files from the base on, as far as an instant before the first base after it can be. That base was
 * complete after the instant; a day later, where the second one begins, there is certainly a commit that is younger.
 */
async function logOf(folder: string, { base, after }: Found & { base: Base }): Promise<string[]> {
  const geometry = { timeline: Number.parseInt(base.firstSegment.slice(0, 8), 16), segmentBytes: BigInt(base.segmentBytes) };
  const last = after[1]?.firstSegment;
  const names = [...new Set((await namesIn(folder)).filter((name) => !name.endsWith('.part')).map((name) => name.slice(0, 24)))];
  const needed = names.filter((name) => name >= base.firstSegment && (last === undefined || name <= last));
  let place = segmentStart(geometry, base.firstSegment);
  for (const name of needed) {
    if (name !== segmentName(geometry, place)) throw damaged(`${segmentName(geometry, place)} is missing in ${folder}`);
    place += geometry.segmentBytes;
  }
  if (needed.length === 0) throw damaged(`${base.firstSegment} is missing in ${folder}`);
  return needed;
}

async function unpackLog(folder: string, found: Found & { base: Base }, data: string): Promise<void> {
  const packed = new Set(await namesIn(folder));
  for (const name of await logOf(folder, found)) {
    const to = join(data, 'pg_wal', name);
    const isPacked = packed.has(`${name}.zst`);
    if (isPacked) {
      const source = createReadStream(join(folder, `${name}.zst`));
      await pipeline(source, createZstdDecompress(), createWriteStream(to, { mode: 0o600 }));
    } else await copyFile(join(folder, name), to);
    await truncate(to, found.base.segmentBytes); // the one that was growing is filled up with zeros
  }
}

export type RowsWanted = {
  /** Directory of the embedded server. */
  readonly home: string;
  readonly directory: string;
  readonly found: Found;
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** Tables whose rows need not be kept, `schema.table`. */
  readonly passing: readonly string[];
};

/**
 * Makes the embedded database as it was at an instant. Throws {@link OperatorError} with one sentence when the backup is damaged
 * or there is a database already, and leaves nothing behind then.
 */
export async function restoreRows({ home, directory, found, at, passing }: RowsWanted): Promise<void> {
  const { base, line } = found;
  if (base === null)
    throw new OperatorError('The rows are not in this backup: the database server was not ours. See docs/operating.md.');
  const folder = join(archive.bases(directory, line.line), base.name);
  await recoverEmbedded(home, {
    fill: async (data) => {
      await unpackBase(join(folder, baseFile), base, data);
      await unpackLog(archive.wal(directory, line.line), { ...found, base }, data);
    },
    target: { recovery_target_time: at.replace('T', ' ').replace('Z', '+00') }, // the server does not know “Z” yet then
    finish: (superuser) => settle({ ...superuser, database: databaseName }, directory, passing),
  });
}

async function settle(connection: Connection, directory: string, passing: readonly string[]): Promise<void> {
  const sql = connect(connection, { max: 1 });
  try {
    await addKeys(sql, directory);
    // The schema is that of the instant: a table may not have been there yet.
    const there = await sql<{ name: string }[]>`
      select name from unnest(${passing as string[]}::text[]) as name where to_regclass(name) is not null`;
    if (there.length > 0) await sql.unsafe(`truncate ${there.map(({ name }) => name).join(', ')}`);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/**
 * A blob that was copied after the instant may be wrapped by a key that was made after it: such keys are added. They are wrapped
 * themselves, and say by which key of the instance.
 */
export async function addKeys(sql: Client, directory: string): Promise<void> {
  for (const { tenant, id, wrapped, by } of (await readJson<WrappedKey[]>(archive.keys(directory))) ?? [])
    await sql`
      insert into platform.tenant_key (tenant, id, wrapped, wrapped_by)
      values (${tenant}, ${id}, ${Buffer.from(wrapped, 'base64')}, ${by}) on conflict (tenant, id) do nothing`;
}
