import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { tenantsWithBlobs } from './backup-rows.ts';
import type { ByteStore } from './blobs.ts';
import { forgetNoted, readNoted } from './blobs-noted.ts';
import { takeBase } from './continuous-base.ts';
import { BlobMirror } from './continuous-blobs.ts';
import {
  archive,
  format,
  type Line,
  listBases,
  listLines,
  nameOf,
  namesIn,
  pruneArchive,
  putJson,
  putLine,
  readJson,
  spanOf,
  type WrappedKey,
} from './continuous-format.ts';
import { flushedTo, forgetBefore, keepFor, keptFrom, letGo, readGeometry, WalCopy } from './continuous-wal.ts';
import { type Client, type Connection, connect, type Sql } from './db.ts';
import { databaseName } from './embedded.ts';
import { OperatorError } from './errors.ts';
import { lockDirectory } from './lock.ts';
import type { Log } from './log.ts';

/**
 * The continuous backup: as long as the instance runs, every few seconds what is new goes into a directory, so that any instant
 * of the last days can be brought back. Each round first notes the time by a commit of its own, then copies the log up to there,
 * then the blobs. Bytes are stored before the row that names them commits, and stay for a day after the last row that does is
 * gone: so the blobs of every row up to the noted time are among those that are copied after it.
 */

const continuousLimits = {
  /** Pause between two rounds; after a long one nine times as long as it took, so that it never takes more than a tenth. */
  pauseMilliseconds: 10_000,
  restFactor: 9,
  /** Age at which the database's files are copied anew: bounds how much log a restore has to go through. */
  baseMilliseconds: 24 * 3_600_000,
  /** All blobs are compared so often, whatever the store says of its changes. */
  fullMilliseconds: 24 * 3_600_000,
  pruneMilliseconds: 3_600_000,
  /** What a last round may take when the instance is stopped. */
  lastMilliseconds: 10_000,
  /** Bytes of what was purged stay in the store for 24 h: a longer gap may have lost some, and what comes after it is a new line. */
  gapMilliseconds: 20 * 3_600_000,
};

export type ContinuousOptions = {
  readonly directory: string;
  /** Days any second of which can be restored. */
  readonly days: number;
  /** As the owner of the schema. */
  readonly owner: Connection;
  /** The database server, where it is ours; null: it is the operator's, and so is the backup of its rows. */
  readonly server: { readonly superuser: Connection; readonly data: string } | null;
  readonly store: ByteStore;
  readonly log: Log;
};

/** What is known of the backup, as the instance remembers it. Instants are ISO 8601 in UTC. */
export type BackupNote = {
  /** Whose backups are this instance's. */
  readonly instance: string;
  readonly directory: string;
  /** When this was noted. */
  readonly at: string;
  /** Up to when everything is in the backup; null: nothing yet. */
  readonly until: string | null;
  /** Why the last round failed; null: it did not. */
  readonly problem: string | null;
};

/** What the instance remembers of its continuous backup; null when there never was one. */
export async function readBackupNote(instance: Sql | Client): Promise<BackupNote | null> {
  const [row] = await (instance as Sql)<{ value: string }>`select value from platform.instance where name = 'backup'`;
  return row ? (JSON.parse(row.value) as BackupNote) : null;
}

/** One instance's backup while it runs. */
class Keeper {
  readonly #options: ContinuousOptions;
  readonly #signal: AbortSignal;
  readonly #sql: Client;
  readonly #mirror: BlobMirror;
  #lock: { release(): Promise<void> } | null = null;
  #note: BackupNote | null = null;
  /** Name of the line this process writes; nobody else may begin one. */
  #mine: string | null = null;
  #wal: WalCopy | null = null;
  #serverStarted: string | null = null;
  #base: Promise<void> | null = null;
  #problem: string | null = null;
  #baseProblem: string | null = null;
  #lastFull = Number.NEGATIVE_INFINITY;
  #lastPrune = Number.NEGATIVE_INFINITY;

  constructor(options: ContinuousOptions, signal: AbortSignal) {
    this.#options = options;
    this.#signal = signal;
    const { server, owner } = options;
    this.#sql = connect(server ? { ...server.superuser, database: databaseName } : owner, { max: 2 });
    this.#mirror = new BlobMirror(options.store, options.directory, signal);
  }

  /** One round. Throws when it could not be completed; the next one goes on where it stopped. */
  async round(): Promise<void> {
    try {
      await this.#claim();
      const at = await this.#mark();
      const line = await this.#openLine(at);
      if (this.#wal) await this.#copyLog(line.line, this.#wal);
      await this.#copyBlobs();
      await this.#copyKeys();
      await this.#complete({ ...line, until: at, since: line.since ?? at, key: await this.#keyName() });
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
      this.#wal = null; // looked up anew: what is there may be something else by then
      if (this.#note) {
        this.#note = { ...this.#note, problem: this.#problem };
        await this.#writeNote().catch(() => {}); // the database may be what failed
      }
      throw error;
    }
  }

  async #complete(line: Line): Promise<void> {
    const { directory } = this.#options;
    await putLine(directory, line);
    const span = await spanOf(directory, line);
    const { until, problem } = this.#note as BackupNote;
    this.#problem = null;
    if (span) this.#note = { ...(this.#note as BackupNote), until: span.until, problem: this.#baseProblem };
    // The next round notes it anyway; what people wait for, they hear now.
    if ((span && until === null) || problem !== this.#baseProblem) await this.#writeNote();
    if (span) await this.#prune(line.line);
    this.#startBase(line.line);
  }

  /** Makes sure that the directory is there and ours. */
  async #claim(): Promise<void> {
    const { directory } = this.#options;
    const known = await readBackupNote(this.#sql);
    const fresh = { instance: randomUUID(), at: '', until: null, problem: null };
    this.#note = { ...fresh, ...known, ...(this.#note && { until: this.#note.until }), directory };
    const marker = await readJson<{ instance: string }>(archive.instance(directory));
    if (marker && marker.instance !== known?.instance)
      throw new OperatorError(`${directory} holds the backup of another instance; please choose another directory.`);
    // An empty directory where a backup was: most likely a disk that is not mounted.
    const isLost = !marker && known?.until != null && known.directory === directory;
    if (isLost && !(await namesIn(directory)).includes(basename(archive.root(directory))))
      throw new OperatorError(
        `The backup that was in ${directory} is not there; is the disk mounted? To begin a new one, make the directory ${archive.root(directory)}.`,
      );
    await mkdir(archive.root(directory), { recursive: true, mode: 0o700 });
    this.#lock ??= await lockDirectory(archive.root(directory));
    if (marker) return;
    await this.#writeNote();
    await putJson(archive.instance(directory), { format, instance: this.#note.instance });
  }

  #writeNote() {
    return this.#sql`
      insert into platform.instance (name, value) values ('backup', ${JSON.stringify(this.#note)})
      on conflict (name) do update set value = excluded.value`;
  }

  /** Commits a note of the time. Whatever was acknowledged before it is before it in the log. */
  async #mark(): Promise<string> {
    const [row] = await this.#sql<[{ at: Date }]>`select date_trunc('milliseconds', clock_timestamp()) as at`;
    const at = row.at.toISOString();
    this.#note = { ...(this.#note as BackupNote), at, problem: this.#problem ?? this.#baseProblem };
    await this.#writeNote();
    return at;
  }

  /** The line that is being written, or a new one where what comes cannot be joined to it. */
  async #openLine(at: string): Promise<Line> {
    const { directory } = this.#options;
    const [newest] = await listLines(directory);
    if (this.#mine !== null && newest && newest.line > this.#mine)
      throw new OperatorError(`Another instance writes its backup to ${directory} as well; please give each its own directory.`);
    const line = newest && (await this.#goesOn(newest, at)) ? newest : await this.#beginLine(at);
    this.#mine = line.line;
    return line;
  }

  async #goesOn(line: Line, at: string): Promise<boolean> {
    const { server, directory } = this.#options;
    if (line.hasRows !== (server !== null)) return false;
    if (line.until !== null && Date.parse(at) - Date.parse(line.until) > continuousLimits.gapMilliseconds) return false;
    if (server === null) return true;
    if ((await keptFrom(this.#sql, line.line)) === null) return false;
    const [row] = await this.#sql<{ started: string }[]>`select pg_postmaster_start_time()::text as started`;
    if (this.#wal !== null && row?.started === this.#serverStarted) return true;
    this.#serverStarted = row?.started ?? null;
    this.#wal = new WalCopy(directory, line.line, { data: server.data, geometry: await readGeometry(this.#sql) });
    return this.#wal.open();
  }

  async #beginLine(at: string): Promise<Line> {
    const { directory, server, log } = this.#options;
    const line: Line = {
      format,
      line: nameOf(at),
      until: null,
      since: null,
      hasRows: server !== null,
      key: await this.#keyName(),
    };
    await this.#base; // of the line that ends
    if (server) await keepFor(this.#sql, line.line);
    await putLine(directory, line);
    this.#wal = server && new WalCopy(directory, line.line, { data: server.data, geometry: await readGeometry(this.#sql) });
    await this.#wal?.open();
    log.info({ directory, line: line.line }, 'a new line of the continuous backup begins');
    return line;
  }

  async #copyLog(line: string, wal: WalCopy): Promise<void> {
    const { segmentBytes } = await readGeometry(this.#sql);
    const [end, first] = [await flushedTo(this.#sql), await keptFrom(this.#sql, line)];
    await wal.copyUpTo(end, first ?? end);
    await forgetBefore(this.#sql, line, end - (end % segmentBytes));
  }

  async #copyBlobs(): Promise<void> {
    const started = performance.now();
    const isFull = started - this.#lastFull > continuousLimits.fullMilliseconds;
    if (isFull) this.#mirror.forget();
    // A bucket would be listed as a whole each time; what is new in it is noted.
    if (isFull || this.#options.store.shards) await this.#mirror.bringUp(await tenantsWithBlobs(this.#options.owner));
    if (isFull) this.#lastFull = started;
    await this.#copyNoted();
  }

  async #copyNoted(): Promise<void> {
    for (let noted = await readNoted(this.#sql); noted.length > 0; noted = await readNoted(this.#sql)) {
      await this.#mirror.bring(noted);
      await forgetNoted(this.#sql, noted);
    }
  }

  /** A blob that was copied late may have a key that is younger than the rows that are restored. */
  async #copyKeys(): Promise<void> {
    const rows = await this.#sql<WrappedKey[]>`
      select tenant, id, encode(wrapped, 'base64') as wrapped, wrapped_by as by from platform.tenant_key order by tenant, id`;
    const path = archive.keys(this.#options.directory);
    const before = await readJson<WrappedKey[]>(path);
    if (JSON.stringify(before) !== JSON.stringify(rows)) await putJson(path, rows);
  }

  async #keyName(): Promise<string> {
    const [row] = await this.#sql<{ value: string }[]>`select value from platform.instance where name = 'root'`;
    return row?.value.split(':', 1)[0] ?? '';
  }

  async #prune(line: string): Promise<void> {
    if (performance.now() - this.#lastPrune < continuousLimits.pruneMilliseconds) return;
    await pruneArchive(this.#options.directory, line, new Date(Date.now() - this.#options.days * 86_400_000));
    this.#lastPrune = performance.now();
  }

  /** Copies the database's files when the last copy is a day old; meanwhile rounds go on. */
  #startBase(line: string): void {
    const { log, directory } = this.#options;
    if (!this.#options.server || this.#base !== null) return;
    this.#base = this.#takeBase(line, this.#options.server)
      .then(
        () => {
          this.#baseProblem = null;
        },
        (error: Error) => {
          this.#baseProblem = error.message;
          log.error({ directory, reason: error.message }, 'the database’s files could not be copied into the backup');
        },
      )
      .finally(() => {
        this.#base = null;
      });
  }

  async #takeBase(line: string, server: NonNullable<ContinuousOptions['server']>): Promise<void> {
    const { directory, log } = this.#options;
    const newest = (await listBases(directory, line)).at(-1);
    // An age below zero: the clock was set back.
    const age = newest ? Math.abs(Date.now() - Date.parse(newest.finished)) : Number.POSITIVE_INFINITY;
    if (age < continuousLimits.baseMilliseconds) return;
    const geometry = await readGeometry(this.#sql);
    const base = await takeBase(directory, line, { ...server, geometry, signal: this.#signal });
    log.info({ directory, base: base.name, bytes: base.bytes }, 'the database’s files are in the backup');
  }

  /** Resolves when the database's files are copied, if they just are. */
  async based(): Promise<void> {
    await this.#base;
  }

  /** Whether nothing can be restored yet, and the database's files are being copied so that something can. */
  isFirst(): boolean {
    return this.#base !== null && this.#note?.until === null;
  }

  async close(): Promise<void> {
    await this.#base;
    await this.#sql.end({ timeout: 5 });
    await this.#lock?.release();
  }
}

/** A backup that is brought up to date when it is told to. */
export type OpenBackup = Pick<Keeper, 'round' | 'based' | 'isFirst' | 'close'>;

/** @param signal breaks off what is being copied */
export function openBackup(options: ContinuousOptions, signal: AbortSignal): OpenBackup {
  return new Keeper(options, signal);
}

export type ContinuousBackup = {
  /** Brings it up to date a last time, as far as a few seconds allow. */
  close(): Promise<void>;
};

/**
 * Keeps the backup in a directory up to date until it is closed. Never throws and never keeps anybody from working: what goes
 * wrong is logged, noted in the instance (`/metrics`, `backup-status`), and tried again.
 */
export function keepBackup(options: ContinuousOptions): ContinuousBackup {
  const [stopping, breaking] = [new AbortController(), new AbortController()];
  const running = run(options, stopping.signal, breaking.signal);
  return {
    close: async () => {
      stopping.abort();
      const timer = setTimeout(() => breaking.abort(), continuousLimits.lastMilliseconds);
      await running;
      clearTimeout(timer);
    },
  };
}

async function run(options: ContinuousOptions, stopping: AbortSignal, breaking: AbortSignal): Promise<void> {
  const { directory, log } = options;
  const backup = openBackup(options, breaking);
  const round = () =>
    backup.round().catch((error: Error) => {
      log.error({ directory, reason: error.message }, 'the continuous backup could not be brought up to date');
    });
  while (!stopping.aborted) {
    const started = performance.now();
    await round();
    const { pauseMilliseconds, restFactor } = continuousLimits;
    const milliseconds = Math.max(pauseMilliseconds, (performance.now() - started) * restFactor);
    const rest = pause(milliseconds, undefined, { signal: stopping, ref: false }).catch(() => {});
    await (backup.isFirst() ? Promise.race([rest, backup.based()]) : rest);
  }
  await round();
  await backup.close();
}

/** The server no longer keeps its log for a backup that is not kept any more. */
export async function forgetBackup(superuser: Connection): Promise<void> {
  const sql = connect(superuser, { max: 1 });
  try {
    await letGo(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
