import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { prepareInstance, startInstance } from '../test/instance.ts';

/**
 * `node bench/import.ts [FILES]`: how fast `admin import` takes over many small files from a local disk, first everything, then
 * a run that finds nothing new, then the proof that all is here. Asked for: 100,000 files in 3 minutes on 2 cores.
 */

const here = dirname(fileURLToPath(import.meta.url));
const files = Number(process.argv[2] ?? 100_000);
const filesOfFolder = 100;
const smallest = 200;
const spread = 8_000;

function fill(folder: string): void {
  for (let index = 0; index < files; index += 1) {
    const place = join(folder, `Jahr ${Math.floor(index / filesOfFolder / 50)}`, `Akte ${Math.floor(index / filesOfFolder)}`);
    if (index % filesOfFolder === 0) mkdirSync(place, { recursive: true });
    writeFileSync(join(place, `Blatt ${index}.txt`), `${index} `.repeat(40).padEnd(smallest + ((index * 7_919) % spread), 'x'));
  }
}

/** Processor seconds of a process so far, and its largest memory in MiB. */
function figuresOf(pid: number): { cpu: number; mebibytes: number } {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const [own = 0, kernel = 0] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number);
  const [, peak = '0'] = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return { cpu: (own + kernel) / 100, mebibytes: Math.round(Number(peak) / 1024) };
}

async function measure(name: string, words: readonly string[]) {
  const started = performance.now();
  const child = spawn(process.execPath, [join(here, '../src/admin.ts'), ...words, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let last = { cpu: 0, mebibytes: 0 };
  const look = setInterval(() => {
    const now = figuresOf(child.pid as number);
    if (now.mebibytes > 0) last = now; // a process that has just ended has no memory any more
  }, 100);
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const [out, code] = await Promise.all([readText(child.stdout), exit]);
  clearInterval(look);
  if (code !== 0) throw new Error(`${name}: ${out}`);
  const seconds = (performance.now() - started) / 1_000;
  const row = { name, seconds, filesPerSecond: files / seconds, cpuMicrosecondsPerFile: (last.cpu / files) * 1e6, ...last };
  const rounded = Object.entries(row).map(([key, value]) => `${key} ${typeof value === 'number' ? Math.round(value) : value}`);
  console.log(rounded.join(', '));
  return row;
}

const root = mkdtempSync(join(tmpdir(), 'rennsteig-bench-import-'));
const [data, source] = [join(root, 'data'), join(root, 'source')];
try {
  fill(source);
  const { anna } = await prepareInstance(data, ['anna']);
  const instance = await startInstance(data, { workers: 1 });
  const to = [source, '--to', anna.user, '--into', 'Alt', '--data', data];
  const rows = [];
  try {
    rows.push(await measure('first run', ['import', ...to]));
    rows.push(await measure('nothing new', ['import', ...to]));
    rows.push(await measure('check', ['import-check', ...to]));
  } finally {
    await instance.stop();
  }
  const machine = { host: hostname(), cores: availableParallelism(), node: process.version };
  mkdirSync(join(here, 'results'), { recursive: true });
  const result = { at: new Date().toISOString(), machine, files, rows };
  writeFileSync(join(here, 'results', 'import.json'), `${JSON.stringify(result, null, 2)}\n`);
} finally {
  rmSync(root, { recursive: true, force: true });
}
