import { useCallback, useEffect, useRef, useState } from 'react';
import { useFetcher, useLocation } from 'react-router';
import { useView } from '#ui/view';
import type { Refused } from '#web/context';
import type { Row } from '../rows.ts';
import type { FolderData } from './folder-data.ts';

/** The row keeps the focus its field had; whoever has clicked elsewhere meanwhile stays there. */
function returnFocus(): void {
  const { activeElement } = document;
  if (activeElement !== document.body && !activeElement?.matches('.rename')) return;
  requestAnimationFrame(() => document.querySelector<HTMLElement>('.list tr[tabindex="0"]')?.focus({ preventScroll: true }));
}

/** Renaming in the list: the field stays, with what was typed, until the house has taken the name or it is given up. */
export function useRenaming({ base }: FolderData) {
  const { csrf } = useView();
  const { pathname, search } = useLocation();
  const [open, setOpen] = useState<{ readonly id: number; readonly count: number } | null>(null);
  const count = useRef(0);
  // Every field asks with a fetcher of its own: the refusal of an earlier one is no news to it.
  const { submit, state, data, formData } = useFetcher<Refused>({ key: `rename-${open?.count ?? 0}` });
  const wasSent = useRef(false);
  // A fetcher keeps its last answer even when the next name was taken.
  const [answered, setAnswered] = useState<Refused>();
  const isSent = state !== 'idle';
  const refusal = open && !isSent && data !== answered ? data?.refused.sentence : undefined;
  const start = useCallback((id: number) => {
    count.current += 1;
    wasSent.current = false;
    setOpen({ id, count: count.current });
  }, []);
  const end = useCallback(() => {
    returnFocus();
    setOpen(null);
  }, []);
  useEffect(() => {
    if (isSent) wasSent.current = true;
    else if (wasSent.current) {
      wasSent.current = false;
      if (refusal === undefined) end();
    }
  }, [isSent, refusal, end]);
  const rename = useCallback(
    (row: Row, name: string) => {
      if (name === '' || name === row.name) return end();
      setAnswered(data);
      const fields = { _csrf: csrf ?? '', _form: 'rename', id: String(row.id), name, zurueck: pathname + search };
      void submit(fields, { method: 'post', action: base, preventScrollReset: true });
    },
    [submit, data, base, csrf, pathname, search, end],
  );
  return { renamed: open?.id ?? null, sent: formData, isSent, refusal, start, end, rename };
}

export type Renaming = ReturnType<typeof useRenaming>;
