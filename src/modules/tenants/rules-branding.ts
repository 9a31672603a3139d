import { crc32, inflateSync } from 'node:zlib';
import { Failure, type Params } from '#platform/errors';

/** WCAG 2.1, 1.4.3: text against its background. */
const leastContrast = 4.5;
const white = '#ffffff';
/** The darkest surface text of this colour stands on in the dark theme. */
const darkSurface = '#1b2230';

/** A tenant's colour, ready for use: each pair has at least {@link leastContrast}. */
export type BrandColours = {
  /** For links, marks and filled buttons with white text, on light surfaces. */
  readonly light: string;
  /** The same hue on dark surfaces. */
  readonly dark: string;
};

const channels = (colour: string) => [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16));

/** WCAG 2.1, "relative luminance". */
function luminance(colour: string): number {
  const linear = channels(colour).map((value) => {
    const part = value / 255;
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const [red = 0, green = 0, blue = 0] = linear;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.1, "contrast ratio": 1 to 21. */
export function contrast(a: string, b: string): number {
  const [lighter = 0, darker = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (lighter + 0.05) / (darker + 0.05);
}

function mix(colour: string, other: string, share: number): string {
  const [from, to] = [channels(colour), channels(other)];
  const mixed = from.map((value, index) => Math.round(value + ((to[index] ?? 0) - value) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** The first step from the colour towards `other` that can be read on `surface`. */
function untilReadable(colour: string, other: string, surface: string): string {
  for (let step = 0; step < 50; step += 1) {
    const candidate = mix(colour, other, step / 50);
    if (contrast(candidate, surface) >= leastContrast) return candidate;
  }
  return other;
}

/** Reads `#rrggbb` (any case). Throws `invalid`, with the nearest darker colour that works, when white text on it is hard to read. */
export function checkColour(text: string): string {
  const colour = text.trim().toLowerCase();
  if (!/^#[0-9a-f]{6}$/.test(colour)) throw new Failure('invalid', 'tenants.colourForm', { field: 'colour' });
  const ratio = contrast(colour, white);
  if (ratio >= leastContrast) return colour;
  const suggestion = untilReadable(colour, '#000000', white);
  // Rounded down: “4.5, at least 4.5 are needed” would be no reason.
  const measured = { ratio: Math.floor(ratio * 10) / 10, least: leastContrast };
  throw new Failure('invalid', 'tenants.colourTooLight', { field: 'colour', suggestion, ...measured });
}

/** Both variants of a colour that {@link checkColour} let pass. */
export function brandColours(colour: string): BrandColours {
  return { light: colour, dark: untilReadable(colour, white, darkSurface) };
}

export const crestLimits = { bytes: 65_536, leastPixels: 16, mostPixels: 512 };

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** What a picture needs to be shown. Everything else (text, camera data, colour profiles, animation) is left out. */
const keptChunks = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND', 'sRGB', 'gAMA']);
/** ISO/IEC 15948 (PNG), table 11.1: samples a pixel for each colour type, and the depths it allows. */
const colourTypes: Readonly<Record<number, { samples: number; depths: readonly number[] }>> = {
  0: { samples: 1, depths: [1, 2, 4, 8, 16] },
  2: { samples: 3, depths: [8, 16] },
  3: { samples: 1, depths: [1, 2, 4, 8] },
  4: { samples: 2, depths: [8, 16] },
  6: { samples: 4, depths: [8, 16] },
};

type Chunk = { readonly type: string; readonly data: Buffer; readonly whole: Buffer };

/** What can be wrong with a crest; each has its own sentence. */
type CrestFault = 'Missing' | 'NoPng' | 'TooLarge' | 'Damaged' | 'Pixels' | 'Interlaced';

const badCrest = (fault: CrestFault, measured: Params = {}) =>
  new Failure('invalid', `tenants.crest${fault}`, { field: 'crest', ...crestLimits, ...measured });

function readChunks(png: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  let offset = pngSignature.length;
  while (offset + 12 <= png.length) {
    const end = offset + 12 + png.readUInt32BE(offset);
    if (end > png.length) throw badCrest('Damaged');
    const [type, data] = [png.toString('latin1', offset + 4, offset + 8), png.subarray(offset + 8, end - 4)];
    if (crc32(png.subarray(offset + 4, end - 4)) !== png.readUInt32BE(end - 4)) throw badCrest('Damaged');
    chunks.push({ type, data, whole: png.subarray(offset, end) });
    offset = end;
    if (type === 'IEND') return chunks; // whatever stands behind the picture is dropped
  }
  throw badCrest('Damaged');
}

/** The number of bytes the picture data must unpack to. Throws for a head that is not plain, small and not interlaced. */
function unpackedBytes(head: Chunk | undefined): number {
  if (head?.type !== 'IHDR' || head.data.length !== 13) throw badCrest('Damaged');
  const [width, height] = [head.data.readUInt32BE(0), head.data.readUInt32BE(4)];
  const [depth = 0, colourType = 0, compression, filter, interlace] = head.data.subarray(8);
  const { leastPixels, mostPixels } = crestLimits;
  const isSmall = Math.min(width, height) >= leastPixels && Math.max(width, height) <= mostPixels;
  if (!isSmall) throw badCrest('Pixels', { width, height });
  if (interlace !== 0) throw badCrest('Interlaced');
  const known = colourTypes[colourType];
  if (!known?.depths.includes(depth) || compression !== 0 || filter !== 0) throw badCrest('Damaged');
  return height * (1 + Math.ceil((width * known.samples * depth) / 8));
}

/**
 * Takes a picture apart and puts it together again from nothing but the picture: a small PNG, whole, that unpacks to exactly
 * what its head says. Throws `invalid` for everything else, and says what it is (SVG can carry script, so it is not accepted).
 */
export function cleanCrest(bytes: Uint8Array): Buffer {
  const png = Buffer.from(bytes);
  if (png.length === 0) throw badCrest('Missing');
  if (!png.subarray(0, 8).equals(pngSignature)) throw badCrest('NoPng');
  if (png.length > crestLimits.bytes) throw badCrest('TooLarge');
  const chunks = readChunks(png).filter(({ type }) => keptChunks.has(type));
  const expected = unpackedBytes(chunks[0]);
  const packed = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data));
  if (unpack(packed, expected)?.length !== expected) throw badCrest('Damaged');
  return Buffer.concat([pngSignature, ...chunks.map(({ whole }) => whole)]);
}

/** Unpacks at most one byte more than expected: a bomb is noticed, not unpacked. */
function unpack(packed: Buffer, expected: number): Buffer | null {
  try {
    return inflateSync(packed, { maxOutputLength: expected + 1 });
  } catch {
    return null;
  }
}
