import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const admin = join(dirname(fileURLToPath(import.meta.url)), '../src/admin.ts');

/** What a command took: seconds altogether and of the processor, and its largest memory. */
export type CommandFigures = { readonly seconds: number; readonly cpu: number; readonly mebibytes: number };

/** Processor seconds of a process so far, and its largest memory in MiB. */
function figuresOf(pid: number): Omit<CommandFigures, 'seconds'> {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const [own = 0, kernel = 0] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number);
  const [, peak = '0'] = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return { cpu: (own + kernel) / 100, mebibytes: Math.round(Number(peak) / 1024) };
}

/** Runs a command of the operator in a process of its own. Throws with what it said when it refuses. */
export async function runAdmin(words: readonly string[]): Promise<CommandFigures> {
  const started = performance.now();
  const child = spawn(process.execPath, [admin, ...words, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  let last = { cpu: 0, mebibytes: 0 };
  const look = setInterval(() => {
    const now = figuresOf(child.pid as number);
    if (now.mebibytes > 0) last = now; // a process that has just ended has no memory any more
  }, 100);
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const [out, code] = await Promise.all([readText(child.stdout), exit]);
  clearInterval(look);
  if (code !== 0) throw new Error(`${words.join(' ')}: ${out.slice(0, 2_000)}`);
  return { seconds: (performance.now() - started) / 1_000, ...last };
}

/** The machine a result was found on. */
export const machine = () => ({ host: hostname(), cores: availableParallelism(), node: process.version });
