import { namesOf, peopleBehind, principalsById } from '#modules/accounts';
import { audit } from '#platform/audit';
import type { AccountActor, Context } from '#platform/context';
import { addDays, isDay } from '#platform/day';
import { ensure, Failure } from '#platform/errors';
import { byName } from '#platform/order';
import type { Colleague } from './desk.ts';
import { authorize, today } from './gate.ts';
import { limits } from './rules.ts';
import { type Deputy, deleteDeputy, readDeputiesAround, upsertDeputy } from './store/deputy.ts';

/** Who stands in for somebody who is away. Deputies gain no access: they see only what their own office has. */

function self(ctx: Context): AccountActor {
  const { actor } = ctx;
  if (actor.kind !== 'account') throw new Failure('unauthenticated', 'platform.signInFirst');
  authorize(actor, 'list', { tenant: actor.tenant });
  return actor;
}

/** Whom somebody can name: the people of their units and groups. */
export async function possibleDeputies(ctx: Context): Promise<Colleague[]> {
  const { account, principals } = self(ctx);
  const known = await principalsById(ctx, principals);
  const offices = [...known.values()].filter(({ kind }) => kind !== 'account').map(({ id }) => id);
  const people = await Promise.all(offices.map((office) => peopleBehind(ctx, office)));
  const others = [...new Set(people.flat())].filter((one) => one !== account).slice(0, limits.colleagues);
  const names = await namesOf(ctx, others);
  const found = others.map((one) => ({ account: one, name: names.get(one) ?? '' }));
  return found.sort(byName);
}

export type Absence = Deputy & { readonly name: string; readonly deputyName: string };
export type Absences = { readonly mine: Absence | null; readonly others: readonly Absence[] };

/** Who stands in for the actor, and for whom the actor stands in, from today on. */
export async function listAbsences(ctx: Context): Promise<Absences> {
  const { tenant, account } = self(ctx);
  const rows = await readDeputiesAround(ctx.platform.db.read(tenant), tenant, { account, day: today(ctx) });
  const names = await namesOf(ctx, [...new Set(rows.flatMap((row) => [row.account, row.deputy]))]);
  const named = rows.map((row) => ({ ...row, name: names.get(row.account) ?? '', deputyName: names.get(row.deputy) ?? '' }));
  const [mine = null] = named.filter((row) => row.account === account);
  return { mine, others: named.filter((row) => row.account !== account) };
}

export type AbsenceInput = { readonly deputy: number; readonly from: string; readonly until: string };

/** Names who stands in for the actor, first and last day included; takes the place of what was named before. Throws `invalid`. */
export async function setDeputy(ctx: Context, { deputy, from, until }: AbsenceInput): Promise<void> {
  const { tenant, account } = self(ctx);
  const isPossible = (await possibleDeputies(ctx)).some((one) => one.account === deputy);
  ensure(isPossible, 'invalid', 'intake.colleague', { field: 'deputy' });
  const isSpan =
    isDay(from) && isDay(until) && from <= until && until >= today(ctx) && until <= addDays(from, limits.absenceDays);
  ensure(isSpan, 'invalid', 'intake.absenceForm', { field: 'until', limit: limits.absenceDays });
  await ctx.platform.db.write(tenant, async (tx) => {
    await upsertDeputy(tx, tenant, { account, deputy, fromDay: from, untilDay: until });
    await audit(tx, ctx, [{ action: 'intake.setDeputy', thing: `account:${account}`, details: { deputy, from, until } }]);
  });
}

/** Nobody stands in for the actor any more; twice is once. */
export async function clearDeputy(ctx: Context): Promise<void> {
  const { tenant, account } = self(ctx);
  await ctx.platform.db.write(tenant, async (tx) => {
    if (await deleteDeputy(tx, tenant, account))
      await audit(tx, ctx, [{ action: 'intake.clearDeputy', thing: `account:${account}` }]);
  });
}
