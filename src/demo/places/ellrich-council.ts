import { csv } from '../paper/text.ts';
import type { Paper } from '../place.ts';
import { moment } from '../stage.ts';
import { townLetter } from './ellrich-house.ts';
import { pdf, plain, spoken, stamp, word } from './office.ts';

const topics: readonly (readonly [title: string, resolution: string, vote: string])[] = [
  [
    'Sanierung der Turnhalle',
    'Der Stadtrat beschließt die Sanierung des Daches in zwei Abschnitten.',
    '14 Ja, 1 Nein, 1 Enthaltung',
  ],
  [
    'Öffnungszeiten des Freibades',
    'Das Freibad öffnet an warmen Tagen bis 20 Uhr. Was ein warmer Tag ist, entscheidet der Schwimmmeister.',
    'einstimmig',
  ],
  ['Benennung eines Weges', 'Der Weg am Teich heißt künftig „Am Froschkonzert“.', '9 Ja, 7 Nein'],
  [
    'Straßenbeleuchtung',
    'Die Lampen werden auf LED umgestellt; zwischen 1 und 4 Uhr leuchtet jede zweite.',
    '12 Ja, 3 Nein, 1 Enthaltung',
  ],
  ['Kindergarten Zwergenhöhle', 'Eine weitere Gruppe wird eingerichtet, wenn die Förderung kommt.', 'einstimmig'],
  [
    'Hundesteuer',
    'Die Satzung wird geändert. Der zweite Hund kostet das Doppelte, der dritte bekommt eine Anhörung.',
    '10 Ja, 6 Nein',
  ],
  [
    'Ortsumgehung',
    'Die Stadt bevorzugt Variante 2 (Süd) und bittet um ein ergänzendes Lärmgutachten.',
    '13 Ja, 2 Nein, 1 Enthaltung',
  ],
  ['Partnerschaft der Feuerwehren', 'Die Partnerschaft wird erneuert; der Schlauch bleibt gemeinsam.', 'einstimmig'],
  ['Friedhofssatzung', 'Baumbestattungen werden möglich.', '15 Ja, 1 Enthaltung'],
  ['Glasfaser', 'Der Ausbau beginnt im Unterdorf, weil dort die Straße ohnehin offen ist.', 'einstimmig'],
];

const sessions = 26;
const spacing = 41;

function session(number: number, today: Date): Paper[] {
  const ago = 1_050 - (number - 1) * spacing;
  const day = moment(today, ago, number);
  const folder = `Stadtrat/${day.getFullYear()}/${stamp(day)} ${number}. Sitzung`;
  const agenda = [0, 1, 2].map((offset) => topics[(number * 3 + offset) % topics.length] as (typeof topics)[number]);
  const items = agenda.map(([title], index) => `TOP ${index + 3}: ${title}`);
  return [
    {
      path: `${folder}/Einladung.pdf`,
      by: 'w.schlehe',
      ago: ago + 12,
      make: townLetter({
        to: ['An die Mitglieder', 'des Stadtrates'],
        reference: `10-${number}`,
        subject: `Einladung zur ${number}. Sitzung des Stadtrates`,
        signed: 'Schlehe, Sitzungsdienst',
        paragraphs: [
          `zur Sitzung am ${spoken(day)} um 18 Uhr im Ratssaal lade ich herzlich ein.`,
          [
            'Tagesordnung:',
            'TOP 1: Eröffnung und Beschlussfähigkeit',
            'TOP 2: Niederschrift der letzten Sitzung',
            ...items,
            'TOP 6: Anfragen und Verschiedenes',
          ].join('\n'),
          'Der Ratssaal ist geheizt. Wer friert, sitzt am besten links.',
        ],
      }),
    },
    {
      path: `${folder}/Niederschrift.pdf`,
      by: number % 2 ? 'w.schlehe' : 'bernd',
      ago: [ago - 5, ago - 9],
      ...(number === sessions && {
        tags: ['zur Unterschrift'],
        comments: [['anna', 3, 'Bei TOP 4 fehlt die Enthaltung von Herrn Ahorn.'] as const],
      }),
      make: pdf(`Niederschrift der ${number}. Sitzung des Stadtrates`, `${spoken(day)}, 18.00 bis 20.40 Uhr, Ratssaal`, {
        Anwesend: ['16 von 16 Mitgliedern, ab TOP 5 noch 15 (Kuh im Garten).'],
        ...Object.fromEntries(
          agenda.map(([title, resolution, vote], index) => [`TOP ${index + 3}: ${title}`, [resolution, `Abstimmung: ${vote}.`]]),
        ),
        Anfragen: ['Wann wird die Uhr am Rathaus gestellt? – Sie geht zweimal am Tag richtig; der Uhrmacher ist bestellt.'],
      }),
    },
    ...agenda.slice(0, number % 3 === 0 ? 2 : 1).map(
      ([title, resolution], index): Paper => ({
        path: `${folder}/Vorlage ${number}-${index + 1} ${title}.docx`,
        by: 'w.schlehe',
        ago: ago + 14,
        make: word(
          `Beschlussvorlage ${number}-${index + 1}: ${title}`,
          '# Beschlussvorschlag',
          resolution,
          '# Begründung',
          'Die Verwaltung hat die Sache geprüft und mit den Ortsteilen besprochen.',
          '# Kosten',
          'Im Haushalt eingeplant, soweit er reicht.',
        ),
      }),
    ),
  ];
}

/** What lies in the space of the town council. */
export function councilPapers(today: Date): Paper[] {
  return [
    ...Array.from({ length: sessions }, (_, index) => session(index + 1, today)).flat(),
    {
      path: 'Stadtrat/Beschlussverfolgung.csv',
      by: 'w.schlehe',
      ago: [300, 200, 100, 6],
      tags: ['aktuell'],
      stars: ['anna', 'bernd'],
      make: plain(
        csv([
          ['Nr.', 'Beschluss', 'Zuständig', 'Stand'],
          ...topics.map(([title], index) => [
            index + 1,
            title,
            index % 2 ? 'Bauamt' : 'Hauptamt',
            index % 3 ? 'in Arbeit' : 'erledigt',
          ]),
        ]),
      ),
    },
    {
      path: 'Stadtrat/Geschäftsordnung.pdf',
      by: 'w.schlehe',
      ago: 1_040,
      make: pdf('Geschäftsordnung des Stadtrates', 'Lesefassung', {
        '§ 1 Einberufung': ['Zwölf Tage vorher, mit Unterlagen.'],
        '§ 2 Redezeit': ['Fünf Minuten. Die Uhr läuft auch bei Zwischenrufen.'],
        '§ 3 Niederschrift': ['Sie gibt wieder, was beschlossen wurde, nicht was gedacht wurde.'],
      }),
    },
    { path: 'Stadtrat/Sitzordnung alt.docx', by: 'w.schlehe', ago: 600, trashed: 25, make: word('Sitzordnung', 'Vor der Wahl.') },
  ];
}
