import {
  abandonUpload,
  addPart,
  beginUpload,
  completeUpload,
  findUpload,
  listParts,
  personOf,
  readHome,
  type Upload,
  type Written,
} from '#modules/files';
import { ensure, Failure } from '#platform/errors';
import { type FastifyReply, type FastifyRequest, httpLimits } from '#platform/http';
import { readWriteDemands } from './conditions.ts';
import { readUpload } from './early.ts';
import { describe, type Operation } from './operations.ts';
import { multistatusClose, multistatusOpen, readPropertyRequest, renderValues } from './propfind.ts';
import { header, readChecksum, readLength, readModified, readText } from './requests.ts';
import { checkPerson, findTarget, lookForResource } from './resource.ts';
import { type DavPath, encodeSegment, parseDestination } from './rules-path.ts';
import { dav, owncloud } from './xml.ts';

/**
 * Chunked uploads as Nextcloud's and ownCloud's clients speak them: MKCOL of a folder under `uploads/`, PUT of chunks with a
 * number as name (an index, or the byte offset), MOVE of the pseudo-file `.file` to the place. The chunks become the parts of
 * one blob; nothing is copied at the end. See ../shared/design/clients.md.
 */

/** Chunk names: a number of up to 16 digits; clients begin at 0 or 1, count or give byte offsets, and need not be dense. */
const chunkName = /^\d{1,16}$/;

const uploadName = (id: string) => `chunks/${id}`;

/** What a client says about the whole; ownCloud's calls it `OC-Total-File-Length` as well. */
function readTotal(request: FastifyRequest): number | null {
  const text = header(request, 'oc-total-length') ?? header(request, 'oc-total-file-length');
  if (text === undefined) return null;
  const total = Number(text);
  ensure(/^\d+$/.test(text) && Number.isSafeInteger(total), 'invalid', 'dav.headerInvalid', { header: 'OC-Total-Length' });
  return total;
}

function folderOf(path: DavPath): string {
  const [id] = path.segments;
  ensure(id !== undefined, 'forbidden', 'dav.rootStays');
  return id;
}

function chunkOf(path: DavPath): number {
  const [, chunk = '', deeper] = path.segments;
  ensure(deeper === undefined && chunkName.test(chunk), 'invalid', 'dav.chunkName');
  return Number(chunk);
}

const begin: Operation = async (request, reply, path) => {
  ensure(readLength(request) === 0, 'unsupported', 'dav.bodyUnexpected');
  ensure(path.segments.length === 1, 'conflict', 'dav.parentMissing');
  const { own } = await readHome(request.ctx);
  // Newer clients say already here where the file shall go; then it must fit there and not only in the person's own space.
  const target = header(request, 'destination') ? await findDestination(request) : null;
  const folder = target?.folder ?? own;
  const name = uploadName(folderOf(path));
  await beginUpload(request.ctx, { name, folder, fileName: target?.name ?? null, length: readTotal(request) });
  return reply.code(201).send();
};

async function findDestination(request: FastifyRequest) {
  const to = parseDestination(header(request, 'destination'), request.host);
  ensure(to.tree === 'files', 'invalid', 'dav.destinationInvalid');
  return findTarget(request.ctx, to);
}

const upload = (request: FastifyRequest, path: DavPath): Promise<Upload> => findUpload(request.ctx, uploadName(folderOf(path)));

const putChunk: Operation = async (request, reply, path) => {
  const position = chunkOf(path);
  const announced = readLength(request);
  const found = await upload(request, path);
  const size = await addPart(request.ctx, found, position, readUpload(request));
  ensure(announced === null || announced === size, 'invalid', 'files.cutOff', { announced: announced ?? 0, arrived: size });
  return reply.code(201).send();
};

/** Which chunks are there already, so that an interrupted upload goes on. */
const list: Operation = async (request, reply, path) => {
  const wish = readPropertyRequest(await readText(request));
  const parts = await listParts(request.ctx, await upload(request, path));
  const base = `${path.base}/${encodeSegment(folderOf(path))}/`;
  const chunks = parts.map(({ position, size }) =>
    renderValues(wish, `${base}${position}`, {
      [`${dav} resourcetype`]: '',
      [`${dav} getcontentlength`]: String(size),
      [`${owncloud} size`]: String(size),
    }),
  );
  const folder = renderValues(wish, base, { [`${dav} resourcetype`]: '<d:collection/>' });
  return reply
    .code(207)
    .type('application/xml; charset=utf-8')
    .send([multistatusOpen, folder, ...chunks, multistatusClose].join(''));
};

const finish: Operation = async (request, reply, path) => {
  ensure(path.segments.length === 2 && path.segments[1] === '.file', 'invalid', 'dav.chunkName');
  const modified = readModified(request);
  const to = parseDestination(header(request, 'destination'), request.host);
  ensure(to.tree === 'files', 'invalid', 'dav.destinationInvalid');
  const written = await waitedFor(request, () => putTogether(request, path, to));
  if (modified !== null) reply.header('X-OC-MTime', 'accepted');
  return describe(request, reply, written.node)
    .code(written.isNew ? 201 : 204)
    .send();
};

type Finished = Pick<Written, 'node' | 'isNew'>;

/** A client whose line broke while it waited asks again; by then what it asks for may be done, and is told as such. */
async function putTogether(request: FastifyRequest, path: DavPath, to: DavPath): Promise<Finished> {
  try {
    return await complete(request, await upload(request, path), to);
  } catch (error) {
    // Two of the same request at once: the later one finds the upload gone, or the place taken.
    const isLate = error instanceof Failure && (error.code === 'files.uploadGone' || error.kind === 'precondition');
    const done = isLate ? await findSame(request, to) : null;
    if (!done) throw error;
    return done;
  }
}

async function complete(request: FastifyRequest, found: Upload, to: DavPath): Promise<Finished> {
  const demands = await readWriteDemands(request, to);
  const { folder, name } = await findTarget(request.ctx, to);
  const length = readTotal(request);
  return completeUpload(request.ctx, found, {
    ...demands,
    folder,
    fileName: name,
    modified: readModified(request),
    checksum: readChecksum(request),
    ...(length === null ? {} : { length }),
  });
}

/** The file at the place, when it holds the very content that the client says it has sent. */
async function findSame(request: FastifyRequest, to: DavPath): Promise<Finished | null> {
  const [length, checksum] = [readTotal(request), readChecksum(request)];
  const node = (await lookForResource(request.ctx, to))?.entry.node;
  if (!node || node.isFolder || node.size !== length || checksum?.algorithm !== 'sha1') return null;
  return node.sha1 === checksum.hex ? { node, isNew: false } : null;
}

/** Whoever waits for an answer sends nothing and would be cut off as idle, but gigabytes take their time to be put together. */
async function waitedFor<Result>({ raw }: FastifyRequest, work: () => Promise<Result>): Promise<Result> {
  raw.setTimeout(0);
  try {
    return await work();
  } finally {
    raw.setTimeout(httpLimits.idleSeconds * 1000);
  }
}

const giveUp: Operation = async (request, reply, path) => {
  ensure(path.segments.length === 1, 'forbidden', 'dav.chunkName');
  await abandonUpload(request.ctx, await upload(request, path));
  return reply.code(204).send();
};

const methods: Readonly<Record<string, Operation>> = {
  MKCOL: begin,
  PUT: putChunk,
  PROPFIND: list,
  MOVE: finish,
  DELETE: giveUp,
};

/** One request under `uploads/`. */
export const handleChunks: Operation = async (request: FastifyRequest, reply: FastifyReply, path: DavPath) => {
  checkPerson(request.ctx, path);
  personOf(request.ctx);
  const method = methods[request.method];
  if (!method) throw new Failure('unsupported', 'platform.methodNotAllowed');
  return method(request, reply, path);
};
