import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import fc from 'fast-check';
import { readTar, type TarEntry, writeTar } from './tar.ts';

async function* entriesOf(all: readonly (readonly [string, Buffer])[]): AsyncGenerator<TarEntry> {
  for (const [name, content] of all) yield { name, isDirectory: name.endsWith('/'), size: content.length, content: [content] };
}

/** The archive, cut into pieces of that size. */
async function archiveOf(all: readonly (readonly [string, Buffer])[], pieceBytes: number): Promise<Buffer[]> {
  const whole = Buffer.concat(await Array.fromAsync(writeTar(entriesOf(all))));
  const count = Math.ceil(whole.length / pieceBytes);
  return Array.from({ length: count }, (_, index) => whole.subarray(index * pieceBytes, (index + 1) * pieceBytes));
}

test('what is written is read, however the stream is cut', async () => {
  const entry = fc.tuple(fc.stringMatching(/^[a-z0-9_]{1,30}$/), fc.uint8Array({ maxLength: 2_000 }));
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { maxLength: 6 }), fc.integer({ min: 1, max: 3_000 }), async (all, pieceBytes) => {
      const given = all.map(([name, content]) => [name, Buffer.from(content)] as const);
      const found: [string, Buffer][] = [];
      for await (const { name, content } of readTar(Readable.from(await archiveOf(given, pieceBytes))))
        found.push([name, Buffer.concat(await Array.fromAsync(content))]);
      assert.deepEqual(found, given);
    }),
    { numRuns: 50 },
  );
});

test('every tar reads it; content nobody takes is passed over; a short one is an error', async () => {
  const all = [
    ['base/', Buffer.alloc(0)],
    ['base/1', randomBytes(700)],
    ['PG_VERSION', Buffer.from('18\n')],
  ] as const;
  const whole = Buffer.concat(await archiveOf(all, 10_000));
  assert.equal(execFileSync('tar', ['-t'], { input: whole, encoding: 'utf8' }), 'base/\nbase/1\nPG_VERSION\n');
  assert.equal(execFileSync('tar', ['-xO', 'PG_VERSION'], { input: whole, encoding: 'utf8' }), '18\n');
  const names = (source: Buffer) => Array.fromAsync(readTar(Readable.from([source])), ({ name }) => name);
  assert.deepEqual(await names(whole), ['base/', 'base/1', 'PG_VERSION']);
  await assert.rejects(names(whole.subarray(0, 1_500)), /ends too early/);
});
