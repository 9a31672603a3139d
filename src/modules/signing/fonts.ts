import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { create, type Font } from 'fontkit';
import type { Repertoire } from './rules-content.ts';

/** Noto Sans (SIL Open Font License 1.1): Latin with every letter of German registers (DIN 91379), Greek, Cyrillic. */
const load = (path: string): Font =>
  create(readFileSync(fileURLToPath(import.meta.resolve(`@expo-google-fonts/noto-sans/${path}.ttf`)))) as Font;

/** Parsed once for each thread: parsing takes longer than laying out a letter. */
export const fonts = { regular: load('400Regular/NotoSans_400Regular'), bold: load('700Bold/NotoSans_700Bold') };

/** What both can show. */
export const repertoire: Repertoire = (codePoint) =>
  fonts.regular.hasGlyphForCodePoint(codePoint) && fonts.bold.hasGlyphForCodePoint(codePoint);
