/**
 * Where: the tenants of the instance.
 *
 * Keeps: each tenant's number, slug, kind, place in the hierarchy, official key, hosts, state, quota, look and policies, and
 * what the rooms have done to welcome it. Tenant 1 is the provider, the root of the hierarchy.
 *
 * Promises: a suspended tenant's people are without access within a second. A policy in force is always named with the tenant
 * that decided it. What the provider does to a tenant stands in the audit trails of both. A colour that is accepted can be
 * read in both themes; a crest that is accepted is a plain picture and nothing else.
 *
 * Never: shows a tenant to another one (only the provider sees all), deletes a tenant, runs a provisioning script — a room
 * that needs something for a new tenant plugs in `onTenantCreated`.
 */
export { type BrandingInput, setBranding } from './branding.ts';
export { tenantCreated, tenantResumed, tenantSuspended } from './events.ts';
export { readLegal, readLegalSettings, setLegal } from './legal.ts';
export { letterhead, type TenantLetterhead } from './letterhead.ts';
export { listTicks, onTenantCreated, retryTick } from './onboarding.ts';
export { effectivePolicies, type PolicyChange, type PolicyInput, policyHistory, setPolicy } from './policy.ts';
export { type Branding, currentBranding, profile, type TenantProfile, tenantOfHost } from './profile.ts';
export {
  areaOfKey,
  checkSlug,
  provider,
  type TenantAction,
  type TenantKind,
  type TenantState,
  type TenantThing,
  tenantKinds,
} from './rules.ts';
export { type BrandColours, crestLimits } from './rules-branding.ts';
export { contactFields, type LegalKind, legalKinds, legalLimits } from './rules-legal.ts';
export {
  type EffectivePolicies,
  type EffectivePolicy,
  type PolicyDefinition,
  type PolicyName,
  type PolicyValue,
  type PolicyValues,
  policies,
  policyNames,
} from './rules-policy.ts';
export type { Tenant, Tick, TickState } from './store.ts';
export {
  create,
  createIn,
  get,
  getBySlug,
  list,
  resume,
  setHosts,
  suspend,
  type TenantInput,
  type TenantQuery,
  type TenantUpdate,
  update,
} from './tenant.ts';
export { tenantNumbers, verifyAudits } from './trail.ts';
