import type { Platform } from '#platform/context';
import { readBranding, readLegalRow, readTenant } from './store.ts';

/** How an authority signs its letters; what it has not given is empty. All of it is on its public pages anyway. */
export type TenantLetterhead = {
  /** Its wording, or its name. */
  readonly name: string;
  /** Of several lines. */
  readonly address: string;
  readonly phone: string;
  readonly email: string;
  /** A PNG. */
  readonly crest: Buffer | null;
};

/** What stands on top of a tenant's letters. Empty for a number that is no tenant. */
export async function letterhead(platform: Platform, tenant: number): Promise<TenantLetterhead> {
  const sql = platform.db.read(tenant);
  const [own, branding, legal] = await Promise.all([
    readTenant(sql, tenant),
    readBranding(sql, tenant),
    readLegalRow(sql, tenant),
  ]);
  return {
    name: branding?.name ?? own?.name ?? '',
    address: own?.address ?? '',
    phone: legal?.contact.phone ?? '',
    email: legal?.contact.email ?? '',
    crest: branding?.crest ?? null,
  };
}
