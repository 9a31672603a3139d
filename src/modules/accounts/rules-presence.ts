import { addDays, beginningOf, dayAt, weekdayOf } from '#platform/day';
import { ensure, Failure } from '#platform/errors';
import type { Sentence } from '#platform/words';

/** How somebody wants to appear; the words are those of the clients. */
const presenceStates = ['online', 'away', 'dnd', 'busy', 'invisible', 'offline'] as const;
export type PresenceState = (typeof presenceStates)[number];

export const presenceLimits = { message: 80, icon: 16 };

/** When a message goes by itself: after so many seconds, or at the end of the day or week. */
export type ClearRule =
  | { readonly type: 'period'; readonly time: number }
  | { readonly type: 'end-of'; readonly time: 'day' | 'week' };

export type ReadyMessage = {
  readonly id: string;
  readonly icon: string;
  readonly message: Sentence;
  readonly clearAt: ClearRule | null;
};

const hour = 3_600;

/** The messages clients offer. Ids and icons are Nextcloud's, so that clients find their own pictures for them. */
export const readyMessages: readonly ReadyMessage[] = [
  {
    id: 'meeting',
    icon: '📅',
    message: { de: 'In einer Besprechung', en: 'In a meeting' },
    clearAt: { type: 'period', time: hour },
  },
  { id: 'commuting', icon: '🚌', message: { de: 'Unterwegs', en: 'Commuting' }, clearAt: { type: 'period', time: hour / 2 } },
  {
    id: 'be-right-back',
    icon: '⏳',
    message: { de: 'Gleich zurück', en: 'Be right back' },
    clearAt: { type: 'period', time: hour / 4 },
  },
  {
    id: 'remote-work',
    icon: '🏡',
    message: { de: 'Im Homeoffice', en: 'Working remotely' },
    clearAt: { type: 'end-of', time: 'day' },
  },
  { id: 'sick-leave', icon: '🤒', message: { de: 'Krank', en: 'Out sick' }, clearAt: { type: 'end-of', time: 'day' } },
  { id: 'vacationing', icon: '🌴', message: { de: 'Im Urlaub', en: 'Vacationing' }, clearAt: null },
];

/** Throws `invalid` for a state nobody knows. */
export function checkPresenceState(text: string | undefined): PresenceState {
  const found = presenceStates.find((state) => state === text);
  if (!found) throw new Failure('invalid', 'accounts.presenceUnknown');
  return found;
}

/** An icon is one picture character, however many code points it takes; null without one. Throws `invalid`. */
export function checkIcon(text: string | undefined): string | null {
  if (text === undefined || text === '') return null;
  const graphemes = [...new Intl.Segmenter('de', { granularity: 'grapheme' }).segment(text)];
  const isPicture =
    graphemes.length === 1 && text.length <= presenceLimits.icon && /\p{Extended_Pictographic}|\p{RI}/u.test(text);
  ensure(isPicture, 'invalid', 'accounts.presenceIcon');
  return text;
}

/** The moment a rule means: the end of a day is midnight in Thuringia. */
export function momentOf(rule: ClearRule | null, now: Date): Date | null {
  if (rule === null) return null;
  if (rule.type === 'period') return new Date(now.getTime() + rule.time * 1000);
  const today = dayAt(now);
  return beginningOf(addDays(today, rule.time === 'day' ? 1 : 8 - weekdayOf(today)));
}
