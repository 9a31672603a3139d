import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as files from '#modules/files';
import { systemContext } from '#platform/context';
import { randomFrom } from '../chaos/random.ts';
import { openStand } from '../stand.ts';
import { openDesk } from './desk.ts';
import type { Step } from './files.ts';
import { describeProgram, makeProgram, shrink } from './programs.ts';

/** The file interface against its model, with random programs of three people. Longer: `npm run torture`. */

const seconds = Number(process.env.MODEL_SECONDS ?? 45);
const seed = Number(process.env.MODEL_SEED ?? Math.floor(Math.random() * 2 ** 31));
const steps = 60;

const stand = await openStand();
const port = await stand.house.listen();
const desk = await openDesk(stand, port);

test('whatever people do, the server does what the model says', async () => {
  let programs = 0;
  for (const end = Date.now() + seconds * 1_000; Date.now() < end; programs += 1) {
    const program = makeProgram(randomFrom(seed + programs), steps);
    const reason = await desk.run(program);
    if (reason === null) continue;
    const small = await shrink(program, (part) => desk.run(part));
    assert.fail(`MODEL_SEED=${seed + programs}: ${small.reason || reason}\n${describeProgram(small.program)}`);
  }
  process.stderr.write(`model: seed ${seed}, ${programs} programs of ${steps} steps\n`);
  const { problems } = await files.check(systemContext(stand.house.platform, desk.tenant, 'test'), { isDeep: false });
  assert.deepEqual(problems, []);
});

test('a program that fails shrinks to the steps it needs', async () => {
  const program = makeProgram(randomFrom(7), 40);
  const needed = [program[3], program[30]] as Step[];
  const fails = async (part: readonly Step[]) => (needed.every((step) => part.includes(step)) ? 'both' : null);
  assert.deepEqual(await shrink(program, fails), { program: needed, reason: 'both' });
});
