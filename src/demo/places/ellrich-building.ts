import { xlsx } from '../paper/office.ts';
import { sitePlan } from '../paper/plan.ts';
import { csv, text } from '../paper/text.ts';
import type { Paper } from '../place.ts';
import { moment } from '../stage.ts';
import { buildingLetter } from './ellrich-house.ts';
import { mailOf, pdf, plain, spoken, stamp, word } from './office.ts';

type Case = {
  readonly ago: number;
  readonly what: string;
  readonly where: string;
  readonly who: string;
  readonly note: string;
  readonly isOpen?: boolean;
};

const cases: readonly Case[] = [
  {
    ago: 1060,
    what: 'Carport mit Gründach',
    where: 'Am Hirtenhaus 4',
    who: 'Frau Quendel',
    note: 'Das Gründach soll Thymian tragen, „wegen der Hummeln“.',
  },
  {
    ago: 985,
    what: 'Dachgaube',
    where: 'Kirchgasse 11',
    who: 'Herr Ahlbrecht',
    note: 'Denkmalschutz ist beteiligt, die Gaube bleibt schmal.',
  },
  {
    ago: 902,
    what: 'Wintergarten',
    where: 'Zum Steinbruch 2a',
    who: 'Eheleute Morgenroth',
    note: 'Grenzabstand gegenüber Flurstück 118/3 nachgemessen: 3,02 m.',
  },
  {
    ago: 824,
    what: 'Lagerhalle',
    where: 'Gewerbering 7',
    who: 'Holzhandel Borke',
    note: 'Löschwasser über den Teich; der Angelverein ist unterrichtet.',
  },
  {
    ago: 751,
    what: 'Einfamilienhaus',
    where: 'Sonnenhang 19',
    who: 'Frau Dr. Laubfrosch',
    note: 'Wärmepumpe und Zisterne, Unterlagen vollständig beim ersten Mal.',
  },
  {
    ago: 690,
    what: 'Umbau der alten Schmiede',
    where: 'Lange Straße 30',
    who: 'Verein Glut und Amboss',
    note: 'Der Amboss bleibt; er wiegt mehr als die Statik vorsah.',
  },
  {
    ago: 612,
    what: 'Taubenhaus',
    where: 'Unterdorf 5',
    who: 'Herr Federlein',
    note: 'Nachbarn haben zugestimmt, alle bis auf eine Katze.',
  },
  {
    ago: 540,
    what: 'Zweite Zufahrt',
    where: 'Feldstraße 14',
    who: 'Landgut Ackermann',
    note: 'Schleppkurve geprüft: Der Mähdrescher kommt herum.',
  },
  {
    ago: 466,
    what: 'Werbeanlage',
    where: 'Bahnhofstraße 1',
    who: 'Bäckerei Krume',
    note: 'Die Brezel darf leuchten, aber nicht blinken.',
  },
  {
    ago: 391,
    what: 'Gartenlaube',
    where: 'Anlage „Abendsonne“, Parzelle 40',
    who: 'Frau Immergrün',
    note: '24,0 m². Nicht 24,1.',
  },
  {
    ago: 318,
    what: 'Anbau Feuerwehrhaus',
    where: 'Am Anger 3',
    who: 'Stadt Ellrich',
    note: 'Die Umkleide wird getrennt, das Tor breiter, die Feier kleiner.',
  },
  {
    ago: 244,
    what: 'Photovoltaik auf der Turnhalle',
    where: 'Schulweg 8',
    who: 'Stadt Ellrich',
    note: 'Statik liegt vor, Blendgutachten auch.',
  },
  {
    ago: 171,
    what: 'Mehrfamilienhaus',
    where: 'Mühlgraben 6–8',
    who: 'Wohnbau Nordharz',
    note: 'Zwölf Wohnungen, vierzehn Stellplätze, ein alter Nussbaum.',
  },
  {
    ago: 96,
    what: 'Pferdestall',
    where: 'Koppelweg 1',
    who: 'Frau Rosskamp',
    note: 'Privilegiert nach § 35 BauGB; Mistplatte fehlt noch im Plan.',
  },
  {
    ago: 47,
    what: 'Carport',
    where: 'Sonnenhang 21',
    who: 'Herr Zaunkönig',
    note: 'Der Nachbar von Nummer 19 möchte denselben.',
    isOpen: true,
  },
  {
    ago: 12,
    what: 'Baumhaus',
    where: 'Waldstraße 9',
    who: 'Familie Buche',
    note: 'Verfahrensfrei? Frage an die untere Bauaufsicht gestellt.',
    isOpen: true,
  },
];

function papersOfCase({ ago, what, where, who, note, isOpen }: Case, index: number, today: Date): Paper[] {
  const [day, number] = [moment(today, ago), `60-${String(index + 101)}`];
  const folder = `Bauamt/Bauanträge/${day.getFullYear()}/${number} ${what}`;
  const reference = `${number}/${day.getFullYear()}`;
  const subject = `${what}, ${where}`;
  const application: Paper = {
    ...{ path: `${folder}/Antrag.pdf`, by: 'k.weidenbach', ago, tags: isOpen ? ['offen'] : ['erledigt'] },
    make: pdf(`Bauantrag: ${what}`, `${who} · ${where} · eingegangen am ${spoken(day)}`, {
      Vorhaben: [`${what} auf dem Grundstück ${where}.`, note],
      Unterlagen: ['Lageplan, Bauzeichnungen, Baubeschreibung, Nachweis der Stellplätze.'],
      Hinweis: ['Muster aus der Vorführung: Personen, Grundstücke und Vorgänge sind erfunden.'],
    }),
  };
  const plan: Paper = {
    path: `${folder}/Lageplan.svg`,
    by: 'k.weidenbach',
    ago,
    make: plain(sitePlan({ seed: index + 1, title: subject, subtitle: reference })),
  };
  const notice: Paper = {
    ...{ path: `${folder}/Bescheid.pdf`, by: 'anna', ago: [ago - 20, ago - 24, ago - 27] },
    make: buildingLetter({
      ...{ to: [who, where, '00000 Ellrich'], reference, subject: `Baugenehmigung: ${subject}`, signed: 'Apel' },
      paragraphs: [
        'Guten Tag,',
        `Ihr Antrag „${what}“ ist genehmigt. Der geprüfte Lageplan liegt bei und gehört zu diesem Bescheid.`,
        `Zur Sache: ${note}`,
        'Bitte zeigen Sie uns den Beginn der Arbeiten eine Woche vorher an, es genügt eine kurze Nachricht. Die Genehmigung gilt drei Jahre.',
        'Gegen diesen Bescheid können Sie innerhalb eines Monats Widerspruch einlegen.',
      ],
    }),
  };
  return isOpen ? [application, plan] : [application, plan, notice];
}

const playgrounds = ['Anger', 'Mühlgraben', 'Schulweg', 'Sonnenhang'];

function inspections(today: Date): Paper[] {
  return [28, 119, 210, 301, 392, 483].flatMap((ago, round) => {
    const day = moment(today, ago, round);
    return playgrounds.map((name, index): Paper => {
      const findings = ['ohne Beanstandung', 'eine Schraube locker (an der Wippe)', 'Sand nachfüllen', 'Kettenglied getauscht'];
      return {
        ...{ path: `Bauamt/Spielplätze/${name}/Kontrolle ${stamp(day)}.pdf`, by: 'r.pflug', ago },
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
      ...{ path: 'Bauamt/Straßen/Winterdienstplan.xlsx', by: 'r.pflug', ago: [410, 52, 9] },
      tags: ['aktuell'],
      comments: [
        ['anna', 8, 'Zum Steinbruch steht jetzt auf Stufe 1? Dort wohnt der Räumdienst selbst.'],
        ['r.pflug', 8, 'Eben. Er muss ja erst einmal herauskommen.'],
      ],
      make: ({ day }) =>
        xlsx({
          ...{ name: 'Winterdienst', day },
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
    ...{
      path: 'Bauamt/Stellungnahme Regionalplan.docx',
      by: 'anna',
      ago: [40, 33, 26, 6, 1],
      tags: ['Frist', 'zur Unterschrift'],
      stars: ['anna', 'k.weidenbach'],
    },
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

/** What lies in the space of the building office. */
export function buildingPapers(today: Date): Paper[] {
  return [
    ...cases.flatMap((facts, index) => papersOfCase(facts, index, today)),
    ...inspections(today),
    ...streets(),
    ...onTheDesk,
  ];
}
