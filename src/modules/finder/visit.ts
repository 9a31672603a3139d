import * as tenants from '#modules/tenants';
import { type Context, type Platform, systemContext } from '#platform/context';
import { type ShortMemory, shortMemory } from '#platform/memory';
import { getService, type ServiceView } from './public-service.ts';
import { ownArea, stateTenant } from './rules.ts';
import { lineOf } from './rules-area.ts';

/** How long a new municipality may wait until visits are counted for it. */
const seconds = 60;

type Speakers = ReadonlyMap<string, number>;

const remembered = new WeakMap<Platform, ShortMemory<'all', Speakers>>();

/** Which tenant speaks for which area, by the key of the area. */
async function speakersOf({ platform }: Context): Promise<Speakers> {
  const memory = remembered.get(platform) ?? shortMemory<'all', Speakers>({ seconds, most: 1 });
  remembered.set(platform, memory);
  return memory.recall('all', platform.clock.now(), () => readSpeakers(platform));
}

async function readSpeakers(platform: Platform): Promise<Speakers> {
  const house = systemContext(platform, stateTenant, 'finder');
  const speakers = new Map<string, number>();
  for (let cursor: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof tenants.list>> = await tenants.list(house, { cursor });
    for (const { tenant, municipalityKey } of page.items) {
      const area = tenant === stateTenant ? null : ownArea(tenant, municipalityKey);
      if (area !== null) speakers.set(area, tenant);
    }
    cursor = page.next;
    if (cursor === null) return speakers;
  }
}

/** Whose numbers a look from a place belongs to: the nearest authority that works here; the state's where there is none. */
async function countedFor(ctx: Context, { place }: ServiceView): Promise<number> {
  if (place.kind !== 'found') return stateTenant;
  const speakers = await speakersOf(ctx);
  const nearest = lineOf(place.area.key).flatMap((area) => speakers.get(area) ?? []);
  return nearest[0] ?? stateTenant;
}

/**
 * Like {@link getService}, for somebody who looks at its page: that is counted for the place in question, and nothing else is noted.
 */
export async function visitService(ctx: Context, key: string, place = ''): Promise<ServiceView> {
  const view = await getService(ctx, key, place);
  ctx.platform.tally.count(await countedFor(ctx, view), 'looked', view.key);
  return view;
}
