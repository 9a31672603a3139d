import type { DrawKind } from './pictures.ts';

/** What bytes are, by themselves, before any decoder sees them: a name is no promise. */

/** Bounds of a picture that is handed to a decoder. */
const pictureLimits = {
  /** Four bytes each while it is being drawn. */
  pixels: 40_000_000,
  /** Longest side: some formats allow a strip of a million by one. */
  side: 30_000,
};

type Size = { readonly width: number; readonly height: number };

const starts = (bytes: Buffer, text: string, at = 0) => bytes.toString('latin1', at, at + text.length) === text;

/** Markers that stand alone, without a length (ITU-T T.81, table B.1): whoever skips one by a length reads on in another place. */
const standsAlone = (marker: number) => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);

/** JPEG (ITU-T T.81, B.1): segments, of which one of those named start of frame has the size. */
function jpegSize(bytes: Buffer): Size | null {
  let at = 2;
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] as number;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    if (marker === 0x00) return null;
    if (marker === 0xff) at += 1;
    else at += standsAlone(marker) ? 2 : 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}

/** WebP (RFC 9649): lossy, lossless or with features, each with its size elsewhere. */
function webpSize(bytes: Buffer): Size | null {
  if (starts(bytes, 'VP8X', 12)) return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
  if (starts(bytes, 'VP8L', 12)) {
    const bits = bytes.readUInt32LE(21);
    return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
  }
  return starts(bytes, 'VP8 ', 12) ? { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff } : null;
}

/** How large a picture says it is, from its first bytes, before anything decodes it; null for no picture we know. */
export function sizeOf(bytes: Buffer): Size | null {
  if (bytes.length < 32) return null;
  if (starts(bytes, '\x89PNG\r\n\x1a\n')) return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  if (starts(bytes, '\xff\xd8\xff')) return jpegSize(bytes);
  if (starts(bytes, 'GIF8')) return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
  if (starts(bytes, 'RIFF') && starts(bytes, 'WEBP', 8)) return webpSize(bytes);
  if (starts(bytes, 'BM')) return { width: Math.abs(bytes.readInt32LE(18)), height: Math.abs(bytes.readInt32LE(22)) };
  return null;
}

/**
 * How these bytes are to be drawn, by what they are and not by their name: a file may be renamed, and what is kept is kept by its
 * content. Null for what is neither, and for pictures that claim to be too large.
 */
export function drawingOf(bytes: Buffer): DrawKind | null {
  const size = sizeOf(bytes);
  if (size) {
    const { side, pixels } = pictureLimits;
    const isSmall = Math.max(size.width, size.height) <= side && size.width * size.height <= pixels;
    return size.width > 0 && size.height > 0 && isSmall ? 'picture' : null;
  }
  // ISO 32000-2, 7.5.2 with Annex I: the header may stand anywhere in the first 1024 bytes.
  return bytes.subarray(0, 1024).includes('%PDF-') ? 'pdf' : null;
}
