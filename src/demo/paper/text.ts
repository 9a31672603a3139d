/** Lines of text as Windows programs write them. */
export const text = (...lines: readonly string[]): Buffer => Buffer.from(`${lines.join('\r\n')}\r\n`);

const quoted = (cell: string | number) =>
  typeof cell === 'number' ? String(cell).replace('.', ',') : cell.includes(';') ? `"${cell}"` : cell;

/** A table as German Excel reads it: semicolons, and a byte order mark so that umlauts survive. */
export const csv = (rows: readonly (readonly (string | number)[])[]): Buffer =>
  text(`\ufeff${rows.map((row) => row.map(quoted).join(';')).join('\r\n')}`);

export type Mail = {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly day: Date;
  readonly lines: readonly string[];
};

const encodedWord = (value: string) => (/^[ -~]*$/.test(value) ? value : `=?utf-8?B?${Buffer.from(value).toString('base64')}?=`);

/** A mail as mail programs save it (RFC 5322). */
export function mail({ from, to, subject, day, lines }: Mail): Buffer {
  const name = (value: string) =>
    value.replace(/^([^<]*)(<.*)?$/, (_, words: string, rest = '') => `${encodedWord(words.trim())} ${rest}`.trim());
  return text(
    `From: ${name(from)}`,
    `To: ${name(to)}`,
    `Subject: ${encodedWord(subject)}`,
    `Date: ${day.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${day.getTime().toString(36)}@vorfuehrung.example>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    ...lines,
  );
}
