import * as tenants from '#modules/tenants';
import type { Call, Command, Outcome } from './command.ts';

async function verify({ platform }: Call): Promise<Outcome> {
  const { entries, problems } = await tenants.verifyAudits(platform);
  const json = { ok: problems.length === 0, problems, entries };
  if (problems.length === 0) return { text: `The audit trail is whole: ${entries} entries.`, json };
  const lines = problems.map(({ tenant, seq, problem }) => `Tenant ${tenant}, entry ${seq}: ${problem}.`);
  return { text: ['The audit trail was tampered with or is damaged.', ...lines].join('\n'), json, isBad: true };
}

/** Commands about the audit trail. */
export const auditCommands: readonly Command[] = [
  {
    name: 'audit verify',
    takes: [],
    meaning: 'recomputes every tenant’s audit chain; exit code 1 if one is broken',
    run: verify,
  },
];
