import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { giveBack, lend } from './bytes.ts';
import { type Hashing, hashHere } from './hashing.ts';
import { hashApart } from './hashing-apart.ts';

async function feed(hashing: Hashing, pieces: readonly Buffer[]) {
  for (const piece of pieces) await hashing.update(piece);
  return hashing.digest();
}

const expected = (content: Buffer) => ({
  sha256: createHash('sha256').update(content).digest('hex'),
  sha1: createHash('sha1').update(content).digest('hex'),
});

test('both hashes are right here and apart, however the content was cut, several at once', async () => {
  const content = randomBytes(9 * 2 ** 20 + 5);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(content.length), { maxLength: 12 }), async (cuts) => {
      const at = [0, ...cuts.sort((a, b) => a - b), content.length];
      const pieces = at.slice(1).map((end, index) => content.subarray(at[index], end));
      const results = await Promise.all([hashHere(), hashApart(), hashApart()].map((hashing) => feed(hashing, pieces)));
      for (const result of results) assert.deepEqual(result, expected(content));
    }),
    { numRuns: 10 },
  );
  assert.deepEqual(await hashApart().digest(), expected(Buffer.alloc(0)));
});

test('what was given up disturbs nobody', async () => {
  const given = hashApart();
  const content = randomBytes(5 * 2 ** 20);
  const other = feed(hashApart(), [content]);
  await given.update(content);
  given.abandon();
  given.abandon();
  assert.deepEqual(await other, expected(content));
});

test('the caller keeps the bytes that are hashed', async () => {
  const content = randomBytes(2 ** 20);
  const copy = Buffer.from(content);
  await feed(hashApart(), [content]);
  assert.ok(copy.equals(content));
});

test('memory is given back at once, but never what is only a part of something', () => {
  const whole = new Uint8Array(10_000);
  const part = new Uint8Array(new ArrayBuffer(20_000), 0, 10_000);
  const [small, shared] = [new Uint8Array(10), new Uint8Array(new SharedArrayBuffer(10_000))];
  for (const bytes of [whole, part, small, shared]) giveBack(bytes);
  assert.deepEqual(
    [whole, part, small, shared].map((bytes) => bytes.length),
    [0, 10_000, 10, 10_000],
  );
});

test('a lent piece is good until the next one is asked for', async () => {
  const pieces = [1, 2, 3].map((value) => new Uint8Array(5_000).fill(value));
  const seen: number[] = [];
  async function* source() {
    yield* pieces;
  }
  for await (const piece of lend(source())) seen.push(piece.at(-1) as number);
  assert.deepEqual(seen, [1, 2, 3]);
  assert.deepEqual(
    pieces.map((piece) => piece.length),
    [0, 0, 0],
  );
});
