import { changeProperties, copy, createFolder, type Moved, move, readProperties, trash } from '#modules/files';
import { ensure } from '#platform/errors';
import type { FastifyRequest } from '#platform/http';
import { readDemands } from './conditions.ts';
import { header, readDepth, readOverwrite } from './requests.ts';
import { checkPerson, findResource, findTarget, lookForResource, type Resource, withFound } from './resource.ts';
import { type DavPath, parseDestination } from './rules-path.ts';

type Journey = {
  readonly source: Resource;
  readonly to: DavPath;
  readonly overwrites: boolean;
  readonly demands: Awaited<ReturnType<typeof readDemands>>;
};

/** What COPY and MOVE have in common: where from, where to, and what must be true. */
async function readJourney(request: FastifyRequest, path: DavPath): Promise<Journey> {
  const to = parseDestination(header(request, 'destination'), request.host);
  ensure(to.tree === 'files', 'invalid', 'dav.destinationInvalid');
  checkPerson(request.ctx, to);
  const overwrites = readOverwrite(request);
  const demands = await readDemands(request, path);
  const source = await findResource(request.ctx, path);
  // RFC 4918, 9.8.5: "403 (Forbidden) - … the source and destination resources are the same resource."
  ensure(path.segments.join('/') !== to.segments.join('/'), 'forbidden', 'dav.sameResource');
  return { source, to, overwrites, demands };
}

/** RFC 4918, 9.9. */
export async function moveResource(request: FastifyRequest, path: DavPath): Promise<Moved> {
  const find = () => readJourney(request, path);
  return withFound(find, async ({ source, to, overwrites, demands }) => {
    ensure(readDepth(request, 'infinity') === 'infinity' || !source.entry.node.isFolder, 'invalid', 'dav.headerInvalid', {
      header: 'Depth',
    });
    const target = await findTarget(request.ctx, to);
    return move(request.ctx, source.entry, target, { ...demands, overwrites });
  });
}

/** RFC 4918, 9.8. */
export async function copyResource(request: FastifyRequest, path: DavPath): Promise<Moved> {
  const find = () => readJourney(request, path);
  return withFound(find, async (journey) => {
    const { source, to, overwrites, demands } = journey;
    const depth = readDepth(request, 'infinity');
    ensure(depth !== '1', 'invalid', 'dav.headerInvalid', { header: 'Depth' });
    if (depth === '0' && source.entry.node.isFolder) return copyAlone(request, journey);
    const target = await findTarget(request.ctx, to);
    return copy(request.ctx, source.entry, target, { tokens: demands.tokens, overwrites });
  });
}

/** RFC 4918, 9.8.3: depth 0 copies the folder and its properties "but not resources identified by its internal member URLs". */
async function copyAlone({ ctx }: FastifyRequest, { source, to, overwrites, demands }: Journey): Promise<Moved> {
  const target = await findTarget(ctx, to);
  const existing = overwrites ? await lookForResource(ctx, to) : null;
  if (existing) await trash(ctx, existing.entry, { tokens: demands.tokens });
  const node = await createFolder(ctx, target, { modified: source.entry.node.modified, tokens: demands.tokens });
  const dead = (await readProperties(ctx, [source.entry.node.id])).get(source.entry.node.id) ?? [];
  if (dead.length > 0) await changeProperties(ctx, { ...target.folder, node, isRoot: false }, dead, demands.tokens);
  return { node, replaced: existing !== null };
}
