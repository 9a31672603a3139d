import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connect } from '../src/platform/db.ts';
import { freePort } from './port.ts';

/** A server from Debian's packages, as an operator may have one: another version than ours, reached by address and password. */
export type DebianServer = {
  readonly version: number;
  /** Address of the administrator, with another database. */
  url(login: string, database: string): string;
  /** Runs statements as the administrator. */
  run(...statements: string[]): Promise<void>;
  stop(): Promise<void>;
};

const binaries = '/usr/lib/postgresql';
const startSeconds = 30;

/** PostgreSQL refuses to run as root; Debian's package brings a user for it. */
function identity(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const number = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: number('-u'), gid: number('-g') };
}

/** Starts the newest installed server with a cluster of its own in a temporary directory. */
export async function startDebianServer(): Promise<DebianServer> {
  const version = Math.max(...readdirSync(binaries).map(Number).filter(Number.isInteger));
  const program = (name: string) => join(binaries, String(version), 'bin', name);
  const home = await mkdtemp(join(tmpdir(), 'rennsteig-test-debian-'));
  const who = identity();
  if (who.uid !== undefined) chownSync(home, who.uid, who.gid as number);
  const options = { ...who, cwd: '/', env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' } };
  execFileSync(program('initdb'), ['-D', join(home, 'data'), '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '-N'], {
    ...options,
    stdio: 'pipe',
  });
  const port = await freePort();
  const flags = ['-D', join(home, 'data'), '-p', String(port), '-h', '127.0.0.1', '-k', home, '-c', 'fsync=off'];
  const child = spawn(program('postgres'), flags, { ...options, stdio: 'ignore' });
  const url = (login: string, database: string) => `postgresql://${login}@127.0.0.1:${port}/${database}`;
  const run = async (...statements: string[]) => {
    const sql = connect({ url: url('postgres', 'postgres') }, { max: 1 });
    try {
      for (const statement of statements) await sql.unsafe(statement);
    } finally {
      await sql.end();
    }
  };
  const stop = async () => {
    const gone = once(child, 'exit');
    child.kill('SIGQUIT');
    await gone;
    await rm(home, { recursive: true, force: true });
  };
  // What the server prints when it is ready differs with the version and the language: it is asked until it answers.
  for (const deadline = Date.now() + startSeconds * 1000; ; await pause(50)) {
    const isUp = await run('select 1').then(
      () => true,
      () => false,
    );
    if (isUp) return { version, url, run, stop };
    if (Date.now() > deadline) {
      await stop();
      throw new Error('Debian’s PostgreSQL did not start');
    }
  }
}
