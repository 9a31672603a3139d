import { createContext, useContext } from 'react';
import { dayInFigures, dayInWords, momentInFigures, momentInWords } from '#platform/day-words';
import { formatAgo, formatBytes } from './formats.ts';
import { type Dictionary, useView, useWords } from './view.tsx';

export {
  dayInFigures,
  dayInWords,
  momentInFigures,
  momentInWords,
  monthInWords,
  weekdayInWords,
} from '#platform/day-words';
export { byName, inGermanOrder } from '#platform/order';
export { formatBytes, formatCount, formatNumber } from './formats.ts';

const words: Dictionary<{ never: string }> = { de: { never: 'noch nie' }, en: { never: 'never' } };

/**
 * A time in a list: how long ago, with the exact moment in a tooltip and for screen readers. `now` comes from the server, so that
 * the page reads the same before and after its script runs.
 */
export function Time({ at, now }: { readonly at: Date | string | null; readonly now: number }) {
  const { locale } = useView();
  const { never } = useWords(words);
  if (at === null) return <span className="muted">{never}</span>;
  const moment = new Date(at);
  return (
    <time dateTime={moment.toISOString()} title={momentInFigures(locale, moment)}>
      {formatAgo(locale, moment, now)}
    </time>
  );
}

/** Set by a table around its cells: what stands below each other is written in figures. */
export const InTable = createContext(false);

/** A day: in figures in a table, in words elsewhere. */
export function Day({ on }: { readonly on: string }) {
  const say = useContext(InTable) ? dayInFigures : dayInWords;
  return <time dateTime={on}>{say(useView().locale, on)}</time>;
}

/** The exact moment, for records and receipts: in figures in a table, in words elsewhere. */
export function Moment({ at }: { readonly at: Date | string }) {
  const moment = new Date(at);
  const say = useContext(InTable) ? momentInFigures : momentInWords;
  return <time dateTime={moment.toISOString()}>{say(useView().locale, moment)}</time>;
}

/** A size of stored bytes. */
export function Bytes({ value }: { readonly value: number }) {
  return <span className="number">{formatBytes(useView().locale, value)}</span>;
}
