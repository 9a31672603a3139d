import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readNumber } from '../environment.ts';
import { crash } from './crash.ts';

const seconds = readNumber('seconds', 20);
const seed = readNumber('seed', Math.floor(Math.random() * 2 ** 31));

test('what was acknowledged survives kill -9 of any process and bad lines, and nothing is ever half there', async () => {
  const facts = await crash({ seconds, seed });
  process.stderr.write(`crash test, seed ${seed}: ${JSON.stringify(facts)}\n`);
  assert.deepEqual(facts.problems, [], `seed ${seed}`);
  assert.ok(facts.accidents > 0 && facts.cuts > 0 && facts.done > 50, `seed ${seed}: too little happened to prove anything`);
});
