import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readNumber, readSeed } from '../environment.ts';
import { crash } from './crash.ts';

const seconds = readNumber('seconds', 20);
const seed = readSeed();
/** Less would prove nothing. */
const least = { accidents: 5, cuts: 1, done: 50 };

test('what was acknowledged survives kill -9 of any process and bad lines, and nothing is ever half there', async () => {
  const facts = await crash({ seconds, seed, least });
  process.stderr.write(`crash test, seed ${seed}: ${JSON.stringify(facts)}\n`);
  assert.deepEqual(facts.problems, [], `seed ${seed}`);
});
