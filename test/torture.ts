import { parseArgs } from 'node:util';
import { crash } from './chaos/crash.ts';
import { torment } from './model/torment.ts';

/**
 * `npm run torture -- --minutes N --seed S`: what `npm test` does for a minute, as long as wanted. Random programs against the
 * model, then clerks whose server dies under them, in turns, each with the next seed. Ends with code 1 at the first thing that
 * is wrong, with the seed and, for a program, the fewest steps that show it.
 */

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
  },
});
const minutes = Number(values.minutes);
const first = Number(values.seed);
/** One turn of each kind. */
const turnSeconds = 60;

async function run(): Promise<string | null> {
  const end = Date.now() + minutes * 60_000;
  for (let seed = first; Date.now() < end; seed += 1_000) {
    const seconds = Math.min(turnSeconds, Math.max(5, (end - Date.now()) / 2_000));
    const { programs, failure } = await torment({ seconds, seed });
    if (failure !== null) return failure;
    process.stderr.write(`seed ${seed}: ${programs} programs as the model says\n`);
    const facts = await crash({ seconds, seed });
    process.stderr.write(`seed ${seed}: ${JSON.stringify(facts)}\n`);
    if (facts.problems.length > 0) return `seed ${seed}: ${JSON.stringify(facts.problems, null, 2)}`;
  }
  return null;
}

if (!(minutes > 0) || !Number.isSafeInteger(first)) {
  process.stderr.write('usage: npm run torture -- --minutes N --seed S\n');
  process.exitCode = 2;
} else {
  const failure = await run();
  process.stderr.write(failure === null ? 'nothing was lost\n' : `${failure}\n`);
  process.exitCode = failure === null ? 0 : 1;
}
