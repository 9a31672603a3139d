import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import type { Tx } from '#platform/db';
import { ensure, Failure } from '#platform/errors';
import { emit } from '#platform/events';
import { oneLine } from '#platform/text';
import { groupsChanged, principalRemoved } from './events.ts';
import { authorize, tenantIn } from './gate.ts';
import { actingIn } from './group.ts';
import { limits } from './rules.ts';
import { depthOf, heightOf, unitsBelow } from './rules-unit.ts';
import { deleteUnit, insertUnit, lockUnits, type OrgUnit, readPeopleIn, readUnits, updateUnit } from './store/unit.ts';

/** Most units of a tenant, and so most that are read at once. */
export const unitLimit = limits.unitsPerTenant;

const thingOf = (unit: number) => `orgUnit:${unit}`;

/** Names a unit: in the actor's own tenant unless another one is named. */
export type UnitRef = { readonly unit: number; readonly tenant?: number };

/** All units of a tenant with their number of people, ordered by name; the tree is in `parent`. */
export async function listUnits(ctx: Context, query: { readonly tenant?: number } = {}): Promise<OrgUnit[]> {
  const tenant = tenantIn(ctx, query);
  authorize(ctx.actor, 'find', { tenant });
  return readUnits(ctx.platform.db.read(tenant), tenant, unitLimit);
}

/** Runs a change with the whole tree at hand, one change at a time. */
async function arrange<T>(ctx: Context, tenant: number, work: (tx: Tx, units: OrgUnit[]) => Promise<T>): Promise<T> {
  authorize(ctx.actor, 'arrange', { tenant });
  return ctx.platform.db.write(tenant, async (tx) => {
    await lockUnits(tx, tenant);
    return work(tx, await readUnits(tx, tenant, unitLimit));
  });
}

function existing(units: readonly OrgUnit[], id: number): OrgUnit {
  const found = units.find((unit) => unit.id === id);
  if (!found) throw new Failure('notFound', 'platform.notFound');
  return found;
}

/** Throws when the unit could not stand there under that name. */
function checkPlace(units: readonly OrgUnit[], { id, parent, name }: Pick<OrgUnit, 'id' | 'parent' | 'name'>): void {
  if (parent !== null) existing(units, parent);
  const isTaken = units.some(
    (unit) => unit.id !== id && unit.parent === parent && unit.name.toLowerCase() === name.toLowerCase(),
  );
  ensure(!isTaken, 'conflict', 'accounts.unitTaken', { field: 'name', name });
  const below = unitsBelow(units, id);
  ensure(parent === null || !below.has(parent), 'invalid', 'accounts.unitCycle', { field: 'parent' });
  const levels = depthOf(units, parent) + heightOf(units, id);
  ensure(levels <= limits.unitDepth, 'invalid', 'accounts.unitTooDeep', { field: 'parent', limit: limits.unitDepth });
}

export type UnitInput = { readonly tenant?: number; readonly name: string; readonly parent?: number | null };

/** Makes a unit; resolves with its id. Throws `invalid`, `conflict` when a neighbour has the name. */
export async function createUnit(ctx: Context, input: UnitInput): Promise<number> {
  const tenant = tenantIn(ctx, input);
  const unit = { parent: input.parent ?? null, name: oneLine(input.name, 'name') };
  return arrange(ctx, tenant, async (tx, units) => {
    ensure(units.length < unitLimit, 'conflict', 'accounts.tooManyUnits', { limit: unitLimit });
    checkPlace(units, { id: 0, ...unit });
    const id = await insertUnit(tx, tenant, unit);
    await audit(tx, ctx, [{ action: 'accounts.createUnit', thing: thingOf(id), details: unit }]);
    return id;
  });
}

/** Gives a unit another name. Throws `notFound`, `conflict` when a neighbour has the name. */
export async function renameUnit(ctx: Context, ref: UnitRef, text: string): Promise<void> {
  const tenant = tenantIn(ctx, ref);
  const name = oneLine(text, 'name');
  await arrange(ctx, tenant, async (tx, units) => {
    const now = existing(units, ref.unit);
    checkPlace(units, { ...now, name });
    await updateUnit(tx, tenant, { ...now, name });
    await audit(tx, ctx, [{ action: 'accounts.renameUnit', thing: thingOf(now.id), details: { from: now.name, to: name } }]);
  });
}

/** Moves a unit with everything below it under another one, or to the top. Throws `invalid` for a circle. */
export async function moveUnit(ctx: Context, ref: UnitRef, parent: number | null): Promise<void> {
  const tenant = tenantIn(ctx, ref);
  await arrange(ctx, tenant, async (tx, units) => {
    const now = existing(units, ref.unit);
    checkPlace(units, { ...now, parent });
    await updateUnit(tx, tenant, { ...now, parent });
    // What was granted to a unit above holds for everybody below: the people of the whole branch see other things now.
    const accounts = await readPeopleIn(tx, tenant, [...unitsBelow(units, now.id)]);
    await emit(tx, ctx, groupsChanged, { tenant, accounts });
    await audit(tx, ctx, [{ action: 'accounts.moveUnit', thing: thingOf(now.id), details: { from: now.parent, to: parent } }]);
  });
}

/** Removes a unit in which nobody is and below which nothing is. Throws `notFound`, `conflict`. */
export async function removeUnit(ctx: Context, ref: UnitRef): Promise<void> {
  const tenant = tenantIn(ctx, ref);
  await arrange(ctx, tenant, async (tx, units) => {
    const now = existing(units, ref.unit);
    const isEmpty = now.people === 0 && !units.some(({ parent }) => parent === now.id);
    ensure(isEmpty, 'conflict', 'accounts.unitNotEmpty', { name: now.name });
    await deleteUnit(tx, tenant, now.id);
    await emit(tx, ctx, principalRemoved, { tenant, principal: now.id, by: actingIn(ctx) });
    await audit(tx, ctx, [{ action: 'accounts.removeUnit', thing: thingOf(now.id), details: { name: now.name } }]);
  });
}
