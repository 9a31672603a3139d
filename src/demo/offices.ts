import { fillFinder, type Local, type LocalOffice, localServices } from '#modules/finder';
import { type TenantFacts, type TenantName, tenantFacts } from './cast.ts';
import { moment, type Stage } from './stage.ts';

const { taxes, order, registry, residents } = localServices;
const [dogTax, landTax] = taxes;

/** One office for everything, as small municipalities have it. */
const oneOffice = (name: string): readonly LocalOffice[] => [
  { key: 'verwaltung', name, room: '1', services: [...taxes, ...order, ...registry, ...residents] },
];

/**
 * What the municipalities of the cast say for themselves beside the texts of the state. Their offices bear the names they have inside
 * (`places/`), and what is applied for goes to the office people read of (`applications.ts`).
 */
const offices: Readonly<Partial<Record<TenantName, Pick<Local, 'name' | 'dogTax' | 'isGermanOnly' | 'offices'>>>> = {
  ellrich: {
    name: 'Stadtverwaltung Ellrich',
    dogTax: 'Hundesteuer: 60 Euro im Jahr für den ersten Hund',
    offices: [
      { key: 'ordnung', name: 'Ordnungsamt', room: '1.12', services: [dogTax, ...order, ...residents] },
      { key: 'kaemmerei', name: 'Kämmerei', room: '1.07', services: [landTax] },
      { key: 'standesamt', name: 'Standesamt', room: '2.03', services: registry },
      // A town of its size has none in fact: there the district decides.
      { key: 'bauamt', name: 'Bauamt', room: '2.10', services: ['baugenehmigung'] },
    ],
  },
  werther: {
    name: 'Gemeindeverwaltung Werther',
    dogTax: 'Hundesteuer: 40 Euro im Jahr für den ersten Hund',
    isGermanOnly: true,
    offices: oneOffice('Verwaltung'),
  },
  rhoenblick: {
    name: 'Gemeindeverwaltung Rhönblick',
    dogTax: 'Hundesteuer: 48 Euro im Jahr für den ersten Hund',
    offices: oneOffice('Hauptverwaltung'),
  },
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
