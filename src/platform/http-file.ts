import type { FastifyReply, FastifyRequest } from 'fastify';
import { giveBack, lend } from './bytes.ts';
import { Failure } from './errors.ts';

/** A representation that is sent as it is stored: RFC 9110, 8. */
export type SentFile = {
  readonly size: number;
  /** Entity tag without quotes. */
  readonly etag: string;
  /** Milliseconds since 1970. */
  readonly modified: number;
  readonly type: string;
  /** Name for saving; the answer is then offered as a download. */
  readonly name: string;
  /** Headers beyond the usual ones. */
  readonly headers?: Readonly<Record<string, string>>;
};

/** Gives the bytes from `start` to `end` (exclusive). Called once, and not at all when no body is sent. */
export type SendBytes = (start: number, end: number) => AsyncIterable<Uint8Array> | Promise<Uint8Array>;

type Range = { readonly start: number; readonly end: number };

/**
 * One range of bytes: RFC 9110, 14.1.2. Null when the whole is to be sent: without a range, in units we do not know, for
 * several ranges at once (14.2: "a server MAY ignore the Range header field"), and for malformed ones.
 * Throws `unsatisfiable` as undefined: the range lies outside the representation.
 */
function readRange(header: string | undefined, size: number): Range | null | undefined {
  const [, from, to] = /^bytes=\s*(\d*)-(\d*)\s*$/i.exec(header ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return null;
  if (from === '') return Number(to) === 0 ? undefined : { start: Math.max(0, size - Number(to)), end: size };
  const start = Number(from);
  const end = to === '' ? size : Math.min(size, Number(to) + 1);
  if (to !== '' && Number(to) < start) return null;
  return start >= size ? undefined : { start, end };
}

/** Entity tags of an `If-Match` or `If-None-Match` header, without quotes and weakness marks; `*` stays. */
export function readEtags(header: string | undefined): readonly string[] | '*' | undefined {
  if (header === undefined) return undefined;
  if (header.trim() === '*') return '*';
  return [...header.matchAll(/(?:W\/)?"([^"]*)"/g)].map((match) => match[1] as string);
}

/** Seconds of an HTTP date; null when it is none. */
function readDate(header: string | undefined): number | null {
  const time = header === undefined ? Number.NaN : Date.parse(header);
  return Number.isNaN(time) ? null : Math.floor(time / 1000);
}

/** RFC 9110, 13.2.2: the order in which preconditions count. */
function judge(request: FastifyRequest, file: SentFile): 'send' | 'notModified' | 'failed' {
  const { headers } = request;
  const modified = Math.floor(file.modified / 1000);
  const match = readEtags(headers['if-match']);
  if (match !== undefined && match !== '*' && !match.includes(file.etag)) return 'failed';
  const unmodifiedSince = readDate(headers['if-unmodified-since']);
  if (match === undefined && unmodifiedSince !== null && modified > unmodifiedSince) return 'failed';
  const noneMatch = readEtags(headers['if-none-match']);
  if (noneMatch !== undefined) return noneMatch === '*' || noneMatch.includes(file.etag) ? 'notModified' : 'send';
  const modifiedSince = readDate(headers['if-modified-since']);
  return modifiedSince !== null && modified <= modifiedSince ? 'notModified' : 'send';
}

/** RFC 9110, 13.1.5: a range is only for who has the rest of this very representation. */
function isRangeWanted(request: FastifyRequest, file: SentFile): boolean {
  const condition = request.headers['if-range'];
  if (typeof condition !== 'string') return true;
  return condition.startsWith('"') ? condition === `"${file.etag}"` : readDate(condition) === Math.floor(file.modified / 1000);
}

/** RFC 6266, with the name in UTF-8 (RFC 8187). */
export function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

function headersOf(file: SentFile): Record<string, string> {
  return {
    ETag: `"${file.etag}"`,
    'Last-Modified': new Date(file.modified).toUTCString(),
    'Accept-Ranges': 'bytes',
    'Content-Type': file.type,
    // Never shown inside our pages: what users store must not run as ours.
    'Content-Disposition': attachment(file.name),
    'Cache-Control': 'private, no-cache',
    ...file.headers,
  };
}

/**
 * Answers GET and HEAD with a file: conditional requests, one range, and back-pressure. When the bytes turn out damaged or
 * the client leaves, the connection is cut: a short answer must not look whole.
 * Throws `precondition` for a condition that failed.
 */
export async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  file: SentFile,
  bytes: SendBytes,
): Promise<FastifyReply> {
  const verdict = judge(request, file);
  if (verdict === 'failed') throw new Failure('precondition', 'platform.changedMeanwhile');
  const headers = headersOf(file);
  if (verdict === 'notModified') return reply.headers(headers).removeHeader('content-type').code(304).send();
  const asked = isRangeWanted(request, file) && request.method === 'GET' ? readRange(request.headers.range, file.size) : null;
  if (asked === undefined)
    return reply
      .headers({ ...headers, 'Content-Range': `bytes */${file.size}` })
      .code(416)
      .send();
  const { start, end } = asked ?? { start: 0, end: file.size };
  reply.headers(headers).header('Content-Length', end - start);
  if (asked) reply.code(206).header('Content-Range', `bytes ${start}-${end - 1}/${file.size}`);
  if (request.method === 'HEAD' || end === start) return reply.send('');
  const source = bytes(start, end);
  if (!(source instanceof Promise)) return sendStream(request, reply, source);
  const whole = await source;
  reply.raw.once('close', () => giveBack(whole));
  return reply.send(whole);
}

/** A picture we have drawn ourselves: the one thing that may be shown inside our pages. */
export type SentPicture = {
  readonly bytes: Buffer;
  /** Entity tag without quotes. */
  readonly etag: string;
  readonly type: 'image/webp' | 'image/png' | 'image/jpeg';
};

/** Seconds a browser shows a picture without asking again: lists are looked at over and over. */
const pictureSeconds = 300;

/** Answers GET with a picture, or that it is still the same. */
export function sendPicture(request: FastifyRequest, reply: FastifyReply, { bytes, etag, type }: SentPicture): FastifyReply {
  reply.headers({ ETag: `"${etag}"`, 'Cache-Control': `private, max-age=${pictureSeconds}` });
  const known = readEtags(request.headers['if-none-match']);
  if (known === '*' || known?.includes(etag)) return reply.code(304).send();
  return reply.type(type).header('Content-Disposition', 'inline').send(bytes);
}

/** Who was disabled or revoked in the middle of a long transfer is cut off after so much time or so many bytes. */
const recheck = { milliseconds: 500, bytes: 16 * 2 ** 20 };

/** Passes a stream on as long as the caller may go on; throws `forbidden` when that ended meanwhile. */
async function* whileAllowed<Piece extends Uint8Array>(
  request: FastifyRequest,
  source: AsyncIterable<Piece>,
): AsyncGenerator<Piece> {
  let checked = performance.now();
  let bytes = 0;
  for await (const piece of source) {
    yield piece;
    bytes += piece.length;
    if (bytes < recheck.bytes && performance.now() - checked < recheck.milliseconds) continue;
    if (!(await request.isStillAllowed())) throw new Failure('forbidden', 'platform.forbidden');
    checked = performance.now();
    bytes = 0;
  }
}

/**
 * The body of a request as it arrives, each piece good until the next one is asked for.
 * Throws `invalid` when the client leaves in the middle.
 * @param body where the bytes come from when a library stands in between
 */
export async function* receiveFile(request: FastifyRequest, body: AsyncIterable<Buffer> = request.raw): AsyncGenerator<Buffer> {
  const { metrics } = request.ctx.platform;
  const pieces = whileAllowed(request, lend(body));
  try {
    for await (const piece of pieces) {
      metrics.count('bytes_received_total', {}, piece.length);
      yield piece;
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure('invalid', 'platform.cutOff', {}, error);
  }
}

/**
 * Writes a stream to the socket itself: at a gigabyte a second every layer in between counts. The next piece is asked for when
 * the last one has left, so that the source may use its memory again.
 */
export async function sendStream(
  request: FastifyRequest,
  reply: FastifyReply,
  source: AsyncIterable<Uint8Array>,
): Promise<FastifyReply> {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(reply.statusCode, reply.getHeaders() as Record<string, string>);
  const { metrics, log } = request.ctx.platform;
  try {
    for await (const piece of whileAllowed(request, source)) {
      if (raw.destroyed) break;
      metrics.count('bytes_sent_total', {}, piece.length);
      await sent(raw, piece);
    }
    raw.end();
  } catch (error) {
    log.error(
      { request: request.id, reason: String(error instanceof Error ? (error.cause ?? error.message) : error) },
      'an answer broke off',
    );
    raw.destroy();
  }
  return reply;
}

/** Resolves when the system has taken the bytes, or will never. */
function sent(raw: FastifyReply['raw'], piece: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      raw.off('close', done);
      resolve();
    };
    raw.once('close', done);
    raw.write(piece, done);
  });
}
