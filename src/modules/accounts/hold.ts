import type { Role } from '#platform/context';
import type { Tx } from '#platform/db';
import { holdPrincipal, type RoleHolder, readAdministrators, readHolders } from './store/hold.ts';
import type { Principal } from './store/principal.ts';

/**
 * Holds an account, group or unit until the transaction ends: whoever wants to remove it waits until then. For rooms that are
 * about to grant something to it. Resolves with what it is, or null when there is none (any more).
 */
export function hold(tx: Tx, tenant: number, principal: number): Promise<Principal['kind'] | null> {
  return holdPrincipal(tx, tenant, principal);
}

/** Ids of the active administrators of a tenant: who decides when nobody else is left to. */
export function administratorsOf(tx: Tx, tenant: number): Promise<number[]> {
  return readAdministrators(tx, tenant);
}

/** The active people of a tenant who hold a role, for telling them what waits for them. */
export function holdersOf(tx: Tx, tenant: number, role: Role): Promise<RoleHolder[]> {
  return readHolders(tx, tenant, role);
}
