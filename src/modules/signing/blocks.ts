import { type Desk, grey, put, type Struct, sheet, sizes, structure, textWidth } from './desk.ts';
import type { DocumentBlock } from './rules-content.ts';

type BlockOf<Kind extends DocumentBlock['kind']> = Extract<DocumentBlock, { kind: Kind }>;

const lineGap = 2;
const pad = 4;
const floor = sheet.height - sheet.bottom;

/** Begins a new page when less than so many points are left on this one. */
function need({ pdf }: Desk, points: number): void {
  if (pdf.y + points > floor) pdf.addPage();
  pdf.x = sheet.left;
}

function flow(desk: Desk, tag: string, text: string): void {
  const { pdf, set } = desk;
  put(desk, tag, () => pdf.text(set(text), sheet.left, pdf.y, { width: textWidth, lineGap }));
}

function drawHeading(desk: Desk, { text, level = 2 }: BlockOf<'heading'>): void {
  need(desk, 60); // never alone at the foot of a page
  desk.pdf
    .moveDown(0.5)
    .font('bold')
    .fontSize(level === 2 ? sizes.heading : sizes.text)
    .fillColor('black');
  flow(desk, `H${level}`, text);
  desk.pdf.moveDown(0.3);
}

function drawParagraph(desk: Desk, { text }: BlockOf<'paragraph'>): void {
  desk.pdf.font('regular').fontSize(sizes.text).fillColor('black');
  flow(desk, 'P', text);
  desk.pdf.moveDown(0.6);
}

function drawList(desk: Desk, { items }: BlockOf<'list'>): void {
  const { pdf, root, set } = desk;
  pdf.font('regular').fontSize(sizes.text).fillColor('black');
  const list = pdf.struct('L');
  root.add(list);
  for (const item of items) {
    need(desk, 2 * sizes.text);
    const y = pdf.y;
    const parts = [
      structure(pdf, 'Lbl', () => pdf.text('•', sheet.left, y, { width: 14 })),
      structure(pdf, 'LBody', () => pdf.text(set(item), sheet.left + 14, y, { width: textWidth - 14, lineGap })),
    ];
    const entry = pdf.struct('LI');
    list.add(entry);
    for (const part of parts) entry.add(part);
    pdf.moveDown(0.2);
  }
  pdf.x = sheet.left;
  pdf.moveDown(0.4);
}

function drawAnswers(desk: Desk, { answers }: BlockOf<'answers'>): void {
  const { pdf } = desk;
  for (const { question, answer } of answers) {
    need(desk, 40);
    pdf.font('regular').fontSize(sizes.small).fillColor(grey);
    flow(desk, 'P', question);
    pdf.font('regular').fontSize(sizes.text).fillColor('black');
    flow(desk, 'P', answer.trim() === '' ? '–' : answer);
    pdf.moveDown(0.5);
  }
}

/** Widths in points that share the page: by the longest line in each column, within bounds. */
function columnWidths(desk: Desk, { head, rows }: BlockOf<'table'>): number[] {
  const { pdf, set } = desk;
  pdf.font('regular').fontSize(sizes.text);
  const sample = rows.slice(0, 200);
  const wishes = head.map((label, column) => {
    const widths = [label, ...sample.map((row) => row[column] ?? '')].map((text) => pdf.widthOfString(set(text).slice(0, 200)));
    return Math.min(Math.max(...widths, 30) + 2 * pad + 4, textWidth * 0.6);
  });
  const sum = wishes.reduce((whole, wish) => whole + wish, 0);
  return wishes.map((wish) => (wish * textWidth) / sum);
}

type Row = { readonly cells: readonly string[]; readonly tag: 'TH' | 'TD'; readonly isBold: boolean };
type Table = {
  readonly desk: Desk;
  readonly struct: Struct;
  readonly widths: readonly number[];
  readonly numbers: readonly number[];
};

function rowHeight({ desk, widths }: Table, { cells, isBold }: Row): number {
  const { pdf, set } = desk;
  pdf.font(isBold ? 'bold' : 'regular').fontSize(sizes.text);
  const heights = cells.map((cell, column) =>
    pdf.heightOfString(set(cell) || ' ', { width: (widths[column] as number) - 2 * pad, lineGap }),
  );
  return Math.max(...heights) + 2 * pad;
}

function drawRow(table: Table, row: Row, height: number): void {
  const { desk, struct, widths, numbers } = table;
  const { pdf, set } = desk;
  const top = pdf.y;
  const line = pdf.struct('TR');
  struct.add(line);
  pdf
    .font(row.isBold ? 'bold' : 'regular')
    .fontSize(sizes.text)
    .fillColor('black');
  let x = sheet.left;
  for (const [column, cell] of row.cells.entries()) {
    const width = widths[column] as number;
    const place = x;
    const align = numbers.includes(column) ? ('right' as const) : ('left' as const);
    const drawCell = () => pdf.text(set(cell), place + pad, top + pad, { width: width - 2 * pad, lineGap, align });
    line.add(structure(pdf, row.tag, drawCell, row.tag === 'TH' ? { scope: 'Column' } : {}));
    x += width;
  }
  const y = top + height;
  pdf.markContent('Artifact', { type: 'Layout' });
  pdf
    .moveTo(sheet.left, y)
    .lineTo(sheet.left + textWidth, y)
    .lineWidth(row.isBold ? 0.8 : 0.4)
    .strokeColor('#999999')
    .stroke();
  pdf.endMarkedContent();
  pdf.x = sheet.left;
  pdf.y = y;
}

/** A row that does not fit a page is written as lines of "column: text": a cell never runs over its row. */
function drawAsLines(desk: Desk, head: readonly string[], cells: readonly string[]): void {
  desk.pdf.font('regular').fontSize(sizes.text);
  for (const [column, cell] of cells.entries()) flow(desk, 'P', `${head[column] ?? ''}: ${cell}`);
  desk.pdf.moveDown(0.4);
}

function drawTable(desk: Desk, block: BlockOf<'table'>): void {
  const { pdf, root } = desk;
  const { caption, head, rows, numbers = [], hasTotal = false } = block;
  const widths = columnWidths(desk, block);
  const open = (): Table => {
    const struct = pdf.struct('Table');
    root.add(struct);
    return { desk, struct, widths, numbers };
  };
  const headRow: Row = { cells: head, tag: 'TH', isBold: true };
  if (caption) {
    need(desk, 80);
    pdf.font('bold').fontSize(sizes.text);
    flow(desk, 'P', caption);
    pdf.moveDown(0.2);
  }
  let table = open();
  const headHeight = rowHeight(table, headRow);
  const most = (floor - sheet.top) / 2;
  need(desk, headHeight + 40);
  drawRow(table, headRow, headHeight);
  for (const [index, cells] of rows.entries()) {
    const row: Row = { cells, tag: 'TD', isBold: hasTotal && index === rows.length - 1 };
    const height = rowHeight(table, row);
    if (height > most) {
      drawAsLines(desk, head, cells);
      continue;
    }
    if (pdf.y + height > floor) {
      pdf.addPage();
      table = open(); // a table of its own on each page, with its head: what people and screen readers see is the same
      drawRow(table, headRow, headHeight);
    }
    drawRow(table, row, height);
  }
  pdf.moveDown(0.8);
}

function drawNote(desk: Desk, { text }: BlockOf<'note'>): void {
  const { pdf, set } = desk;
  pdf.font('regular').fontSize(sizes.small);
  const width = textWidth - 4 * pad;
  const height = pdf.heightOfString(set(text), { width, lineGap }) + 4 * pad;
  const isFramed = height < floor - sheet.top;
  if (isFramed) need(desk, height);
  const top = pdf.y;
  if (isFramed) {
    pdf.markContent('Artifact', { type: 'Layout' });
    pdf.rect(sheet.left, top, textWidth, height).lineWidth(0.6).strokeColor('#999999').stroke();
    pdf.endMarkedContent();
  }
  pdf.fillColor('black');
  put(desk, 'P', () => pdf.text(set(text), sheet.left + 2 * pad, top + 2 * pad, { width, lineGap }));
  pdf.x = sheet.left;
  if (isFramed) pdf.y = top + height;
  pdf.fontSize(sizes.text).moveDown(0.8);
}

/** Draws one block where the text stands, and goes on to further pages as it needs. */
export function drawBlock(desk: Desk, block: DocumentBlock): void {
  if (block.kind === 'heading') drawHeading(desk, block);
  else if (block.kind === 'paragraph') drawParagraph(desk, block);
  else if (block.kind === 'list') drawList(desk, block);
  else if (block.kind === 'answers') drawAnswers(desk, block);
  else if (block.kind === 'table') drawTable(desk, block);
  else drawNote(desk, block);
}
