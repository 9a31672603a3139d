import { profile } from '#modules/tenants';
import type { Context } from '#platform/context';
import { dayAt, daysAfter } from '#platform/day';
import type { Tx } from '#platform/db';
import { ensure } from '#platform/errors';
import { emit } from '#platform/events';
import { enqueue, type Job } from '#platform/jobs';
import { queueMail } from '#platform/mail';
import { invoiceIssued } from './events.ts';
import { authorize } from './gate.ts';
import { type PaymentRef, pageFor } from './open.ts';
import { limits, outstanding } from './rules.ts';
import { type Letter, type LetterFacts, letterText, writeLetter } from './rules-letter.ts';
import { defaultSettings } from './rules-settings.ts';
import { hold, newsOf, note, takeStep } from './step.ts';
import { type Payment, readPayment, updatePayment } from './store/payment.ts';
import { readSettings } from './store/settings.ts';

/**
 * Issues an invoice for an open payment (or one that has expired): it has a day on which it is due instead of an end, can be
 * paid by bank transfer or online, and is reminded of. Whoever hears `invoiceIssued` sends the letter; who gave a mail address
 * gets it by mail at once. Throws `conflict` when it is not open, `invalid`.
 */
export async function issueInvoice(ctx: Context, { payment, days }: { payment: number; days: number }): Promise<void> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'treasure', { tenant });
  const isFine = Number.isSafeInteger(days) && days >= 1 && days <= limits.daysToPay;
  ensure(isFine, 'invalid', 'payments.daysForm', { field: 'days', limit: limits.daysToPay });
  await ctx.platform.db.write(tenant, async (tx) => {
    const held = await hold(tx, tenant, payment);
    ensure(held.invoicedAt === null, 'conflict', 'payments.invoicedAlready');
    const open = held.state === 'expired' ? await takeStep(tx, ctx, held, { step: 'reopen', by: 'treasurer' }) : held;
    ensure(open.state === 'open', 'conflict', `payments.is.${open.state}`);
    const now = ctx.platform.clock.now();
    const invoiced = { ...open, invoicedAt: now, expiresAt: null, dueOn: dayAt(daysAfter(now, days)), changedAt: now };
    await updatePayment(tx, invoiced);
    await send(tx, ctx, invoiced);
  });
}

/** Tells the house, and the debtor; and looks again the day after it is due. */
async function send(tx: Tx, ctx: Context, payment: Payment): Promise<void> {
  const { reminders: reminder, dueOn, tenant, id } = payment;
  if (dueOn === null) return;
  await note(tx, ctx, payment, { step: reminder === 0 ? 'issueInvoice' : 'remind', details: { dueOn, reminder } });
  await emit(tx, ctx, invoiceIssued, { ...newsOf(payment), reminder, dueOn });
  if (payment.debtor.mail !== '') await mailLetter(tx, ctx, payment);
  const runAt = daysAfter(new Date(`${dueOn}T06:00:00Z`), 1);
  await enqueue(tx, remind, { payment: id }, { runAt, key: `payment reminder ${tenant} ${id}` });
}

async function mailLetter(tx: Tx, ctx: Context, payment: Payment): Promise<void> {
  const settings = (await readSettings(tx, payment.tenant)) ?? defaultSettings;
  const isOnline = settings.gateway !== 'none';
  const page = isOnline ? `${ctx.platform.config.url}${await pageFor(ctx, tx, payment)}` : null;
  const letter = writeLetter(await factsOf(ctx, payment, { settings, page }));
  await queueMail(tx, ctx, { to: payment.debtor.mail, subject: letter.subject, body: letterText(letter) });
}

type Around = { readonly settings: { payee: string; iban: string; bic: string }; readonly page: string | null };

async function factsOf(ctx: Context, payment: Payment, { settings, page }: Around): Promise<LetterFacts> {
  const { payee, iban, bic } = settings;
  const authority = await profile(ctx.platform, payment.tenant);
  return {
    locale: payment.locale,
    authority: authority?.branding.name ?? '',
    reference: payment.reference,
    page,
    purpose: payment.purpose,
    items: payment.items ?? [],
    cents: payment.cents ?? 0,
    debtor: payment.debtor,
    outstandingCents: outstanding(payment),
    dueOn: payment.dueOn ?? '',
    reminder: payment.reminders,
    account: iban === '' ? null : { payee, iban, bic },
  };
}

/**
 * The letter of a payment's invoice or of its last reminder, for the room that lays letters out. The caller has checked that its
 * actor may read it, and gives the page's address when the letter is to lead there (`paymentPage`). Throws `notFound`, `conflict`
 * when no invoice was issued.
 */
export async function letterOf(ctx: Context, { tenant, payment, page }: PaymentRef & { page: string | null }): Promise<Letter> {
  const sql = ctx.platform.db.read(tenant);
  const [found, settings] = await Promise.all([readPayment(sql, tenant, payment), readSettings(sql, tenant)]);
  ensure(found, 'notFound', 'platform.notFound');
  ensure(found.invoicedAt, 'conflict', 'payments.notInvoiced');
  return writeLetter(await factsOf(ctx, found, { settings: settings ?? defaultSettings, page }));
}

/** Reminds of an invoice when its day is over and something is still owed; after the last reminder the treasury goes on. */
export async function remindOne(ctx: Context, id: number): Promise<void> {
  const { tenant } = ctx.actor;
  await ctx.platform.db.write(tenant, async (tx) => {
    const payment = await hold(tx, tenant, id);
    const now = ctx.platform.clock.now();
    const isOver = payment.dueOn !== null && payment.dueOn < dayAt(now);
    if (payment.state !== 'open' || !isOver || payment.reminders >= limits.reminders) return;
    const dueOn = dayAt(daysAfter(now, limits.reminderDays));
    const reminded = { ...payment, reminders: payment.reminders + 1, dueOn, changedAt: now };
    await updatePayment(tx, reminded);
    await send(tx, ctx, reminded);
  });
}

export const remind: Job<{ payment: number }> = {
  name: 'payments.remind',
  run: (ctx, { payment }) => remindOne(ctx, payment),
};
