import { chance } from '../paper/chance.ts';
import { type Cell, xlsx } from '../paper/office.ts';
import { csv, text } from '../paper/text.ts';
import type { Maker, Paper } from '../place.ts';
import { pdf, plain, word } from './office.ts';

const budgets = [
  'Hauptamt',
  'Kämmerei',
  'Bauamt',
  'Bauhof',
  'Ordnungsamt',
  'Feuerwehr',
  'Kindergärten',
  'Schulen',
  'Freibad',
  'Friedhöfe',
];
const lines = [
  'Personal',
  'Sachkosten',
  'Unterhaltung der Gebäude',
  'Energie',
  'Geräte und Fahrzeuge',
  'Fortbildung',
  'Erträge aus Gebühren',
  'Zuweisungen',
];

/** A part of the budget: every version moves a little, as it does in the months of deliberation. */
const partOf =
  (name: string, seed: number): Maker =>
  ({ draft, day }) => {
    const random = chance(seed * 31 + draft);
    const rows = lines.map((line): Cell[] => {
      const before = random.between(4, 240) * 1_000;
      return [line, before, Math.round(before * (0.95 + random.next() * 0.15)), ''];
    });
    return xlsx({
      name,
      day,
      rows: [
        [`Teilhaushalt ${name}`, 'Ansatz Vorjahr', 'Ansatz', 'Bemerkung'],
        ...rows,
        ['Summe', `=SUM(B2:B${rows.length + 1})`, `=SUM(C2:C${rows.length + 1})`, ''],
      ],
    });
  };

const folder = (year: number) => `Haushalt/Haushalt ${year}`;

function planned(year: number): Paper[] {
  return [
    {
      path: `${folder(year)}/Eckwerte.docx`,
      by: 'h.kranich',
      ago: [90, 60, 14],
      tags: ['vertraulich'],
      stars: ['h.kranich'],
      comments: [
        ['f.lorbeer', 12, 'Bitte den Satz zur Kreisumlage freundlicher.'],
        ['h.kranich', 12, 'Freundlicher geht. Kleiner wird sie davon nicht.'],
      ],
      make: word(
        `Eckwerte ${year}`,
        '# Erträge',
        'Die Gewerbesteuer bleibt vorsichtig geschätzt.',
        '# Aufwand',
        'Personal und Energie steigen, der Rest bemüht sich.',
        '# Investitionen',
        'Turnhalle, Feuerwehrhaus, Straßenbeleuchtung.',
        '# Kredite',
        'Keine neuen, wenn nichts dazwischenkommt. Es kommt immer etwas dazwischen.',
      ),
    },
    {
      path: `${folder(year)}/Zeitplan.csv`,
      by: 'h.kranich',
      ago: 95,
      make: plain(
        csv([
          ['Schritt', 'Bis'],
          ['Anmeldungen der Ämter', 'Ende August'],
          ['Erster Entwurf', 'Mitte Oktober'],
          ['Lesung im Ausschuss', 'November'],
          ['Beschluss', 'Dezember'],
          ['Genehmigung', 'Gebet'],
        ]),
      ),
    },
    {
      path: `${folder(year)}/Anmeldung Bauamt.docx`,
      by: 'anna',
      ago: 80,
      make: word(
        'Anmeldung des Bauamtes',
        '# Straßen',
        'Feldstraße, zweiter Abschnitt: 310.000 Euro.',
        '# Spielplätze',
        'Eine neue Wippe: 2.900 Euro. Die Kinder sind informiert und drängen.',
      ),
    },
    {
      path: `${folder(year)}/Anmeldung Ordnungsamt.docx`,
      by: 'bernd',
      ago: 81,
      make: word('Anmeldung des Ordnungsamtes', '# Geräte', 'Ein geeichtes Maßband (Hecken), ein Gehörschutz (Hahn).'),
    },
    {
      path: `${folder(year)}/Notiz Kassenprüfung.txt`,
      by: 'm.sauerland',
      ago: 7,
      make: plain(
        text('Barkasse: 412,17 Euro. Soll: 412,20 Euro.', 'Die drei Cent liegen unter dem Tresor. Wir kommen nicht heran.'),
      ),
    },
  ];
}

function decided(year: number): Paper[] {
  return [
    {
      path: `${folder(year)}/Haushaltssatzung ${year}.pdf`,
      by: 'h.kranich',
      ago: 340,
      make: pdf(`Haushaltssatzung ${year}`, 'Beschlossen und bekannt gemacht', {
        '§ 1 Ergebnisplan': ['Erträge 11.842.000 Euro, Aufwendungen 11.839.500 Euro.'],
        '§ 2 Kredite': ['Es werden keine Kredite veranschlagt.'],
        '§ 3 Hebesätze': ['Grundsteuer A 311, Grundsteuer B 402, Gewerbesteuer 395 vom Hundert.'],
      }),
    },
    ...[1, 2, 3].map(
      (quarter): Paper => ({
        path: `${folder(year)}/Berichte/Quartal ${quarter}.pdf`,
        by: 'h.kranich',
        ago: 300 - quarter * 85,
        make: pdf(`Bericht zum ${quarter}. Quartal`, `Haushalt ${year}`, {
          Stand: [`${quarter * 24} Prozent der Mittel sind ausgegeben, ${quarter * 25} Prozent des Jahres vergangen.`],
          Auffällig: ['Der Posten „Verschiedenes“ ist verschieden hoch.'],
        }),
      }),
    ),
  ];
}

/** What lies in the space of the budget. */
export function moneyPapers(today: Date): Paper[] {
  const next = today.getFullYear() + 1;
  const parts = [next, next - 1].flatMap((year, past) =>
    budgets.map((name, index): Paper => {
      const ago = past === 0 ? [75 - index, 48 - index, 20 - index] : [430 - index, 402 - index];
      return {
        path: `${folder(year)}/Teilhaushalte/${String(index + 1).padStart(2, '0')} ${name}.xlsx`,
        by: index % 2 ? 'm.sauerland' : 'h.kranich',
        ago,
        make: partOf(name, index + past * 50),
      };
    }),
  );
  return [...parts, ...planned(next), ...decided(next - 1)];
}
