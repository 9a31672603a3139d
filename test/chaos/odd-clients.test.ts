import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as files from '#modules/files';
import { systemContext } from '#platform/context';
import { davClient } from '../dav.ts';
import { settle } from '../people.ts';
import { openStand } from '../stand.ts';

/** Clients nobody has met, and two that never agree. */

const stand = await openStand();
const people = await settle(stand);
const port = await stand.house.listen();
const [anna, again] = [davClient(port, await people.appPassword('anna')), davClient(port, await people.appPassword('anna'))];

test('a client of a version nobody knows, or of none, is served like any other', async () => {
  for (const [index, agent] of [
    'Mozilla/5.0 (Linux) mirall/99.9.9 (Nextcloud, ubuntu-30.04 ClientArchitecture: riscv)',
    'Mozilla/5.0 (Windows) mirall/0.1',
    'Mozilla/5.0 (Android) Nextcloud-android/',
    'x'.repeat(2_000),
    '',
  ].entries()) {
    const headers = { 'user-agent': agent };
    const name = `fremd ${index}.txt`;
    assert.equal((await anna.put(name, 'Inhalt', headers)).status, 201, agent);
    assert.equal((await anna.request('PROPFIND', '', { headers: { ...headers, depth: '1' } })).status, 207, agent);
    assert.equal(await (await anna.request('GET', name, { headers })).text(), 'Inhalt');
    const shown = await fetch(`http://127.0.0.1:${port}/status.php`, { headers });
    assert.equal(((await shown.json()) as { installed: boolean }).installed, true);
    const path = '/ocs/v2.php/cloud/capabilities?format=json';
    assert.equal((await anna.request('GET', path, { headers: { ...headers, 'ocs-apirequest': 'true' } })).status, 200, agent);
  }
});

const turns = 120;
const size = 20_000;
const quota = 500_000;

test('a sync loop, in which two clients put back what the other has just changed, ends at the quota and costs nobody else', async () => {
  await files.createSpace(people.dora, { name: 'Streit', quota }, [{ principal: people.id.anna, role: 'editor' }]);
  const bytes = [new Uint8Array(size).fill(1), new Uint8Array(size).fill(2)];
  const answers: number[] = [];
  let etag = '';
  for (let turn = 0; turn < turns; turn += 1) {
    const client = turn % 2 === 0 ? anna : again;
    const condition: Record<string, string> = etag === '' ? {} : { 'if-match': etag };
    const answer = await client.put('Streit/Plan.bin', bytes[turn % 2] as Uint8Array<ArrayBuffer>, condition);
    await answer.arrayBuffer();
    answers.push(answer.status);
    if (answer.status < 300) etag = answer.headers.get('etag') ?? '';
    const { status } = await client.put('Streit/Plan.bin', 'veraltet', { 'if-match': '"alt"' });
    assert.ok(status === 412 || status === 507, `an old state wins nothing: ${status}`);
  }
  assert.deepEqual([...new Set(answers)].sort(), [201, 204, 507]);
  const [folder] = await anna.propfind('Streit', ['d:quota-used-bytes'], '0');
  const used = Number(folder?.found['d:quota-used-bytes']);
  assert.ok(used <= quota && used % size === 0, String(used));
  const last = answers.lastIndexOf(204);
  const content = new Uint8Array(await (await anna.get('Streit/Plan.bin')).arrayBuffer());
  assert.deepEqual(content, bytes[last % 2], 'what was acknowledged last is there');
  assert.equal((await anna.put('daneben.txt', 'x')).status, 201);
  const ctx = systemContext(stand.house.platform, people.ellrich, 'test');
  assert.deepEqual((await files.check(ctx, { isDeep: false })).problems, []);
});
