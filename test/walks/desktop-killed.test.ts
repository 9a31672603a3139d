import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { davClient } from '../dav.ts';
import { databasePid, prepareInstance, startInstance } from '../instance.ts';
import { type ClientKind, clientKinds, localTree, openSyncClient, type SyncClient, serverTree } from '../sync.ts';

/** A real client in the middle of its work, while the server dies, comes back, and dies again, and the client itself dies too. */

const smallFiles = 250;
/** A run is cut off when it has carried so many files and folders; together fewer than there are. */
const deaths = [5, 40, 80];

type Scene = { readonly data: string; readonly port: number; instance: Awaited<ReturnType<typeof startInstance>> };

async function restart(scene: Scene): Promise<void> {
  await scene.instance.kill();
  scene.instance = await startInstance(scene.data, { port: scene.port });
}

function fill(client: SyncClient, kind: ClientKind): void {
  for (let number = 0; number < smallFiles; number += 1)
    client.write(`${kind}/Ordner ${number % 7}/Blatt ${number}.txt`, randomBytes(2_000));
  client.write(`${kind}/Luftbild.bin`, randomBytes(25_000_000));
}

/** Runs until the client says that everything is done; what the server refused while it was dying is tried again at once. */
async function finish(client: SyncClient): Promise<void> {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    client.forgetRefusals();
    if ((await client.sync()).code === 0) return;
  }
  client.forgetRefusals();
  await client.mustSync();
}

test('whatever dies, in the end both computers and the server hold the same files, whole', async () => {
  const data = mkdtempSync(join(tmpdir(), 'rennsteig-test-killed-'));
  const places = mkdtempSync(join(tmpdir(), 'rennsteig-test-places-'));
  const { anna } = await prepareInstance(data, ['anna']);
  const instance = await startInstance(data);
  const scene: Scene = { data, port: instance.port, instance };
  try {
    for (const kind of clientKinds) {
      const access = { port: scene.port, credentials: anna, retries: 1 };
      const office = openSyncClient(kind, { ...access, place: join(places, kind, 'office') });
      fill(office, kind);
      const written = await localTree(join(office.folder, kind));
      const ends: (number | null)[] = [];
      for (const [death, count] of deaths.entries()) {
        const { child, run, carried } = office.begin();
        await carried(count);
        if (death === 1) child.kill('SIGKILL');
        await restart(scene);
        ends.push((await run).code);
      }
      assert.notEqual(ends[0], 0, 'the first run at least was cut off');
      await finish(office);
      assert.deepEqual(await localTree(join(office.folder, kind)), written, `${kind}: nothing became anything else`);

      const home = openSyncClient(kind, { ...access, place: join(places, kind, 'home') });
      const { run, carried } = home.begin();
      await carried(20);
      await restart(scene);
      await run;
      await finish(home);
      const there = await serverTree(davClient(scene.port, anna));
      assert.deepEqual(await localTree(home.folder), there);
      await finish(office);
      assert.deepEqual(await localTree(office.folder), there);
      assert.equal(Object.keys(there).filter((path) => path.startsWith(`${kind}/`)).length, smallFiles + 7 + 1);
    }
    assert.equal(await scene.instance.stop(), 0, 'the instance stops the database it found running');
    assert.equal(databasePid(data), null);
  } finally {
    await scene.instance.stop();
    for (const folder of [data, places]) rmSync(folder, { recursive: true, force: true });
  }
});
