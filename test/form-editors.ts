import { setRoles } from '#modules/accounts';
import type { People } from './people.ts';

/** Anna and Dora write the forms of Ellrich, Emil those of Rhönblick. */
export async function makeFormEditors({ house, id, ellrich, rhoenblick }: People): Promise<void> {
  await setRoles(house, { tenant: ellrich, account: id.anna }, ['editor']);
  await setRoles(house, { tenant: ellrich, account: id.dora }, ['tenantAdministrator', 'editor']);
  await setRoles(house, { tenant: rhoenblick, account: id.emil }, ['editor']);
}
