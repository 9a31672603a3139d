import { landscape, moodNames } from '../paper/landscape.ts';
import { text } from '../paper/text.ts';
import type { Paper } from '../place.ts';
import { plain, word, writer } from './office.ts';

const motifs = [
  'Blick vom Steinbruch',
  'Marktplatz am Morgen',
  'Unterdorf',
  'Mühlgraben',
  'Landstraße',
  'Friedhofshügel',
  'Sonnenhang',
  'Altes Tor',
  'Teich',
  'Herbst am Anger',
  'Erster Schnee',
  'Nebel über der Stadt',
  'Abend am Feldrand',
  'Wanderweg',
];

function pictures(today: Date): Paper[] {
  return motifs.map((name, index): Paper => {
    const year = today.getFullYear() - (index % 3);
    const ago = (index % 3) * 365 + 20 + index * 11;
    return {
      path: `Öffentlichkeitsarbeit/Bilder/${year}/${name}.png`,
      by: index % 3 ? 'f.lorbeer' : 'anna',
      ago,
      ...(index === 0 && {
        tags: ['Titelbild'],
        stars: ['anna'],
        comments: [
          ['bernd', 18, 'Sieht aus wie gemalt.'],
          ['f.lorbeer', 18, 'Ist es auch, ein bisschen.'],
        ] as const,
      }),
      make: () =>
        landscape({
          seed: 900 + index,
          mood: moodNames[index % moodNames.length] ?? 'noon',
          hasVillage: index % 2 === 0,
          hasRoad: index % 5 === 4,
        }),
    };
  });
}

const gazettes = ['Januar', 'März', 'Mai', 'Juli', 'September', 'November'];

const rules: readonly (readonly [name: string, ...paragraphs: string[]])[] = [
  [
    'Dienstanweisung Dienstfahrzeuge',
    'Wer zuletzt fährt, tankt. Wer zuerst fährt, prüft das.',
    'Das Fahrtenbuch ist kein Gästebuch.',
  ],
  [
    'Dienstanweisung Kaffeeküche',
    'Die Spülmaschine räumt aus, wer sie leer vorfinden möchte.',
    'Unbeschriftetes im Kühlschrank ist Gemeingut. Beschriftetes leider oft auch.',
  ],
  ['Dienstanweisung Aktenführung', 'Was entschieden wurde, steht in der Akte. Was in der Akte steht, wurde entschieden.'],
  [
    'Dienstanweisung mobiles Arbeiten',
    'Der Bildschirm zeigt nicht zum Zugfenster. Kinder und Katzen sind in Besprechungen willkommen, aber nicht stimmberechtigt.',
  ],
  ['Brandschutzordnung', 'Ruhe bewahren, melden, retten, löschen. In dieser Reihenfolge.'],
];

const forms: readonly (readonly [name: string, ...paragraphs: string[]])[] = [
  ['Briefbogen', 'Betreff', 'Guten Tag,', 'Freundliche Grüße'],
  ['Aktenvermerk', 'Anlass:', 'Inhalt:', 'Verfügung: 1. Vermerk. 2. Z. d. A.'],
  ['Urlaubsantrag', 'Von … bis …', 'Vertretung: …', 'Erreichbar: nein'],
  ['Reisekostenabrechnung', 'Ziel: …', 'Kilometer: …', 'Belegt durch: …'],
  ['Beschlussvorlage', 'Beschlussvorschlag', 'Begründung', 'Kosten'],
  ['Empfangsbekenntnis', 'Ich habe heute erhalten: …'],
];

/** What lies in the spaces for everybody: pictures, gazette, forms and rules. */
export function sharedPapers(today: Date): Paper[] {
  const year = today.getFullYear();
  return [
    ...pictures(today),
    ...gazettes.map(
      (month, index): Paper => ({
        path: `Öffentlichkeitsarbeit/Amtsblatt/${year}/${String(index * 2 + 1).padStart(2, '0')} ${month}.odt`,
        by: 'f.lorbeer',
        ago: 318 - index * 60,
        make: writer(
          `Amtsblatt ${month} ${year}`,
          '# Grußwort',
          'Liebe Bürgerinnen und Bürger, es hat sich wieder einiges getan, und manches davon war geplant.',
          '# Aus dem Stadtrat',
          'Die Beschlüsse der letzten Sitzung im Wortlaut.',
          '# Termine',
          'Der Wochenmarkt findet statt. Immer.',
        ),
      }),
    ),
    {
      path: 'Öffentlichkeitsarbeit/Presse/Freibad öffnet.docx',
      by: 'anna',
      ago: [190, 188],
      make: word(
        'Freibad öffnet am Samstag',
        'Das Wasser hat 19 Grad, die Stimmung mehr.',
        'Der erste Sprung gehört traditionell dem Bürgermeisteramt.',
      ),
    },
    {
      path: 'Öffentlichkeitsarbeit/Presse/Uhr am Rathaus.docx',
      by: 'bernd',
      ago: 23,
      make: word('Die Uhr am Rathaus geht wieder', 'Nach elf Wochen zeigt sie die Zeit, und zwar die richtige.'),
    },
    ...rules.map(
      ([name, ...paragraphs], index): Paper => ({
        path: `Vorlagen und Formulare/Dienstanweisungen/${name}.docx`,
        by: 'w.schlehe',
        ago: index === 1 ? [900, 500, 250, 100, 17] : 930 - index * 60,
        ...(index === 1 && { tags: ['umstritten'], stars: ['bernd'] }),
        make: word(name, ...paragraphs),
      }),
    ),
    ...forms.map(
      ([name, ...paragraphs], index): Paper => ({
        path: `Vorlagen und Formulare/Vordrucke/${name}.${index % 2 ? 'odt' : 'docx'}`,
        by: 'w.schlehe',
        ago: 1_000 - index * 31,
        make: index % 2 ? writer(name, ...paragraphs) : word(name, ...paragraphs),
      }),
    ),
    {
      path: 'Vorlagen und Formulare/Wie man das Faxgerät verabschiedet.txt',
      by: 'w.schlehe',
      ago: 400,
      make: plain(text('1. Letzte Seite abwarten.', '2. Kabel ziehen.', '3. Schweigeminute (kann durch Kaffee ersetzt werden).')),
    },
  ];
}
