import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as files from '#modules/files';
import { connect } from '#platform/db';
import { Failure } from '#platform/errors';
import { davClient } from '../../../test/dav.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { withFound } from './resource.ts';

/** Two at the same place at the same moment; the model of several clients (test/model) found what is held here. */

const stand = await openStand();
const people = await settle(stand);
const port = await stand.house.listen();
const anna = davClient(port, await people.appPassword('anna'));
const bernd = davClient(port, await people.appPassword('bernd'));

test('what lies at a place by the time of the deed is meant, also when it is another thing than at the look', async () => {
  const gone = new Failure('notFound', 'platform.notFound');
  const moved = new Failure('conflict', 'files.movedMeanwhile');
  const things = ['deleted', 'moved', 'there'];
  const find = async () => things.shift() as string;
  const act = async (thing: string) => {
    if (thing !== 'there') throw thing === 'deleted' ? gone : moved;
    return thing;
  };
  assert.equal(await withFound(find, act), 'there');
  const nothing = async () => Promise.reject(gone);
  await assert.rejects(withFound(nothing, act), gone, 'nothing is there: it is not looked for again');
  let looks = 0;
  const flickering = async () => {
    looks += 1;
    return 'moved';
  };
  await assert.rejects(withFound(flickering, act), moved);
  assert.equal(looks, 5);
  const full = new Failure('quotaExceeded', 'files.spaceFull');
  await assert.rejects(
    withFound(find, () => Promise.reject(full)),
    full,
  );
});

const exclusive =
  '<d:lockinfo xmlns:d="DAV:"><d:lockscope><d:exclusive/></d:lockscope><d:locktype><d:write/></d:locktype></d:lockinfo>';
const lock = (client: typeof anna, path: string) => client.request('LOCK', path, { body: exclusive });

test('whoever may not lock leaves no empty file behind', async () => {
  await files.createSpace(people.dora, { name: 'Briefkasten' }, [{ principal: people.id.bernd, role: 'uploader' }]);
  assert.equal((await lock(bernd, 'Briefkasten/Leer.txt')).status, 403);
  assert.equal(await bernd.status('GET', 'Briefkasten/Leer.txt'), 404);
});

test('a file that is made to be locked is there with its lock, or not at all', { timeout: 60_000 }, async ({ signal }) => {
  const behind = connect(stand.owner, { max: 2 });
  const holder = await behind.reserve();
  await holder.unsafe('begin; lock table files.lock in share row exclusive mode');
  const locked = lock(anna, 'Gesperrt.txt');
  const waits = async () =>
    (await behind`select from pg_locks where not granted and relation = 'files.lock'::regclass`).length > 0;
  while (!signal.aborted && !(await waits())); // the database tells nobody who waits
  assert.equal(await anna.status('GET', 'Gesperrt.txt'), 404, 'made, but not yet locked');
  await holder.unsafe('rollback');
  holder.release();
  await behind.end();
  assert.equal((await locked).status, 201);
  assert.equal(await anna.status('PUT', 'Gesperrt.txt'), 423);

  assert.equal(await anna.status('MKCOL', 'Ordner'), 201);
  const above = await lock(anna, 'Ordner');
  const tokens = { if: `<${anna.home}Ordner/> (${above.headers.get('lock-token')})` };
  const below = await anna.request('LOCK', 'Ordner/Neu.txt', { body: exclusive, headers: tokens });
  assert.equal(below.status, 423, 'an exclusive lock on the folder allows no other');
  assert.equal(await anna.status('GET', 'Ordner/Neu.txt'), 404);
});

test('of many who lock a place where nothing is, and one who makes a folder there, one has the lock and none hears nonsense', async () => {
  for (let round = 0; round < 5; round += 1) {
    const locks = [1, 2, 3].map(async () => (await lock(anna, `Platz${round}`)).status);
    const answers = await Promise.all([...locks, anna.status('MKCOL', `Platz${round}`)]);
    const folder = answers.pop() as number;
    assert.equal(answers.filter((status) => status === 200 || status === 201).length, 1, answers.join());
    assert.equal(answers.filter((status) => status === 423).length, 2, answers.join());
    assert.ok([201, 405].includes(folder), String(folder));
  }
});
