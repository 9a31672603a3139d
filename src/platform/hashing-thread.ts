import { parentPort } from 'node:worker_threads';
import { type Hashing, hashHere } from './hashing.ts';
import type { HashTask } from './hashing-apart.ts';

/** The other side of `hashing-apart.ts`: hashes what it is sent, and sends the memory back. */

const running = new Map<number, Hashing>();

parentPort?.on('message', async ({ id, block, length, isEnd }: HashTask) => {
  const hashing = running.get(id) ?? hashHere();
  if (block) {
    hashing.update(new Uint8Array(block, 0, length));
    parentPort?.postMessage({ id, block }, [block]);
  }
  if (isEnd) running.delete(id);
  else running.set(id, hashing);
  if (isEnd && block) parentPort?.postMessage({ id, digests: await hashing.digest() });
});
