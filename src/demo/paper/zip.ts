import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

export type Member = { readonly name: string; readonly content: string | Uint8Array; readonly isPlain?: boolean };

/** Packs a few small files. Members come in the given order; `isPlain` stores one without packing it. */
export async function packZip(members: readonly Member[], modified: Date): Promise<Buffer> {
  const archive = new ZipFile();
  for (const { name, content, isPlain = false } of members) {
    archive.addBuffer(Buffer.from(content as Uint8Array), name, { mtime: modified, compress: !isPlain });
  }
  archive.end();
  return buffer(archive.outputStream);
}
