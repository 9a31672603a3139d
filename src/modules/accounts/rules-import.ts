import type { Role } from '#platform/context';
import { ensure, Failure, type Params } from '#platform/errors';
import type { Locale } from '#platform/words';
import { checkAddress, checkHandle, checkLocale } from './rules.ts';
import type { CsvRow } from './rules-csv.ts';
import { unitKey } from './rules-unit.ts';

/** How a column may be called, in small letters. */
const columnNames = {
  address: ['adresse', 'e-mail', 'email', 'mail', 'e-mail-adresse', 'mailadresse', 'address', 'e-mail address', 'email address'],
  name: ['name', 'anzeigename', 'display name', 'displayname', 'full name'],
  firstName: ['vorname', 'first name', 'firstname', 'given name'],
  lastName: ['nachname', 'familienname', 'last name', 'lastname', 'surname'],
  handle: ['kennung', 'benutzername', 'handle', 'user', 'username', 'user name'],
  groups: ['gruppen', 'gruppe', 'groups', 'group'],
  unit: ['einheit', 'organisationseinheit', 'abteilung', 'amt', 'unit', 'department'],
  locale: ['sprache', 'language', 'locale'],
} as const satisfies Record<string, readonly string[]>;

type Column = keyof typeof columnNames;

/** How a language may be called, in small letters. */
const localeNames: Readonly<Record<string, Locale>> = {
  de: 'de',
  deutsch: 'de',
  german: 'de',
  en: 'en',
  englisch: 'en',
  english: 'en',
};

/** The language a cell names. Throws `invalid`. */
function localeIn(text: string): Locale {
  const written = text.toLowerCase();
  return checkLocale(Object.hasOwn(localeNames, written) ? (localeNames[written] as string) : written);
}

/** One person as the table has them; null: the table says nothing about it. */
export type ImportRow = {
  readonly line: number;
  readonly address: string;
  readonly name: string;
  readonly handle: string | null;
  /** The groups the person is in afterwards, as they are written. */
  readonly groups: readonly string[] | null;
  /** A unit's name, or its path with slashes. */
  readonly unit: string | null;
  readonly locale: Locale | null;
};

export type Refusal = { readonly code: string; readonly params: Params };

/** A row as far as it could be read: null also where what stands there is refused. */
export type ReadRow = Omit<ImportRow, 'address' | 'name'> & {
  readonly address: string | null;
  readonly name: string | null;
  /** What stands there for address and name, read or not, so that whoever hears of it recognises the person. */
  readonly written: { readonly address: string; readonly name: string };
  /** Everything that cannot be read, each once. */
  readonly faults: readonly Refusal[];
};

export type ImportTable = { readonly rows: readonly ReadRow[]; readonly ignored: readonly string[] };

const refusalOf = (error: unknown): Refusal => {
  if (error instanceof Failure && error.kind !== 'internal') return { code: error.code, params: error.params };
  throw error;
};

/** Gathers what is wrong with one row: a mistake that is made twice in it is told once. */
function openFaults() {
  const found = new Map<string, Refusal>();
  return {
    /** What a check returns; null when it refuses, which is kept. */
    of<Result>(check: () => Result): Result | null {
      try {
        return check();
      } catch (error) {
        const refusal = refusalOf(error);
        found.set(JSON.stringify(refusal), refusal);
        return null;
      }
    },
    all: (): readonly Refusal[] => [...found.values()],
  };
}

function columnsOf(head: CsvRow | undefined): { of: (column: Column) => number; ignored: string[] } {
  ensure(head, 'invalid', 'accounts.csvEmpty');
  const titles = head.cells.map((cell) => cell.trim().toLowerCase());
  const positions = new Map<Column, number>();
  const ignored: string[] = [];
  titles.forEach((title, index) => {
    const column = (Object.keys(columnNames) as Column[]).find((key) => (columnNames[key] as readonly string[]).includes(title));
    if (column && !positions.has(column)) positions.set(column, index);
    else if (title !== '') ignored.push(title);
  });
  const hasName = positions.has('name') || positions.has('lastName');
  ensure(positions.has('address') && hasName, 'invalid', 'accounts.csvColumns', { found: titles.join(', ').slice(0, 200) });
  return { of: (column) => positions.get(column) ?? -1, ignored };
}

/** Groups that one row names, and those one table makes: with many more a mistake in a spreadsheet would fill the authority's lists. */
export const groupLimits = { ofRow: 100, made: 500 };

/**
 * Reads the rows of a table whose first row names the columns. A row that is wrong is refused with everything that is wrong with it, and
 * does not stop the others. Throws `invalid` when there is nothing in it, and when address or name have no column.
 * @param checkName as for names typed into a form; `field` is the column
 */
export function readImport(csv: readonly CsvRow[], checkName: (text: string, field: string) => string): ImportTable {
  const columns = columnsOf(csv[0]);
  const rows = csv.slice(1).map(({ line, cells }): ReadRow => {
    const cell = (column: Column) => (cells[columns.of(column)] ?? '').trim();
    const has = (column: Column) => columns.of(column) >= 0;
    const fullName = has('name') ? cell('name') : `${cell('firstName')} ${cell('lastName')}`.trim();
    const faults = openFaults();
    const unlessEmpty = <Result>(column: Column, check: (text: string) => Result): Result | null =>
      cell(column) === '' ? null : faults.of(() => check(cell(column)));
    const named = cell('groups')
      .split(/[|;,]/)
      .filter((name) => name.trim() !== '');
    faults.of(() => ensure(named.length <= groupLimits.ofRow, 'invalid', 'accounts.rowGroups', { limit: groupLimits.ofRow }));
    const groups = named.slice(0, groupLimits.ofRow);
    return {
      line,
      written: { address: cell('address'), name: fullName },
      address: faults.of(() => checkAddress(cell('address'))),
      name: faults.of(() => checkName(fullName, 'name')),
      handle: unlessEmpty('handle', checkHandle),
      groups: has('groups') ? groups.flatMap((name) => faults.of(() => checkName(name, 'groups')) ?? []) : null,
      unit: unlessEmpty('unit', (text) => text),
      locale: unlessEmpty('locale', localeIn),
      faults: faults.all(),
    };
  });
  return { rows, ignored: columns.ignored };
}

/** A person who is there already. */
export type KnownPerson = {
  readonly id: number;
  readonly handle: string;
  readonly name: string;
  readonly unit: number | null;
  readonly locale: Locale;
  readonly groups: readonly string[];
  readonly roles: readonly Role[];
};

/** What has to be known to judge a table. */
export type Known = {
  readonly people: ReadonlyMap<string, KnownPerson>;
  /** Addresses of the table that belong to accounts of other tenants. */
  readonly elsewhere: ReadonlySet<string>;
  readonly takenHandles: ReadonlySet<string>;
  /** Units by name and by path as {@link unitKey} makes them; null where a name is not unique. */
  readonly units: ReadonlyMap<string, number | null>;
  /** Whether the importing actor may manage a person with these roles. */
  readonly mayManage: (roles: readonly Role[]) => boolean;
};

export type Verdict = {
  readonly line: number;
  readonly address: string;
  readonly verdict: 'created' | 'updated' | 'unchanged' | 'refused';
  /** What the row says of the person; null: nothing, or it could not be read. */
  readonly name: string | null;
  readonly groups: readonly string[] | null;
  readonly unit: string | null;
  /** Everything for which it was refused; empty for the others. */
  readonly reasons: readonly Refusal[];
  /** What is new for a person who is there already: `name`, `groups`, `unit`, `locale`. */
  readonly changes: readonly string[];
  /** The groups a person who is there already is no longer in afterwards. */
  readonly leaves: readonly string[];
};

/** A verdict and what has to be done for it. */
export type Step = {
  readonly verdict: Verdict;
  readonly row: ImportRow | null;
  readonly person: KnownPerson | null;
  readonly unit: number | null;
};

const sameGroups = (a: readonly string[], b: readonly string[]) => {
  const [left, right] = [a, b].map((names) => [...new Set(names.map((name) => name.toLowerCase()))].sort().join('\n'));
  return left === right;
};

function unitOf(row: ReadRow, { units }: Known): number | null {
  if (row.unit === null) return null;
  const unit = units.get(unitKey(row.unit));
  ensure(unit !== null, 'invalid', 'accounts.unitAmbiguous', { unit: row.unit });
  ensure(unit !== undefined, 'invalid', 'accounts.unitUnknown', { unit: row.unit });
  return unit;
}

/** What a verdict shows of its row, so that whoever reads it recognises the person. */
function shownOf({ line, address, name, groups, unit, written, faults }: ReadRow) {
  const read = { line, address: (address ?? written.address).slice(0, 254), name: name ?? (written.name.slice(0, 200) || null) };
  return faults.length > 0 ? { ...read, groups: null, unit: null } : { ...read, groups, unit };
}

/** What rows further up have taken. */
type Seen = { readonly addresses: Set<string>; readonly handles: Set<string> };

/** The person of a row, unless it cannot be theirs. An address counts from its first row on, also when that one is refused. */
function personIn({ address }: ReadRow, known: Known, { addresses }: Seen): KnownPerson | null {
  if (address === null) return null;
  ensure(!addresses.has(address), 'conflict', 'accounts.rowTwice', { address });
  addresses.add(address);
  ensure(!known.elsewhere.has(address), 'conflict', 'accounts.addressTaken', { address });
  const person = known.people.get(address) ?? null;
  ensure(person === null || known.mayManage(person.roles), 'forbidden', 'platform.forbidden');
  return person;
}

/** Whoever is there keeps their user name, whoever is new needs one that is free. */
function checkHandleIn({ handle }: ReadRow, person: KnownPerson | null, { takenHandles }: Known, { handles }: Seen): void {
  if (handle === null) return;
  if (person) ensure(handle === person.handle, 'conflict', 'accounts.handleStays', { handle: person.handle });
  else ensure(!takenHandles.has(handle) && !handles.has(handle), 'conflict', 'accounts.handleTaken', { handle });
}

/** One verdict: with everything that is wrong, or with what is to be done. */
function judge(row: ReadRow, known: Known, seen: Seen): Step {
  const faults = openFaults();
  const found = faults.of(() => ({ person: personIn(row, known, seen) }));
  // Whose row it is decides whose user name it is: of somebody else's, nothing more is said.
  if (found) faults.of(() => checkHandleIn(row, found.person, known, seen));
  const unit = faults.of(() => unitOf(row, known));
  const { address, name, written: _, faults: unread, ...rest } = row;
  const reasons = [...unread, ...faults.all()];
  if (reasons.length > 0 || address === null || name === null) {
    const verdict = { ...shownOf(row), verdict: 'refused' as const, reasons, changes: [], leaves: [] };
    return { verdict, row: null, person: null, unit: null };
  }
  const person = found?.person ?? null;
  const read: ImportRow = { ...rest, address, name };
  const changes = person ? changesOf(read, person, unit) : [];
  if (person === null && read.handle !== null) seen.handles.add(read.handle);
  const settled = changes.length > 0 ? 'updated' : 'unchanged';
  const verdict = {
    ...shownOf(row),
    verdict: person ? settled : 'created',
    reasons,
    changes,
    leaves: leftGroups(read, person),
  } as const;
  return { verdict, row: read, person, unit };
}

/** What the person is in now and the row does not name; without a column for groups everybody stays where they are. */
function leftGroups({ groups }: ImportRow, person: KnownPerson | null): readonly string[] {
  if (groups === null || person === null) return [];
  const kept = new Set(groups.map((name) => name.toLowerCase()));
  return person.groups.filter((name) => !kept.has(name.toLowerCase()));
}

function changesOf(row: ImportRow, person: KnownPerson, unit: number | null): string[] {
  return [
    ...(row.name === person.name ? [] : ['name']),
    ...(row.groups === null || sameGroups(row.groups, person.groups) ? [] : ['groups']),
    ...(unit === null || unit === person.unit ? [] : ['unit']),
    ...(row.locale === null || row.locale === person.locale ? [] : ['locale']),
  ];
}

/** One verdict for every row, in the order of the table. Decides the same for a dry run and for the real one. */
export function judgeImport(rows: readonly ReadRow[], known: Known): Step[] {
  const seen: Seen = { addresses: new Set(), handles: new Set() };
  return rows.map((row) => judge(row, known, seen));
}
