import * as accounts from '#modules/accounts';
import * as tenants from '#modules/tenants';
import { audit } from '#platform/audit';
import { type Context, systemContext } from '#platform/context';
import { dayInFigures } from '#platform/day-words';
import type { Job } from '#platform/jobs';
import { type Mail, queueMails } from '#platform/mail';
import { authorize } from './gate.ts';
import { limits, stateTenant } from './rules.ts';
import { reviewDay } from './rules-day.ts';
import { type Freshness, noteReminded, readFreshness, readToRemind } from './store/entries.ts';
import { readSourceAges, type SourceAge } from './store/published.ts';

const mostEditors = 200;
const listed = 50;

/** How fresh what a tenant has published is: per kind how many, how many are due soon, late or expired, and their mean age. */
export async function freshness(ctx: Context, tenant = ctx.actor.tenant): Promise<Freshness[]> {
  authorize(ctx.actor, 'read', { tenant });
  return readFreshness(ctx.platform.db.read(tenant), tenant, reviewDay(ctx.platform.clock.now(), 0));
}

/** An authority and how old what it has published is. */
export type AuthorityFreshness = Omit<SourceAge, 'source'> & { readonly name: string };

/** How fresh the texts of every authority are, those with the oldest first. For the state's editors. */
export async function freshnessByAuthority(ctx: Context): Promise<AuthorityFreshness[]> {
  authorize(ctx.actor, 'read', { tenant: stateTenant });
  const { platform } = ctx;
  const ages = await readSourceAges(platform.db.read(stateTenant), stateTenant, platform.clock.now());
  return Promise.all(
    ages.map(async ({ source, ...age }) => {
      const { name } = await tenants.get(systemContext(platform, source, 'finder'), source);
      return { ...age, name };
    }),
  );
}

type Due = { readonly id: number; readonly title: string; readonly reviewOn: string };

/** Reminds the editors of every tenant, once for each review day, 30 days ahead. */
export const remindEditors: Job = {
  name: 'finder.remindEditors',
  every: '10 5 * * *',
  run: async ({ platform }) => {
    for (const tenant of await tenants.tenantNumbers(platform))
      await remind(systemContext(platform, tenant, 'finder.remindEditors'), tenant);
  },
};

/** Reminds the editors of one tenant; resolves with how many entries are due. */
export async function remind(ctx: Context, tenant: number): Promise<number> {
  authorize(ctx.actor, 'write', { tenant });
  const until = reviewDay(ctx.platform.clock.now(), limits.remindDaysBefore);
  const due = await readToRemind(ctx.platform.db.read(tenant), tenant, until);
  const editors = due.length === 0 ? [] : await editorsOf(ctx, tenant);
  if (editors.length === 0) return due.length;
  const mails = editors.map(({ address, locale }) => mailAbout(due, { to: address, locale, url: ctx.platform.config.url }));
  await ctx.platform.db.write(tenant, async (tx) => {
    await noteReminded(
      tx,
      tenant,
      due.map(({ id }) => id),
    );
    await queueMails(tx, ctx, mails);
    await audit(tx, ctx, [
      { action: 'finder.remind', thing: 'finder:reviews', details: { entries: due.length, editors: editors.length } },
    ]);
  });
  return due.length;
}

async function editorsOf(ctx: Context, tenant: number): Promise<accounts.Person[]> {
  const editors: accounts.Person[] = [];
  for (let cursor: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof accounts.listPeople>> = await accounts.listPeople(ctx, {
      tenant,
      state: 'active',
      cursor,
    });
    editors.push(...page.items.filter(({ roles }) => roles.includes('editor')));
    if (page.next === null || editors.length >= mostEditors) return editors.slice(0, mostEditors);
    cursor = page.next;
  }
}

function mailAbout(due: readonly Due[], { to, locale, url }: { to: string; locale: 'de' | 'en'; url: string }): Mail {
  const lines = due
    .slice(0, listed)
    .map(({ title, reviewOn, id }) => `${dayInFigures(locale, reviewOn)}  ${title}\n  ${url}/redaktion/${id}`);
  const more = due.length > listed ? [`… (${due.length - listed})`] : [];
  const isGerman = locale === 'de';
  const head = isGerman
    ? 'Bitte prüfen Sie, ob diese veröffentlichten Einträge noch stimmen:'
    : 'Please check whether these published entries are still correct:';
  const subject = isGerman ? `${due.length} Einträge sind zu prüfen` : `${due.length} entries are to be reviewed`;
  return { to, subject, body: [head, '', ...lines, ...more].join('\n') };
}
