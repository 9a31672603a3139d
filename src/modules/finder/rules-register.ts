import { isDay } from '#platform/day';
import { ensure } from '#platform/errors';
import { type Area, kindOfKey, parentKey } from './rules-area.ts';

/** Lists of areas as they come from statistical offices, and what taking one over would change. */

const registerLimits = { rows: 20_000, bytes: 5_000_000 };

/** One row of a list. `successor` names what a dissolved area became part of, on the day `endedOn`. */
export type RegisterRow = {
  readonly line: number;
  readonly key: string;
  readonly designation: string;
  readonly name: string;
  readonly postcodes: readonly string[];
  readonly population: number | null;
  readonly endedOn: string | null;
  readonly successors: readonly string[];
};

/** Column titles that we understand, folded to small letters; the first of each is ours. */
const columns: Readonly<Record<string, readonly string[]>> = {
  key: ['key', 'ags', 'schluessel', 'kreisschluessel', 'amtlicher gemeindeschlüssel', 'schlüssel'],
  designation: ['designation', 'bezeichnung', 'gemeinde', 'gemeindename'],
  name: ['name', 'kurzname'],
  postcodes: ['postcodes', 'plz', 'postleitzahl', 'plz_verwaltungssitz_2018'],
  population: ['population', 'einwohner', 'bevölkerung', 'einwohner_2018'],
  endedOn: ['ended', 'aufgelöst', 'aufgeloest', 'gültig bis', 'endedon'],
  successors: ['successor', 'nachfolger', 'successors', 'eingegliedert in'],
};

function cells(line: string): string[] {
  const found = line.match(/("(?:[^"]|"")*"|[^;]*)(;|$)/g) ?? [];
  return found.slice(0, -1 || undefined).map((cell) =>
    cell
      .replace(/;$/, '')
      .trim()
      .replace(/^"(.*)"$/s, '$1')
      .replaceAll('""', '"'),
  );
}

/**
 * Reads a list with a row of titles, separated by semicolons. Throws `invalid` when a needed column is missing and `tooLarge`
 * beyond {@link registerLimits}.
 */
export function readRegister(csv: string): RegisterRow[] {
  ensure(csv.length <= registerLimits.bytes, 'tooLarge', 'finder.listTooLarge', { limit: registerLimits.bytes });
  const lines = csv.replace(/^\ufeff/, '').split(/\r?\n/);
  const titles = cells(lines[0] ?? '').map((title) => title.toLowerCase());
  const at = Object.fromEntries(
    Object.entries(columns).map(([field, names]) => [field, titles.findIndex((title) => names.includes(title))]),
  );
  ensure((at.key ?? -1) >= 0 && (at.designation ?? -1) >= 0, 'invalid', 'finder.listColumns', { field: 'csv' });
  const rows = lines.slice(1).flatMap((line, index) => (line.trim() === '' ? [] : [readRow(cells(line), at, index + 2)]));
  ensure(rows.length <= registerLimits.rows, 'tooLarge', 'finder.tooManyItems', { field: 'csv', limit: registerLimits.rows });
  return rows;
}

const words = (text: string) => text.split(/[\s,|]+/).filter(Boolean);

function readRow(row: readonly string[], at: Readonly<Record<string, number>>, line: number): RegisterRow {
  const cell = (field: string) => row[at[field] ?? -1] ?? '';
  const designation = cell('designation').replaceAll(/\s+/g, ' ').slice(0, 200);
  const population = cell('population').replaceAll(/[.\s]/g, '');
  return {
    line,
    key: cell('key').replaceAll(/\s/g, ''),
    designation,
    name: cell('name').slice(0, 200) || designation.replace(/^(Stadt|Gemeinde|Landkreis|Kreis)\s+/, ''),
    postcodes: words(cell('postcodes')).filter((postcode) => /^\d{5}$/.test(postcode)),
    population: /^\d{1,9}$/.test(population) ? Number(population) : null,
    endedOn: cell('endedOn') || null,
    successors: words(cell('successors')),
  };
}

export type RowVerdict = {
  readonly line: number;
  readonly key: string;
  readonly name: string;
  readonly verdict: 'created' | 'updated' | 'unchanged' | 'ended' | 'refused';
  /** Code of the sentence that says why it was refused. */
  readonly why: string | null;
};

export type RegisterPlan = {
  readonly verdicts: readonly RowVerdict[];
  /** What has to be written. */
  readonly changes: readonly Area[];
  /** Municipalities that exist and are not in the list: to be looked at by a person, never ended by themselves. */
  readonly missing: readonly string[];
};

/**
 * What a list would change. A refused row does not stop the others. An area ends only when the list says when and what it became
 * part of; one that is merely missing is named and left alone.
 */
export function planRegister(rows: readonly RegisterRow[], known: readonly Area[]): RegisterPlan {
  const now = new Map(known.map((area) => [area.key, area]));
  const coming = new Set(rows.map(({ key }) => key));
  const exists = (key: string) => coming.has(key) || now.has(key);
  const seen = new Set<string>();
  const changes = new Map<string, Area>();
  const verdicts = rows.map((row): RowVerdict => {
    const { line, key, name } = row;
    const why = refusal(row, { exists, seen });
    seen.add(key);
    if (why !== null) return { line, key, name, verdict: 'refused', why };
    const next = toArea(row, now.get(key));
    const verdict = compareAreas(now.get(key), next);
    if (verdict !== 'unchanged') changes.set(key, next);
    return { line, key, name, verdict, why: null };
  });
  const missing = known
    .filter(({ key, kind, endedOn }) => kind === 'municipality' && endedOn === null && !coming.has(key))
    .map(({ key }) => key);
  return { verdicts, changes: [...changes.values()], missing };
}

function refusal(
  row: RegisterRow,
  { exists, seen }: { exists: (key: string) => boolean; seen: ReadonlySet<string> },
): string | null {
  if (kindOfKey(row.key) === null) return 'finder.row.key';
  if (seen.has(row.key)) return 'finder.row.double';
  if (row.designation === '') return 'finder.row.name';
  const above = parentKey(row.key);
  if (above !== null && !exists(above)) return 'finder.row.parent';
  if ((row.endedOn === null) !== (row.successors.length === 0)) return 'finder.row.end';
  if (row.successors.some((key) => !exists(key) || key === row.key)) return 'finder.row.successor';
  return row.endedOn === null || isDay(row.endedOn) ? null : 'finder.row.day';
}

function toArea(row: RegisterRow, known: Area | undefined): Area {
  const { key, name, designation, endedOn, successors } = row;
  return {
    key,
    name,
    designation,
    endedOn,
    successors,
    kind: kindOfKey(key) ?? 'municipality',
    parent: parentKey(key),
    postcodes: row.postcodes.length > 0 ? row.postcodes : (known?.postcodes ?? []),
    population: row.population ?? known?.population ?? null,
  };
}

function compareAreas(known: Area | undefined, next: Area): RowVerdict['verdict'] {
  if (!known) return 'created';
  if (known.endedOn === null && next.endedOn !== null) return 'ended';
  return JSON.stringify(plain(known)) === JSON.stringify(plain(next)) ? 'unchanged' : 'updated';
}

const plain = ({ name, designation, postcodes, population, endedOn, successors }: Area) => [
  ...[name, designation, [...postcodes].sort(), population, endedOn, [...successors].sort()],
];
