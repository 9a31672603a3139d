import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { test } from 'node:test';
import { davClient } from '../../../test/dav.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { connect } from '../../platform/db.ts';

const stand = await openStand();
const people = await settle(stand);
const port = await stand.house.listen();
const anna = davClient(port, await people.appPassword('anna'));

const desktop = { 'user-agent': 'Mozilla/5.0 (Linux) mirall/3.7.3git (nextcloudcmd, debian)', 'x-oc-mtime': '1700000000' };
const rclone = { 'user-agent': 'rclone/v1.60.1', 'x-oc-mtime': '1700000000' };

test('a desktop client that believes a place to be free overwrites nobody’s file; other programs may', async () => {
  assert.equal((await anna.put('Etat.txt', 'von Anna', desktop)).status, 201);
  assert.equal((await anna.put('Etat.txt', 'von woanders', desktop)).status, 412);
  assert.equal(await (await anna.get('Etat.txt')).text(), 'von Anna');
  const seen = { ...desktop, 'if-match': String((await anna.get('Etat.txt')).headers.get('etag')) };
  assert.equal((await anna.put('Etat.txt', 'geändert', seen)).status, 204);
  assert.equal((await anna.put('Etat.txt', 'noch einmal', seen)).status, 412, 'what it saw is no longer there');
  assert.equal((await anna.put('Etat.txt', 'kopiert', rclone)).status, 204);
});

async function sendInChunks(name: string, content: string, headers: Record<string, string>): Promise<number> {
  const upload = `/remote.php/dav/uploads/anna/${name}`;
  await anna.request('MKCOL', upload, { headers });
  await anna.request('PUT', `${upload}/0000`, { body: content, headers });
  const destination = `${anna.home}Plan.bin`;
  return anna.status('MOVE', `${upload}/.file`, { ...headers, destination });
}

test('so it is with a file that comes in chunks, whose client names what it saw in an If header', async () => {
  assert.equal(await sendInChunks('a', 'eins', desktop), 201);
  assert.equal(await sendInChunks('b', 'zwei', desktop), 412);
  const ifHeader = `<${anna.home}Plan.bin> ([${(await anna.get('Plan.bin')).headers.get('etag')}])`;
  const [first, second] = await Promise.all(['c', 'd'].map((name) => sendInChunks(name, name, { ...desktop, if: ifHeader })));
  assert.deepEqual([first, second].sort(), [204, 412], 'of two that saw the same one comes first');
  assert.equal(await sendInChunks('e', 'drei', rclone), 204);
});

test('who asks a second time for what was put together already hears that it is done, and only for the very same content', async () => {
  const upload = '/remote.php/dav/uploads/anna/twice';
  await anna.request('MKCOL', upload);
  await anna.request('PUT', `${upload}/0`, { body: 'Hallo ' });
  await anna.request('PUT', `${upload}/1`, { body: 'Welt' });
  const sum = createHash('sha1').update('Hallo Welt').digest('hex');
  const asked = { ...desktop, destination: `${anna.home}Gruss.txt`, 'oc-total-length': '10', 'oc-checksum': `SHA1:${sum}` };
  const move = async (headers: Record<string, string>) => anna.request('MOVE', `${upload}/.file`, { headers });
  const statuses = (await Promise.all([move(asked), move(asked)])).map(({ status }) => status);
  assert.deepEqual(statuses.sort(), [201, 204], 'two at the same moment, one file');
  const again = await move(asked);
  assert.equal(again.status, 204);
  assert.equal(again.headers.get('etag'), (await anna.get('Gruss.txt')).headers.get('etag'));
  const other = { ...asked, 'oc-checksum': `SHA1:${sum.replace(/^./, (digit) => (digit === 'f' ? '0' : 'f'))}` };
  for (const headers of [other, { ...asked, 'oc-total-length': '11' }, { ...asked, destination: `${anna.home}Nirgends.txt` }])
    assert.equal((await move(headers)).status, 404);
  assert.equal(await (await anna.get('Gruss.txt')).text(), 'Hallo Welt');
});

test('who waits long for a file to be put together is not cut off as idle', { timeout: 60_000 }, async ({ signal }) => {
  const upload = '/remote.php/dav/uploads/anna/slow';
  await anna.request('MKCOL', upload);
  await anna.request('PUT', `${upload}/0`, { body: 'langsam' });
  const sql = connect(stand.owner, { max: 1 });
  try {
    const { socket, status } = await sql.begin(async (tx) => {
      // Somebody else holds the row: as slow as gigabytes are.
      await tx`select set_config('app.tenant', ${String(people.ellrich)}, true)`;
      const held = await tx`select 1 from files.upload where tenant = ${people.ellrich} for update`;
      assert.ok(held.length > 0);
      const arrived = once(stand.house.app.server, 'request');
      const waiting = anna.status('MOVE', `${upload}/.file`, { destination: `${anna.home}langsam.txt` });
      const [request] = (await arrived) as [IncomingMessage];
      // Nobody is told that a statement waits for a row: the database is asked until one does.
      const waitsForUs = () => tx`select from pg_stat_activity where pg_backend_pid() = any (pg_blocking_pids(pid))`;
      while (!signal.aborted && (await waitsForUs()).length === 0);
      assert.equal(request.socket.timeout, 0, 'no time limit while it waits');
      return { socket: request.socket, status: () => waiting };
    });
    assert.equal(await status(), 201);
    assert.ok(Number(socket.timeout) > 0, 'and one again afterwards');
  } finally {
    await sql.end();
  }
});
