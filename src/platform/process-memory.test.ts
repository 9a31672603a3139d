import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { residentBytes } from './process-memory.ts';

test('the memory of a process is told while it lives, where the system tells it', async () => {
  const own = await residentBytes(process.pid);
  if (process.platform !== 'linux') return assert.equal(own, null);
  // Also what is no memory of JavaScript.
  const more = Buffer.alloc(64 * 2 ** 20, 1);
  const then = await residentBytes(process.pid);
  assert.ok(own && then && then - own > more.length / 2, `${own} and then ${then}`);
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  assert.equal(await residentBytes(child.pid as number), null);
});
