import { crc32, deflateSync } from 'node:zlib';

/** Red, green and blue from 0 to 255. */
export type Colour = readonly [number, number, number];
export type Point = readonly [x: number, y: number];

/** A picture in the making: 8 bits for each of red, green, blue and opacity. */
export type Canvas = { readonly width: number; readonly height: number; readonly pixels: Uint8Array };

export function openCanvas(width: number, height: number, colour: Colour | null = null): Canvas {
  const pixels = new Uint8Array(width * height * 4);
  if (colour) for (let at = 0; at < pixels.length; at += 4) pixels.set([...colour, 255], at);
  return { width, height, pixels };
}

export function mix(from: Colour, to: Colour, share: number): Colour {
  const part = Math.min(1, Math.max(0, share));
  return [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part, from[2] + (to[2] - from[2]) * part];
}

/** Lays a colour over a pixel, covering so much of it (0 to 1). */
function blend({ width, height, pixels }: Canvas, [x, y]: Point, colour: Colour, cover = 1): void {
  if (x < 0 || y < 0 || x >= width || y >= height || cover <= 0) return;
  const at = (y * width + x) * 4;
  for (let channel = 0; channel < 3; channel += 1) {
    const old = pixels[at + channel] as number;
    pixels[at + channel] = old + ((colour[channel] as number) - old) * cover;
  }
  pixels[at + 3] = Math.max(pixels[at + 3] as number, Math.round(255 * cover));
}

/** Sets a pixel within the picture. */
export function put({ width, pixels }: Canvas, at: { readonly x: number; readonly y: number }, colour: Colour): void {
  const index = (at.y * width + at.x) * 4;
  for (let channel = 0; channel < 3; channel += 1) {
    pixels[index + channel] = Math.min(255, Math.max(0, colour[channel] as number));
  }
  pixels[index + 3] = 255;
}

/** Where the edges of a shape cross a horizontal line, from left to right. */
function crossings(corners: readonly Point[], y: number): number[] {
  const found: number[] = [];
  for (let index = 0, last = corners.length - 1; index < corners.length; last = index++) {
    const [[x1, y1], [x2, y2]] = [corners[index] as Point, corners[last] as Point];
    if (y1 > y !== y2 > y) found.push(((x2 - x1) * (y - y1)) / (y2 - y1) + x1);
  }
  return found.sort((a, b) => a - b);
}

const looks = [1 / 8, 3 / 8, 5 / 8, 7 / 8];

/** Fills a shape with smooth edges: four lines through each row of pixels, exact along the line. */
export function fill(canvas: Canvas, corners: readonly Point[], colour: Colour): void {
  const ys = corners.map(([, y]) => y);
  const [top, bottom] = [Math.max(0, Math.floor(Math.min(...ys))), Math.min(canvas.height, Math.ceil(Math.max(...ys)))];
  const cover = new Float32Array(canvas.width);
  for (let y = top; y < bottom; y += 1) {
    cover.fill(0);
    for (const look of looks) {
      const edges = crossings(corners, y + look);
      for (let pair = 0; pair + 1 < edges.length; pair += 2) coverSpan(cover, edges[pair] as number, edges[pair + 1] as number);
    }
    for (const [x, share] of cover.entries()) if (share > 0) blend(canvas, [x, y], colour, Math.min(1, share));
  }
}

function coverSpan(cover: Float32Array, from: number, to: number): void {
  for (let x = Math.max(0, Math.floor(from)); x < Math.min(cover.length, Math.ceil(to)); x += 1) {
    const share = Math.min(x + 1, to) - Math.max(x, from);
    cover[x] = (cover[x] as number) + share / looks.length;
  }
}

export function disc(centre: Point, radius: number, corners = 40): Point[] {
  return Array.from({ length: corners }, (_, index): Point => {
    const angle = (index / corners) * 2 * Math.PI;
    return [centre[0] + radius * Math.cos(angle), centre[1] + radius * Math.sin(angle)];
  });
}

/** A line of some width, as a shape to fill. */
export function stroke(from: Point, to: Point, width: number): Point[] {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
  const [dx, dy] = [((to[1] - from[1]) / length) * (width / 2), ((to[0] - from[0]) / length) * (width / 2)];
  return [
    [from[0] + dx, from[1] - dy],
    [to[0] + dx, to[1] - dy],
    [to[0] - dx, to[1] + dy],
    [from[0] - dx, from[1] + dy],
  ];
}

const signature = Buffer.from('89504e470d0a1a0a', 'hex');

/** ISO/IEC 15948 (PNG), 5.3: length, type, data, checksum. */
function chunk(type: string, data: Uint8Array): Buffer {
  const framed = Buffer.alloc(12 + data.length);
  framed.writeUInt32BE(data.length, 0);
  framed.write(type, 4, 'latin1');
  framed.set(data, 8);
  framed.writeUInt32BE(crc32(framed.subarray(4, -4)), 8 + data.length);
  return framed;
}

/** The picture as PNG. */
export function toPng({ width, height, pixels }: Canvas): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 6], 8); // 8 bits a sample, red-green-blue-alpha
  const row = width * 4;
  const raw = Buffer.alloc((row + 1) * height);
  for (let y = 0; y < height; y += 1) {
    const at = y * (row + 1);
    raw[at] = 1; // filter "Sub": each sample as the difference to its left neighbour
    for (let x = 0; x < row; x += 1) {
      raw[at + 1 + x] = (pixels[y * row + x] as number) - (x < 4 ? 0 : (pixels[y * row + x - 4] as number));
    }
  }
  const body = chunk('IDAT', deflateSync(raw, { level: 3 }));
  return Buffer.concat([signature, chunk('IHDR', head), body, chunk('IEND', new Uint8Array())]);
}
