import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Connection } from './db.ts';
import { answers, dataOf, settings, socketDirectory, spawnServer } from './embedded.ts';
import { chooseWay, makePrivate, type Way } from './embedded-way.ts';
import { OperatorError } from './errors.ts';

/** The PostgreSQL that comes with us, made anew out of a backup. */

export type Recovery = {
  /** Puts the server's files and its log into the empty data directory. */
  readonly fill: (data: string) => Promise<void>;
  /** `recovery_target_…`: where in the log to stop. */
  readonly target: Readonly<Record<string, string>>;
  /** What is done in the database before it is stopped again. */
  readonly finish: (superuser: Connection) => Promise<void>;
};

/**
 * Makes a server in `home` out of copied files and a log. Leaves nothing behind when it throws: {@link OperatorError} when there
 * is a database already, or the server cannot go through the log up to the target.
 */
export async function recoverEmbedded(home: string, { fill, target, finish }: Recovery): Promise<void> {
  const data = dataOf(home);
  checkFree(home);
  mkdirSync(home, { recursive: true });
  const way = chooseWay(home);
  try {
    makePrivate(data, way);
    await fill(data);
    writeFileSync(join(data, 'recovery.signal'), '');
    giveAll(data, way);
    makePrivate(socketDirectory(home), way);
    await runRecovery(home, way, { target, finish });
  } catch (error) {
    rmSync(data, { recursive: true, force: true });
    throw error;
  }
}

/** Throws {@link OperatorError} when there is a database in `home` already. */
export function checkFree(home: string): void {
  if (existsSync(dataOf(home)))
    throw new OperatorError(`There is a database in ${home} already. Please restore into an empty data directory.`);
}

/** Everything in a directory belongs to whoever runs the server. */
function giveAll(directory: string, way: Way): void {
  if (way.how !== 'user') return;
  const paths = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  for (const path of ['', ...paths]) chownSync(join(directory, path), way.uid as number, way.gid as number);
}

/** Why the server ended, in its own words. */
function lastWords(home: string): string {
  const path = join(home, 'postgres.log');
  const lines = readFileSync(path, 'utf8').split('\n');
  const [, reason] = /(?:FATAL|PANIC): {2}(.*)/.exec(lines.findLast((line) => /(FATAL|PANIC):/.test(line)) ?? '') ?? [];
  return reason ? `${reason} (${path})` : `see ${path}.`;
}

/** However long the log is: the server answers when it is through, and ends when it cannot get there. */
async function runRecovery(home: string, way: Way, { target, finish }: Omit<Recovery, 'fill'>): Promise<void> {
  // No restore_command that brings anything: the whole log lies in pg_wal already.
  const recovering = { restore_command: 'exit 1', recovery_target_action: 'promote', hot_standby: 'off', ...target };
  const child = spawnServer(way, home, { ...settings, ...recovering });
  const ended = new Promise<'ended'>((resolve) => child.once('exit', () => resolve('ended')));
  const superuser = { host: socketDirectory(home), username: 'postgres', database: 'postgres' };
  try {
    while (!(await answers(superuser))) {
      if ((await Promise.race([ended, pause(50)])) === 'ended')
        throw new OperatorError(`The database could not be brought to that instant: ${lastWords(home)}`);
    }
    await finish(superuser);
  } finally {
    if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) process.kill(child.pid, 'SIGINT');
    await ended;
  }
}
