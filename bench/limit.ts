import { fork } from 'node:child_process';
import cluster from 'node:cluster';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, open, rename, rm, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { propfindBody } from './rows.ts';

/**
 * The limit of this machine: bare Node that does to plain files only what cannot be left out. No accounts, no rights, no
 * database, no encryption, no checksums, no history; but, as we do, on disk before it says so. Our figures stand beside it.
 */

const entry = `<d:response><d:href>/x</d:href>${propfindBody}</d:response>`;
const header = '<?xml version="1.0"?><d:multistatus xmlns:d="DAV:">';
const one = Buffer.from(`${header}${entry}</d:multistatus>`);
const tenThousand = Buffer.from(`${header}${entry.repeat(10_000)}</d:multistatus>`);

async function put(request: IncomingMessage, path: string): Promise<number> {
  const temporary = `${path}.${process.pid}.${Math.random()}`;
  await pipeline(request, createWriteStream(temporary, { flush: true }));
  await rename(temporary, path);
  const folder = await open(join(path, '..'));
  await folder.sync();
  await folder.close();
  return 201;
}

async function answer(request: IncomingMessage, response: ServerResponse, root: string): Promise<void> {
  const path = join(root, (request.url ?? '').replaceAll('/', '_'));
  if (request.method === 'PUT') {
    response.writeHead(await put(request, path)).end();
  } else if (request.method === 'GET') {
    const { size } = await stat(path);
    response.writeHead(200, { 'content-length': size });
    await pipeline(createReadStream(path, { highWaterMark: 2 ** 20 }), response);
  } else if (request.method === 'PROPFIND') {
    for await (const _piece of request);
    const body = request.headers.depth === '0' ? one : tenThousand;
    response.writeHead(207, { 'content-length': body.length }).end(body);
  } else {
    request.resume();
    response.writeHead(await changeFolder(request, path, root)).end();
  }
}

async function changeFolder({ method, headers }: IncomingMessage, path: string, root: string): Promise<number> {
  if (method === 'MKCOL') await mkdir(path, { recursive: true });
  if (method === 'MOVE') await rename(path, join(root, new URL(String(headers.destination)).pathname.replaceAll('/', '_')));
  if (method === 'DELETE') await rename(path, `${path}.trash${Date.now()}`);
  return method === 'DELETE' ? 204 : 201;
}

function serve(root: string): void {
  const server = createServer((request, response) => {
    answer(request, response, root).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (address && typeof address === 'object') process.send?.({ port: address.port });
  });
}

/** Starts the bare server, with as many processes as ours has. */
export async function openLimit(workers: number): Promise<{ readonly port: number; close(): Promise<void> }> {
  const root = await mkdtemp(join(tmpdir(), 'rennsteig-limit-'));
  const child = fork(fileURLToPath(import.meta.url), [root, String(workers)]);
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return {
    port,
    close: async () => {
      child.kill();
      await once(child, 'exit');
      await rm(root, { recursive: true, force: true });
    },
  };
}

function supervise(workers: number): void {
  for (let count = 0; count < workers; count += 1) cluster.fork();
  let listening = 0;
  cluster.on('message', (_worker, message) => {
    listening += 1;
    if (listening === workers) process.send?.(message);
  });
  process.once('SIGTERM', () => process.exit());
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (cluster.isPrimary) supervise(Number(process.argv[3]));
  else serve(process.argv[2] as string);
}
