import type { Random } from '../chaos/random.ts';
import { Model } from './files.ts';
import { quotas } from './ground.ts';
import type { Step } from './step.ts';
import { type Node, namesOf, type Path, people, roles, within } from './tree.ts';

/**
 * Steps are made beside a model of their own, so that most of them meet something: of steps about any names one in ten came to
 * anything. They name paths all the same: leaving some out still gives a program, so that a failing one shrinks.
 */

/** One of them differs from another one in case only: then they cannot stand side by side. */
const names = ['a', 'a', 'b', 'b', 'c', 'c', 'A'] as const;

/** Longest path, without the space. */
const deepest = 3;

/** Chance for one program, and what is there when all its steps so far went as they should. */
type Choice = Random & { readonly model: Model };

const pathTo = (node: Node): Path => [node.space.number, ...namesOf(node)];

/** Somebody: those who may little come less often. */
const somebody = (random: Random) => random.pick([...people, 'dora', 'anna'] as const);

const nodesIn = ({ model }: Choice): Node[] => model.spaces.flatMap(({ root }) => within(root));

/** Whatever there is, and now and then what there is not. */
function anything(choice: Choice, isWanted: (node: Node) => boolean = () => true): Path {
  const there = nodesIn(choice).filter((node) => node.parent && isWanted(node));
  return there.length > 0 && choice.below(8) > 0 ? pathTo(choice.pick(there)) : somewhere(choice);
}

/** A name in a folder that is there, taken or not; now and then in one that is not. */
function somewhere(choice: Choice): Path {
  const folders = nodesIn(choice).filter((node) => node.content === null && namesOf(node).length < deepest);
  const [space, ...above] = choice.below(8) > 0 ? pathTo(choice.pick(folders)) : [choice.below(2), choice.pick(names)];
  return [space as number, ...(above as string[]), choice.pick(names)];
}

const makers: Readonly<Record<Step['op'], (choice: Choice) => Step>> = {
  put: (choice) => ({
    ...change(choice),
    op: 'put',
    at: choice.below(2) > 0 ? somewhere(choice) : anything(choice, ({ content }) => content !== null),
    size: choice.pick([0, 1, 500, 9_000, 20_000]),
    fill: choice.below(3),
    modified: choice.pick([null, null, 1_600_000_000, 1_700_000_123, -86_400]),
    chunks: choice.pick([0, 0, 0, 1, 3]),
  }),
  mkcol: (choice) => ({ ...change(choice), op: 'mkcol', at: somewhere(choice), when: choice.below(8) > 0 ? 'always' : 'stale' }),
  delete: (choice) => ({ ...change(choice), op: 'delete' }),
  move: (choice) => ({ ...carry(choice), op: 'move', isAlone: false }),
  copy: (choice) => {
    const isRich = (node: Node) => node.mark !== null || node.children.size > 0;
    const at = choice.below(2) > 0 ? { at: anything(choice, isRich) } : {};
    return { ...carry(choice), ...at, op: 'copy', isAlone: choice.below(3) === 0 };
  },
  mark: (choice) => ({ ...change(choice), op: 'mark', value: choice.pick(['eins', 'zwei', null]) }),
  lock: (choice) => ({
    ...conditional(choice),
    op: 'lock',
    who: somebody(choice),
    at: anything(choice),
    isShared: choice.below(2) > 0,
    isInfinite: choice.below(2) > 0,
  }),
  unlock: (choice) => ({ op: 'unlock', who: somebody(choice), at: anything(choice, isLocked) }),
  restore: (choice) => ({ op: 'restore', who: somebody(choice), pick: choice.below(50) }),
  purge: (choice) => ({ op: 'purge', who: somebody(choice), pick: choice.below(50) }),
  version: (choice) => ({
    op: 'version',
    who: somebody(choice),
    at: anything(choice, ({ versions }) => versions.length > 0),
    pick: choice.below(5),
  }),
  role: (choice) => ({
    op: 'role',
    who: choice.pick(['anna', 'bernd'] as const),
    space: choice.below(2),
    role: choice.pick([null, ...roles, ...roles]),
  }),
  quota: (choice) => ({ op: 'quota', space: 1, quota: choice.pick([20_000, 29_000, 40_000, 100_000]) }),
};

const isLocked = (node: Node) => node.space.locks.some((lock) => lock.node === node);

const usually = ['always', 'always', 'always', 'always', 'always', 'always', 'always'] as const;

function conditional(random: Random) {
  return {
    when: random.pick([...usually, 'current', 'current', 'current', 'absent', 'stale'] as const),
  };
}

/** Whoever has locked something goes on with it now and then, and sends the tokens along. */
function change(choice: Choice) {
  const locks = choice.model.spaces.flatMap((space) => space.locks);
  const lock = locks.length > 0 && choice.below(4) === 0 ? choice.pick(locks) : null;
  if (lock) return { ...conditional(choice), who: lock.person, at: pathTo(lock.node), tokens: true } as const;
  return {
    ...conditional(choice),
    who: somebody(choice),
    at: anything(choice),
    tokens: choice.pick([true, true, true, 'all', false, false] as const),
  };
}

function carry(choice: Choice) {
  const to = choice.below(3) > 0 ? somewhere(choice) : anything(choice);
  return { ...change(choice), to, overwrites: choice.below(2) > 0 };
}

/** How often each kind comes, of all of these together. */
const weights: Readonly<Record<Step['op'], number>> = {
  put: 26,
  mkcol: 18,
  delete: 8,
  move: 14,
  copy: 8,
  mark: 4,
  lock: 5,
  unlock: 6,
  restore: 6,
  purge: 2,
  version: 5,
  role: 3,
  quota: 2,
};

/** Whether such a step meets something: those that meet nothing prove little, and come rarely. */
function isWorthIt(op: Step['op'], choice: Choice): boolean {
  if (op === 'unlock') return nodesIn(choice).some(isLocked);
  if (op === 'restore' || op === 'purge') return choice.model.trashed().length > 0;
  return op !== 'version' || nodesIn(choice).some(({ versions }) => versions.length > 0);
}

const lots = Object.entries(weights).flatMap(([op, weight]) => new Array<Step['op']>(weight).fill(op as Step['op']));

/** A program of so many steps. */
export function makeProgram(random: Random, length: number): Step[] {
  const choice: Choice = { ...random, model: new Model(quotas) };
  return Array.from({ length }, (_, index) => {
    const ops = [random.pick(lots), random.pick(lots), random.pick(lots)] as const;
    const op = random.below(8) > 0 ? (ops.find((each) => isWorthIt(each, choice)) ?? ops[0]) : ops[0];
    const step = makers[op](choice);
    choice.model.apply(step, { token: `${index}` });
    return step;
  });
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
