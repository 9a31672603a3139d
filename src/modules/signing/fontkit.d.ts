/** The little of `fontkit` (which brings no types) that is used here; `pdfkit` takes its fonts. */
declare module 'fontkit' {
  export type Font = {
    hasGlyphForCodePoint(codePoint: number): boolean;
  };
  export function create(bytes: Uint8Array): unknown;
}
