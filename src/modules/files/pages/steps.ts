import { formatCount, formatNumber } from '#ui/format';
import type { useTray } from '#ui/tray';
import type { Dictionary, View } from '#ui/view';
import { deedTexts } from './folder-texts.ts';

/** Something done to more things than one request takes: in steps, shown in the tray, with a way back at the end. */
export type Errand = {
  readonly do: 'trash' | 'restore' | 'move' | 'copy';
  readonly ids: readonly number[];
  readonly to?: number;
  readonly taken?: 'number' | 'replace' | 'skip';
  /** Folder to move everything back to. */
  readonly from?: number;
};

/** So many at once are sent as a form; more go in steps of this size. */
export const atOnce = 200;

type Words = {
  readonly doing: Readonly<Record<Errand['do'], string>>;
  readonly done: Readonly<Record<Errand['do'], string>>;
  readonly progress: (done: string, all: string) => string;
  readonly refused: (count: string, first: string) => string;
  readonly broken: (done: string) => string;
};

const words: Dictionary<Words> = {
  de: {
    doing: { trash: 'Löschen', restore: 'Zurückholen', move: 'Verschieben', copy: 'Kopieren' },
    done: { trash: 'In den Papierkorb gelegt', restore: 'Zurückgeholt', move: 'Verschoben', copy: 'Kopiert' },
    progress: (done, all) => `${done} von ${all}`,
    refused: (count, first) => `${count} nicht: ${first}`,
    broken: (done) => `Die Verbindung brach ab. ${done} sind erledigt, der Rest ist unverändert.`,
  },
  en: {
    doing: { trash: 'Deleting', restore: 'Restoring', move: 'Moving', copy: 'Copying' },
    done: { trash: 'Moved to the trash', restore: 'Restored', move: 'Moved', copy: 'Copied' },
    progress: (done, all) => `${done} of ${all}`,
    refused: (count, first) => `${count} not: ${first}`,
    broken: (done) => `The connection broke. ${done} are done, the rest is unchanged.`,
  },
};

type Answer = { readonly done: readonly number[]; readonly refused: readonly { readonly sentence: string }[] };
type Surroundings = { readonly tray: ReturnType<typeof useTray>; readonly view: View; readonly onChange: () => void };

async function sendStep(errand: Errand, ids: readonly number[], csrf: string): Promise<Answer> {
  const { do: deed, to, taken } = errand;
  const answer = await fetch('/dateien/tun', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', 'x-csrf-token': csrf },
    body: JSON.stringify({ do: deed, ids, ...(to !== undefined && { to }), ...(taken !== undefined && { taken }) }),
  });
  if (answer.ok) return (await answer.json()) as Answer;
  // A step of which nothing could be done is refused as a whole, with the sentence for all of it.
  const { detail } = (await answer.json()) as { detail: string };
  if (answer.status >= 500) throw new Error(detail);
  return { done: [], refused: ids.map(() => ({ sentence: detail })) };
}

let count = 0;

const backwards = ({ do: deed, from }: Errand, ids: readonly number[]): Errand | null => {
  if (ids.length === 0) return null;
  if (deed === 'trash') return { do: 'restore', ids };
  return deed === 'move' && from !== undefined ? { do: 'move', ids, to: from } : null;
};

/** Runs an errand; the tray follows it through page changes and offers the way back. */
export async function runErrand(errand: Errand, surroundings: Surroundings): Promise<void> {
  const { tray, view, onChange } = surroundings;
  const labels = words[view.locale];
  const number = (value: number) => formatNumber(view.locale, value);
  count += 1;
  const id = `errand-${count}`;
  const name = `${labels.doing[errand.do]}: ${formatCount(view.locale, errand.ids.length, deedTexts[view.locale].entries)}`;
  const done: number[] = [];
  const refused: { sentence: string }[] = [];
  let isStopped = false;
  const stop = () => {
    isStopped = true;
  };
  const show = () => {
    const [now, all] = [done.length + refused.length, errand.ids.length];
    tray.put({ id, name, state: 'running', share: now / all, words: labels.progress(number(now), number(all)), stop });
  };
  try {
    for (let from = 0; from < errand.ids.length && !isStopped; from += atOnce) {
      show();
      const answer = await sendStep(errand, errand.ids.slice(from, from + atOnce), view.csrf ?? '');
      done.push(...answer.done);
      refused.push(...answer.refused);
    }
    const first = refused[0];
    const said = [
      `${labels.done[errand.do]}: ${number(done.length)}`,
      first && labels.refused(number(refused.length), first.sentence),
    ];
    finish(said.filter(Boolean).join('. '), first ? 'failed' : 'done');
  } catch {
    finish(labels.broken(number(done.length)), 'failed');
  }

  function finish(sentence: string, state: 'done' | 'failed'): void {
    const back = backwards(errand, done);
    const undo = () => {
      tray.remove(id);
      void runErrand(back as Errand, surroundings);
    };
    tray.put({ id, name, state, share: 1, words: sentence, ...(back && { undo }) });
    onChange();
  }
}
