import { readFileSync } from 'node:fs';
import { run as runFiles } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { crash } from './chaos/crash.ts';
import { readProgram } from './model/programs.ts';
import { replay, torment, tormentAtOnce } from './model/torment.ts';

/**
 * `npm run torture -- --minutes N --seed S` (or `--replay FILE`): what `npm test` does for a minute, as long as wanted. Random programs against the
 * model, clerks whose server dies under them, and every other way to do it harm in its long form, in turns, each with the next seed. Ends with code 1 at the first thing that
 * is wrong, with the seed and, for a program, the fewest steps that show it.
 */

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    /** A file with a program of several clients, as a failure prints it. */
    replay: { type: 'string' },
  },
});
const minutes = Number(values.minutes);
const first = Number(values.seed);
/** How long model and clerks have in each turn. */
const turnSeconds = 60;
/** How often a program is repeated: what it shows may depend on which of two requests is faster. */
const replays = 200;

/** What else does it harm, one file after the other, with how much of it there is in the long form. */
const harms: readonly (readonly [file: string, ...more: string[]])[] = [
  ['power', '--cuts', '8'],
  ['bad-disk', '--steps', '1500'],
  ['disk-full'],
  ['clock', '--programs', '12'],
  ['bad-gateway', '--rounds', '4'],
  ['slow'],
  ['operations'],
];

/** Null when all went well. */
async function harm([name, ...more]: (typeof harms)[number], seed: number): Promise<string | null> {
  const file = fileURLToPath(new URL(`./chaos/${name}.test.ts`, import.meta.url));
  const problems: string[] = [];
  const events = runFiles({ files: [file], concurrency: 1, argv: ['--seed', String(seed), ...more] });
  events.on('test:fail', ({ name: test, details: { error } }) => {
    const cause = error.cause instanceof Error ? error.cause : error;
    problems.push(`${test}: ${cause.stack ?? cause.message}`);
  });
  events.on('test:stderr', ({ message }) => process.stderr.write(message));
  for await (const _event of events);
  return problems.length === 0 ? null : `${name} ${more.join(' ')} --seed ${seed}: ${problems.join('\n')}`;
}

async function run(): Promise<string | null> {
  const end = Date.now() + minutes * 60_000;
  // The seed says with which harm it begins too: short runs with different seeds do different ones.
  for (let [seed, turn] = [first, first % harms.length]; Date.now() < end; seed += 1_000, turn += 1) {
    const seconds = Math.min(turnSeconds, Math.max(5, (end - Date.now()) / 2_000));
    for (const each of [torment, tormentAtOnce]) {
      const { programs, failure } = await each({ seconds, seed });
      if (failure !== null) return failure;
      process.stderr.write(`seed ${seed}: ${programs} programs as the model says\n`);
    }
    const facts = await crash({ seconds, seed });
    process.stderr.write(`seed ${seed}: ${JSON.stringify(facts)}\n`);
    if (facts.problems.length > 0) return `seed ${seed}: ${JSON.stringify(facts.problems, null, 2)}`;
    const kind = harms[turn % harms.length] as (typeof harms)[number];
    const failed = Date.now() < end ? await harm(kind, seed) : null;
    if (failed !== null) return failed;
    process.stderr.write(`seed ${seed}: ${kind.join(' ')} survived\n`);
  }
  return null;
}

if (!(minutes > 0) || !Number.isSafeInteger(first)) {
  process.stderr.write('usage: npm run torture -- --minutes N --seed S\n');
  process.exitCode = 2;
} else {
  const failure =
    values.replay === undefined ? await run() : await replay(readProgram(readFileSync(values.replay, 'utf8')), replays);
  process.stderr.write(failure === null ? 'nothing was lost\n' : `${failure}\n`);
  process.exitCode = failure === null ? 0 : 1;
}
