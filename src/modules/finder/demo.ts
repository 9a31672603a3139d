import { type Context, systemContext } from '#platform/context';
import { type Given, importCatalogue, publishGiven } from './catalogue.ts';
import { rebuild } from './rebuild.ts';
import { stateTenant } from './rules.ts';
import type { AuthorityContent, Unit } from './rules-content.ts';

/** A municipality of the demonstration, by its tenant's number. */
export type Local = { readonly tenant: number; readonly area: string; readonly name: string; readonly dogTax: string };

/**
 * Fills an instance for a demonstration or a test: the catalogue, and what some municipalities say for themselves. Contacts are
 * invented (`.example`, numbers for fiction). Running it again adds only what is new. Only the house may.
 */
export async function fillFinder(ctx: Context, locals: readonly Local[] = []): Promise<void> {
  await importCatalogue(systemContext(ctx.platform, stateTenant, 'demo'));
  for (const local of locals) {
    const own = systemContext(ctx.platform, local.tenant, 'demo');
    await publishGiven(own, local.tenant, textsOf(local));
    await rebuild(own, local.tenant);
  }
}

const unit = (key: string, name: string, room: string): Unit => ({
  key,
  name,
  room,
  phone: '03632 0000-0',
  mail: `${key}@stadt.example`,
});

function textsOf({ area, name, dogTax }: Local): Given[] {
  const content: AuthorityContent = {
    name,
    represents: [area],
    street: 'Markt 1',
    postcode: '99999',
    town: name.replace(/^\S+\s/, ''),
    phone: '03632 0000-0',
    mail: 'buergerbuero@stadt.example',
    web: 'https://stadt.example',
    hours: 'Mo 9–12, 13–15\nDi 9–12, 13–18\nDo 9–12, 13–16\nFr 9–12\n24.12.2026 geschlossen\n31.12.2026 geschlossen',
    accessibility: ['Stufenloser Eingang im Hof', 'Aufzug', 'Rollstuhlgerechte Toilette im Erdgeschoss'],
    languages: ['Deutsch', 'Englisch'],
    units: [
      unit('buergerbuero', 'Bürgerbüro', 'E 01'),
      unit('steuern', 'Steueramt', '1.07'),
      unit('ordnung', 'Ordnungsamt', '1.12'),
      unit('standesamt', 'Standesamt', '2.03'),
    ],
  };
  return [{ kind: 'authority', key: area, content }, ...unitRules(area), supplement(area, dogTax)];
}

const units: Readonly<Record<string, readonly string[]>> = {
  steuern: ['hundesteuer', 'grundsteuer'],
  ordnung: [
    'veranstaltung-anzeigen',
    'gefaehrlicher-hund',
    'sondernutzung',
    'bewohnerparkausweis',
    'gewerbeanmeldung',
    'gaststaette',
  ],
  standesamt: ['geburt-anzeigen', 'geburtsurkunde', 'eheschliessung', 'eheurkunde', 'sterbefall'],
  buergerbuero: ['personalausweis', 'reisepass', 'wohnsitz-anmelden', 'fuehrungszeugnis', 'beglaubigung', 'meldebescheinigung'],
};

function unitRules(area: string): Given[] {
  return Object.entries(units).flatMap(([key, services]) =>
    services.map((service): Given => {
      const source = 'Geschäftsverteilungsplan der Verwaltung';
      const content = { service, area, authority: area, level: null, unit: key, except: [], source };
      return { kind: 'competence', key: `${service}.${area}`, content };
    }),
  );
}

function supplement(area: string, dogTax: string): Given {
  const content = {
    ...{ service: 'hundesteuer', area, documents: [], deadlines: ['innerhalb von 14 Tagen, nachdem der Hund aufgenommen wurde'] },
    ...{
      note: 'Die Hundemarke kommt mit dem Steuerbescheid. Für Assistenzhunde entfällt die Steuer auf Antrag.',
      fees: [dogTax],
    },
  };
  return { kind: 'supplement', key: `hundesteuer.${area}`, content };
}
