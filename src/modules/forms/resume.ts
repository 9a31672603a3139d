import { tenantOfToken } from '#modules/accounts';
import type { Context } from '#platform/context';
import { dayInWords } from '#platform/day-words';
import type { Tx } from '#platform/db';
import { ensure } from '#platform/errors';
import { queueMail } from '#platform/mail';
import { networkOf, type ThrottleRule, takeAttempt } from '#platform/throttle';
import { fill, type Locale } from '#platform/words';
import { keptUntil, openDraft } from './draft.ts';
import { makeToken, within } from './gate.ts';
import { mailTexts } from './mail-texts.ts';
import { isMail } from './rules-field.ts';
import { statusLink } from './send.ts';
import type { Draft } from './store/draft.ts';
import { insertMailedLinks } from './store/mailed-link.ts';

/** Somebody could use us to send mails to others: few, for one draft and from one network. */
const mailing: ThrottleRule = {
  name: 'forms.mailLink',
  free: 3,
  windowSeconds: 3_600,
  firstWaitSeconds: 600,
  longestWaitSeconds: 86_400,
};
const mailingFrom: ThrottleRule = { ...mailing, name: 'forms.mailLinkFrom', free: 30 };

export type ResumeView = {
  readonly form: string;
  readonly title: { readonly de: string; readonly en: string };
  readonly office: Draft['office'];
  readonly keptUntil: Date;
  /** Address under which it goes on: whoever has it has the draft. Null: it is found in the account, or is filled in at the counter. */
  readonly link: string | null;
  /** Whether it can be taken into an account. */
  readonly isFree: boolean;
};

const linkOf = ({ platform }: Context, form: string, token: string) => `${platform.config.url}/antrag/${form}/${token}`;

const isLink = (token: string) => tenantOfToken(token) !== null;

/** How to go on later, or where what was sent stands. */
export async function lookAtResume(ctx: Context, token: string): Promise<ResumeView | { readonly goTo: string }> {
  const { draft, form } = await openDraft(ctx, token);
  if (draft.state !== 'open') return { goTo: 'status' };
  const { title } = form.definition;
  const link = isLink(token) ? linkOf(ctx, draft.form, token) : null;
  const isFree = link !== null && draft.account === null;
  return { form: draft.form, title, office: draft.office, keptUntil: keptUntil(draft), link, isFree };
}

/** The first page that is missing, the summary, or the status: where a link leads. */
export async function resumeDraft(ctx: Context, token: string): Promise<{ readonly form: string; readonly goTo: string }> {
  const { draft, way } = await openDraft(ctx, token);
  return { form: draft.form, goTo: draft.state !== 'open' ? 'status' : (way.next ?? 'pruefen') };
}

/** Sends the link of a draft, or of what was sent, to an address. Throws `invalid` for what is no address, `tooMany`. */
export async function mailLink(ctx: Context, token: string, typed: string): Promise<void> {
  const to = typed.trim();
  ensure(isMail(to), 'invalid', 'forms.mailForm', { field: 'mail' });
  const { draft, form } = await openDraft(ctx, token);
  await takeAttempt(ctx, mailing, `draft ${draft.tenant} ${draft.id}`);
  await takeAttempt(ctx, mailingFrom, networkOf(ctx.network));
  ensure(isLink(token), 'conflict', 'forms.ownNeedsNoLink');
  const { title } = form.definition;
  await ctx.platform.db.write(draft.tenant, async (tx) => {
    if (draft.state !== 'open') return mailStatusLink(ctx, tx, { draft, to, title, locale: ctx.locale });
    const { linkSubject, link } = mailTexts[ctx.locale];
    const day = dayInWords(ctx.locale, keptUntil(draft));
    const values = { title: title[ctx.locale], link: linkOf(ctx, draft.form, token), day };
    await queueMail(tx, ctx, { to, subject: linkSubject, body: fill(link, values, ctx.locale) });
  });
}

type StatusMail = { readonly draft: Draft; readonly to: string; readonly title: ResumeView['title']; readonly locale: Locale };

/** A mail with a new link to what was sent, which is no other's: it ends when the address turns out to be wrong. */
export async function mailStatusLink(ctx: Context, tx: Tx, { draft, to, title, locale }: StatusMail): Promise<void> {
  const { tenant, id } = draft;
  const { token, hash } = makeToken(tenant);
  await insertMailedLinks(tx, tenant, [{ draft: id, hash }]);
  const { statusSubject, status } = mailTexts[locale];
  const body = fill(status, { title: title[locale], link: statusLink(ctx, draft, token) }, locale);
  await queueMail(tx, within(ctx, tenant), { to, subject: statusSubject, body });
}
