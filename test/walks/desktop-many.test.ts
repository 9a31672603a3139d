import assert from 'node:assert/strict';
import { closeSync, ftruncateSync, mkdirSync, mkdtempSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { davClient } from '../dav.ts';
import { readNumber } from '../environment.ts';
import { settle } from '../people.ts';
import { openStand } from '../stand.ts';
import { type clientKinds, localTree, openSyncClient, type SyncClient, serverTree } from '../sync.ts';

/** Anna's computers, one with each client: hundreds of small files and a large one, both at work at once, and each dies on the way. */

const stand = await openStand();
const people = await settle(stand);
const port = await stand.house.listen();
const credentials = await people.appPassword('anna');
const dav = davClient(port, credentials);
const place = mkdtempSync(join(tmpdir(), 'rennsteig-test-many-'));
after(() => rmSync(place, { recursive: true, force: true }));

/** Requests as they come, in order; whoever waits for one of a form is told at the one that makes it complete. */
const heard: string[] = [];
const waiting = new Set<() => void>();
stand.house.app.server.on('request', ({ method, url }) => {
  heard.push(`${method} ${url}`);
  for (const look of waiting) look();
});
const countOf = (form: RegExp) => heard.filter((line) => form.test(line)).length;
const until = (form: RegExp, count: number): Promise<void> =>
  new Promise((resolve) => {
    const look = () => {
      if (countOf(form) < count) return;
      waiting.delete(look);
      resolve();
    };
    waiting.add(look);
    look();
  });

const open = (kind: (typeof clientKinds)[number], name: string): SyncClient =>
  openSyncClient(kind, { port, credentials, place: join(place, name), retries: 1, runSeconds });

/** A file with something at its beginning and end and nothing in between: it takes no room on the disk. */
function writeSparse(client: SyncClient, path: string, size: number): void {
  const full = join(client.folder, path);
  mkdirSync(dirname(full), { recursive: true });
  const file = openSync(full, 'w');
  writeSync(file, 'Anfang');
  ftruncateSync(file, size);
  writeSync(file, 'Ende', size - 4);
  closeSync(file);
}

/** Runs them until each says that everything is done; what was refused while it was busy is tried again at once. */
async function settleBoth(...clients: readonly SyncClient[]): Promise<void> {
  for (const client of [...clients, ...clients]) {
    client.forgetRefusals();
    await client.mustSync();
  }
  const there = await serverTree(dav);
  for (const client of clients) assert.deepEqual(await localTree(client.folder), there, client.kind);
}

/** By hand also with what takes minutes: SYNC_FILES=5000 SYNC_BYTES=5000000000. */
const smallFiles = readNumber('SYNC_FILES', 400);
const largeBytes = readNumber('SYNC_BYTES', 120_000_000);
const runSeconds = 90 + largeBytes / 20_000_000;
const smallPut = /^PUT \/remote\.php\/dav\/files\/anna\/Akten\//;

test('both clients die in the middle, and both work at once: everything is on all sides, whole, and nothing came twice', async () => {
  const [office, home] = [open('nextcloud', 'Amt'), open('owncloud', 'Heim')];
  for (let number = 0; number < smallFiles; number += 1)
    office.write(`Akten/Ordner ${number % 8}/Blatt ${number}.txt`, `Blatt ${number}`.repeat(40));
  writeSparse(office, 'Luftbild.tif', largeBytes);
  const written = await localTree(office.folder);

  const first = office.begin();
  await until(smallPut, smallFiles / 2);
  first.child.kill('SIGKILL');
  await first.run;

  const running = home.begin();
  const sent = office.sync();
  await until(/^GET .*\/files\/anna\/Akten\//, 20);
  running.child.kill('SIGKILL');
  await Promise.all([sent, running.run]);
  await Promise.all([office.sync(), home.sync()]);
  await settleBoth(office, home);
  assert.deepEqual(await localTree(home.folder), written);
  // What was on its way when the client died may come again, and no more: the client sends six at a time.
  assert.ok(countOf(smallPut) <= smallFiles + 6, `${countOf(smallPut)} uploads of ${smallFiles} files`);
});

test('a file becomes a folder; what one moves the other adds to: nothing is lost', async () => {
  const [office, home] = [open('nextcloud', 'Tausch-Amt'), open('owncloud', 'Tausch-Heim')];
  await settleBoth(office, home);
  office.write('Tausch/Ding', 'eine Datei');
  office.write('Tausch/Altes/bleibt.txt', 'war da');
  await settleBoth(office, home);
  rmSync(join(office.folder, 'Tausch/Ding'));
  office.write('Tausch/Ding/darin.txt', 'jetzt ein Ordner');
  // Not a folder that becomes a file: both clients delete it, take the checksum of the file, and now and then wait for ever.
  renameSync(join(office.folder, 'Tausch/Altes'), join(office.folder, 'Tausch/Neues'));
  home.write('Tausch/Altes/dazu.txt', 'kam dazu');
  await Promise.all([office.sync(), home.sync()]);
  await settleBoth(office, home);
  const names = Object.keys(await localTree(join(home.folder, 'Tausch')));
  for (const name of ['Ding/darin.txt', 'Neues/bleibt.txt']) assert.ok(names.includes(name), `${name} of ${names}`);
  assert.equal(names.filter((name) => name.endsWith('dazu.txt')).length, 1, String(names));
});
