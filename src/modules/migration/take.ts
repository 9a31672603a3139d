import { createHash } from 'node:crypto';
import {
  addTag,
  type Entry,
  etagOf,
  listVersions,
  type Node,
  setFavourite,
  type WriteOptions,
  type Written,
  writeFile,
} from '#modules/files';
import type { Context } from '#platform/context';
import type { Source, SourceItem, SourceVersion } from './source.ts';

/** A place for a file: in whose name, in which folder, under which name. */
export type FilePlace = { readonly as: Context; readonly folder: Entry; readonly name: string };

const nothingThere = { ifNoneMatch: '*' } as const;
const asSeen = (node: Pick<Node, 'space' | 'id' | 'etag'>) => ({ ifMatch: [etagOf(node)] });

/** Stores the file's present content. Refused when the place is not as it was seen. */
export function bring(source: Source, item: SourceItem, place: FilePlace, present: Node | null): Promise<Written> {
  const { size, modified, hash } = item;
  const content: Content = { size, modified, open: () => source.open(item), hash };
  return store(place, content, present);
}

type Content = SourceVersion & { readonly hash: SourceItem['hash'] };

async function store({ as, folder, name }: FilePlace, content: Content, present: Node | null): Promise<Written> {
  const options: WriteOptions = {
    length: content.size,
    modified: content.modified,
    checksum: content.hash,
    precondition: present ? asSeen(present) : nothingThere,
  };
  return writeFile(as, { folder, name }, await content.open(), options);
}

/**
 * Stores all versions, oldest first, and then the present content. Goes on where it was broken off: every content but the first
 * made a version of the one before it.
 */
export async function bringAll(
  source: Source,
  item: SourceItem,
  place: FilePlace,
  { versions, present }: { versions: readonly SourceVersion[]; present: Node | null },
): Promise<Written> {
  let node = present;
  const isThere = present ? (await listVersions(place.as, entryOf(place.folder, present))).length + 1 : 0;
  for (const version of versions.slice(isThere)) node = (await store(place, { ...version, hash: null }, node)).node;
  return bring(source, item, place, node);
}

const entryOf = (folder: Entry, node: Node): Entry => ({ ...folder, node, isRoot: false });

/** Marks the file as it was marked at the source; marks that are there already stay. */
export async function mark({ as, folder }: FilePlace, node: Node, item: SourceItem): Promise<void> {
  const entry = entryOf(folder, node);
  for (const tag of item.tags) await addTag(as, entry, tag);
  if (item.isFavourite) await setFavourite(as, entry, true);
}

/** The SHA-256 of the content at the source, by reading it. */
export async function hashOf(source: Source, item: SourceItem): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of await source.open(item)) hash.update(piece);
  return hash.digest('hex');
}

/** Whether the source has this very content; reads it when the source gives no hash we have too. */
export async function isSame(source: Source, item: SourceItem, node: Pick<Node, 'size' | 'sha256' | 'sha1'>): Promise<boolean> {
  if (item.size !== node.size) return false;
  if (item.hash) return node[item.hash.algorithm] === item.hash.hex;
  return (await hashOf(source, item)) === node.sha256;
}
