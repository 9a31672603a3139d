import { type Entry, emptyTrash, listTrash, locateTrashed, purge, readHome, restore, type Trashed } from '#modules/files';
import type { Context } from '#platform/context';
import { ensure, Failure } from '#platform/errors';
import { instanceIdOf } from './instance-id.ts';
import type { Operation } from './operations.ts';
import { mediaType } from './properties.ts';
import { multistatusClose, multistatusOpen, readPropertyRequest, renderValues, type Values } from './propfind.ts';
import { header, readDepth, readText } from './requests.ts';
import { checkPerson } from './resource.ts';
import { type DavPath, encodeSegment, parseDestination } from './rules-path.ts';
import { dav, escapeXml, nextcloud, owncloud } from './xml.ts';

/**
 * The trash as Nextcloud's clients see it: `trashbin/HANDLE/trash/` lists what was deleted in all spaces of the person, MOVE to
 * `trashbin/HANDLE/restore/…` brings it back, DELETE removes it for good.
 */

/** Most things that are listed; older ones are found in the browser. */
const most = 1_000;

/** Every space of the person whose trash they may read. */
async function spacesOf(ctx: Context): Promise<Entry[]> {
  const { own, mounts } = await readHome(ctx);
  return [own, ...mounts.map(({ space, root, role }) => ({ node: root, space, role, isRoot: true }))];
}

async function readAll(ctx: Context): Promise<Trashed[]> {
  const lists = await Promise.all((await spacesOf(ctx)).map((space) => listTrash(ctx, space, null, most)));
  const items = lists.flatMap((page) => page.items);
  return items.sort((a, b) => b.deletedAt.getTime() - a.deletedAt.getTime()).slice(0, most);
}

/** Names may repeat in the trash, ids do not. */
const nameInTrash = ({ node }: Trashed) => `${node.name}.d${node.id}`;

function idOf(path: DavPath): number {
  const [, id] = /\.d(\d{1,15})$/.exec(path.segments[1] ?? '') ?? [];
  if (path.segments.length !== 2 || id === undefined) throw new Failure('notFound', 'platform.notFound');
  return Number(id);
}

function valuesOf(ctx: Context, { node, path, deletedAt }: Trashed): Values {
  const content: Values = node.isFolder
    ? { [`${dav} resourcetype`]: '<d:collection/>' }
    : {
        [`${dav} resourcetype`]: '',
        [`${dav} getcontentlength`]: String(node.size),
        [`${dav} getcontenttype`]: mediaType(node.name),
      };
  return {
    ...content,
    [`${dav} getlastmodified`]: new Date(node.modified).toUTCString(),
    [`${dav} getetag`]: `&quot;${node.id}-${node.etag}&quot;`,
    [`${dav} displayname`]: escapeXml(node.name),
    [`${owncloud} id`]: `${String(node.id).padStart(8, '0')}${instanceIdOf(ctx)}`,
    [`${owncloud} fileid`]: String(node.id),
    [`${owncloud} size`]: String(node.size),
    [`${owncloud} permissions`]: 'GD',
    [`${nextcloud} trashbin-filename`]: escapeXml(node.name),
    [`${nextcloud} trashbin-original-location`]: escapeXml(path),
    [`${nextcloud} trashbin-title`]: escapeXml(path),
    [`${nextcloud} trashbin-deletion-time`]: String(Math.floor(deletedAt.getTime() / 1000)),
    [`${nextcloud} has-preview`]: 'false',
  };
}

const list: Operation = async (request, reply, path) => {
  const wish = readPropertyRequest(await readText(request));
  const folder = { [`${dav} resourcetype`]: '<d:collection/>' };
  const href = `${path.base}/${path.segments.map(encodeSegment).join('/')}${path.segments.length > 0 ? '/' : ''}`;
  const isDeep = readDepth(request, '1') !== '0';
  const inside = isDeep ? await contentsOf(request.ctx, path) : [];
  const entries = inside.map(({ name, values }) => renderValues(wish, `${href}${encodeSegment(name)}`, values));
  return reply
    .code(207)
    .type('application/xml; charset=utf-8')
    .send([multistatusOpen, renderValues(wish, href, folder), ...entries, multistatusClose].join(''));
};

async function contentsOf(ctx: Context, { segments }: DavPath): Promise<{ name: string; values: Values }[]> {
  const folder = { [`${dav} resourcetype`]: '<d:collection/>' };
  if (segments.length === 0) return ['trash', 'restore'].map((name) => ({ name, values: folder }));
  if (segments[0] === 'restore' && segments.length === 1) return [];
  if (segments[0] !== 'trash' || segments.length > 1) throw new Failure('notFound', 'platform.notFound');
  return (await readAll(ctx)).map((item) => ({ name: nameInTrash(item), values: valuesOf(ctx, item) }));
}

const bringBack: Operation = async (request, reply, path) => {
  const to = parseDestination(header(request, 'destination'), request.host);
  ensure(to.tree === 'trashbin' && to.segments[0] === 'restore', 'invalid', 'dav.destinationInvalid');
  checkPerson(request.ctx, to);
  await restore(request.ctx, idOf(path));
  return reply.code(201).send();
};

const remove: Operation = async (request, reply, path) => {
  const { ctx } = request;
  if (path.segments.length === 1 && path.segments[0] === 'trash') {
    for (const space of await spacesOf(ctx)) if (space.role === 'manager') await emptyTrash(ctx, space);
    return reply.code(204).send();
  }
  const id = idOf(path);
  await locateTrashed(ctx, id);
  await purge(ctx, id);
  return reply.code(204).send();
};

const methods: Readonly<Record<string, Operation>> = { PROPFIND: list, MOVE: bringBack, DELETE: remove };

/** One request under `trashbin/`. */
export const handleTrashbin: Operation = async (request, reply, path) => {
  checkPerson(request.ctx, path);
  const method = methods[request.method];
  if (!method) throw new Failure('unsupported', 'platform.methodNotAllowed');
  return method(request, reply, path);
};
