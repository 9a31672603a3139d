import { ensure, Failure } from '#platform/errors';
import { type ClientOptions, type Credentials, openClient, unreachable } from './http-client.ts';
import { type Resource, readMultistatus } from './multistatus.ts';
import type { Source, SourceHash, SourceItem, SourceVersion } from './source.ts';

const parallel = 6;

// https://docs.nextcloud.com/server/latest/developer_manual/client_apis/WebDAV/basic.html, "Supported properties"
const wish = `<?xml version="1.0"?>
<d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns" xmlns:nc="http://nextcloud.org/ns"><d:prop>
<d:resourcetype/><d:getcontentlength/><d:getlastmodified/><d:getetag/><oc:fileid/><oc:favorite/><oc:tags/><oc:checksums/><nc:system-tags/>
</d:prop></d:propfind>`;

/** The segments of an encoded path, decoded. Throws for anything that could lead elsewhere. */
function segmentsOf(path: string): string[] {
  return path
    .split('/')
    .filter((segment) => segment !== '')
    .map((segment) => {
      let name: string;
      try {
        name = decodeURIComponent(segment);
      } catch {
        throw new Failure('conflict', 'migration.badListing', { detail: 'an address is not UTF-8' });
      }
      if (name === '.' || name === '..' || /[/\0]/.test(name))
        throw new Failure('conflict', 'migration.badListing', { detail: 'an address leads elsewhere' });
      return name;
    });
}

/** Nextcloud and ownCloud know how much is in a folder with all below it; other servers do not know the question. */
const sizeWish = `<?xml version="1.0"?>
<d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:prop><oc:size/></d:prop></d:propfind>`;

const encoded = (names: readonly string[]) => `/${names.map(encodeURIComponent).join('/')}`;

/** The name of a resource in this folder; null for the folder itself. Throws when the server names something elsewhere. */
function nameIn(folder: readonly string[], href: string, origin: string): string | null {
  const url = href.startsWith('/') ? null : URL.parse(href);
  if (url && url.origin !== origin) throw new Failure('conflict', 'migration.badListing', { detail: 'another server' });
  const names = segmentsOf(url ? url.pathname : href);
  const isInside = folder.every((name, index) => names[index]?.normalize('NFC') === name.normalize('NFC'));
  if (!isInside || names.length > folder.length + 1)
    throw new Failure('conflict', 'migration.badListing', { detail: 'something that is not in the folder' });
  return names[folder.length] ?? null;
}

/** `SHA1:… MD5:…` as ownCloud and Nextcloud give it; what we cannot compute for what lies here is passed over. */
function hashOf(texts: readonly string[]): SourceHash | null {
  const [, algorithm = '', hex = ''] = /\b(SHA256|SHA1):([0-9a-f]{40,64})\b/i.exec(texts.join(' ')) ?? [];
  return hex === '' ? null : { algorithm: algorithm.toLowerCase() as SourceHash['algorithm'], hex: hex.toLowerCase() };
}

function itemOf({ properties, isFolder, href }: Resource, place: Pick<SourceItem, 'name' | 'path' | 'locator'>): SourceItem {
  const text = (name: string) => properties.get(name)?.find((value) => value !== '') ?? null;
  const length = text('getcontentlength');
  const modified = Date.parse(text('getlastmodified') ?? '');
  const isSized = length !== null && /^\d{1,15}$/.test(length);
  return {
    ...place,
    isFolder,
    size: isFolder || !isSized ? 0 : Number(length),
    modified: Number.isNaN(modified) ? null : modified,
    id: text('fileid') ?? href,
    fingerprint: isFolder ? '' : (text('getetag') ?? `${length} ${modified}`),
    hash: isFolder ? null : hashOf(properties.get('checksums') ?? []),
    obstacle: isFolder || isSized ? null : 'noLength',
    tags: ['tags', 'system-tags']
      .flatMap((name) => properties.get(name) ?? [])
      .filter((tag) => !['', 'tags', 'system-tags'].includes(tag)),
    isFavourite: text('favorite') === '1',
  };
}

export type WebdavInput = { readonly url: string; readonly credentials: Credentials; readonly client?: ClientOptions };

// https://docs.nextcloud.com/server/latest/developer_manual/client_apis/WebDAV/versions.html
const filesOfUser = /^(.*\/remote\.php\/dav)\/files\/([^/]+)/;

/**
 * A folder of a WebDAV server. One whose address has `/remote.php/dav/files/USER` is asked as a Nextcloud: versions too.
 * Throws `invalid` for an address that cannot be used.
 */
export function openWebdav({ url: address, credentials, client: options }: WebdavInput): Source {
  const url = URL.parse(address);
  ensure(url, 'invalid', 'migration.badAddress', { address });
  const client = openClient(url, credentials, { parallel, ...options });
  const base = segmentsOf(url.pathname);
  const [, dav, user] = filesOfUser.exec(url.pathname) ?? [];

  const propfind = async (names: readonly string[]) => {
    const headers = { depth: '1', 'content-type': 'application/xml; charset=utf-8' };
    const answer = await client.ask(`${encoded(names)}/`, { method: 'PROPFIND', headers, body: wish });
    ensure(answer.statusCode === 207, 'conflict', 'migration.badAnswer', {
      status: answer.statusCode ?? 0,
      path: encoded(names),
    });
    const named = (await readMultistatus(bodyOf(answer, url.host))).map((resource) => ({
      resource,
      name: nameIn(names, resource.href, client.origin),
    }));
    ensure(
      named.some(({ name }) => name === null),
      'conflict',
      'migration.badListing',
      { detail: 'the folder itself is missing' },
    );
    return named.flatMap(({ resource, name }) => (name === null ? [] : [{ resource, name }]));
  };

  const list = async (folder: SourceItem) => {
    const names = folder.path === '' ? [] : folder.path.split('/');
    const found = await propfind([...base, ...names]);
    const items = found.map(({ resource, name }) =>
      itemOf(resource, { name, path: [...names, name].join('/'), locator: encoded([...base, ...names, name]) }),
    );
    return items.sort((a, b) => (a.name < b.name ? -1 : 1));
  };

  const measure = async () => {
    const headers = { depth: '0', 'content-type': 'application/xml; charset=utf-8' };
    const answer = await client.ask(`${encoded(base)}/`, { method: 'PROPFIND', headers, body: sizeWish });
    const [top] = await readMultistatus(bodyOf(answer, url.host));
    const size = top?.properties.get('size')?.[0] ?? '';
    return /^\d{1,15}$/.test(size) ? Number(size) : null;
  };

  const get = async (path: string, size: number) => exactly(bodyOf(await client.ask(path, { method: 'GET' }), url.host), size);

  const versions = async (item: SourceItem): Promise<SourceVersion[]> => {
    if (!dav || !user || !/^\d+$/.test(item.id)) return [];
    const place = segmentsOf(`${dav}/versions/${user}/versions/${item.id}`);
    const found = await propfind(place);
    return (
      found
        .map(({ resource, name }) => ({ ...itemOf(resource, { name, path: name, locator: encoded([...place, name]) }) }))
        .sort((a, b) => (a.modified ?? 0) - (b.modified ?? 0) || Number(a.name) - Number(b.name))
        // Since Nextcloud 26 the present content stands in the list as well, under its own time.
        .filter(({ modified, size }) => !(modified === item.modified && size === item.size))
        .map(({ size, modified, locator }) => ({ size, modified, open: () => get(locator as string, size) }))
    );
  };

  const nothing = { size: 0, modified: null, id: '', fingerprint: '', hash: null, obstacle: null, tags: [], isFavourite: false };
  return {
    kind: dav ? 'nextcloud' : 'webdav',
    label: url.origin + url.pathname.replace(/\/+$/, ''),
    parallel,
    top: { ...nothing, name: '', path: '', isFolder: true, locator: '' },
    list,
    open: (item) => get(item.locator as string, item.size),
    versions,
    measure,
    close: client.close,
  };
}

/** The bytes of an answer, exactly as many as announced. Throws at the first one too many, and at the end when some are missing. */
async function* exactly(answer: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of answer) {
    bytes += piece.length;
    if (bytes > size) throw new Failure('conflict', 'migration.otherLength', { announced: size });
    yield piece;
  }
  if (bytes < size) throw new Failure('conflict', 'migration.otherLength', { announced: size });
}

/** A connection that breaks while a body arrives is the other server's failure: unnamed it would look like our database's. */
async function* bodyOf(answer: AsyncIterable<Uint8Array>, host: string): AsyncGenerator<Uint8Array> {
  try {
    yield* answer;
  } catch (error) {
    throw unreachable(host, error as NodeJS.ErrnoException);
  }
}
