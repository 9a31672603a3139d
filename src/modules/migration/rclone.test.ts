import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { openContent, resolvePath } from '#modules/files';
import { importFrom, openWebdav, reconcile } from '#modules/migration';
import { environmentWith } from '../../../test/environment.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { requireProgram } from '../../../test/tools.ts';

/** From a WebDAV server we have not written: rclone's. */

const stand = await openStand();
const people = await settle(stand);
const folder = mkdtempSync(join(tmpdir(), 'rennsteig-test-rclone-'));
const credentials = { user: 'archiv', password: 'geheim & 100%' };

const day = new Date('2019-05-17T08:30:00Z');
function write(path: string, content: string | Buffer): void {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), content);
  utimesSync(join(folder, path), day, day);
}
write('Akten/Straße & Co/Plan 100% #1 (ä).txt', 'der Plan');
write('Akten/groß.bin', Buffer.alloc(3_000_000, 'Luftbild '));
write('Akten/leer.txt', '');
mkdirSync(join(folder, 'Akten/leerer Ordner'));

const secret = ['--user', credentials.user, '--pass', credentials.password];
// It would go on showing the folders as it first saw them for five minutes.
const fresh = ['--dir-cache-time', '0'];
const server = spawn(requireProgram('rclone'), ['serve', 'webdav', folder, '--addr', '127.0.0.1:0', ...fresh, ...secret], {
  env: environmentWith({ HOME: folder, XDG_CONFIG_HOME: folder }),
  stdio: ['ignore', 'ignore', 'pipe'],
});
after(async () => {
  server.kill();
  await once(server, 'exit');
  rmSync(folder, { recursive: true, force: true });
});

/** It says where it serves once it does. */
async function address(): Promise<string> {
  for await (const line of createInterface(server.stderr)) {
    const [, url] = /started on (http:\S+?)\/?$/.exec(line) ?? [];
    if (url) return url;
  }
  throw new Error('rclone did not start');
}
const url = `${await address()}/Akten`;
server.stderr.resume();

const target = { person: people.address.anna, space: null, makesSpace: false, folder: 'Archiv' };
const options = { dryRun: false, only: [], overwrite: false, removes: false };

async function bring() {
  const source = openWebdav({ url, credentials });
  try {
    return await importFrom(people.house, { source, target, options });
  } finally {
    source.close();
  }
}

async function textOf(...path: string[]): Promise<string> {
  const content = await openContent(people.anna, await resolvePath(people.anna, path));
  const bytes = Buffer.concat(await Array.fromAsync(content.read(0, content.size)));
  await content.close();
  return bytes.toString();
}

test('everything comes, with its time, and is proved; the next run brings what is new alone', async () => {
  const first = await bring();
  assert.deepEqual([first.counts.files, first.counts.folders, first.counts.verdicts.taken.objects], [3, 2, 5]);
  const plan = ['Archiv', 'Straße & Co', 'Plan 100% #1 (ä).txt'];
  assert.equal(await textOf(...plan), 'der Plan');
  assert.equal((await resolvePath(people.anna, plan)).node.modified, day.getTime());
  assert.equal((await resolvePath(people.anna, ['Archiv', 'groß.bin'])).node.size, 3_000_000);

  write('Akten/Straße & Co/Plan 100% #1 (ä).txt', 'der Plan, geändert');
  write('Akten/neu.txt', 'neu');
  const delta = await bring();
  const { taken, updated, unchanged } = delta.counts.verdicts;
  assert.deepEqual([taken.objects, updated.objects, unchanged.objects], [1, 1, 4]);
  assert.equal(await textOf(...plan), 'der Plan, geändert');

  const source = openWebdav({ url, credentials });
  const proof = await reconcile(people.house, {
    source,
    target: { person: target.person, space: null, folder: 'Archiv' },
    readsBack: true,
    signedBy: null,
  });
  assert.equal(await source.measure(new AbortController().signal), null, 'it does not know how much there is');
  source.close();
  assert.deepEqual([proof.isComplete, proof.source.files, proof.extra], [true, 4, 0]);
});

test('a wrong password is said at once', async () => {
  const source = openWebdav({ url, credentials: { user: 'archiv', password: 'falsch' } });
  await assert.rejects(importFrom(people.house, { source, target, options }), /migration\.\w+/);
  source.close();
});
