/**
 * A cell of a table as every spreadsheet reads it (RFC 4180, with semicolons). A text that would be a formula there is marked as text,
 * and one with a comma is quoted as well: what splits at commas, too, would find a formula in its middle.
 */
export function csvCell(value: string | number): string {
  const text = String(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
