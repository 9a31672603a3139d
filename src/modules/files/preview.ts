import { mayHavePreview, type Preview, preview } from '#modules/previews';
import type { Context } from '#platform/context';
import { ensure } from '#platform/errors';
import { authorize } from './access.ts';
import { openContent } from './content.ts';
import type { Entry, Node } from './node.ts';

/** Whether a file may have a preview, by its name and size; folders have none. */
export function hasPreview(node: Pick<Node, 'name' | 'size' | 'isFolder'>): boolean {
  return !node.isFolder && mayHavePreview(node);
}

async function readAll(ctx: Context, file: Entry): Promise<Buffer> {
  const content = await openContent(ctx, file);
  try {
    return Buffer.concat(await Array.fromAsync(content.read(0, content.size)));
  } finally {
    await content.close();
  }
}

/**
 * What a file looks like, at most so many pixels wide and high. Throws `notFound` when there is no picture of it, and `unavailable`
 * when too many are being drawn.
 */
export async function previewOf(ctx: Context, file: Entry, pixels: number): Promise<Preview> {
  authorize(ctx.actor, 'read', file);
  const { blob, name, size } = file.node;
  const found = blob === null ? null : await preview(ctx, { blob, name, size, read: () => readAll(ctx, file) }, pixels);
  ensure(found, 'notFound', 'files.noPreview');
  return found;
}
