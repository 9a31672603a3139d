import {
  type CipherGCM,
  constants,
  createCipheriv,
  createDecipheriv,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';
import { Failure } from '#platform/errors';
import type { PrivateKey, PublicKey } from './keys.ts';

/**
 * JWE in its compact serialization (RFC 7516) with RSA-OAEP-256 and A256GCM (RFC 7518, 4.3 and 5.3): nothing else is made, and
 * nothing else is read. Both directions work on streams: memory does not grow with a content.
 */

const algorithm = 'RSA-OAEP-256';
const encryption = 'A256GCM';
const ivBytes = 12;
const tagBytes = 16;
const contentKeyBytes = 32;
/** Longest header and encrypted key together, in characters. */
const longestHead = 8_192;

/** Not a JWE of ours, not for this key, or changed on its way. One word for all: whoever changed it learns nothing. */
const undecipherable = (cause?: unknown) => new Failure('invalid', 'delivery.undecipherable', {}, cause);
const tooLarge = (limit: number) => new Failure('tooLarge', 'delivery.tooLarge', { limit });

const encode = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64url');

/** There is one way to write bytes down; another one is a change. */
function decode(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.toString('base64url') !== text) throw undecipherable();
  return bytes;
}

type Begun = { readonly head: string; readonly cipher: CipherGCM };

function begin({ kid, key }: PublicKey, type: string): Begun {
  const contentKey = randomBytes(contentKeyBytes);
  const header = encode(JSON.stringify({ alg: algorithm, enc: encryption, cty: type, kid }));
  const sealedKey = publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }, contentKey);
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', contentKey, iv).setAAD(Buffer.from(header, 'ascii'));
  return { head: `${header}.${encode(sealedKey)}.${encode(iv)}.`, cipher };
}

/** Encrypts something small, such as metadata. @param type what it is, as a media type */
export function seal(key: PublicKey, content: string | Uint8Array, type: string): string {
  const { head, cipher } = begin(key, type);
  const sealed = Buffer.concat([cipher.update(content), cipher.final()]);
  return `${head}${encode(sealed)}.${encode(cipher.getAuthTag())}`;
}

export type SealedStream = {
  readonly length: number;
  readonly stream: AsyncGenerator<Buffer>;
  /** Its authentication tag, once the stream was read to its end. */
  tag(): string;
};

/** Encrypts while it is read. `length` is that of the whole envelope, for a content of exactly `size` bytes. */
export function sealStream(
  key: PublicKey,
  source: AsyncIterable<Uint8Array>,
  { size, type }: { readonly size: number; readonly type: string },
): SealedStream {
  const { head, cipher } = begin(key, type);
  const base64 = (bytes: number) => Math.ceil((bytes * 4) / 3);
  const length = head.length + base64(size) + 1 + base64(tagBytes);
  return { length, stream: sealing(head, cipher, source), tag: () => encode(cipher.getAuthTag()) };
}

async function* sealing(head: string, cipher: CipherGCM, source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  yield Buffer.from(head);
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of source) {
    const sealed = Buffer.concat([rest, cipher.update(piece)]);
    // Three bytes are four characters: what is left over waits for the next piece.
    const whole = sealed.length - (sealed.length % 3);
    rest = sealed.subarray(whole);
    if (whole > 0) yield Buffer.from(encode(sealed.subarray(0, whole)));
  }
  cipher.final();
  yield Buffer.from(`${encode(rest)}.${encode(cipher.getAuthTag())}`);
}

/** One key, or the one of a name: for a name nobody knows, the one that would have been right. */
export type Opener = PrivateKey | ((kid: unknown) => PrivateKey);

type Header = { readonly [Name in 'alg' | 'enc' | 'zip' | 'crit' | 'kid']?: unknown };

function readHeader(text: string): { readonly isDeflated: boolean; readonly kid: unknown } {
  const header = JSON.parse(decode(text).toString()) as Header | null;
  const isOurs = header?.alg === algorithm && header.enc === encryption && header.crit === undefined;
  if (!isOurs || (header.zip !== undefined && header.zip !== 'DEF')) throw undecipherable();
  return { isDeflated: header.zip === 'DEF', kid: header.kid };
}

function beginOpening(opener: Opener, head: string) {
  try {
    const [header = '', sealedKey = '', iv = ''] = head.split('.');
    const { isDeflated, kid } = readHeader(header);
    const { key } = typeof opener === 'function' ? opener(kid) : opener;
    const secret = { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
    const contentKey = privateDecrypt(secret, decode(sealedKey));
    const nonce = decode(iv);
    if (nonce.length !== ivBytes || contentKey.length !== contentKeyBytes) throw undecipherable();
    const decipher = createDecipheriv('aes-256-gcm', contentKey, nonce, { authTagLength: tagBytes });
    return { isDeflated, decipher: decipher.setAAD(Buffer.from(header, 'ascii')) };
  } catch (error) {
    throw undecipherable(error);
  }
}

/** Where the third dot stands: behind it begins what was encrypted. -1: not there yet. */
function endOfHead(text: string): number {
  let at = -1;
  for (let dots = 0; dots < 3; dots += 1) {
    at = text.indexOf('.', at + 1);
    if (at < 0) return -1;
  }
  return at;
}

type Parts = { readonly head: string; readonly body: AsyncGenerator<string>; tag(): string };

/** Takes an envelope apart while it is read: the head at once, the body in pieces, the tag when the body is through. */
async function takeApart(source: AsyncIterable<Uint8Array>): Promise<Parts> {
  const pieces = source[Symbol.asyncIterator]();
  const next = async () => {
    const { done, value } = await pieces.next();
    return done ? null : Buffer.from(value).toString('latin1');
  };
  let text = '';
  while (endOfHead(text) < 0) {
    const more = await next();
    if (more === null || text.length > longestHead) throw undecipherable();
    text += more;
  }
  const end = endOfHead(text);
  let tag = '';
  async function* body(): AsyncGenerator<string> {
    for (let piece: string | null = text.slice(end + 1); piece !== null; piece = await next()) {
      const dot = tag === '' ? piece.indexOf('.') : 0;
      if (dot > 0 || tag === '') yield dot < 0 ? piece : piece.slice(0, dot);
      // The dot stays in front of the tag, so that an empty one is told from none.
      if (dot >= 0) tag += tag === '' ? piece.slice(dot) : piece;
      if (tag.length > longestHead) throw undecipherable();
    }
  }
  return { head: text.slice(0, end), body: body(), tag: () => tag.slice(1) };
}

async function* decipherAll(parts: Parts, decipher: ReturnType<typeof beginOpening>['decipher']) {
  let rest = '';
  for await (const piece of parts.body) {
    const text = rest + piece;
    const whole = text.length - (text.length % 4);
    rest = text.slice(whole);
    if (whole > 0) yield decipher.update(decode(text.slice(0, whole)));
  }
  try {
    const last = decipher.update(decode(rest));
    decipher.setAuthTag(decode(parts.tag()));
    decipher.final();
    if (last.length > 0) yield last;
  } catch (error) {
    throw undecipherable(error);
  }
}

async function* inflated(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const inflate = createInflateRaw();
  const fed = pipeline(source, inflate).catch((error: unknown) => error);
  try {
    yield* inflate as AsyncIterable<Buffer>;
  } catch (error) {
    throw error instanceof Failure ? error : undecipherable(error);
  }
  const error = await fed;
  if (error instanceof Error) throw error instanceof Failure ? error : undecipherable(error);
}

/**
 * Decrypts while it is read. What comes out counts only when the end is reached without an error: the tag stands at the end, so
 * that whoever uses it earlier uses what somebody may have changed. Throws `invalid` for what was not meant for this key or was
 * changed, cut off or made in another way; `tooLarge` beyond `most` bytes, however small it had been packed.
 */
export async function* openStream(key: Opener, source: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Buffer> {
  const parts = await takeApart(source);
  const { decipher, isDeflated } = beginOpening(key, parts.head);
  const plain = decipherAll(parts, decipher);
  let size = 0;
  for await (const piece of isDeflated ? inflated(plain) : plain) {
    size += piece.length;
    if (size > most) throw tooLarge(most);
    yield piece;
  }
}

/** Decrypts something small. Throws as {@link openStream}. */
export async function open(key: Opener, text: string, most: number): Promise<Buffer> {
  async function* once() {
    yield Buffer.from(text, 'latin1');
  }
  const parts: Buffer[] = [];
  for await (const piece of openStream(key, once(), most)) parts.push(piece);
  return Buffer.concat(parts);
}
