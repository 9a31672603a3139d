import { readFile } from 'node:fs/promises';
import * as signing from '#modules/signing';
import * as tenants from '#modules/tenants';
import { OperatorError } from '../house.ts';
import { systemContext } from '../platform/context.ts';
import { type Call, type Command, needed, type Outcome, table, textOf } from './command.ts';

/** So many days before the end of a seal that was brought, the status is bad. */
const warnDays = 30;

const read = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch((error: unknown) => {
    throw new OperatorError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  });

async function bring(call: Call): Promise<Outcome> {
  const { tenant, slug } = await tenants.getBySlug(call.house, call.args[0] ?? '');
  const passphraseFile = textOf(call, 'passphrase-file');
  const [certificates, key, passphrase] = await Promise.all([
    read(needed(call, 'certificate')),
    read(needed(call, 'key')),
    passphraseFile === null ? '' : read(passphraseFile),
  ]);
  const ctx = systemContext(call.platform, tenant, 'admin');
  const { fingerprint, validUntil } = await signing.bringSeal(ctx, { certificates, key, passphrase: passphrase.trim() });
  const until = validUntil.toISOString().slice(0, 10);
  const text = `${slug} seals with ${fingerprint} from now on, until ${until}. The key is stored encrypted; the files can go.`;
  return { text, json: { ok: true, tenant, fingerprint, validUntil } };
}

async function status({ platform }: Call): Promise<Outcome> {
  const seals = await signing.sealStatus({ db: platform.db, tenants: await tenants.tenantNumbers(platform) });
  const now = platform.clock.now().getTime();
  const daysOf = (until: Date) => Math.floor((until.getTime() - now) / 86_400_000);
  const ending = seals.filter(({ isBrought, validUntil }) => isBrought && daysOf(validUntil) < warnDays);
  const rows = seals.map(({ tenant, subject, issuer, fingerprint, validUntil, isBrought }) => [
    String(tenant),
    isBrought ? `issued by ${issuer}` : 'made here',
    validUntil.toISOString().slice(0, 10),
    String(daysOf(validUntil)),
    subject,
    fingerprint,
  ]);
  const heads = ['tenant', 'certificate', 'until', 'days', 'subject', 'SHA-256'];
  const text = rows.length === 0 ? 'Nothing was sealed yet.' : table([heads, ...rows]);
  const warning = ending.length === 0 ? '' : `\n${ending.length} of them end within ${warnDays} days: bring new ones.`;
  return { text: `${text}${warning}`, json: { ok: ending.length === 0, seals }, isBad: ending.length > 0 };
}

/** Commands about the authorities' seals. */
export const sealCommands: readonly Command[] = [
  {
    name: 'seal status',
    takes: [],
    meaning: `shows with which certificate each authority seals, and until when; exit code 1 when one that was brought ends within ${warnDays} days`,
    run: status,
  },
  {
    name: 'seal bring',
    takes: ['TENANT'],
    options: { certificate: { type: 'string' }, key: { type: 'string' }, 'passphrase-file': { type: 'string' } },
    usage: '--certificate FILE --key FILE [--passphrase-file FILE]',
    meaning:
      'has an authority seal with a certificate that was issued to it (PEM, with those of its issuers behind it) and its key',
    run: bring,
  },
];
