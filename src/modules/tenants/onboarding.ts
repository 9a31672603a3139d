import { audit } from '#platform/audit';
import { authorizer } from '#platform/authorize';
import type { Context } from '#platform/context';
import type { Tx } from '#platform/db';
import { asFailure, ensure } from '#platform/errors';
import { type Handler, on } from '#platform/events';
import { enqueue } from '#platform/jobs';
import { tenantCreated } from './events.ts';
import { tenantPermissions } from './rules.ts';
import { readTicks, type Tick, type TickState, upsertTick } from './store.ts';

const authorize = authorizer(tenantPermissions);
const verb = '.onboard';

/**
 * What a room does for every new tenant. Put the handler into the room's `module.ts`; the room then stands on the tenant's
 * list and ticks itself off. A failure is shown there with its reason and tried again, by itself and on demand.
 * @param room the room's name
 * @param work runs with a context of the new tenant; may run twice, so the second time must change nothing
 */
export function onTenantCreated(room: string, work: (ctx: Context, payload: { tenant: number }) => Promise<void>): Handler {
  return on(tenantCreated, `${room}${verb}`, async (ctx, payload) => {
    const { tenant } = payload;
    const ticks = await readTicks(ctx.platform.db.read(tenant), tenant);
    if (ticks.some((tick) => tick.room === room && tick.state === 'done')) return;
    try {
      await work(ctx, payload);
    } catch (error) {
      await tickOff(ctx, { tenant, room, state: 'failed', error: asFailure(error).code });
      throw error;
    }
    await tickOff(ctx, { tenant, room, state: 'done', error: null });
  });
}

type Outcome = { readonly tenant: number; readonly room: string; readonly state: TickState; readonly error: string | null };

async function tickOff(ctx: Context, { tenant, ...tick }: Outcome): Promise<void> {
  await upsertTick(ctx.platform.db.read(tenant), tenant, { ...tick, at: ctx.platform.clock.now() });
}

/** The rooms that take part in onboarding, from the handlers that are plugged in. */
function roomsOf(ctx: Context): { room: string; handler: Handler }[] {
  const handlers = ctx.platform.events.handlersOf(tenantCreated.name).filter(({ name }) => name.endsWith(verb));
  return handlers.map((handler) => ({ room: handler.name.slice(0, -verb.length), handler }));
}

/** Puts every room on the new tenant's list, in the transaction that creates it. */
export async function openTicks(tx: Tx, ctx: Context, tenant: number): Promise<void> {
  const at = ctx.platform.clock.now();
  for (const { room } of roomsOf(ctx)) await upsertTick(tx, tenant, { room, state: 'waiting', error: null, at });
}

/** The tenant's list: which room is ready for it, which is not, and why not. */
export async function listTicks(ctx: Context, tenant: number): Promise<Tick[]> {
  authorize(ctx.actor, 'read', { tenant });
  return readTicks(ctx.platform.db.read(tenant), tenant);
}

/** Lets one room try again. Throws `notFound` when no such room takes part. */
export async function retryTick(ctx: Context, tenant: number, room: string): Promise<void> {
  authorize(ctx.actor, 'onboard', { tenant });
  const found = roomsOf(ctx).find((known) => known.room === room);
  ensure(found, 'notFound', 'platform.notFound');
  await ctx.platform.db.write(tenant, async (tx) => {
    await upsertTick(tx, tenant, { room, state: 'waiting', error: null, at: ctx.platform.clock.now() });
    await enqueue(tx, found.handler.job, { tenant } as never);
    await audit(tx, ctx, [{ action: 'tenants.retryTick', thing: `tenant:${tenant}`, details: { room } }]);
  });
}
