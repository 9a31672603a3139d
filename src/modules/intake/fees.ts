import { awaitingFeeAmong, checkItems, type ItemInput, readEuros } from '#modules/payments';
import { audit } from '#platform/audit';
import { checkAll } from '#platform/checks';
import type { Context } from '#platform/context';
import { asFailure, ensure, type Params } from '#platform/errors';
import { oneLine } from '#platform/text';
import { chargeFee, find } from './desk.ts';
import { authorize, standsInFor, today } from './gate.ts';
import { reader, traysOf } from './list.ts';
import { actEdges, limits } from './rules.ts';
import { type Item, readItems } from './store/item.ts';

/** What applications cost, where the form leaves that to an official. */

export type FeeLine = { readonly text: string; readonly amount: string };

/** The lines as items, those left empty are none. Throws `invalid`, for all that are wrong at once. */
async function itemsOf(lines: readonly FeeLine[]): Promise<ItemInput[]> {
  const typed = lines.slice(0, limits.feeLines).map(({ text, amount }, index) => ({ text, amount, line: index + 1 }));
  const filled = typed.filter(({ text, amount }) => text.trim() !== '' || amount.trim() !== '');
  const asked = filled.length > 0 ? filled : typed.slice(0, 1);
  const checks = asked.flatMap(({ text, amount, line }) => [
    [`text${line}`, () => oneLine(text, `text${line}`, { most: limits.feeText })] as const,
    [`amount${line}`, () => readEuros(amount, `amount${line}`)] as const,
  ]);
  const checked = await checkAll<Record<string, () => string | number>>(Object.fromEntries(checks));
  return checkItems(asked.map(({ line }) => ({ text: String(checked[`text${line}`]), cents: Number(checked[`amount${line}`]) })));
}

/**
 * Says what it costs, line by line (`120,50`); lines left empty are none. The applicant gets the link to pay. Throws `conflict` when
 * that was said already or nobody has to, `invalid`.
 */
export async function setFee(ctx: Context, id: number, lines: readonly FeeLine[]): Promise<void> {
  await chargeFee(ctx, id, await itemsOf(lines));
}

/** What became of one application; `refused` null: its fee is set. */
export type FeeVerdict = {
  readonly submission: number;
  /** Null: it is not the actor's to see. */
  readonly reference: string | null;
  readonly refused: { readonly code: string; readonly params: Params } | null;
};

/**
 * Sets the same fee for several applications, each in a transaction, an entry of the audit and a mail of its own: one that is refused does
 * not hold the others back. Said twice it is set once. Throws `invalid` for wrong lines, for none and for too many applications, before
 * anything is set.
 */
export async function setFees(ctx: Context, submissions: readonly number[], lines: readonly FeeLine[]): Promise<FeeVerdict[]> {
  authorize(ctx.actor, 'list', { tenant: ctx.actor.tenant });
  const chosen = [...new Set(submissions)];
  ensure(chosen.length > 0, 'invalid', 'intake.nothingChosen');
  ensure(chosen.length <= limits.feesAtOnce, 'invalid', 'intake.tooManyChosen', { limit: limits.feesAtOnce });
  const items = await itemsOf(lines);
  const verdicts: FeeVerdict[] = [];
  for (const submission of chosen) {
    const refused = await refusalOf(() => chargeFee(ctx, submission, items));
    verdicts.push({ submission, reference: await referenceOf(ctx, submission), refused });
  }
  return verdicts;
}

/** What the actor knows it by; null when they may not know that there is one. */
async function referenceOf(ctx: Context, submission: number): Promise<string | null> {
  try {
    return (await find(ctx, submission)).reference;
  } catch (error) {
    const { kind } = asFailure(error);
    if (kind !== 'notFound' && kind !== 'forbidden') throw error;
    return null;
  }
}

async function refusalOf(work: () => Promise<void>): Promise<FeeVerdict['refused']> {
  try {
    await work();
    return null;
  } catch (error) {
    const { kind, code, params } = asFailure(error);
    // Our own mistakes are no verdicts; what was set so far is set, and saying it again changes nothing.
    if (kind === 'internal' || kind === 'unavailable' || kind === 'damaged') throw error;
    return { code, params };
  }
}

export type AwaitedFee = Pick<Item, 'submission' | 'reference' | 'title' | 'applicant' | 'receivedAt'>;

/** Applications the actor works on, or stands in for, that wait for their fee: the oldest first. That somebody has looked is noted. */
export async function listAwaitedFees(ctx: Context): Promise<AwaitedFee[]> {
  const actor = reader(ctx);
  const { tenant, account } = actor;
  const items = await readItems(ctx.platform.db.read(tenant), tenant, {
    ...traysOf(actor),
    states: actEdges.fee.from,
    handlers: [account, ...(await standsInFor(ctx))],
    onlyUnassigned: false,
    isAway: null,
    onlyOverdue: false,
    today: today(ctx),
    pattern: '%',
    form: null,
    sort: 'received',
    isDescending: true, // what was decided and never closed may be old and much
    limit: limits.awaitedFees,
    after: null,
  });
  const ids = items.map(({ submission }) => String(submission));
  const awaiting = await awaitingFeeAmong(ctx, { tenant, kind: 'submission', ids });
  const found = items
    .filter(({ submission }) => awaiting.has(String(submission)))
    .slice(0, limits.feesAtOnce)
    .reverse();
  const details = { list: 'fees', count: found.length };
  await ctx.platform.db.write(tenant, (tx) => audit(tx, ctx, [{ action: 'intake.list', thing: 'intake:tray', details }]));
  return found.map(({ submission, reference, title, applicant, receivedAt }) => ({
    submission,
    reference,
    title,
    applicant,
    receivedAt,
  }));
}
