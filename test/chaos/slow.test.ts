import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { test } from 'node:test';
import * as files from '#modules/files';
import { systemContext } from '#platform/context';
import { davClient } from '../dav.ts';
import { settle } from '../people.ts';
import { openStand } from '../stand.ts';
import { startPreloaded } from './preloaded.ts';

/** Clients that send a file drop by drop, stop in the middle, or do not read what they asked for: they cost nobody else anything. */

const megabyte = 2 ** 20;
const many = 25;
const idleSeconds = 2;
/** Were everything kept that nobody reads, it would be 500 MB. */
const mostGrowth = 250 * megabyte;

const residentBytes = (pid: number) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;

/** Connections the server has, by its own figures. */
async function openSockets(port: number): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(/^nodejs_active_handles\{type="Socket"\} (\d+)/m.exec(text)?.[1]);
}

test('uploads that stop, downloads nobody reads, uploads drop by drop: bounded, cut, and others do not notice', async () => {
  const stand = await openStand();
  const people = await settle(stand);
  const credentials = await people.appPassword('anna');
  const server = await startPreloaded(stand, {}, idleSeconds);
  try {
    const pid = server.child.pid as number;
    const dav = davClient(server.port, credentials);
    const large = randomBytes(20 * megabyte);
    assert.equal((await dav.put('groß.bin', large)).status, 201);
    const head = (method: string, name: string, more: string) =>
      `${method} ${dav.home}${encodeURIComponent(name)} HTTP/1.1\r\nHost: x\r\nAuthorization: ${credentials.authorization}\r\n${more}\r\n`;
    const open = async () => {
      const socket = connect(server.port, '127.0.0.1').on('error', () => {});
      await once(socket, 'connect');
      return socket;
    };
    const closed = (socket: Socket) => new Promise<void>((resolve) => socket.once('close', () => resolve()));
    const before = residentBytes(pid);
    const stalled: Promise<void>[] = [];
    const keep: Socket[] = [];
    for (let number = 0; number < many; number += 1) {
      const uploading = await open();
      stalled.push(closed(uploading.resume()));
      uploading.write(head('PUT', `halb ${number}.bin`, `Content-Length: ${5 * megabyte}\r\n`));
      uploading.write(randomBytes(megabyte));
      const downloading = await open();
      downloading.write(head('GET', 'groß.bin', ''));
      keep.push(downloading.pause()); // nothing is taken from it
    }
    // Drop by drop, but it moves: it is whole at the end.
    const drops = Array.from({ length: 3 }, async (_, number) => {
      const socket = await open();
      const content = randomBytes(100);
      socket.write(head('PUT', `tropfen ${number}.bin`, 'Content-Length: 100\r\nConnection: close\r\n'));
      for (let at = 0; at < content.length; at += 10) {
        socket.write(content.subarray(at, at + 10));
        await dav.status('OPTIONS', ''); // as much time as an answer to somebody else takes
      }
      const [answer] = (await once(socket, 'data')) as [Buffer];
      assert.match(String(answer), /^HTTP\/1\.1 201 /);
      socket.destroy();
      assert.deepEqual(Buffer.from(await (await dav.get(`tropfen ${number}.bin`)).arrayBuffer()), content);
    });
    for (let number = 0; number < 20; number += 1) {
      assert.equal((await dav.put(`dazwischen ${number}.txt`, 'Inhalt')).status, 201);
      assert.equal(await dav.status('GET', `dazwischen ${number}.txt`), 200);
    }
    await Promise.all(drops);
    const growth = residentBytes(pid) - before;
    process.stderr.write(`slow clients: ${Math.round(growth / megabyte)} MB more for ${2 * many} of them\n`);
    assert.ok(growth < mostGrowth, `${growth} bytes more`);
    await Promise.all(stalled); // the server cuts what does not move
    // Where nobody reads, stillness is noticed later; one more upload that stops is a time by the server's own measure.
    let times = 0;
    for (; (await openSockets(server.port)) > many / 2; times += 1) {
      const uploading = await open();
      uploading.write(head('PUT', `noch ${times}.bin`, `Content-Length: ${megabyte}\r\n`));
      await closed(uploading.resume());
    }
    process.stderr.write(`slow clients: downloads nobody reads were cut after ${times} times ${idleSeconds} s more\n`);
    for (const socket of keep) {
      const end = closed(socket);
      socket.resume();
      await end; // what was under way arrives, then the end: never the whole file
      assert.ok(socket.bytesRead < large.length, `${socket.bytesRead} bytes came`);
    }
    const { problems, counts } = await files.check(systemContext(stand.house.platform, people.ellrich, 'test'), {
      isDeep: false,
    });
    assert.deepEqual([problems, counts.unfinished, counts.orphans], [[], 0, 0], 'nothing is left of what stopped');
  } finally {
    await server.stop();
  }
});
