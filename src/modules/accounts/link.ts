import type { Branding } from '#modules/tenants';
import type { Context } from '#platform/context';
import { randomToken, sha256 } from '#platform/crypto';
import type { Tx } from '#platform/db';
import { ensure, Failure } from '#platform/errors';
import { queueMails } from '#platform/mail';
import { networkOf, takeAttempt } from '#platform/throttle';
import { home } from './gate.ts';
import { writeMail } from './mail-texts.ts';
import { limits, throttles } from './rules.ts';
import { joinToken, tenantOfToken } from './rules-token.ts';
import { type Account, readAccount } from './store/account.ts';
import { deleteLinks, insertLinks, type Link, type LinkPurpose, type NewLink, readLink, spendLink } from './store/link.ts';

const secondsOf: Readonly<Record<LinkPurpose, number>> = {
  invitation: limits.invitationSeconds,
  reset: limits.resetSeconds,
  setUp: limits.setUpSeconds,
};

/** Where a link leads; the only place where a secret stands in an address. */
const addressOf = (ctx: Context, token: string) => `${ctx.platform.config.url}/link/${token}`;

type Made = { readonly token: string; readonly row: NewLink };

function make(ctx: Context, tenant: number, { account, purpose }: { account: number | null; purpose: LinkPurpose }): Made {
  const token = joinToken(tenant, randomToken());
  const createdAt = ctx.platform.clock.now();
  const expiresAt = new Date(createdAt.getTime() + secondsOf[purpose] * 1000);
  return { token, row: { account, purpose, tokenHash: sha256(token), createdAt, expiresAt } };
}

/** What a link and the mail with it need to know of a person. */
export type Addressee = Pick<Account, 'id' | 'address' | 'name' | 'locale'>;

/** Makes a link for each person and puts the mails with them into the outbox. Earlier links of the same kind stop working. */
export async function mailLinks(
  tx: Tx,
  ctx: Context,
  { tenant, purpose, people }: { tenant: number; purpose: 'invitation' | 'reset'; people: readonly Addressee[] },
): Promise<void> {
  const { name: tenantName } = await home(ctx, tenant);
  const made = people.map((person) => ({ person, ...make(ctx, tenant, { account: person.id, purpose }) }));
  await deleteLinks(tx, tenant, { accounts: people.map(({ id }) => id), purpose });
  await insertLinks(
    tx,
    tenant,
    made.map(({ row }) => row),
  );
  const mails = made.map(({ person, token, row }) =>
    writeMail(purpose, person.locale, {
      to: person.address,
      name: person.name,
      tenant: tenantName,
      link: addressOf(ctx, token),
      until: row.expiresAt,
    }),
  );
  await queueMails(tx, ctx, mails);
}

/** Makes a link for whoever runs the machine to hand on; resolves with its address. Earlier ones of the same kind stop working. */
export async function makeLink(
  tx: Tx,
  ctx: Context,
  { tenant, account, purpose }: { tenant: number; account: number | null; purpose: LinkPurpose },
): Promise<string> {
  const { token, row } = make(ctx, tenant, { account, purpose });
  await deleteLinks(tx, tenant, { accounts: account === null ? [] : [account], purpose });
  await insertLinks(tx, tenant, [row]);
  return addressOf(ctx, token);
}

export type FoundLink = { readonly tenant: number; readonly link: Link; readonly account: Account | null };

/**
 * Looks a link up. Throws `notFound` for one that was never given out (as often as a network may guess), `conflict` with the
 * reason for one that was used or whose time is over: whoever holds it may know that.
 */
export async function findLink(ctx: Context, token: string, purpose?: LinkPurpose): Promise<FoundLink> {
  const tenant = tenantOfToken(token);
  const link = tenant === null ? null : await readLink(ctx.platform.db.read(tenant), tenant, sha256(token));
  if (tenant === null || link === null || (purpose !== undefined && link.purpose !== purpose)) {
    await takeAttempt(ctx, throttles.linkNetwork, networkOf(ctx.network));
    throw new Failure('notFound', 'accounts.linkUnknown');
  }
  ensure(link.usedAt === null, 'conflict', 'accounts.linkUsed');
  ensure(link.expiresAt.getTime() > ctx.platform.clock.now().getTime(), 'conflict', `accounts.linkExpired.${link.purpose}`);
  const account = link.account === null ? null : await readAccount(ctx.platform.db.read(tenant), tenant, link.account);
  return { tenant, link, account };
}

/** Uses the link up in the transaction that does what it is for. Throws `conflict` when somebody else was faster. */
export async function consume(tx: Tx, ctx: Context, { tenant, link }: FoundLink): Promise<void> {
  const isOurs = await spendLink(tx, tenant, { id: link.id, at: ctx.platform.clock.now() });
  ensure(isOurs, 'conflict', 'accounts.linkUsed');
}

/** What the page behind a link shows. */
export type LinkView = {
  readonly purpose: LinkPurpose;
  readonly tenant: number;
  readonly tenantName: string;
  /** How the tenant's pages look: whoever was invited sees by whom. */
  readonly branding: Branding;
  /** Empty for the set-up. */
  readonly name: string;
  readonly address: string;
  /** Fewest characters of a password. */
  readonly passwordLength: number;
  readonly expiresAt: Date;
};

/** Opens a link without using it up (a mail programme may have looked at it already). Throws as {@link findLink}. */
export async function viewLink(ctx: Context, token: string): Promise<LinkView> {
  const { tenant, link, account } = await findLink(ctx, token);
  const { name, branding, policies } = await home(ctx, tenant);
  return {
    purpose: link.purpose,
    tenant,
    tenantName: name,
    branding,
    expiresAt: link.expiresAt,
    name: account?.name ?? '',
    address: account?.address ?? '',
    passwordLength: policies.passwordLength,
  };
}
