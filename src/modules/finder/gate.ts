import * as tenants from '#modules/tenants';
import { authorizer } from '#platform/authorize';
import type { Actor, Context } from '#platform/context';
import { systemContext } from '#platform/context';
import { ensure } from '#platform/errors';
import { finderPermissions, isAuthorityKeyOf, isStateKind, mayWriteKind, ownArea } from './rules.ts';
import { isWithin, kindOfKey } from './rules-area.ts';
import type { AuthorityContent, CompetenceContent, Content, EntryKind, SupplementContent } from './rules-content.ts';

export const authorize = authorizer(finderPermissions);

/** The part of the state this tenant speaks for; null: none, it has no official key. */
export async function areaOfTenant({ platform }: Context, tenant: number): Promise<string | null> {
  const { municipalityKey } = await tenants.get(systemContext(platform, tenant, 'finder'), tenant);
  return ownArea(tenant, municipalityKey);
}

/** Who did it, as versions name them: an id for the rule of four eyes, and the name as it was. */
export function personOf(actor: Actor): { id: string; name: string } {
  if (actor.kind === 'account') return { id: `account:${actor.account}`, name: actor.name };
  return { id: actor.kind === 'system' ? `system:${actor.job}` : 'nobody', name: 'Rennsteig' };
}

/**
 * Refuses what a tenant writes about something that is not its own: master texts outside the state's tenant, and authorities,
 * supplements and competences outside its area. Throws `forbidden`.
 */
export async function checkOwn(
  ctx: Context,
  { tenant, kind, key, content }: { tenant: number; kind: EntryKind; key: string; content: Content },
): Promise<void> {
  ensure(mayWriteKind(tenant, kind), 'forbidden', 'finder.stateOnly');
  if (isStateKind(kind)) return;
  const own = await areaOfTenant(ctx, tenant);
  ensure(own !== null, 'forbidden', 'finder.noArea');
  const isMine = (area: string) => kindOfKey(area) !== null && isWithin(area, own);
  const areas = areasOf(kind, content);
  const foreign = areas.find((area) => !isMine(area));
  ensure(foreign === undefined, 'forbidden', 'finder.foreignArea', { area: foreign ?? '', own });
  ensure(kind !== 'authority' || isAuthorityKeyOf(key, own), 'forbidden', 'finder.foreignKey', { field: 'key', own });
  if (kind === 'supplement') checkSupplementKey(key, content as SupplementContent);
}

/** What a supplement is about is its key and never changes; it would otherwise leave its old place filled. */
function checkSupplementKey(key: string, { service, area }: SupplementContent): void {
  const expected = `${service}.${area}`;
  ensure(key === expected, 'invalid', 'finder.supplementKey', { field: 'key', key: expected });
}

function areasOf(kind: EntryKind, content: Content): readonly string[] {
  if (kind === 'authority') return (content as AuthorityContent).represents;
  if (kind === 'supplement') return [(content as SupplementContent).area];
  const { area, except } = content as CompetenceContent;
  return [area, ...except];
}
