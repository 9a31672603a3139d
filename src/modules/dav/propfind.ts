import { createGzip } from 'node:zlib';
import {
  type Entry,
  favouritesAmong,
  listLocks,
  type Node,
  personOf,
  readProperties,
  readRoom,
  streamChildren,
} from '#modules/files';
import type { Context } from '#platform/context';
import { Failure } from '#platform/errors';
import type { FastifyReply, FastifyRequest } from '#platform/http';
import { sendStream } from '#platform/http-file';
import {
  emptyElement,
  type Facts,
  fullElement,
  keyOf,
  type PropertyName,
  type PropertyRequest,
  type PropertyView,
  prepareView,
} from './properties.ts';
import { asMount, asResource, type Resource } from './resource.ts';
import { encodeSegment } from './rules-path.ts';
import { childOf, dav, type Element, elementsOf, nextcloud, owncloud, parseXml } from './xml.ts';

/** Answers are compressed from this size on. */
const compressedBytes = 16_384;

/** Most properties of one request, and characters of all their names: they stand in the answer for each resource that lacks them. */
const mostProperties = 200;
const mostNameCharacters = 20_000;

export const multistatusOpen = `<?xml version="1.0" encoding="utf-8"?>\n<d:multistatus xmlns:d="${dav}" xmlns:oc="${owncloud}" xmlns:nc="${nextcloud}">`;
export const multistatusClose = '</d:multistatus>';

const views = new Map<string, PropertyView>();
const mostViews = 200;

/** The view for a request body. Clients send the same few bodies all day long, so they are read once. */
export function viewOf(body: string): PropertyView {
  const known = views.get(body);
  if (known) return known;
  const view = prepareView(readPropertyRequest(body));
  if (views.size >= mostViews) views.clear();
  if (body.length <= 8_192) views.set(body, view);
  return view;
}

/** What a PROPFIND asks for. RFC 4918, 9.1: an empty body asks for all properties. Throws `invalid`. */
export function readPropertyRequest(body: string): PropertyRequest {
  if (body.trim() === '') return { kind: 'all', names: [] };
  const root = parseXml(body);
  if (root.namespace !== dav || root.name !== 'propfind') throw new Failure('invalid', 'dav.xmlInvalid', { detail: 'propfind' });
  const prop = childOf(root, dav, 'prop');
  const include = childOf(root, dav, 'include');
  if (childOf(root, dav, 'propname')) return { kind: 'names', names: [] };
  if (childOf(root, dav, 'allprop')) return { kind: 'all', names: include ? namesIn(include) : [] };
  if (!prop) throw new Failure('invalid', 'dav.xmlInvalid', { detail: 'propfind' });
  return { kind: 'some', names: namesIn(prop) };
}

/** The properties named inside an element. */
export function namesIn(element: Element): PropertyName[] {
  const names = elementsOf(element).map(({ namespace, name }) => ({ namespace, name }));
  if (names.length > mostProperties)
    throw new Failure('invalid', 'dav.xmlInvalid', { detail: `more than ${mostProperties} properties` });
  if (names.reduce((sum, name) => sum + keyOf(name).length, 0) > mostNameCharacters)
    throw new Failure('invalid', 'dav.xmlInvalid', { detail: `names of more than ${mostNameCharacters} characters` });
  return names;
}

/** One resource's part of the answer: RFC 4918, 14.24. */
function renderResponse(view: PropertyView, resource: Resource, facts: Facts): string {
  const { found, missing } = view.show(resource, facts);
  const there = found === '' && missing !== '' ? '' : propstat(found, '200 OK');
  return `<d:response><d:href>${facts.href}</d:href>${there}${missing === '' ? '' : propstat(missing, '404 Not Found')}</d:response>`;
}

const propstat = (properties: string, status: string) =>
  `<d:propstat><d:prop>${properties}</d:prop><d:status>HTTP/1.1 ${status}</d:status></d:propstat>`;

/** What some resources need looked up for a view, in a statement for all of them instead of one for each. */
async function gatherFacts(ctx: Context, view: PropertyView, entries: readonly Entry[]) {
  const ids = entries.map(({ node }) => node.id);
  const spaces = view.needs.free ? [...new Map(entries.map(({ space }) => [space.id, space])).values()] : [];
  const [dead, favourites, locks, room] = await Promise.all([
    view.needs.dead ? readProperties(ctx, ids) : null,
    view.needs.favourites ? favouritesAmong(ctx, ids) : null,
    view.needs.locks ? Promise.all(entries.map((entry) => listLocks(ctx, entry))) : null,
    Promise.all(spaces.map(async (space) => [space.id, await readRoom(ctx, space)] as const)),
  ]);
  const freeIn = new Map(room);
  return (index: number) => {
    const { node } = entries[index] as Entry;
    const { id } = node;
    const free = freeIn.get(node.space) ?? null;
    return { free, dead: dead?.get(id) ?? [], isFavourite: favourites?.has(id) ?? false, locks: locks?.[index] ?? [] };
  };
}

type Listing = { readonly ctx: Context; readonly view: PropertyView; readonly instanceId: string };

/** The part of an answer for some resources. */
export async function renderResources(
  { ctx, view, instanceId }: Listing,
  items: readonly { resource: Resource; href: string }[],
): Promise<string> {
  const factsOf = await gatherFacts(
    ctx,
    view,
    items.map(({ resource }) => resource.entry),
  );
  const person = personOf(ctx);
  const { restored } = ctx.platform;
  let text = '';
  for (const [index, { resource, href }] of items.entries()) {
    text += renderResponse(view, resource, { person, instanceId, restored, href, ...factsOf(index) });
  }
  return text;
}

/** The whole answer in pieces: the folder itself, then page by page what is in it. */
async function* renderListing(listing: Listing, folder: Resource, href: string): AsyncGenerator<string> {
  yield multistatusOpen + (await renderResources(listing, [{ resource: folder, href }]));
  const { ctx } = listing;
  const mounts = (folder.home?.mounts ?? []).map(asMount);
  if (mounts.length > 0)
    yield renderResources(
      listing,
      mounts.map((resource) => ({ resource, href: `${href}${encodeSegment(resource.name)}/` })),
    );
  for await (const nodes of streamChildren(ctx, folder.entry)) {
    if (nodes.length > 0)
      yield renderResources(
        listing,
        nodes.map((node) => childItem(folder.entry, node, href)),
      );
  }
  yield multistatusClose;
}

function childItem(folder: Entry, node: Node, href: string): { resource: Resource; href: string } {
  const resource = asResource({ node, space: folder.space, role: folder.role, isRoot: false });
  return { resource, href: `${href}${encodeSegment(node.name)}${node.isFolder ? '/' : ''}` };
}

/** Answers PROPFIND. A listing that breaks in the middle cuts the connection: a short one would look like deletions. */
export async function answerPropfind(
  request: FastifyRequest,
  reply: FastifyReply,
  listing: Listing & { readonly resource: Resource; readonly href: string; readonly isDeep: boolean },
): Promise<FastifyReply> {
  const { resource, href, isDeep } = listing;
  reply
    .code(207)
    .header('Content-Type', 'application/xml; charset=utf-8')
    .header('Vary', 'Accept-Encoding')
    .header('DAV', '1, 2, 3');
  if (!isDeep || !resource.entry.node.isFolder) {
    return reply.send(multistatusOpen + (await renderResources(listing, [{ resource, href }])) + multistatusClose);
  }
  const pieces = renderListing(listing, resource, href);
  const head: string[] = [];
  for (let size = 0; size < compressedBytes; ) {
    const { value, done } = await pieces.next();
    if (done) return reply.send(head.join(''));
    head.push(value);
    size += value.length;
  }
  return sendListing(request, reply, resumed(head, pieces));
}

async function* resumed(head: readonly string[], rest: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for (const piece of head) yield Buffer.from(piece);
  for await (const piece of rest) yield Buffer.from(piece);
}

function sendListing(request: FastifyRequest, reply: FastifyReply, pieces: AsyncIterable<Buffer>): Promise<FastifyReply> {
  const takesGzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  if (!takesGzip) return sendStream(request, reply, pieces);
  reply.header('Content-Encoding', 'gzip');
  return sendStream(request, reply, compressed(pieces));
}

/** Level 1: a listing shrinks to a fifteenth with it already, and a slow level would cost more than the wire. */
async function* compressed(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gzip = createGzip({ level: 1 });
  const feeding = feed(gzip, pieces);
  yield* gzip as AsyncIterable<Buffer>;
  await feeding;
}

async function feed(gzip: ReturnType<typeof createGzip>, pieces: AsyncIterable<Buffer>): Promise<void> {
  try {
    for await (const piece of pieces) if (!gzip.write(piece)) await new Promise((resolve) => gzip.once('drain', resolve));
    gzip.end();
  } catch (error) {
    gzip.destroy(error as Error);
  }
}

/** Values of something that is no file or folder of the tree (a chunk, a thing in the trash, a version), as XML, by `namespace name`. */
export type Values = Readonly<Record<string, string>>;

/** One thing's part of an answer, from values that are there already. */
export function renderValues({ kind, names }: PropertyRequest, href: string, values: Values): string {
  const asked = kind === 'some' ? names : Object.keys(values).map(nameOf);
  const known = asked.filter((name) => values[keyOf(name)] !== undefined);
  const found = known.map((name) => fullElement(name, kind === 'names' ? '' : (values[keyOf(name)] as string)));
  const missing = asked.filter((name) => values[keyOf(name)] === undefined).map(emptyElement);
  const there = found.length > 0 || missing.length === 0 ? propstat(found.join(''), '200 OK') : '';
  return `<d:response><d:href>${href}</d:href>${there}${missing.length > 0 ? propstat(missing.join(''), '404 Not Found') : ''}</d:response>`;
}

function nameOf(key: string): PropertyName {
  const [namespace = '', name = ''] = key.split(' ');
  return { namespace, name };
}
