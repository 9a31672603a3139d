import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Connection, connect } from './db.ts';
import { chooseWay, launch, makePrivate, type Way } from './embedded-way.ts';
import { OperatorError } from './errors.ts';
import type { Log } from './log.ts';

/**
 * The PostgreSQL that comes with us: made on the first start, adopted when it outlived a crash of ours, restarted when it
 * dies, stopped when we stop. It listens on a unix socket in a 0700 directory only.
 */
export type Embedded = {
  /** As the powerless role the house runs as. */
  readonly app: Connection;
  /** As the owner of the schema, for migrations and backups. */
  readonly owner: Connection;
  /** Makes and opens further databases in it; for tests. */
  readonly superuser: Connection;
  /** The server's data directory, for backups. */
  readonly data: string;
  /** Process id of the server, for tests that kill it. */
  pid(): number | null;
  stop(): Promise<void>;
};

export const databaseName = 'rennsteig';
export const ownerRole = 'rennsteig_owner';
export const appRole = 'rennsteig_app';

/** PostgreSQL refuses a socket path of 108 bytes or more (sockaddr_un), its file name `.s.PGSQL.5432` included. */
const longestSocketDirectory = 90;

const startSeconds = 60;
/** A server that runs and does not answer yet goes through its log: after a crash that takes as long as the log is long. */
const recoverySeconds = 1_800;
const stopSeconds = 20;

/**
 * Whether the system can bring a whole file system to the disk and tells who asks of errors: Linux since 5.8. After a crash PostgreSQL does so
 * before anything else; file by file it was most of the time until it was ready, two seconds and more of 2,000 files on a busy disk.
 */
function syncsAtOnce(): boolean {
  const [major = 0, minor = 0] = release().split('.').map(Number);
  return process.platform === 'linux' && (major > 5 || (major === 5 && minor >= 8));
}

/** How the server is run. */
export const settings = {
  listen_addresses: '',
  // A worker takes about 20, a machine with many cores has many workers; a slot that is not used costs some kilobytes.
  max_connections: '500',
  shared_buffers: '96MB',
  dynamic_shared_memory_type: 'posix',
  // A backup that cannot be written must not fill the disk with what it has not got: it begins anew then.
  max_slot_wal_keep_size: '4GB',
  max_wal_size: '256MB', // bounds the recovery after a crash: ready again in two seconds
  recovery_init_sync_method: syncsAtOnce() ? 'syncfs' : 'fsync',
  checkpoint_timeout: '5min',
  wal_compression: 'on',
  jit: 'off',
  random_page_cost: '1.1',
  autovacuum_naptime: '5s', // statistics of a table that grows from nothing must not lag behind for long
  log_min_messages: 'warning',
  log_destination: 'stderr',
  unix_socket_permissions: '0700',
};

/** Where the server of a home keeps its files. */
export const dataOf = (home: string) => join(home, 'data');

/** Where the server of a home listens. */
export function socketDirectory(home: string): string {
  const beside = join(home, 'socket');
  if (Buffer.byteLength(beside) <= longestSocketDirectory) return beside;
  const name = createHash('sha256').update(home).digest('hex').slice(0, 16);
  return join(tmpdir(), `rennsteig-${name}`);
}

/** The server's lock files: of its data, and of its socket (5432 is its port's name, though nothing listens there). */
const dataLock = (data: string) => join(data, 'postmaster.pid');
const socketLock = (socket: string) => join(socket, '.s.PGSQL.5432.lock');

/** The number in a lock file; null when there is none. */
function notedPid(path: string): number | null {
  try {
    return Number(readFileSync(path, 'utf8').split('\n')[0]);
  } catch {
    return null;
  }
}

/**
 * Whether a process is dead and only waits for its parent to notice. After kill -9 of all of ours that parent is the machine's
 * first process, and some take seconds.
 */
function isUnburied(pid: number): boolean {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return ['Z', 'X'].includes(text.slice(text.lastIndexOf(')') + 2).charAt(0)); // proc_pid_stat(5)
  } catch {
    return false; // not Linux, or gone by now
  }
}

function postmasterPid(data: string): number | null {
  const pid = notedPid(dataLock(data));
  if (pid === null || pid === process.pid || isUnburied(pid)) return null;
  try {
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    const isForeign = error instanceof Error && 'code' in error && error.code === 'EPERM';
    return isForeign ? pid : null;
  }
}

/**
 * A new server refuses to start while the process in a lock file exists, if only as one that is dead. It does start when that is
 * its own parent (`CreateLockFile` in PostgreSQL's miscinit.c), and still looks first whether anybody uses the shared memory of the dead one:
 * so we put ourselves there, instead of removing the file and that look with it.
 */
function standInForDead(path: string): void {
  const pid = notedPid(path);
  if (pid === null || !isUnburied(pid)) return;
  const [, ...rest] = readFileSync(path, 'utf8').split('\n');
  writeFileSync(path, [process.pid, ...rest].join('\n'));
}

/** Whether a server answers there. */
export async function answers(connection: Connection): Promise<boolean> {
  const client = connect(connection, { max: 1, connect_timeout: 2, fetch_types: false });
  try {
    await client`select 1`;
    return true;
  } catch {
    return false;
  } finally {
    await client.end({ timeout: 1 });
  }
}

function initialise(way: Way, home: string, data: string): void {
  makePrivate(data, way);
  const flags = ['-D', data, '-U', 'postgres', '--auth=trust', '-E', 'UTF8', '--locale=C'];
  const { command, args, options } = launch(
    way,
    join(way.bin, 'initdb'),
    [...flags, '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    home,
  );
  try {
    execFileSync(command, args, { ...options, stdio: 'pipe' });
  } catch (error) {
    rmSync(data, { recursive: true, force: true });
    throw new OperatorError(
      `The database could not be created in ${data}: ${String((error as { stderr?: Buffer }).stderr ?? error).trim()}`,
    );
  }
}

async function createRolesAndDatabase(superuser: Connection): Promise<void> {
  const sql = connect({ ...superuser, database: 'postgres' }, { max: 1 });
  try {
    const roles = await sql`select rolname from pg_roles where rolname in (${ownerRole}, ${appRole})`;
    const known = new Set(roles.map((row) => row.rolname));
    if (!known.has(ownerRole)) await sql`create role ${sql(ownerRole)} login`;
    if (!known.has(appRole)) await sql`create role ${sql(appRole)} login`;
    const [existing] = await sql`select 1 from pg_database where datname = ${databaseName}`;
    if (!existing) await sql`create database ${sql(databaseName)} owner ${sql(ownerRole)}`;
  } finally {
    await sql.end();
  }
}

/** Runs the server of a home with these settings; what it says goes into its log. */
export function spawnServer(way: Way, home: string, all: Readonly<Record<string, string>>): ChildProcess {
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const words = ['-D', dataOf(home), '-k', socketDirectory(home), ...flags];
  const { command, args, options } = launch(way, join(way.bin, 'postgres'), words, home);
  const log = openSync(join(home, 'postgres.log'), 'a', 0o600);
  try {
    // Detached: Ctrl C in the terminal is for us; we stop the database after our own work is done.
    return spawn(command, args, { ...options, detached: true, stdio: ['ignore', log, log] });
  } finally {
    closeSync(log);
  }
}

/** One server and what keeps it alive. */
class Server {
  readonly #way: Way;
  readonly #home: string;
  readonly #data: string;
  readonly #socket: string;
  readonly #log: Log;
  readonly superuser: Connection;
  #child: ChildProcess | null = null;
  #isStopping = false;
  readonly #stopping = new AbortController();
  #watching: Promise<void> = Promise.resolve();

  constructor(home: string, log: Log) {
    mkdirSync(home, { recursive: true });
    this.#home = home;
    this.#log = log;
    this.#way = chooseWay(home);
    this.#data = dataOf(home);
    this.#socket = socketDirectory(home);
    this.superuser = { host: this.#socket, username: 'postgres', database: 'postgres' };
  }

  pid(): number | null {
    return postmasterPid(this.#data);
  }

  async open(): Promise<void> {
    makePrivate(this.#socket, this.#way);
    if (!existsSync(join(this.#data, 'PG_VERSION'))) initialise(this.#way, this.#home, this.#data);
    await this.#startOrAdopt();
    this.#watching = this.#watch();
  }

  /** After kill -9 of ours the server lives on: whoever answers on our socket is ours. */
  async #startOrAdopt(): Promise<void> {
    const began = Date.now();
    while (!(await answers(this.superuser))) {
      const seconds = this.#child === null ? startSeconds : recoverySeconds;
      if (Date.now() > began + seconds * 1000) throw this.#notStarted(seconds);
      // A dead server's children hold its shared memory for a moment, and a new server refuses to start: try again.
      if (this.#child === null && this.pid() === null) this.#spawn();
      await pause(this.#child === null ? 50 : 10);
    }
  }

  #notStarted(seconds: number): OperatorError {
    return new OperatorError(
      `The database in ${this.#data} did not start within ${seconds} s; see ${join(this.#home, 'postgres.log')}.`,
    );
  }

  #spawn(): void {
    for (const path of [dataLock(this.#data), socketLock(this.#socket)]) standInForDead(path);
    const child = spawnServer(this.#way, this.#home, settings);
    child.once('exit', () => {
      if (this.#child === child) this.#child = null;
    });
    child.once('error', (error) => this.#log.error({ reason: error.message }, 'the database could not be run'));
    this.#child = child;
  }

  async #watch(): Promise<void> {
    while (!this.#isStopping) {
      await pause(100, undefined, { ref: false, signal: this.#stopping.signal }).catch(() => {});
      if (this.#isStopping || this.#child !== null || this.pid() !== null) continue;
      this.#log.warn({}, 'the database server is gone; starting it again');
      await this.#startOrAdopt().catch((error: Error) =>
        this.#log.error({ reason: error.message }, 'the database did not start'),
      );
    }
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    // A pause that keeps no process alive must not be waited for: a process that adopted its database has nothing else to do
    // by now, and would end before the database did.
    this.#stopping.abort();
    await this.#watching;
    await this.#signalUntilGone('SIGINT', stopSeconds); // fast shutdown: ends sessions, writes a checkpoint
    await this.#signalUntilGone('SIGQUIT', 5); // immediate: recovers at the next start, loses nothing committed
  }

  async #signalUntilGone(signal: NodeJS.Signals, seconds: number): Promise<void> {
    const pid = this.pid();
    if (pid === null) return;
    process.kill(pid, signal);
    const deadline = Date.now() + seconds * 1000;
    while (this.pid() !== null && Date.now() < deadline) await pause(20);
  }
}

const connectionsOf = (superuser: Connection): Pick<Embedded, 'app' | 'owner'> => ({
  app: { ...superuser, database: databaseName, username: appRole },
  owner: { ...superuser, database: databaseName, username: ownerRole },
});

/**
 * The server that another process of ours runs in `home`; waits while it is still starting.
 * Throws {@link OperatorError} when it does not answer.
 */
export async function reachEmbedded(home: string): Promise<Pick<Embedded, 'app' | 'owner'>> {
  const connections = connectionsOf({ host: socketDirectory(home) });
  const deadline = Date.now() + startSeconds * 1000;
  while (!(await answers(connections.owner))) {
    if (Date.now() > deadline)
      throw new OperatorError(`The database in ${home} does not answer; see ${join(home, 'postgres.log')}.`);
    await pause(100);
  }
  return connections;
}

/** Starts or adopts the server in `home` (made if absent) and makes the roles and the database if they are missing. */
export async function openEmbedded(home: string, log: Log): Promise<Embedded> {
  const server = new Server(home, log);
  await server.open();
  await createRolesAndDatabase(server.superuser);
  return {
    ...connectionsOf(server.superuser),
    superuser: server.superuser,
    data: dataOf(home),
    pid: () => server.pid(),
    stop: () => server.stop(),
  };
}
