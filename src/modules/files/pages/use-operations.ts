import { useEffect } from 'react';
import { useLocation } from 'react-router';
import { formatNumber } from '#ui/format';
import { type Task, useTray } from '#ui/tray';
import { type Dictionary, useView, type View } from '#ui/view';
import type { OperationView } from '../operation.ts';

/** Large operations in the tray: they go on in the house whether anybody looks or not; here one sees how far they are. */

/** Asked so often while something runs; milliseconds. */
const pause = 1_000;

type Words = {
  readonly title: string;
  readonly names: Readonly<Record<OperationView['kind'], (name: string) => string>>;
  readonly everything: string;
  readonly states: Readonly<Record<OperationView['state'], string>>;
  readonly progress: (done: string, total: string) => string;
};

const words: Dictionary<Words> = {
  de: {
    title: 'Im Hintergrund',
    names: {
      copy: (name) => `Kopieren: ${name}`,
      move: (name) => `Verschieben: ${name}`,
      purge: (name) => `Endgültig entfernen: ${name}`,
    },
    everything: 'Papierkorb',
    states: {
      running: '',
      undoing: 'wird zurückgenommen',
      done: 'fertig',
      failed: 'Das ging nicht zu Ende; von der Kopie ist nichts geblieben.',
      cancelled: 'abgebrochen; von der Kopie ist nichts geblieben',
    },
    progress: (done, total) => `${done} von ${total} Dateien und Ordnern. Sie können die Seite schließen.`,
  },
  en: {
    title: 'In the background',
    names: {
      copy: (name) => `Copying: ${name}`,
      move: (name) => `Moving: ${name}`,
      purge: (name) => `Removing for good: ${name}`,
    },
    everything: 'trash',
    states: {
      running: '',
      undoing: 'being taken back',
      done: 'done',
      failed: 'This could not be finished; nothing of the copy has remained.',
      cancelled: 'stopped; nothing of the copy has remained',
    },
    progress: (done, total) => `${done} of ${total} files and folders. You can close the page.`,
  },
};

const isUnderWay = ({ state }: OperationView) => state === 'running' || state === 'undoing';
const taskState = { running: 'running', undoing: 'running', done: 'done', failed: 'failed', cancelled: 'failed' } as const;

async function readOperations(): Promise<readonly OperationView[]> {
  const answer = await fetch('/dateien/vorgaenge', { headers: { accept: 'application/json' } });
  if (!answer.ok) throw new Error(String(answer.status));
  return ((await answer.json()) as { operations: readonly OperationView[] }).operations;
}

function taskOf(operation: OperationView, { locale, csrf }: View, clear: () => void): Task {
  const labels = words[locale];
  const { id, kind, state, name, total, done, mayStop } = operation;
  const number = (value: number) => formatNumber(locale, value);
  const stop = () =>
    void fetch(`/dateien/vorgaenge/${id}/abbrechen`, { method: 'POST', headers: { 'x-csrf-token': csrf ?? '' } }).catch(() => {});
  return {
    id: `operation-${id}`,
    name: labels.names[kind](name || labels.everything),
    state: taskState[state],
    share: total === 0 ? null : Math.min(1, done / total),
    words: labels.states[state] || labels.progress(number(Math.min(done, total)), number(total)),
    ...(mayStop ? { stop } : {}),
    clear,
  };
}

/** What this window shows: one look-out for all pages, which goes on while people walk through them. */
function makeLookOut() {
  /** Seen under way by this window: only their end is news here. */
  const known = new Set<number>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = async (show: (operations: readonly OperationView[]) => void): Promise<void> => {
    clearTimeout(timer);
    const all = await readOperations().catch(() => null);
    for (const operation of all ?? []) if (isUnderWay(operation)) known.add(operation.id);
    if (all) show(all.filter(({ id }) => known.has(id)));
    if (all === null ? known.size > 0 : all.some(isUnderWay)) timer = setTimeout(() => void look(show), pause);
  };
  return { look, forget: (id: number) => known.delete(id) };
}

let lookOut: ReturnType<typeof makeLookOut> | null = null;

/** Shows the person's large operations in the tray; looks again whenever a page was opened or something was sent. */
export function useOperations(): void {
  const tray = useTray();
  const view = useView();
  const { key } = useLocation();
  useEffect(() => {
    if (!key) return;
    lookOut ??= makeLookOut();
    const { look, forget } = lookOut;
    const show = (operations: readonly OperationView[]): void => {
      const tasks = operations.map((operation) =>
        taskOf(operation, view, () => {
          forget(operation.id);
          show(operations.filter(({ id }) => id !== operation.id));
        }),
      );
      tray.show('operations', { title: words[view.locale].title, tasks });
    };
    void look(show);
  }, [tray, view, key]);
}
