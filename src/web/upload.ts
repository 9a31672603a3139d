import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { Failure } from '#platform/errors';
import type { Part } from './context.ts';

/** Limits of a multipart form; a file's own size is limited where it is stored. */
export const uploadLimits = { parts: 2_000, fields: 200, fieldNameBytes: 200, fieldBytes: 262_144, headerPairs: 50 };

const broken = (cause?: unknown) => new Failure('invalid', 'platform.invalid', { detail: 'multipart/form-data' }, cause);
const tooLarge = (limit: number) => new Failure('tooLarge', 'platform.tooLarge', { limit });

/** What has arrived and was not taken yet, and how it ended. */
class Arrivals {
  readonly #parts: Part[] = [];
  #failure: Failure | null = null;
  #isDone = false;
  #wake = () => {};
  #file: Readable | null = null;

  add(part: Part): void {
    if (part.kind === 'file') this.#file = part.stream as Readable;
    this.#parts.push(part);
    this.#wake();
  }

  end(failure?: Failure): void {
    this.#failure ??= failure ?? null;
    this.#isDone = true;
    if (failure) this.#file?.destroy(failure); // whoever is reading a file must not wait for ever
    this.#wake();
  }

  /** The next part; null at the end. */
  async next(): Promise<Part | null> {
    for (;;) {
      const part = this.#parts.shift();
      if (part) return part;
      if (this.#failure) throw this.#failure;
      if (this.#isDone) return null;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

/**
 * Reads a multipart form as it arrives, without collecting files in memory or on disk. A file that the caller does not read
 * is passed over. Throws `invalid` when the form is broken or the sender goes away in the middle, `tooLarge` over a limit.
 */
export async function* readParts(raw: IncomingMessage): AsyncGenerator<Part> {
  const arrivals = new Arrivals();
  const parser = openParser(raw, arrivals);
  raw.once('close', () => {
    if (!raw.complete) arrivals.end(broken());
  });
  raw.pipe(parser);
  try {
    for (let part = await arrivals.next(); part; part = await arrivals.next()) {
      yield part.kind === 'file' ? { ...part, stream: toldAsOurs(part.stream) } : part;
      if (part.kind === 'file') await passOver(part.stream as Readable);
    }
  } finally {
    raw.unpipe(parser);
    raw.resume();
  }
}

function openParser(raw: IncomingMessage, arrivals: Arrivals): BusboyInstance {
  const { parts, fields, fieldNameBytes, fieldBytes, headerPairs } = uploadLimits;
  const limits = { parts, fields, files: parts, fieldNameSize: fieldNameBytes, fieldSize: fieldBytes, headerPairs };
  const parser = makeParser({ ...raw.headers, 'content-type': raw.headers['content-type'] ?? '' }, limits);
  parser.on('field', (name, value, isNameCut, isValueCut) => {
    if (isNameCut || isValueCut) arrivals.end(tooLarge(fieldBytes));
    else arrivals.add({ kind: 'field', name, value });
  });
  parser.on('file', (name, stream, fileName, _encoding, type) => {
    stream.on('error', () => {}); // whoever reads it hears of it; where nobody does, it would end the process
    // Browsers send an empty part for a file field in which nothing was chosen.
    if (fileName) arrivals.add({ kind: 'file', name, fileName, type, stream });
    else stream.resume();
  });
  parser.once('finish', () => arrivals.end());
  parser.once('error', (error) => arrivals.end(broken(error)));
  for (const limit of ['partsLimit', 'fieldsLimit', 'filesLimit']) parser.once(limit, () => arrivals.end(tooLarge(parts)));
  return parser;
}

function makeParser(headers: { 'content-type': string }, limits: object): BusboyInstance {
  try {
    return new Busboy({ headers, limits });
  } catch (error) {
    throw broken(error); // no boundary, for example
  }
}

/** A file that ends in the middle is a broken form, in whatever words the parser says it. */
async function* toldAsOurs(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* stream;
  } catch (error) {
    throw error instanceof Failure ? error : broken(error);
  }
}

async function passOver(stream: Readable): Promise<void> {
  if (stream.readableEnded || stream.destroyed) return;
  stream.resume();
  await finished(stream).catch(() => {});
}
