import { authorizer } from '#platform/authorize';
import type { Actor } from '#platform/context';
import { treasuryPermissions } from './rules.ts';

/** The one gate of this room. */
export const authorize = authorizer(treasuryPermissions);

/** Who did it: an id for the rule of four eyes, and the name as it was. */
export function personOf(actor: Actor): { readonly id: string; readonly name: string } {
  if (actor.kind === 'account') return { id: `account:${actor.account}`, name: actor.name };
  return actor.kind === 'system' ? { id: `system:${actor.job}`, name: '' } : { id: 'nobody', name: '' };
}
