import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readMessage, waitBefore } from './live-connection.ts';

test('waits grow, differ from window to window, and end', () => {
  fc.assert(
    fc.property(fc.nat(1_000), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, chance) => {
      const wait = waitBefore(attempt, chance);
      assert.ok(wait >= 375 && wait <= 75_000);
      assert.ok(waitBefore(attempt + 1, chance) >= wait);
    }),
  );
  assert.notEqual(waitBefore(3, 0.1), waitBefore(3, 0.9));
});

test('messages are read as they are meant, and what is not understood means: look at everything', () => {
  assert.deepEqual(readMessage('{"spaces":[3,4]}'), [3, 4]);
  assert.equal(readMessage('{"notices":true}'), 'notices');
  for (const text of ['', '{}', '{"spaces":null}', '{"spaces":', '[1]', '"x"']) assert.equal(readMessage(text), null, text);
});
