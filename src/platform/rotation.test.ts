import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import * as files from '#modules/files';
import { deskOf } from '../../test/desk.ts';
import { settle } from '../../test/people.ts';
import { openStand } from '../../test/stand.ts';
import { openPlatform } from '../house.ts';
import { systemContext } from './context.ts';
import { connect } from './db.ts';
import { OperatorError } from './errors.ts';
import { fingerprint, keyFile, readMasterKeys, rotateKeyFile } from './keys.ts';
import { readKeyStatus, renewTenantKey, rewrapKeys, rewrapSlice } from './rotation.ts';

const stand = await openStand();
const people = await settle(stand);
const anna = deskOf(people.anna);
const { platform } = stand.house;
const { ellrich } = people;
const house = systemContext(platform, ellrich, 'test');
const owner = connect(stand.owner, { max: 1 });
after(() => owner.end());

const old = stand.config.key as Uint8Array;
const open = (key: Uint8Array, earlier: Uint8Array[] = []) =>
  openPlatform({ config: { ...stand.config, key, oldKeys: earlier }, app: stand.app, owner: stand.owner, clock: stand.clock });
const rowsOf = async () =>
  JSON.stringify([
    await owner`select * from platform.instance order by name`,
    await owner`select tenant, id, encode(wrapped, 'hex') as wrapped, wrapped_by from platform.tenant_key order by 1, 2`,
  ]);

for (let index = 0; index < 12; index += 1) await anna.write(`Brief ${index}.txt`, `Inhalt ${index}`);

test('a wrong instance key is one clear sentence, and nothing is touched', async () => {
  const before = await rowsOf();
  const wrong = randomBytes(32);
  const isSentence = (error: unknown) =>
    error instanceof OperatorError && /is not the one this data was encrypted with/.test(error.message);
  await assert.rejects(open(wrong), isSentence);
  assert.equal(await rewrapKeys(stand.owner, { current: wrong, earlier: [] }), 0);
  assert.equal(await rowsOf(), before);
  assert.equal(await anna.read('Brief 3.txt'), 'Inhalt 3');
});

test('a new instance key wraps everything anew at the start, and then the old one is needed no more', async () => {
  const fresh = randomBytes(32);
  const count = await rewrapKeys(stand.owner, { current: fresh, earlier: [old] });
  assert.ok(count >= 2, 'the root secret and the keys of at least one tenant');
  assert.equal(await rewrapKeys(stand.owner, { current: fresh, earlier: [old] }), 0);
  const status = await readKeyStatus(stand.owner);
  assert.deepEqual(
    [status.root, ...status.tenants.flatMap(({ by }) => by)].filter((print) => print !== fingerprint(fresh)),
    [],
  );
  const later = await open(fresh);
  const desk = deskOf({ ...people.anna, platform: later });
  assert.equal(await desk.read('Brief 5.txt'), 'Inhalt 5');
  assert.deepEqual(
    later.keys.derive('audit anchor'),
    platform.keys.derive('audit anchor'),
    'what is derived from the root stays',
  );
  await later.db.close();
  await assert.rejects(open(old), OperatorError);
  await rewrapKeys(stand.owner, { current: old, earlier: [fresh] });
});

test('a process that started before a rotation reads what one that started after it has wrapped', async () => {
  const data = stand.config.data;
  const config = { ...stand.config, key: null };
  await readMasterKeys(config); // makes the file
  writeFileSync(keyFile(data), `${Buffer.from(old).toString('base64')}\n`);
  const before = await openPlatform({ config, app: stand.app, owner: stand.owner, clock: stand.clock });
  await rotateKeyFile(data);
  assert.equal(readFileSync(keyFile(data), 'utf8').trim().split('\n').length, 2);
  const later = await openPlatform({ config, app: stand.app, owner: stand.owner, clock: stand.clock });
  await later.keys.renew(ellrich);
  const desk = deskOf({ ...people.anna, platform: later });
  await desk.write('Danach.txt', 'danach');
  assert.equal(await deskOf({ ...people.anna, platform: before }).read('Danach.txt'), 'danach');
  await rewrapKeys(stand.owner, {
    current: old,
    earlier: (await readMasterKeys(config)).earlier.concat((await readMasterKeys(config)).current),
  });
  await before.db.close();
  await later.db.close();
});

const keyIdOf = (name: string) =>
  readFileSync(join(stand.config.data, 'blobs', String(ellrich), name.split('.')[0]?.slice(-2) ?? '', name));

test('a new tenant key reaches every blob, slice by slice, and the files read as before', async () => {
  const id = await renewTenantKey(house);
  assert.deepEqual((await readKeyStatus(stand.owner)).underWay, [ellrich]);
  let slices = 0;
  for (let after: string | null = ''; after !== null; slices += 1) after = await rewrapSlice(house, after, 0);
  assert.ok(slices > 10, 'every slice goes on where the last one stopped');
  for await (const { name } of platform.blobs.list(ellrich)) {
    const head = keyIdOf(name);
    assert.ok([head.readUInt32BE(28), head.readUInt32BE(92)].includes(id), `${name} is wrapped by the new key`);
  }
  for (let index = 0; index < 12; index += 1) assert.equal(await anna.read(`Brief ${index}.txt`), `Inhalt ${index}`);
  assert.deepEqual((await files.check(house, { isDeep: true })).problems, []);
});
