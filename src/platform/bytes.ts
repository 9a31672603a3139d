/** Smaller pieces may lie in a pool with others, and are not worth the call. */
const leastBytes = 4_096;

/**
 * Frees the memory of bytes that nobody reads any more; they are empty afterwards. Left to the garbage collector, the pieces of
 * a large transfer pile up to tens of megabytes, and each round walks the whole heap to find them: of the processor time of an
 * upload of 1 GiB it took half. Bytes that are only a part of some memory are left to the collector.
 */
export function giveBack(bytes: Uint8Array): void {
  const { buffer } = bytes;
  if (bytes.byteLength < leastBytes || bytes.byteLength !== buffer.byteLength) return;
  if (buffer instanceof ArrayBuffer) buffer.transfer(0);
}

/** The same pieces, each good until the next one is asked for: for whoever is done with a piece before asking on. */
export async function* lend<Piece extends Uint8Array>(pieces: AsyncIterable<Piece>): AsyncGenerator<Piece> {
  for await (const piece of pieces) {
    yield piece;
    giveBack(piece);
  }
}
