import { holdersOf } from '#modules/accounts';
import { notify } from '#modules/notifications';
import type { Context } from '#platform/context';
import type { Tx } from '#platform/db';
import { queueMails } from '#platform/mail';
import { fill } from '#platform/words';
import { personOf } from './catalogue.ts';
import { releaseMails } from './mail-release.ts';
import type { OwnForm } from './store/own-form.ts';

/** Who hears of a proposal: everybody who may release it, and then whoever proposed it. By the bell and by mail. */

type Told = Pick<OwnForm, 'key' | 'title' | 'proposedBy' | 'proposedName'>;
type What = keyof (typeof releaseMails)['de'];

const codes: Readonly<Record<What, string>> = {
  proposed: 'forms.formProposed',
  released: 'forms.formReleased',
  refused: 'forms.formRefused',
};

const whereOf = (key: string) => `/formulare/eigene/${key}/veroeffentlichen`;

type Telling = { readonly what: What; readonly accounts: readonly number[]; readonly reason?: string };

/** Tells those of the tenant's editors who are among `accounts`. */
async function tell(tx: Tx, ctx: Context, form: Told, { what, accounts, reason = '' }: Telling): Promise<void> {
  const editors = (await holdersOf(tx, ctx.actor.tenant, 'editor')).filter(({ id }) => accounts.includes(id));
  const { name } = personOf(ctx.actor);
  const params = { title: form.title, name };
  const link = whereOf(form.key);
  await notify(tx, ctx, { accounts: editors.map(({ id }) => id), code: codes[what], params, link, about: `form:${form.key}` });
  const mails = editors.map(({ address, locale }) => {
    const { subject, body } = releaseMails[locale][what];
    const gaps = { ...params, reason, link: `${ctx.platform.config.url}${link}` };
    return { to: address, subject: fill(subject, gaps, locale), body: fill(body, gaps, locale) };
  });
  await queueMails(tx, ctx, mails);
}

/** Everybody who may release it, and not whoever proposed it. */
export async function tellProposed(tx: Tx, ctx: Context, form: Told): Promise<void> {
  const editors = await holdersOf(tx, ctx.actor.tenant, 'editor');
  const accounts = editors.map(({ id }) => id).filter((id) => `account:${id}` !== personOf(ctx.actor).id);
  await tell(tx, ctx, form, { what: 'proposed', accounts });
}

/** Whoever proposed it hears how it ended, and why. */
export async function tellDecided(tx: Tx, ctx: Context, form: Told, reason: string | null): Promise<void> {
  const [, author] = /^account:(\d+)$/.exec(form.proposedBy ?? '') ?? [];
  if (!author) return;
  const what = reason === null ? 'released' : 'refused';
  await tell(tx, ctx, form, { what, accounts: [Number(author)], reason: reason ?? '' });
}
