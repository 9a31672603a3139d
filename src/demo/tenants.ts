import * as tenants from '#modules/tenants';
import { type Context, type Platform, systemContext } from '#platform/context';
import { type TenantFacts, type TenantName, tenantFacts } from './cast.ts';
import { crest } from './paper/crest.ts';
import type { Place } from './place.ts';
import { usualQuota } from './places/others.ts';
import { moment, openStage } from './stage.ts';

const [founded, painted] = [1_200, 1_190];

/** Creates the tenants of the cast, those above first, with their look and their policies. Resolves with their numbers. */
export async function createTenants(platform: Platform, places: readonly Place[], today: Date): Promise<Map<TenantName, number>> {
  const stage = openStage(platform, tenants.provider, today);
  const numbers = new Map<TenantName, number>();
  for (const [index, name] of (Object.keys(tenantFacts) as TenantName[]).entries()) {
    const { below, ...facts }: TenantFacts = tenantFacts[name];
    const place = places.find(({ tenant }) => tenant === name);
    stage.at(moment(today, founded, index));
    const parent = below === undefined ? null : (numbers.get(below as TenantName) as number);
    const hosts = name === 'tlrz' ? [] : [`${facts.slug}.cloud.example`];
    const quota = name === 'tlrz' ? null : (place?.quota ?? usualQuota);
    const tenant = await tenants.create(stage.house, { ...facts, parent, quota, hosts });
    numbers.set(name, tenant);
    stage.at(moment(today, painted, index));
    const ctx = { ...stage.house, actor: { kind: 'system' as const, tenant, job: 'demo' } };
    await tenants.setLegal(ctx, { tenant, contact: contactOf(facts) });
    if (place) await decorate(ctx, tenant, place);
  }
  return numbers;
}

async function decorate(ctx: Context, tenant: number, { colours, policies = [] }: Place): Promise<void> {
  if (colours) await tenants.setBranding(ctx, { tenant, colour: colours.colour, crest: crest(colours.shield) });
  for (const policy of policies) await tenants.setPolicy(ctx, { ...policy, tenant });
}

/** How to reach an authority that does not exist. */
function contactOf({ slug }: Pick<TenantFacts, 'slug'>) {
  return {
    email: `poststelle@${slug}.example`,
    phone: '0361 555 010',
    dataProtection: `datenschutz@${slug}.example`,
    accessibility: `barrierefreiheit@${slug}.example`,
  };
}

/** One tenant is suspended, so that an operator sees what that looks like. */
export async function suspendOne(platform: Platform, tenant: number): Promise<void> {
  const reason = 'Umzug auf neue Arbeitsplätze: Der Zugang ruht bis zur Übernahme der alten Ablage.';
  await tenants.suspend(systemContext(platform, tenants.provider, 'demo'), tenant, reason);
}
