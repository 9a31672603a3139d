import assert from 'node:assert/strict';
import { pbkdf2, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { assertSameBytes } from '../../test/bytes.ts';
import { headBytes } from './blob-format.ts';
import { type ByteStore, shardOf } from './blobs.ts';

const derive = promisify(pbkdf2);

/** What every store of bytes must do; run against the local disk and against a real S3. */
export function byteStoreContract(name: string, open: () => Promise<ByteStore>): void {
  const head = () => randomBytes(headBytes);
  const key = (tenant: number) => ({ tenant, name: randomBytes(16).toString('hex') });

  async function put(store: ByteStore, where: { tenant: number; name: string }, first: Buffer, pieces: readonly Buffer[]) {
    const sink = await store.create(where, first);
    for (const piece of pieces) await sink.write([Buffer.from(piece)]);
    await sink.commit();
  }

  async function readAll(store: ByteStore, where: { tenant: number; name: string }): Promise<Buffer | null> {
    const object = await store.open(where);
    if (!object) return null;
    try {
      return await object.read(0, (await object.size()) + 10);
    } finally {
      await object.close();
    }
  }

  test(`${name}: gives back what was written, head first`, async () => {
    const store = await open();
    for (const sizes of [[], [1], [5, 0, 7], [3_000_000, 9_000_000, 1]]) {
      const where = key(7);
      const first = head();
      const pieces = sizes.map((size) => randomBytes(size));
      await put(store, where, first, pieces);
      assertSameBytes(await readAll(store, where), Buffer.concat([first, ...pieces]));
    }
  });

  test(`${name}: blocks cut the range where the caller wants`, async () => {
    const store = await open();
    const where = key(7);
    const body = randomBytes(2_500_000);
    await put(store, where, head(), [body]);
    const object = await store.open(where);
    assert.ok(object);
    const blocks = await Array.fromAsync(object.blocks(headBytes + 10, headBytes + 2_400_000, 1_000_000), (block) =>
      Buffer.from(block),
    );
    assert.deepEqual(
      blocks.map((block) => block.length),
      [1_000_000, 1_000_000, 399_990],
    );
    assertSameBytes(Buffer.concat(blocks), body.subarray(10, 2_400_000));
    await object.close();
  });

  test(`${name}: what was aborted was never there`, async () => {
    const store = await open();
    const where = key(7);
    const sink = await store.create(where, head());
    await sink.write([randomBytes(10_000_000)]);
    await sink.abort();
    assert.equal(await store.open(where), null);
    const names = (await Array.fromAsync(store.list(7))).map((entry) => entry.name);
    assert.ok(!names.some((found) => found.startsWith(where.name)));
  });

  test(`${name}: aborted in the middle of a write, it leaves other objects alone`, async () => {
    const store = await open();
    const given = key(7);
    const sink = await store.create(given, head());
    // The threads have other things to do: the write has not begun when it is given up.
    const busy = Array.from({ length: 16 }, () => derive('password', 'salt', 100_000, 32, 'sha512'));
    const writing = sink.write([randomBytes(3_000_000)]).catch(() => {}); // it may or may not come to its end
    const aborting = sink.abort();
    const where = { tenant: 7, name: key(7).name.slice(2) + shardOf(given.name) };
    const first = head();
    const body = randomBytes(1_000);
    await put(store, where, first, [body]);
    await Promise.all([...busy, writing, aborting]);
    assertSameBytes(await readAll(store, where), Buffer.concat([first, body]));
  });

  test(`${name}: what was not committed is not seen`, async () => {
    const store = await open();
    const where = key(7);
    const sink = await store.create(where, head());
    await sink.write([randomBytes(100)]);
    assert.equal(await store.open(where), null);
    await sink.commit();
    assert.ok(await readAll(store, where));
  });

  test(`${name}: replaces a head and leaves the rest`, async () => {
    const store = await open();
    const where = key(7);
    const body = randomBytes(1_000);
    const second = head();
    await put(store, where, head(), [body]);
    await store.replaceHead(where, second);
    assertSameBytes(await readAll(store, where), Buffer.concat([second, body]));
  });

  test(`${name}: removes one object, then the tenant, and nothing of another tenant`, async () => {
    const store = await open();
    const [mine, mineToo, other] = [key(8), key(8), key(9)];
    for (const where of [mine, mineToo, other]) await put(store, where, head(), [randomBytes(10)]);
    await store.remove(mine);
    await store.remove(mine);
    assert.equal(await store.open(mine), null);
    assert.deepEqual(
      (await Array.fromAsync(store.list(8))).map((entry) => [entry.name, entry.isPartial]),
      [[mineToo.name, false]],
    );
    await store.removeTenant(8);
    assert.deepEqual(await Array.fromAsync(store.list(8)), []);
    assert.ok(await readAll(store, other));
  });

  test(`${name}: reads as much as there is, and nothing of what is not there`, async () => {
    const store = await open();
    const where = key(7);
    await put(store, where, head(), [Buffer.from('Ellrich')]);
    const object = await store.open(where);
    assert.ok(object);
    assert.equal((await object.read(headBytes + 3, 100)).toString(), 'rich');
    assert.equal((await object.read(headBytes + 100, 100)).length, 0);
    await object.close();
    assert.equal(await store.open(key(7)), null);
  });

  test(`${name}: lists shard by shard, unfinished objects in their place, which can be removed by the name they are listed with`, async () => {
    const store = await open();
    const names = ['1100', '11aa', '22aa', '00bb'].map((end) => `${randomBytes(14).toString('hex')}${end}`);
    for (const each of names) await put(store, { tenant: 10, name: each }, head(), [randomBytes(3)]);
    const unfinished = await store.create({ tenant: 10, name: `${names[1]}.7` }, head());
    await unfinished.write([randomBytes(9_000_000)]);
    await unfinished.write([randomBytes(9_000_000)]);
    const entries = await Array.fromAsync(store.list(10));
    const shard = (entry: { name: string }) => (entry.name.split('.')[0] as string).slice(-2);
    const sorted = entries.toSorted((a, b) => (`${shard(a)}/${a.name}` < `${shard(b)}/${b.name}` ? -1 : 1));
    assert.deepEqual(entries, sorted);
    assert.deepEqual(
      entries.filter((entry) => !entry.isPartial).map(({ name: found, size }) => [found, size]),
      [names[0], ...[names[1], names[2]].sort(), names[3]].map((found) => [found, headBytes + 3]),
    );
    const [partial, ...others] = entries.filter((entry) => entry.isPartial);
    assert.ok(partial && others.length === 0);
    assert.ok(partial.name.startsWith(`${names[1]}.7`));
    assert.ok(Math.abs(partial.modified.getTime() - Date.now()) < 60_000);
    await store.remove({ tenant: 10, name: partial.name });
    assert.equal((await Array.fromAsync(store.list(10))).length, names.length);
    await unfinished.abort();
    await store.removeTenant(10);
  });

  test(`${name}: many objects at once, and each is its own`, async () => {
    const store = await open();
    const all = Array.from({ length: 40 }, (_, index) => ({ where: key(11), body: randomBytes(index * 1_000) }));
    await Promise.all(all.map(({ where, body }) => put(store, where, head(), [body])));
    for (const { where, body } of all) assertSameBytes((await readAll(store, where))?.subarray(headBytes) ?? null, body);
    await store.removeTenant(11);
    assert.deepEqual(await Array.fromAsync(store.list(11)), []);
  });

  test(`${name}: says that it can be used`, async () => {
    await (await open()).check();
  });
}
