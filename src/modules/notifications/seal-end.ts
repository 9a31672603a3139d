import { holdersOf } from '#modules/accounts';
import { sealEnds } from '#modules/signing';
import { profile, provider } from '#modules/tenants';
import { type Context, type Platform, type Role, systemContext } from '#platform/context';
import { type Handler, on } from '#platform/events';
import { queueMails } from '#platform/mail';
import { fill } from '#platform/words';
import { sealMails } from './mail-seal.ts';
import { notify } from './notice.ts';

/** Who looks after the seal of an authority hears in time that it ends: by the bell and by mail. */

type Ending = { readonly tenant: number; readonly seal: number; readonly days: number; readonly on: string };
type Told = { readonly role: Role; readonly link: string };

async function tell(ctx: Context, ending: Ending, { role, link }: Told): Promise<void> {
  const { platform, actor } = ctx;
  const name = (await profile(platform, ending.tenant))?.branding.name ?? '';
  const what = ending.days === 0 ? 'ended' : 'ends';
  await platform.db.write(actor.tenant, async (tx) => {
    const people = await holdersOf(tx, actor.tenant, role);
    await notify(tx, ctx, {
      accounts: people.map(({ id }) => id),
      code: what === 'ended' ? 'notifications.sealEnded' : 'notifications.sealEnds',
      params: { name, on: ending.on },
      link,
      about: `seal:${ending.tenant}.${ending.seal}`,
    });
    const mails = people.map(({ address, locale }) => {
      const { subject, body } = sealMails[locale][what];
      const gaps = { name, on: ending.on, link: `${platform.config.url}${link}` };
      return { to: address, subject: fill(subject, gaps, locale), body: fill(body, gaps, locale) };
    });
    await queueMails(tx, ctx, mails);
  });
}

const within = ({ platform }: { readonly platform: Platform }, tenant: number, job: string) =>
  systemContext(platform, tenant, job);

/** Two handlers, so that the mails of one are not written again because the other has failed. */
export const sealHandlers: readonly Handler[] = [
  on(sealEnds, 'notifications.tellSealEnds', (ctx, ending) =>
    tell(within(ctx, ending.tenant, 'notifications.tellSealEnds'), ending, {
      role: 'tenantAdministrator',
      link: '/verwaltung/protokoll',
    }),
  ),
  on(sealEnds, 'notifications.tellOperatorsSealEnds', (ctx, ending) =>
    tell(within(ctx, provider, 'notifications.tellOperatorsSealEnds'), ending, {
      role: 'providerOperator',
      link: `/anbieter/${ending.tenant}`,
    }),
  ),
];
