import { landscape } from '../paper/landscape.ts';
import { routePlan } from '../paper/plan.ts';
import { csv } from '../paper/text.ts';
import { packZip } from '../paper/zip.ts';
import type { Paper } from '../place.ts';
import { moment } from '../stage.ts';
import { mailOf, pdf, plain, spoken, stamp, word, writer } from './office.ts';

const space = 'Projekt Ortsumgehung';

function meetings(today: Date): Paper[] {
  return Array.from({ length: 15 }, (_, index): Paper => {
    const ago = 620 - index * 42;
    const day = moment(today, ago, index);
    return {
      path: `${space}/Besprechungen/${stamp(day)} Protokoll ${index + 1}.pdf`,
      by: index % 2 ? 'j.tannert' : 'anna',
      ago,
      make: pdf(`Projektbesprechung Nr. ${index + 1}`, `${spoken(day)}, Besprechungsraum 2`, {
        Teilnehmende: ['Apel, Weidenbach, Tannert; für das Planungsbüro Groß. Eine Wespe (zeitweise).'],
        Stand: [
          [
            'Die Vermessung ist abgeschlossen.',
            'Der Lärmgutachter hört noch.',
            'Die Feldhamster wurden gezählt: zwei, beide desselben Bekannten.',
            'Die Varianten sind gezeichnet.',
            'Die Kosten sind gerechnet und nachgerechnet.',
          ][index % 5] as string,
        ],
        Aufgaben: [
          'Groß: Querschnitte bis zur nächsten Sitzung. Apel: Träger öffentlicher Belange anschreiben. Tannert: Modell entstauben.',
        ],
      }),
    };
  });
}

const plans = [
  'Übersicht',
  'Variante 1 Nord',
  'Variante 2 Süd',
  'Knoten West',
  'Knoten Ost',
  'Brücke Mühlgraben',
  'Lärmschutz',
  'Ausgleichsflächen',
];

const studies: readonly Paper[] = [
  ...['noon', 'autumn', 'fog', 'winter'].map(
    (mood, index): Paper => ({
      path: `${space}/Fotos/Trasse ${index + 1}.png`,
      by: 'j.tannert',
      ago: 280 - index * 60,
      make: () => landscape({ seed: 500 + index, mood: mood as 'noon', hasRoad: true, hasVillage: index % 2 === 0 }),
    }),
  ),
  {
    path: `${space}/Gutachten/Lärmgutachten.pdf`,
    by: 'gero',
    ago: [210, 120],
    tags: ['Gutachten'],
    comments: [['j.tannert', 118, 'Seite 2: Der Messpunkt stand neben der Baustelle. Bitte noch einmal ohne Bagger.']],
    make: pdf('Schalltechnische Untersuchung', 'Kurzfassung', {
      Auftrag: ['Zu untersuchen war, was man hört.'],
      Ergebnis: [
        'Variante 2 entlastet 214 Wohnungen um mehr als 8 Dezibel. Das ist der Unterschied zwischen Zuhören und Anschreien.',
      ],
      Empfehlung: ['Ein Wall von 2,50 m auf 380 m Länge.'],
    }),
  },
  {
    path: `${space}/Gutachten/Artenschutz.pdf`,
    by: 'gero',
    ago: 190,
    make: pdf('Artenschutzbeitrag', 'Kurzfassung', {
      Vögel: ['Feldlerche, Neuntöter, ein Kuckuck (verlässlich).'],
      Säuger: ['Feldhamster im Norden. Variante 1 ist deshalb teurer als gedacht.'],
      Amphibien: ['Wanderung im März; Leiteinrichtung vorsehen.'],
    }),
  },
  {
    path: `${space}/Gutachten/Baugrund.pdf`,
    by: 'gero',
    ago: 230,
    make: pdf('Baugrunduntersuchung', '22 Bohrungen', {
      Ergebnis: ['Gips. Überall Gips. Bohrung 14: eine leere Flasche, Jahrgang unbekannt.'],
    }),
  },
  {
    path: `${space}/Kosten/Kostenvergleich.csv`,
    by: 'gero',
    ago: [160, 99, 24],
    tags: ['vertraulich'],
    make: plain(
      csv([
        ['Position', 'Variante 1', 'Variante 2'],
        ['Grunderwerb', 1_240_000, 980_000],
        ['Erdbau', 3_900_000, 3_450_000],
        ['Brücken', 2_100_000, 2_700_000],
        ['Ausgleich', 890_000, 410_000],
        ['Hamster', 260_000, 0],
      ]),
    ),
  },
];

const letters: readonly Paper[] = [
  {
    path: `${space}/Schriftverkehr/Anfrage Naturschutz.docx`,
    by: 'anna',
    ago: [64, 60],
    make: word(
      'Anfrage an die untere Naturschutzbehörde',
      'Wir bitten um Ihre Einschätzung zu Variante 2.',
      'Besonders zum Grünzug am Mühlgraben und zu den Ottern.',
    ),
  },
  {
    path: `${space}/Schriftverkehr/Antwort Naturschutz.eml`,
    by: 'anna',
    ago: 41,
    make: mailOf({
      from: 'Untere Naturschutzbehörde <natur@landkreis.example>',
      to: 'Anna Apel <anna@ellrich.example>',
      subject: 'AW: Variante 2',
      lines: ['Guten Tag Frau Apel,', '', 'gegen Variante 2 bestehen keine grundsätzlichen Bedenken. Die Otter grüßen zurück.'],
    }),
  },
  {
    path: `${space}/Schriftverkehr/Stellungnahme Bürgerinitiative.odt`,
    by: 'k.weidenbach',
    ago: 52,
    make: writer('Stellungnahme', 'Wir sind für die Umgehung, aber gegen die Straße.', 'Wir bitten, dies zu berücksichtigen.'),
  },
  {
    path: `${space}/Schriftverkehr/Einladung Bürgerabend.docx`,
    by: 'anna',
    ago: [18, 13, 4],
    tags: ['zur Unterschrift'],
    lockedBy: 'gero',
    make: word(
      'Einladung zum Bürgerabend',
      'Wir stellen die Vorzugsvariante vor.',
      'Im Ratssaal, 19 Uhr. Für Getränke ist gesorgt, für Einigkeit noch nicht.',
      'Eine Kinderbetreuung wird angeboten.',
    ),
  },
  {
    path: `${space}/Zeitplan.csv`,
    by: 'anna',
    ago: [300, 140, 28],
    stars: ['anna'],
    make: plain(
      csv([
        ['Meilenstein', 'Geplant', 'Stand'],
        ['Vorplanung', 'erledigt', '100 %'],
        ['Linienbestimmung', 'läuft', '60 %'],
        ['Planfeststellung', 'offen', '0 %'],
        ['Erster Spatenstich', 'wenn die Enkel fahren dürfen', ''],
      ]),
    ),
  },
  {
    path: `${space}/Übergabe Planungsbüro.zip`,
    by: 'gero',
    ago: 90,
    make: ({ day }) =>
      packZip(
        [
          { name: 'Liesmich.txt', content: 'Alle Pläne der Vorplanung, Stand wie besprochen.\r\n' },
          ...plans.slice(0, 3).map((name, index) => ({
            name: `${name}.svg`,
            content: routePlan({ seed: index, title: name, subtitle: 'Übergabe' }),
          })),
        ],
        day,
      ),
  },
  {
    path: `${space}/Skizze auf Serviette.png`,
    by: 'gero',
    ago: 500,
    trashed: 15,
    make: () => landscape({ seed: 3, mood: 'fog', width: 200, height: 140 }),
  },
];

/** What lies in the space which the town shares with its planners. */
export function bypassPapers(today: Date): Paper[] {
  return [
    ...meetings(today),
    ...plans.map(
      (name, index): Paper => ({
        path: `${space}/Pläne/${String(index + 1).padStart(2, '0')} ${name}.svg`,
        by: index < 3 ? 'gero' : 'j.tannert',
        ago: index < 3 ? [400 - index, 240 - index, 31 - index] : 300 - index * 9,
        ...(index === 2 && {
          tags: ['Vorzugsvariante'],
          stars: ['anna', 'gero'],
          comments: [
            ['anna', 30, 'Die Brücke jetzt mit Otterdurchlass, danke!'],
            ['gero', 29, 'Zwei Otter haben zugesagt.'],
          ] as const,
        }),
        make: ({ draft }) =>
          routePlan({ seed: index * 7 + draft, title: `Ortsumgehung: ${name}`, subtitle: `Blatt ${index + 1}, Stand ${draft}` }),
      }),
    ),
    ...studies,
    ...letters,
  ];
}
