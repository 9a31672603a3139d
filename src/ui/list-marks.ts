import { type KeyboardEvent, type MouseEvent, useRef } from 'react';
import type { ListProps } from './list.tsx';
import type { RowFocus } from './list-focus.ts';
import { between, commandOf } from './list-keys.ts';
import { wholeUpTo } from './list-window.ts';

const letterMilliseconds = 800;
const pageRows = 20;

const interactive = 'a, button, input, label, select, textarea, summary';

/** True for keys and clicks that belong to something inside the row. */
const isInside = (target: EventTarget | null, row: Element | null) => {
  const found = (target as HTMLElement | null)?.closest(interactive);
  return Boolean(found && row?.contains(found));
};

/** Typing the beginning of a name leads to it. */
function useFind<Row>({ count, rowAt, nameOf }: ListProps<Row>, focus: RowFocus) {
  const typed = useRef({ text: '', at: 0 });
  return (letter: string) => {
    const now = Date.now();
    const isContinued = now - typed.current.at < letterMilliseconds;
    const text = (isContinued ? typed.current.text : '') + letter.toLocaleLowerCase('de');
    typed.current = { text, at: now };
    // A single letter goes on to the next match, several refine the present one.
    const first = focus.active + (text.length === 1 ? 1 : 0);
    for (let offset = 0; offset < count; offset += 1) {
      const index = (first + offset) % count;
      const row = rowAt(index);
      if (row === undefined || !nameOf(row).toLocaleLowerCase('de').startsWith(text)) continue;
      focus.go(index);
      return;
    }
  };
}

/** Where a stretch begins: the row that was marked last without Shift. Its index changes when rows come or go above it. */
type Anchor = { readonly id: number | null; readonly index: number };

/** The index the anchor has now. */
function placeOf<Row>({ id, index }: Anchor, { count, rowAt, idOf }: ListProps<Row>): number {
  const isRow = (at: number) => {
    const row = rowAt(at);
    return row !== undefined && idOf(row) === id;
  };
  if (id === null || isRow(index)) return index;
  return between(0, count - 1).find(isRow) ?? index;
}

type Marking = {
  readonly setAnchor: (index: number) => void;
  readonly toggle: (index: number) => void;
  readonly extend: (index: number) => Promise<void>;
};

/** What the mouse and the finger do in a list. */
function useClicks<Row>({ rowAt, idOf, onSelect }: ListProps<Row>, focus: RowFocus, { setAnchor, toggle, extend }: Marking) {
  /** A click beside everything that can be clicked: marks this row alone; with Ctrl or a finger this one too. */
  const onRowClick = (index: number, event: MouseEvent<HTMLTableRowElement>) => {
    if (isInside(event.target, event.currentTarget) || event.defaultPrevented) return;
    focus.setActive(index);
    const isFinger = (event.nativeEvent as PointerEvent).pointerType === 'touch';
    if (event.shiftKey) void extend(index);
    else if (event.ctrlKey || event.metaKey || isFinger) toggle(index);
    else {
      const row = rowAt(index);
      setAnchor(index);
      onSelect(new Set(row === undefined ? [] : [idOf(row)]));
    }
  };

  const onBoxClick = (index: number, event: MouseEvent) => {
    focus.setActive(index);
    if (event.shiftKey) void extend(index);
    else toggle(index);
  };

  return { onRowClick, onBoxClick };
}

/** Marking and walking: what clicks and keys do in a list. */
export function useMarks<Row>(props: ListProps<Row>, focus: RowFocus) {
  const { count, rowAt, idOf, selection, onSelect, load, onOpen, onKey } = props;
  const anchor = useRef<Anchor>({ id: null, index: 0 });
  const setAnchor = (index: number) => {
    const row = rowAt(index);
    anchor.current = { id: row === undefined ? null : idOf(row), index };
  };
  const find = useFind(props, focus);

  const stretch = async (from: number, to: number) => {
    const indices = between(from, to);
    const known = indices.map(rowAt);
    const rows = known.includes(undefined) && load ? await load(Math.min(from, to), Math.max(from, to)) : known;
    return rows.flatMap((row) => (row === undefined ? [] : idOf(row)));
  };
  const toggle = (index: number) => {
    const row = rowAt(index);
    if (row === undefined) return;
    const next = new Set(selection);
    if (!next.delete(idOf(row))) next.add(idOf(row));
    setAnchor(index);
    onSelect(next);
  };
  // Rows may have to be fetched first; only what was wanted last counts, whichever answer comes first.
  const latest = useRef(0);
  const selectStretch = async (from: number, to: number) => {
    latest.current += 1;
    const mine = latest.current;
    const ids = await stretch(from, to);
    if (mine === latest.current) onSelect(new Set(ids));
  };
  const extend = (index: number) => selectStretch(placeOf(anchor.current, props), index);
  const all = async () => {
    if (count > 0) await selectStretch(0, count - 1);
  };
  const none = () => {
    latest.current += 1;
    onSelect(new Set());
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>) => {
    const row = (event.target as HTMLElement).closest('tr');
    // A box that was ticked has the focus: all keys but its own mean its row.
    const isOnBox = event.key !== ' ' && (event.target as HTMLElement).matches('input.choose');
    const isOnRow = event.target === row || event.target === event.currentTarget || isOnBox;
    if (!isOnRow) return;
    const here = rowAt(focus.active);
    if (here !== undefined && onKey?.(event, here)) {
      event.preventDefault();
      return;
    }
    const command = commandOf(event, { index: focus.active, count, page: pageRows });
    if (!command || (command.kind === 'none' && selection.size === 0)) return;
    event.preventDefault();
    obey(command);
  };

  const obey = (command: NonNullable<ReturnType<typeof commandOf>>) => {
    const row = rowAt(focus.active);
    if (command.kind === 'go') {
      if (command.extends && selection.size === 0) setAnchor(focus.active);
      focus.go(command.to);
      if (command.extends) void extend(command.to);
    } else if (command.kind === 'toggle') toggle(focus.active);
    else if (command.kind === 'all') void all();
    else if (command.kind === 'none') none();
    else if (command.kind === 'find') find(command.letter);
    else if (row !== undefined) onOpen?.(row);
  };

  const clicks = useClicks(props, focus, { setAnchor, toggle, extend });
  return { onKeyDown, ...clicks, all, none, isLarge: count > wholeUpTo };
}

export type Marks = ReturnType<typeof useMarks>;
