import { useEffect } from 'react';
import type { Rows } from './rows.ts';

/** How often an open list asks whether something changed; milliseconds. Seldom where nobody has done anything for a while. */
const watch = { often: 1_500, seldom: 15_000, idleAfter: 300_000 };

/** Somebody in this browser put something into a folder: its list need not wait for the next look. */
export const changedEvent = 'rennsteig:changed';

async function look(id: number, rows: Rows): Promise<void> {
  const answer = await fetch(`/dateien/stand/${id}`, { headers: { accept: 'application/json' } }).catch(() => null);
  if (!answer?.ok) return;
  const { etag } = (await answer.json()) as { etag: string };
  if (etag !== rows.etag()) await rows.refresh().catch(() => {});
}

/** Keeps a list as it is for everybody: asks now and then, as long as somebody can see the page. */
export function useWatch(id: number, rows: Rows): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let lastAct = Date.now();
    let isOver = false;
    const next = () => {
      clearTimeout(timer);
      if (isOver || document.hidden) return;
      timer = setTimeout(run, Date.now() - lastAct > watch.idleAfter ? watch.seldom : watch.often);
    };
    const run = () => void look(id, rows).then(next);
    const act = () => {
      lastAct = Date.now();
    };
    const shown = () => (document.hidden ? clearTimeout(timer) : run());
    const changed = (event: Event) => {
      if ((event as CustomEvent<number>).detail === id) run();
    };
    next();
    document.addEventListener('visibilitychange', shown);
    addEventListener(changedEvent, changed);
    for (const name of ['pointerdown', 'keydown']) addEventListener(name, act, { passive: true });
    return () => {
      isOver = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', shown);
      removeEventListener(changedEvent, changed);
      for (const name of ['pointerdown', 'keydown']) removeEventListener(name, act);
    };
  }, [id, rows]);
}
