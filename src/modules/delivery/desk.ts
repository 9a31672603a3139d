import type { AccountActor, Context } from '#platform/context';
import { ensure, Failure } from '#platform/errors';
import { enqueue } from '#platform/jobs';
import { type Page, pageLimit, readCursor, toPage } from '#platform/page';
import { deliver } from './deliver.ts';
import { authorize, isUuid } from './gate.ts';
import { type DeliveryState, type DeliveryStep, deliveryStates, limits, stepsOpenIn, wayOn } from './rules.ts';
import { takeStep } from './step.ts';
import {
  countDeliveries,
  type Delivery,
  lockDelivery,
  readDeliveries,
  readDelivery,
  readSteps,
  type Step,
} from './store/delivery.ts';
import { readDestination } from './store/destination.ts';

/** How the applications of an office stand on their way, and what the office can do about it. */

export const deliveryLists = ['all', 'moving', 'returned', 'accepted'] as const;
export type DeliveryList = (typeof deliveryLists)[number];

const statesOf: Readonly<Record<DeliveryList, readonly DeliveryState[]>> = {
  all: deliveryStates,
  moving: ['waiting', 'announced', 'submitted'],
  returned: ['rejected', 'failed', 'recalled'],
  accepted: ['accepted'],
};

export type DeliveryLine = Pick<
  Delivery,
  'id' | 'submission' | 'reference' | 'title' | 'receiver' | 'state' | 'reason' | 'nextAt' | 'steppedAt' | 'createdAt'
>;

function reader({ actor }: Context): AccountActor {
  if (actor.kind !== 'account') throw new Failure('unauthenticated', 'platform.signInFirst');
  authorize(actor, 'list', { tenant: actor.tenant });
  return actor;
}

/** Administrators see all of their tenant: they set up where it goes. */
const worksOf = ({ roles, principals }: AccountActor) => (roles.includes('tenantAdministrator') ? null : principals);

export type DeliveryQuery = { readonly list?: DeliveryList; readonly cursor?: string | null; readonly limit?: number };

/** The deliveries of the actor's offices, the last that moved first, without names of persons. */
export async function listDeliveries(ctx: Context, query: DeliveryQuery = {}): Promise<Page<DeliveryLine>> {
  const actor = reader(ctx);
  const { tenant } = actor;
  const limit = pageLimit(query.limit, limits.lines);
  const cursor = readCursor(query.cursor, 2);
  const rows = await readDeliveries(ctx.platform.db.read(tenant), tenant, {
    states: statesOf[query.list ?? 'all'],
    works: worksOf(actor),
    limit: limit + 1,
    after: cursor && [String(cursor[0]), String(cursor[1])],
  });
  return toPage(rows, limit, ({ steppedAt, id }) => [steppedAt.toISOString(), id]);
}

/** How many there are in each list. */
export async function countByList(ctx: Context): Promise<Readonly<Record<DeliveryList, number>>> {
  const actor = reader(ctx);
  const counts = await countDeliveries(ctx.platform.db.read(actor.tenant), actor.tenant, worksOf(actor));
  const sum = (list: DeliveryList) =>
    counts.filter(({ state }) => statesOf[list].includes(state)).reduce((all, { count }) => all + count, 0);
  return { all: sum('all'), moving: sum('moving'), returned: sum('returned'), accepted: sum('accepted') };
}

export type DeliveryView = Delivery & {
  readonly steps: readonly Step[];
  /** What the office can do now. */
  readonly open: readonly DeliveryStep[];
};

async function find(ctx: Context, id: string): Promise<Delivery> {
  const { tenant } = reader(ctx);
  const found = isUuid(id) ? await readDelivery(ctx.platform.db.read(tenant), tenant, id) : null;
  ensure(found, 'notFound', 'platform.notFound');
  authorize(ctx.actor, 'work', found);
  return found;
}

/** One delivery with everything that happened to it. Throws `notFound`, also for what is another office's. */
export async function getDelivery(ctx: Context, id: string): Promise<DeliveryView> {
  const found = await find(ctx, id);
  const steps = await readSteps(ctx.platform.db.read(found.tenant), found.tenant, id, limits.steps);
  return { ...found, steps, open: stepsOpenIn(found.state) };
}

const nameOf = ({ actor }: Context) => (actor.kind === 'account' ? actor.name : 'house');

/** Has it go on, or once more from the start, to where the form goes now. Throws `conflict` when that is not possible. */
export async function sendAgain(ctx: Context, id: string): Promise<void> {
  const { tenant, form } = await find(ctx, id);
  await ctx.platform.db.write(tenant, async (tx) => {
    const held = await lockDelivery(tx, tenant, id);
    const target = await readDestination(tx, tenant, form);
    ensure(held, 'notFound', 'platform.notFound');
    ensure(target?.isActive, 'conflict', 'delivery.noDestination');
    const step = wayOn(held);
    // Another round: what was rejected stays rejected over there, and this is another submission.
    const anew = { round: held.round + 1, remote: null, remoteCase: null, submittedAt: null };
    const next = { ...held, ...(step === 'again' && anew), receiver: target.title };
    await takeStep(tx, ctx, next, { step, who: nameOf(ctx), reason: null });
    await enqueue(tx, deliver, { delivery: id }, { key: `deliver ${tenant} ${id}` });
  });
}

/** Keeps it here as long as it has not left: the office works on it itself. */
export async function takeBack(ctx: Context, id: string): Promise<void> {
  const { tenant } = await find(ctx, id);
  await ctx.platform.db.write(tenant, async (tx) => {
    const held = await lockDelivery(tx, tenant, id);
    ensure(held, 'notFound', 'platform.notFound');
    await takeStep(tx, ctx, held, { step: 'takeBack', who: nameOf(ctx), reason: 'delivery.takenBack' });
  });
}
