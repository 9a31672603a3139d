import * as tenants from '#modules/tenants';
import { checkAll } from '#platform/checks';
import type { Context } from '#platform/context';
import { ensure } from '#platform/errors';
import { oneLine } from '#platform/text';
import { enrol } from './enrol.ts';
import { asHouse, authorize } from './gate.ts';
import { consume, findLink, makeLink } from './link.ts';
import { makePassword } from './password.ts';
import { checkAddress, handleCandidates } from './rules.ts';
import { hasHolder } from './store/account.ts';

const { provider } = tenants;

/**
 * The address of a link with which the first operator sets the instance up, valid for a day; null when there is an operator
 * already. A new one makes the earlier ones worthless. For whoever runs the machine.
 */
export async function setUpLink(ctx: Context): Promise<string | null> {
  authorize(ctx.actor, 'house', { tenant: provider });
  if (await hasHolder(ctx.platform.db.read(provider), provider, 'providerOperator')) return null;
  return ctx.platform.db.write(provider, (tx) => makeLink(tx, ctx, { tenant: provider, account: null, purpose: 'setUp' }));
}

export type SetUpInput = {
  readonly token: string;
  /** Name of the organisation that runs the instance. */
  readonly providerName: string;
  /** Its short name in addresses and on the command line. */
  readonly providerSlug: string;
  readonly name: string;
  readonly address: string;
  readonly password: string;
  readonly repeat?: string | undefined;
};

/**
 * Makes the provider (unless it is there) and its first operator, who is also its administrator.
 * Throws as `findLink`, `invalid`, `conflict` when there is an operator already.
 */
export async function setUpFirstOperator(ctx: Context, input: SetUpInput): Promise<{ address: string }> {
  const found = await findLink(ctx, input.token, 'setUp');
  const house = asHouse(ctx, 'setUp');
  const handle = handleCandidates(input.address)[0] ?? '';
  const {
    provider: providerName,
    slug,
    name,
    address,
    passwordHash,
  } = await checkAll({
    provider: () => oneLine(input.providerName, 'provider'),
    slug: () => tenants.checkSlug(input.providerSlug),
    name: () => oneLine(input.name, 'name'),
    address: () => checkAddress(input.address),
    passwordHash: () => makePassword(ctx, input, { tenant: provider, address: input.address, name: input.name, handle }),
  });
  await ctx.platform.db.write(provider, async (tx) => {
    await consume(tx, ctx, found);
    ensure(!(await hasHolder(tx, provider, 'providerOperator')), 'conflict', 'accounts.setUpDone');
    const isThere = (await tenants.tenantNumbers(ctx.platform)).includes(provider);
    if (!isThere) await tenants.createIn(tx, house, { slug, name: providerName, kind: 'provider' });
    const roles = ['providerOperator', 'tenantAdministrator'] as const;
    const newcomer = { address, name, handle: null, passwordHash, roles, unit: null, locale: ctx.locale };
    await enrol(tx, house, { tenant: provider, newcomers: [newcomer], sendsMail: false });
  });
  return { address };
}
