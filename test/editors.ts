import * as accounts from '#modules/accounts';
import { settleFinder } from './finder.ts';
import type { People } from './people.ts';

/** The finder with two editors of the town (Anna, Bernd) and two of the state (Paula, Celik), so that four eyes can look. */
export async function settleEditors(people: People): Promise<void> {
  await settleFinder(people);
  const { house, id, ellrich, tlrz } = people;
  for (const account of [id.anna, id.bernd]) await accounts.setRoles(house, { tenant: ellrich, account }, ['editor']);
  await accounts.setRoles(house, { tenant: tlrz, account: id.celik }, ['editor']);
  await accounts.setRoles(house, { tenant: tlrz, account: id.paula }, ['providerOperator', 'tenantAdministrator', 'editor']);
}
