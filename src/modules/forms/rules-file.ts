import type { fileTypes } from './rules-definition.ts';

/** What a file really is, by its first bytes: a name says nothing. */
export type FileType = (typeof fileTypes)[number];
export type Recognised = { readonly kind: FileType; readonly type: string };

/** So many bytes are enough. */
export const sniffBytes = 64;

type Sign = { readonly at: number; readonly bytes: string; readonly kind: FileType; readonly type: string };

const office = 'application/vnd.oasis.opendocument.text';

/** Signatures as the formats' own descriptions give them; in hexadecimal. */
const signs: readonly Sign[] = [
  { at: 0, bytes: '255044462d', kind: 'pdf', type: 'application/pdf' },
  { at: 0, bytes: 'ffd8ff', kind: 'picture', type: 'image/jpeg' },
  { at: 0, bytes: '89504e470d0a1a0a', kind: 'picture', type: 'image/png' },
  { at: 8, bytes: '57454250', kind: 'picture', type: 'image/webp' },
  { at: 0, bytes: '49492a00', kind: 'picture', type: 'image/tiff' },
  { at: 0, bytes: '4d4d002a', kind: 'picture', type: 'image/tiff' },
  { at: 4, bytes: '6674797068656963', kind: 'picture', type: 'image/heic' },
  // An OpenDocument names its own kind right behind the head of the archive.
  { at: 30, bytes: Buffer.from(`mimetype${office.slice(0, 20)}`).toString('hex'), kind: 'office', type: office },
  { at: 0, bytes: '504b0304', kind: 'office', type: 'application/vnd.openxmlformats-officedocument' },
  // AutoCAD drawings say their version; IFC is text in the form of ISO 10303-21.
  { at: 0, bytes: '41433130', kind: 'plan', type: 'application/acad' },
  { at: 0, bytes: Buffer.from('ISO-10303-21;').toString('hex'), kind: 'plan', type: 'application/x-step' },
];

/** What these first bytes begin; null: nothing that is taken here. */
export function recognise(head: Uint8Array): Recognised | null {
  const text = Buffer.from(head).toString('hex');
  const found = signs.find(({ at, bytes }) => text.startsWith(bytes, at * 2));
  return found ? { kind: found.kind, type: found.type } : null;
}

/** The last part of a path as a browser may send it, on one line, without what nobody sees. */
export function plainFileName(given: string): string {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const name = last.replaceAll(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\ufeff]/gu, '').trim();
  return name.slice(0, 200) || 'Datei';
}
