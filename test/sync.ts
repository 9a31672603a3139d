import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import type { DavClient } from './dav.ts';
import { readVariable } from './environment.ts';
import type { BasicCredentials } from './people.ts';
import { requireProgram } from './tools.ts';

/** The sync clients people have on their desks, each for real, at a folder of its own. */

export type ClientKind = 'nextcloud' | 'owncloud';

export const clientKinds: readonly ClientKind[] = ['nextcloud', 'owncloud'];

/** How one run of a client ended. */
export type SyncRun = { readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly output: string };

/** A run that is under way. */
export type Begun = {
  readonly child: ChildProcess;
  readonly run: Promise<SyncRun>;
  /** Resolves when this run has carried so many files and folders, in either direction, or is over. */
  carried(count: number): Promise<void>;
};

export type SyncClient = {
  readonly kind: ClientKind;
  /** The folder it keeps in step. */
  readonly folder: string;
  /** Writes a file into the folder, and the folders above it. */
  write(path: string, content: string | Buffer): void;
  /** One run, until both sides are alike or the client gives up. */
  sync(): Promise<SyncRun>;
  /** One run that has to succeed. */
  mustSync(): Promise<void>;
  /** As if the time were over for which clients leave alone what the server has refused: half a minute at first, then longer. */
  forgetRefusals(): void;
  /** Begins a run, to be ended by the caller or by itself. */
  begin(): Begun;
};

export type SyncAccess = {
  readonly port: number;
  readonly credentials: BasicCredentials;
  /** An empty directory for the folder and for what the client keeps about it. */
  readonly place: string;
  /** How often the client itself tries again; its own default is 3. */
  readonly retries?: number;
  /** A run that takes longer hangs, and is ended; 90 unless told otherwise. */
  readonly runSeconds?: number;
};

function argumentsOf(kind: ClientKind, { port, credentials, place, retries = 3 }: SyncAccess, folder: string): string[] {
  const signIn = ['--non-interactive', '-u', credentials.user, '-p', credentials.password];
  // Debian's package does not bring the list ownCloud's client insists on.
  const own = kind === 'owncloud' ? ['--exclude', join(place, 'exclude.lst')] : [];
  return [...signIn, ...own, '--max-sync-retries', String(retries), folder, `http://127.0.0.1:${port}`];
}

/** A client at an empty folder. */
export function openSyncClient(kind: ClientKind, access: SyncAccess): SyncClient {
  const folder = join(access.place, 'Dateien');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(access.place, 'exclude.lst'), '*~\n');
  const program = requireProgram(`${kind}cmd`);
  const env = { PATH: readVariable('PATH'), HOME: access.place, QT_QPA_PLATFORM: 'offscreen', LANG: 'C.UTF-8' };
  const begin = () => {
    const child = spawn(program, argumentsOf(kind, access, folder), { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const run = finish(child, access.runSeconds ?? 90);
    return { child, run, carried: (count: number) => Promise.race([carried(child, count), run.then(() => {})]) };
  };
  const write = (path: string, content: string | Buffer) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  const sync = async () => {
    const run = await begin().run;
    // On a busy machine nextcloudcmd 3.7.3 was seen to crash in its own list of exclusions; whoever uses it starts it again.
    return run.signal === 'SIGSEGV' ? begin().run : run;
  };
  const mustSync = async () => {
    const { code, output } = await sync();
    if (code !== 0) throw new Error(`${kind}cmd ended with ${code}:\n${output.slice(-6_000)}`);
  };
  const forgetRefusals = () => {
    for (const name of readdirSync(folder).filter((file) => /^\.sync_.*\.db$/.test(file))) {
      const journal = new DatabaseSync(join(folder, name));
      journal.exec('delete from blacklist');
      journal.close();
    }
  };
  return { kind, folder, write, forgetRefusals, begin, sync, mustSync };
}

async function finish(child: ChildProcess, runSeconds: number): Promise<SyncRun> {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece) => (output = (output + piece).slice(-200_000)));
  const late = setTimeout(() => child.kill('SIGKILL'), runSeconds * 1000);
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  clearTimeout(late);
  return { code, signal, output };
}

/** Both clients write such a line for every file and folder that is done. */
const carriedLine = /\]:\tCompleted propagation of /;

function carried({ stdout, stderr }: ChildProcess, count: number): Promise<void> {
  let seen = 0;
  return new Promise((resolve) => {
    for (const input of [stdout, stderr]) {
      if (!input) continue;
      createInterface({ input }).on('line', (line) => {
        if (carriedLine.test(line)) seen += 1;
        if (seen >= count) resolve();
      });
    }
  });
}

/** What lies in a tree: SHA-256 of each file by its path, `folder` for a folder. Names in the form NFC. */
export type Tree = Readonly<Record<string, string>>;

function sorted(entries: readonly (readonly [string, string])[]): Tree {
  const tree = Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
  if (Object.keys(tree).length < entries.length) throw new Error(`a name is there twice: ${entries.map(([name]) => name)}`);
  return tree;
}

/** What clients keep for themselves, and what one that was killed while it downloaded may leave behind: never synced, and not ours. */
const ownFiles = /^\.(sync_|_sync_|nextcloudsync|owncloudsync)|^\..+\.~[0-9a-f]+$/;

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  return hash.digest('hex');
}

/** The tree on the computer. */
export async function localTree(folder: string): Promise<Tree> {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(({ name }) => !ownFiles.test(name));
  const entries = all.map(async (entry) => {
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path).normalize('NFC');
    return [name, entry.isDirectory() ? 'folder' : await hashOf(path)] as const;
  });
  return sorted(await Promise.all(entries));
}

/** The tree on the server, read over WebDAV. */
export async function serverTree(dav: DavClient, path = ''): Promise<Tree> {
  const [self, ...children] = await dav.propfind(path, ['d:resourcetype'], '1');
  const entries: [string, string][] = [];
  for (const { href, found } of children) {
    const name = decodeURIComponent(href.slice(self?.href.length).replace(/\/$/, ''));
    const inside = path === '' ? name : `${path}/${name}`;
    const isFolder = found['d:resourcetype'] !== '';
    entries.push([inside, isFolder ? 'folder' : await contentOf(dav, inside)]);
    if (isFolder) entries.push(...Object.entries(await serverTree(dav, inside)));
  }
  return sorted(entries);
}

async function contentOf(dav: DavClient, path: string): Promise<string> {
  const answer = await dav.get(path);
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
  const hash = createHash('sha256');
  for await (const piece of answer.body ?? []) hash.update(piece);
  return hash.digest('hex');
}
