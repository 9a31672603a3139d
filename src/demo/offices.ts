import { fillFinder, type Local } from '#modules/finder';
import { type TenantFacts, type TenantName, tenantFacts } from './cast.ts';
import { moment, type Stage } from './stage.ts';

/** What the municipalities of the cast say for themselves beside the texts of the state. */
const offices: Readonly<Partial<Record<TenantName, { readonly name: string; readonly dogTax: string }>>> = {
  ellrich: { name: 'Stadtverwaltung Ellrich', dogTax: 'Hundesteuer: 60 Euro im Jahr für den ersten Hund' },
  werther: { name: 'Gemeindeverwaltung Werther', dogTax: 'Hundesteuer: 40 Euro im Jahr für den ersten Hund' },
  rhoenblick: { name: 'Gemeindeverwaltung Rhönblick', dogTax: 'Hundesteuer: 48 Euro im Jahr für den ersten Hund' },
};

/** Fills the citizens' search, ten months ago: the state's texts, and the offices of some municipalities. */
export async function fillOffices(stage: Stage, numbers: ReadonlyMap<TenantName, number>): Promise<void> {
  stage.at(moment(stage.today, 300));
  const locals = (Object.keys(offices) as TenantName[]).flatMap((name): Local[] => {
    const { municipalityKey: area }: TenantFacts = tenantFacts[name];
    const [tenant, office] = [numbers.get(name), offices[name]];
    return tenant !== undefined && office && area ? [{ tenant, area, ...office }] : [];
  });
  await fillFinder(stage.house, locals);
}
