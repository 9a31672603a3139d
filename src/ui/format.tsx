import { formatAgo, formatBytes, formatMoment } from './formats.ts';
import { type Dictionary, useView, useWords } from './view.tsx';

export { formatBytes, formatCount, formatDay, formatMoment, formatNumber } from './formats.ts';

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
    <time dateTime={moment.toISOString()} title={formatMoment(locale, moment)}>
      {formatAgo(locale, moment, now)}
    </time>
  );
}

/** The exact moment, for records and receipts. */
export function Moment({ at }: { readonly at: Date | string }) {
  const moment = new Date(at);
  return <time dateTime={moment.toISOString()}>{formatMoment(useView().locale, moment)}</time>;
}

/** A size of stored bytes. */
export function Bytes({ value }: { readonly value: number }) {
  return <span className="number">{formatBytes(useView().locale, value)}</span>;
}
