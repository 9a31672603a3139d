import type { Random } from '../chaos/random.ts';
import type { Step } from './step.ts';
import { type Path, people, roles } from './tree.ts';

/** Steps are chosen without looking at what is there: leaving some out still gives a program, so that a failing one shrinks. */

const names = ['a', 'b', 'c'] as const;

function pathOf(random: Random): Path {
  const depth = 1 + random.below(3);
  return [random.below(2), ...Array.from({ length: depth }, () => random.pick(names))];
}

const makers: Readonly<Record<Step['op'], (random: Random) => Step>> = {
  put: (random) => ({
    op: 'put',
    who: random.pick(people),
    at: pathOf(random),
    size: random.pick([0, 1, 500, 9_000, 20_000]),
    fill: random.below(3),
    when: random.pick(['always', 'always', 'always', 'absent', 'current', 'stale'] as const),
    chunks: random.pick([0, 0, 0, 1, 3]),
    tokens: random.below(3) > 0,
  }),
  mkcol: (random) => ({ op: 'mkcol', who: random.pick(people), at: pathOf(random), tokens: random.below(3) > 0 }),
  delete: (random) => ({ op: 'delete', who: random.pick(people), at: pathOf(random), tokens: random.below(3) > 0 }),
  move: (random) => ({ ...carry(random), op: 'move' }),
  copy: (random) => ({ ...carry(random), op: 'copy' }),
  lock: (random) => ({
    op: 'lock',
    who: random.pick(people),
    at: pathOf(random),
    isShared: random.below(2) > 0,
    isInfinite: random.below(2) > 0,
  }),
  unlock: (random) => ({ op: 'unlock', who: random.pick(people), at: pathOf(random) }),
  restore: (random) => ({ op: 'restore', who: random.pick(people), pick: random.below(50) }),
  purge: (random) => ({ op: 'purge', who: random.pick(people), pick: random.below(50) }),
  version: (random) => ({ op: 'version', who: random.pick(people), at: pathOf(random), pick: random.below(5) }),
  role: (random) => ({
    op: 'role',
    who: random.pick(['anna', 'bernd'] as const),
    space: random.below(2),
    role: random.pick([null, ...roles]),
  }),
  quota: (random) => ({ op: 'quota', space: 1, quota: random.pick([20_000, 60_000, 60_000, 100_000]) }),
};

function carry(random: Random) {
  return {
    who: random.pick(people),
    at: pathOf(random),
    to: pathOf(random),
    overwrites: random.below(2) > 0,
    tokens: random.below(3) > 0,
  };
}

/** How often each kind comes, of all of these together. */
const weights: Readonly<Record<Step['op'], number>> = {
  put: 26,
  mkcol: 18,
  delete: 8,
  move: 14,
  copy: 8,
  lock: 5,
  unlock: 6,
  restore: 6,
  purge: 2,
  version: 5,
  role: 3,
  quota: 2,
};
const lots = Object.entries(weights).flatMap(([op, weight]) => new Array<Step['op']>(weight).fill(op as Step['op']));

/** A program of so many steps. */
export function makeProgram(random: Random, length: number): Step[] {
  return Array.from({ length }, () => makers[random.pick(lots)](random));
}

/**
 * A part of the program that still fails, as small as can be found by leaving steps out: first half of them, at last one by one.
 * @param fails why it fails, or null; a part that fails in another way counts as well
 */
export async function shrink<Part>(
  program: readonly Part[],
  fails: (part: readonly Part[]) => Promise<string | null>,
): Promise<{ program: readonly Part[]; reason: string }> {
  let smallest = program;
  let reason = '';
  for (let size = Math.ceil(program.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < smallest.length; ) {
      const part = smallest.toSpliced(from, size);
      const found = part.length < smallest.length ? await fails(part) : null;
      if (found === null) from += size;
      else {
        smallest = part;
        reason = found;
      }
    }
  }
  return { program: smallest, reason };
}

/** One step, or one round of steps, a line: {@link readProgram} reads it back. */
export function describeProgram(program: readonly (Step | readonly Step[])[]): string {
  return program.map((part) => `  ${JSON.stringify(part)}`).join('\n');
}

/** A program as {@link describeProgram} writes it; lines that are none of it are passed over. Steps alone are rounds of one. */
export function readProgram(text: string): Step[][] {
  const lines = text.split('\n').filter((line) => /^\s*[[{]/.test(line));
  return lines.map((line) => [JSON.parse(line) as Step | Step[]].flat());
}
