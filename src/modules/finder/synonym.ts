import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import type { Tx } from '#platform/db';
import { ensure, Failure } from '#platform/errors';
import { oneLine } from '#platform/text';
import { authorize, personOf } from './gate.ts';
import { finishIn } from './miss.ts';
import { limits, stateTenant } from './rules.ts';
import { wordsOf } from './rules-fold.ts';
import { suggestServices } from './search.ts';
import { deleteSynonym, insertSynonyms, raiseGeneration, readSynonyms, type SynonymRow } from './store/index.ts';

const longest = 100;
const mostWords = 3;

/** Every pair of an everyday expression and what the texts call it, by expression. */
export async function listSynonyms(ctx: Context): Promise<SynonymRow[]> {
  authorize(ctx.actor, 'read', { tenant: stateTenant });
  return readSynonyms(ctx.platform.db.read(stateTenant), stateTenant);
}

/**
 * Lets the search understand an expression of up to three words. It works for everybody within seconds and needs no second pair
 * of eyes: it changes no text. Throws `invalid`, `conflict` when the pair is there already.
 */
export async function addSynonym(ctx: Context, given: { readonly says: string; readonly means: string }): Promise<void> {
  authorize(ctx.actor, 'manage', { tenant: stateTenant });
  const { says, means } = checkPair(given);
  await ctx.platform.db.write(stateTenant, (tx) => insertPair(tx, ctx, { says, means }));
}

/**
 * Makes an expression that nobody found understood, and takes the search off the work list: one step. Throws `invalid` when what
 * it is to mean finds nothing itself, and `conflict` when the pair is there already.
 */
export async function answerMiss(
  ctx: Context,
  given: { readonly words: string; readonly says: string; readonly means: string },
): Promise<void> {
  authorize(ctx.actor, 'manage', { tenant: stateTenant });
  const pair = checkPair(given);
  const [hit] = await suggestServices(ctx, pair.means, 1);
  ensure(hit, 'invalid', 'finder.meansNothing', { field: 'means', means: pair.means });
  await ctx.platform.db.write(stateTenant, async (tx) => {
    await insertPair(tx, ctx, pair);
    await finishIn(tx, ctx, given.words);
  });
}

type Pair = { readonly says: string; readonly means: string };

function checkPair(given: Pair): Pair {
  const says = oneLine(given.says, 'says', { most: longest });
  const means = oneLine(given.means, 'means', { most: longest });
  const count = wordsOf(says).length;
  ensure(count > 0 && count <= mostWords, 'invalid', 'finder.synonymForm', { field: 'says', limit: mostWords });
  return { says, means };
}

async function insertPair(tx: Tx, ctx: Context, { says, means }: Pair): Promise<void> {
  const all = await readSynonyms(ctx.platform.db.read(stateTenant), stateTenant);
  ensure(all.length < limits.synonyms, 'tooLarge', 'finder.tooManyItems', { field: 'says', limit: limits.synonyms });
  const row = { pairs: [{ says, means }], by: personOf(ctx.actor).name, at: ctx.platform.clock.now() };
  if ((await insertSynonyms(tx, stateTenant, row)) === 0) throw new Failure('conflict', 'finder.synonymTaken', { field: 'says' });
  await raiseGeneration(tx, stateTenant);
  await audit(tx, ctx, [{ action: 'finder.addSynonym', thing: 'finder:synonyms', details: { says, means } }]);
}

/** Takes a pair away. Throws `notFound`. */
export async function removeSynonym(ctx: Context, id: number): Promise<void> {
  authorize(ctx.actor, 'manage', { tenant: stateTenant });
  await ctx.platform.db.write(stateTenant, async (tx) => {
    ensure(await deleteSynonym(tx, stateTenant, id), 'notFound', 'platform.notFound');
    await raiseGeneration(tx, stateTenant);
    await audit(tx, ctx, [{ action: 'finder.removeSynonym', thing: `synonym:${id}` }]);
  });
}
