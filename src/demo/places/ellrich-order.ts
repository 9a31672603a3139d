import { xlsx } from '../paper/office.ts';
import { csv, text } from '../paper/text.ts';
import type { Paper } from '../place.ts';
import { moment } from '../stage.ts';
import { orderLetter } from './ellrich-house.ts';
import { mailOf, pdf, plain, stamp, word } from './office.ts';

const events = [
  ['Sommerfest am Anger', 'Heimatverein', 'Musik bis 24 Uhr, danach nur noch Summen.'],
  ['Flohmarkt', 'Förderverein der Grundschule', 'Der Bürgersteig bleibt auf 1,50 m frei.'],
  ['Oldtimertreffen', 'Motorfreunde Südharz', 'Ölwannen sind mitzubringen.'],
  ['Martinsumzug', 'Kindergarten Zwergenhöhle', 'Ein Pferd, drei Fackeln, sonst elektrisches Licht.'],
  ['Weihnachtsmarkt', 'Gewerbeverein', 'Glühwein ab 11 Uhr, auch werktags; das Amt war beeindruckt.'],
  ['Maibaumsetzen', 'Feuerwehrverein', 'Höhe 14 m, Standsicherheit vom Bauhof geprüft.'],
  ['Radrennen „Rund um den Teich“', 'Radsportverein', 'Die Enten sind nicht zu unterrichten.'],
  ['Freiluftkino', 'Jugendclub', 'Bei Regen in der Turnhalle, bei Sturm gar nicht.'],
] as const;

function permits(today: Date): Paper[] {
  return Array.from({ length: 24 }, (_, index): Paper => {
    const [what, who, note] = events[index % events.length] as (typeof events)[number];
    const ago = 1_020 - index * 42;
    const day = moment(today, ago, index);
    const reference = `32-${String(200 + index)}/${day.getFullYear()}`;
    return {
      path: `Ordnungsamt/Genehmigungen/${day.getFullYear()}/${stamp(day)} ${what}.pdf`,
      by: index % 3 === 0 ? 'o.distel' : 'bernd',
      ago,
      make: orderLetter({
        to: [who, '00000 Ellrich'],
        reference,
        subject: `Erlaubnis: ${what}`,
        signed: 'Böhme',
        paragraphs: [
          'Guten Tag,',
          `für die Veranstaltung „${what}“ erteilen wir die Erlaubnis zur Sondernutzung öffentlicher Flächen.`,
          `Auflage: ${note}`,
          'Rettungswege bleiben frei. Müll nimmt mit, wer ihn gebracht hat. Die Gebühr von 35 Euro überweisen Sie bitte mit dem Kassenzeichen aus der Anlage.',
        ],
      }),
    };
  });
}

const rooster = [
  ['Datum', 'Uhrzeit', 'Geräusch', 'Bemerkung'],
  ['Montag', '04:12', 'Hahn', ''],
  ['Montag', '04:13', 'Hahn', 'derselbe'],
  ['Montag', '04:15', 'Hahn', 'anderer Hahn (Antwort)'],
  ['Dienstag', '04:12', 'Hahn', 'pünktlich'],
  ['Mittwoch', '04:31', 'Hahn', 'verschlafen; Ruhe fast unheimlich'],
  ['Donnerstag', '04:12', 'Hahn', 'erste Sympathie'],
];

const lost = [
  ['Nr.', 'Gegenstand', 'Fundort', 'Abgegeben', 'Abgeholt'],
  [1, 'Gebiss (oben)', 'Rathauskeller', 'Mo', 'Mo, wortlos'],
  [2, 'Regenschirm, schwarz', 'Bürgerbüro', 'Di', ''],
  [3, 'Regenschirm, schwarz', 'Bürgerbüro', 'Di', ''],
  [4, 'Tuba', 'Bushaltestelle Anger', 'Mi', 'Do, mit Kapelle'],
  [5, 'Einzelner Handschuh, links', 'Friedhofstor', 'Fr', ''],
  [6, 'Schlüsselbund mit Zettel „nicht verlieren“', 'Sparkasse', 'Fr', ''],
  [7, 'Kiste mit 12 Küken', 'Treppe des Rathauses', 'Sa', 'Mo, dann 11'],
];

function guards(today: Date): Paper[] {
  return Array.from({ length: 12 }, (_, index): Paper => {
    const ago = 345 - index * 31;
    const day = moment(today, ago, index);
    return {
      path: `Ordnungsamt/Dienstpläne/Dienstplan ${stamp(day).slice(0, 7)}.xlsx`,
      by: 'o.distel',
      ago,
      make: () =>
        xlsx({
          name: 'Dienstplan',
          day,
          rows: [
            ['Woche', 'Früh', 'Spät', 'Bereitschaft'],
            ...[1, 2, 3, 4].map((week) => [
              `${week}. Woche`,
              week % 2 ? 'Distel' : 'Böhme',
              week % 2 ? 'Böhme' : 'Distel',
              week === 3 ? 'Amsel' : 'Distel',
            ]),
          ],
        }),
    };
  });
}

const from = 'Bürgerbüro <buergerbuero@ellrich.example>';

function letters(): Paper[] {
  const inbox = 'Ordnungsamt/Eingang';
  const to = 'Ordnungsamt <ordnungsamt@ellrich.example>';
  return [
    {
      path: `${inbox}/Beschwerde Hahn.eml`,
      by: 'bernd',
      ago: 16,
      tags: ['offen'],
      comments: [['o.distel', 15, 'War dort. Der Hahn auch.']],
      make: mailOf({
        from: 'Gisela Frühauf <fruehauf@post.example>',
        to,
        subject: 'Der Hahn im Unterdorf',
        lines: [
          'Sehr geehrte Damen und Herren,',
          '',
          'beigefügt das Protokoll einer Woche. Ich bitte um Abhilfe oder um Ohrenschützer.',
          '',
          'G. Frühauf',
        ],
      }),
    },
    { path: `${inbox}/Protokoll Hahn.csv`, by: 'bernd', ago: 16, make: plain(csv(rooster)) },
    {
      path: `${inbox}/Falschparker Marktplatz.eml`,
      by: 'bernd',
      ago: 9,
      make: mailOf({
        from: 'Ein aufmerksamer Bürger <aufmerksam@post.example>',
        to,
        subject: 'Schon wieder!',
        lines: [
          'Auf dem Behindertenparkplatz steht seit Dienstag ein Anhänger mit Rüben.',
          'Es werden weniger Rüben, aber der Anhänger bleibt.',
        ],
      }),
    },
    {
      path: `${inbox}/Anmeldung Infostand.eml`,
      by: 'bernd',
      ago: 5,
      make: mailOf({
        from: 'Imkerverein <imker@verein.example>',
        to,
        subject: 'Infostand am Samstag',
        lines: [
          'Guten Tag,',
          '',
          'wir melden einen Stand an: ein Tisch, zwei Personen, etwa 20.000 Bienen (im Schaukasten).',
          '',
          'Freundliche Grüße',
        ],
      }),
    },
    {
      path: `${inbox}/Weiterleitung Bürgerbüro.eml`,
      by: 's.amsel',
      ago: 1,
      make: mailOf({
        from,
        to,
        subject: 'WG: Ausweis',
        lines: ['Der Herr kommt morgen wieder. Auf dem Foto hat er wirklich die Augen zu.', 'Bitte entscheidet ihr.'],
      }),
    },
  ];
}

const onTheDesk: readonly Paper[] = [
  {
    path: 'Ordnungsamt/Fundbüro/Fundliste.csv',
    by: 's.amsel',
    ago: [90, 61, 30, 2],
    stars: ['bernd'],
    tags: ['aktuell'],
    comments: [
      ['bernd', 2, 'Wem gehört Nr. 5? Vielleicht dem, der den rechten verloren hat.'],
      ['s.amsel', 1, 'Den rechten hatten wir im März. Abgeholt.'],
    ],
    make: plain(csv(lost)),
  },
  {
    path: 'Ordnungsamt/Märkte/Marktordnung.docx',
    by: 'bernd',
    ago: [410, 300, 38],
    make: word(
      'Marktordnung',
      '# § 1 Markttage',
      'Mittwoch und Samstag von 7 bis 13 Uhr.',
      '# § 2 Stände',
      'Plätze vergibt die Marktaufsicht. Stammplätze werden nicht vererbt, auch nicht im Testament.',
      '# § 3 Waren',
      'Probieren darf, wer fragt.',
    ),
  },
  {
    path: 'Ordnungsamt/Märkte/Standplan.txt',
    by: 'bernd',
    ago: 37,
    make: plain(
      text(
        'Reihe A: Käse, Brot, Blumen, Fisch',
        'Reihe B: Obst, Honig, Socken, Messerschleifer',
        'Fisch nicht mehr neben Blumen.',
      ),
    ),
  },
  {
    path: 'Ordnungsamt/Notfall/Alarmplan Hochwasser.pdf',
    by: 'bernd',
    ago: [500, 150],
    tags: ['wichtig'],
    stars: ['bernd', 'o.distel'],
    make: pdf('Alarmplan Hochwasser', 'Fassung für Einsatzkräfte', {
      'Stufe 1': ['Pegel beobachten, Bauhof unterrichten.'],
      'Stufe 2': ['Sandsäcke an Mühlgraben und Unterdorf. Krisenstab tritt zusammen.'],
      'Stufe 3': ['Evakuierung Unterdorf. Sammelstelle ist die Turnhalle; Decken im Raum 4.'],
      Erreichbarkeit: [
        'Der Krisenstab ist über die Leitstelle zu erreichen. Der Plan hängt außerdem ausgedruckt im Feuerwehrhaus.',
      ],
    }),
  },
  {
    path: 'Ordnungsamt/Gebühren.csv',
    by: 'o.distel',
    ago: 260,
    make: plain(
      csv([
        ['Leistung', 'Gebühr'],
        ['Sondernutzung, je Tag', 35],
        ['Plakate, je Stück', 1.5],
        ['Lärm nach 22 Uhr, Erlaubnis', 60],
      ]),
    ),
  },
  {
    path: 'Ordnungsamt/Urlaub Entwurf.xlsx',
    by: 'bernd',
    ago: 45,
    trashed: 20,
    make: ({ day }) =>
      xlsx({
        name: 'Urlaub',
        day,
        rows: [
          ['Wer', 'Wann'],
          ['Distel', 'wenn die Saison vorbei ist'],
        ],
      }),
  },
];

/** What lies in the space of the public order office. */
export function orderPapers(today: Date): Paper[] {
  return [...permits(today), ...guards(today), ...letters(), ...onTheDesk];
}
