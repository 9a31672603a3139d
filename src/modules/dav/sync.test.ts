import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { davClient } from '../../../test/dav.ts';
import { type PersonName, settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { clientKinds, localTree, openSyncClient, type SyncClient, serverTree } from '../../../test/sync.ts';

/** What people do at two computers, kept in step by the clients they have. */

const stand = await openStand();
const people = await settle(stand);
const port = await stand.house.listen();
const folder = mkdtempSync(join(tmpdir(), 'rennsteig-test-sync-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** What the clients asked for, a line a request. */
const requests: string[] = [];
stand.house.app.server.on('request', ({ method, url }) => requests.push(`${method} ${url}`));

async function run(client: SyncClient): Promise<string[]> {
  requests.length = 0;
  await client.mustSync();
  return [...requests];
}

const owners = { nextcloud: 'anna', owncloud: 'emil' } as const satisfies Record<string, PersonName>;

for (const kind of clientKinds) {
  describe(`${kind}cmd`, () => {
    let office: SyncClient;
    let home: SyncClient;
    let dav: ReturnType<typeof davClient>;

    before(async () => {
      const credentials = await people.appPassword(owners[kind]);
      dav = davClient(port, credentials);
      office = openSyncClient(kind, { port, credentials, place: join(folder, kind, 'office') });
      home = openSyncClient(kind, { port, credentials, place: join(folder, kind, 'home') });
    });

    /** Runs both, office first, and makes sure that all three sides hold the same. */
    async function both(): Promise<void> {
      await run(office);
      await run(home);
      const there = await serverTree(dav);
      assert.deepEqual(await localTree(office.folder), there);
      assert.deepEqual(await localTree(home.folder), there);
    }

    test('first upload, first download', async () => {
      office.write('Bescheid.txt', 'Sehr geehrte Frau Celik,');
      office.write('leer.txt', '');
      office.write('Akten/2026/Bäume & Straßen.txt', 'NFC');
      office.write(`Akten/2026/${'Übersicht'.normalize('NFD')}.txt`, 'NFD');
      office.write('Akten/🏛️ Rathaus.txt', 'ein Bild im Namen');
      office.write('Akten/100 % (#1) [a+b] = 50 ; ja.txt', 'Zeichen');
      office.write('Luftbild.bin', randomBytes(25_000_000));
      mkdirSync(join(office.folder, 'Akten/leer/noch leer'), { recursive: true });
      await both();
      assert.equal(Object.keys(await localTree(home.folder)).length, 11);
    });

    test('nothing changed: a handful of requests', async () => {
      await run(office);
      const asked = await run(home);
      assert.ok(asked.length <= 5, asked.join('\n'));
    });

    test('changed, renamed, moved', async () => {
      const idOf = async (path: string) => (await dav.propfind(path, ['oc:id']))[0]?.found['oc:id'];
      const [plan, tree] = [await idOf('Luftbild.bin'), await idOf('Akten/2026')];
      appendFileSync(join(office.folder, 'Bescheid.txt'), '\nwir bitten um Geduld.');
      renameSync(join(office.folder, 'Luftbild.bin'), join(office.folder, 'Akten/Luftbild 2026.bin'));
      renameSync(join(office.folder, 'Akten/2026'), join(office.folder, 'Vorjahr'));
      await both();
      assert.deepEqual([await idOf('Akten/Luftbild 2026.bin'), await idOf('Vorjahr')], [plan, tree], 'moved, not sent anew');
    });

    test('a folder takes the place of the one it lay in, as after unpacking', async () => {
      office.write('Haushalt/Vorbericht.txt', 'zuerst');
      await both();
      office.write('Haushalt/Haushalt/Plan.txt', 'zuletzt: so tragen beide Ordner dieselbe Nummer');
      await both();
      const move = (from: string, to: string) => dav.status('MOVE', from, { destination: `${dav.home}${to}` });
      assert.equal(await move('Haushalt', 'Altes'), 201);
      assert.equal(await move('Altes/Haushalt', 'Haushalt'), 201);
      assert.equal(await dav.status('DELETE', 'Altes'), 204);
      await both();
      assert.ok('Haushalt/Plan.txt' in (await localTree(home.folder)));
    });

    test('only the case of a name changed', async () => {
      renameSync(join(office.folder, 'Bescheid.txt'), join(office.folder, 'BESCHEID.txt'));
      await both();
      assert.ok('BESCHEID.txt' in (await localTree(home.folder)));
    });

    test('deleted, a file and a folder with everything in it', async () => {
      rmSync(join(home.folder, 'leer.txt'));
      rmSync(join(home.folder, 'Akten/leer'), { recursive: true });
      await run(home);
      await both();
      assert.ok(!('leer.txt' in (await localTree(office.folder))));
    });

    test('both changed the same file: nobody’s work disappears', async () => {
      office.write('BESCHEID.txt', 'aus dem Amt');
      home.write('BESCHEID.txt', 'von zu Hause, und länger');
      await run(office);
      await run(home);
      await both();
      const all = await localTree(office.folder);
      const texts = Object.keys(all)
        .filter((name) => name.startsWith('BESCHEID'))
        .map((name) => readFileSync(join(home.folder, name), 'utf8'));
      assert.deepEqual(texts.sort(), ['aus dem Amt', 'von zu Hause, und länger']);
    });

    test('a large file is written anew', async () => {
      home.write('Akten/Luftbild 2026.bin', randomBytes(23_000_000));
      await run(home);
      await both();
    });
  });
}
