import { fillFinder } from '#modules/finder';
import type { People } from './people.ts';

/** The finder with its catalogue, and what the municipalities of the cast say for themselves. */
export async function settleFinder({ house, ellrich, werther }: People): Promise<void> {
  await fillFinder(house, [
    {
      tenant: ellrich,
      area: '16062005',
      name: 'Stadtverwaltung Ellrich',
      dogTax: 'Hundesteuer: 60 Euro im Jahr für den ersten Hund',
    },
    {
      tenant: werther,
      area: '16062063',
      name: 'Gemeindeverwaltung Werther',
      dogTax: 'Hundesteuer: 40 Euro im Jahr für den ersten Hund',
      isGermanOnly: true,
    },
  ]);
}
