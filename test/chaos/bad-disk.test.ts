import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import * as files from '#modules/files';
import { systemContext } from '#platform/context';
import { readNumber, readSeed } from '../environment.ts';
import { settle } from '../people.ts';
import { openStand } from '../stand.ts';
import { requireLibrary, requireProgram } from '../tools.ts';
import { Clerk } from './clerk.ts';
import { startPreloaded } from './preloaded.ts';
import { randomFrom } from './random.ts';

/** A disk that fails now and then: system calls on files answer EIO (libfiu). Nothing is acknowledged that is not there. */

const seed = readSeed();
const steps = readNumber('steps', 150);
/** EIO: what a kernel answers when the disk does. */
const inputOutputError = 5;
const calls = ['posix/io/sync/fsync', 'posix/io/rw/pread', 'posix/io/rw/writev', 'posix/io/dir/rename'];

const stand = await openStand();
const people = await settle(stand);
const control = join(stand.config.data, 'fiu');

/** Starts a house under the library; `fail` and `heal` change what its disk does. */
async function startFaulty() {
  const preload = ['fiu/fiu_run_preload.so', 'fiu/fiu_posix_preload.so'].map(requireLibrary).join(' ');
  const { port, child, stop } = await startPreloaded(stand, { LD_PRELOAD: preload, FIU_CTRL_FIFO: control });
  const tell = (command: (call: string) => string) => {
    for (const call of calls) execFileSync(requireProgram('fiu-ctrl'), ['-f', control, '-c', command(call), String(child.pid)]);
  };
  return {
    port,
    fail: (probability: number) =>
      tell((call) => `enable_random name=${call},probability=${probability},failinfo=${inputOutputError}`),
    /** The next sync fails, and no other: a disk tells of an error once. */
    failNextSync: () =>
      execFileSync(requireProgram('fiu-ctrl'), [
        ...['-f', control, '-c', `enable name=posix/io/sync/fsync,onetime,failinfo=${inputOutputError}`, String(child.pid)],
      ]),
    heal: () => tell((call) => `disable name=${call}`),
    stop,
  };
}

test('reads, writes, renames and syncs that fail: no false success, nothing half there, nothing damaged', async () => {
  const { user, authorization } = await people.appPassword('anna');
  const server = await startFaulty();
  const clerks = [0, 1].map((number) => {
    const root = `/remote.php/dav/files/${encodeURIComponent(user)}/clerk${number}/`;
    const origin = `http://127.0.0.1:${server.port}`;
    return new Clerk({ origin, authorization, root, random: randomFrom(seed + number) });
  });
  try {
    for (const clerk of clerks) await clerk.begin();
    server.fail(0.03);
    for (const clerk of clerks) {
      let left = steps;
      await clerk.work(() => left-- <= 0);
    }
    server.heal();
    for (const clerk of clerks) await clerk.checkAll();
    const sum = (name: 'done' | 'doubted') => clerks.reduce((total, { facts }) => total + facts[name], 0);
    process.stderr.write(`bad disk, seed ${seed}: ${sum('done')} done, ${sum('doubted')} refused or cut\n`);
    assert.ok(sum('done') > steps / 4 && sum('doubted') > 5, `seed ${seed}: too little happened to prove anything`);
  } catch (error) {
    throw new Error(`seed ${seed}: ${(error as Error).message}`, { cause: error });
  } finally {
    await server.stop();
  }
  const { problems } = await files.check(systemContext(stand.house.platform, people.ellrich, 'test'), { isDeep: true });
  assert.deepEqual(problems, [], `seed ${seed}`);
});

/** Nothing is heard from outside of a file that has begun to arrive: its name is looked for. */
async function untilArriving(): Promise<void> {
  const blobs = join(stand.config.data, 'blobs');
  while (!readdirSync(blobs, { recursive: true }).some((name) => String(name).endsWith('.part')))
    await new Promise((again) => setTimeout(again, 10));
}

test('an error of a sync while a large upload still arrives is not forgotten at its end', async () => {
  const { user, authorization } = await people.appPassword('anna');
  const server = await startFaulty();
  const path = `/remote.php/dav/files/${encodeURIComponent(user)}/large.bin`;
  const put = request({ host: '127.0.0.1', port: server.port, path, method: 'PUT', headers: { authorization } });
  // Whoever is told while they still send may hear the answer, or only that nobody listens any more.
  const ended = new Promise<number | null>((resolve) => {
    put.once('response', (response: IncomingMessage) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    put.on('error', () => resolve(null));
  });
  let isOver = false;
  ended.then(() => {
    isOver = true;
  });
  const send = async (mebibytes: number) => {
    for (let sent = 0; sent < mebibytes && !isOver; sent += 1)
      if (!put.write(Buffer.alloc(2 ** 20, sent))) await Promise.race([once(put, 'drain').catch(() => {}), ended]);
  };
  try {
    // The file is there, and less than a step of it has arrived: the sync that fails is one ahead of the end.
    await send(16);
    await untilArriving();
    server.failNextSync();
    await send(48);
    put.end();
    const status = await ended;
    assert.ok(status === 503 || status === null, String(status));
    const origin = `http://127.0.0.1:${server.port}`;
    assert.equal((await fetch(origin + path, { headers: { authorization } })).status, 404);
    const again = await fetch(origin + path, { method: 'PUT', headers: { authorization }, body: Buffer.alloc(40 * 2 ** 20) });
    assert.equal(again.status, 201, 'the disk is well again');
  } finally {
    put.destroy();
    await server.stop();
  }
});
