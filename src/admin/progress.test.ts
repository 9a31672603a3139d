import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ObjectRow, Source } from '#modules/migration';
import { duration, openProgress, progressLine } from './progress.ts';

test('the line says how much, how fast and how long', () => {
  const standing = { objects: 1_234, bytes: 5_600_000_000, total: 12_000_000_000, read: 5_600_000_000, seconds: 70 };
  assert.equal(progressLine(standing), '1234 objects, 5.6 GB of 12 GB (46 %), 80 MB/s, about 80 s left');
  assert.equal(progressLine({ ...standing, total: null }), '1234 objects, 5.6 GB, 80 MB/s');
  assert.equal(progressLine({ ...standing, total: 1 }), '1234 objects, 5.6 GB, 80 MB/s', 'the source has grown');
  assert.equal(progressLine({ objects: 0, bytes: 0, total: 0, read: 0, seconds: 0 }), '0 objects, 0 bytes');
  assert.deepEqual([0.2, 89, 90, 5_400].map(duration), ['1 s', '89 s', '2 min', '2 h']);
});

test('whatever is known, the line says nothing impossible', () => {
  const bytes = fc.nat({ max: 2 ** 50 });
  const standing = fc.record({
    objects: fc.nat(),
    bytes,
    total: fc.option(bytes),
    read: bytes,
    seconds: fc.double({ min: 0, max: 1e6, noNaN: true }),
  });
  fc.assert(
    fc.property(standing, (given) => {
      const line = progressLine(given);
      assert.doesNotMatch(line, /NaN|Infinity|undefined|-\d/);
      assert.ok(Number(/\((\d+) %\)/.exec(line)?.[1] ?? 0) <= 100);
    }),
  );
});

const row = { size: 1_000_000 } as ObjectRow;
const source = {
  measure: async () => 4_000_000,
  open: async () => [new Uint8Array(500_000), new Uint8Array(500_000)],
} as unknown as Source;

/** A screen that keeps what is written, and a clock that goes a second a look. */
function watcher(isTTY: boolean, isWanted = true) {
  const written: string[] = [];
  let seconds = 0;
  const screen = { isTTY, columns: 60, write: (text: string) => written.push(text) };
  return { written, progress: openProgress(screen, isWanted, () => seconds++ * 1_000) };
}

test('on a terminal one line is written over and taken away at the end', async () => {
  const { written, progress } = watcher(true);
  const watched = progress.watch(source);
  const bytes = await Array.fromAsync(await watched.open({} as never));
  assert.equal(bytes.length, 2);
  progress.told(row);
  progress.end();
  assert.equal(written.length, 4);
  for (const line of written) {
    assert.ok(line.startsWith('\r') && line.endsWith('\u001b[K'));
    assert.match(line.slice(1, -3), /^[ -~]{0,59}$/, 'it never becomes a second line');
  }
  assert.match(written[2] ?? '', /1 object, 1 MB of 4 MB \(25 %\), 333\.3 KB\/s, about 9 s/);
  assert.equal(written.at(-1), '\r\u001b[K');
});

test('where nobody watches, and for scripts, nothing is written and nothing measured', () => {
  for (const [isTTY, isWanted] of [
    [false, true],
    [true, false],
  ] as const) {
    const { written, progress } = watcher(isTTY, isWanted);
    assert.equal(progress.watch(source), source);
    progress.told(row);
    progress.end();
    assert.deepEqual(written, []);
  }
});
