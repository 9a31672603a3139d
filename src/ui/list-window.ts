import { type RefObject, useCallback, useEffect, useLayoutEffect, useState } from 'react';

/** Rows that are in the page: from the first to before the second index. */
export type Span = { readonly from: number; readonly to: number };

/** Up to so many rows all of them are in the page; longer lists keep only those around what is seen. */
export const wholeUpTo = 200;
/** Rows kept ready above and below what is seen, so that quick scrolling shows no holes. */
const ahead = 30;
/** Bytes of movement are cheap, renderings are not: the span moves in steps of so many rows. */
const step = 10;

const guessedHeight = 36;

/** The rows that should be in the page, for where the body of a table stands on the screen. */
function spanFor(top: number, { height, screen, count }: { height: number; screen: number; count: number }): Span {
  const first = Math.floor(-top / height) - ahead;
  const last = Math.ceil((screen - top) / height) + ahead;
  const from = Math.max(0, Math.floor(first / step) * step);
  const to = Math.min(count, Math.ceil(last / step) * step);
  return { from: Math.min(from, Math.max(0, count - 1)), to: Math.max(to, Math.min(count, from + step)) };
}

/** Effects of layout exist only in the browser; on the server React would complain. */
export const useBrowserEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect;

/** Of rows that have arrived: those still to come are lower by a pixel, which ten thousand of them turn into five screens. */
function heightOf(body: HTMLElement): number | null {
  return body.querySelector<HTMLElement>('tr[data-index][tabindex]')?.getBoundingClientRect().height || null;
}

/**
 * Keeps only the rows around the visible part of a long list in the page. The page itself scrolls; gaps of the right height stand
 * for the rest, which is why rows of a long list are all equally high.
 */
export function useWindow(
  body: RefObject<HTMLElement | null>,
  { count, first, isOn }: { readonly count: number; readonly first: number; readonly isOn: boolean },
) {
  const fromServer = { from: first, to: Math.min(count, first + wholeUpTo) };
  const [span, setSpan] = useState<Span>(fromServer);
  const [height, setHeight] = useState(guessedHeight);
  const isWindowed = isOn && count > wholeUpTo;
  const measure = useCallback(() => {
    if (!body.current || !isWindowed) return;
    const now = heightOf(body.current) ?? height;
    setHeight(now);
    const wanted = spanFor(body.current.getBoundingClientRect().top, { height: now, screen: innerHeight, count });
    setSpan((old) => (old.from === wanted.from && old.to === wanted.to ? old : wanted));
  }, [body, count, height, isWindowed]);
  useBrowserEffect(measure, [measure]);
  useEffect(() => {
    addEventListener('scroll', measure, { passive: true });
    addEventListener('resize', measure);
    return () => {
      removeEventListener('scroll', measure);
      removeEventListener('resize', measure);
    };
  }, [measure]);
  if (isWindowed) return { span, height, isWindowed };
  return { span: isOn ? { from: 0, to: count } : fromServer, height, isWindowed };
}
