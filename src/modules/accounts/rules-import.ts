import type { Role } from '#platform/context';
import { ensure, Failure, type Params } from '#platform/errors';
import type { Locale } from '#platform/words';
import { checkAddress, checkHandle, checkLocale } from './rules.ts';
import type { CsvRow } from './rules-csv.ts';

/** How a column may be called, in small letters. */
const columnNames = {
  address: ['adresse', 'e-mail', 'email', 'mail', 'e-mail-adresse', 'mailadresse', 'address', 'e-mail address'],
  name: ['name', 'anzeigename', 'display name', 'displayname', 'full name'],
  firstName: ['vorname', 'first name', 'firstname', 'given name'],
  lastName: ['nachname', 'familienname', 'last name', 'lastname', 'surname'],
  handle: ['kennung', 'benutzername', 'handle', 'user', 'username', 'user name'],
  groups: ['gruppen', 'gruppe', 'groups', 'group'],
  unit: ['einheit', 'organisationseinheit', 'abteilung', 'amt', 'unit', 'department'],
  locale: ['sprache', 'language', 'locale'],
} as const satisfies Record<string, readonly string[]>;

type Column = keyof typeof columnNames;

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

export type ReadRow =
  | ImportRow
  | { readonly line: number; readonly address: string; readonly name: string; readonly refusal: Refusal };

export type ImportTable = { readonly rows: readonly ReadRow[]; readonly ignored: readonly string[] };

const refusalOf = (error: unknown): Refusal => {
  if (error instanceof Failure && error.kind !== 'internal') return { code: error.code, params: error.params };
  throw error;
};

function columnsOf(head: CsvRow | undefined): { of: (column: Column) => number; ignored: string[] } {
  const titles = (head?.cells ?? []).map((cell) => cell.trim().toLowerCase());
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

/**
 * Reads the rows of a table whose first row names the columns. A row that is wrong is refused with its reason and does not
 * stop the others. Throws `invalid` when address or name have no column.
 * @param checkName as for names typed into a form
 */
export function readImport(csv: readonly CsvRow[], checkName: (text: string) => string): ImportTable {
  const columns = columnsOf(csv[0]);
  const rows = csv.slice(1).map(({ line, cells }): ReadRow => {
    const cell = (column: Column) => (cells[columns.of(column)] ?? '').trim();
    const has = (column: Column) => columns.of(column) >= 0;
    const fullName = has('name') ? cell('name') : `${cell('firstName')} ${cell('lastName')}`.trim();
    try {
      const groups = cell('groups')
        .split(/[|;,]/)
        .filter((name) => name.trim() !== '');
      return {
        line,
        address: checkAddress(cell('address')),
        name: checkName(fullName),
        handle: cell('handle') === '' ? null : checkHandle(cell('handle')),
        groups: has('groups') ? groups.map(checkName) : null,
        unit: cell('unit') === '' ? null : cell('unit'),
        locale: cell('locale') === '' ? null : checkLocale(cell('locale').toLowerCase()),
      };
    } catch (error) {
      return { line, address: cell('address'), name: fullName.slice(0, 200), refusal: refusalOf(error) };
    }
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
  /** Units by name and by path with slashes, in small letters; null where a name is not unique. */
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
  /** Why it was refused. */
  readonly reason: Refusal | null;
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

function unitOf(row: ImportRow, { units }: Known): number | null {
  if (row.unit === null) return null;
  const unit = units.get(row.unit.toLowerCase());
  ensure(unit !== null, 'invalid', 'accounts.unitAmbiguous', { unit: row.unit });
  ensure(unit !== undefined, 'invalid', 'accounts.unitUnknown', { unit: row.unit });
  return unit;
}

/** What a verdict shows of its row, so that whoever reads it recognises the person. */
function shownOf(row: ReadRow) {
  const { name, groups, unit } = 'refusal' in row ? { name: row.name || null, groups: null, unit: null } : row;
  return { line: row.line, address: row.address.slice(0, 254), name, groups, unit };
}

/** Throws the reason why the row cannot be taken. */
function judge(row: ImportRow, known: Known, seen: { addresses: Set<string>; handles: Set<string> }): Step {
  ensure(!seen.addresses.has(row.address), 'conflict', 'accounts.rowTwice', { address: row.address });
  seen.addresses.add(row.address);
  ensure(!known.elsewhere.has(row.address), 'conflict', 'accounts.addressTaken', { address: row.address });
  const person = known.people.get(row.address) ?? null;
  const unit = unitOf(row, known);
  const settled = (verdict: 'created' | 'updated' | 'unchanged', changes: readonly string[]): Step => ({
    verdict: { ...shownOf(row), verdict, reason: null, changes, leaves: leftGroups(row, person) },
    row,
    person,
    unit,
  });
  if (person) {
    ensure(known.mayManage(person.roles), 'forbidden', 'platform.forbidden');
    ensure(row.handle === null || row.handle === person.handle, 'conflict', 'accounts.handleStays', { handle: person.handle });
    const changes = changesOf(row, person, unit);
    return settled(changes.length > 0 ? 'updated' : 'unchanged', changes);
  }
  const isTaken = row.handle !== null && (known.takenHandles.has(row.handle) || seen.handles.has(row.handle));
  ensure(!isTaken, 'conflict', 'accounts.handleTaken', { handle: row.handle ?? '' });
  if (row.handle !== null) seen.handles.add(row.handle);
  return settled('created', []);
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
  const seen = { addresses: new Set<string>(), handles: new Set<string>() };
  return rows.map((row): Step => {
    const refuse = (reason: Refusal): Step => ({
      verdict: { ...shownOf(row), verdict: 'refused', reason, changes: [], leaves: [] },
      row: null,
      person: null,
      unit: null,
    });
    if ('refusal' in row) return refuse(row.refusal);
    try {
      return judge(row, known, seen);
    } catch (error) {
      return refuse(refusalOf(error));
    }
  });
}
