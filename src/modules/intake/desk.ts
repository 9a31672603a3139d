import { administratorsOf, namesOf, peopleBehind, principalsById } from '#modules/accounts';
import {
  type Alongside,
  askForEvidence,
  assignSubmission,
  closeSubmission,
  decideSubmission,
  getSubmission,
  handBackSubmission,
  type SubmissionView,
  setSubmissionFee,
  takeSubmission,
  whyNot,
} from '#modules/forms';
import { checkBody, sendLetter } from '#modules/mailbox';
import type { ItemInput } from '#modules/payments';
import { audit } from '#platform/audit';
import { checkAll } from '#platform/checks';
import type { Context } from '#platform/context';
import { addDays, endOfPeriod, isDay } from '#platform/day';
import type { Tx } from '#platform/db';
import { asFailure, ensure } from '#platform/errors';
import { byName } from '#platform/order';
import { seenOnly } from '#platform/text';
import { elsewhereOf, takeBack } from './elsewhere.ts';
import { authorize, standsInFor, today } from './gate.ts';
import { dueOf } from './list.ts';
import { actEdges, actsOpenTo, limits, type OfficeAct, type Outcome, officeOutcomes } from './rules.ts';
import { postalAddress } from './rules-data.ts';
import type { DueState } from './rules-deadline.ts';
import type { Elsewhere } from './store/elsewhere.ts';
import { type Item, readItem } from './store/item.ts';
import { type Own, putSubmission, tell } from './tray.ts';
import { outcomeSentences } from './words.ts';

/** What somebody of the office does with one submission. */

export type ItemView = SubmissionView & {
  readonly item: Item;
  readonly due: DueState | null;
  readonly officeName: string;
  /** Name and address for an envelope, as they were answered; empty: no address was asked for. */
  readonly address: readonly string[];
  /** Who else works on it, or why it is back; null: it was always here. */
  readonly elsewhere: Elsewhere | null;
  /** What the reader can do now. */
  readonly acts: readonly OfficeAct[];
};

/** One item of the tray. Throws `notFound`, also for what is another office's; `unauthenticated`. */
export async function find(ctx: Context, id: number): Promise<Item> {
  const { tenant } = ctx.actor;
  const isNumber = Number.isSafeInteger(id) && id > 0;
  const item = isNumber ? await readItem(ctx.platform.db.read(tenant), tenant, id) : null;
  // Nobody is signed in: that comes before whether there is such a thing.
  authorize(ctx.actor, 'list', { tenant });
  ensure(item, 'notFound', 'platform.notFound');
  authorize(ctx.actor, 'read', item);
  return item;
}

/** One submission with everything. Whoever reads it is noted. Throws `notFound`, also for what is another office's. */
export async function getItem(ctx: Context, id: number): Promise<ItemView> {
  const item = await find(ctx, id);
  const [view, stands, elsewhere] = await Promise.all([getSubmission(ctx, id), standsInFor(ctx), elsewhereOf(ctx, id)]);
  const offices = item.works === null ? null : await principalsById(ctx, [item.works]);
  const officeName = offices?.get(item.works ?? 0)?.name ?? '';
  const address = postalAddress(view.submission.data, item.applicant, view.ownAddress);
  const { due, dueOn } = dueOf(ctx, item);
  return {
    ...view,
    item: { ...item, dueOn },
    due,
    officeName,
    address,
    elsewhere,
    acts: actsOpenTo(ctx.actor, { ...item, standsInFor: stands }).filter(
      (act) => act !== 'fee' || view.payment?.state === 'awaitingFee',
    ),
  };
}

/** Throws `conflict` for what is not possible now, `forbidden` for what is another person's. */
function check(ctx: Context, act: OfficeAct, item: Item | null, stands: readonly number[]): void {
  ensure(item, 'notFound', 'platform.notFound');
  const thing = { ...item, standsInFor: stands };
  authorize(ctx.actor, 'read', thing);
  const why = item.state === 'received' ? 'intake.takeFirst' : whyNot(item.state);
  ensure(actEdges[act].from.includes(item.state), 'conflict', why);
  ensure(actsOpenTo(ctx.actor, thing).includes(act), 'forbidden', 'intake.takeFirst');
}

type Act = {
  readonly act: OfficeAct;
  readonly own?: Own;
  /** What was seen must still hold: throws `conflict`. Looked at again where the submission is held. */
  readonly still?: (item: Item) => void;
  readonly more?: (tx: Tx) => Promise<void>;
};

/**
 * Checks an act, and gives what has to happen in the transaction of its step: there the submission is held, so that what was
 * checked before is checked once more as it stands now.
 */
async function begin(ctx: Context, id: number, { act, own, still, more }: Act): Promise<Alongside> {
  const [item, stands] = [await find(ctx, id), await standsInFor(ctx)];
  still?.(item);
  check(ctx, act, item, stands);
  return async (tx, submission, requests) => {
    const held = await readItem(tx, submission.tenant, id);
    if (held) still?.(held);
    check(ctx, act, held, stands);
    await putSubmission(tx, ctx, { submission, requests }, own);
    await more?.(tx);
  };
}

/**
 * Takes it on, also from a colleague. The applicant sees who has it. Twice is once.
 * @param from who had it (null: nobody) when the actor decided to: whoever was faster keeps it. Left out: whoever has it now
 */
export async function take(ctx: Context, id: number, from?: number | null): Promise<void> {
  const account = ctx.actor.kind === 'account' ? ctx.actor.account : null;
  const still = ({ handler, handlerName: name, state }: Item) => {
    ensure(handler !== account || state !== 'inProgress', 'conflict', 'intake.isYours');
    ensure(from === undefined || handler === from, 'conflict', name === '' ? 'intake.givenBack' : 'intake.takenMeanwhile', {
      name,
    });
  };
  try {
    await takeSubmission(ctx, id, await begin(ctx, id, { act: 'take', still, more: (tx) => takeBack(tx, ctx, id) }));
  } catch (error) {
    if (asFailure(error).code !== 'intake.isYours') throw error;
  }
}

/** Gives it back to the office. */
export async function giveBack(ctx: Context, id: number): Promise<void> {
  await handBackSubmission(ctx, id, await begin(ctx, id, { act: 'giveBack' }));
}

export type Colleague = { readonly account: number; readonly name: string };

/** Whom of the office it can be handed to. */
export async function colleaguesFor(ctx: Context, id: number): Promise<Colleague[]> {
  const { works, handler } = await find(ctx, id);
  const { tenant } = ctx.actor;
  const accounts =
    works === null ? await ctx.platform.db.write(tenant, (tx) => administratorsOf(tx, tenant)) : await peopleBehind(ctx, works);
  const others = accounts.filter((account) => account !== handler).slice(0, limits.colleagues);
  const names = await namesOf(ctx, others);
  const found = others.flatMap((account) => ({ account, name: names.get(account) ?? '' }));
  return found.sort(byName);
}

/** Hands it to a colleague of the same office, and tells them. Resolves with their name. Throws `invalid` for anybody else. */
export async function handTo(ctx: Context, id: number, account: number): Promise<string> {
  const colleague = (await colleaguesFor(ctx, id)).find((known) => known.account === account);
  ensure(colleague, 'invalid', 'intake.colleague', { field: 'account' });
  const { tenant } = ctx.actor;
  const also = await begin(ctx, id, {
    act: 'hand',
    more: async (tx) => {
      await audit(tx, ctx, [{ action: 'intake.hand', thing: `submission:${id}`, details: { account } }]);
      await tell(tx, ctx, (await readItem(tx, tenant, id)) as Item, 'intake.handed');
    },
  });
  await assignSubmission(ctx, id, { ...colleague, also });
  return colleague.name;
}

/** Two weeks from today, or the first working day after that: what is suggested. */
export const usualAnswerDay = (ctx: Context): string => endOfPeriod(addDays(today(ctx), 14));

/** The last day for an answer: a working day, from tomorrow on, within a year. Throws `invalid`. */
export function answerDay(ctx: Context, day: string): string {
  const now = today(ctx);
  const isGood = isDay(day) && day > now && day <= addDays(now, 365);
  ensure(isGood, 'invalid', 'intake.dayForm', { field: 'dueOn' });
  return endOfPeriod(day);
}

/** What an official writes to the applicant, without what came along unseen when it was pasted. Throws `invalid`. */
const written = (text: string): string => checkBody(seenOnly(text), 'text', limits.text);

/**
 * Asks the applicant for something that is missing, until a day; a day off moves to the next working day. Throws `invalid`, for all that
 * is wrong at once.
 */
export async function askBack(ctx: Context, id: number, { text, dueOn }: { text: string; dueOn: string }): Promise<void> {
  const asking = await checkAll({ text: () => written(text), dueOn: () => answerDay(ctx, dueOn) });
  await askForEvidence(ctx, id, { ...asking, also: await begin(ctx, id, { act: 'ask' }) });
}

export type AnswerInput = {
  readonly outcome: string;
  readonly text: string;
  /** Of the submission, as it was read before deciding; left out: as it is now. */
  readonly edition?: number;
  /** Lines of name and address, when the answer also goes by post. */
  readonly recipient?: readonly string[] | null;
};

function checkOutcome(outcome: string): (typeof officeOutcomes)[number] {
  const known = officeOutcomes.find((one) => one === outcome);
  ensure(known, 'invalid', 'intake.outcomeMissing', { field: 'outcome' });
  return known;
}

/** The mailbox would ask for a mailbox, which nobody can give here. */
function checkPost(lines: readonly string[] | null): readonly string[] | null {
  const isEnough = lines === null || lines.filter((line) => line.trim() !== '').length >= 2;
  ensure(isEnough, 'invalid', 'intake.recipientMissing', { field: 'recipient' });
  return lines;
}

/**
 * Decides, and tells the applicant in their language and in the office's own words; where it is wanted also by a letter on paper, in
 * the same transaction. Never into the mailbox of an account: nobody proved that it is the applicant's. Throws `invalid` for all that is
 * wrong at once, and `conflict` when something has come in since it was read: nobody decides about what they have not seen.
 */
export async function answer(ctx: Context, id: number, input: AnswerInput): Promise<void> {
  const { edition } = input;
  const { locale, title, reference } = await find(ctx, id);
  const { outcome, text, recipient } = await checkAll({
    outcome: () => checkOutcome(input.outcome),
    text: () => written(input.text),
    recipient: () => checkPost(input.recipient ?? null),
  });
  const result = `${outcomeSentences[locale][outcome]}\n\n${text}`;
  const details: { outcome: Outcome } = { outcome };
  const alongside = await begin(ctx, id, {
    act: 'answer',
    own: details,
    more: async (tx) => {
      const letter = { reference: `intake:${id}`, citizen: null, rule: 'vwvfg41' as const, body: result };
      if (recipient) await sendLetter(tx, ctx, { ...letter, recipient, subject: `${title[locale]}, ${reference}`.slice(0, 200) });
      await audit(tx, ctx, [{ action: 'intake.answer', thing: `submission:${id}`, details }]);
    },
  });
  const also: Alongside = async (tx, submission, requests) => {
    // The step itself is one edition.
    ensure(edition === undefined || submission.edition === edition + 1, 'conflict', 'intake.changedSince');
    await alongside(tx, submission, requests);
  };
  await decideSubmission(ctx, id, result, also);
}

/** Says what it costs, in items that were checked; see `fees.ts`. Throws `conflict` when that was said already or nobody has to. */
export async function chargeFee(ctx: Context, id: number, items: readonly ItemInput[]): Promise<void> {
  await setSubmissionFee(ctx, id, { items, also: await begin(ctx, id, { act: 'fee' }) });
}

/** Nothing is left to do. The house hears of it. */
export async function close(ctx: Context, id: number): Promise<void> {
  await closeSubmission(ctx, id, await begin(ctx, id, { act: 'close' }));
}
