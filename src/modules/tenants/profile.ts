import { actorSeconds, type Platform } from '#platform/context';
import { type ShortMemory, shortMemory } from '#platform/memory';
import { provider } from './rules.ts';
import { type BrandColours, brandColours } from './rules-branding.ts';
import { effective, type PolicyValues, valuesOf } from './rules-policy.ts';
import { type ProfileFacts, type ProfileRow, readProfile, readTenantOfHost } from './store.ts';

/** What every request needs to know of its tenant; not older than `actorSeconds`. */
export type TenantProfile = ProfileFacts & {
  readonly branding: Branding;
  /** The policies in force, bare; with their origins: `effectivePolicies`. */
  readonly policies: PolicyValues;
};

export type Branding = {
  /** What stands beside the crest: the tenant's own wording, or its name. */
  readonly name: string;
  /** Readable on light and dark surfaces; null: the house's colours. */
  readonly colours: BrandColours | null;
  /** Path of the crest (a PNG), or null. The path changes with the picture. */
  readonly crest: string | null;
};

const limits = { profiles: 5_000, hosts: 5_000 };

type Memories = { profiles: ShortMemory<number, TenantProfile | null>; hosts: ShortMemory<string, number | null> };

const memories = new WeakMap<Platform, Memories>();

function memoriesOf(platform: Platform): Memories {
  const known = memories.get(platform);
  if (known) return known;
  const made: Memories = {
    profiles: shortMemory({ seconds: actorSeconds, most: limits.profiles, isWorthIt: (value) => value !== null }),
    hosts: shortMemory({ seconds: actorSeconds, most: limits.hosts, isWorthIt: (value) => value !== null }),
  };
  memories.set(platform, made);
  return made;
}

/** The address of a crest; see `routes.ts`. */
const crestPath = (tenant: number, hash: string) => `/wappen/${tenant}/${hash}.png`;

function describe(row: ProfileRow): TenantProfile {
  const { brandName, colour, crestHash, policies, ...rest } = row;
  return {
    ...rest,
    branding: {
      name: brandName ?? row.name,
      colours: colour === null ? null : brandColours(colour),
      crest: crestHash === null ? null : crestPath(row.tenant, crestHash),
    },
    policies: valuesOf(effective(policies)),
  };
}

/** Before the first operator has set up the instance there is no tenant at all, but there are pages. */
const nobodysProfile: TenantProfile = {
  tenant: provider,
  slug: 'rennsteig',
  kind: 'provider',
  name: 'Rennsteig',
  state: 'active',
  stateReason: '',
  quota: null,
  branding: { name: 'Rennsteig', colours: null, crest: null },
  policies: valuesOf(effective({})),
};

/** How the tenant's pages look now, for whoever has just changed it: what everybody is shown may be a moment older. */
export async function currentBranding(platform: Platform, tenant: number): Promise<Branding> {
  const row = await readProfile(platform.db.instance, tenant);
  return (row ? describe(row) : nobodysProfile).branding;
}

/** The tenant's profile; null when there is no such tenant (for the provider there always is one). */
export async function profile(platform: Platform, tenant: number): Promise<TenantProfile | null> {
  const load = async () => {
    const row = await readProfile(platform.db.instance, tenant);
    return row ? describe(row) : null;
  };
  const known = await memoriesOf(platform).profiles.recall(tenant, platform.clock.now(), load);
  return known ?? (tenant === provider ? nobodysProfile : null);
}

/** The tenant whose pages are shown at a host (without port) to people who are not signed in; the provider for unknown hosts. */
export async function tenantOfHost(platform: Platform, host: string): Promise<number> {
  const name = host.toLowerCase().slice(0, 253);
  const load = () => readTenantOfHost(platform.db.instance, name);
  return (await memoriesOf(platform).hosts.recall(name, platform.clock.now(), load)) ?? provider;
}
