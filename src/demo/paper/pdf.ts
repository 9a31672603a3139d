import { buffer } from 'node:stream/consumers';
import PdfDocument from 'pdfkit';
import { dayInWords } from '#platform/day-words';

const margins = { top: 64, bottom: 64, left: 71, right: 57 };
const grey = '#555555';

export type Letter = {
  /** Who writes: the authority, then its address. */
  readonly from: readonly string[];
  /** The authority's crest, a PNG. */
  readonly crest?: Buffer | null;
  readonly to: readonly string[];
  readonly reference: string;
  readonly day: Date;
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly signed: string;
  /** Drawn across the page in grey, e.g. `ENTWURF`. */
  readonly stamp?: string | null;
};

type Doc = InstanceType<typeof PdfDocument>;

function open(title: string, day: Date): Doc {
  const info = { Title: title, Author: 'Vorführung', CreationDate: day, ModDate: day };
  return new PdfDocument({ size: 'A4', margins, info, lang: 'de-DE', bufferPages: true });
}

function stampAcross(doc: Doc, text: string): void {
  doc
    .save()
    .rotate(-35, { origin: [300, 430] })
    .fontSize(86)
    .fillColor('#bbbbbb')
    .fillOpacity(0.35);
  doc.text(text, 90, 380, { lineBreak: false }).restore();
  doc.fillOpacity(1).fillColor('black');
}

/** Numbers the pages and closes the document. */
async function close(doc: Doc): Promise<Buffer> {
  const { count } = doc.bufferedPageRange();
  for (let page = 0; page < count; page += 1) {
    doc.switchToPage(page);
    doc.page.margins.bottom = 0; // otherwise a line this low starts another page
    const options = { width: 467, align: 'right', lineBreak: false } as const;
    doc
      .font('Helvetica')
      .fontSize(8)
      .fillColor(grey)
      .text(`Seite ${page + 1} von ${count}`, 71, 800, options);
  }
  doc.end();
  return buffer(doc as unknown as NodeJS.ReadableStream);
}

function letterhead(doc: Doc, { from, crest }: Letter): void {
  if (crest) doc.image(crest, 478, 46, { width: 58 });
  doc
    .font('Helvetica-Bold')
    .fontSize(15)
    .text(from[0] ?? '', 71, 56);
  doc.font('Helvetica').fontSize(9).fillColor(grey);
  for (const line of from.slice(1)) doc.text(line);
  doc.moveTo(71, 118).lineTo(538, 118).lineWidth(0.6).strokeColor('#999999').stroke().fillColor('black');
}

/** A letter of an authority, laid out like one (DIN 5008). */
export async function letter(facts: Letter): Promise<Buffer> {
  const doc = open(facts.subject, facts.day);
  if (facts.stamp) stampAcross(doc, facts.stamp);
  letterhead(doc, facts);
  doc.fontSize(10).text(facts.to.join('\n'), 71, 146, { lineGap: 2 });
  doc
    .fontSize(9)
    .fillColor(grey)
    .text(`Unser Zeichen: ${facts.reference}\n${dayInWords('de', facts.day)}`, 380, 146, { lineGap: 2 });
  doc.fillColor('black').font('Helvetica-Bold').fontSize(11).text(facts.subject, 71, 262, { width: 467 });
  doc.font('Helvetica').fontSize(10.5).moveDown();
  for (const paragraph of facts.paragraphs) doc.text(paragraph, { width: 467, lineGap: 2.5 }).moveDown(0.8);
  doc.moveDown().text('Mit freundlichen Grüßen').moveDown(0.6).text('Im Auftrag').moveDown(1.6).text(facts.signed);
  return close(doc);
}

export type Report = {
  readonly title: string;
  readonly subtitle: string;
  readonly day: Date;
  readonly sections: readonly { readonly heading: string; readonly paragraphs: readonly string[] }[];
  readonly picture?: Buffer | null;
  readonly stamp?: string | null;
};

/** Minutes, resolutions, statements: a title and sections. */
export async function report({ title, subtitle, day, sections, picture, stamp }: Report): Promise<Buffer> {
  const doc = open(title, day);
  if (stamp) stampAcross(doc, stamp);
  doc.font('Helvetica-Bold').fontSize(18).text(title, 71, 64, { width: 467 });
  doc.font('Helvetica').fontSize(10).fillColor(grey).text(subtitle).fillColor('black').moveDown();
  if (picture) doc.image(picture, { width: 467 }).moveDown();
  for (const { heading, paragraphs } of sections) {
    doc.font('Helvetica-Bold').fontSize(12).text(heading, { width: 467 }).moveDown(0.3);
    doc.font('Helvetica').fontSize(10.5);
    for (const paragraph of paragraphs) doc.text(paragraph, { width: 467, lineGap: 2.5 }).moveDown(0.6);
    doc.moveDown(0.4);
  }
  return close(doc);
}
