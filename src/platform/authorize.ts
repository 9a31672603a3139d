import type { Actor } from './context.ts';
import { Failure } from './errors.ts';

/** Whether the actor, as things are now, stands in this relation to the thing. Decides from its arguments only. */
export type Predicate<Thing> = (actor: Actor, thing: Thing) => boolean;

/** Who may do what in one room: a table with one sentence for each action, kept in the room's `rules.ts`. */
export type Permissions<Action extends string, Thing> = {
  /** Whether the actor may know that the thing exists. */
  readonly see: Predicate<Thing>;
  readonly may: Readonly<Record<Action, Predicate<Thing>>>;
};

export type Authorize<Action extends string, Thing> = (actor: Actor, action: Action, thing: Thing) => void;

/**
 * The one gate of a room. The function it makes returns when the actor may, and otherwise throws `unauthenticated` (nobody is
 * signed in), `notFound` (the actor may not even know of the thing) or `forbidden`.
 */
export function authorizer<Action extends string, Thing>(permissions: Permissions<Action, Thing>): Authorize<Action, Thing> {
  return (actor, action, thing) => {
    const maySee = permissions.see(actor, thing);
    if (maySee && permissions.may[action](actor, thing)) return;
    if (actor.kind === 'nobody') throw new Failure('unauthenticated', 'platform.signInFirst');
    throw maySee ? new Failure('forbidden', 'platform.forbidden') : new Failure('notFound', 'platform.notFound');
  };
}

/** Asks without throwing, for pages that offer only what is allowed. */
export function isAllowed<Action extends string, Thing>(
  permissions: Permissions<Action, Thing>,
  actor: Actor,
  { action, thing }: { action: Action; thing: Thing },
): boolean {
  return permissions.see(actor, thing) && permissions.may[action](actor, thing);
}
