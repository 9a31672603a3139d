import { landscape } from '../paper/landscape.ts';
import { sitePlan } from '../paper/plan.ts';
import { csv, text } from '../paper/text.ts';
import type { Paper, Place } from '../place.ts';
import { moment } from '../stage.ts';
import { mailOf, pdf, plain, spoken, stamp, word } from './office.ts';

const villages = ['Oberdorf', 'Mitteldorf', 'Unterdorf', 'Waldhof'];

function council(today: Date): Paper[] {
  return Array.from({ length: 9 }, (_, index): Paper => {
    const ago = 760 - index * 84;
    const day = moment(today, ago, index);
    return {
      path: `Gemeinderat/${day.getFullYear()}/${stamp(day)} Niederschrift.pdf`,
      by: 'g.wacholder',
      ago,
      make: pdf(`Niederschrift der ${index + 1}. Sitzung`, `${spoken(day)}, Bürgerhaus`, {
        'TOP 1: Wanderweg': ['Die Bänke werden so aufgestellt, dass man die Rhön sieht und nicht den Parkplatz.'],
        'TOP 2: Dorfgemeinschaftshaus': [
          'Die Spülmaschine wird beschafft. Der Beschluss fiel nach dem Kirmeswochenende einstimmig.',
        ],
      }),
    };
  });
}

const onTheDesk: readonly Paper[] = [
  {
    path: 'Bauhof/Geräteliste.csv',
    by: 'd.farn',
    ago: [500, 40],
    make: plain(
      csv([
        ['Gerät', 'Baujahr', 'Zustand'],
        ['Traktor', 1987, 'unverwüstlich'],
        ['Häcksler', 2019, 'hungrig'],
        ['Schneepflug', 2003, 'im Sommer gut'],
      ]),
    ),
  },
  {
    path: 'Bauhof/Winterdienst.txt',
    by: 'd.farn',
    ago: 25,
    stars: ['emil'],
    make: plain(text('Reihenfolge: Schule, Arzt, Bäcker, Rest.', 'Bäcker vorziehen, wenn vor 6 Uhr.')),
  },
  {
    path: 'Bauhof/Eingang/Bank am Aussichtspunkt.eml',
    by: 'd.farn',
    ago: 8,
    make: mailOf({
      from: 'Rhönverein <verein@rhoen.example>',
      to: 'Bauhof <bauhof@rhoenblick.example>',
      subject: 'Die Bank',
      lines: ['Die neue Bank ist sehr schön.', 'Könnte sie jemand noch anschrauben? Sie wandert mit.'],
    }),
  },
  {
    path: 'Archiv/Bitte zuerst lesen.txt',
    by: 'emil',
    ago: 200,
    make: plain(
      text(
        'Im Ordner „Scans Altakten“ liegen zehntausend Blätter aus dem Keller.',
        'Sortiert hat sie der Scanner. Bitte nichts umbenennen, bevor das Findbuch fertig ist.',
        '',
        'Blatt 04711 fehlt nicht. Es war nie da.',
      ),
    ),
  },
  {
    path: 'Notizen/Kreis fragen.txt',
    by: 'emil',
    ago: 4,
    make: plain(text('Wer im Landratsamt hat den Vordruck für den Mittelabruf?', 'Nicht wieder faxen.')),
  },
];

function papers(today: Date): readonly Paper[] {
  return [
    ...council(today),
    ...villages.map(
      (name, index): Paper => ({
        path: `Dorferneuerung/${name}/Lageplan.svg`,
        by: 'emil',
        ago: 340 - index * 20,
        make: plain(sitePlan({ seed: 40 + index, title: `Dorfplatz ${name}`, subtitle: 'Dorferneuerung' })),
      }),
    ),
    ...villages.map(
      (name, index): Paper => ({
        path: `Dorferneuerung/${name}/Förderantrag.docx`,
        by: 'emil',
        ago: [300 - index * 20, 120 - index * 9],
        tags: index === 0 ? ['Frist'] : ['bewilligt'],
        make: word(
          `Förderantrag Dorfplatz ${name}`,
          '# Vorhaben',
          'Pflaster, Brunnen, zwei Linden.',
          '# Eigenanteil',
          '35 vom Hundert, Arbeitsleistung der Vereine nicht gerechnet. Kuchen auch nicht.',
        ),
      }),
    ),
    ...villages.map(
      (name, index): Paper => ({
        path: `Dorferneuerung/${name}/Vorher.png`,
        by: 'emil',
        ago: 350 - index * 20,
        make: () =>
          landscape({ seed: 70 + index, mood: index % 2 ? 'autumn' : 'noon', hasVillage: true, width: 480, height: 320 }),
      }),
    ),
    ...onTheDesk,
  ];
}

/** A small municipality: Emil's. */
export const rhoenblick: Place = {
  tenant: 'rhoenblick',
  domain: 'rhoenblick.example',
  colours: { shield: { charge: 'hills', field: [22, 96, 68], figure: [240, 226, 160] }, colour: '#166044' },
  quota: 2 ** 30,
  policies: [
    { name: 'versionThinning', value: 'all' },
    { name: 'sessionIdleSeconds', value: 7_200 },
  ],
  units: [
    ['Hauptverwaltung', null],
    ['Bauhof', null],
  ],
  unitOf: { emil: 'Hauptverwaltung' },
  colleagues: {
    'g.wacholder': { name: 'Gudrun Wacholder', unit: 'Hauptverwaltung', isAdministrator: true },
    'd.farn': { name: 'Detlef Farn', unit: 'Bauhof' },
    'y.enzian': { name: 'Yvonne Enzian', unit: 'Hauptverwaltung' },
  },
  groups: { Verwaltung: ['emil', 'g.wacholder', 'y.enzian'] },
  spaces: [
    {
      name: 'Dorferneuerung',
      description: 'Vier Dorfplätze, vier Förderanträge',
      full: 0.58,
      members: { emil: 'manager', Verwaltung: 'editor' },
    },
    { name: 'Gemeinderat', description: 'Sitzungen', full: 0.22, members: { 'g.wacholder': 'manager', Verwaltung: 'viewer' } },
    {
      name: 'Bauhof',
      description: 'Geräte, Dienste, Grünflächen',
      unit: 'Bauhof',
      members: { Bauhof: 'editor', emil: 'uploader' },
    },
    { name: 'Archiv', description: 'Zehntausend Altakten, eingescannt', members: { emil: 'manager', Verwaltung: 'viewer' } },
  ],
  papers,
};
