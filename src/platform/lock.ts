import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OperatorError } from './errors.ts';

/** Another process of ours works on the data directory. */
export class DirectoryTaken extends OperatorError {}

/**
 * Takes the data directory for this process until it ends, however it ends: the lock is a socket name, which the kernel
 * frees even after kill -9. Throws {@link DirectoryTaken} when another process has it.
 */
export async function lockDirectory(data: string): Promise<{ release(): Promise<void> }> {
  mkdirSync(data, { recursive: true });
  const name = createHash('sha256').update(realpathSync(data)).digest('hex').slice(0, 24);
  const address = lockAddress(name);
  const server = await listen(address).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE' || (await isAnswered(address))) throw taken(data, error);
    rmSync(address, { force: true }); // a socket file whose process is gone
    return listen(address).catch((second) => {
      throw taken(data, second);
    });
  });
  server.unref();
  return { release: () => new Promise((done) => server.close(() => done())) };
}

function lockAddress(name: string): string {
  if (process.platform === 'linux') return `\0rennsteig-${name}`; // abstract: no file, gone with the process
  if (process.platform === 'win32') return `\\\\.\\pipe\\rennsteig-${name}`;
  return join(tmpdir(), `rennsteig-${name}.lock`);
}

function listen(address: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', reject);
    server.listen(address, () => resolve(server));
  });
}

function isAnswered(address: string): Promise<boolean> {
  if (process.platform !== 'darwin') return Promise.resolve(true);
  return new Promise((resolve) => {
    const socket = connect(address, () => resolve(true));
    socket.once('error', () => resolve(false));
  });
}

function taken(data: string, cause: NodeJS.ErrnoException): Error {
  if (cause.code !== 'EADDRINUSE') return cause;
  return new DirectoryTaken(`Another Rennsteig is already running on ${data}; stop it, or choose another directory with --data.`);
}
