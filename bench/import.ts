import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareInstance, startInstance } from '../test/instance.ts';
import { machine, runAdmin } from './command.ts';

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

async function measure(name: string, words: readonly string[]) {
  const { seconds, cpu, mebibytes } = await runAdmin(words);
  const row = { name, seconds, filesPerSecond: files / seconds, cpuMicrosecondsPerFile: (cpu / files) * 1e6, cpu, mebibytes };
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
  mkdirSync(join(here, 'results'), { recursive: true });
  const result = { at: new Date().toISOString(), machine: machine(), files, rows };
  writeFileSync(join(here, 'results', 'import.json'), `${JSON.stringify(result, null, 2)}\n`);
} finally {
  rmSync(root, { recursive: true, force: true });
}
