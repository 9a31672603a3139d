import type { PageHouse } from '#web/context';

/** The number of an entry in an address; there is no page for what is none. */
export function entryNumber(house: PageHouse, given: string | undefined): number {
  if (!/^[1-9]\d{0,14}$/.test(given ?? '')) throw house.missing();
  return Number(given);
}

/** The number of a version; 0 for none. */
export const versionNumber = (given: string | null): number => (/^\d{1,6}$/.test(given ?? '') ? Number(given) : 0);
