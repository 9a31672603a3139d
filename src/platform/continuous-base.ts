import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress } from 'node:zlib';
import { archive, type Base, nameOf, putJson } from './continuous-format.ts';
import { type Geometry, lsnOf, segmentName } from './continuous-wal.ts';
import { type Connection, connect } from './db.ts';
import { type TarEntry, writeTar } from './tar.ts';

/**
 * A copy of the database's files while the server works on them: what `pg_basebackup` does, by the server's own functions
 * (PostgreSQL 18, 25.3.4 "Making a Base Backup Using the Low Level API").
 */

const copyBytes = 2 ** 20;

/** Directories that are copied empty, and files that are not: the manual's list. */
const emptied = ['pg_wal', 'pg_replslot', 'pg_dynshmem', 'pg_notify', 'pg_serial', 'pg_snapshots', 'pg_stat_tmp', 'pg_subtrans'];
const left =
  /^(postmaster\.(pid|opts)|backup_label(\.old)?|tablespace_map(\.old)?|pg_internal\.init.*|pgsql_tmp.*|recovery\.signal)$/;

export const baseFile = 'base.tar.zst';

/** Exactly `size` bytes of a file: what the server cut off meanwhile is made good by the log, and stands as zeros until then. */
async function* exactly(file: FileHandle, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < size; ) {
    const length = Math.min(copyBytes, size - at);
    const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, at);
    at += bytesRead === 0 ? length : bytesRead;
    yield bytesRead === 0 ? buffer : buffer.subarray(0, bytesRead);
  }
}

async function* fileEntry(path: string, name: string): AsyncGenerator<TarEntry> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null; // the server removed it meanwhile
    throw error;
  });
  if (file === null) return;
  try {
    const { size } = await file.stat();
    yield { name, isDirectory: false, size, content: exactly(file, size) };
  } finally {
    await file.close();
  }
}

async function* entriesOf(data: string, under = ''): AsyncGenerator<TarEntry> {
  for (const entry of await readdir(join(data, under), { withFileTypes: true }).catch(() => [])) {
    const name = under === '' ? entry.name : `${under}/${entry.name}`;
    if (entry.isDirectory()) {
      if (left.test(entry.name)) continue;
      yield { name: `${name}/`, isDirectory: true, size: 0, content: [] };
      if (!emptied.includes(name)) yield* entriesOf(data, name);
    } else if (entry.isFile() && !left.test(entry.name)) yield* fileEntry(join(data, name), name);
  }
}

const textEntry = (name: string, text: string): TarEntry => {
  const bytes = Buffer.from(text);
  return { name, isDirectory: false, size: bytes.length, content: [bytes] };
};

/** The server's files, and at the end the label it hands out when it is told that they were copied. */
async function* wholeServer(data: string, finish: () => Promise<string>): AsyncGenerator<TarEntry> {
  yield* entriesOf(data);
  yield { name: 'pg_wal/archive_status/', isDirectory: true, size: 0, content: [] };
  yield textEntry('backup_label', await finish());
}

async function writeArchive(
  path: string,
  entries: AsyncIterable<TarEntry>,
  signal: AbortSignal,
): Promise<Pick<Base, 'bytes' | 'sha256'>> {
  const hash = createHash('sha256');
  let bytes = 0;
  const counting = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  const target = createWriteStream(path, { mode: 0o600, flush: true });
  await pipeline(Readable.from(writeTar(entries)), createZstdCompress(), counting, target, { signal });
  return { bytes, sha256: hash.digest('hex') };
}

export type Server = {
  readonly superuser: Connection;
  readonly data: string;
  readonly geometry: Geometry;
  /** Breaks the copying off. */
  readonly signal: AbortSignal;
};

/** Copies the server's files into a line while people work. It counts once the line has the log up to its end. */
export async function takeBase(directory: string, line: string, { superuser, data, geometry, signal }: Server): Promise<Base> {
  const sql = connect(superuser, { max: 1, idle_timeout: 0 }); // one session begins and ends it
  try {
    const [begun] = await sql<[{ lsn: string; at: Date }]>`
      select pg_backup_start('rennsteig', true)::text as lsn, clock_timestamp() as at`;
    const name = nameOf(begun.at.toISOString());
    const folder = join(archive.bases(directory, line), name);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const finish = async () => {
      const [row] = await sql<[{ label: string }]>`select labelfile as label from pg_backup_stop(false)`;
      return row.label;
    };
    const written = await writeArchive(join(folder, baseFile), wholeServer(data, finish), signal);
    const [end] = await sql<[{ at: Date }]>`select date_trunc('milliseconds', clock_timestamp()) + interval '1 ms' as at`;
    const base: Base = {
      name,
      finished: end.at.toISOString(),
      firstSegment: segmentName(geometry, lsnOf(begun.lsn)),
      segmentBytes: Number(geometry.segmentBytes),
      version: (await readFile(join(data, 'PG_VERSION'), 'utf8')).trim(),
      ...written,
    };
    await putJson(join(folder, 'base.json'), base);
    return base;
  } finally {
    await sql.end({ timeout: 5 });
  }
}
