import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { programFolder } from './program-key.mjs';

/**
 * The program in a few files. A process loads it from some 1,900 sources, ours and those of packages, three times as long as from
 * those: they are packed once per version, and `start.mjs` takes the packed program where there is one.
 */

const packing = fileURLToPath(new URL('./program-pack.ts', import.meta.url));

/**
 * Packs the program unless it is there: in a process of its own, to which all others go first. Ends it when `signal` says so.
 * Throws when it cannot be packed.
 */
export async function ensureProgram(signal?: AbortSignal): Promise<void> {
  if (existsSync(programFolder()) || signal?.aborted) return;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', packing], { stdio: 'ignore' });
  const stop = () => void child.kill();
  signal?.addEventListener('abort', stop);
  try {
    const ended = once(child, 'exit');
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
    const [code] = await ended;
    if (code !== 0 && !signal?.aborted) throw new Error(`packing the program ended with ${String(code)}`);
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}
