import { type Context, systemContext } from '#platform/context';
import { type Given, importCatalogue, publishGiven } from './catalogue.ts';
import { rebuild } from './rebuild.ts';
import { stateTenant } from './rules.ts';
import type { AuthorityContent, Unit } from './rules-content.ts';
import { readAreas } from './store/areas.ts';

/** A municipality of the demonstration, by its tenant's number. */
export type Local = {
  readonly tenant: number;
  readonly area: string;
  readonly name: string;
  readonly dogTax: string;
  /** It has nobody who writes English. */
  readonly isGermanOnly?: boolean;
  /** Its offices; left out: the usual ones of a small town. */
  readonly offices?: readonly LocalOffice[];
};

/** An office of a municipality, under the name it has everywhere, and what people go there for. */
export type LocalOffice = {
  readonly key: string;
  readonly name: string;
  readonly room: string;
  readonly services: readonly string[];
};

/** What people want from a municipality, by the kind of office that sees to it. */
export const localServices = {
  taxes: ['hundesteuer', 'grundsteuer'],
  order: [
    'veranstaltung-anzeigen',
    'gefaehrlicher-hund',
    'sondernutzung',
    'bewohnerparkausweis',
    'gewerbeanmeldung',
    'gaststaette',
  ],
  registry: ['geburt-anzeigen', 'geburtsurkunde', 'eheschliessung', 'eheurkunde', 'sterbefall'],
  residents: ['personalausweis', 'reisepass', 'wohnsitz-anmelden', 'fuehrungszeugnis', 'beglaubigung', 'meldebescheinigung'],
} as const;

const usualOffices: readonly LocalOffice[] = [
  { key: 'buergerbuero', name: 'Bürgerbüro', room: 'E 01', services: localServices.residents },
  { key: 'steuern', name: 'Steueramt', room: '1.07', services: localServices.taxes },
  { key: 'ordnung', name: 'Ordnungsamt', room: '1.12', services: localServices.order },
  { key: 'standesamt', name: 'Standesamt', room: '2.03', services: localServices.registry },
];

/**
 * Fills an instance for a demonstration or a test: the catalogue, and what some municipalities say for themselves. Contacts are
 * invented (`.example`, numbers for fiction). Running it again adds only what is new. Only the house may.
 */
export async function fillFinder(ctx: Context, locals: readonly Local[] = []): Promise<void> {
  await importCatalogue(systemContext(ctx.platform, stateTenant, 'demo'));
  const areas = await readAreas(ctx.platform.db.read(stateTenant), stateTenant);
  for (const local of locals) {
    const [postcode = ''] = areas.find(({ key }) => key === local.area)?.postcodes ?? [];
    const own = systemContext(ctx.platform, local.tenant, 'demo');
    await publishGiven(own, local.tenant, textsOf(local, postcode));
    await rebuild(own, local.tenant);
  }
}

const unit = ({ key, name, room }: LocalOffice): Unit => ({
  key,
  name,
  room,
  phone: '03632 0000-0',
  mail: `${key}@stadt.example`,
});

/** @param postcode of the place, from the register */
function textsOf(local: Local, postcode: string): Given[] {
  const { area, name, offices = usualOffices } = local;
  const content: AuthorityContent = {
    name,
    represents: [area],
    street: 'Markt 1',
    postcode,
    town: name.replace(/^\S+\s/, ''),
    phone: '03632 0000-0',
    mail: 'buergerbuero@stadt.example',
    web: 'https://stadt.example',
    hours: 'Mo 9–12, 13–15\nDi 9–12, 13–18\nDo 9–12, 13–16\nFr 9–12\n24.12.2026 geschlossen\n31.12.2026 geschlossen',
    accessibility: ['Stufenloser Eingang im Hof', 'Aufzug', 'Rollstuhlgerechte Toilette im Erdgeschoss'],
    languages: ['Deutsch', 'Englisch'],
    units: offices.map(unit),
  };
  return [{ kind: 'authority', key: area, content }, ...unitRules(area, offices), supplement(local)];
}

function unitRules(area: string, offices: readonly LocalOffice[]): Given[] {
  return offices.flatMap(({ key, services }) =>
    services.map((service): Given => {
      const source = 'Geschäftsverteilungsplan der Verwaltung';
      const content = { service, area, authority: area, level: null, unit: key, except: [], source };
      return { kind: 'competence', key: `${service}.${area}`, content };
    }),
  );
}

function supplement({ area, dogTax, isGermanOnly = false }: Local): Given {
  const content = {
    service: 'hundesteuer',
    area,
    documents: [],
    deadlines: ['innerhalb von 14 Tagen, nachdem der Hund aufgenommen wurde'],
    note: 'Die Hundemarke kommt mit dem Steuerbescheid. Für Assistenzhunde entfällt die Steuer auf Antrag.',
    fees: [dogTax],
    ...(isGermanOnly ? noEnglish : englishSupplement(dogTax)),
  };
  return { kind: 'supplement', key: `hundesteuer.${area}`, content };
}

const noEnglish = { noteEn: '', documentsEn: [], feesEn: [], deadlinesEn: [] };

const englishSupplement = (dogTax: string) => ({
  noteEn: 'The dog tag comes with the tax notice. Assistance dogs are exempt on request.',
  documentsEn: [],
  feesEn: [`dog tax: ${/\d+/.exec(dogTax)?.[0] ?? ''} euros a year for the first dog`],
  deadlinesEn: ['within 14 days of taking in the dog'],
});
