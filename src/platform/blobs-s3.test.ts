import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import * as files from '#modules/files';
import { systemContext } from '#platform/context';
import { assertSameBytes } from '../../test/bytes.ts';
import { startCeph } from '../../test/ceph.ts';
import { readWhole } from '../../test/desk.ts';
import { settle } from '../../test/people.ts';
import { openStand } from '../../test/stand.ts';
import { migrationSources, openPlatform, openStore } from '../house.ts';
import { removeReleased, sweepOrphans } from '../modules/files/care.ts';
import { backUp, restoreBackup, verifyBackup } from './backup.ts';
import { headBytes } from './blob-format.ts';
import { byteStoreContract } from './blobs.contract.ts';
import { checkS3, openS3Store } from './blobs-s3.ts';
import { s3Limits } from './blobs-s3-bucket.ts';
import { Failure, OperatorError } from './errors.ts';

const ceph = await startCeph();
after(() => ceph.stop());
const { s3 } = ceph;

const key = (tenant: number) => ({ tenant, name: randomBytes(16).toString('hex') });
const head = () => randomBytes(headBytes);
const isUnavailable = (error: unknown) => error instanceof Failure && error.kind === 'unavailable';

async function put(store: ReturnType<typeof openS3Store>, where: { tenant: number; name: string }, body: Buffer, first = head()) {
  const sink = await store.create(where, first);
  for (let at = 0; at < body.length; at += 2 ** 20) await sink.write([Buffer.from(body.subarray(at, at + 2 ** 20))]);
  await sink.commit();
  return first;
}

async function readAll(store: ReturnType<typeof openS3Store>, where: { tenant: number; name: string }): Promise<Buffer> {
  const object = await store.open(where);
  assert.ok(object);
  return Buffer.concat(await Array.fromAsync(object.blocks(0, await object.size(), 700_000), (block) => Buffer.from(block)));
}

byteStoreContract('Ceph', async () => openS3Store(s3));

test('what one copy may not copy is copied in parts, and has the new head', async () => {
  const five = 5 * 2 ** 20; // the least S3 takes for a part that is not the last
  const store = openS3Store(s3, { ...s3Limits, copyBytes: five, copyPartBytes: five });
  const where = key(20);
  const body = randomBytes(12_000_000);
  await put(store, where, body);
  const second = head();
  await store.replaceHead(where, second);
  assertSameBytes(await readAll(store, where), Buffer.concat([second, body]));
  assert.deepEqual(
    (await Array.fromAsync(store.list(20))).map((entry) => entry.isPartial),
    [false],
  );
});

test('parts grow when there are many, so that their number is enough', async () => {
  const store = openS3Store(s3, { ...s3Limits, partBytes: 5 * 2 ** 20, partsOfOneSize: 1, mostParts: 2 });
  const where = key(20);
  const body = randomBytes(14 * 2 ** 20);
  await put(store, where, body); // 5 MiB, then the rest of up to 10
  assertSameBytes((await readAll(store, where)).subarray(headBytes), body);
  await assert.rejects(put(store, key(20), randomBytes(40 * 2 ** 20)), (error: Failure) => error.kind === 'tooLarge');
});

/** A gateway that breaks off the first so many answers after so many bytes. */
async function openBreaking(breaks: number, afterBytes: number) {
  let left = breaks;
  const { port } = new URL(s3.endpoint);
  const server = createServer((client) => {
    const upstream = connect(Number(port), '127.0.0.1');
    let passed = 0;
    const drop = () => {
      client.destroy();
      upstream.destroy();
    };
    client.on('error', drop).on('close', drop).pipe(upstream);
    upstream
      .on('error', drop)
      .on('close', drop)
      .on('data', (data) => {
        passed += data.length;
        client.write(data);
        if (passed <= afterBytes || left === 0) return;
        left -= 1;
        drop();
      });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    close: () => server.close(),
    left: () => left,
  };
}

test('a reading whose connection breaks is taken up where it broke; too often is an error, never a short answer', async () => {
  const where = key(21);
  const body = randomBytes(9_000_000);
  await put(openS3Store(s3), where, body);
  const twice = await openBreaking(2, 1_000_000);
  assertSameBytes((await readAll(openS3Store({ ...s3, endpoint: twice.endpoint }), where)).subarray(headBytes), body);
  assert.equal(twice.left(), 0);
  twice.close();
  const always = await openBreaking(1_000, 1_000_000);
  await assert.rejects(readAll(openS3Store({ ...s3, endpoint: always.endpoint }), where), isUnavailable);
  always.close();
});

test('a wrong bucket or key stops the start with one sentence; a service that is away does not', async () => {
  await checkS3(s3);
  const isSentence = (pattern: RegExp) => (error: unknown) => error instanceof OperatorError && pattern.test(error.message);
  await assert.rejects(checkS3({ ...s3, bucket: 'anderer' }), isSentence(/There is no bucket anderer/));
  await assert.rejects(checkS3({ ...s3, secretAccessKey: 'falsch' }), isSentence(/refuses the access key/));
  await checkS3({ ...s3, endpoint: 'http://127.0.0.1:1' });
});

const onS3 = {
  RENNSTEIG_S3_ENDPOINT: s3.endpoint,
  RENNSTEIG_S3_BUCKET: s3.bucket,
  RENNSTEIG_S3_REGION: s3.region,
  RENNSTEIG_S3_ACCESS_KEY_ID: s3.accessKeyId,
  RENNSTEIG_S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
};
const stand = await openStand({ settings: onS3 });
const openEmptyOnS3 = () =>
  openStand({ settings: { ...onS3, RENNSTEIG_KEY: Buffer.from(stand.config.key as Uint8Array).toString('base64') } });
const people = await settle(stand);
const { anna, ellrich } = people;
const { blobs } = stand.house.platform;
const house = systemContext(stand.house.platform, ellrich, 'test');

async function upload(name: string, content: Buffer): Promise<files.Entry> {
  const home = await files.readHome(anna);
  await files.writeFile(anna, { folder: home.own, name }, Readable.from([content]), { length: content.length });
  return files.resolvePath(anna, [name]);
}

test('a whole house on S3: upload, download, range, ZIP over WebDAV and the verbs', async () => {
  const content = randomBytes(20_000_000);
  const port = await stand.house.listen();
  const { user, authorization } = await people.appPassword('anna');
  const url = `http://127.0.0.1:${port}/remote.php/dav/files/${user}/Haushalt.bin`;
  const stored = await fetch(url, { method: 'PUT', headers: { authorization }, body: content });
  assert.equal(stored.status, 201);
  const whole = await fetch(url, { headers: { authorization } });
  assertSameBytes(Buffer.from(await whole.arrayBuffer()), content);
  const range = await fetch(url, { headers: { authorization, range: 'bytes=3000000-9999999' } });
  assert.equal(range.status, 206);
  assertSameBytes(Buffer.from(await range.arrayBuffer()), content.subarray(3_000_000, 10_000_000));
  const entry = await files.resolvePath(anna, ['Haushalt.bin']);
  const archive = Buffer.concat(await Array.fromAsync((await files.zip(anna, [entry])) as AsyncIterable<Buffer>));
  assert.ok(archive.includes(content.subarray(1_000, 2_000)) && archive.includes('Haushalt.bin'));
  const sha256 = createHash('sha256').update(content).digest('hex');
  assert.deepEqual(await blobs.verify(ellrich, entry.node.blob as string), { size: content.length, sha256 });
});

test('an upload in pieces becomes one file of parts, and is read across their borders', async () => {
  const content = randomBytes(3_000_000);
  const { own } = await files.readHome(anna);
  const begun = await files.beginUpload(anna, { name: 'stück', folder: own, fileName: 'Plan.pdf', length: content.length });
  await files.append(anna, begun, 0, Readable.from([content.subarray(0, 1_700_000)]));
  await files.append(anna, await files.findUpload(anna, 'stück'), 1_700_000, Readable.from([content.subarray(1_700_000)]));
  await files.completeUpload(anna, await files.findUpload(anna, 'stück'));
  const entry = await files.resolvePath(anna, ['Plan.pdf']);
  const opened = await files.openContent(anna, entry);
  assertSameBytes(
    Buffer.concat(await Array.fromAsync(opened.read(1_600_000, 1_800_000))),
    content.subarray(1_600_000, 1_800_000),
  );
  await opened.close();
});

test('a renewed tenant key re-wraps what lies in S3', async () => {
  const entry = await upload('Notiz.txt', Buffer.from('Rennsteig'));
  await stand.house.platform.keys.renew(ellrich);
  assert.equal(await blobs.rewrap(ellrich, entry.node.blob as string), true);
  assert.equal((await readWhole(anna, entry)).toString(), 'Rennsteig');
});

test('a gateway that is away: an answer that says so, nothing half there, and back by itself', async () => {
  const entry = await upload('Vermerk.txt', Buffer.from('da'));
  const count = async () => (await Array.fromAsync(blobs.list(ellrich))).length;
  const before = await count();
  await ceph.stopGateway();
  await assert.rejects(upload('Neu.txt', Buffer.from('neu')), isUnavailable);
  await assert.rejects(readWhole(anna, entry), isUnavailable);
  await assert.rejects(blobs.check(), isUnavailable);
  await ceph.startGateway();
  assert.equal((await readWhole(anna, entry)).toString(), 'da');
  assert.equal(await count(), before);
});

test('a deleted file goes from the bucket, and unfinished uploads with it', async () => {
  const entry = await upload('Alt.txt', Buffer.from('alt'));
  const blob = entry.node.blob as string;
  const sink = await openS3Store(s3).create({ tenant: ellrich, name: blobs.reserve() }, head());
  await sink.write([randomBytes(9_000_000)]);
  await sink.write([randomBytes(100)]);
  const isThere = async (name: string) => (await Array.fromAsync(blobs.list(ellrich))).some((each) => each.name === name);
  await files.trash(anna, entry);
  const { own } = await files.readHome(anna);
  await files.emptyTrash(anna, own);
  assert.ok(await isThere(blob), 'kept for a day, for backups');
  stand.clock.advance(25 * 3_600);
  await removeReleased(house);
  assert.equal(await isThere(blob), false);
  stand.clock.advance((Date.now() - stand.clock.now().getTime()) / 1000 + 3 * 24 * 3_600); // the store's clock is the real one
  await sweepOrphans(house);
  assert.ok(!(await Array.fromAsync(blobs.list(ellrich))).some((each) => each.isPartial));
});

test('a backup of a house on S3 is restored to a disk, and one of a disk to S3', async () => {
  const root = await mkdtemp(join(tmpdir(), 'rennsteig-test-s3-backup-'));
  after(() => rm(root, { recursive: true, force: true }));
  const RENNSTEIG_KEY = Buffer.from(stand.config.key as Uint8Array).toString('base64');
  const onDisk = await openStand({ settings: { RENNSTEIG_KEY } });
  const sources = migrationSources;
  const part = async ({ owner, config }: typeof stand) => ({ owner, store: await openStore(config), sources });
  const passing = ['files.upload', 'files.upload_part', 'platform.throttle'];
  await backUp({ ...(await part(stand)), passing }, root, { keep: null, keyLines: null });
  await restoreBackup(await part(onDisk), await verifyBackup(root, null, sources));
  const platform = await openPlatform({ config: onDisk.config, app: onDisk.app, owner: onDisk.owner });
  assert.deepEqual((await files.check({ ...house, platform }, { isDeep: true })).problems, []);
  await platform.db.close();

  const again = join(root, 'zurück');
  await backUp({ ...(await part(onDisk)), passing }, again, { keep: null, keyLines: null });
  await blobs.removeTenant(ellrich);
  const { blobs: count } = await restoreBackup(await part(await openEmptyOnS3()), await verifyBackup(again, null, sources));
  assert.ok(count >= 4);
  assert.deepEqual((await files.check(house, { isDeep: true })).problems, []);
  await onDisk.close();
});
