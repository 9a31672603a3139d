import { type Home, type Located, readHome } from '#modules/files';
import type { Context } from '#platform/context';
import { instanceIdOf } from './instance-id.ts';
import { type PropertyName, prepareView } from './properties.ts';
import { multistatusClose, multistatusOpen, renderResources } from './propfind.ts';
import { asResource } from './resource.ts';
import { encodeSegment } from './rules-path.ts';

/** What was found by name, tag or otherwise, as resources of the person's tree. */

/** The way from the person's root folder to a node; null when its space does not appear there. */
export function segmentsOf(home: Home, { space, lineage }: Located): string[] | null {
  const mount = home.mounts.find((each) => each.space.id === space.id);
  if (!mount && space.id !== home.own.space.id) return null;
  return [...(mount ? [mount.name] : []), ...lineage.slice(1).map(({ name }) => name)];
}

/** The multistatus of found nodes, with the properties that were asked for. The root folders of spaces are left out. */
export async function renderFound(
  ctx: Context,
  { base, names, found }: { base: string; names: readonly PropertyName[]; found: readonly Located[] },
): Promise<string> {
  const home = await readHome(ctx);
  const items = found.flatMap((entry) => {
    const segments = entry.isRoot ? null : segmentsOf(home, entry);
    if (!segments) return [];
    const href = `${[base, ...segments.map(encodeSegment)].join('/')}${entry.node.isFolder ? '/' : ''}`;
    return [{ resource: asResource(entry), href }];
  });
  const view = prepareView({ kind: 'some', names });
  const listing = { ctx, view, instanceId: instanceIdOf(ctx) };
  const responses = items.length === 0 ? '' : await renderResources(listing, items);
  return `${multistatusOpen}${responses}${multistatusClose}`;
}
