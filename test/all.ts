import { spawnSync } from 'node:child_process';
import { chmodSync, globSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { run } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ensureProgram } from '../src/program.ts';
import { ensurePages } from '../src/web/build.ts';
import { clusterVariable, startCluster } from './cluster.ts';
import { setVariable } from './environment.ts';
import { sharedIsAbsent } from './shared.ts';
import { ensureTools, mountingIsForbidden } from './tools.ts';

/**
 * Everything continuous integration checks, in the order in which it fails fastest. Without arguments all of it;
 * `npm test -- PATTERN …` runs only the test files whose path contains one of the patterns.
 */

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const patterns = process.argv.slice(2);
const temporary = /^rennsteig-test/;

/** The only reasons for which a test may be left out; each is named in the closing summary. */
const acceptedReasons: readonly string[] = [sharedIsAbsent, mountingIsForbidden];

type Outcome = {
  passed: string[];
  failed: string[];
  leftOut: string[];
  seconds: Map<string, number>;
};

/** So many of the files that took longest are named at the end. */
const slowest = 10;

function program(name: string, ...args: string[]): void {
  const done = spawnSync(join(root, 'node_modules/.bin', name), args, { cwd: root, stdio: 'inherit' });
  if (done.status !== 0) throw new Error(`${name} ${args.join(' ')} found something`);
}

async function step(name: string, work: () => void | Promise<void>): Promise<void> {
  const started = performance.now();
  await work();
  process.stderr.write(`✔ ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)\n`);
}

/** Walks and chaos first: they take longest, and a long one at the end would leave the other stream idle. */
function testFiles(): string[] {
  const found = (...globs: string[]) => globSync(globs, { cwd: root }).sort();
  const all = [...found('test/**/*.test.ts'), ...found('src/**/*.test.ts', 'bench/**/*.test.ts')];
  return all.filter((path) => patterns.length === 0 || patterns.some((pattern) => path.includes(pattern)));
}

/** A temporary directory of this run alone: others on this machine may test at the same time. */
function ownTemporaryDirectory(): string {
  const own = mkdtempSync(join(tmpdir(), 'rennsteig-run-'));
  chmodSync(own, 0o711); // Debian's PostgreSQL runs as a user of its own and has to get through
  setVariable('TMPDIR', own);
  return own;
}

/** Leaked temporary files and directories are a failure: something was not closed. */
function clearAway(directory: string): string[] {
  const leftovers = readdirSync(directory).filter((name) => temporary.test(name));
  rmSync(directory, { recursive: true, force: true });
  return leftovers;
}

async function runFiles(files: readonly string[]): Promise<Outcome> {
  const outcome: Outcome = { passed: [], failed: [], leftOut: [], seconds: new Map() };
  const execArgv = ['--import', join(root, 'test/heard.ts')];
  const events = run({ files, cwd: root, concurrency: 2, execArgv });
  events.on('test:pass', ({ name, file, skip, details }) => {
    if (details.type === 'suite') return;
    if (skip === undefined) outcome.passed.push(`${file}: ${name}`);
    else if (acceptedReasons.includes(String(skip))) outcome.leftOut.push(`${file}: ${name} (${String(skip)})`);
    else outcome.failed.push(`${file}: ${name} is skipped (${String(skip)}), which is not allowed`);
  });
  events.on('test:fail', ({ name, file = '', details }) => {
    outcome.failed.push(`${file}: ${name}`);
    process.stderr.write(`✖ ${file}: ${name}\n${describe(details.error)}${ending(details.error)}\n`);
  });
  events.on('test:summary', ({ file, duration_ms: milliseconds }) => {
    if (file !== undefined) outcome.seconds.set(relative(root, file), milliseconds / 1_000);
  });
  events.on('test:stderr', ({ message }) => process.stderr.write(message));
  // What went wrong between two tests or after the last one: the failure of the file alone does not say it.
  events.on('test:diagnostic', ({ message, file }) => {
    if (file) process.stderr.write(`${file}: ${message}\n`);
  });
  for await (const _event of events);
  return outcome;
}

async function runTests(): Promise<Outcome> {
  const directory = ownTemporaryDirectory();
  const cluster = await startCluster();
  let outcome: Outcome;
  try {
    setVariable(clusterVariable, JSON.stringify({ superuser: cluster.superuser, template: cluster.template }));
    outcome = await runFiles(testFiles());
  } finally {
    await cluster.stop();
  }
  const leftovers = clearAway(directory);
  return {
    ...outcome,
    failed: [...outcome.failed, ...leftovers.map((name) => `${name} was left behind in the temporary directory`)],
  };
}

/** How the process of a test file ended, where it is that which failed. */
function ending(error: object): string {
  const { exitCode, signal } = error as { exitCode?: number; signal?: string | null };
  return exitCode === undefined ? '' : `\n    it ended with ${signal ?? exitCode}`;
}

function describe(error: Error): string {
  const cause = error.cause instanceof Error ? error.cause : error;
  return (cause.stack ?? cause.message).replace(/^/gm, '    ');
}

function summarise({ passed, failed, leftOut, seconds }: Outcome): void {
  const longest = [...seconds].sort(([, a], [, b]) => b - a).slice(0, slowest);
  for (const [file, length] of longest) process.stderr.write(`  ${length.toFixed(1).padStart(6)} s  ${file}\n`);
  for (const name of leftOut) process.stderr.write(`– left out: ${name}\n`);
  for (const name of failed) process.stderr.write(`✖ ${name}\n`);
  process.stderr.write(`${passed.length} tests passed, ${failed.length} failed, ${leftOut.length} left out\n`);
  if (failed.length > 0) process.exitCode = 1;
}

try {
  if (patterns.length === 0) {
    await step('tools', ensureTools);
    await step('format and lint', () => program('biome', 'ci', '--colors=off', '--error-on-warnings', '.'));
    await step('types', () => program('tsc', '--noEmit', '-p', '.'));
  }
  await step('pages', ensurePages);
  await step('program', () => ensureProgram()); // instances that tests start are what people start
  let outcome: Outcome | null = null;
  await step('tests', async () => {
    outcome = await runTests();
  });
  if (outcome) summarise(outcome);
} catch (error) {
  process.stderr.write(`✖ ${(error as Error).message}\n`);
  process.exitCode = 1;
}
