import { crc32, deflateSync } from 'node:zlib';

const signature = Buffer.from('89504e470d0a1a0a', 'hex');

/** One chunk of a PNG (ISO/IEC 15948, 5.3): length, type, data, checksum. */
export function pngChunk(type: string, data: Uint8Array): Buffer {
  const framed = Buffer.alloc(12 + data.length);
  framed.writeUInt32BE(data.length, 0);
  framed.write(type, 4, 'latin1');
  framed.set(data, 8);
  framed.writeUInt32BE(crc32(framed.subarray(4, -4)), 8 + data.length);
  return framed;
}

export type PictureOptions = {
  readonly width?: number;
  readonly height?: number;
  /** Bytes of the unpacked picture; more or fewer than the size demands make a lying one. */
  readonly bytes?: number;
  readonly interlace?: 0 | 1;
  /** Further chunks behind the head. */
  readonly extra?: readonly Uint8Array[];
  readonly shade?: number;
};

/** A PNG of one colour, 32 × 32 unless told otherwise. */
export function picture({ width = 32, height = 32, bytes, interlace = 0, extra = [], shade = 120 }: PictureOptions = {}): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 6, 0, 0, interlace], 8); // 8 bits a sample, RGBA
  const row = Buffer.concat([Buffer.of(0), Buffer.alloc(width * 4, shade)]);
  const pixels = bytes === undefined ? Buffer.alloc(height * row.length, row) : Buffer.alloc(bytes);
  const body = [pngChunk('IHDR', head), ...extra, pngChunk('IDAT', deflateSync(pixels)), pngChunk('IEND', new Uint8Array())];
  return Buffer.concat([signature, ...body]);
}
