import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { TextLink } from './button.tsx';
import { InTable } from './format.tsx';
import { Icon } from './icon.tsx';
import { type Choice, ChooseAll, ChooseRow } from './selection.tsx';
import { classes, type Dictionary, useWords } from './view.tsx';

export type Column<Row> = {
  readonly key: string;
  readonly label: string;
  readonly cell: (row: Row) => ReactNode;
  /** `number` and `actions` stand at the end; `name` says which thing the row is about and is spoken with every cell. */
  readonly kind?: 'name' | 'number' | 'actions';
  /** Set when the list can be sorted by this column: the address that does it, and how it is sorted now. */
  readonly sort?: { readonly to: string; readonly now: 'ascending' | 'descending' | 'none' };
};

/** The name of what a row is about, as a link, and below it what tells it from others of the same name. */
export function NameCell({ to, name, below }: { readonly to: string; readonly name: string; readonly below: string }) {
  return (
    <>
      <TextLink to={to}>{name}</TextLink>
      <span className="below">{below}</span>
    </>
  );
}

/** Spelled out although the elements imply it: laid out as cards, a table would lose its meaning in some browsers. */
const as = (role: string) => ({ role });

type TableProps<Row> = {
  /** What the table holds, for screen readers, and for everybody when `showsCaption`. */
  readonly caption: string;
  readonly showsCaption?: boolean;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string | number;
  /** Set when rows can be chosen; see `SelectionBar`. */
  readonly choice?: Choice<Row>;
};

const words: Dictionary<{ ascending: string; descending: string }> = {
  de: { ascending: 'aufsteigend sortiert', descending: 'absteigend sortiert' },
  en: { ascending: 'sorted ascending', descending: 'sorted descending' },
};

/**
 * A real table, rendered on the server. Its head stays in sight; where the screen is narrow each row becomes a small card with its
 * labels.
 */
export function Table<Row>({ caption, showsCaption, columns, rows, keyOf, choice }: TableProps<Row>) {
  return (
    <table className="table" {...as('table')}>
      <caption className={classes(!showsCaption && 'kern-sr-only')}>{caption}</caption>
      <thead {...as('rowgroup')}>
        <tr {...as('row')}>
          {choice && (
            <td {...as('cell')} className="choice">
              <ChooseAll />
            </td>
          )}
          {columns.map((column) => (
            <Head key={column.key} column={column} />
          ))}
        </tr>
      </thead>
      <tbody {...as('rowgroup')}>
        {rows.map((row) => (
          <tr {...as('row')} key={keyOf(row)}>
            {choice && (
              <td {...as('cell')} className="choice">
                <ChooseRow
                  name={choice.name}
                  value={keyOf(row)}
                  label={choice.label(row)}
                  isChosen={choice.isAllChosen ?? false}
                />
              </td>
            )}
            <InTable value={true}>
              {columns.map((column) => (
                <Cell key={column.key} column={column} row={row} />
              ))}
            </InTable>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Head<Row>({ column: { label, kind, sort } }: { readonly column: Column<Row> }) {
  const spoken = useWords(words);
  return (
    <th {...as('columnheader')} scope="col" className={kind} aria-sort={sort?.now}>
      {kind === 'actions' ? <span className="kern-sr-only">{label}</span> : sort ? <Link to={sort.to}>{label}</Link> : label}
      {sort && sort.now !== 'none' && <Icon name={sort.now === 'ascending' ? 'up' : 'down'} label={spoken[sort.now]} />}
    </th>
  );
}

function Cell<Row>({ column, row }: { readonly column: Column<Row>; readonly row: Row }) {
  const { kind, label, cell } = column;
  if (kind === 'name') {
    return (
      <th {...as('rowheader')} scope="row" className="name">
        {cell(row)}
      </th>
    );
  }
  return (
    <td {...as('cell')} className={kind} data-label={kind === 'actions' ? undefined : label}>
      {cell(row)}
    </td>
  );
}

type PagerProps = {
  /** How many are shown, as a sentence: “Personen 1 bis 50”; empty: not said. */
  readonly shown: string;
  /** Address of the following page; null at the end. */
  readonly next: string | null;
  /** Address of the beginning; null when this is it. */
  readonly first: string | null;
};

const pagerWords: Dictionary<{ label: string; next: string; first: string }> = {
  de: { label: 'Seiten', next: 'Weitere', first: 'Zum Anfang' },
  en: { label: 'Pages', next: 'More', first: 'Back to the beginning' },
};

/** The way through a long list. */
export function Pager({ shown, next, first }: PagerProps) {
  const { label, ...labels } = useWords(pagerWords);
  if (!shown && !next && !first) return null;
  return (
    <nav className="pager" aria-label={label}>
      <span className="muted">{shown}</span>
      {first && <Link to={first}>{labels.first}</Link>}
      {next && (
        <Link to={next} rel="next">
          {labels.next}
        </Link>
      )}
    </nav>
  );
}
