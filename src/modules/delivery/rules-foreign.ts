import { seenOnly } from '#platform/text';
import type { SpecialistData } from './rules-metadata.ts';

/**
 * Specialist data of systems we do not know, as people can read them: names and values as they stand there. The document itself is
 * kept beside it.
 */

type Row = { readonly label: string; readonly value: string };

export const foreignLimits = { rows: 400, depth: 12, label: 300, value: 4_000 };

/** Without what nobody sees, and what cannot be kept: half of a character where it was cut is one of these. */
const cut = (text: string, most: number) => seenOnly(text.length > most ? `${text.slice(0, most - 1)}…` : text);

function* rowsIn(value: unknown, path: readonly string[] = []): Generator<Row> {
  if (path.length > foreignLimits.depth || value === null || value === undefined) return;
  if (typeof value !== 'object') {
    yield { label: cut(path.join(' › ') || '–', foreignLimits.label), value: cut(String(value), foreignLimits.value) };
    return;
  }
  for (const [name, one] of Object.entries(value))
    yield* rowsIn(one, [...path, Array.isArray(value) ? String(Number(name) + 1) : name]);
}

/** A JSON document as rows; null: it is none. */
export function rowsOfJson(text: string): readonly Row[] | null {
  try {
    return rowsIn(JSON.parse(text)).take(foreignLimits.rows).toArray();
  } catch {
    return null;
  }
}

/** The rows as the one section a person reads. */
export function sectionOf(rows: readonly Row[]): SpecialistData['summary'] {
  const section = (title: string) => [{ page: 'data', item: 0, title, rows: [...rows] }];
  return { de: section('Fachdaten'), en: section('Specialist data') };
}
