import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { Context } from '#platform/context';
import { ensure, Failure } from '#platform/errors';
import { authorize } from './access.ts';
import { openContent } from './content.ts';
import type { Entry, Node } from './node.ts';
import { limits } from './rules.ts';
import { readSubtree } from './store/tree.ts';

/**
 * Files and folders as one ZIP stream, made while it is read: no temporary copy, memory flat whatever the size (Zip64 where
 * it is needed). Not compressed: office files, pictures and PDFs are compressed already, and the rest is not worth the wait.
 * When a file turns out damaged the stream breaks off: a ZIP without an end is not taken for a whole one.
 */
export async function zip(ctx: Context, entries: readonly Entry[]): Promise<Readable> {
  const listed: { node: Node; path: string; top: Entry }[] = [];
  for (const top of entries) {
    authorize(ctx.actor, 'read', top);
    const bounds = { limit: limits.zipEntries + 1 - listed.length, characters: limits.zipPathCharacters };
    const found = await readSubtree(ctx.platform.db.read(ctx.actor.tenant), ctx.actor.tenant, top.node.id, bounds);
    const isTooDeep = found.some(({ path }) => path.length > limits.zipPathCharacters);
    ensure(!isTooDeep, 'tooLarge', 'files.zipTooDeep', { limit: limits.zipPathCharacters });
    listed.push(...found.map(({ node, path }) => ({ node, path, top })));
    ensure(listed.length <= limits.zipEntries, 'tooLarge', 'files.zipTooMany', { limit: limits.zipEntries });
  }
  const archive = new ZipFile();
  const output = archive.outputStream as Readable;
  archive.on('error', (error: Error) => output.destroy(error));
  for (const { node, path, top } of listed) add(ctx, archive, { node, path: pathInZip(path, top), top }, output);
  archive.end();
  return output;
}

/** The root of a space has no name of its own. */
function pathInZip(path: string, top: Entry): string {
  return top.isRoot ? `${top.space.name || 'Dateien'}${path}` : path;
}

function add(
  ctx: Context,
  archive: ZipFile,
  { node, path, top }: { node: Node; path: string; top: Entry },
  output: Readable,
): void {
  const mtime = new Date(node.modified);
  if (node.isFolder) {
    archive.addEmptyDirectory(path, { mtime });
    return;
  }
  archive.addReadStreamLazy(path, { mtime, compress: false, size: node.size }, (give) => {
    const stream = Readable.from(contentOf(ctx, { ...top, node }), { objectMode: false });
    stream.once('error', (error) => output.destroy(error));
    give(null, stream);
  });
}

async function* contentOf(ctx: Context, file: Entry): AsyncGenerator<Buffer> {
  const content = await openContent(ctx, file);
  try {
    yield* content.read(0, content.size);
  } finally {
    await content.close();
  }
}

/** A file name for a ZIP of these entries. */
export function zipName(entries: readonly Entry[]): string {
  const [only] = entries;
  if (!only) throw new Failure('invalid', 'files.nothingChosen');
  return `${entries.length === 1 ? only.node.name || only.space.name || 'Dateien' : 'Auswahl'}.zip`;
}
