import { crc32 } from 'node:zlib';

/**
 * Two harmless archives that tell whether a scanner admits what it cannot look into. With its usual settings clamd says `OK` to an
 * encrypted archive and to one that is packed more often than it unpacks (clamd.conf(5): `AlertEncrypted no`, `AlertExceedsMax no`).
 */

type Entry = { readonly name: string; readonly content: Buffer; readonly flags: number };

/** A ZIP (PKWARE APPNOTE 6.3.10, 4.3) of one stored entry. */
function zipOf({ name, content, flags }: Entry): Buffer {
  const fixed = Buffer.alloc(26);
  fixed.writeUInt16LE(20, 0); // version needed to extract
  fixed.writeUInt16LE(flags, 2);
  fixed.writeUInt16LE(0x5a21, 8); // a date: 1 January 2025
  fixed.writeUInt32LE(crc32(content), 10);
  fixed.writeUInt32LE(content.length, 14);
  fixed.writeUInt32LE(content.length, 18);
  fixed.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fixed, Buffer.from(name), content]);
  const rest = Buffer.alloc(14); // comment, disk, attributes, offset: all zero
  const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fixed, rest, Buffer.from(name)]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}

/** APPNOTE 4.4.4: bit 0 says that the entry is encrypted. */
const encryptedFlag = 1;

/** More than clamd unpacks at most (`MaxRecursion` may be 100 at the very most). */
const nestings = 110;

/** An archive whose only entry says that it is encrypted. */
export const encryptedProbe = zipOf({ name: 'a', content: Buffer.alloc(24, 0x5a), flags: encryptedFlag });

/** An archive in an archive in an archive …, some kilobytes altogether. */
export const nestedProbe = Array.from({ length: nestings }).reduce<Buffer>(
  (content) => zipOf({ name: 'a.zip', content, flags: 0 }),
  Buffer.from('nothing'),
);
