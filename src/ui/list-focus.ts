import { type RefObject, useCallback, useRef, useState } from 'react';
import { useBrowserEffect } from './list-window.ts';

type FocusOptions = {
  readonly table: RefObject<HTMLTableElement | null>;
  readonly body: RefObject<HTMLTableSectionElement | null>;
  readonly count: number;
  /** Height of a row, in pixels, for going to one that is not in the page. */
  readonly height: number;
};

/** The row, when it is in the page and has arrived. */
const rowOf = (body: HTMLElement | null, index: number) =>
  body?.querySelector<HTMLElement>(`tr[data-index="${index}"][tabindex]`) ?? null;

function focusOn(row: HTMLElement): void {
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: 'nearest' });
}

/**
 * One row at a time is in the order of the Tab key; arrows move it. A row that is not in the page is scrolled to first and gets
 * the focus when it has arrived. When the row with the focus is gone, the one in its place gets it: whoever deletes by keys goes on
 * there. When it only leaves the page, scrolled away, the table keeps the focus for it.
 */
export function useRowFocus({ table, body, count, height }: FocusOptions) {
  const [active, setActive] = useState(0);
  const wanted = useRef<number | null>(null);
  const hadFocus = useRef(false);
  const current = Math.max(0, Math.min(active, count - 1));

  useBrowserEffect(() => {
    const isLost = document.activeElement === document.body && hadFocus.current;
    const index = wanted.current ?? (isLost ? current : null);
    const row = index === null ? null : rowOf(body.current, index);
    if (row) {
      wanted.current = null;
      focusOn(row);
    } else if (isLost) table.current?.focus({ preventScroll: true });
    // Rows came or went above it: the row with the focus has another index now, and keys must go on meaning that row.
    const focused = wanted.current === null ? document.activeElement?.closest<HTMLElement>('tr[data-index]') : null;
    if (focused && body.current?.contains(focused)) setActive(Number(focused.dataset.index));
    hadFocus.current = table.current?.contains(document.activeElement) ?? false;
  });

  const scrollToWanted = useCallback(() => {
    if (wanted.current === null || rowOf(body.current, wanted.current)) return;
    const top = body.current?.getBoundingClientRect().top ?? 0;
    scrollBy({ top: top + wanted.current * height - innerHeight / 2, behavior: 'instant' });
  }, [body, height]);

  // Rows turned out higher than they were taken for (their font came late): the wanted one lies elsewhere.
  useBrowserEffect(scrollToWanted, [scrollToWanted]);

  const go = useCallback(
    (index: number) => {
      const row = rowOf(body.current, index);
      // At once where that is possible: to the row that is active already nothing is drawn anew, and nobody would come back to it.
      wanted.current = row ? null : index;
      setActive(index);
      if (row) focusOn(row);
      else scrollToWanted();
    },
    [body, scrollToWanted],
  );
  return { active: current, setActive, go };
}

export type RowFocus = ReturnType<typeof useRowFocus>;
