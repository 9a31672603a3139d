import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress } from 'node:zlib';
import { archive, namesIn } from './continuous-format.ts';
import type { Client } from './db.ts';
import { OperatorError } from './errors.ts';
import { syncPath } from './files-local.ts';

/**
 * The database's log into the backup. A replication slot makes the server keep what is not there yet; we copy the log's files up
 * to what is on the server's disk for good, byte by byte as it grows. (`archive_command` hands over whole files of 16 MiB only,
 * runs as the server's user, and needs a shell.)
 */

const slotPrefix = 'rennsteig_backup_';
const copyBytes = 2 ** 20;

/** What the names of the log's files are made of. */
export type Geometry = { readonly timeline: number; readonly segmentBytes: bigint };

/** A place in the log. `pg_lsn` is two hexadecimal halves. */
export function lsnOf(text: string): bigint {
  const [high = '', low = ''] = text.split('/');
  return (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`);
}

const hex = (value: bigint) => value.toString(16).toUpperCase().padStart(8, '0');

/** The name of the file that holds a place of the log. */
export function segmentName({ timeline, segmentBytes }: Geometry, place: bigint): string {
  const perHigh = 2n ** 32n / segmentBytes;
  const number = place / segmentBytes;
  return hex(BigInt(timeline)) + hex(number / perHigh) + hex(number % perHigh);
}

/** Where the file of that name begins. */
export function segmentStart({ segmentBytes }: Geometry, name: string): bigint {
  const perHigh = 2n ** 32n / segmentBytes;
  return (BigInt(`0x${name.slice(8, 16)}`) * perHigh + BigInt(`0x${name.slice(16, 24)}`)) * segmentBytes;
}

export async function readGeometry(sql: Client): Promise<Geometry> {
  const [row] = await sql<[{ timeline: number; bytes: number }]>`
    select timeline_id as timeline, (select setting::bigint from pg_settings where name = 'wal_segment_size') as bytes
    from pg_control_checkpoint()`;
  return { timeline: row.timeline, segmentBytes: BigInt(row.bytes) };
}

const slotOf = (line: string) => slotPrefix + line.replace(/\D/g, '');

/** From where on the server keeps its log for a line; null: it does not, or no longer all of it. */
export async function keptFrom(sql: Client, line: string): Promise<bigint | null> {
  const [row] = await sql<{ lsn: string }[]>`
    select restart_lsn::text as lsn from pg_replication_slots
    where slot_name = ${slotOf(line)} and restart_lsn is not null and wal_status <> 'lost'`;
  return row ? lsnOf(row.lsn) : null;
}

/** Makes the server keep its log for this line, and no longer for any other. */
export async function keepFor(sql: Client, line: string): Promise<void> {
  await letGo(sql);
  await sql`select pg_create_physical_replication_slot(${slotOf(line)}, true)`;
}

/** The server keeps its log for nobody any more. */
export async function letGo(sql: Client): Promise<void> {
  await sql`
    select pg_drop_replication_slot(slot_name) from pg_replication_slots
    where slot_name like ${`${slotPrefix.replaceAll('_', '\\_')}%`} and not active`;
}

/** How far the log is on the server's disk. */
export async function flushedTo(sql: Client): Promise<bigint> {
  const [row] = await sql<[{ lsn: string }]>`select pg_current_wal_flush_lsn()::text as lsn`;
  return lsnOf(row.lsn);
}

/** Lets the server forget what lies before a place. */
export async function forgetBefore(sql: Client, line: string, place: bigint): Promise<void> {
  const lsn = `${(place >> 32n).toString(16)}/${(place & 0xffffffffn).toString(16)}`;
  await sql`
    select pg_replication_slot_advance(slot_name, ${lsn}::text::pg_lsn) from pg_replication_slots
    where slot_name = ${slotOf(line)} and restart_lsn < ${lsn}::text::pg_lsn`;
}

export type Source = { readonly data: string; readonly geometry: Geometry };

/** One line's log in the backup, and how to bring it on. */
export class WalCopy {
  readonly #folder: string;
  readonly #from: Source;
  #place: bigint | null = null;

  constructor(directory: string, line: string, from: Source) {
    this.#folder = archive.wal(directory, line);
    this.#from = from;
  }

  /** Up to where the backup has the log; null: it has nothing of it. */
  get place(): bigint | null {
    return this.#place;
  }

  /**
   * Finds out how far the backup is, and whether it is the same log as the server's: a data directory that was brought back by
   * other means has another one. False: it is not; begin a new line.
   */
  async open(): Promise<boolean> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const names = await namesIn(this.#folder);
    const last = names.findLast((name) => /^[0-9A-F]{24}(\.zst)?$/.test(name));
    if (last === undefined) return true;
    const name = last.slice(0, 24);
    const start = segmentStart(this.#from.geometry, name);
    if (last.endsWith('.zst')) {
      await rm(join(this.#folder, name), { force: true }); // we were killed between the two
      this.#place = start + this.#from.geometry.segmentBytes;
      return true;
    }
    const { size } = await stat(join(this.#folder, name));
    this.#place = start + BigInt(size);
    return this.#isSame(name, size);
  }

  async #isSame(name: string, size: number): Promise<boolean> {
    const source = await open(join(this.#from.data, 'pg_wal', name), 'r').catch(() => null);
    if (source === null) return false;
    const copy = await open(join(this.#folder, name), 'r');
    try {
      for (let at = 0; at < size; at += copyBytes) {
        const length = Math.min(copyBytes, size - at);
        const [ours, theirs] = [Buffer.alloc(length), Buffer.alloc(length)];
        await Promise.all([copy.read(ours, 0, length, at), source.read(theirs, 0, length, at)]);
        if (!ours.equals(theirs)) return false;
      }
      return true;
    } finally {
      await source.close();
      await copy.close();
    }
  }

  /** Copies up to a place that is on the server's disk; durable when it resolves. @param first where a line without log begins */
  async copyUpTo(end: bigint, first: bigint): Promise<void> {
    const { segmentBytes } = this.#from.geometry;
    let place = this.#place ?? first - (first % segmentBytes);
    if (end < place) throw new OperatorError('The database’s log is behind the one in the backup.');
    while (place < end) {
      const start = place - (place % segmentBytes);
      const stop = end < start + segmentBytes ? end : start + segmentBytes;
      await this.#append(segmentName(this.#from.geometry, start), Number(place - start), Number(stop - start));
      place = stop;
      this.#place = place;
    }
  }

  async #append(name: string, from: number, to: number): Promise<void> {
    const path = join(this.#folder, name);
    const source = await open(join(this.#from.data, 'pg_wal', name), 'r');
    try {
      const target = await open(path, from === 0 ? 'w' : 'r+', 0o600);
      try {
        for (let at = from; at < to; ) {
          const { bytesRead, buffer } = await source.read(Buffer.alloc(Math.min(copyBytes, to - at)), 0, null, at);
          if (bytesRead === 0) throw new Error(`the log ${name} is shorter than the server says`);
          for (let done = 0; done < bytesRead; )
            done += (await target.write(buffer, done, bytesRead - done, at + done)).bytesWritten;
          at += bytesRead;
        }
        await target.truncate(to); // of a try that broke off behind it
        await target.sync();
      } finally {
        await target.close();
      }
    } finally {
      await source.close();
    }
    if (from === 0) await syncPath(this.#folder);
    if (BigInt(to) === this.#from.geometry.segmentBytes) await this.#pack(path);
  }

  /** A file that is complete is compressed. */
  async #pack(path: string): Promise<void> {
    await pipeline(createReadStream(path), createZstdCompress(), createWriteStream(`${path}.part`, { mode: 0o600, flush: true }));
    await rename(`${path}.part`, `${path}.zst`);
    await syncPath(this.#folder);
    await rm(path);
  }
}
