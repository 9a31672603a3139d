/** What a key means in a list; null: nothing, the browser may have it. */
export type ListCommand =
  | { readonly kind: 'go'; readonly to: number; readonly extends: boolean }
  | { readonly kind: 'toggle' }
  | { readonly kind: 'open' }
  | { readonly kind: 'all' }
  | { readonly kind: 'none' }
  | { readonly kind: 'find'; readonly letter: string };

type Key = {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
};

/** Where the focus is, how many rows there are, and how many fit on the screen. */
export type ListPlace = { readonly index: number; readonly count: number; readonly page: number };

const steps: Readonly<Record<string, (place: ListPlace) => number>> = {
  ArrowDown: ({ index }) => index + 1,
  ArrowUp: ({ index }) => index - 1,
  PageDown: ({ index, page }) => index + page,
  PageUp: ({ index, page }) => index - page,
  Home: () => 0,
  End: ({ count }) => count - 1,
};

/** Reads a key as people know it from file managers: arrows go, Shift extends, Space marks, Enter opens, letters find. */
export function commandOf(event: Key, place: ListPlace): ListCommand | null {
  const isControl = event.ctrlKey || event.metaKey;
  const step = steps[event.key];
  if (event.altKey || place.count === 0) return null;
  if (step && !isControl) {
    const to = Math.max(0, Math.min(place.count - 1, step(place)));
    return { kind: 'go', to, extends: event.shiftKey };
  }
  if (isControl) return event.key.toLowerCase() === 'a' && !event.shiftKey ? { kind: 'all' } : null;
  if (event.key === ' ') return { kind: 'toggle' };
  if (event.key === 'Enter') return { kind: 'open' };
  if (event.key === 'Escape') return { kind: 'none' };
  return /^[\p{L}\p{N}]$/u.test(event.key) ? { kind: 'find', letter: event.key } : null;
}

/** All indices from one to another, whichever is larger. */
export function between(from: number, to: number): number[] {
  const first = Math.min(from, to);
  return Array.from({ length: Math.abs(to - from) + 1 }, (_, index) => first + index);
}
