import assert from 'node:assert/strict';

/** Compares bytes; says where they differ instead of printing megabytes. */
export function assertSameBytes(actual: Uint8Array | null, expected: Uint8Array, what = 'bytes'): void {
  assert.ok(actual, `${what}: nothing there`);
  assert.equal(actual.length, expected.length, `${what}: length`);
  const position = actual.findIndex((byte, index) => byte !== expected[index]);
  assert.equal(position, -1, `${what}: first difference at byte ${position}`);
}
