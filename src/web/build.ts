import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { OperatorError } from '#platform/errors';

/**
 * Builds the pages when they changed. Every state of the sources has its own folder, named by a hash over everything that
 * goes in, so that a running instance keeps its files while a newer one is built beside it.
 */

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const builds = join(root, 'build');
/** Where the framework puts its result, see react-router.config.ts. */
const fresh = join(builds, 'pages.new');
const lock = join(builds, 'pages.lock');
const stamp = 'stamp';
const keptBuilds = 3;
const lockMilliseconds = 100;
/** A build takes seconds; whoever holds the lock longer than this is dead. */
const lockSeconds = 180;

const inputs = [
  'package-lock.json',
  'package.json',
  'react-router.config.ts',
  'vite.config.ts',
  'src/*.tsx',
  'src/routes.ts',
  'src/ui/**/*.{ts,tsx,css,svg,woff2}',
  'src/web/**/*.{ts,tsx,css}',
  'src/modules/*/pages/**/*.{ts,tsx,css}',
];

function currentKey(): string {
  const hash = createHash('sha256').update(process.version);
  const paths = globSync(inputs, { cwd: root }).filter((path) => !path.includes('.test.'));
  for (const path of paths.sort()) hash.update(`\0${path}\0`).update(readFileSync(join(root, path)));
  return hash.digest('hex').slice(0, 16);
}

const folderOf = (key: string) => join(builds, `pages-${key}`);
const isComplete = (folder: string) => existsSync(join(folder, stamp));

/** What this process has made sure of: sources that change afterwards do not take its pages away. */
let ensured: string | null = null;

/** The folder of the pages that belong to these sources; null when they were not built. */
export function builtPages(): string | null {
  const folder = ensured ?? folderOf(currentKey());
  return isComplete(folder) ? folder : null;
}

/**
 * Builds the pages unless they are there already. Of several callers at once, in whatever process, one builds and the others wait.
 * Throws {@link OperatorError} when the build fails.
 */
export async function ensurePages(): Promise<void> {
  ensured = builtPages();
  if (ensured) return;
  await mkdir(builds, { recursive: true });
  await takeLock();
  try {
    const folder = folderOf(currentKey());
    if (!isComplete(folder)) await build(folder);
    ensured = folder;
  } finally {
    await rm(lock, { force: true });
  }
}

async function takeLock(): Promise<void> {
  for (;;) {
    try {
      await writeFile(lock, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    if (await isStale()) await rm(lock, { force: true });
    else await pause(lockMilliseconds);
  }
}

async function isStale(): Promise<boolean> {
  const [pid, since] = await Promise.all([readFile(lock, 'utf8').catch(() => ''), modified(lock)]);
  const isOld = since !== null && Date.now() - since > lockSeconds * 1000;
  return isOld || (pid !== '' && !isAlive(Number(pid)));
}

async function modified(path: string): Promise<number | null> {
  return stat(path).then(
    (found) => found.mtimeMs,
    () => null,
  );
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function build(folder: string): Promise<void> {
  process.stderr.write('Rennsteig: building the pages (once per version) …\n');
  await rm(fresh, { recursive: true, force: true });
  await runBuild();
  await compress(join(fresh, 'client/assets'));
  await rm(folder, { recursive: true, force: true });
  await rename(fresh, folder);
  await writeFile(join(folder, stamp), `${process.version}\n`);
  await removeOld();
}

async function runBuild(): Promise<void> {
  const program = join(root, 'node_modules/@react-router/dev/bin.cjs');
  const child = spawn(process.execPath, [program, 'build'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  const code = await new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('exit', done);
  });
  if (code !== 0) throw new OperatorError(`the pages could not be built:\n${output.join('').slice(-4_000)}`);
}

/** Compressed once here instead of at every request. */
async function compress(folder: string): Promise<void> {
  const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
  const names = (await readdir(folder)).filter((name) => /\.(js|css|svg)$/.test(name));
  await Promise.all(
    names.map(async (name) => {
      const bytes = await readFile(join(folder, name));
      await writeFile(join(folder, `${name}.br`), await promisify(brotliCompress)(bytes, brotli));
      await writeFile(join(folder, `${name}.gz`), await promisify(gzip)(bytes, { level: 9 }));
    }),
  );
}

async function removeOld(): Promise<void> {
  const names = (await readdir(builds)).filter((name) => name.startsWith('pages-'));
  const dated = await Promise.all(names.map(async (name) => ({ name, at: (await modified(join(builds, name))) ?? 0 })));
  const old = dated.sort((a, b) => b.at - a.at).slice(keptBuilds);
  await Promise.all(old.map(({ name }) => rm(join(builds, name), { recursive: true, force: true })));
}
