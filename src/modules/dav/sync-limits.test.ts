import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import * as files from '#modules/files';
import { davClient } from '../../../test/dav.ts';
import { deskOf } from '../../../test/desk.ts';
import { type BasicCredentials, type PersonName, settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { clientKinds, localTree, openSyncClient, type SyncClient, serverTree } from '../../../test/sync.ts';

/** Where sync clients meet limits: roles, quotas, names, breaks, and each other. */

const stand = await openStand();
const people = await settle(stand);
const { anna, bernd, dora, id } = people;
const port = await stand.house.listen();
const folder = mkdtempSync(join(tmpdir(), 'rennsteig-test-limits-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const credentials = new Map<PersonName, BasicCredentials>();
for (const person of ['anna', 'bernd', 'emil'] as const) credentials.set(person, await people.appPassword(person));
const signOf = (person: PersonName) => credentials.get(person) as BasicCredentials;

let places = 0;
const openClient = (kind: 'nextcloud' | 'owncloud', person: PersonName): SyncClient =>
  openSyncClient(kind, { port, credentials: signOf(person), place: join(folder, String(++places)), retries: 1 });

/** Resolves with the next request of this form: a run has come to this point. */
const listeners = new Set<(line: string) => void>();
stand.house.app.server.on('request', ({ method, url }) => {
  for (const tell of listeners) tell(`${method} ${url}`);
});
const requestLike = (form: RegExp): Promise<void> =>
  new Promise((resolve) => {
    const tell = (line: string) => {
      if (!form.test(line)) return;
      listeners.delete(tell);
      resolve();
    };
    listeners.add(tell);
  });

for (const kind of clientKinds) {
  describe(`${kind}cmd`, () => {
    test('what a viewer changes in a space goes nowhere, and comes back as it was', async () => {
      const name = `Satzungen ${kind}`;
      const space = await files.createSpace(dora, { name }, [
        { principal: id.anna, role: 'editor' },
        { principal: id.bernd, role: 'viewer' },
      ]);
      const desk = deskOf(anna);
      await desk.folder(`${name}/Ordner`);
      await desk.write(`${name}/Satzung.txt`, 'gilt');
      await desk.write(`${name}/Ordner/Anlage.txt`, 'auch');
      const client = openClient(kind, 'bernd');
      client.write('bleibt.txt', 'Bernds eigenes');
      await client.mustSync();
      const before = await serverTree(davClient(port, signOf('bernd')), name);
      appendFileSync(join(client.folder, name, 'Satzung.txt'), ' nicht mehr');
      client.write(`${name}/eigene.txt`, 'von Bernd');
      rmSync(join(client.folder, name, 'Ordner/Anlage.txt'));
      await client.sync();
      await client.sync();
      assert.deepEqual(await serverTree(davClient(port, signOf('bernd')), name), before, 'the server knows nothing of it');
      assert.equal(readFileSync(join(client.folder, name, 'Satzung.txt'), 'utf8'), 'gilt');
      assert.equal(readFileSync(join(client.folder, name, 'Ordner/Anlage.txt'), 'utf8'), 'auch');
      const kept = Object.keys(await localTree(client.folder)).filter((path) => /eigene|Satzung.*conflict/.test(path));
      assert.equal(kept.length, 2, 'what Bernd wrote is still on his computer');
      for (const path of kept) rmSync(join(client.folder, path));
      await files.removeMember(dora, space.id, id.bernd);
      await client.mustSync();
      assert.ok(!(name in (await localTree(client.folder))), 'the space is his no more');
    });

    test('a full space takes what fits and says so; with room again the rest follows', async () => {
      const { own } = await files.readHome(bernd);
      await files.setQuota(dora, own.space.id, own.space.used + 200_000);
      const client = openClient(kind, 'bernd');
      client.write('klein.txt', 'passt');
      client.write('gross.bin', randomBytes(400_000));
      client.write('riesig.bin', randomBytes(12_000_000));
      const { code, output } = await client.sync();
      assert.notEqual(code, 0, output.slice(-2_000));
      const dav = davClient(port, signOf('bernd'));
      const names = Object.keys(await serverTree(dav));
      assert.deepEqual(
        [names.includes('klein.txt'), names.includes('gross.bin'), names.includes('riesig.bin')],
        [true, false, false],
      );
      await files.setQuota(dora, own.space.id, null);
      client.forgetRefusals();
      await client.mustSync();
      assert.deepEqual(await localTree(client.folder), await serverTree(dav));
      for (const name of ['klein.txt', 'gross.bin', 'riesig.bin']) await deskOf(bernd).trash(name);
    });

    test('names that cannot stand here stay on the computer, whole; everything else arrives', async () => {
      const client = openClient(kind, 'bernd');
      const place = `Namen ${kind}`;
      const local = {
        'aux.txt': 'gibt es unter Windows nicht',
        'Wie geht das?.txt': 'ein Zeichen, das Windows nicht kennt',
        'PLAN.txt': 'groß geschrieben',
        'plan.txt': 'klein geschrieben',
        'Brief.txt': 'ganz gewöhnlich',
      };
      for (const [name, content] of Object.entries(local)) client.write(`${place}/${name}`, content);
      for (let attempt = 0; attempt < 2; attempt += 1) {
        client.forgetRefusals();
        await client.sync();
      }
      for (const [name, content] of Object.entries(local))
        assert.equal(readFileSync(join(client.folder, place, name), 'utf8'), content, name);
      const there = Object.keys(await serverTree(davClient(port, signOf('bernd')), place));
      assert.deepEqual(there.filter((path) => path.endsWith('Brief.txt')).length, 1);
      assert.equal(there.filter((path) => /\/plan\.txt$/i.test(path)).length, 1, 'one of the two that Windows cannot tell apart');
      assert.equal(there.length, 2, String(there));
    });

    test('killed in the middle of a large upload, it goes on and sends the rest', async () => {
      const client = openClient(kind, 'emil');
      client.write(`${kind}.bin`, randomBytes(45_000_000));
      const running = client.begin();
      await requestLike(/^PUT \/remote\.php\/dav\/uploads\/.*\/0*[12]0*$/);
      running.child.kill('SIGKILL');
      await running.run;
      const dav = davClient(port, signOf('emil'));
      assert.ok(!Object.keys(await serverTree(dav)).includes(`${kind}.bin`), 'nobody saw a part of it');
      let firstAgain = 0;
      const count = (line: string) => (firstAgain += /^PUT .*\/uploads\/.*\/0+$/.test(line) ? 1 : 0);
      listeners.add(count);
      await client.mustSync();
      listeners.delete(count);
      assert.equal(firstAgain, 0, 'the first chunk was there already');
      assert.deepEqual(await localTree(client.folder), await serverTree(dav));
    });

    test('two computers at once, for a while: in the end all sides are alike and everything is there', async () => {
      const [one, two] = [openClient(kind, 'anna'), openClient(kind, 'anna')];
      for (let round = 0; round < 3; round += 1) {
        for (const [client, place] of [
          [one, 'Amt'],
          [two, 'Heim'],
        ] as const) {
          for (let count = 0; count < 15; count += 1)
            client.write(`${kind}/${place}/Blatt ${round}-${count}.txt`, `${place} ${round} ${count}`);
          client.write(`${kind}/gemeinsam ${round}.txt`, `${place} ${'x'.repeat(round + place.length)}`);
        }
        if (round === 2) renameSync(join(one.folder, kind, 'Amt'), join(one.folder, kind, 'Rathaus'));
        await Promise.all([one.sync(), two.sync()]);
      }
      for (let settling = 0; settling < 3; settling += 1) {
        for (const client of [one, two]) {
          client.forgetRefusals();
          await client.sync();
        }
      }
      const there = await serverTree(davClient(port, signOf('anna')), kind);
      for (const client of [one, two]) assert.deepEqual(await localTree(join(client.folder, kind)), under(there, kind));
      const sheets = Object.keys(there).filter((path) => /Blatt \d-\d+\.txt$/.test(path));
      assert.equal(sheets.length, 90, 'every sheet of both');
      const shared = Object.keys(there).filter((path) => /gemeinsam \d/.test(path));
      assert.equal(shared.length, 6, `both texts of each of the three files: ${shared}`);
    });
  });
}

/** A tree as seen from one of its folders. */
const under = (tree: Readonly<Record<string, string>>, folderName: string) =>
  Object.fromEntries(Object.entries(tree).map(([path, what]) => [path.slice(folderName.length + 1), what]));

for (const kind of clientKinds) {
  test(`${kind}cmd: what a viewer renames, moves or makes in a space changes nothing there, and is not lost`, async () => {
    const name = `Lesen ${kind}`;
    await files.createSpace(dora, { name }, [
      { principal: id.anna, role: 'editor' },
      { principal: id.bernd, role: 'viewer' },
    ]);
    const desk = deskOf(anna);
    await desk.folder(`${name}/Ordner`);
    await desk.write(`${name}/Satzung.txt`, 'gilt');
    await desk.write(`${name}/Ordner/Anlage.txt`, 'auch');
    const client = openClient(kind, 'bernd');
    await client.mustSync();
    const dav = davClient(port, signOf('bernd'));
    const before = await serverTree(dav, name);
    renameSync(join(client.folder, name, 'Satzung.txt'), join(client.folder, name, 'Umbenannt.txt'));
    renameSync(join(client.folder, name, 'Ordner/Anlage.txt'), join(client.folder, `Anlage ${kind}.txt`));
    client.write(`${name}/Neuer Ordner/eigene.txt`, 'von Bernd');
    for (let attempt = 0; attempt < 3; attempt += 1) {
      client.forgetRefusals();
      await client.sync();
    }
    assert.deepEqual(await serverTree(dav, name), before);
    const local = Object.values(await localTree(client.folder));
    for (const content of ['gilt', 'auch', 'von Bernd']) {
      const sum = createHash('sha256').update(content).digest('hex');
      assert.ok(local.includes(sum), `“${content}” is on his computer`);
    }
    assert.equal(readFileSync(join(client.folder, name, 'Satzung.txt'), 'utf8'), 'gilt');
  });
}
