import { Failure } from './errors.ts';

/** One page of a long list; `next` asks for the following one and is null at the end. */
export type Page<Item> = { readonly items: readonly Item[]; readonly next: string | null };

/** Most items of one page, whatever was asked for. */
export const largestPage = 1_000;

/** Cuts rows that were read with `limit + 1` into a page; `cursorOf` names the last item shown. */
export function toPage<Item>(
  rows: readonly Item[],
  limit: number,
  cursorOf: (last: Item) => readonly (string | number)[],
): Page<Item> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { items, next: hasMore ? Buffer.from(JSON.stringify(cursorOf(last))).toString('base64url') : null };
}

/** Reads a cursor made by {@link toPage}; null without one. Throws `invalid` for a made-up one. */
export function readCursor(cursor: string | null | undefined, length: number): (string | number)[] | null {
  if (!cursor) return null;
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parts) && parts.length === length && parts.every((part) => ['string', 'number'].includes(typeof part)))
      return parts;
  } catch {
    // falls through: the text was not ours
  }
  throw new Failure('invalid', 'platform.invalid', { detail: 'cursor' });
}

/** The number of items to give: what was asked for, within 1 and {@link largestPage}. */
export function pageLimit(asked: number | undefined, fallback = 200): number {
  return Math.min(largestPage, Math.max(1, Math.floor(asked ?? fallback)));
}
