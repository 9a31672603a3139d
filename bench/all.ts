import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, hostname, release, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measureDisk } from './disk.ts';
import { memoryOf, openBenchInstance, openLoader } from './instance.ts';
import { openLimit } from './limit.ts';
import { measurePush, pushRows } from './push.ts';
import { fileRows, isMoreBetter, measureFiles, memoryRow, type Row } from './rows.ts';

/**
 * `npm run bench`: our figures beside those of bare Node on the same machine in the same run, as a table and as JSON in
 * `bench/results/`. What is measured, and what is asked for, stands in `rows.ts`.
 */

type Figures = Readonly<Record<string, number>>;

const workers = 2;

/** Measures at a bare server. What it wrote stays until `close`. */
async function measureLimit(server: Awaited<ReturnType<typeof openLimit>>): Promise<Figures> {
  const loader = openLoader();
  try {
    return await measureFiles({
      home: '/',
      origin: `http://127.0.0.1:${server.port}`,
      load: (job) => loader.run({ ...job, port: server.port, authorization: 'Basic none' }),
    });
  } finally {
    loader.close();
  }
}

/**
 * Looks once a second how much memory the instance uses altogether; ends with the most it saw. (Every 100 ms took a fifth of a
 * processor from what was measured, and held the processes up while their pages were counted.)
 */
function watchMemory(look: () => number): () => number {
  let most = look();
  const timer = setInterval(() => {
    most = Math.max(most, look());
  }, 1_000);
  return () => {
    clearInterval(timer);
    return most;
  };
}

async function measureOurs(): Promise<Figures> {
  const instance = await openBenchInstance(workers);
  const peak = watchMemory(() => memoryOf(instance));
  try {
    const { home, port, load } = instance;
    const figures = await measureFiles({ home, origin: `http://127.0.0.1:${port}`, load });
    return { ...figures, memory: peak(), disk: await measureDisk() };
  } finally {
    await instance.close();
  }
}

const round = (value: number) => (value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en'));

function verdict(row: Row, value: number): string {
  const reaches = (goal: number) => (isMoreBetter(row) ? value >= goal : value <= goal);
  if (reaches(row.aim)) return 'aim reached';
  return reaches(row.must) ? 'reached' : 'MISSED';
}

function print(rows: readonly Row[], limit: Figures, ours: Figures): void {
  const lines = rows.map((row) => {
    const [bare, own] = [limit[row.key], ours[row.key] as number];
    const ratio = bare === undefined ? '–' : (isMoreBetter(row) ? own / bare : bare / own).toFixed(2);
    const bareText = bare === undefined ? '–' : round(bare);
    return [row.what, row.unit, bareText, round(own), ratio, round(row.must), round(row.aim), verdict(row, own)];
  });
  const table = [['what', 'unit', 'bare Node', 'Rennsteig', 'ratio', 'must', 'aim', ''], ...lines];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0))) ?? [];
  for (const line of table) {
    const cells = line.map((cell, column) =>
      column < 2 || column > 6 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    console.log(cells.join('  '));
  }
}

function save(figures: { limit: Figures; ours: Figures }): string {
  const machine = {
    host: hostname(),
    kernel: release(),
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGB: Math.round(totalmem() / 1e9),
    node: process.version,
  };
  const at = new Date().toISOString();
  const folder = join(dirname(fileURLToPath(import.meta.url)), 'results');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${at.slice(0, 16).replaceAll(':', '')}.json`);
  writeFileSync(path, `${JSON.stringify({ at, machine, ...figures }, null, 2)}\n`);
  return path;
}

console.error('Bare Node …');
const server = await openLimit(workers);
const limit = await measureLimit(server);
console.error('Rennsteig …');
const ours = { ...(await measureOurs()), ...(await measurePush()) };
// Only now: ext4 looks for inodes that were not freed in the last minutes, and new files took four times as long after a great removal.
await server.close();
print([...fileRows, memoryRow, ...pushRows], limit, ours);
console.log(`The disk alone took ${round(ours.disk ?? 0)} MiB/s behind our large uploads: a GiB written and synced.`);
console.log(save({ limit, ours }));
process.exit();
