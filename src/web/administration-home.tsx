import { redirect } from 'react-router';
import { load, signedIn } from './context.ts';

/** Administration begins with the people; for those who only read the audit trail, with that. */
export const loader = load(async (house) => {
  const { roles } = signedIn(house);
  const isAuditorOnly = roles.includes('auditor') && !roles.includes('tenantAdministrator');
  return redirect(isAuditorOnly ? '/verwaltung/protokoll' : '/verwaltung/personen');
});
