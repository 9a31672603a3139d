import * as files from '#modules/files';
import { systemContext } from '#platform/context';
import { randomFrom } from '../chaos/random.ts';
import { openStand, type Stand } from '../stand.ts';
import { openDesk } from './desk.ts';
import { makeRounds, openOverlapDesk, type Round } from './overlap.ts';
import { describeProgram, makeProgram, shrink } from './programs.ts';
import type { Step } from './step.ts';

/** Steps of one program. */
const steps = 60;

export type Torment = {
  readonly programs: number;
  /** The seed, what went wrong, and the fewest steps that show it; null: nothing did. */
  readonly failure: string | null;
};

/** Rounds of one program of clients at once: what is possible afterwards is looked at for every order of every round. */
const rounds = 25;

/** What fails by the timing of requests may not do so the next time: a part of a program counts as fine after so many runs. */
const triesOfAPart = 3;
const again = '(npm run torture -- --replay FILE runs what stands in a file like this)';

/** Runs that are made to find the smallest part; what has been found by then is shown. */
const mostTries = 150;

/** Programs of several clients at once against the model for so long. */
export async function tormentAtOnce({ seconds, seed }: { seconds: number; seed: number }): Promise<Torment> {
  const stand = await openStand();
  try {
    const desk = await openOverlapDesk(stand, await stand.house.listen());
    let programs = 0;
    for (const end = Date.now() + seconds * 1_000; Date.now() < end; programs += 1) {
      const program = makeRounds(randomFrom(seed + programs), rounds);
      const reason = await desk.run(program);
      if (reason === null) continue;
      const failedAt = Number(/^round (\d+)/.exec(reason)?.[1] ?? program.length);
      const small = await shrinkRounds(program.slice(0, failedAt), desk.run);
      const failure = `at once, seed ${seed + programs}: ${small.reason || reason}\n${describeProgram(small.program)}`;
      return { programs, failure: `${failure}\n${again}` };
    }
    const { problems } = await files.check(systemContext(stand.house.platform, desk.tenant, 'test'), { isDeep: false });
    return { programs, failure: problems.length === 0 ? null : `at once, seed ${seed}: ${JSON.stringify(problems)}` };
  } finally {
    await stand.close();
  }
}

/** As small as can be found by leaving out rounds, and then single steps of what is left. */
async function shrinkRounds(program: readonly Round[], run: (part: readonly Round[]) => Promise<string | null>) {
  let runs = 0;
  const fails = async (part: readonly Round[]): Promise<string | null> => {
    for (let tries = 0; tries < triesOfAPart && runs < mostTries; tries += 1) {
      runs += 1;
      const reason = await run(part);
      if (reason !== null) return reason;
    }
    return null;
  };
  const fewer = await shrink(program, fails);
  const single = fewer.program.flatMap((round, number) => round.map((step) => ({ number, step })));
  const asRounds = (part: typeof single) =>
    fewer.program
      .map((_, number) => part.filter((each) => each.number === number).map(({ step }) => step))
      .filter((round) => round.length > 0);
  const smallest = await shrink(single, (part) => fails(asRounds([...part])));
  return { program: asRounds([...smallest.program]), reason: smallest.reason || fewer.reason };
}

/**
 * Runs a program that failed once more: steps alone as people one after the other do, rounds of several again and again. What goes
 * wrong, with the fewest steps that still show it; or null.
 */
export async function replay(program: readonly Round[], times: number): Promise<string | null> {
  const stand = await openStand();
  try {
    const port = await stand.house.listen();
    const isInOrder = program.every((round) => round.length === 1);
    return isInOrder ? await replayInOrder(stand, port, program.flat()) : await replayAtOnce(stand, port, { program, times });
  } finally {
    await stand.close();
  }
}

async function replayInOrder(stand: Stand, port: number, program: readonly Step[]): Promise<string | null> {
  const desk = await openDesk(stand, port);
  const reason = await desk.run(program);
  if (reason === null) return null;
  const small = await shrink(program, (part) => desk.run(part));
  return `${small.reason || reason}\n${describeProgram(small.program)}`;
}

type Again = { readonly program: readonly Round[]; readonly times: number };

async function replayAtOnce(stand: Stand, port: number, { program, times }: Again): Promise<string | null> {
  const desk = await openOverlapDesk(stand, port);
  for (let time = 0; time < times; time += 1) {
    const reason = await desk.run(program);
    if (reason === null) continue;
    const small = await shrinkRounds(program, desk.run);
    return `${small.reason || reason}\n${describeProgram(small.program)}`;
  }
  return null;
}

/** Random programs of three people against the model for so long. */
export async function torment({ seconds, seed }: { seconds: number; seed: number }): Promise<Torment> {
  const stand = await openStand();
  try {
    const desk = await openDesk(stand, await stand.house.listen());
    let programs = 0;
    for (const end = Date.now() + seconds * 1_000; Date.now() < end; programs += 1) {
      const program = makeProgram(randomFrom(seed + programs), steps);
      const reason = await desk.run(program);
      if (reason === null) continue;
      const small = await shrink(program, (part) => desk.run(part));
      const failure = `seed ${seed + programs}: ${small.reason || reason}\n${describeProgram(small.program)}`;
      return { programs, failure: `${failure}\n${again}` };
    }
    const { problems } = await files.check(systemContext(stand.house.platform, desk.tenant, 'test'), { isDeep: false });
    return { programs, failure: problems.length === 0 ? null : `seed ${seed}: ${JSON.stringify(problems)}` };
  } finally {
    await stand.close();
  }
}
