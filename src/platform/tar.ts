import type { Readable } from 'node:stream';

/**
 * Tar archives (POSIX.1-2001 `ustar`, as every `tar` reads them), for the database's files in a backup: an operator can open
 * one without us.
 */

const blockBytes = 512;

/** Longest name of an entry. The header has room for more in a second field; what we archive has short names. */
const longestName = 100;

export type TarEntry = {
  /** Relative, with `/` between its parts. */
  readonly name: string;
  readonly isDirectory: boolean;
  readonly size: number;
  /** Bytes in order; exactly `size` of them. */
  readonly content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
};

const octal = (value: number, width: number) => `${value.toString(8).padStart(width - 1, '0')}\0`;

function headerOf({ name, isDirectory, size }: TarEntry): Buffer {
  if (Buffer.byteLength(name) > longestName) throw new Error(`${name} is too long a name for an archive`);
  const header = Buffer.alloc(blockBytes);
  const put = (text: string, offset: number) => header.write(text, offset, 'utf8');
  put(name, 0);
  put(octal(isDirectory ? 0o700 : 0o600, 8), 100);
  put(octal(0, 8), 108);
  put(octal(0, 8), 116);
  put(octal(size, 12), 124);
  put(octal(0, 12), 136);
  put(' '.repeat(8), 148); // the checksum is reckoned as if it were blanks
  put(isDirectory ? '5' : '0', 156);
  put('ustar\x0000', 257);
  put(
    octal(
      header.reduce((sum, byte) => sum + byte, 0),
      7,
    ),
    148,
  );
  return header;
}

const paddingOf = (size: number) => Buffer.alloc((blockBytes - (size % blockBytes)) % blockBytes);

/** An archive of the entries, in their order. */
export async function* writeTar(entries: AsyncIterable<TarEntry>): AsyncGenerator<Uint8Array> {
  for await (const entry of entries) {
    yield headerOf(entry);
    yield* entry.content;
    yield paddingOf(entry.size);
  }
  yield Buffer.alloc(2 * blockBytes);
}

/** Takes bytes from a stream in the amounts that are asked for. */
class Taker {
  readonly #source: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: Readable) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Up to `most` bytes, at least one; null at the end. */
  async some(most: number): Promise<Buffer | null> {
    while (this.#rest.length === 0) {
      const { value, done } = await this.#source.next();
      if (done) return null;
      this.#rest = value;
    }
    const piece = this.#rest.subarray(0, most);
    this.#rest = this.#rest.subarray(piece.length);
    return piece;
  }

  async *exactly(count: number): AsyncGenerator<Buffer> {
    for (let left = count; left > 0; ) {
      const piece = await this.some(left);
      if (piece === null) throw new Error('the archive ends too early');
      left -= piece.length;
      yield piece;
    }
  }

  async block(): Promise<Buffer> {
    return Buffer.concat(await Array.fromAsync(this.exactly(blockBytes)));
  }
}

/**
 * The entries of an archive, in order. Take the content of one before you ask for the next; what is left of it is passed over.
 * Throws when the archive ends too early.
 */
export async function* readTar(source: Readable): AsyncGenerator<TarEntry> {
  const taker = new Taker(source);
  for (;;) {
    const header = await taker.block();
    const text = (offset: number, width: number) => header.toString('utf8', offset, offset + width).replace(/\0.*$/s, '');
    const name = text(0, longestName);
    if (name === '') return;
    const size = Number.parseInt(text(124, 12), 8);
    const content = taker.exactly(size);
    yield { name, isDirectory: text(156, 1) === '5', size, content };
    for await (const _left of content);
    for await (const _left of taker.exactly(paddingOf(size).length));
  }
}
