import { type DocumentContent, type Letterhead, letterheadOf, makeDocument, makeStack } from '#modules/signing';
import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import { dayInWords } from '#platform/day-words';
import { ensure, Failure } from '#platform/errors';
import { move } from './deliver.ts';
import { authorize } from './gate.ts';
import { limits } from './rules.ts';
import { fitting, type LeftOut } from './rules-print.ts';
import { getSent } from './send.ts';
import { readFiles } from './store/file.ts';
import { readSentAmong, type SentRow } from './store/sent.ts';

type Written = Pick<SentRow, 'subject' | 'body' | 'recipient' | 'sentAt'> & { readonly enclosed: readonly string[] };

/** A letter as it stands on paper. */
function onPaper({ subject, body, recipient, sentAt, enclosed }: Written, letterhead: Letterhead): DocumentContent {
  const blocks: DocumentContent['blocks'] = body.split(/\n{2,}/).map((text) => ({ kind: 'paragraph', text }));
  return {
    title: subject,
    language: 'de',
    at: sentAt,
    recipient,
    letterhead,
    facts: [{ label: 'Datum', value: dayInWords('de', sentAt) }],
    blocks:
      enclosed.length === 0
        ? blocks
        : [...blocks, { kind: 'heading', text: 'Anlagen', level: 3 }, { kind: 'list', items: enclosed }],
  };
}

/** A letter as a sealed PDF, for the post and for the files. Throws `notFound`, `unavailable`. */
export async function letterPdf(ctx: Context, id: number): Promise<Buffer> {
  const letter = await getSent(ctx, id);
  const enclosed = letter.files.map(({ name }) => name);
  return (await makeDocument(ctx, onPaper({ ...letter, enclosed }, await letterheadOf(ctx)))).bytes;
}

/** A letter chosen for the post. */
export type ChosenLetter = Written & { readonly id: number };

/** What was chosen: what still waits for the post, in the order of the list, and what does not (any more). */
export type ChosenLetters = { readonly waiting: readonly ChosenLetter[]; readonly posted: readonly ChosenLetter[] };

/**
 * Letters somebody has chosen to print. Throws `notFound` as soon as one of them is none, or not theirs; `invalid` for an empty choice,
 * `tooLarge` for more than a list shows.
 */
export async function chosenLetters(ctx: Context, chosen: readonly number[]): Promise<ChosenLetters> {
  const { tenant, kind } = ctx.actor;
  ensure(kind !== 'nobody', 'unauthenticated', 'platform.signInFirst');
  const ids = [...new Set(chosen)];
  ensure(ids.length > 0, 'invalid', 'mailbox.noneChosen');
  ensure(ids.length <= limits.listed, 'tooLarge', 'mailbox.tooManyChosen', { limit: limits.listed });
  const sql = ctx.platform.db.read(tenant);
  const rows = await readSentAmong(sql, tenant, ids);
  ensure(rows.length === ids.length, 'notFound', 'platform.notFound');
  for (const { author } of rows) authorize(ctx.actor, 'print', { tenant, author });
  const files = await readFiles(sql, tenant, 'sent', ids);
  const letterOf = ({ id, subject, body, recipient, sentAt }: SentRow): ChosenLetter => {
    const enclosed = files.filter((file) => file.id === id).map(({ name }) => name);
    return { id, subject, body, recipient, sentAt, enclosed };
  };
  const isWaiting = ({ state }: SentRow) => state === 'toPrint';
  return { waiting: rows.filter(isWaiting).map(letterOf), posted: rows.filter((row) => !isWaiting(row)).map(letterOf) };
}

export type PrintPlan = {
  /** What goes into one file, in its order, each with its pages. */
  readonly ready: readonly (ChosenLetter & { readonly pages: number })[];
  /** What does not, and why; it stays as it is. */
  readonly left: readonly (ChosenLetter & { readonly why: LeftOut | 'posted' })[];
};

/** How many pages a letter takes; null when it cannot be laid out, which is written down and stops no other letter. */
async function pagesOf(ctx: Context, letter: ChosenLetter, letterhead: Letterhead): Promise<number | null> {
  try {
    return (await makeDocument(ctx, onPaper(letter, letterhead), { isSealed: false })).pages;
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === 'unavailable') throw error;
    const detail = String(error.cause ?? error.code);
    ctx.platform.log.error({ tenant: ctx.actor.tenant, letter: letter.id, detail }, 'a letter cannot be laid out');
    return null;
  }
}

/** Says which of the chosen letters go into one file: one that cannot be laid out is named and stops no other. Throws as {@link chosenLetters}. */
export async function planPrint(ctx: Context, chosen: readonly number[]): Promise<PrintPlan> {
  const { waiting, posted } = await chosenLetters(ctx, chosen);
  const letterhead = await letterheadOf(ctx);
  const measured = [];
  for (const letter of waiting.slice(0, limits.printed))
    measured.push({ ...letter, pages: await pagesOf(ctx, letter, letterhead) });
  const { ready, left } = fitting(measured, limits.printedPages);
  const rest = waiting.slice(limits.printed).map((letter) => ({ ...letter, why: 'full' as const }));
  return { ready, left: [...left, ...rest, ...posted.map((letter) => ({ ...letter, why: 'posted' as const }))] };
}

/**
 * One PDF of several letters, in the order of the list, each from an odd page on. Whatever somebody has posted meanwhile is not in it.
 * Throws as {@link chosenLetters}, `conflict` when none waits any more, `tooLarge` beyond what fits into one file ({@link planPrint}).
 */
export async function printLetters(ctx: Context, chosen: readonly number[]): Promise<Buffer> {
  const { waiting } = await chosenLetters(ctx, chosen);
  ensure(waiting.length <= limits.printed, 'tooLarge', 'mailbox.printTooMuch', {
    letters: limits.printed,
    pages: limits.printedPages,
  });
  const letterhead = await letterheadOf(ctx);
  const [first, ...others] = waiting.map((letter) => onPaper(letter, letterhead));
  ensure(first, 'conflict', 'mailbox.noneWaiting');
  const { bytes, pages } = await makeStack({ title: 'Briefe', contents: [first, ...others] });
  ensure(pages <= limits.printedPages, 'tooLarge', 'mailbox.printTooMuch', {
    letters: limits.printed,
    pages: limits.printedPages,
  });
  return bytes;
}

/** Notes that a letter was put into an envelope and posted. Throws `notFound`, `conflict` when it does not wait for that. */
export async function markPosted(ctx: Context, id: number): Promise<void> {
  const { tenant } = ctx.actor;
  const { author } = await getSent(ctx, id);
  authorize(ctx.actor, 'print', { tenant, author });
  await ctx.platform.db.write(tenant, async (tx) => {
    const isDone = await move(tx, ctx, { id, to: 'printed', at: ctx.platform.clock.now() });
    ensure(isDone, 'conflict', 'mailbox.notWaiting');
    await audit(tx, ctx, [{ action: 'mailbox.post', thing: `letter:${id}` }]);
  });
}

/**
 * Notes of several letters that they were posted, in one transaction. Resolves with how many; the others had been noted by somebody else.
 * Throws as {@link chosenLetters}, `conflict` when none waits any more.
 */
export async function markAllPosted(ctx: Context, chosen: readonly number[]): Promise<number> {
  const { waiting } = await chosenLetters(ctx, chosen);
  const ids = waiting.map(({ id }) => id).sort((one, other) => one - other); // two who note the same ones wait for each other in turn
  return ctx.platform.db.write(ctx.actor.tenant, async (tx) => {
    const at = ctx.platform.clock.now();
    const noted: number[] = [];
    for (const id of ids) if (await move(tx, ctx, { id, to: 'printed', at })) noted.push(id);
    ensure(noted.length > 0, 'conflict', 'mailbox.noneWaiting');
    await audit(
      tx,
      ctx,
      noted.map((id) => ({ action: 'mailbox.post', thing: `letter:${id}`, details: { together: noted.length } })),
    );
    return noted.length;
  });
}
