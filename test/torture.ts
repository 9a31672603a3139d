import { readFileSync } from 'node:fs';
import { run as runFiles } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { crash } from './chaos/crash.ts';
import { readProgram } from './model/programs.ts';
import { replay, torment, tormentAtOnce } from './model/torment.ts';

/**
 * `npm run torture -- --minutes N --seed S`: what `npm test` does for a minute, as long as wanted. Random programs against the model, clerks
 * whose server dies under them, and every other way to do it harm in its long form, in turns, each with the next seed. `--only NAME`
 * does only one of them (`model`, `at-once`, `crash`, or a harm below). Ends with code 1 at the first thing that is wrong, with the seed and, for a
 * program, the fewest steps that show it. `--replay FILE` runs such a program once more, and makes it smaller where it can.
 */

const options = {
  minutes: { type: 'string', default: '10' },
  seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
  /** The one thing to do, again and again. */
  only: { type: 'string' },
  /** A file with a program, as a failure prints it. */
  replay: { type: 'string' },
} as const;

/** What it is asked to do; null when that is nothing it knows. */
function readCommand() {
  try {
    return parseArgs({ options }).values;
  } catch {
    return null;
  }
}

const { minutes: length, seed: number, only, replay: saved } = readCommand() ?? { minutes: '', seed: '' };
const minutes = Number(length);
const first = Number(number);
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
  ['unwell-database'],
  ['jobs'],
  ['applicant'],
  ['applicant-http'],
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
  if (problems.length > 0) return `${name} ${more.join(' ')} --seed ${seed}: ${problems.join('\n')}`;
  process.stderr.write(`seed ${seed}: ${[name, ...more].join(' ')} survived\n`);
  return null;
}

/** Programs against the model; null when all went as it says. */
async function judge(each: typeof torment, name: string, { seconds, seed }: Turn): Promise<string | null> {
  const { programs, failure } = await each({ seconds, seed });
  if (failure === null) process.stderr.write(`seed ${seed}: ${programs} programs as the model says (${name})\n`);
  return failure;
}

async function kill({ seconds, seed }: Turn): Promise<string | null> {
  const facts = await crash({ seconds, seed });
  process.stderr.write(`seed ${seed}: ${JSON.stringify(facts)}\n`);
  return facts.problems.length === 0 ? null : `seed ${seed}: ${JSON.stringify(facts.problems, null, 2)}`;
}

type Turn = { readonly seconds: number; readonly seed: number };

/** What every turn begins with. */
const always: Readonly<Record<string, (turn: Turn) => Promise<string | null>>> = {
  model: (turn) => judge(torment, 'model', turn),
  'at-once': (turn) => judge(tormentAtOnce, 'at-once', turn),
  crash: kill,
};

const byName = new Map([
  ...Object.entries(always),
  ...harms.map((kind) => [kind[0], ({ seed }: Turn) => harm(kind, seed)] as const),
]);

/** What one turn does: all that is always done, and the next of the harms; or the one thing that is wanted. */
function workOf(turn: number): readonly string[] {
  return only === undefined ? [...Object.keys(always), harms[turn % harms.length]?.[0] as string] : [only];
}

async function run(): Promise<string | null> {
  const end = Date.now() + minutes * 60_000;
  // The seed says with which harm it begins too: short runs with different seeds do different ones.
  for (let [seed, turn] = [first, first % harms.length]; Date.now() < end; seed += 1_000, turn += 1)
    for (const name of workOf(turn)) {
      if (Date.now() > end) return null;
      const seconds = Math.min(turnSeconds, Math.max(5, (end - Date.now()) / 2_000));
      const failed = await byName.get(name)?.({ seconds, seed });
      if (typeof failed === 'string') return failed;
    }
  return null;
}

const isKnown = only === undefined || byName.has(only);
if (!(minutes > 0) || !Number.isSafeInteger(first) || !isKnown) {
  const all = [...byName.keys()].join('|');
  process.stderr.write(
    `usage: npm run torture -- --minutes N --seed S [--only ${all}]\n       npm run torture -- --replay FILE\n`,
  );
  process.exitCode = 2;
} else {
  const failure = saved === undefined ? await run() : await replay(readProgram(readFileSync(saved, 'utf8')), replays);
  process.stderr.write(failure === null ? 'nothing was lost\n' : `${failure}\n`);
  process.exitCode = failure === null ? 0 : 1;
}
