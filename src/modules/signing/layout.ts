import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import PdfDocument from 'pdfkit';
import { drawBlock } from './blocks.ts';
import { type Desk, grey, type Pdf, type Picture, put, sheet, sizes, structure, textWidth } from './desk.ts';
import type { DrawingRequest, Drawn, SealRoom } from './drawing.ts';
import { fonts, repertoire } from './fonts.ts';
import { universalAccessMarks } from './marks.ts';
import { type DocumentContent, documentLimits, type EmbeddedFile, settable } from './rules-content.ts';

/** More pages than a document may have. */
export class TooLong extends Error {}

const says = {
  de: { page: 'Seite', of: 'von', crest: 'Wappen', sealed: 'Elektronisch gesiegelt von' },
  en: { page: 'Page', of: 'of', crest: 'Crest', sealed: 'Electronically sealed by' },
};

const oneLined = (text: string) => text.replaceAll('\n', ' ').trim() || '–';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * A text for the document's properties. pdfkit 0.20 writes them into the XML of the metadata as they are; that asks for a string, and gets
 * one in which nothing is markup, while the properties themselves take the value.
 */
function property(text: string): string {
  const escaped = text.replaceAll(/[&<>]/g, (character) => escapes[character] as string);
  return Object.assign(new String(text), { toString: () => escaped }) as unknown as string;
}

function openPdf(title: string, { language, letterhead, at }: DocumentContent, set: Desk['set']): Pdf {
  const info = {
    Title: property(oneLined(set(title))),
    Author: property(oneLined(set(letterhead.name))),
    Creator: 'Rennsteig',
    Producer: 'Rennsteig',
    CreationDate: at,
    ModDate: at,
  };
  const pdf = new PdfDocument({
    size: 'A4',
    bufferPages: true,
    pdfVersion: '1.7',
    subset: 'PDF/A-3a',
    tagged: true,
    displayTitle: true,
    info,
    lang: language === 'de' ? 'de-DE' : 'en-GB',
    margins: { top: sheet.top, bottom: sheet.bottom, left: sheet.left, right: sheet.right },
    font: fonts.regular as never,
  });
  pdf.registerFont('regular', fonts.regular as never);
  pdf.registerFont('bold', fonts.bold as never);
  let pages = 1;
  pdf.on('pageAdded', () => {
    pages += 1;
    if (pages > documentLimits.pages) throw new TooLong();
  });
  return pdf;
}

function drawLetterhead(desk: Desk, { letterhead, language }: DocumentContent): void {
  const { pdf, root, set, picture } = desk;
  const { name, lines, crest } = letterhead;
  const width = textWidth - (crest ? 70 : 0);
  if (crest) {
    const [x, y, side] = [sheet.width - sheet.right - 56, 44, 56];
    const alt = set(`${says[language].crest} ${name}`);
    const drawCrest = () => pdf.image(picture(crest) as never, x, y, { fit: [side, side], align: 'right' });
    root.add(structure(pdf, 'Figure', drawCrest, { alt, bbox: [x, y, x + side, y + side] }));
  }
  put(desk, 'P', () => pdf.font('bold').fontSize(13).fillColor('black').text(set(name), sheet.left, 48, { width }));
  if (lines.length > 0) {
    const line = set(lines.join(' · '));
    put(desk, 'P', () =>
      pdf
        .font('regular')
        .fontSize(sizes.small)
        .fillColor(grey)
        .text(line, sheet.left, pdf.y + 2, { width }),
    );
  }
  const y = Math.max(pdf.y + 6, crest ? 106 : 0);
  pdf.markContent('Artifact', { type: 'Layout' });
  pdf
    .moveTo(sheet.left, y)
    .lineTo(sheet.width - sheet.right, y)
    .lineWidth(0.6)
    .strokeColor('#999999')
    .stroke();
  pdf.endMarkedContent();
  pdf.y = y + 18;
}

/** Address at the left, facts at the right, beside each other. */
function drawAddress(desk: Desk, { recipient = [], facts = [] }: DocumentContent): void {
  const { pdf, set } = desk;
  const top = recipient.length > 0 ? Math.max(pdf.y, 140) : pdf.y;
  let end = top;
  pdf.font('regular').fontSize(sizes.text).fillColor('black');
  if (recipient.length > 0) {
    const text = recipient.map(set).join('\n');
    put(desk, 'P', () => pdf.text(text, sheet.left, top, { width: 240, lineGap: 2 }));
    end = Math.max(pdf.y, top + 90);
  }
  const [x, width] = recipient.length > 0 ? [sheet.left + 270, textWidth - 270] : [sheet.left, textWidth];
  let y = top;
  for (const { label, value } of facts) {
    const text = set(`${label}: ${value}`);
    put(desk, 'P', () => pdf.fontSize(sizes.small).fillColor(grey).text(text, x, y, { width, lineGap: 1 }));
    y = pdf.y;
  }
  pdf.fillColor('black');
  pdf.x = sheet.left;
  pdf.y = Math.max(end, y) + (end > top || y > top ? 16 : 0);
}

const pagesOf = (pdf: Pdf) => pdf.bufferedPageRange().count;

/** A document within the file: where it begins, counted from 0, and how long it is. */
type Part = { readonly language: DocumentContent['language']; readonly first: number; readonly pages: number };

/** Page numbers, and who has sealed it: not part of the text. */
function drawFeet(pdf: Pdf, { language, first, pages }: Part, seal: string | null): void {
  const word = says[language];
  for (let page = 1; page <= pages; page += 1) {
    pdf.switchToPage(first + page - 1);
    pdf.page.margins.bottom = 0; // otherwise a line this low starts another page
    pdf.markContent('Artifact', { type: 'Pagination' });
    pdf.font('regular').fontSize(8).fillColor(grey);
    const options = { width: textWidth, lineBreak: false } as const;
    if (seal)
      pdf.text(`${word.sealed} ${seal}`, sheet.left, 796, { ...options, width: textWidth - 80, height: 10, ellipsis: true });
    pdf.text(`${word.page} ${page} ${word.of} ${pages}`, sheet.left, 796, { ...options, align: 'right' });
    pdf.endMarkedContent();
  }
}

function attach(pdf: Pdf, files: readonly EmbeddedFile[], at: Date): void {
  for (const { name, type, bytes, relationship, description } of files) {
    const options = { name, type, relationship, creationDate: at, modifiedDate: at, ...(description ? { description } : {}) };
    pdf.file(Buffer.from(bytes) as never, options as never);
  }
}

const numberWidth = 10;
const widest = 10 ** numberWidth - 1;

type Ref = { data: Record<string, unknown>; end(): void };
type Inside = {
  _root: Ref;
  _acroform: { fonts: object; defaultFont: string };
  ref(data: object): Ref;
  page: { dictionary: Ref; annotations: Ref[] };
  openImage(bytes: Buffer): Picture;
};

/**
 * Room for a seal (ISO 32000-2, 12.7.5.5 and 12.8; ETSI EN 319 142-1): a signature field without a place on the page, and a mark that
 * is found again in the finished bytes.
 */
function makeRoom(pdf: Pdf, { name, at, bytes }: NonNullable<DrawingRequest['seal']>): string {
  const inside = pdf as unknown as Inside;
  const mark = Buffer.alloc(bytes, randomBytes(32));
  const signature = inside.ref({
    Type: 'Sig',
    Filter: 'Adobe.PPKLite',
    SubFilter: 'ETSI.CAdES.detached',
    ByteRange: [0, widest, widest, widest],
    Contents: mark,
    Name: new String(name),
    M: at,
  });
  signature.end();
  const field = inside.ref({
    Type: 'Annot',
    Subtype: 'Widget',
    FT: 'Sig',
    T: new String('Siegel'),
    V: signature,
    F: 132,
    Rect: [0, 0, 0, 0],
    P: inside.page.dictionary,
  });
  field.end();
  inside.page.annotations.push(field);
  // pdfkit ends the form itself, and wants to know the fonts of fields that have text.
  inside._acroform = { fonts: {}, defaultFont: 'regular' };
  inside._root.data.AcroForm = inside.ref({ Fields: [field], SigFlags: 3, DR: { Font: {} } });
  return mark.toString('hex');
}

function findRoom(bytes: Buffer, mark: string): SealRoom {
  const at = bytes.indexOf(mark, 0, 'latin1');
  const numbers = `${widest} ${widest} ${widest}`;
  const rangeAt = bytes.lastIndexOf(numbers, at, 'latin1');
  if (at < 0 || rangeAt < 0) throw new Error('the room for the seal is not there');
  return { contentsAt: at - 1, contentsEnd: at + mark.length + 1, rangeAt, numberWidth };
}

function pictures(pdf: Pdf): Desk['picture'] {
  const opened = new Map<Uint8Array, Picture>();
  return (bytes) => {
    const picture = opened.get(bytes) ?? (pdf as unknown as Inside).openImage(Buffer.from(bytes));
    opened.set(bytes, picture);
    return picture;
  };
}

/** What follows begins on an odd page. */
function turnSheet(pdf: Pdf): void {
  if (pagesOf(pdf) % 2 === 1) pdf.addPage();
  pdf.addPage();
}

/** Lays a document out from the page that was begun last. */
function drawPart(desk: Desk, content: DocumentContent): Part {
  const { pdf, set } = desk;
  const first = pagesOf(pdf) - 1;
  drawLetterhead(desk, content);
  drawAddress(desk, content);
  put(desk, 'H1', () => pdf.font('bold').fontSize(sizes.title).text(set(content.title), sheet.left, pdf.y, { width: textWidth }));
  pdf.moveDown(0.6);
  for (const block of content.blocks) drawBlock(desk, block);
  attach(pdf, content.files ?? [], content.at);
  return { language: content.language, first, pages: pagesOf(pdf) - first };
}

/** Lays the documents of a file out. Throws {@link TooLong}. */
export async function drawDocument({ title, contents, seal }: DrawingRequest): Promise<Drawn> {
  const missing = new Set<string>();
  const set = (text: string) => settable(text, repertoire, missing);
  const pdf = openPdf(title, contents[0], set);
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  const desk: Desk = { pdf, root, set, picture: pictures(pdf) };
  const parts = contents.map((content, index) => {
    if (index > 0) turnSheet(pdf);
    return drawPart(desk, content);
  });
  root.end();
  pdf.switchToPage(0);
  const mark = seal && makeRoom(pdf, { ...seal, name: set(seal.name) });
  for (const part of parts) drawFeet(pdf, part, seal && set(seal.name));
  const pages = pagesOf(pdf);
  (pdf as unknown as { appendXML(xml: string): void }).appendXML(universalAccessMarks);
  pdf.end();
  const bytes = await buffer(pdf as unknown as NodeJS.ReadableStream);
  return { bytes, pages, replaced: [...missing], room: mark ? findRoom(bytes, mark) : null };
}
