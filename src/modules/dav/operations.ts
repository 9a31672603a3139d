import {
  bytesOf,
  createFolder,
  etagOf,
  type Lock,
  type LockRequest,
  lock,
  makeLocked,
  type Node,
  refreshLock,
  trash,
  unlock,
  writeFile,
} from '#modules/files';
import { ensure, Failure } from '#platform/errors';
import type { FastifyReply, FastifyRequest } from '#platform/http';
import { sendFile } from '#platform/http-file';
import { type Demands, readDemands, readWriteDemands } from './conditions.ts';
import { copyResource, moveResource } from './copymove.ts';
import { readUpload } from './early.ts';
import { instanceIdOf } from './instance-id.ts';
import { renderLock } from './locks.ts';
import { mediaType } from './properties.ts';
import { answerPropfind, viewOf } from './propfind.ts';
import { patchProperties } from './proppatch.ts';
import { answerReport } from './report.ts';
import { header, readChecksum, readDepth, readLength, readModified, readText, readTimeout } from './requests.ts';
import { findResource, findTarget, lookForResource, type Resource, withFound } from './resource.ts';
import { type DavPath, encodeSegment } from './rules-path.ts';
import { answerSearch } from './search.ts';
import { childOf, dav, type Element, parseXml, writeContent } from './xml.ts';

/** One method at one address. */
export type Operation = (request: FastifyRequest, reply: FastifyReply, path: DavPath) => Promise<FastifyReply>;

/**
 * The address of a resource as this client writes it, in the normal form of Unicode it uses too: ownCloud's client waits for ever
 * when the answer to its question about a name in the form NFD is about the same name in the form NFC. Folders end in a slash.
 */
function hrefOf(path: DavPath, isFolder: boolean): string {
  const segments = path.segments.map(encodeSegment);
  return `${[path.base, ...segments].join('/')}${isFolder ? '/' : ''}`;
}

const isFolder = (resource: Resource) => resource.entry.node.isFolder;

export const allowedMethods =
  'OPTIONS, GET, HEAD, PUT, DELETE, PROPFIND, PROPPATCH, MKCOL, COPY, MOVE, LOCK, UNLOCK, REPORT, SEARCH';

/** RFC 4918, 10.1 and 18: classes 1, 2 (locks) and 3 (this very RFC). */
const options: Operation = async (_request, reply) =>
  // Without MS-Author-Via, Windows and its Office take us for a FrontPage server and open files read-only.
  reply.headers({ DAV: '1, 2, 3', Allow: allowedMethods, 'MS-Author-Via': 'DAV' }).code(200).send('');

const propfind: Operation = async (request, reply, path) => {
  const depth = readDepth(request, 'infinity');
  // RFC 4918, 9.1: servers may refuse infinite depth; one request must not walk through everything somebody has.
  if (depth === 'infinity') throw new Failure('forbidden', 'dav.depthInfinite');
  const view = viewOf(await readText(request));
  const resource = await findResource(request.ctx, path);
  const href = hrefOf(path, isFolder(resource));
  const { ctx } = request;
  return answerPropfind(request, reply, { ctx, view, instanceId: instanceIdOf(ctx), resource, href, isDeep: depth === '1' });
};

const proppatch: Operation = async (request, reply, path) => {
  const body = await readText(request);
  const demands = await readDemands(request, path);
  const resource = await findResource(request.ctx, path);
  const answer = await patchProperties(request.ctx, resource, body, { href: hrefOf(path, isFolder(resource)), demands });
  return reply.code(207).type('application/xml; charset=utf-8').send(answer);
};

const get: Operation = async (request, reply, path) => {
  const { ctx } = request;
  const resource = await findResource(ctx, path);
  if (isFolder(resource)) throw new Failure('unsupported', 'platform.methodNotAllowed');
  const { entry, etag, name } = resource;
  const { size, modified, sha1 } = entry.node;
  const checksum = sha1 === null ? {} : { 'OC-Checksum': `SHA1:${sha1}` };
  const headers = { 'OC-ETag': `"${etag}"`, 'OC-FileId': fileId(request, entry.node), ...checksum };
  const file = { size, etag, modified, type: mediaType(name), name, headers };
  return sendFile(request, reply, file, (start, end) => bytesOf(request.ctx, entry, { start, end }));
};

const fileId = ({ ctx }: FastifyRequest, node: Node) => `${String(node.id).padStart(8, '0')}${instanceIdOf(ctx)}`;

/** What sync clients read off the answer to a change; see ../shared/design/clients.md. */
export function describe(request: FastifyRequest, reply: FastifyReply, node: Node): FastifyReply {
  const etag = `"${etagOf(node)}"`;
  return reply.headers({ ETag: etag, 'OC-ETag': etag, 'OC-FileId': fileId(request, node) });
}

const put: Operation = async (request, reply, path) => {
  // RFC 9110, 9.3.4 with 14.5: whoever does not support partial PUT must refuse it, or it would cut the file to a piece.
  ensure(header(request, 'content-range') === undefined, 'invalid', 'dav.partialPut');
  const modified = readModified(request);
  const { tokens, precondition } = await readWriteDemands(request, path);
  const target = await findTarget(request.ctx, path);
  const expectations = { length: readLength(request), modified, checksum: readChecksum(request), precondition, tokens };
  const written = await writeFile(request.ctx, target, readUpload(request), expectations);
  if (modified !== null) reply.header('X-OC-MTime', 'accepted');
  return describe(request, reply, written.node)
    .code(written.isNew ? 201 : 204)
    .send();
};

const mkcol: Operation = async (request, reply, path) => {
  // RFC 4918, 9.3: a body we do not understand is refused, "415 (Unsupported Media Type)".
  if (readLength(request) !== 0) throw new Failure('unsupported', 'dav.bodyUnexpected');
  const demands = await readDemands(request, path);
  const target = await findTarget(request.ctx, path);
  const node = await createFolder(request.ctx, target, { ...demands, modified: readModified(request) });
  return describe(request, reply, node).code(201).send();
};

const remove: Operation = async (request, reply, path) => {
  // RFC 4918, 9.6.1: a folder goes with everything in it; another depth is not allowed.
  ensure(readDepth(request, 'infinity') === 'infinity', 'invalid', 'dav.headerInvalid', { header: 'Depth' });
  const demands = await readDemands(request, path);
  const find = () => findResource(request.ctx, path);
  await withFound(find, ({ entry }) => trash(request.ctx, entry, demands));
  return reply.code(204).send();
};

const copy: Operation = async (request, reply, path) => {
  const { node, replaced } = await copyResource(request, path);
  return describe(request, reply, node)
    .code(replaced ? 204 : 201)
    .send();
};

const move: Operation = async (request, reply, path) => {
  const { node, replaced } = await moveResource(request, path);
  return describe(request, reply, node)
    .code(replaced ? 204 : 201)
    .send();
};

type Locked = { readonly made: Lock; readonly node: Node; readonly isNew: boolean };

/** What a LOCK asks for. */
type Asked = Omit<LockRequest, 'isInfinite' | 'precondition'> & { readonly isDeep: boolean; readonly demands: Demands };

/** RFC 4918, 9.10.4: locking an address where nothing is makes an empty file there. */
async function lockPlace(request: FastifyRequest, path: DavPath, asked: Asked): Promise<Locked> {
  const { ctx } = request;
  const { isDeep, demands, ...wanted } = asked;
  const lockIt = async ({ entry }: Resource): Promise<Locked> => {
    const isInfinite = isDeep && entry.node.isFolder;
    const made = await lock(ctx, entry, { ...wanted, isInfinite, precondition: demands.precondition });
    return { made, node: entry.node, isNew: false };
  };
  const act = async (existing: Resource | null): Promise<Locked> => {
    if (existing) return lockIt(existing);
    const target = await findTarget(ctx, path);
    try {
      const { node, lock: made } = await makeLocked(ctx, target, { ...wanted, ...demands, isInfinite: false });
      return { made, node, isNew: true };
    } catch (error) {
      // Somebody else was faster, and what they made can be locked.
      const theirs = isTaken(error) && (await lookForResource(ctx, path));
      if (!theirs) throw error;
      return lockIt(theirs);
    }
  };
  return withFound(() => lookForResource(ctx, path), act);
}

const isTaken = (error: unknown) =>
  error instanceof Failure && (error.kind === 'precondition' || error.code === 'files.isAFolder');

const lockResource: Operation = async (request, reply, path) => {
  const body = await readText(request);
  const seconds = readTimeout(request);
  const demands = await readDemands(request, path);
  if (body.trim() === '') return refresh(request, reply, path, { seconds, tokens: demands.tokens });
  const wish = parseXml(body);
  ensure(wish.namespace === dav && wish.name === 'lockinfo', 'invalid', 'dav.xmlInvalid', { detail: 'lockinfo' });
  const depth = readDepth(request, 'infinity');
  ensure(depth !== '1', 'invalid', 'dav.headerInvalid', { header: 'Depth' });
  const asked = { isShared: isShared(wish), owner: ownerOf(wish), seconds, isDeep: depth === 'infinity', demands };
  const { made, node, isNew } = await lockPlace(request, path, asked);
  const href = hrefOf(path, node.isFolder);
  return sendLock(
    reply.header('Lock-Token', `<${made.token}>`).code(isNew ? 201 : 200),
    renderLock({ ...made, levels: 0 }, href),
  );
};

const longestOwner = 500;

function ownerOf(wish: Element): string {
  const owner = childOf(wish, dav, 'owner');
  const text = owner ? writeContent(owner) : '';
  ensure(text.length <= longestOwner, 'invalid', 'dav.xmlInvalid', { detail: 'owner' });
  return text;
}

function isShared(wish: Element): boolean {
  const scope = childOf(wish, dav, 'lockscope');
  const type = childOf(wish, dav, 'locktype');
  ensure(scope && type && childOf(type, dav, 'write'), 'invalid', 'dav.xmlInvalid', { detail: 'lockinfo' });
  return childOf(scope, dav, 'shared') !== null;
}

type Refresh = { readonly seconds: number | null; readonly tokens: readonly string[] };

/** RFC 4918, 9.10.2: a LOCK without a body refreshes the one lock its `If` header names. */
async function refresh(
  request: FastifyRequest,
  reply: FastifyReply,
  path: DavPath,
  { seconds, tokens }: Refresh,
): Promise<FastifyReply> {
  const [token] = tokens;
  ensure(token !== undefined, 'invalid', 'dav.ifInvalid');
  const resource = await findResource(request.ctx, path);
  const refreshed = await refreshLock(request.ctx, resource.entry, token, seconds);
  return sendLock(reply.code(200), renderLock({ ...refreshed, levels: 0 }, hrefOf(path, isFolder(resource))));
}

function sendLock(reply: FastifyReply, active: string): FastifyReply {
  const body = `<?xml version="1.0" encoding="utf-8"?>\n<d:prop xmlns:d="${dav}"><d:lockdiscovery>${active}</d:lockdiscovery></d:prop>`;
  return reply.type('application/xml; charset=utf-8').send(body);
}

const unlockResource: Operation = async (request, reply, path) => {
  const [, token] = /^\s*<([^<>]+)>\s*$/.exec(header(request, 'lock-token') ?? '') ?? [];
  ensure(token !== undefined, 'invalid', 'dav.headerInvalid', { header: 'Lock-Token' });
  const find = () => findResource(request.ctx, path);
  await withFound(find, ({ entry }) => unlock(request.ctx, entry, token));
  return reply.code(204).send();
};

/** The methods we speak: RFC 4918, 9. */
export const operations: Readonly<Record<string, Operation>> = {
  OPTIONS: options,
  PROPFIND: propfind,
  PROPPATCH: proppatch,
  GET: get,
  HEAD: get,
  PUT: put,
  MKCOL: mkcol,
  DELETE: remove,
  COPY: copy,
  MOVE: move,
  LOCK: lockResource,
  UNLOCK: unlockResource,
  REPORT: answerReport,
  SEARCH: answerSearch,
};
