import { Failure } from '#platform/errors';

/** The trees below `/remote.php/dav/`: a person's files, uploads that arrive in chunks, the trash, earlier versions. */
export type DavTree = 'files' | 'uploads' | 'trashbin' | 'versions';

/** Where our resources lie: `/remote.php/dav/TREE/HANDLE/…`, and the shorter `/remote.php/webdav/…` for the files of who signs in. */
export type DavPath = {
  readonly tree: DavTree;
  /** Prefix of this client's addresses, without a slash at the end. */
  readonly base: string;
  /** Name of the person in the path; null in the short form. */
  readonly handle: string | null;
  /** Decoded segments below the root folder; empty: the root folder itself. */
  readonly segments: readonly string[];
};

/** Bounds of a path. */
const limits = { characters: 8_192, segments: 120 };

function refuse(detail: string): never {
  throw new Failure('invalid', 'dav.pathInvalid', { detail });
}

function decode(segment: string): string {
  let name: string;
  try {
    name = decodeURIComponent(segment);
  } catch {
    refuse('percent-encoding');
  }
  // An encoded slash or dot segment is a name nobody can have, and a favourite of those who try to leave their folder.
  if (name.includes('/') || name.includes('\\') || name.includes('\0')) refuse('slash');
  if (name === '.' || name === '..') refuse('dot segment');
  return name;
}

const addressForm = /^(\/remote\.php\/webdav)(?=\/|$)|^(\/remote\.php\/dav\/(files|uploads|trashbin|versions)\/([^/]+))(?=\/|$)/;

/**
 * Parses the path of a request, once, at the edge. From here on there are only segments.
 * @param path as it stands in the request line, without a query. Throws `invalid` or, elsewhere, `notFound`.
 */
export function parseDavPath(path: string): DavPath {
  if (path.length > limits.characters) refuse('too long');
  const [, short, long, tree, handle] = addressForm.exec(path) ?? [];
  const base = short ?? long;
  if (base === undefined) throw new Failure('notFound', 'platform.notFound');
  const segments = path
    .slice(base.length)
    .split('/')
    .filter((segment) => segment !== '')
    .map(decode);
  if (segments.length > limits.segments) refuse('too deep');
  return { tree: (tree ?? 'files') as DavTree, base, handle: handle === undefined ? null : decode(handle), segments };
}

/**
 * The target of COPY and MOVE: RFC 4918, 10.3, an absolute URI or a path on this server. A URI of another server is not ours
 * to write to: 9.8.5, "502 (Bad Gateway)".
 * @param hosts host names (with port) under which we are reached
 */
export function parseDestination(header: string | undefined, host: string): DavPath {
  if (!header) throw new Failure('invalid', 'dav.destinationMissing');
  if (header.startsWith('/') && !header.startsWith('//')) return parseDavPath(withoutQuery(header));
  if (!URL.canParse(header)) throw new Failure('invalid', 'dav.destinationInvalid');
  if (new URL(header).host !== host) throw new Failure('unsupported', 'dav.destinationElsewhere');
  const [, path] = /^[a-z][a-z0-9+.-]*:\/\/[^/]*(\/[^?#]*)/i.exec(header) ?? [];
  if (path === undefined) throw new Failure('invalid', 'dav.destinationInvalid');
  return parseDavPath(path); // not the URL's own path: it has resolved dot segments that we refuse
}

/** The path of a request line. A fragment has no business there (RFC 9112, 3.2): `DELETE /folder/#x` must not delete `/folder/`. */
export function withoutQuery(url: string): string {
  if (url.includes('#')) refuse('fragment');
  const end = url.indexOf('?');
  const path = end < 0 ? url : url.slice(0, end);
  // Some clients send names unencoded; Node hands such bytes on as Latin-1.
  return /[\x80-\xff]/.test(path) ? Buffer.from(path, 'latin1').toString() : path;
}

/** One segment as it stands in an address. */
export function encodeSegment(name: string): string {
  return encodeURIComponent(name).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Where a person is found as somebody who may have rights: RFC 3744, 2. */
export const principalPath = (handle: string) => `/remote.php/dav/principals/users/${encodeSegment(handle)}/`;
