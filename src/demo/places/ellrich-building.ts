import { landscape } from '../paper/landscape.ts';
import { xlsx } from '../paper/office.ts';
import { sitePlan } from '../paper/plan.ts';
import { csv, text } from '../paper/text.ts';
import { packZip } from '../paper/zip.ts';
import type { Paper } from '../place.ts';
import { moment } from '../stage.ts';
import { casePapers } from './ellrich-cases.ts';
import { mailOf, pdf, plain, spoken, stamp, word, writer } from './office.ts';

const playgrounds = ['Anger', 'Mühlgraben', 'Schulweg', 'Sonnenhang'];

function inspections(today: Date): Paper[] {
  return [28, 119, 210, 301, 392, 483].flatMap((ago, round) => {
    const day = moment(today, ago, round);
    return playgrounds.map((name, index): Paper => {
      const findings = ['ohne Beanstandung', 'eine Schraube locker (an der Wippe)', 'Sand nachfüllen', 'Kettenglied getauscht'];
      return {
        path: `Bauamt/Spielplätze/${name}/Kontrolle ${stamp(day)}.pdf`,
        by: 'r.pflug',
        ago,
        make: pdf(`Spielplatz ${name}: Kontrolle`, spoken(day), {
          Ergebnis: [`${findings[(index + round) % findings.length]}.`],
          Geräte: ['Schaukel, Wippe, Klettergerüst, Sandkasten, Bank für Großeltern.'],
          Nächste: ['In einem Vierteljahr, nach dem Winter zusätzlich.'],
        }),
      };
    });
  });
}

function streets(): Paper[] {
  const rows = [
    ['Straße', 'Zustand', 'Schlaglöcher', 'Letzte Sanierung'],
    ...[
      ['Bahnhofstraße', 'gut', 2, '2021'],
      ['Lange Straße', 'mittel', 17, '2009'],
      ['Feldstraße', 'schlecht', 41, '1998'],
      ['Unterdorf', 'mittel', 12, '2013'],
      ['Schulweg', 'gut', 0, '2024'],
      ['Zum Steinbruch', 'abenteuerlich', 63, 'unbekannt'],
    ],
  ];
  return [
    { path: 'Bauamt/Straßen/Straßenzustand.csv', by: 'r.pflug', ago: [700, 380, 33], make: plain(csv(rows)), stars: ['anna'] },
    {
      path: 'Bauamt/Straßen/Winterdienstplan.xlsx',
      by: 'r.pflug',
      ago: [410, 52, 9],
      tags: ['aktuell'],
      comments: [
        ['anna', 8, 'Zum Steinbruch steht jetzt auf Stufe 1? Dort wohnt der Räumdienst selbst.'],
        ['r.pflug', 8, 'Eben. Er muss ja erst einmal herauskommen.'],
      ],
      make: ({ day }) =>
        xlsx({
          name: 'Winterdienst',
          day,
          rows: [
            ['Strecke', 'Stufe', 'Länge in km', 'Fahrzeug'],
            ['Ortsdurchfahrt', 1, 3.4, 'Unimog'],
            ['Schulweg', 1, 0.8, 'Schmalspur'],
            ['Zum Steinbruch', 1, 1.9, 'Unimog'],
            ['Feldstraße', 2, 2.2, 'Traktor'],
            ['Summe', '', '=SUM(C2:C5)', ''],
          ],
        }),
    },
    {
      path: 'Bauamt/Straßen/Sperrung Feldstraße.docx',
      by: 'anna',
      ago: [21, 19],
      lockedBy: 'anna',
      make: word(
        'Sperrung der Feldstraße',
        '# Grund',
        'Die Fahrbahn wird auf 400 Metern erneuert.',
        '# Umleitung',
        'Über Schulweg und Anger. Der Schulbus hält am Feuerwehrhaus.',
        '# Dauer',
        'Drei Wochen. Bei gutem Wetter. Bei sehr gutem Wetter.',
      ),
    },
  ];
}

const onTheDesk: readonly Paper[] = [
  {
    path: 'Bauamt/Stellungnahme Regionalplan.docx',
    by: 'anna',
    ago: [40, 33, 26, 6, 1],
    tags: ['Frist', 'zur Unterschrift'],
    stars: ['anna', 'k.weidenbach'],
    comments: [
      ['k.weidenbach', 5, 'Punkt 3 klingt strenger, als wir es meinen. Vorschlag: „bitten“ statt „erwarten“.'],
      ['anna', 4, 'Übernommen. Unterschrift bis Freitag, die Frist endet am Montag.'],
      ['j.tannert', 1, 'Karte ist ergänzt, Maßstab stimmt jetzt auch.'],
    ],
    make: word(
      'Stellungnahme zum Regionalplan',
      '# Zusammenfassung',
      'Die Stadt stimmt dem Entwurf in großen Teilen zu.',
      '# 1 Siedlung',
      'Die Ortsteile behalten ihre Eigenentwicklung.',
      '# 2 Verkehr',
      'Die Ortsumgehung ist als Vorhaben aufzunehmen.',
      '# 3 Freiraum',
      'Wir bitten, den Grünzug am Mühlgraben zu erhalten.',
      '# 4 Karte',
      'Siehe Anlage.',
    ),
  },
  {
    path: 'Bauamt/Telefonliste.txt',
    by: 'k.weidenbach',
    ago: [620, 200, 70],
    make: plain(text('Bauamt      -60', 'Bauhof      -66 (bitte lange klingeln lassen)', 'Vermessung  -62', 'Kaffeekasse -00')),
  },
  {
    path: 'Bauamt/Eingang/Anfrage Hecke.eml',
    by: 'anna',
    ago: 3,
    tags: ['offen'],
    make: mailOf({
      from: 'Horst Liguster <liguster@post.example>',
      to: 'Bauamt <bauamt@ellrich.example>',
      subject: 'Höhe meiner Hecke',
      lines: [
        'Guten Tag,',
        '',
        'meine Hecke misst 2,10 m. Mein Nachbar misst 2,40 m. Wir messen die gleiche Hecke.',
        'Wer hat recht?',
        '',
        'Freundliche Grüße',
        'H. Liguster',
      ],
    }),
  },
  {
    path: 'Bauamt/Eingang/AW Höhe meiner Hecke.eml',
    by: 'anna',
    ago: 2,
    make: mailOf({
      from: 'Anna Apel <anna@ellrich.example>',
      to: 'Horst Liguster <liguster@post.example>',
      subject: 'AW: Höhe meiner Hecke',
      lines: [
        'Guten Tag Herr Liguster,',
        '',
        'beide: Ihr Grundstück liegt 30 cm höher. Wir kommen am Donnerstag mit der Latte vorbei.',
        '',
        'Freundliche Grüße',
        'Anna Apel',
      ],
    }),
  },
  {
    path: 'Bauamt/Entwurf alt.docx',
    by: 'anna',
    ago: 120,
    trashed: 11,
    make: word('Entwurf', 'Überholt, siehe Stellungnahme Regionalplan.'),
  },
  {
    path: 'Bauamt/Kopie von Kopie von Lageplan.svg',
    by: 'k.weidenbach',
    ago: 88,
    trashed: 4,
    make: plain(sitePlan({ seed: 77, title: 'Lageplan', subtitle: 'Kopie' })),
  },
  {
    path: 'Bauamt/Angebot Schaukel (doppelt).pdf',
    by: 'anna',
    ago: 60,
    trashed: 2,
    make: pdf('Angebot', 'Doppelschaukel, feuerverzinkt', { Preis: ['1.480 Euro, Aufbau inbegriffen.'] }),
  },
];

const atTheTop: readonly Paper[] = [
  {
    path: 'Bauamt/Aufgaben der Woche.xlsx',
    by: 'k.weidenbach',
    ago: [15, 8, 1],
    stars: ['anna'],
    tags: ['aktuell'],
    make: ({ draft, day }) =>
      xlsx({
        name: 'Aufgaben',
        day,
        rows: [
          ['Was', 'Wer', 'Bis'],
          ['Stellungnahme Regionalplan', 'Apel', 'Freitag'],
          ['Hecke Liguster messen', 'Apel, Pflug', 'Donnerstag'],
          ['Wippe am Mühlgraben', 'Pflug', 'Mittwoch'],
          ['Baumhaus: verfahrensfrei?', 'Weidenbach', 'bald'],
        ].slice(0, draft + 2),
      }),
  },
  {
    path: 'Bauamt/Baugebiet Sonnenhang.png',
    by: 'j.tannert',
    ago: 86,
    make: () => landscape({ seed: 321, mood: 'noon', hasVillage: true }),
  },
  {
    path: 'Bauamt/Bebauungsplan Sonnenhang.svg',
    by: 'j.tannert',
    ago: [330, 260, 92],
    tags: ['Rechtskraft'],
    comments: [['anna', 90, 'Nordpfeil stimmt jetzt. Danke!']],
    make: ({ draft }) =>
      sitePlan({ seed: 300 + draft, title: 'Bebauungsplan Sonnenhang', subtitle: `Fassung ${draft}`, scale: '1 : 1.000' }),
  },
  {
    path: 'Bauamt/Gebührentabelle.csv',
    by: 'k.weidenbach',
    ago: [640, 275],
    make: plain(
      csv([
        ['Leistung', 'Euro'],
        ['Baugenehmigung, einfach', 120],
        ['Vorbescheid', 75],
        ['Abgeschlossenheit', 60],
        ['Auskunft am Gartenzaun', 0],
      ]),
    ),
  },
  {
    path: 'Bauamt/Rechnung Vermessung.pdf',
    by: 'anna',
    ago: 17,
    tags: ['sachlich richtig'],
    make: pdf('Rechnung', 'Vermessungsbüro Lot und Söhne', {
      Leistung: ['Einmessung Mühlgraben 6–8, ein Tag, zwei Personen, ein Nussbaum.'],
      Betrag: ['1.164,30 Euro, zahlbar innerhalb von 30 Tagen ohne Abzug.'],
    }),
  },
  {
    path: 'Bauamt/Stellplatzsatzung.pdf',
    by: 'j.tannert',
    ago: [720, 690],
    make: pdf('Stellplatzsatzung', 'Lesefassung', {
      '§ 1 Zahl der Stellplätze': ['Je Wohnung anderthalb; der halbe wird aufgerundet.'],
      '§ 2 Fahrräder': ['Zwei je Wohnung, überdacht, eines davon mit Kindersitz gedacht.'],
    }),
  },
  {
    path: 'Bauamt/Übergabe Bauhof.zip',
    by: 'r.pflug',
    ago: 51,
    make: ({ day }) =>
      packZip(
        [
          { name: 'Schlüsselliste.txt', content: 'Tor 1: Pflug. Tor 2: Pflug. Tor 3: wer es findet.\r\n' },
          { name: 'Hofplan.svg', content: sitePlan({ seed: 12, title: 'Bauhof', subtitle: 'Stellflächen' }) },
        ],
        day,
      ),
  },
  {
    path: 'Bauamt/Vorlage Bürgerabend.odt',
    by: 'anna',
    ago: 10,
    make: writer(
      'Bürgerabend',
      'Begrüßung, fünf Minuten.',
      'Vorstellung der Varianten, zwanzig Minuten.',
      'Fragen, bis alle gefragt haben.',
    ),
  },
];

/** What lies in the space of the building office. */
export function buildingPapers(today: Date): Paper[] {
  return [...casePapers(today), ...inspections(today), ...streets(), ...atTheTop, ...onTheDesk];
}
