import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { Icon } from './icon.tsx';
import { type ListDrag, rowDrag } from './list-drag.ts';
import { type RowFocus, useRowFocus } from './list-focus.ts';
import { between } from './list-keys.ts';
import { type Marks, useMarks } from './list-marks.ts';
import { type Span, useWindow } from './list-window.ts';
import { classes, type Dictionary, useWords } from './view.tsx';

export type ListColumn<Row> = {
  /** Also its class, for widths and for what is left out on narrow screens. */
  readonly key: string;
  readonly label: string;
  readonly cell: (row: Row) => ReactNode;
  /** `name` says which thing the row is about; `number` and `actions` stand at the end; `minor` goes first where it is narrow. */
  readonly kind?: 'name' | 'number' | 'actions' | 'minor';
  readonly sort?: { readonly to: string; readonly now: 'ascending' | 'descending' | 'none' };
};

export type ListProps<Row> = {
  readonly caption: string;
  readonly columns: readonly ListColumn<Row>[];
  /** How many rows there are in all; those that have not arrived yet are undefined. */
  readonly count: number;
  readonly rowAt: (index: number) => Row | undefined;
  /** Index of the first row that came with the page; default: 0. */
  readonly first?: number;
  readonly idOf: (row: Row) => number;
  readonly nameOf: (row: Row) => string;
  readonly selection: ReadonlySet<number>;
  readonly onSelect: (ids: ReadonlySet<number>) => void;
  /** The rows that are about to be seen. */
  readonly onNeed?: (span: Span) => void;
  /** Every row of a stretch, loaded if need be: for marking what has not been seen yet. */
  readonly load?: (from: number, to: number) => Promise<readonly Row[]>;
  readonly onOpen?: (row: Row) => void;
  /** Keys of the page's own (F2, Delete …), with the row that has the focus. True: it was one of them. */
  readonly onKey?: (event: KeyboardEvent, row: Row) => boolean;
  readonly drag?: ListDrag<Row>;
  /** Whether its first row takes the focus when it appears: whoever came by keys goes on by keys. */
  readonly takesFocus?: boolean;
  /** Classes of a row: cut, busy. */
  readonly stateOf?: (row: Row) => string | undefined;
};

const words: Dictionary<{ all: string; mark: (name: string) => string; coming: string; up: string; down: string }> = {
  de: {
    all: 'Alle auswählen',
    mark: (name) => `${name} auswählen`,
    coming: 'wird geladen',
    up: 'aufsteigend sortiert',
    down: 'absteigend sortiert',
  },
  en: {
    all: 'Select all',
    mark: (name) => `Select ${name}`,
    coming: 'loading',
    up: 'sorted ascending',
    down: 'sorted descending',
  },
};

/** False on the server and until the script runs; from then on the list can be walked through and marked. */
export function useIsLive(): boolean {
  const [isLive, setLive] = useState(false);
  useEffect(() => setLive(true), []);
  return isLive;
}

/**
 * A list of things that can be marked: a real table from the server, whose boxes belong to the form around it and work without
 * script. With script it is a grid: arrows, Space, Shift and Ctrl, letters; long lists keep only what is near the screen. The
 * table itself stays the same one, so nothing moves when the script arrives.
 */
export function List<Row>(props: ListProps<Row>) {
  const { caption, columns, count, rowAt, first = 0, onNeed, takesFocus } = props;
  const isLive = useIsLive();
  const table = useRef<HTMLTableElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const { span, height, isWindowed } = useWindow(body, { count, first, isOn: isLive });
  const { from, to } = span;
  const focus = useRowFocus({ table, body, count, height });
  const marks = useMarks(props, focus);
  useEffect(() => onNeed?.({ from, to }), [onNeed, from, to]);
  const { go } = focus;
  useEffect(() => {
    if (isLive && takesFocus) go(0);
  }, [isLive, takesFocus, go]);
  const rows = to > from ? between(from, to - 1).map((index) => ({ index, row: rowAt(index) })) : [];
  const shared = { props, isLive, focus, marks };
  return (
    <table
      ref={table}
      className={classes('list', isLive && 'live', isWindowed && 'long')}
      {...(isLive ? grid : roleOf('table'))}
      aria-rowcount={isWindowed ? count + 1 : undefined}
      tabIndex={isLive ? -1 : undefined}
      onKeyDown={isLive ? marks.onKeyDown : undefined}
    >
      <caption className="kern-sr-only">{caption}</caption>
      <thead {...roleOf('rowgroup')}>
        <tr {...roleOf('row')} aria-rowindex={isWindowed ? 1 : undefined}>
          <th {...roleOf('columnheader')} scope="col" className="check">
            <ChooseAll {...shared} />
          </th>
          {columns.map((column) => (
            <Head key={column.key} column={column} />
          ))}
        </tr>
      </thead>
      <tbody ref={body} {...roleOf('rowgroup')}>
        {isWindowed && <Gap height={from * height} columns={columns.length + 1} />}
        {rows.map(({ index, row }) =>
          row === undefined ? (
            isLive && <Coming key={`coming-${index}`} index={index} columns={columns.length + 1} />
          ) : (
            <ListRow key={props.idOf(row)} {...shared} index={index} row={row} isWindowed={isWindowed} />
          ),
        )}
        {isWindowed && <Gap height={(count - to) * height} columns={columns.length + 1} />}
      </tbody>
    </table>
  );
}

/** Spelled out although the elements imply it: laid out as cards, a grid would lose its meaning in some browsers. */
const roleOf = (role: string) => ({ role });

/** What it becomes with script: walked through by keys, several rows chosen. */
const grid = { ...roleOf('grid'), 'aria-multiselectable': true };
const inGrid = roleOf('gridcell');
const asHeader = roleOf('rowheader');
const silent = { 'aria-hidden': true };

type Shared<Row> = {
  readonly props: ListProps<Row>;
  readonly isLive: boolean;
  readonly focus: RowFocus;
  readonly marks: Marks;
};

/** Stands for the rows that are not in the page. */
function Gap({ height, columns }: { readonly height: number; readonly columns: number }) {
  if (height <= 0) return null;
  return (
    <tr className="gap" {...silent}>
      <td colSpan={columns} style={{ height }} />
    </tr>
  );
}

function Coming({ index, columns }: { readonly index: number; readonly columns: number }) {
  return (
    <tr className="coming" data-index={index} {...roleOf('row')} aria-rowindex={index + 2}>
      <td colSpan={columns} {...roleOf('gridcell')}>
        <span className="kern-sr-only">{useWords(words).coming}</span>
      </td>
    </tr>
  );
}

/** The box in the head needs script, so it appears with it; its place is kept. */
function ChooseAll<Row>({ props: { selection, count }, isLive, marks }: Shared<Row>) {
  const box = useRef<HTMLInputElement>(null);
  const { all } = useWords(words);
  const isAll = count > 0 && selection.size >= count;
  useEffect(() => {
    if (box.current) box.current.indeterminate = selection.size > 0 && !isAll;
  }, [selection.size, isAll]);
  if (!isLive || count === 0) return <span className="kern-sr-only">{all}</span>;
  const change = () => (isAll ? marks.none() : void marks.all());
  return <input ref={box} type="checkbox" className="choose-all" aria-label={all} checked={isAll} onChange={change} />;
}

function Head<Row>({ column: { key, label, kind, sort } }: { readonly column: ListColumn<Row> }) {
  const spoken = useWords(words);
  const arrow = sort?.now === 'ascending' ? 'up' : 'down';
  return (
    <th {...roleOf('columnheader')} scope="col" className={classes(key, kind)} aria-sort={sort?.now}>
      {kind === 'actions' && <span className="kern-sr-only">{label}</span>}
      {kind !== 'actions' && (sort ? <Link to={sort.to}>{label}</Link> : label)}
      {sort && sort.now !== 'none' && <Icon name={arrow} label={spoken[arrow]} />}
    </th>
  );
}

type RowProps<Row> = Shared<Row> & { readonly index: number; readonly row: Row; readonly isWindowed: boolean };

function ListRow<Row>({ props, isLive, focus, marks, index, row, isWindowed }: RowProps<Row>) {
  const { columns, idOf, nameOf, selection, drag, stateOf } = props;
  const isChosen = selection.has(idOf(row));
  const isActive = focus.active === index;
  const live = isLive && {
    role: 'row',
    tabIndex: isActive ? 0 : -1,
    'aria-selected': isChosen,
    onClick: (event: MouseEvent<HTMLTableRowElement>) => marks.onRowClick(index, event),
    onFocus: () => focus.setActive(index),
    ...rowDrag(drag, row),
  };
  return (
    <tr
      data-index={isLive ? index : undefined}
      aria-rowindex={isWindowed ? index + 2 : undefined}
      className={classes(isChosen && 'chosen', stateOf?.(row))}
      {...live}
    >
      <td {...(isLive && inGrid)} className="check">
        <Choose {...{ isLive, isChosen, isActive, marks, index }} id={idOf(row)} name={nameOf(row)} />
      </td>
      {columns.map(({ key, kind, cell }) =>
        kind === 'name' ? (
          <th key={key} scope="row" {...(isLive && asHeader)} className={classes(key, 'name')}>
            {cell(row)}
          </th>
        ) : (
          <td key={key} {...(isLive && inGrid)} className={classes(key, kind)}>
            {cell(row)}
          </td>
        ),
      )}
    </tr>
  );
}

type ChooseProps = {
  readonly isLive: boolean;
  readonly isChosen: boolean;
  readonly isActive: boolean;
  readonly marks: Marks;
  readonly index: number;
  readonly id: number;
  readonly name: string;
};

/** Without script a box of the form around the list; with script the form gets the whole choice at once. */
function Choose({ isLive, isChosen, isActive, marks, index, id, name }: ChooseProps) {
  const label = useWords(words).mark(name);
  if (!isLive) return <input type="checkbox" className="choose" name="ids" value={id} aria-label={label} />;
  return (
    <input
      type="checkbox"
      className="choose"
      aria-label={label}
      tabIndex={isActive ? 0 : -1}
      checked={isChosen}
      onClick={(event) => marks.onBoxClick(index, event)}
      onChange={() => {}}
    />
  );
}
