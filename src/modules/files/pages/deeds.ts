import { formatCount } from '#ui/format';
import type { Notice, PageHouse } from '#web/context';
import type { Done } from '../selection.ts';
import { deedTexts } from './folder-texts.ts';

/** Something that was refused, for whatever reason. */
export type Refusal = Done & { readonly failure: unknown };

type Outcome = { readonly done: readonly Done[]; readonly refused: readonly Refusal[]; readonly begun?: readonly Done[] };

/** “„Bericht.pdf“” or “3 Einträge”. */
function nameWhat(house: PageHouse, done: readonly Done[]): string {
  const { locale } = house.ctx;
  const { quoted, entries } = deedTexts[locale];
  const [only] = done;
  return only && done.length === 1 ? quoted(only.name) : formatCount(locale, done.length, entries);
}

/** What was done, and for what it was refused and why, in one or two sentences. */
export function tellOutcome(house: PageHouse, outcome: Outcome, sentence: (what: string) => string): string {
  const { refused, done, begun = [] } = outcome;
  const { locale } = house.ctx;
  const labels = deedTexts[locale];
  const [first] = refused;
  const parts = [
    done.length > 0 ? sentence(nameWhat(house, done)) : first || begun.length > 0 ? '' : labels.skipped,
    begun.length > 0 ? labels.begun(nameWhat(house, begun)) : '',
    first ? labels.refused(nameWhat(house, refused), house.explain(first.failure).sentence) : '',
  ];
  return parts.filter(Boolean).join(' ');
}

/** More ids than this do not fit into the cookie that carries the way back to the next page. */
const mostUndone = 250;

/** A notice with its way back, as long as that is not too long. */
export function noticeOf(text: string, done: Outcome['done'], undo: (ids: string) => NonNullable<Notice['undo']>): Notice {
  const ids = done.map(({ id }) => id);
  return ids.length > 0 && ids.length <= mostUndone ? { text, undo: undo(ids.join(',')) } : { text };
}
