import type { PageHouse } from '#web/context';
import { peopleTexts } from './people-texts.ts';

/** Where the pages about somebody's devices lie: what is above them, and their own address. */
export function personPlace(house: PageHouse, { id, name }: { readonly id: number; readonly name: string }) {
  const people = '/verwaltung/personen';
  const above = [
    { to: people, label: peopleTexts[house.ctx.locale].people },
    { to: `${people}/${id}`, label: name },
  ];
  return { above, devices: `${people}/${id}/geraete` };
}
