import { ensure } from '#platform/errors';
import type { FormPage } from './rules-definition.ts';
import type { Problem, Raw, RawAnswers } from './rules-field.ts';
import { type Answers, after, type Walk } from './rules-flow.ts';

/** Answering a page: what is kept, and where it goes on. */

export type PageGo = {
  readonly item: number;
  /** On to the next page; another entry; this entry away; only saved; saved if anything is not as it was, since somebody leaves. */
  readonly go: 'next' | 'add' | 'remove' | 'stay' | 'leave';
  /** It was opened from the summary, and leads back there. */
  readonly isChange?: boolean;
};

export const itemsOf = ({ items }: Answers, page: string): readonly RawAnswers[] => items[page] ?? [];

/** The answers with what was sent for one page. Throws `conflict` for an entry that is gone. */
export function answered(answers: Answers, page: FormPage, raw: Readonly<Record<string, Raw>>, { item, go }: PageGo): Answers {
  if (!page.repeat) return { ...answers, plain: { ...answers.plain, ...raw } };
  const entries = [...itemsOf(answers, page.key)];
  ensure(item >= 0 && item <= entries.length && item < page.repeat.max, 'conflict', 'forms.entryGone');
  if (go === 'remove') entries.splice(item, 1);
  else entries[item] = { ...entries[item], ...raw };
  return { ...answers, items: { ...answers.items, [page.key]: entries } };
}

const saidIn = (raw: Raw | undefined): string => JSON.stringify([raw ?? []].flat().filter((value) => value.trim() !== ''));

/** Whether what was sent stands there already: a page that was only looked at is left as it was. What is empty was never said. */
export function isStored(answers: Answers, page: FormPage, raw: Readonly<Record<string, Raw>>, item: number): boolean {
  const stored = page.repeat ? (itemsOf(answers, page.key)[item] ?? {}) : answers.plain;
  return Object.entries(raw).every(([name, value]) => saidIn(stored[name]) === saidIn(value));
}

export type Onward = { readonly goTo: string | null; readonly item: number; readonly problems: readonly Problem[] };

/** Where it goes on from a page; null: the summary. What keeps one on the page comes with it. */
export function onward(way: Walk, page: FormPage, count: number, { item, go, isChange }: PageGo): Onward {
  const asked = way.pages.find(({ page: { key } }) => key === page.key);
  if (!asked) return { goTo: after(way, page.key), item: 0, problems: [] };
  if (go === 'remove') return { goTo: page.key, item: Math.max(0, item - 1), problems: [] };
  if (go === 'stay' || go === 'leave') return { goTo: page.key, item, problems: [] };
  const mine = asked.problems.filter((problem) => problem.item === item);
  if (mine.length > 0) return { goTo: page.key, item, problems: mine };
  if (go === 'add' && page.repeat && count < page.repeat.max) return { goTo: page.key, item: count, problems: [] };
  // Another entry of this page may be wrong: it is shown, with what is wrong.
  const [other] = asked.problems;
  if (other) return { goTo: page.key, item: other.item, problems: [] };
  return { goTo: isChange ? way.next : after(way, page.key), item: 0, problems: [] };
}
