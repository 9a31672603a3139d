import { dayInWords } from '#platform/day-words';
import type { Field, Text } from './rules-definition.ts';
import type { Value } from './rules-expression.ts';
import type { AskedPage, Entry, Walk } from './rules-flow.ts';

/** What was answered, as people read it: for the summary, the receipt and the office. */

export type SummaryRow = { readonly label: string; readonly value: string };
export type SummarySection = {
  readonly page: string;
  readonly item: number;
  readonly title: string;
  readonly rows: readonly SummaryRow[];
};

type Locale = keyof Text;

/** Made once: making one takes longer than everything else an answer needs. */
const amount = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
const moneyForms = { de: new Intl.NumberFormat('de-DE', amount), en: new Intl.NumberFormat('en-GB', amount) };

export const euros = (cents: number, locale: Locale): string => `${moneyForms[locale].format(cents / 100)} €`;

const yesNo: Readonly<Record<Locale, readonly [string, string]>> = { de: ['Ja', 'Nein'], en: ['Yes', 'No'] };

/** An answer in words; empty when there is none. */
function inWords(
  { kind, options = [], decimals = 0 }: Pick<Field, 'kind' | 'options' | 'decimals'>,
  value: Value,
  locale: Locale,
): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return yesNo[locale][value ? 0 : 1];
  const labelOf = (wanted: string) => options.find((option) => option.value === wanted)?.label[locale] ?? wanted;
  if (kind === 'choice') return labelOf(String(value));
  if (kind === 'several') return (value as readonly string[]).map(labelOf).join(', ');
  if (kind === 'file') return (value as readonly string[]).join(', ');
  if (kind === 'money') return euros(Number(value), locale);
  if (kind === 'date') return dayInWords(locale, String(value));
  if (kind === 'iban') return String(value).replaceAll(/(.{4})(?=.)/g, '$1 ');
  if (typeof value === 'number') return value.toLocaleString(locale, { maximumFractionDigits: decimals });
  return String(value);
}

function rowsOf({ readings }: Entry, locale: Locale): SummaryRow[] {
  return readings.flatMap(({ field, values }) => {
    const value = inWords(field, values[0]?.[1] ?? null, locale);
    return value === '' ? [] : [{ label: field.label[locale], value }];
  });
}

const sectionsOf = ({ page, entries }: AskedPage, locale: Locale): SummarySection[] =>
  entries.map((entry, item) => ({
    page: page.key,
    item,
    title: page.repeat ? `${page.repeat.item[locale]} ${item + 1}` : page.title[locale],
    rows: rowsOf(entry, locale),
  }));

/** Places after the comma of a calculated number. */
const calculatedDecimals = 2;

const calculatedTitle: Text = { de: 'Berechnet', en: 'Calculated' };

/** Everything that was answered, page by page, and what follows from it. A section without a page cannot be changed. */
export function summaryOf({ pages, calculated }: Walk, locale: Locale): SummarySection[] {
  const rows = calculated.flatMap(({ label, kind, value }) =>
    kind === 'hidden' || typeof value !== 'number' || value === 0
      ? []
      : [{ label: label[locale], value: inWords({ kind, decimals: calculatedDecimals }, value, locale) }],
  );
  const sums = rows.length > 0 ? [{ page: '', item: 0, title: calculatedTitle[locale], rows }] : [];
  return [...pages.flatMap((asked) => sectionsOf(asked, locale)), ...sums];
}

/** The answers by name, for programs; entries of repeated pages as lists. What was not asked is not in it. */
export function dataOf({ pages, calculated }: Walk): Readonly<Record<string, unknown>> {
  const own = ({ readings }: Entry) =>
    Object.fromEntries(readings.flatMap(({ values }) => values.filter(([, value]) => value !== null)));
  const data: Record<string, unknown> = {};
  for (const { page, entries } of pages)
    Object.assign(data, page.repeat ? { [page.key]: entries.map(own) } : own(entries[0] as Entry));
  for (const { key, value } of calculated) if (value !== null) data[key] = value;
  return data;
}
