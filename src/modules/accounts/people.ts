import { provider } from '#modules/tenants';
import { audit } from '#platform/audit';
import { checkAll } from '#platform/checks';
import type { Context } from '#platform/context';
import { ensure } from '#platform/errors';
import { type Page, pageLimit, readCursor, toPage } from '#platform/page';
import { oneLine } from '#platform/text';
import { type Enrolled, enrol, type Newcomer } from './enrol.ts';
import { authorize, home, isSelf, type PersonRef, patternOf, tenantIn, thingOf } from './gate.ts';
import { joinGroups } from './group.ts';
import { makeLink } from './link.ts';
import { trustedPassword } from './password.ts';
import { type AccountState, checkAddress, checkHandle, checkLocale, checkRoles } from './rules.ts';
import { findLogin, lockAccount, type Person, readPeople, readPerson, takenAddresses } from './store/account.ts';
import { readUnits } from './store/unit.ts';
import { unitLimit } from './unit.ts';

export type PeopleQuery = {
  readonly tenant?: number;
  /** Part of a name, address or handle. */
  readonly search?: string;
  readonly state?: AccountState;
  readonly group?: number;
  readonly unit?: number;
  readonly cursor?: string | null;
  readonly limit?: number;
};

/** The people of a tenant for those who manage them, ordered by name, page by page. */
export async function listPeople(ctx: Context, query: PeopleQuery = {}): Promise<Page<Person>> {
  const tenant = tenantIn(ctx, query);
  authorize(ctx.actor, 'manage', { tenant });
  const limit = pageLimit(query.limit);
  const cursor = readCursor(query.cursor, 2);
  const rows = await readPeople(ctx.platform.db.read(tenant), tenant, {
    pattern: patternOf(query.search),
    state: query.state ?? null,
    group: query.group ?? null,
    unit: query.unit ?? null,
    after: cursor && { name: String(cursor[0]), id: Number(cursor[1]) },
    limit: limit + 1,
  });
  return toPage(rows, limit, (last) => [last.name, last.id]);
}

/** One person, for those who manage them and for themselves. Throws `notFound`. */
export async function getPerson(ctx: Context, ref: PersonRef): Promise<Person> {
  const tenant = tenantIn(ctx, ref);
  if (!isSelf(ctx, { tenant, account: ref.account })) authorize(ctx.actor, 'manage', { tenant });
  const found = await readPerson(ctx.platform.db.read(tenant), tenant, ref.account);
  ensure(found, 'notFound', 'platform.notFound');
  return found;
}

/** The person with that address or handle, in whatever tenant, for whoever runs the machine. Throws `notFound`. */
export async function findPerson(ctx: Context, login: string): Promise<Person> {
  authorize(ctx.actor, 'house', { tenant: provider });
  const found = await findLogin(ctx.platform.db.instance, login.trim().toLowerCase());
  ensure(found, 'notFound', 'accounts.unknown', { login });
  return getPerson(ctx, found);
}

export type InviteInput = {
  readonly tenant?: number;
  readonly address: string;
  readonly name: string;
  readonly roles?: readonly string[];
  readonly unit?: number | null;
  /** Groups the person is in from the first day. */
  readonly groups?: readonly number[];
  /** Left out: made from the address. */
  readonly handle?: string;
  readonly locale?: string;
};

/** Everything about a newcomer but the password. Throws `invalid`, `forbidden` for roles the actor may not give. */
async function checked(ctx: Context, tenant: number, input: InviteInput): Promise<Newcomer> {
  const roles = checkRoles(input.roles ?? [], { isProvider: tenant === provider });
  authorize(ctx.actor, 'manage', { tenant, roles });
  await home(ctx, tenant);
  const fields = await checkAll({
    name: () => oneLine(input.name, 'name'),
    address: () => newAddress(ctx, input.address),
    handle: () => (input.handle === undefined ? null : checkHandle(input.handle)),
    unit: () => knownUnit(ctx, tenant, input.unit ?? null),
    locale: () => checkLocale(input.locale ?? 'de'),
  });
  return { ...fields, passwordHash: null, roles };
}

/** An address nobody has yet. Only a look, to report it with all other mistakes; what counts is the one under the lock. */
async function newAddress(ctx: Context, text: string): Promise<string> {
  const address = checkAddress(text);
  const taken = await takenAddresses(ctx.platform.db.instance, [address]);
  ensure(taken.size === 0, 'conflict', 'accounts.addressTaken', { field: 'address', address });
  return address;
}

async function knownUnit(ctx: Context, tenant: number, unit: number | null): Promise<number | null> {
  const units = unit === null ? [] : await readUnits(ctx.platform.db.read(tenant), tenant, unitLimit);
  const isThere = unit === null || units.some(({ id }) => id === unit);
  ensure(isThere, 'invalid', 'accounts.unitUnknown', { field: 'unit', unit: unit ?? 0 });
  return unit;
}

/**
 * Gives somebody an account and sends them a link with which they choose their password, valid for seven days.
 * Throws `invalid`, `forbidden`, `conflict` when the address has an account, here or in another tenant.
 */
export async function invite(ctx: Context, input: InviteInput): Promise<Enrolled> {
  const tenant = tenantIn(ctx, input);
  const newcomer = await checked(ctx, tenant, input);
  return ctx.platform.db.write(tenant, async (tx) => {
    const [enrolled] = await enrol(tx, ctx, { tenant, newcomers: [newcomer], sendsMail: true });
    const { account } = enrolled as Enrolled;
    await joinGroups(tx, ctx, { tenant, account, groups: input.groups ?? [] });
    return enrolled as Enrolled;
  });
}

/**
 * Gives somebody an account without a mail, for whoever runs the machine. With a password they can sign in at once (only its
 * length is checked); without one, `invitationLink` makes the link to hand to them.
 */
export async function addAccount(ctx: Context, input: InviteInput & { readonly password?: string }): Promise<Enrolled> {
  const tenant = tenantIn(ctx, input);
  authorize(ctx.actor, 'house', { tenant });
  const newcomer = await checked(ctx, tenant, input);
  const passwordHash = input.password === undefined ? null : await trustedPassword(ctx, tenant, input.password);
  const newcomers = [{ ...newcomer, passwordHash }];
  const [enrolled] = await ctx.platform.db.write(tenant, (tx) => enrol(tx, ctx, { tenant, newcomers, sendsMail: false }));
  return enrolled as Enrolled;
}

/** The address of a fresh invitation link, for whoever runs the machine to hand on. Throws `conflict` when there is a password already. */
export async function invitationLink(ctx: Context, ref: PersonRef): Promise<string> {
  const tenant = tenantIn(ctx, ref);
  authorize(ctx.actor, 'house', { tenant });
  return ctx.platform.db.write(tenant, async (tx) => {
    const target = await lockAccount(tx, tenant, ref.account);
    ensure(target, 'notFound', 'platform.notFound');
    ensure(target.state === 'invited', 'conflict', `accounts.stays.${target.state}`);
    const link = await makeLink(tx, ctx, { tenant, account: target.id, purpose: 'invitation' });
    await audit(tx, ctx, [{ action: 'accounts.makeLink', thing: thingOf(target.id), details: { purpose: 'invitation' } }]);
    return link;
  });
}
