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

/** One line for each change, no longer than there is room for. */
export function changesInWords(changes: readonly Change[], most: number): string {
  const text = changes.map(({ label, from, to }) => `${label}: ${from || '–'} → ${to || '–'}`).join('\n');
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
