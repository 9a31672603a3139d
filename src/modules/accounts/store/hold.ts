import type { Tx } from '#platform/db';
import type { Principal } from './principal.ts';

/** Keeps the row of a principal from being removed until the transaction ends; the three kinds share one sequence of ids. */
export async function holdPrincipal(tx: Tx, tenant: number, id: number): Promise<Principal['kind'] | null> {
  const accounts = await tx`select 1 from accounts.account where tenant = ${tenant} and id = ${id} for key share`;
  if (accounts.length > 0) return 'account';
  const groups = await tx`select 1 from accounts.people_group where tenant = ${tenant} and id = ${id} for key share`;
  if (groups.length > 0) return 'group';
  const units = await tx`select 1 from accounts.org_unit where tenant = ${tenant} and id = ${id} for key share`;
  return units.length > 0 ? 'unit' : null;
}

export async function readAdministrators(tx: Tx, tenant: number): Promise<number[]> {
  const rows = await tx<{ id: number }[]>`
    select id from accounts.account where tenant = ${tenant} and state = 'active' and 'tenantAdministrator' = any (roles) order by id`;
  return rows.map(({ id }) => id);
}

/** Somebody who holds a role, and where to write to them. */
export type RoleHolder = { readonly id: number; readonly address: string; readonly locale: 'de' | 'en' };

export async function readHolders(tx: Tx, tenant: number, role: string): Promise<RoleHolder[]> {
  const rows = await tx<RoleHolder[]>`
    select id, address, locale from accounts.account
    where tenant = ${tenant} and state = 'active' and ${role} = any (roles) order by id`;
  return [...rows];
}
