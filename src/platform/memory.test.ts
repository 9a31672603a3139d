import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shortMemory } from './memory.ts';

const at = (milliseconds: number) => new Date(milliseconds);

test('an answer is believed until its time is over, counted from the question', async () => {
  const memory = shortMemory<string, number>({ seconds: 0.5, most: 10 });
  let asked = 0;
  const load = async () => ++asked;
  assert.equal(await memory.recall('a', at(1_000), load), 1);
  assert.equal(await memory.recall('a', at(1_499), load), 1);
  assert.equal(await memory.recall('a', at(1_500), load), 2);
});

test('a clock that jumps back does not lengthen a memory', async () => {
  const memory = shortMemory<string, number>({ seconds: 0.5, most: 10 });
  let asked = 0;
  const load = async () => ++asked;
  await memory.recall('a', at(10_000), load);
  assert.equal(await memory.recall('a', at(9_999), load), 2);
});

test('whoever asks while it is loading waits for the same answer', async () => {
  const memory = shortMemory<string, string>({ seconds: 0.5, most: 10 });
  const { promise, resolve } = Promise.withResolvers<string>();
  const answers = [1, 2, 3].map((offset) => memory.recall('a', at(offset), () => promise));
  resolve('once');
  assert.deepEqual(await Promise.all(answers), ['once', 'once', 'once']);
  assert.equal(memory.size, 1);
});

test('it stays bounded, and neither failures nor worthless answers stay in it', async () => {
  const memory = shortMemory<number, number | null>({ seconds: 60, most: 3, isWorthIt: (value) => value !== null });
  for (let key = 0; key < 10; key += 1) await memory.recall(key, at(key), async () => key);
  assert.equal(memory.size, 3);
  await memory.recall(9, at(11), async () => assert.fail('the newest is still known'));
  await memory.recall(100, at(12), async () => null);
  await assert.rejects(memory.recall(101, at(12), () => Promise.reject(new Error('away'))));
  assert.equal(await memory.recall(100, at(13), async () => 7), 7);
  assert.equal(await memory.recall(101, at(13), async () => 8), 8);
});
