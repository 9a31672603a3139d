import { Readable } from 'node:stream';
import * as files from '#modules/files';
import type { Context } from '#platform/context';
import type { Roster } from './people.ts';
import type { Paper, Place, Short } from './place.ts';
import { moment, type Stage } from './stage.ts';

const founded = 1_160;
const mebibyte = 2 ** 20;
/** Deeds that run at the same time. */
const atOnce = 3;
/** Quotas of spaces are set in steps of this many bytes, so that they look decided and not computed. */
const quotaStep = mebibyte / 2;

/** One thing somebody does at one moment. */
type Deed = {
  readonly path: string;
  readonly at: Date;
  readonly by: Short;
  readonly run: (ctx: Context) => Promise<unknown>;
};

/** Makes the spaces of a place, then lets its people do what its papers tell, in the order of time. */
export async function fillShelves(stage: Stage, place: Place, roster: Roster): Promise<void> {
  const spaces = await makeSpaces(stage, place, roster);
  const people = new Map<Short, Context>();
  for (const [short, account] of roster.accounts) people.set(short, await stage.person(account));
  const deeds = (place.papers?.(stage.today) ?? []).flatMap((paper, index) => deedsOf(stage, paper, index));
  for (const round of roundsOf(deeds)) await Promise.all(round.map((deed) => perform(people, deed)));
  stage.at(stage.today);
  await setQuotas(stage, place, spaces);
}

/** In the order of time, a few at once; what happens to one file stays in its order. */
function roundsOf(deeds: readonly Deed[]): Deed[][] {
  const rounds: Deed[][] = [];
  for (const deed of deeds.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
    const last = rounds.at(-1);
    const fits = last !== undefined && last.length < atOnce && !last.some(({ path }) => path === deed.path);
    if (fits) last.push(deed);
    else rounds.push([deed]);
  }
  return rounds;
}

async function perform(people: ReadonlyMap<Short, Context>, { at, by, run }: Deed): Promise<void> {
  const ctx = people.get(by);
  if (!ctx) throw new Error(`the demonstration knows nobody called ${by}`);
  await run({ ...ctx, platform: { ...ctx.platform, clock: { now: () => at } } });
}

async function makeSpaces(stage: Stage, { spaces = [] }: Place, { principals }: Roster): Promise<Map<string, number>> {
  const made = new Map<string, number>();
  for (const [index, { name, description, unit, members }] of spaces.entries()) {
    stage.at(moment(stage.today, founded, index));
    const roles = Object.entries(members).map(([who, role]) => ({ principal: principalOf(principals, who), role }));
    const owner = unit === undefined ? null : principalOf(principals, unit);
    const space = await files.createSpace(stage.house, { name, description, owner }, roles);
    made.set(name, space.id);
  }
  return made;
}

function principalOf(principals: ReadonlyMap<string, number>, name: string): number {
  const id = principals.get(name);
  if (id === undefined) throw new Error(`the demonstration has nobody and nothing called ${name}`);
  return id;
}

const at = (ctx: Context, path: string) => files.resolvePath(ctx, path.split('/'));

/** Stores a file at a path; folders that are missing on the way are made. */
async function store(ctx: Context, path: string, { content, day }: { content: Buffer; day: Date }): Promise<void> {
  const names = path.split('/');
  const name = names.pop() as string;
  const { own, mounts } = await files.readHome(ctx);
  const mount = mounts.find((candidate) => candidate.name === names[0]);
  const top = mount ? await files.resolvePath(ctx, [mount.name]) : own;
  const folder = await files.makePath(ctx, top, mount ? names.slice(1) : names);
  await files.writeFile(ctx, { folder, name }, Readable.from([content]), { modified: day.getTime() });
}

function deedsOf(stage: Stage, paper: Paper, seed: number): Deed[] {
  const { path, by, make } = paper;
  const days = [paper.ago].flat();
  const writes = days.map((ago, index): Deed => {
    const day = moment(stage.today, ago, seed);
    const facts = { draft: index + 1, drafts: days.length, day };
    return { path, at: day, by, run: async (ctx) => store(ctx, path, { content: await make(facts), day }) };
  });
  const later = (ago: number, steps: number) =>
    new Date(Math.min(stage.today.getTime(), moment(stage.today, ago, seed).getTime() + steps * 61_000));
  const last = days.at(-1) as number;
  const notes = (paper.comments ?? []).map(
    ([who, ago, text], index): Deed => ({
      path,
      at: later(ago, 9 + index * 4),
      by: who,
      run: async (ctx) => files.comment(ctx, await at(ctx, path), text),
    }),
  );
  const marks = (paper.tags ?? []).map(
    (tag, index): Deed => ({
      path,
      at: later(last, 1 + index),
      by,
      run: async (ctx) => files.addTag(ctx, await at(ctx, path), tag),
    }),
  );
  const stars = (paper.stars ?? []).map(
    (who, index): Deed => ({
      path,
      at: later(last, 5 + index),
      by: who,
      run: async (ctx) => files.setFavourite(ctx, await at(ctx, path), true),
    }),
  );
  return [...writes, ...notes, ...marks, ...stars, ...endsOf(stage, paper, seed)];
}

/** Into the trash, or into somebody's hands. */
function endsOf({ today }: Stage, { path, by, trashed, lockedBy }: Paper, seed: number): Deed[] {
  const ends: Deed[] = [];
  if (trashed !== undefined) {
    ends.push({ path, at: moment(today, trashed, seed), by, run: async (ctx) => files.trash(ctx, await at(ctx, path)) });
  }
  if (lockedBy !== undefined) {
    const request = { isShared: false, isInfinite: false, owner: lockedBy, seconds: null };
    ends.push({ path, at: today, by: lockedBy, run: async (ctx) => files.lock(ctx, await at(ctx, path), request) });
  }
  return ends;
}

/** Gives the spaces their limits. */
async function setQuotas(stage: Stage, { spaces = [] }: Place, made: ReadonlyMap<string, number>): Promise<void> {
  const { items } = await files.listSpaces(stage.house);
  for (const { name, full, room } of spaces) {
    const used = items.find(({ id }) => id === made.get(name))?.used ?? 0;
    if (full === undefined && room === undefined) continue;
    const quota = room ?? Math.ceil(used / (full ?? 1) / quotaStep) * quotaStep;
    await files.setQuota(stage.house, made.get(name) as number, quota);
  }
}
