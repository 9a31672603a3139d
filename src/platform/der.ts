/**
 * The few forms of DER (ITU-T X.690) that certificates and signatures need. Only written, never read: what we parse
 * from outside goes through node:crypto.
 */

function lengthOf(size: number): Buffer {
  if (size < 0x80) return Buffer.from([size]);
  const bytes = Buffer.from(size.toString(16).padStart(size > 0xffff ? 6 : size > 0xff ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
}

/** One value under its tag. */
export function tagged(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

export const sequence = (...parts: readonly Uint8Array[]) => tagged(0x30, ...parts);

/** X.690, 11.6: the elements of a SET OF stand in the order of their bytes. */
export const setOf = (...parts: readonly Buffer[]) => tagged(0x31, ...[...parts].sort(Buffer.compare));

/** A whole number that is not negative; bytes most significant first. */
export function integer(value: number | Uint8Array): Buffer {
  const bytes = typeof value === 'number' ? Buffer.from([value]) : Buffer.from(value);
  const start = bytes.findIndex((byte) => byte !== 0);
  const plain = start < 0 ? Buffer.from([0]) : bytes.subarray(start);
  return tagged(0x02, (plain[0] as number) >= 0x80 ? Buffer.from([0]) : Buffer.alloc(0), plain);
}

export const octets = (bytes: Uint8Array) => tagged(0x04, bytes);
export const bits = (bytes: Uint8Array, unused = 0) => tagged(0x03, Buffer.from([unused]), bytes);
export const text = (value: string) => tagged(0x0c, Buffer.from(value));
export const printable = (value: string) => tagged(0x13, Buffer.from(value, 'latin1'));
export const yes = tagged(0x01, Buffer.from([0xff]));

/** X.690, 8.19: the first two numbers in one byte, the others in base 128. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const base128 = (value: number): number[] => {
    const low = [value % 128];
    for (let high = Math.floor(value / 128); high > 0; high = Math.floor(high / 128)) low.unshift(0x80 | (high % 128));
    return low;
  };
  return tagged(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** RFC 5280, 4.1.2.5: two-digit years until 2049, four digits after. */
export function time(at: Date): Buffer {
  const digits = at.toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  return at.getUTCFullYear() < 2050 ? tagged(0x17, Buffer.from(digits.slice(2))) : tagged(0x18, Buffer.from(digits));
}

/** Context-specific and constructed: `[number]`. */
export const context = (number: number, ...parts: readonly Uint8Array[]) => tagged(0xa0 + number, ...parts);
