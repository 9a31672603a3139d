import type { PageHouse } from './context.ts';

/**
 * The one file of a form that was sent as multipart, in memory; null when none was chosen. Reading ends at the first piece beyond
 * `most` bytes: what is longer than that is too large, and nobody needs the rest of it.
 */
export async function fileIn(house: PageHouse, most: number): Promise<Buffer | null> {
  for await (const part of house.parts()) {
    if (part.kind !== 'file') continue;
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of part.stream as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      chunks.push(chunk);
      if (bytes > most) break;
    }
    return Buffer.concat(chunks);
  }
  return null;
}
