import * as files from '#modules/files';
import { systemContext } from '#platform/context';
import { randomFrom } from '../chaos/random.ts';
import { openStand } from '../stand.ts';
import { openDesk } from './desk.ts';
import { makeRounds, openOverlapDesk } from './overlap.ts';
import { describeProgram, makeProgram, shrink } from './programs.ts';

/** Steps of one program. */
const steps = 60;

export type Torment = {
  readonly programs: number;
  /** The seed, what went wrong, and the fewest steps that show it; null: nothing did. */
  readonly failure: string | null;
};

/** Rounds of one program of clients at once: what is possible afterwards is looked at for every order of every round. */
const rounds = 25;

/** Programs of several clients at once against the model for so long. */
export async function tormentAtOnce({ seconds, seed }: { seconds: number; seed: number }): Promise<Torment> {
  const stand = await openStand();
  try {
    const desk = await openOverlapDesk(stand, await stand.house.listen());
    let programs = 0;
    for (const end = Date.now() + seconds * 1_000; Date.now() < end; programs += 1) {
      const reason = await desk.run(makeRounds(randomFrom(seed + programs), rounds));
      if (reason !== null) return { programs, failure: `at once, seed ${seed + programs}: ${reason}` };
    }
    const { problems } = await files.check(systemContext(stand.house.platform, desk.tenant, 'test'), { isDeep: false });
    return { programs, failure: problems.length === 0 ? null : `at once, seed ${seed}: ${JSON.stringify(problems)}` };
  } finally {
    await stand.close();
  }
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
      return { programs, failure: `seed ${seed + programs}: ${small.reason || reason}\n${describeProgram(small.program)}` };
    }
    const { problems } = await files.check(systemContext(stand.house.platform, desk.tenant, 'test'), { isDeep: false });
    return { programs, failure: problems.length === 0 ? null : `seed ${seed}: ${JSON.stringify(problems)}` };
  } finally {
    await stand.close();
  }
}
