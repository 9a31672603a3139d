import type PdfDocument from 'pdfkit';

export type Pdf = InstanceType<typeof PdfDocument>;
export type Struct = ReturnType<Pdf['struct']>;

/** The page: A4, in points. Left and right as DIN 5008 has them (25 mm, 20 mm). */
export const sheet = { width: 595.28, height: 841.89, left: 71, right: 57, top: 64, bottom: 72 };
export const textWidth = sheet.width - sheet.left - sheet.right;
export const sizes = { title: 15, heading: 12, text: 10, small: 8.5 };
export const grey = '#555555';

/** A picture that is in the file once, however often it is drawn. */
export type Picture = { readonly width: number; readonly height: number };

/** What drawing a block needs: the document, where its structure hangs, every text as our font can set it, and pictures. */
export type Desk = {
  readonly pdf: Pdf;
  readonly root: Struct;
  readonly set: (text: string) => string;
  readonly picture: (bytes: Uint8Array) => Picture;
};

/** What a screen reader is told of a piece beside its text. */
export type StructureFacts = { readonly alt?: string; readonly bbox?: readonly number[]; readonly scope?: 'Column' };

/** A piece of the structure that draws itself when it is added to what is being read. */
export function structure(pdf: Pdf, tag: string, draw: () => unknown, facts: StructureFacts = {}): Struct {
  return pdf.struct(tag, facts as never, [() => void draw()]);
}

/** Draws something that is part of the structure: a screen reader reads it in this order. */
export function put({ pdf, root }: Pick<Desk, 'pdf' | 'root'>, tag: string, draw: () => unknown): void {
  root.add(structure(pdf, tag, draw));
}
