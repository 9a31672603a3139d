import type { Checksum } from '#modules/files';
import { ensure, Failure } from '#platform/errors';
import type { FastifyRequest } from '#platform/http';
import { letBodyCome } from './early.ts';
import { xmlLimits } from './xml.ts';

/** One header as text; several of one name are refused where only one makes sense. */
export function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** RFC 4918, 10.2. */
export function readDepth(request: FastifyRequest, fallback: '0' | '1' | 'infinity'): '0' | '1' | 'infinity' {
  const depth = (header(request, 'depth') ?? fallback).toLowerCase();
  if (depth === '0' || depth === '1' || depth === 'infinity') return depth;
  throw new Failure('invalid', 'dav.headerInvalid', { header: 'Depth' });
}

/** RFC 4918, 10.6: overwriting is the default. */
export function readOverwrite(request: FastifyRequest): boolean {
  const value = (header(request, 'overwrite') ?? 'T').toUpperCase();
  if (value === 'T' || value === 'F') return value === 'T';
  throw new Failure('invalid', 'dav.headerInvalid', { header: 'Overwrite' });
}

/** RFC 4918, 10.7: seconds a client wants a lock for; null when it does not care, or for ever. */
export function readTimeout(request: FastifyRequest): number | null {
  for (const choice of (header(request, 'timeout') ?? '').split(',')) {
    const [, seconds] = /^\s*Second-(\d{1,10})\s*$/i.exec(choice) ?? [];
    if (seconds !== undefined) return Number(seconds);
  }
  return null;
}

/** When the client last modified the file: `X-OC-Mtime`, seconds since 1970. Refused when it cannot be a time. */
export function readModified(request: FastifyRequest): number | null {
  const text = header(request, 'x-oc-mtime');
  if (text === undefined) return null;
  const seconds = /^\s*-?\d{1,12}(\.\d+)?\s*$/.test(text) ? Number(text) : Number.NaN;
  // Between the years 1000 and 9999; clients were seen to send 0, negative numbers and fractions.
  if (!(seconds >= -30_610_224_000 && seconds <= 253_402_300_799)) {
    throw new Failure('invalid', 'dav.headerInvalid', { header: 'X-OC-Mtime' });
  }
  return Math.floor(seconds) * 1000;
}

/** The checksum a sync client announces: `OC-Checksum: SHA1:…`. Sums we do not keep are passed over; one that can be none is refused. */
export function readChecksum(request: FastifyRequest): Checksum | null {
  const [, name, hex = ''] = /^\s*(\w+):(.*?)\s*$/.exec(header(request, 'oc-checksum') ?? '') ?? [];
  const algorithm = name?.toLowerCase();
  if (algorithm !== 'sha1' && algorithm !== 'sha256') return null;
  const digits = algorithm === 'sha1' ? 40 : 64;
  ensure(hex.length === digits && /^[0-9a-f]*$/i.test(hex), 'invalid', 'dav.headerInvalid', { header: 'OC-Checksum' });
  return { algorithm, hex: hex.toLowerCase() };
}

/** The announced length; null for chunked transfer encoding. */
export function readLength(request: FastifyRequest): number | null {
  const text = header(request, 'content-length');
  if (text !== undefined) return Number(text);
  return header(request, 'transfer-encoding') === undefined ? 0 : null;
}

/** A small body as text. Throws `tooLarge` over {@link xmlLimits}. */
export async function readText(request: FastifyRequest): Promise<string> {
  letBodyCome(request);
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request.raw as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > xmlLimits.bytes) throw new Failure('tooLarge', 'platform.tooLarge', { limit: xmlLimits.bytes });
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString();
}
