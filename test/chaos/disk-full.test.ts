import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import * as files from '#modules/files';
import { systemContext } from '#platform/context';
import { davClient } from '../dav.ts';
import { prepareInstance, startInstance } from '../instance.ts';
import { settle } from '../people.ts';
import { openStand } from '../stand.ts';
import { needsMounting } from '../tools.ts';

/** A disk without room: nothing that was acknowledged is lost, nothing is half there, and with room again all goes on. */

const megabyte = 2 ** 20;
const mounted: string[] = [];
after(() => {
  for (const directory of mounted) {
    execFileSync('umount', ['-l', directory]);
    rmSync(directory, { recursive: true, force: true });
  }
});

/** A disk of its own, of so many megabytes. */
function mountDisk(size: number): string {
  const directory = mkdtempSync(join(tmpdir(), 'rennsteig-test-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}m`, 'tmpfs', directory]);
  mounted.push(directory);
  return directory;
}

/** Takes all the room that is left; gives it back when asked. */
function fillDisk(directory: string): () => void {
  const ballast = join(directory, 'ballast');
  writeFileSync(ballast, '');
  for (const size of [megabyte, 4_096]) {
    try {
      for (;;) writeFileSync(ballast, Buffer.alloc(size), { flag: 'a' });
    } catch (error) {
      assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC');
    }
  }
  return () => truncateSync(ballast, 0);
}

const used = (directory: string) => {
  const { blocks, bfree } = statfsSync(directory);
  return blocks - bfree;
};

test('no room for bytes: 507, what is there stays readable, nothing of the refused ones is left', needsMounting, async () => {
  const disk = mountDisk(16);
  const stand = await openStand({ settings: { RENNSTEIG_DATA: disk } });
  const people = await settle(stand);
  const port = await stand.house.listen();
  const anna = davClient(port, await people.appPassword('anna'));
  assert.equal((await anna.put('vorher.bin', new Uint8Array(megabyte).fill(1))).status, 201);
  const giveBack = fillDisk(disk);
  const before = used(disk);
  const etag = await anna.etag('');
  for (const [name, size] of [
    ['klein.txt', 5_000],
    ['groß.bin', 3 * megabyte],
    ['vorher.bin', 2 * megabyte],
  ] as const) {
    const answer = await anna.put(name, new Uint8Array(size).fill(2));
    assert.equal(answer.status, 507, name);
    assert.match(await answer.text(), /sufficient-disk-space/);
  }
  const uploads = anna.home.replace('/files/', '/uploads/');
  assert.equal(await anna.status('MKCOL', `${uploads}1`), 201);
  assert.equal((await anna.put(`${uploads}1/1`, new Uint8Array(megabyte))).status, 507);
  assert.equal(await anna.etag(''), etag);
  assert.equal(used(disk), before, 'refused bytes are gone again');
  assert.deepEqual(new Uint8Array(await (await anna.get('vorher.bin')).arrayBuffer()), new Uint8Array(megabyte).fill(1));
  giveBack();
  assert.equal((await anna.put('groß.bin', new Uint8Array(3 * megabyte).fill(3))).status, 201);
  const { problems } = await files.check(systemContext(stand.house.platform, people.ellrich, 'test'), { isDeep: true });
  assert.deepEqual(problems, []);
  await stand.close();
});

test(
  'no room for the database either: refused with 503 or 507, and back by itself with all that was acknowledged',
  needsMounting,
  async () => {
    const disk = mountDisk(700);
    const data = join(disk, 'data');
    mkdirSync(data);
    const { anna } = await prepareInstance(data, ['anna']);
    const instance = await startInstance(data, { log: 'silent' });
    try {
      const client = davClient(instance.port, anna);
      const known = new Map<string, string>();
      const write = async (name: string) => {
        const answer = await client.put(name, `Inhalt von ${name}`).catch(() => null);
        await answer?.arrayBuffer();
        if (answer?.status === 201) known.set(name, `Inhalt von ${name}`);
        return answer?.status === 204 ? 201 : (answer?.status ?? 0);
      };
      for (let number = 0; number < 20; number += 1) assert.equal(await write(`vorher-${number}.txt`), 201);
      const giveBack = fillDisk(disk);
      for (let number = 0; number < 100; number += 1) {
        const status = await write(`voll-${number}.txt`);
        assert.ok([201, 503, 507, 0].includes(status), String(status));
      }
      giveBack();
      // Nobody tells a client that there is room again: it asks.
      let status = 0;
      for (const end = Date.now() + 60_000; status !== 201 && Date.now() < end; ) status = await write('nachher.txt');
      assert.equal(status, 201, 'it came back by itself');
      for (const [name, content] of known) assert.equal(await (await client.get(name)).text(), content, name);
    } finally {
      await instance.stop();
    }
  },
);
