import {
  bytesOf,
  findVersion,
  labelVersion,
  listVersions,
  locate,
  removeVersion,
  restoreVersion,
  type Version,
} from '#modules/files';
import { ensure, Failure } from '#platform/errors';
import { sendFile } from '#platform/http-file';
import type { Operation } from './operations.ts';
import { mediaType } from './properties.ts';
import { multistatusClose, multistatusOpen, readPropertyRequest, renderValues, type Values } from './propfind.ts';
import { header, readDepth, readText } from './requests.ts';
import { checkPerson } from './resource.ts';
import { type DavPath, parseDestination } from './rules-path.ts';
import { childOf, dav, elementsOf, escapeXml, nextcloud, owncloud, parseXml, textOf } from './xml.ts';

/**
 * Earlier contents as Nextcloud's clients see them: `versions/HANDLE/versions/FILEID/` lists them, GET reads one, MOVE to
 * `versions/HANDLE/restore/…` makes it the present one, DELETE removes it, PROPPATCH names it.
 */

function numberIn(path: DavPath, position: number): number {
  const text = path.segments[position] ?? '';
  if (path.segments[0] !== 'versions' || !/^\d{1,15}$/.test(text)) throw new Failure('notFound', 'platform.notFound');
  return Number(text);
}

const isVersion = (path: DavPath) => path.segments.length === 3;

function valuesOf(version: Version, name: string): Values {
  return {
    [`${dav} resourcetype`]: '',
    [`${dav} getlastmodified`]: new Date(version.modified).toUTCString(),
    [`${dav} getcontentlength`]: String(version.size),
    [`${dav} getcontenttype`]: mediaType(name),
    [`${dav} getetag`]: `&quot;v${version.id}&quot;`,
    [`${owncloud} size`]: String(version.size),
    [`${nextcloud} version-label`]: escapeXml(version.label ?? ''),
    [`${nextcloud} has-preview`]: 'false',
  };
}

const list: Operation = async (request, reply, path) => {
  const wish = readPropertyRequest(await readText(request));
  const file = await locate(request.ctx, numberIn(path, 1));
  const href = `${path.base}/versions/${file.node.id}/`;
  const versions = isVersion(path)
    ? [await findVersion(request.ctx, file, numberIn(path, 2))]
    : await listVersions(request.ctx, file);
  const shown = readDepth(request, '1') === '0' && !isVersion(path) ? [] : versions;
  const entries = shown.map((version) => renderValues(wish, `${href}${version.id}`, valuesOf(version, file.node.name)));
  const folder = isVersion(path) ? '' : renderValues(wish, href, { [`${dav} resourcetype`]: '<d:collection/>' });
  return reply
    .code(207)
    .type('application/xml; charset=utf-8')
    .send([multistatusOpen, folder, ...entries, multistatusClose].join(''));
};

const get: Operation = async (request, reply, path) => {
  const file = await locate(request.ctx, numberIn(path, 1));
  const version = await findVersion(request.ctx, file, numberIn(path, 2));
  const { name } = file.node;
  const facts = { size: version.size, etag: `v${version.id}`, modified: version.modified, type: mediaType(name), name };
  return sendFile(request, reply, facts, (start, end) => bytesOf(request.ctx, file, { start, end }, version));
};

const bringBack: Operation = async (request, reply, path) => {
  const to = parseDestination(header(request, 'destination'), request.host);
  ensure(to.tree === 'versions' && to.segments[0] === 'restore', 'invalid', 'dav.destinationInvalid');
  checkPerson(request.ctx, to);
  const file = await locate(request.ctx, numberIn(path, 1));
  await restoreVersion(request.ctx, file, numberIn(path, 2));
  return reply.code(201).send();
};

const remove: Operation = async (request, reply, path) => {
  await removeVersion(request.ctx, await locate(request.ctx, numberIn(path, 1)), numberIn(path, 2));
  return reply.code(204).send();
};

/** The one property of a version that can be set is its name. */
const setLabel: Operation = async (request, reply, path) => {
  ensure(isVersion(path), 'notFound', 'platform.notFound');
  const root = parseXml(await readText(request));
  const set = childOf(root, dav, 'set');
  const prop = set && childOf(set, dav, 'prop');
  const label = prop && childOf(prop, nextcloud, 'version-label');
  ensure(label && elementsOf(prop).length === 1, 'forbidden', 'dav.onlyVersionLabel');
  await labelVersion(request.ctx, await locate(request.ctx, numberIn(path, 1)), numberIn(path, 2), textOf(label));
  const href = `${path.base}/${path.segments.join('/')}`;
  const done = `<d:response><d:href>${href}</d:href><d:propstat><d:prop><nc:version-label/></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>`;
  return reply
    .code(207)
    .type('application/xml; charset=utf-8')
    .send(multistatusOpen + done + multistatusClose);
};

const methods: Readonly<Record<string, Operation>> = {
  PROPFIND: list,
  GET: get,
  HEAD: get,
  MOVE: bringBack,
  DELETE: remove,
  PROPPATCH: setLabel,
};

/** One request under `versions/`. */
export const handleVersions: Operation = async (request, reply, path) => {
  checkPerson(request.ctx, path);
  const method = methods[request.method];
  if (!method) throw new Failure('unsupported', 'platform.methodNotAllowed');
  return method(request, reply, path);
};
