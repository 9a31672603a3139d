import { ensure, Failure } from '#platform/errors';

/** `lines`: empty ones included, which make no row. */
export const csvLimits = { bytes: 4_194_304, rows: 5_000, lines: 50_000, columns: 50 };

/** What files from Windows offices are in when they are not UTF-8: Excel writes it as "CSV" to this day. */
const fallbackEncoding = 'windows-1252';

/** What stands in no text: control characters, but for spaces and those that Windows-1252 leaves undefined. */
const notText = /[^\P{Cc}\s\u0080-\u009f]/u;

/**
 * The text of a file that is UTF-8 (with or without mark), UTF-16 with mark, or else Windows-1252. Throws `tooLarge`, `invalid` for
 * what is no text: every sequence of bytes can be read as Windows-1252, spreadsheets and pictures too.
 */
export function decodeText(bytes: Uint8Array): string {
  ensure(bytes.length <= csvLimits.bytes, 'tooLarge', 'platform.tooLarge', { limit: csvLimits.bytes });
  const text = decoded(bytes);
  ensure(!notText.test(text), 'invalid', 'accounts.csvBinary');
  return text;
}

function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder(fallbackEncoding).decode(bytes);
  }
}

const delimiters = [';', ',', '\t'] as const;

/** The sign that stands most often in the first line outside of quotes. */
function findDelimiter(text: string): string {
  const line = /^(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(text)?.[0].replaceAll(/"(?:[^"]|"")*"/g, '') ?? '';
  const counts = delimiters.map((sign) => ({ sign, count: line.split(sign).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).sign;
}

export type CsvRow = { readonly line: number; readonly cells: readonly string[] };

/** One cell from `start`: its text and where it ends. RFC 4180, 2: quotes around a cell, two quotes for one inside. */
function readCell(text: string, start: number, delimiter: string): { cell: string; end: number } {
  if (text[start] !== '"') {
    let end = start;
    while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text[end] !== '\r') end += 1;
    return { cell: text.slice(start, end), end };
  }
  for (let position = start + 1; ; ) {
    const quote = text.indexOf('"', position);
    if (quote < 0) throw new Failure('invalid', 'accounts.csvQuotes', { line: lineOf(text, start) });
    if (text[quote + 1] === '"') position = quote + 2;
    else return { cell: text.slice(start + 1, quote).replaceAll('""', '"'), end: quote + 1 };
  }
}

const lineOf = (text: string, offset: number) => text.slice(0, offset).split('\n').length;

/**
 * The rows of a table, empty lines left out; comma, semicolon or tab, as the first line has it.
 * Throws `invalid` for quotes that do not close or have text behind them, `tooLarge` for too many rows.
 */
export function parseCsv(text: string): CsvRow[] {
  const delimiter = findDelimiter(text);
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let line = 1;
  let rowLine = 1;
  const endRow = () => {
    if (cells.some((cell) => cell.trim() !== '')) rows.push({ line: rowLine, cells });
    const isLong = rows.length > csvLimits.rows + 1 || line > csvLimits.lines;
    ensure(!isLong, 'tooLarge', 'accounts.csvTooLong', { limit: csvLimits.rows });
    cells = [];
  };
  for (let offset = 0; offset < text.length; ) {
    const { cell, end } = readCell(text, offset, delimiter);
    cells.push(cell);
    ensure(cells.length < csvLimits.columns, 'invalid', 'accounts.csvTooWide', { limit: csvLimits.columns });
    line += cell.split('\n').length - 1;
    if (text[end] === delimiter) {
      offset = end + 1;
      if (offset === text.length) cells.push('');
      continue;
    }
    const [lineEnd = ''] = /^(\r\n|\n|\r)/.exec(text.slice(end, end + 2)) ?? [];
    ensure(lineEnd !== '' || end === text.length, 'invalid', 'accounts.csvQuotes', { line });
    endRow();
    line += 1;
    rowLine = line;
    offset = end + lineEnd.length;
  }
  endRow();
  return rows;
}
