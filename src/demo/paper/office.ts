import { packZip } from './zip.ts';

/** Office files, small and whole: what the three formats demand and nothing else. They open in LibreOffice and in Word or Excel. */

const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const asXml = (text: string) => text.replaceAll(/[&<>"]/g, (character) => marks[character] as string);
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

const packages = 'http://schemas.openxmlformats.org/package/2006';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const openXml = 'application/vnd.openxmlformats-officedocument';

/** A text: its title, then paragraphs. A paragraph that begins with `# ` is a heading. */
export type Writing = { readonly title: string; readonly paragraphs: readonly string[]; readonly day: Date };

const contentTypes = (parts: readonly (readonly [path: string, type: string])[]) =>
  `${head}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${parts
    .map(([path, type]) => `<Override PartName="/${path}" ContentType="${openXml}.${type}+xml"/>`)
    .join('')}</Types>`;

const relations = (parts: readonly (readonly [target: string, type: string])[]) =>
  `${head}<Relationships xmlns="${packages}/relationships">${parts
    .map(([target, type], index) => `<Relationship Id="rId${index + 1}" Type="${office}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;

function wordParagraph(text: string): string {
  const isHeading = text.startsWith('# ');
  const style = isHeading
    ? '<w:pPr><w:spacing w:before="240" w:after="80"/></w:pPr>'
    : '<w:pPr><w:spacing w:after="120"/></w:pPr>';
  const run = isHeading ? '<w:rPr><w:b/><w:sz w:val="26"/></w:rPr>' : '';
  return `<w:p>${style}<w:r>${run}<w:t xml:space="preserve">${asXml(text.replace(/^# /, ''))}</w:t></w:r></w:p>`;
}

/** A text for Word (ECMA-376). */
export async function docx({ title, paragraphs, day }: Writing): Promise<Buffer> {
  const heading = `<w:p><w:pPr><w:spacing w:after="240"/></w:pPr><w:r><w:rPr><w:b/><w:sz w:val="34"/></w:rPr><w:t>${asXml(title)}</w:t></w:r></w:p>`;
  const body = `${head}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${heading}${paragraphs
    .map(wordParagraph)
    .join(
      '',
    )}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1134" w:bottom="1134" w:left="1418" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr></w:body></w:document>`;
  return packZip(
    [
      { name: '[Content_Types].xml', content: contentTypes([['word/document.xml', 'wordprocessingml.document.main']]) },
      { name: '_rels/.rels', content: relations([['word/document.xml', 'officeDocument']]) },
      { name: 'word/document.xml', content: body },
    ],
    day,
  );
}

const openDocument = (name: string) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`;

/** A text for LibreOffice (ISO/IEC 26300). */
export async function odt({ title, paragraphs, day }: Writing): Promise<Buffer> {
  const mime = 'application/vnd.oasis.opendocument.text';
  const line = (text: string) =>
    text.startsWith('# ')
      ? `<text:h text:outline-level="2">${asXml(text.slice(2))}</text:h>`
      : `<text:p>${asXml(text)}</text:p><text:p/>`;
  const content = `${head}<office:document-content ${openDocument('office')} ${openDocument('text')} office:version="1.3"><office:body><office:text><text:h text:outline-level="1">${asXml(
    title,
  )}</text:h>${paragraphs.map(line).join('')}</office:text></office:body></office:document-content>`;
  const manifest = `${head}<manifest:manifest ${openDocument('manifest')} manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="${mime}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`;
  return packZip(
    [
      { name: 'mimetype', content: mime, isPlain: true }, // first and unpacked, so that the format shows at a fixed place
      { name: 'content.xml', content },
      { name: 'META-INF/manifest.xml', content: manifest },
    ],
    day,
  );
}

/** A cell that begins with `=` is a formula. */
export type Cell = string | number;
export type Table = { readonly name: string; readonly rows: readonly (readonly Cell[])[]; readonly day: Date };

function excelCell(cell: Cell, isHead: boolean): string {
  const style = isHead ? ' s="1"' : '';
  if (typeof cell === 'number') return `<c s="2"><v>${cell}</v></c>`;
  if (cell.startsWith('=')) return `<c s="2"><f>${asXml(cell.slice(1))}</f></c>`;
  return `<c t="inlineStr"${style}><is><t xml:space="preserve">${asXml(cell)}</t></is></c>`;
}

const styles = `${head}<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="4" applyNumberFormat="1"/></cellXfs></styleSheet>`;

/** A table for Excel (ECMA-376); the first row is its head. */
export async function xlsx({ name, rows, day }: Table): Promise<Buffer> {
  const lines = rows.map((row, index) => `<row>${row.map((cell) => excelCell(cell, index === 0)).join('')}</row>`);
  const sheet = `${head}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cols><col min="1" max="1" width="44" customWidth="1"/><col min="2" max="8" width="16" customWidth="1"/></cols><sheetData>${lines.join('')}</sheetData></worksheet>`;
  const book = `${head}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${office}"><sheets><sheet name="${asXml(name.slice(0, 31))}" sheetId="1" r:id="rId1"/></sheets></workbook>`;
  const types = contentTypes([
    ['xl/workbook.xml', 'spreadsheetml.sheet.main'],
    ['xl/worksheets/sheet1.xml', 'spreadsheetml.worksheet'],
    ['xl/styles.xml', 'spreadsheetml.styles'],
  ]);
  return packZip(
    [
      { name: '[Content_Types].xml', content: types },
      { name: '_rels/.rels', content: relations([['xl/workbook.xml', 'officeDocument']]) },
      { name: 'xl/workbook.xml', content: book },
      {
        name: 'xl/_rels/workbook.xml.rels',
        content: relations([
          ['worksheets/sheet1.xml', 'worksheet'],
          ['styles.xml', 'styles'],
        ]),
      },
      { name: 'xl/worksheets/sheet1.xml', content: sheet },
      { name: 'xl/styles.xml', content: styles },
    ],
    day,
  );
}
