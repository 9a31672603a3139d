import { formatCount } from '#ui/format';

import { printTexts } from './print-texts.ts';

/** The letters chosen in an address or a form; what is no number becomes 0, which no letter is. */
export const chosenIn = (given: Pick<URLSearchParams, 'getAll'> | FormData): number[] =>
  given.getAll('brief').map((value) => (/^\d{1,15}$/.test(String(value)) ? Number(value) : 0));

/** An address that names letters. */
export const addressOf = (path: string, ids: readonly number[]) =>
  `${path}?${new URLSearchParams(ids.map((id) => ['brief', String(id)]))}`;

/** "1 Brief", "12 Briefe". */
export const countLetters = (locale: 'de' | 'en', count: number) => formatCount(locale, count, printTexts[locale].nouns);
