import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

test('npm that is told to stop takes server, workers and database with it', { timeout: 120_000 }, async () => {
  const data = await mkdtemp(join(tmpdir(), 'rennsteig-npm-'));
  const npm = spawn('npm', ['start', '--', '--data', data, '--port', '0', '--workers', '1'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true, // a group of its own
  });
  after(() => {
    try {
      process.kill(-(npm.pid as number), 'SIGKILL');
    } catch {
      // Nobody of the group is left: as it should be.
    }
  });
  await new Promise<void>((serving, fail) => {
    let printed = '';
    npm.stdout.on('data', (piece: Buffer) => {
      printed += piece.toString();
      if (printed.includes('"serving"')) serving();
    });
    npm.once('exit', (code) => fail(new Error(`ended with ${code}: ${printed}`)));
  });
  // Whatever is left of them holds the other end of the pipe.
  const ended = once(npm, 'close');
  npm.kill('SIGTERM');
  await ended;
  await rm(data, { recursive: true });
});
