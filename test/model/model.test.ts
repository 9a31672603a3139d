import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomFrom } from '../chaos/random.ts';
import { readNumber, readSeed } from '../environment.ts';
import { makeProgram, shrink } from './programs.ts';
import type { Step } from './step.ts';
import { torment, tormentAtOnce } from './torment.ts';

/** The file interface against its model. Longer, and with everything dying meanwhile: `npm run torture`. */

const seconds = readNumber('seconds', 45);
const seed = readSeed();

test('whatever people do, the server does what the model says', async () => {
  const { programs, failure } = await torment({ seconds, seed });
  process.stderr.write(`model: seed ${seed}, ${programs} programs\n`);
  assert.equal(failure, null, failure ?? '');
  assert.ok(programs > 0);
});

test('whatever several clients do at the same time, some order of it gives what came of it', async () => {
  const { programs, failure } = await tormentAtOnce({ seconds: seconds / 3, seed });
  process.stderr.write(`model, at once: seed ${seed}, ${programs} programs\n`);
  assert.equal(failure, null, failure ?? '');
  assert.ok(programs > 0);
});

test('a program that fails shrinks to the steps it needs', async () => {
  const program = makeProgram(randomFrom(7), 40);
  const needed = [program[3], program[30]] as Step[];
  const fails = async (part: readonly Step[]) => (needed.every((step) => part.includes(step)) ? 'both' : null);
  assert.deepEqual(await shrink(program, fails), { program: needed, reason: 'both' });
});
