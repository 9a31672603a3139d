import type { Locale } from '#platform/words';
import type { Fee } from './rules-flow.ts';
import type { SummarySection } from './rules-summary.ts';

/** What a correction has changed, as people read it. */
export type Change = { readonly label: string; readonly from: string; readonly to: string };

const keyed = (sections: readonly SummarySection[]) =>
  new Map(
    sections.flatMap(({ page, item, title, rows }) =>
      rows.map(({ label, value }) => [JSON.stringify([page, item, label]), { label: `${title} ${label}`, value }] as const),
    ),
  );

/** Every answer that reads differently now, those that are gone last. */
export function changesBetween(before: readonly SummarySection[], after: readonly SummarySection[]): Change[] {
  const [old, now] = [keyed(before), keyed(after)];
  const changed = [...now].flatMap(([key, { label, value }]) => {
    const from = old.get(key)?.value ?? '';
    return from === value ? [] : [{ label, from, to: value }];
  });
  const gone = [...old].flatMap(([key, { label, value }]) => (now.has(key) ? [] : [{ label, from: value, to: '' }]));
  return [...changed, ...gone];
}

type NamedFile = { readonly field: string; readonly name: string; readonly correction: 'added' | 'removed' | null };
type FileWords = { readonly before: string; readonly now: string };

/** Files that are others now under the same name: the answers themselves, which say the names, do not show it. */
export function replacedFiles(files: readonly NamedFile[], { before, now }: FileWords): Change[] {
  const added = files.filter(({ correction }) => correction === 'added');
  return files
    .filter(({ correction }) => correction === 'removed')
    .filter(({ field, name }) => added.some((file) => file.field === field && file.name === name))
    .map(({ name }) => ({ label: name, from: before, to: now }));
}

const feeWords = {
  de: { fee: 'Gebühr', none: 'keine', later: 'setzt die Verwaltung fest' },
  en: { fee: 'Fee', none: 'none', later: 'is set by the administration' },
} as const;

function feeInWords(fee: Fee, locale: Locale): string {
  if (fee.kind !== 'sum') return feeWords[locale][fee.kind];
  return `${(fee.cents / 100).toFixed(2).replace('.', locale === 'de' ? ',' : '.')} €`;
}

/** How the fee would change; empty: it stays. */
export function feeChanges(before: Fee, now: Fee | null, locale: Locale): Change[] {
  const [from, to] = [feeInWords(before, locale), feeInWords(now ?? before, locale)];
  return from === to ? [] : [{ label: feeWords[locale].fee, from, to }];
}

/** What a replaced file is called. */
export const fileWords = {
  de: { before: 'bisherige Datei', now: 'neue Datei' },
  en: { before: 'former file', now: 'new file' },
} as const;

/** One line for each change, no longer than there is room for. */
export function changesInWords(changes: readonly Change[], most: number): string {
  const text = changes.map(({ label, from, to }) => `${label}: ${from || '–'} → ${to || '–'}`).join('\n');
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
