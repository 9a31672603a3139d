import * as accounts from '#modules/accounts';
import { assertReadable, type Reading } from '#modules/scanning';
import { audit } from '#platform/audit';
import { checkAll } from '#platform/checks';
import type { Context } from '#platform/context';
import { randomToken, sha256 } from '#platform/crypto';
import type { Tx } from '#platform/db';
import { ensure, Failure } from '#platform/errors';
import { enqueue } from '#platform/jobs';
import { oneLine } from '#platform/text';
import { type ThrottleRule, takeAttempt } from '#platform/throttle';
import { giveUpFiles, type NewFile, type ScannedFile, scanFiles, storeFiles, withScans } from './attachment.ts';
import { deliverLetter } from './deliver.ts';
import { authorize, authorsFor } from './gate.ts';
import { checkBody, checkRecipient, limits, type SentState } from './rules.ts';
import { type DeliveryRule, deemedOn, isDeliveryRule } from './rules-delivery.ts';
import { type HeldFile, insertFiles, readFiles } from './store/file.ts';
import { type Answer, insertSent, readAnswers, readSent, readSentByReference, readSents, type SentRow } from './store/sent.ts';

/** A letter of an authority, as a room hands it over. */
export type LetterInput = {
  /** What the sender calls it, such as `decision:4711`: the same letter goes once, however often it is handed over. */
  readonly reference: string;
  /** The account of the portal it goes to; null goes by post. */
  readonly citizen: number | null;
  /** Name and postal address line by line; may be empty with an account. */
  readonly recipient: readonly string[];
  readonly subject: string;
  readonly body: string;
  readonly rule: DeliveryRule;
  /** Contents already stored in the sender's tenant; the mailbox keeps these blobs from now on. */
  readonly files?: readonly HeldFile[];
};

/**
 * Sends a letter in the transaction of whoever decides: if that commits, the letter will be in the mailbox or on the list for the post.
 * Resolves with its number. Throws `invalid`; `forbidden` for people of another authority.
 */
export async function sendLetter(tx: Tx, ctx: Context, input: LetterInput): Promise<number> {
  const { actor, platform } = ctx;
  const author = actor.kind === 'account' ? actor.account : null;
  authorize(actor, 'write', { tenant: actor.tenant, author });
  const { reference, citizen, rule, files = [] } = input;
  ensure(reference !== '' && reference.length <= limits.referenceCharacters, 'internal', 'platform.internal');
  const recipient = checkRecipient(input.recipient, { isPosted: citizen === null });
  const subject = oneLine(input.subject, 'subject', { most: limits.subjectCharacters });
  const body = checkBody(input.body, 'body', limits.bodyCharacters);
  const state: SentState = citizen === null ? 'toPrint' : 'queued';
  const row = { reference, author, citizen, recipient, subject, body, rule, state, sentAt: platform.clock.now() };
  const id = await insertSent(tx, actor.tenant, row);
  if (id === null) return ((await readSentByReference(tx, actor.tenant, reference)) as SentRow).id;
  await insertFiles(tx, actor.tenant, { holder: 'sent', id, files });
  await scanFiles(tx, ctx, { tenant: actor.tenant, holder: 'sent', id, files });
  if (citizen !== null) await enqueue(tx, deliverLetter, { sent: id }, { key: `mailbox ${actor.tenant} ${id}` });
  const details = { citizen, rule, files: files.length };
  await audit(tx, ctx, [{ action: 'mailbox.send', thing: `letter:${id}`, details }]);
  return id;
}

/** A letter as a clerk writes it on the page. */
export type WrittenLetter = {
  /** The recipient's mail address in the portal; empty sends by post. */
  readonly address: string;
  /** Lines of name and postal address, separated by line breaks. */
  readonly recipient: string;
  readonly subject: string;
  readonly body: string;
  readonly rule: string;
  readonly files: AsyncIterable<NewFile>;
  /** A chance of the page it is written on: the same, sent twice from there, is one letter. Default: always a new one. */
  readonly once?: string;
};

/** Who writes letters may ask which addresses have an account, but not go through a list of them. */
const lookingUp: ThrottleRule = {
  name: 'mailbox.lookUp',
  free: 100,
  windowSeconds: 3_600,
  firstWaitSeconds: 60,
  longestWaitSeconds: 3_600,
};

/** The account with this address. Throws `tooMany`; `invalid` when there is none: the clerk decides to send by post, nobody else. */
async function accountOf(ctx: Context, address: string): Promise<number | null> {
  if (address.trim() === '') return null;
  await takeAttempt(ctx, lookingUp, `${ctx.actor.tenant} ${ctx.actor.kind === 'account' ? ctx.actor.account : 0}`);
  const found = await accounts.findCitizen(ctx, address);
  ensure(found, 'invalid', 'mailbox.noAccount', { field: 'address' });
  return found.id;
}

/** What tells a letter that is being written from every other one, see {@link WrittenLetter}. */
export const markOfLetter = (): string => randomToken();

/** Writes a letter. Resolves with its number. Throws `invalid` for every field that is wrong, `tooLarge`. */
export async function writeLetter(ctx: Context, letter: WrittenLetter): Promise<number> {
  const { actor } = ctx;
  const author = actor.kind === 'account' ? actor.account : null;
  authorize(actor, 'write', { tenant: actor.tenant, author });
  const once = /^[\w-]{20,60}$/.test(letter.once ?? '') ? letter.once : randomToken();
  const checked = await checkAll({
    address: () => accountOf(ctx, letter.address),
    recipient: () => checkRecipient(letter.recipient.split('\n'), { isPosted: letter.address.trim() === '' }),
    subject: () => oneLine(letter.subject, 'subject', { most: limits.subjectCharacters }),
    body: () => checkBody(letter.body, 'body', limits.bodyCharacters),
    rule: () => {
      if (isDeliveryRule(letter.rule)) return letter.rule;
      throw new Failure('invalid', 'mailbox.ruleUnknown');
    },
  });
  const { address: citizen, ...rest } = checked;
  const files = await storeFiles(ctx, actor.tenant, letter.files);
  // The same page sends another letter when somebody goes back to it and writes something else.
  const written = JSON.stringify([once, rest, citizen, files.map(({ name, sha256: sum }) => [name, sum])]);
  const input: LetterInput = { ...rest, citizen, files, reference: `page:${author}:${sha256(written).toString('hex')}` };
  try {
    return await ctx.platform.db.write(actor.tenant, (tx) => sendLetter(tx, ctx, input));
  } catch (error) {
    return giveUpFiles(ctx, actor.tenant, { files, error });
  }
}

/** A letter on the authority's side, and when the law counts it as delivered (`2026-11-27`; null: not yet, or never). */
export type SentLetter = SentRow & { readonly deemedOn: string | null };

const withDate = (row: SentRow): SentLetter => ({ ...row, deemedOn: deemedOn(row) });

/** The letters one has written, newest first; administrators see all of their authority. Throws `unauthenticated`. */
export async function listSent(
  ctx: Context,
  { state = null }: { readonly state?: SentState | null } = {},
): Promise<SentLetter[]> {
  const { actor } = ctx;
  authorize(actor, 'write', { tenant: actor.tenant, author: actor.kind === 'account' ? actor.account : null });
  const query = { author: authorsFor(ctx), state, limit: limits.listed };
  return (await readSents(ctx.platform.db.read(actor.tenant), actor.tenant, query)).map(withDate);
}

export type SentView = SentLetter & {
  readonly files: readonly ScannedFile[];
  readonly answers: readonly (Answer & { readonly files: readonly ScannedFile[] })[];
};

/** One letter with its answers. Throws `notFound`. */
export async function getSent(ctx: Context, id: number): Promise<SentView> {
  const { tenant, kind } = ctx.actor;
  ensure(kind !== 'nobody', 'unauthenticated', 'platform.signInFirst');
  const sql = ctx.platform.db.read(tenant);
  const row = await readSent(sql, tenant, id);
  ensure(row, 'notFound', 'platform.notFound');
  authorize(ctx.actor, 'read', { tenant, author: row.author });
  const answers = await readAnswers(sql, tenant, id);
  const ids = answers.map((answer) => answer.id);
  const [files, theirs] = await Promise.all([readFiles(sql, tenant, 'sent', [id]), readFiles(sql, tenant, 'answer', ids)]);
  const [own, scanned] = await Promise.all([withScans(ctx, files), withScans(ctx, theirs)]);
  return {
    ...withDate(row),
    files: own,
    answers: answers.map((answer) => ({ ...answer, files: scanned.filter((file) => file.id === answer.id) })),
  };
}

/** An attachment of the letter itself, to print it along or to see what was sent. Throws `notFound`, and as `scanning.assertReadable`. */
export async function sentFile(
  ctx: Context,
  { sent, position }: { readonly sent: number; readonly position: number },
  reading: Reading = {},
): Promise<HeldFile> {
  const file = (await getSent(ctx, sent)).files.find((one) => one.position === position);
  ensure(file, 'notFound', 'platform.notFound');
  await assertReadable(ctx, file.blob, reading);
  return file;
}

/** An attachment of an answer, after it was looked at. Throws `notFound`, and as `scanning.assertReadable`. */
export async function answerFile(
  ctx: Context,
  { sent, answer, position }: { readonly sent: number; readonly answer: number; readonly position: number },
  reading: Reading = {},
): Promise<HeldFile> {
  const { answers } = await getSent(ctx, sent);
  const file = answers.find(({ id }) => id === answer)?.files.find((one) => one.position === position);
  ensure(file, 'notFound', 'platform.notFound');
  await assertReadable(ctx, file.blob, reading);
  return file;
}
