import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import * as files from '#modules/files';
import { systemContext } from '#platform/context';
import { connect } from '../../src/platform/db.ts';
import { davClient } from '../dav.ts';
import { settle } from '../people.ts';
import { openStand } from '../stand.ts';

/** The database says that it is not well, in every way it can, while somebody reads and writes. */

const stand = await openStand();
const people = await settle(stand);
const anna = davClient(await stand.house.listen(), await people.appPassword('anna'));
const owner = connect(stand.owner, { max: 1 });
after(() => owner.end());

/** Conditions of the classes 53, 57 and 58, as a statement can be answered with them. */
const codes = [
  ...['53000', '53100', '53200', '53300', '53400'],
  ...['57000', '57014', '57P01', '57P02', '57P03', '57P04', '57P05'],
  ...['58000', '58030', '58P01', '58P02'],
];

/** From now on every change of a file's row is answered with this code, and with none after `heal`. */
async function fail(code: string): Promise<void> {
  await owner.unsafe(`create or replace function files.fall_ill() returns trigger language plpgsql as $$
    begin raise exception 'not well' using errcode = '${code}'; end $$`);
  await owner.unsafe(
    'create or replace trigger ill before insert or update or delete on files.node execute function files.fall_ill()',
  );
}

const heal = () => owner.unsafe('drop trigger ill on files.node');

const requests = {
  write: () => anna.put('Brief.txt', 'geändert'),
  create: () => anna.put('Neu.txt', 'neu'),
  folder: () => anna.request('MKCOL', 'Ordner'),
  move: () => anna.request('MOVE', 'Brief.txt', { headers: { destination: `${anna.home}Fort.txt` } }),
  copy: () => anna.request('COPY', 'Brief.txt', { headers: { destination: `${anna.home}Zweitschrift.txt` } }),
  remove: () => anna.request('DELETE', 'Brief.txt'),
} as const;

test('whatever the database complains of, clients are told to come again or that there is no room, and nothing is half done', async () => {
  assert.equal((await anna.put('Brief.txt', 'wie er war')).status, 201);
  const listing = async () =>
    (await anna.propfind('', ['oc:fileid', 'd:getetag', 'oc:size'], '1')).map((entry) => JSON.stringify(entry));
  const before = await listing();
  for (const code of codes) {
    await fail(code);
    for (const [name, ask] of Object.entries(requests)) {
      const answer = await ask();
      const body = await answer.text();
      assert.equal(answer.status, code === '53100' ? 507 : 503, `${name} at ${code}: ${body}`);
      assert.equal(Number(answer.headers.get('retry-after')) > 0, code !== '53100', `${name} at ${code}`);
      assert.doesNotMatch(body, /not well|files\.|errcode|plpgsql/);
    }
    await heal();
    assert.deepEqual(await listing(), before, code);
  }
  assert.equal(await (await anna.get('Brief.txt')).text(), 'wie er war');
  const { problems } = await files.check(systemContext(stand.house.platform, people.ellrich, 'test'), { isDeep: true });
  assert.deepEqual(problems, []);
});

test('a look is answered the same way', async () => {
  await owner.unsafe('alter function files.follow_path rename to follow_path_well');
  for (const code of codes) {
    await owner.unsafe(`create or replace function files.follow_path(
        in_tenant integer, in_account bigint, in_principals bigint[], in_names text[], in_keys text[], in_mount_keys text[])
      returns table (node files.node, space files.space, role text) language plpgsql stable as $$
      begin raise exception 'not well' using errcode = '${code}'; end $$`);
    for (const method of ['GET', 'HEAD', 'PROPFIND']) {
      const answer = await anna.request(method, 'Brief.txt', { headers: { depth: '0' } });
      await answer.arrayBuffer();
      assert.equal(answer.status, code === '53100' ? 507 : 503, `${method} at ${code}`);
    }
  }
  await owner.unsafe('drop function files.follow_path');
  await owner.unsafe('alter function files.follow_path_well rename to follow_path');
  assert.equal((await anna.get('Brief.txt')).status, 200);
  await owner.end(); // before the database goes
});
