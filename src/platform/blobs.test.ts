import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import fc from 'fast-check';
import { assertSameBytes } from '../../test/bytes.ts';
import { openStand } from '../../test/stand.ts';
import { chunkBytes } from './blob-format.ts';
import { Failure } from './errors.ts';

const stand = await openStand();
const { blobs, keys } = stand.house.platform;
const limits = { maxBytes: 2 ** 30, tooLarge: () => new Failure('tooLarge', 'platform.tooLarge', { limit: 2 ** 30 }) };
const tenant = 5;

const isDamaged = (error: unknown) => error instanceof Failure && error.kind === 'damaged';
const pathOf = (id: string) => join(stand.config.data, 'blobs', String(tenant), id.slice(-2), id);

async function readRange(id: string, start: number, end: number): Promise<Buffer> {
  const reader = await blobs.open(tenant, id);
  try {
    return Buffer.concat(await Array.fromAsync(reader.read(start, end)));
  } finally {
    await reader.close();
  }
}

test('any content comes back whole and in ranges, however it was cut on the way in', async () => {
  const sizes = [0, 1, 65_536, chunkBytes - 1, chunkBytes, chunkBytes + 1, 3 * chunkBytes + 17];
  for (const size of sizes) {
    const content = randomBytes(size);
    const pieces = [content.subarray(0, size >> 2), content.subarray(size >> 2, size >> 1), content.subarray(size >> 1)];
    const stored = await blobs.write(tenant, Readable.from(pieces), limits);
    assert.equal(stored.size, size);
    assert.equal(stored.sha256, createHash('sha256').update(content).digest('hex'));
    assert.equal(stored.sha1, createHash('sha1').update(content).digest('hex'));
    assertSameBytes(await readRange(stored.id, 0, size), content);
    if (size <= chunkBytes) assertSameBytes(await blobs.readSmall(tenant, stored.id, size), content);
    await fc.assert(
      fc.asyncProperty(fc.nat(size), fc.nat(size), async (a, b) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b)];
        assertSameBytes(await readRange(stored.id, start, end), content.subarray(start, end));
      }),
      { numRuns: 10 },
    );
    assert.deepEqual(await blobs.verify(tenant, stored.id), { size, sha256: stored.sha256 });
  }
});

test('large content is hashed apart, and what is too large leaves nothing behind', async () => {
  const content = randomBytes(20_000_000);
  const cut = () => Readable.from([0, 1, 2, 3].map((turn) => content.subarray(turn * 5_000_000, (turn + 1) * 5_000_000)));
  const stored = await blobs.write(tenant, cut(), { ...limits, announced: content.length });
  assert.equal(stored.sha256, createHash('sha256').update(content).digest('hex'));
  assert.equal(stored.sha1, createHash('sha1').update(content).digest('hex'));
  assert.deepEqual(await blobs.verify(tenant, stored.id), { size: content.length, sha256: stored.sha256 });
  const before = (await Array.fromAsync(blobs.list(tenant))).length;
  const tooSmall = { ...limits, maxBytes: 12_000_000, announced: content.length };
  await assert.rejects(blobs.write(tenant, cut(), tooSmall), (error) => error instanceof Failure && error.kind === 'tooLarge');
  assert.equal((await Array.fromAsync(blobs.list(tenant))).length, before);
});

test('nothing of the content stands readable on the disk', async () => {
  const secret = Buffer.from('Vertraulich: Haushaltsentwurf 2027 der Stadt Ellrich. '.repeat(100));
  const { id } = await blobs.write(tenant, Readable.from([secret]), limits);
  assert.ok(!readFileSync(pathOf(id)).includes('Haushalt'));
});

test('one flipped bit anywhere is an error, never wrong bytes', async () => {
  const content = randomBytes(chunkBytes + 500);
  const { id } = await blobs.write(tenant, Readable.from([content]), limits);
  const whole = readFileSync(pathOf(id));
  // A flip in the second, empty key slot or in the padding of the head changes nothing that is read.
  const [slotEnd, bodyStart] = [28 + 64, 256];
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(7), async (position, bit) => {
      fc.pre(position < slotEnd || position >= bodyStart);
      const changed = Buffer.from(whole);
      changed[position] = (changed[position] as number) ^ (1 << bit);
      writeFileSync(pathOf(id), changed);
      await assert.rejects(blobs.verify(tenant, id), isDamaged);
    }),
    { numRuns: 60 },
  );
  for (const changed of [
    whole.subarray(0, -1),
    whole.subarray(0, chunkBytes),
    Buffer.concat([whole, Buffer.alloc(1)]),
    Buffer.alloc(0),
  ]) {
    writeFileSync(pathOf(id), changed);
    await assert.rejects(blobs.verify(tenant, id), isDamaged);
  }
});

test('a list of parts is never taken for content, nor content for a list', async () => {
  const composed = blobs.reserve();
  await blobs.writePart(tenant, composed, 0, Readable.from([randomBytes(100)]), limits);
  await blobs.compose(tenant, composed, [{ index: 0, size: 100 }]);
  const { id: plain } = await blobs.write(tenant, Readable.from([Buffer.from('[[0,100]]')]), limits);
  for (const id of [composed, plain]) {
    const head = readFileSync(pathOf(id));
    head[6] = (head[6] as number) ^ 1;
    writeFileSync(pathOf(id), head);
    await assert.rejects(blobs.open(tenant, id), isDamaged);
  }
});

test('a blob put in the place of another one is found out', async () => {
  const [one, two] = await Promise.all([1, 2].map(() => blobs.write(tenant, Readable.from([randomBytes(100)]), limits)));
  assert.ok(one && two);
  writeFileSync(pathOf(one.id), readFileSync(pathOf(two.id)));
  await assert.rejects(blobs.readSmall(tenant, one.id, 100), isDamaged);
});

test('parts become one blob without being copied, and go with it', async () => {
  const id = blobs.reserve();
  const parts = [randomBytes(3_000_000), randomBytes(1), randomBytes(2 * chunkBytes)];
  const stored = [];
  for (const [index, part] of parts.entries())
    stored.push(await blobs.writePart(tenant, id, index, Readable.from([part]), limits));
  await blobs.compose(
    tenant,
    id,
    stored.map(({ size }, index) => ({ index, size })),
  );
  const whole = Buffer.concat(parts);
  assertSameBytes(await readRange(id, 0, whole.length), whole);
  assertSameBytes(await readRange(id, 2_999_999, 3_000_003), whole.subarray(2_999_999, 3_000_003));
  assert.equal((await blobs.verify(tenant, id)).sha256, createHash('sha256').update(whole).digest('hex'));
  await blobs.remove(tenant, id);
  const left = await Array.fromAsync(blobs.list(tenant));
  assert.ok(!left.some((entry) => entry.name.startsWith(id)));
});

test('a stream that breaks or is too long leaves nothing behind', async () => {
  const count = async () => (await Array.fromAsync(blobs.list(tenant))).length;
  const before = await count();
  async function* breaking() {
    yield randomBytes(2_000_000);
    throw new Error('the client went away');
  }
  await assert.rejects(blobs.write(tenant, breaking(), limits), /went away/);
  const small = { ...limits, maxBytes: 10 };
  await assert.rejects(
    blobs.write(tenant, Readable.from([randomBytes(11)]), small),
    (error: Failure) => error.kind === 'tooLarge',
  );
  assert.equal(await count(), before);
});

test('a renewed tenant key re-wraps blobs, and both generations stay readable', async () => {
  const content = randomBytes(1_000);
  const old = await blobs.write(tenant, Readable.from([content]), limits);
  const before = readFileSync(pathOf(old.id));
  await keys.renew(tenant);
  const fresh = await blobs.write(tenant, Readable.from([content]), limits);
  assertSameBytes(await blobs.readSmall(tenant, old.id, 1_000), content);
  assert.equal(await blobs.rewrap(tenant, old.id), true);
  assert.equal(await blobs.rewrap(tenant, old.id), false);
  assert.equal(await blobs.rewrap(tenant, fresh.id), false);
  assertSameBytes(await blobs.readSmall(tenant, old.id, 1_000), content);
  assertSameBytes(readFileSync(pathOf(old.id)).subarray(256), before.subarray(256), 'only the head was written');
});

test('a blob of one tenant cannot be opened as another tenant', async () => {
  const { id } = await blobs.write(tenant, Readable.from([randomBytes(10)]), limits);
  await assert.rejects(blobs.readSmall(tenant + 1, id, 10), isDamaged);
});
