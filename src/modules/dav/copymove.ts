import { copy, type Moved, move } from '#modules/files';
import { ensure } from '#platform/errors';
import type { FastifyRequest } from '#platform/http';
import { readDemands } from './conditions.ts';
import { header, readDepth, readOverwrite } from './requests.ts';
import { checkPerson, findResource, findTarget, type Resource, withFound } from './resource.ts';
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

/** RFC 4918, 9.8; 9.8.3: depth 0 copies the folder and its properties "but not resources identified by its internal member URLs". */
export async function copyResource(request: FastifyRequest, path: DavPath): Promise<Moved> {
  const find = () => readJourney(request, path);
  return withFound(find, async ({ source, to, overwrites, demands }) => {
    const depth = readDepth(request, 'infinity');
    ensure(depth !== '1', 'invalid', 'dav.headerInvalid', { header: 'Depth' });
    const target = await findTarget(request.ctx, to);
    return copy(request.ctx, source.entry, target, { ...demands, overwrites, isAlone: depth === '0' });
  });
}
