import { useEffect, useState } from 'react';
import { useLocation, useNavigation } from 'react-router';
import type { Rows } from './rows.ts';

const nothing: ReadonlySet<number> = new Set();

/** What goes along when a dialog has sent off more than one request takes: it is no longer marked. */
export const sentOff = { sentOff: true };

/** Marked things that are still in the list; as long as not all of it has arrived, nobody knows, and all of them count. */
function stillThere(rows: Rows, selection: ReadonlySet<number>): ReadonlySet<number> {
  if (selection.size === 0) return selection;
  const ids = new Set<number>();
  for (let index = 0; index < rows.count(); index += 1) {
    const row = rows.rowAt(index);
    if (row === undefined) return selection;
    ids.add(row.id);
  }
  const kept = [...selection].filter((id) => ids.has(id));
  return kept.length === selection.size ? selection : new Set(kept);
}

/** What is marked in a list. What was carried away by the dialog, or has gone otherwise, is marked no longer. */
export function useSelection(rows: Rows) {
  const [selection, setSelection] = useState(nothing);
  const kept = stillThere(rows, selection);
  if (kept !== selection) setSelection(kept);
  const { formData, location } = useNavigation();
  const { pathname, state } = useLocation() as { pathname: string; state: Partial<typeof sentOff> | null };
  // A refused form stays where it is; one that was accepted leads elsewhere.
  const isCarried = formData?.get('_form') === 'carry' && location?.pathname !== pathname;
  const isOff = state?.sentOff === true;
  useEffect(() => {
    if (isCarried || isOff) setSelection(nothing);
  }, [isCarried, isOff]);
  return [kept, setSelection] as const;
}
