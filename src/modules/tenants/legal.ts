import { audit } from '#platform/audit';
import { authorizer } from '#platform/authorize';
import { checkAll } from '#platform/checks';
import type { Context, Platform } from '#platform/context';
import { ensure } from '#platform/errors';
import type { Locale } from '#platform/words';
import { fillLegal } from './legal-templates.ts';
import { profile } from './profile.ts';
import { provider, tenantPermissions } from './rules.ts';
import {
  type Block,
  type ContactField,
  checkLines,
  contactFields,
  type LegalContact,
  type LegalKind,
  layOut,
  legalKinds,
  legalLimits,
} from './rules-legal.ts';
import { type LegalRow, readLegalRow, readTenant, upsertLegal } from './store.ts';

const authorize = authorizer(tenantPermissions);

const nobody: LegalContact = { email: '', phone: '', representedBy: '', supervision: '', dataProtection: '', accessibility: '' };
const untouched: LegalRow = { contact: nobody, imprint: null, privacy: null, accessibility: null };

async function readRow(platform: Platform, tenant: number): Promise<LegalRow> {
  const row = await readLegalRow(platform.db.read(tenant), tenant);
  return row ? { ...row, contact: { ...nobody, ...row.contact } } : untouched;
}

/** The template of a page, filled with what is known of the tenant. */
async function template(platform: Platform, tenant: number, kind: LegalKind, locale: Locale): Promise<string> {
  const [found, { contact }, operator, own] = await Promise.all([
    readTenant(platform.db.read(tenant), tenant),
    readRow(platform, tenant),
    profile(platform, provider),
    profile(platform, tenant),
  ]);
  return fillLegal(kind, locale, {
    name: found?.name ?? own?.name ?? '',
    address: found?.address ?? '',
    provider: operator?.name ?? '',
    ...contact,
  });
}

/** One of the pages for everybody: the authority's own text, which is in German, or the template in the reader's language. */
export async function readLegal(
  platform: Platform,
  tenant: number,
  { kind, locale }: { readonly kind: LegalKind; readonly locale: Locale },
): Promise<{ readonly blocks: readonly Block[]; readonly language: Locale }> {
  const own = (await readRow(platform, tenant))[kind];
  const text = own ?? (await template(platform, tenant, kind, locale));
  return { blocks: layOut(text), language: own === null ? locale : 'de' };
}

export type LegalSettings = {
  readonly contact: LegalContact;
  /** Of each page the text as it stands, and whether it is the authority's own. */
  readonly texts: Readonly<Record<LegalKind, { readonly text: string; readonly isOwn: boolean }>>;
};

/** What an administrator sees to change it. */
export async function readLegalSettings(ctx: Context, tenant: number): Promise<LegalSettings> {
  authorize(ctx.actor, 'brand', { tenant });
  const row = await readRow(ctx.platform, tenant);
  const texts = await Promise.all(
    legalKinds.map(async (kind) => {
      const text = row[kind] ?? (await template(ctx.platform, tenant, kind, 'de'));
      return [kind, { text, isOwn: row[kind] !== null }] as const;
    }),
  );
  return { contact: row.contact, texts: Object.fromEntries(texts) as LegalSettings['texts'] };
}

export type LegalInput = {
  readonly tenant: number;
  readonly contact?: Partial<LegalContact>;
  /** Texts of the authority's own; null, or what the template says anyway: the template. */
  readonly texts?: Partial<Readonly<Record<LegalKind, string | null>>>;
};

/** Changes contact or texts; what is left out stays. Throws `invalid` for what is too long or cannot be seen. */
export async function setLegal(ctx: Context, { tenant, contact = {}, texts = {} }: LegalInput): Promise<void> {
  authorize(ctx.actor, 'brand', { tenant });
  const checks = contactFields.flatMap((field) => {
    const given = contact[field];
    return given === undefined ? [] : [[field, () => checkContact(field, given)] as const];
  });
  const checkedContact = await checkAll(Object.fromEntries(checks));
  const checkedTexts = await checkTexts(ctx, tenant, texts);
  await ctx.platform.db.write(tenant, async (tx) => {
    const now = (await readLegalRow(tx, tenant)) ?? untouched;
    await upsertLegal(tx, tenant, { ...now, ...checkedTexts, contact: { ...now.contact, ...checkedContact } });
    const changed = [...Object.keys(checkedContact), ...Object.keys(checkedTexts)];
    await audit(tx, ctx, [{ action: 'tenants.setLegal', thing: `tenant:${tenant}`, details: { changed } }]);
  });
}

function checkContact(field: ContactField, given: string): string {
  const text = checkLines(given, field, legalLimits.contactCharacters);
  const isFine = field !== 'email' || text === '' || /^[^\s@]+@[^\s@]+$/.test(text);
  ensure(isFine, 'invalid', 'tenants.legalMail', { field });
  return text;
}

async function checkTexts(ctx: Context, tenant: number, texts: NonNullable<LegalInput['texts']>) {
  const checked: Partial<Record<LegalKind, string | null>> = {};
  for (const kind of legalKinds) {
    const given = texts[kind];
    if (given === undefined) continue;
    const text = checkLines(given ?? '', kind, legalLimits.textCharacters);
    // Saved as it was offered, it stays the template: it goes on following the contact.
    checked[kind] = text === '' || text === (await template(ctx.platform, tenant, kind, 'de')) ? null : text;
  }
  return checked;
}
