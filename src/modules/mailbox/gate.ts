import { provider } from '#modules/tenants';
import { authorizer } from '#platform/authorize';
import type { Actor, Context } from '#platform/context';

/** The tenant of the portal, where the mailboxes lie. */
export const portal = provider;

type SentThing = { readonly tenant: number; readonly author: number | null };

const isHouse = (actor: Actor) => actor.kind === 'system';
const isMember = (actor: Actor, { tenant }: SentThing) => actor.kind === 'account' && actor.tenant === tenant;
const isAdministrator = (actor: Actor, thing: SentThing) =>
  isMember(actor, thing) && actor.kind === 'account' && actor.roles.includes('tenantAdministrator');
const isAuthor = (actor: Actor, thing: SentThing) =>
  isMember(actor, thing) && actor.kind === 'account' && thing.author === actor.account;

/** Whoever wrote a letter sees it, its answers and whether it was read; so does whoever administers the authority. */
export const authorize = authorizer<'write' | 'read' | 'print', SentThing>({
  see: (actor, thing) => isHouse(actor) || isAuthor(actor, thing) || isAdministrator(actor, thing),
  may: {
    write: (actor, thing) => isHouse(actor) || isMember(actor, thing),
    read: (actor, thing) => isHouse(actor) || isAuthor(actor, thing) || isAdministrator(actor, thing),
    print: (actor, thing) => isHouse(actor) || isAuthor(actor, thing) || isAdministrator(actor, thing),
  },
});

/** Whose letters the actor may list: null means all of the tenant. */
export function authorsFor({ actor }: Context): number | null {
  const sees = isHouse(actor) || isAdministrator(actor, { tenant: actor.tenant, author: null });
  return sees || actor.kind !== 'account' ? null : actor.account;
}
