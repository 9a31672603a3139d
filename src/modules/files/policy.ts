import { profile } from '#modules/tenants';
import type { Platform } from '#platform/context';
import { Failure } from '#platform/errors';
import type { Thinning } from './rules.ts';

/** What the tenant decided about its files; from its policies, see the room `tenants`. */
export type FilePolicy = {
  /** Bytes of all its spaces together; null: no limit. */
  readonly quota: number | null;
  /** Bytes of a new space. */
  readonly spaceQuota: number;
  readonly largestFile: number;
  readonly versions: Thinning;
  /** Versions older than this are removed. */
  readonly versionDays: number;
  /** Days after which deleted things are removed for good. */
  readonly trashDays: number;
};

/** The tenant's policy as it is in force now. */
export async function policyOf(platform: Platform, tenant: number): Promise<FilePolicy> {
  const found = await profile(platform, tenant);
  if (!found) throw new Failure('notFound', 'platform.notFound');
  const { policies, quota } = found;
  return {
    quota,
    spaceQuota: policies.spaceQuotaBytes,
    largestFile: Math.min(policies.largestFileBytes, platform.config.maxFileBytes),
    versions: policies.versionThinning,
    versionDays: policies.versionDays,
    trashDays: policies.trashDays,
  };
}
