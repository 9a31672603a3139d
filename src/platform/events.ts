import type { Context } from './context.ts';
import type { Tx } from './db.ts';
import { enqueueAll, type Job, type Wanted } from './jobs.ts';

/** News: what a room tells the house. Declared in the room's `events.ts`, handled by rooms above it. */
export type EventType<Payload extends object> = { readonly name: string; readonly example?: Payload };

/** Somebody who wants to hear of it. Called at least once for every event, in a transaction of its own, in any process. */
export type Handler = {
  readonly event: string;
  /** `room.verb`, unique in the house. */
  readonly name: string;
  readonly job: Job<never>;
};

export type Events = { handlersOf(event: string): readonly Handler[] };

/** Declares an event: `room.thingHappened`. */
export function defineEvent<Payload extends object>(name: string): EventType<Payload> {
  return { name };
}

/** Declares a handler. `handle` may run twice for one event: write it so that the second time changes nothing. */
export function on<Payload extends object>(
  event: EventType<Payload>,
  name: string,
  handle: (ctx: Context, payload: Payload) => Promise<void>,
): Handler {
  const job: Job<Payload> = { name: `on ${event.name}: ${name}`, run: handle };
  return { event: event.name, name, job: job as Job<never> };
}

/** Finds the handlers of each event. Throws when two handlers share a name: one of them would never run. */
export function openEvents(handlers: readonly Handler[]): Events {
  const names = new Set(handlers.map((handler) => handler.job.name));
  if (names.size !== handlers.length) throw new Error('Two event handlers share a name.');
  const byEvent = Map.groupBy(handlers, (handler) => handler.event);
  return { handlersOf: (event) => byEvent.get(event) ?? [] };
}

/**
 * Tells the house in the caller's transaction: the queue's row is the outbox. If the transaction commits, every handler will
 * run; if it does not, nobody hears of it. An event without handlers costs nothing.
 */
export async function emit<Payload extends object>(
  tx: Tx,
  ctx: Context,
  event: EventType<Payload>,
  payload: Payload,
): Promise<void> {
  await enqueueAll(tx, newsOf(ctx, event, payload));
}

/** What {@link emit} puts into the queue, for whoever puts more into it in the same statement. */
export function newsOf<Payload extends object>(
  { platform }: Pick<Context, 'platform'>,
  event: EventType<Payload>,
  payload: Payload,
): Wanted[] {
  return platform.events.handlersOf(event.name).map(({ job }) => ({ job, payload }));
}
