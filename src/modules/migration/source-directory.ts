import { isUtf8 } from 'node:buffer';
import { type BigIntStats, closeSync, constants, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import { Failure } from '#platform/errors';
import { entriesPerFolder, type Source, type SourceItem } from './source.ts';

/** Up to this size a file is read in one piece and by direct calls: handing them to other threads costs more than they do. */
const smallBytes = 262_144;
const parallel = 32;

/** A name as text: bytes that are not UTF-8 (old servers wrote Latin-1) stand as `\xE4`. */
function nameOf(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString();
  return [...bytes].map((byte) => (byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16).toUpperCase()}`)).join('');
}

function itemOf(stats: BigIntStats, place: { name: string; path: string; locator: Buffer }): SourceItem {
  const isFolder = stats.isDirectory();
  const isTakeable = isFolder || stats.isFile();
  return {
    ...place,
    isFolder,
    size: isFolder ? 0 : Number(stats.size),
    modified: Number(stats.mtimeMs),
    id: `${stats.dev}:${stats.ino}`,
    // The change time too: a program may put the modification time back after it wrote.
    fingerprint: isFolder ? '' : `${stats.ino}:${stats.size}:${stats.mtimeNs}:${stats.ctimeNs}`,
    hash: null,
    tags: [],
    isFavourite: false,
    obstacle: isTakeable ? null : stats.isSymbolicLink() ? 'link' : 'special',
  };
}

async function list(folder: SourceItem): Promise<SourceItem[]> {
  const entries = await readdir(folder.locator, { encoding: 'buffer' });
  if (entries.length > entriesPerFolder) throw new Failure('tooLarge', 'migration.folderTooLarge', { limit: entriesPerFolder });
  const items: SourceItem[] = [];
  for (let start = 0; start < entries.length; start += parallel) {
    const look = entries.slice(start, start + parallel).map(async (bytes) => {
      const locator = Buffer.concat([folder.locator as Buffer, Buffer.from('/'), bytes]);
      const name = nameOf(bytes);
      const path = folder.path === '' ? name : `${folder.path}/${name}`;
      const stats = await lstat(locator, { bigint: true }).catch(goneMeanwhile);
      return stats && itemOf(stats, { name, path, locator });
    });
    items.push(...(await Promise.all(look)).filter((item) => item !== null));
  }
  return items.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function goneMeanwhile(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

async function open(item: SourceItem): Promise<AsyncIterable<Uint8Array>> {
  // Not through a link that somebody put there since the folder was listed.
  const file = openSync(item.locator, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const { size, ino } = fstatSync(file, { bigint: true });
    const [, known] = item.id.split(':');
    if (String(ino) !== known) throw new Failure('conflict', 'migration.changedMeanwhile');
    if (Number(size) > smallBytes) return createReadStream('', { fd: file, highWaterMark: smallBytes });
    const bytes = Buffer.allocUnsafe(Number(size));
    let filled = 0;
    for (let count = -1; count !== 0 && filled < bytes.length; filled += count)
      count = readSync(file, bytes, filled, bytes.length - filled, null);
    closeSync(file);
    return oneOf(bytes.subarray(0, filled));
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

async function* oneOf(bytes: Buffer): AsyncGenerator<Buffer> {
  if (bytes.length > 0) yield bytes;
}

/** Walks through everything once more, beside the import: a look at a file costs far less than taking it over. */
async function measure(top: SourceItem, signal: AbortSignal): Promise<number | null> {
  let bytes = 0;
  const folders = [top];
  for (let folder = folders.pop(); folder; folder = folders.pop()) {
    if (signal.aborted) return null;
    const items = await list(folder).catch(() => []); // the import says what is wrong with it
    for (const item of items) {
      if (item.isFolder) folders.push(item);
      else if (item.obstacle === null) bytes += item.size;
    }
  }
  return bytes;
}

/**
 * A directory tree of this machine. Links are never followed, devices and sockets never opened.
 * Throws `notFound` when there is no such directory.
 */
export async function openDirectory(directory: string): Promise<Source> {
  const path = await realpath(directory).catch(() => null);
  const stats = path === null ? null : await lstat(path, { bigint: true });
  if (path === null || !stats?.isDirectory()) throw new Failure('notFound', 'migration.noDirectory', { directory });
  const top = itemOf(stats, { name: '', path: '', locator: Buffer.from(path) });
  return {
    kind: 'directory',
    label: path,
    parallel,
    top,
    list,
    open,
    versions: async () => [],
    measure: (signal) => measure(top, signal),
    close: () => {},
  };
}
