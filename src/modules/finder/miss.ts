import { audit } from '#platform/audit';
import { authorizer } from '#platform/authorize';
import type { Context } from '#platform/context';
import { addDays, dayAt } from '#platform/day';
import type { Together, Tx } from '#platform/db';
import type { Job } from '#platform/jobs';
import { finderPermissions, limits, stateTenant } from './rules.ts';
import { wordsOf } from './rules-fold.ts';
import { countMisses, deleteOldMisses, doneMiss, insertMiss, type Miss, readMisses } from './store/miss.ts';

const authorize = authorizer(finderPermissions);
const longest = 80;

/** Could be a name, a number or an address of somebody: never written down. */
const isPersonal = (text: string) => /\d{3,}|@|https?:/i.test(text);

/**
 * Counts a search that found nothing: the words and the day, nothing about who asked. Never more than a named number a day, so
 * that robots cannot fill the table; a failure to count is no failure of the search.
 */
export async function noteMiss(ctx: Context, text: string): Promise<void> {
  const words = wordsOf(text).join(' ').slice(0, longest);
  if (words.length < 3 || isPersonal(text)) return;
  const day = ctx.platform.clock.now().toISOString().slice(0, 10);
  try {
    await ctx.platform.db.together(stateTenant, noting, { words, day });
  } catch (error) {
    ctx.platform.log.warn({ room: 'finder', cause: String(error) }, 'a search without result was not counted');
  }
}

/** Those who find nothing at the same moment share a transaction. */
const noting: Together<{ readonly words: string; readonly day: string }, null> = {
  name: 'finder.noteMiss',
  most: 100,
  run: async (tx, misses) => {
    const left = limits.missesPerDay - (await countMisses(tx, stateTenant, misses[0]?.day ?? ''));
    for (const miss of misses.slice(0, Math.max(0, left))) await insertMiss(tx, stateTenant, miss);
    return misses.map(() => null);
  },
};

/** What people searched for and did not find, the most frequent first. Rare searches are not shown: they could be about somebody. */
export async function listMisses(ctx: Context): Promise<Miss[]> {
  authorize(ctx.actor, 'read', { tenant: stateTenant });
  return readMisses(ctx.platform.db.read(stateTenant), stateTenant, { least: limits.rareMisses, limit: 200 });
}

/** Takes words off the work list: there is a text or a synonym for them now. */
export async function finishMiss(ctx: Context, words: string): Promise<void> {
  authorize(ctx.actor, 'manage', { tenant: stateTenant });
  await ctx.platform.db.write(stateTenant, (tx) => finishIn(tx, ctx, words));
}

/** The same in a transaction of something larger, which has asked for permission. */
export async function finishIn(tx: Tx, ctx: Context, words: string): Promise<void> {
  const text = wordsOf(words).join(' ').slice(0, longest);
  const by = ctx.actor.kind === 'account' ? ctx.actor.name : 'system';
  await doneMiss(tx, stateTenant, { words: text, by, at: ctx.platform.clock.now() });
  await audit(tx, ctx, [{ action: 'finder.finishMiss', thing: 'finder:misses' }]);
}

/** Forgets searches after 90 days. */
export const sweepMisses: Job = {
  name: 'finder.sweepMisses',
  every: '20 3 * * *',
  run: async (ctx) => {
    const before = addDays(dayAt(ctx.platform.clock.now()), -limits.missDays);
    await ctx.platform.db.write(stateTenant, (tx) => deleteOldMisses(tx, stateTenant, before));
  },
};
