/** Addresses of this room's pages, read and written in one place. */

/** A number out of an address; 0, which nothing has as its id, when it is none. */
export const idOf = (text: string | undefined | null): number => (/^\d{1,15}$/.test(text ?? '') ? Number(text) : 0);

/** Ids out of an address or a form: several values, or one with commas. */
export function idsIn(values: readonly unknown[]): number[] {
  const texts = values.flatMap((value) => (typeof value === 'string' ? value.split(',') : []));
  return [...new Set(texts.map(idOf).filter((id) => id > 0))];
}

export type Order = 'name' | 'size' | 'modified';

export type Sorting = { readonly order: Order; readonly isDescending: boolean };

const words: Readonly<Record<Order, string>> = { name: 'name', size: 'groesse', modified: 'geaendert' };

/** How the address says the list is sorted. */
export function sortingIn(params: URLSearchParams): Sorting {
  const given = params.get('sortierung');
  const order = (Object.keys(words) as Order[]).find((each) => words[each] === given) ?? 'name';
  return { order, isDescending: params.get('richtung') === 'ab' };
}

/** The same as the end of an address; empty for the usual order. */
export function searchFor({ order, isDescending }: Sorting): string {
  const params = new URLSearchParams({
    ...(order !== 'name' && { sortierung: words[order] }),
    ...(isDescending && { richtung: 'ab' }),
  });
  return params.size === 0 ? '' : `?${params}`;
}

/** The order a click on a column leads to: the other direction of the same one; sizes and times begin with the largest. */
export function turned(now: Sorting, order: Order): Sorting {
  if (now.order === order) return { order, isDescending: !now.isDescending };
  return { order, isDescending: order !== 'name' };
}

export const folderPath = (id: number | string): string => `/dateien/${id}`;
export const contentPath = (id: number): string => `/dateien/inhalt/${id}`;
export const versionPath = (id: number, version: number): string => `/dateien/inhalt/${id}/version/${version}`;
export const zipPath = (ids: readonly number[]): string => `/dateien/zip?ids=${ids.join(',')}`;
/** The address of a preview; the hash in it makes the browser ask again when the content is another one. */
export const previewPath = (id: number, pixels: number, hash: string | null): string =>
  `/dateien/vorschau/${id}?${new URLSearchParams({ pixel: String(pixels), stand: hash?.slice(0, 12) ?? '' })}`;
