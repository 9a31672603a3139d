import { createTransport, type Transporter } from 'nodemailer';
import type { Context, Platform } from './context.ts';
import type { Sql, Tx } from './db.ts';
import { asFailure, Failure } from './errors.ts';
import { enqueueAll, type Job } from './jobs.ts';

/** A mail as text only: nothing in it can be clicked that is not also readable, and no mail programme has to render us. */
export type Mail = { readonly to: string; readonly subject: string; readonly body: string };

/** A mail as it lies in the outbox. The body is empty once it was sent. */
export type StoredMail = {
  readonly id: number;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  readonly state: 'waiting' | 'sent' | 'failed';
  readonly at: Date;
};

const limits = { subject: 200, body: 20_000, connectMilliseconds: 10_000, sendMilliseconds: 30_000 };

/** Line breaks would let a name add header lines of its own. */
const header = (text: string) => text.replaceAll(/\s+/g, ' ').slice(0, limits.subject);

/**
 * Puts a mail into the outbox in the transaction of the change that causes it; a job sends it when the transaction has
 * committed. Without an SMTP server it waits. The body may carry a one-time link: it is never logged, and removed once sent.
 */
export async function queueMail(tx: Tx, ctx: Context, mail: Mail): Promise<void> {
  await queueMails(tx, ctx, [mail]);
}

/** Like {@link queueMail}, for many at once. */
export async function queueMails(tx: Tx, ctx: Context, mails: readonly Mail[]): Promise<void> {
  if (mails.length === 0) return;
  const rows = mails.map(({ to, subject, body }) => ({
    recipient: header(to),
    subject: header(subject),
    body: body.slice(0, limits.body),
  }));
  const stored = await tx<{ id: number }[]>`
    insert into platform.mail (tenant, recipient, subject, body, created_at)
    select platform.tenant(), m.recipient, m.subject, m.body, ${ctx.platform.clock.now()}
    from jsonb_to_recordset(${tx.json(rows)}) as m (recipient text, subject text, body text) returning id`;
  if (ctx.platform.config.smtpUrl === null) return;
  await enqueueAll(
    tx,
    stored.map(({ id }) => ({ job: sendMail, payload: { mail: id }, key: `mail ${id}` })),
  );
}

/** The tenant's newest mails, for the outbox of a demo. */
export async function listMail(sql: Sql, tenant: number, limit: number): Promise<StoredMail[]> {
  const rows = await sql<StoredMail>`
    select id, recipient as "to", subject, body, state, created_at as at from platform.mail
    where tenant = ${tenant} order by id desc limit ${limit}`;
  return [...rows];
}

/** Sends one mail of the outbox. A crash between sending and noting it sends it twice, with the same Message-ID. */
export const sendMail: Job<{ mail: number }> = {
  name: 'platform.sendMail',
  run: async ({ platform, actor: { tenant } }, { mail: id }) => {
    if (platform.config.smtpUrl === null) return;
    const [mail] = await platform.db.read(tenant)<{ recipient: string; subject: string; body: string }>`
      select recipient, subject, body from platform.mail where tenant = ${tenant} and id = ${id} and state = 'waiting'`;
    if (!mail) return;
    const outcome = await hand(platform, {
      ...mail,
      messageId: `<mail.${tenant}.${id}@${new URL(platform.config.url).hostname}>`,
    });
    await platform.db.read(tenant)`
      update platform.mail set state = ${outcome}, sent_at = ${platform.clock.now()}, body = ''
      where tenant = ${tenant} and id = ${id}`;
  },
};

/** What waited for an SMTP server, or longer than a job is repeated, is tried again. */
export const sendWaitingMail: Job = {
  name: 'platform.sendWaitingMail',
  every: '*/10 * * * *',
  run: async ({ platform }) => {
    if (platform.config.smtpUrl === null) return;
    await platform.db.instance`select platform.enqueue_waiting_mail(${platform.clock.now()})`;
  },
};

export const mailJobs: readonly Job<never>[] = [sendMail as Job<never>, sendWaitingMail];

const transports = new WeakMap<Platform, Transporter>();

function transportOf(platform: Platform): Transporter {
  const known = transports.get(platform);
  if (known) return known;
  const made = createTransport({
    url: platform.config.smtpUrl ?? '',
    connectionTimeout: limits.connectMilliseconds,
    socketTimeout: limits.sendMilliseconds,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  transports.set(platform, made);
  return made;
}

type Outgoing = { readonly recipient: string; readonly subject: string; readonly body: string; readonly messageId: string };

/** Hands a mail to the SMTP server. `failed`: it refused for good; throws `unavailable` when it makes sense to try again. */
async function hand(platform: Platform, { recipient, subject, body, messageId }: Outgoing): Promise<'sent' | 'failed'> {
  try {
    // RFC 3834, 5: programmes must not answer it.
    const headers = { 'Auto-Submitted': 'auto-generated' };
    await transportOf(platform).sendMail({
      from: platform.config.mailFrom,
      to: { name: '', address: recipient },
      subject,
      text: body,
      messageId,
      headers,
    });
    return 'sent';
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'responseCode' in error ? Number(error.responseCode) : 0;
    // RFC 5321, 4.2.1: 5yz is a permanent refusal. 530 and 535 are about our own sign-in, which the operator can put right.
    const isForGood = code >= 500 && code !== 530 && code !== 535;
    platform.log.warn(
      { part: 'mail', code, reason: asFailure(error).kind },
      isForGood ? 'a mail was refused' : 'a mail has to wait',
    );
    if (isForGood) return 'failed';
    throw new Failure('unavailable', 'platform.unavailable', {}, error);
  }
}
