import { isDeepStrictEqual } from 'node:util';
import { joinToken } from '#modules/accounts';
import type { Context } from '#platform/context';
import { randomToken, sha256 } from '#platform/crypto';
import { daysAfter } from '#platform/day';
import type { Tx } from '#platform/db';
import { ensure, Failure } from '#platform/errors';
import { oneLine, seenLine } from '#platform/text';
import type { Locale } from '#platform/words';
import { expireLater } from './care.ts';
import type { PaidThing } from './events.ts';
import { authorize } from './gate.ts';
import { limits, type PaymentState } from './rules.ts';
import { checkItems, type Item, type ItemInput, sumOf } from './rules-money.ts';
import { makeReference } from './rules-reference.ts';
import { defaultSettings } from './rules-settings.ts';
import { hold, note, takeStep } from './step.ts';
import { type Debtor, insertLink, insertPayment, nextNumber, type Payment, readByThing, updateDebtor } from './store/payment.ts';
import { readSettings } from './store/settings.ts';

/** What has to be paid, and by whom. */
export type PaymentInput = {
  /** The authority the money is owed to. */
  readonly tenant: number;
  /** What it is for. One thing has one payment: asking twice gives the same one. */
  readonly thing: PaidThing;
  /** What people call the thing, its reference number for one. */
  readonly thingName: string;
  /** For people: `Hundesteuer`; at most 250 characters, no secrets: the payment service sees it. What the thing is called is added. */
  readonly purpose: string;
  /** Null: an official says later what it costs (`setFee`). */
  readonly items: readonly ItemInput[] | null;
  readonly debtor: Pick<Debtor, 'name'> & Partial<Debtor>;
  /** Path on this server to which the debtor goes on afterwards, paid or not. */
  readonly returnTo: string;
  /** Days until it expires; default: what the authority has decided. Counted from when the fee is known. */
  readonly days?: number;
  readonly locale?: Locale;
};

/** A payment that was asked for. */
export type OpenedPayment = {
  readonly payment: number;
  readonly reference: string;
  readonly state: PaymentState;
  readonly cents: number | null;
  /** Address of the page (a path) where it is paid. Holds a secret: for the debtor only; never log it. */
  readonly page: string;
};

/**
 * Asks for money, in the transaction of the room that decided it is owed; that transaction is one of the tenant the money is owed to.
 * The caller has checked that its actor may. Asking again for the same thing returns the payment there is, with a further link;
 * throws `conflict` when it is about another amount. Throws `invalid` for wrong input.
 */
export async function openPayment(ctx: Context, tx: Tx, input: PaymentInput): Promise<OpenedPayment> {
  const settings = (await readSettings(tx, input.tenant)) ?? defaultSettings;
  const now = ctx.platform.clock.now();
  const items = input.items && checkItems(input.items);
  const id = await nextNumber(tx);
  const days = checkDays(input.days ?? settings.daysToPay);
  const payment: Payment = {
    id,
    tenant: input.tenant,
    reference: makeReference(settings.referencePrefix, now.getUTCFullYear(), id),
    kind: checkWord(input.thing.kind, 'kind', limits.kind),
    thing: checkWord(input.thing.id, 'thing', limits.thing),
    thingName: oneLine(input.thingName, 'thingName', { most: limits.thingName }),
    state: items ? 'open' : 'awaitingFee',
    items,
    cents: items && sumOf(items),
    purpose: purposeOf(input),
    debtor: checkDebtor(input.debtor),
    locale: input.locale ?? ctx.locale,
    returnTo: checkReturn(input.returnTo),
    receivedCents: 0,
    refundedCents: 0,
    openedAt: now,
    changedAt: now,
    paidAt: null,
    expiresAt: items ? daysAfter(now, days) : null,
    invoicedAt: null,
    dueOn: null,
    reminders: 0,
  };
  if (!(await insertPayment(tx, payment))) return reopened(ctx, tx, input, items);
  await note(tx, ctx, payment, { step: 'openPayment', details: payment.cents === null ? {} : { cents: payment.cents } });
  await expireLater(tx, payment);
  return { ...summaryOf(payment), page: await pageFor(ctx, tx, payment) };
}

async function reopened(ctx: Context, tx: Tx, { tenant, thing }: PaymentInput, items: Item[] | null): Promise<OpenedPayment> {
  const known = await readByThing(tx, tenant, thing);
  if (!known) throw new Failure('conflict', 'payments.thingTaken');
  ensure(items === null || known.cents === sumOf(items), 'conflict', 'payments.thingTaken');
  return { ...summaryOf(known), page: await pageFor(ctx, tx, known) };
}

const summaryOf = ({ id, reference, state, cents }: Payment) => ({ payment: id, reference, state, cents });

/**
 * Says anew who owes what was asked for: a name, an address or a mail that was corrected reaches the letters and mails from here on, those sent
 * stay. Without a payment, or without a change, nothing happens. The caller has checked that its actor may. Throws `invalid`.
 */
export async function correctDebtor(
  ctx: Context,
  tx: Tx,
  { tenant, thing, debtor: input }: Pick<PaymentInput, 'tenant' | 'thing' | 'debtor'>,
): Promise<void> {
  const known = await readByThing(tx, tenant, thing);
  if (!known) return;
  const debtor = checkDebtor(input);
  const payment = await hold(tx, tenant, known.id);
  if (isDeepStrictEqual(payment.debtor, debtor)) return;
  await updateDebtor(tx, tenant, payment.id, debtor);
  await note(tx, ctx, payment, { step: 'correctDebtor' });
}

/** A further link to the page of a payment, for a letter or a mail. The caller has checked that whoever gets it may pay. */
export async function paymentPage(ctx: Context, tx: Tx, { tenant, payment }: PaymentRef): Promise<string> {
  return pageFor(ctx, tx, await hold(tx, tenant, payment));
}

/** Makes a secret of 256 bits that begins with its tenant (docs/decisions/0001), stores its hash, and gives the page's path. */
export async function pageFor(ctx: Context, tx: Tx, { tenant, id }: Payment): Promise<string> {
  const token = joinToken(tenant, randomToken());
  const at = ctx.platform.clock.now();
  await insertLink(tx, { tenant, payment: id, hash: sha256(token), at, most: limits.links });
  return `/bezahlung/${token}`;
}

/** Names a payment. */
export type PaymentRef = { readonly tenant: number; readonly payment: number };

/**
 * Says what it costs, where that was left to an official; the debtor is told by whoever hears `feeSet`. The caller has checked
 * that this official may; the actor must be of the tenant. Throws `conflict` when the fee is known already, `invalid`.
 */
export async function setFee(ctx: Context, tx: Tx, input: PaymentRef & { items: readonly ItemInput[] }): Promise<void> {
  authorize(ctx.actor, 'setFee', { tenant: input.tenant });
  const items = checkItems(input.items);
  const payment = await hold(tx, input.tenant, input.payment);
  const settings = (await readSettings(tx, input.tenant)) ?? defaultSettings;
  const change = { items, cents: sumOf(items), expiresAt: daysAfter(ctx.platform.clock.now(), settings.daysToPay) };
  const details = { cents: change.cents };
  await expireLater(tx, await takeStep(tx, ctx, payment, { step: 'setFee', by: 'official', change, details }));
}

/**
 * Nobody owes it any more (the application was withdrawn, or refused without a fee). Money that is on its way all the same is
 * kept, shown to the treasury and given back. Throws `conflict` when it is paid: then `refund` is the way.
 */
export async function withdrawPayment(ctx: Context, tx: Tx, { tenant, payment }: PaymentRef): Promise<void> {
  await takeStep(tx, ctx, await hold(tx, tenant, payment), { step: 'withdraw', by: 'caller' });
}

function checkDays(days: number): number {
  const isFine = Number.isSafeInteger(days) && days >= 1 && days <= limits.daysToPay;
  ensure(isFine, 'invalid', 'payments.daysForm', { field: 'days', limit: limits.daysToPay });
  return days;
}

/** What it is for, and what that is called: whoever reads only this line finds the thing by it. */
function purposeOf({ purpose, thingName }: PaymentInput): string {
  const what = oneLine(purpose, 'purpose', { most: limits.purpose });
  const name = oneLine(thingName, 'thingName', { most: limits.thingName });
  return what.includes(name) ? what : `${what.slice(0, limits.purpose - name.length - 2)}, ${name}`;
}

function checkWord(text: string, field: string, most: number): string {
  ensure(text.length >= 1 && text.length <= most && !/[\s\p{Cc}]/u.test(text), 'invalid', 'platform.invalid', { detail: field });
  return text;
}

/** Only a path on this server: the payment page must not be able to send people elsewhere. */
function checkReturn(path: string): string {
  const isPath = /^\/(?![/\\])[^\\\s]*$/.test(path) && path.length <= limits.returnPath;
  ensure(isPath, 'invalid', 'platform.invalid', { detail: 'returnTo' });
  return path;
}

/** What is longer than a line of the treasury is cut, and not within a character: it stands whole with the room that asks. */
function lineOf(text: string): string {
  const line = seenLine(text).slice(0, limits.debtorLine);
  return (line.isWellFormed() ? line : line.slice(0, -1)).trim();
}

function checkDebtor({ name, street = '', postcode = '', town = '', mail = '' }: PaymentInput['debtor']): Debtor {
  const isMail = mail === '' || (/^[^\s@]+@[^\s@]+$/.test(mail) && mail.length <= 254);
  ensure(isMail, 'invalid', 'payments.mailForm', { field: 'mail' });
  return {
    name: oneLine(lineOf(name), 'name'),
    mail,
    street: lineOf(street),
    postcode: lineOf(postcode),
    town: lineOf(town),
  };
}
