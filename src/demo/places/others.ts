import { xlsx } from '../paper/office.ts';
import { csv, text } from '../paper/text.ts';
import type { Paper, Place } from '../place.ts';
import { moment } from '../stage.ts';
import { mailOf, pdf, plain, spoken, stamp, word } from './office.ts';

/** The other tenants: enough of each to see that they live, and that they are apart. */

const mebibyte = 2 ** 20;

function boardMeetings(today: Date): Paper[] {
  return Array.from({ length: 8 }, (_, index): Paper => {
    const ago = 700 - index * 91;
    const day = moment(today, ago, index);
    return {
      path: `Gemeinsamer Datenraum/Lenkungskreis/${stamp(day)} Protokoll.pdf`,
      by: 'v.linde',
      ago,
      make: pdf(`Lenkungskreis, ${index + 1}. Sitzung`, spoken(day), {
        Stand: ['Vier Kommunen, ein Verbund, elf Meinungen, ein Beschluss.'],
        'Nächste Schritte': ['Gemeinsame Beschaffung der Endgeräte; Abstimmung der Aktenpläne.'],
      }),
    };
  });
}

const itVerbund: Place = {
  tenant: 'itVerbund',
  domain: 'it-verbund.example',
  colours: { shield: { charge: 'wheel', field: [36, 70, 140], figure: [236, 240, 248] }, colour: '#24468c' },
  policies: [{ name: 'versionDays', value: 1_825 }],
  units: [
    ['Geschäftsstelle', null],
    ['Betrieb', null],
  ],
  colleagues: {
    'v.linde': { name: 'Vera Linde', unit: 'Geschäftsstelle', isAdministrator: true },
    'c.erle': { name: 'Christoph Erle', unit: 'Betrieb' },
    'n.ulme': { name: 'Nadja Ulme', unit: 'Betrieb' },
  },
  groups: { Lenkungskreis: ['v.linde', 'c.erle'] },
  spaces: [
    {
      name: 'Gemeinsamer Datenraum',
      description: 'Was die vier Kommunen gemeinsam beschließen und beschaffen',
      full: 0.4,
      members: { 'v.linde': 'manager', Lenkungskreis: 'editor', 'n.ulme': 'viewer' },
    },
    {
      name: 'Beschaffung',
      description: 'Ausschreibungen und Angebote',
      full: 0.75,
      members: { 'c.erle': 'manager', Geschäftsstelle: 'editor' },
    },
  ],
  papers: (today) => [
    ...boardMeetings(today),
    {
      path: 'Gemeinsamer Datenraum/Zweckvereinbarung.docx',
      by: 'v.linde',
      ago: [900, 870, 840],
      tags: ['unterschrieben'],
      make: word(
        'Zweckvereinbarung',
        '# § 1 Aufgabe',
        'Der Verbund betreibt, was einer allein nicht betreiben möchte.',
        '# § 2 Umlage',
        'Nach Einwohnern, nicht nach Lautstärke.',
        '# § 3 Austritt',
        'Zum Jahresende, mit Kuchen.',
      ),
    },
    {
      path: 'Gemeinsamer Datenraum/Umlage.xlsx',
      by: 'v.linde',
      ago: [370, 50],
      make: ({ day }) =>
        xlsx({
          name: 'Umlage',
          day,
          rows: [
            ['Kommune', 'Einwohner', 'Anteil in Euro'],
            ['Ellrich', 5_400, 43_200],
            ['Heringen/Helme', 4_600, 36_800],
            ['Werther', 3_100, 24_800],
            ['Kyffhäuserland', 3_900, 31_200],
            ['Summe', '=SUM(B2:B5)', '=SUM(C2:C5)'],
          ],
        }),
    },
    {
      path: 'Beschaffung/Endgeräte/Leistungsbeschreibung.docx',
      by: 'c.erle',
      ago: [100, 80, 60],
      tags: ['vertraulich'],
      make: word(
        'Leistungsbeschreibung Endgeräte',
        '120 Notebooks, 14 Zoll, leise.',
        'Die Tastatur hält einem Ordnungsamt stand.',
      ),
    },
    ...['Eichhorn Systeme', 'Biber und Söhne', 'Dachs GmbH'].map(
      (name, index): Paper => ({
        path: `Beschaffung/Endgeräte/Angebote/${name}.pdf`,
        by: 'c.erle',
        ago: 40 - index,
        make: pdf(`Angebot: ${name}`, 'Endgeräte', {
          Preis: [
            `${(118_400 + index * 3_150).toLocaleString('de-DE')} Euro, ${index === 2 ? 'Winterlager inbegriffen' : 'frei Haus'}.`,
          ],
        }),
      }),
    ),
    {
      path: 'Beschaffung/Wertung.csv',
      by: 'c.erle',
      ago: 12,
      lockedBy: 'c.erle',
      make: plain(
        csv([
          ['Bieter', 'Preis', 'Punkte'],
          ['Eichhorn Systeme', 118_400, 87],
          ['Biber und Söhne', 121_550, 91],
          ['Dachs GmbH', 124_700, 74],
        ]),
      ),
    },
  ],
};

const heringenHelme: Place = {
  tenant: 'heringenHelme',
  domain: 'heringen.example',
  colours: { shield: { charge: 'waves', field: [20, 84, 112], figure: [236, 232, 214] }, colour: '#145470' },
  units: [['Verwaltung', null]],
  colleagues: {
    'b.reiher': { name: 'Beate Reiher', unit: 'Verwaltung', isAdministrator: true },
    'u.fischer': { name: 'Udo Forelle', unit: 'Verwaltung' },
  },
  spaces: [
    {
      name: 'Hochwasserschutz',
      description: 'Pegel, Deiche, Sandsäcke',
      full: 0.5,
      members: { 'b.reiher': 'manager', 'u.fischer': 'editor' },
    },
  ],
  papers: () => [
    {
      path: 'Hochwasserschutz/Pegelstände.csv',
      by: 'u.fischer',
      ago: [300, 90, 2],
      make: plain(
        csv([
          ['Tag', 'Pegel in cm'],
          ['Montag', 112],
          ['Dienstag', 118],
          ['Mittwoch', 131],
          ['Donnerstag', 127],
        ]),
      ),
    },
    {
      path: 'Hochwasserschutz/Deichschau.pdf',
      by: 'u.fischer',
      ago: 66,
      make: pdf('Deichschau', 'Herbst', { Befund: ['Zwei Bisame, ein Maulwurf, keine Löcher von Belang.'] }),
    },
    {
      path: 'Hochwasserschutz/Sandsäcke.txt',
      by: 'b.reiher',
      ago: 30,
      make: plain(text('Bestand: 4.000. Gefüllt: 400. Füller gesucht.')),
    },
  ],
};

const werther: Place = {
  tenant: 'werther',
  domain: 'werther.example',
  colours: { shield: { charge: 'star', field: [84, 50, 112], figure: [244, 220, 130] }, colour: '#543270' },
  units: [['Verwaltung', null]],
  colleagues: {
    'e.star': { name: 'Elke Star', unit: 'Verwaltung', isAdministrator: true },
    'i.meise': { name: 'Ingo Meise', unit: 'Verwaltung' },
  },
  spaces: [
    {
      name: 'Vereine',
      description: 'Hallenzeiten und Zuschüsse',
      full: 0.3,
      members: { 'e.star': 'manager', 'i.meise': 'editor' },
    },
  ],
  papers: () => [
    {
      path: 'Vereine/Hallenzeiten.csv',
      by: 'i.meise',
      ago: [200, 15],
      make: plain(
        csv([
          ['Tag', 'Verein'],
          ['Montag', 'Turnen'],
          ['Dienstag', 'Chor (Akustik!)'],
          ['Mittwoch', 'Tischtennis'],
        ]),
      ),
    },
    {
      path: 'Vereine/Zuschussantrag Chor.docx',
      by: 'i.meise',
      ago: 80,
      make: word('Zuschussantrag', 'Für neue Noten. Die alten kennen wir auswendig.'),
    },
  ],
};

const kyffhaeuserland: Place = {
  tenant: 'kyffhaeuserland',
  domain: 'kyffhaeuserland.example',
  units: [['Verwaltung', null]],
  colleagues: { 'a.rabe': { name: 'Astrid Rabe', unit: 'Verwaltung', isAdministrator: true } },
  spaces: [{ name: 'Übernahme', description: 'Was vom alten Server kommt', members: { 'a.rabe': 'manager' } }],
  papers: () => [
    {
      path: 'Übernahme/Reihenfolge.txt',
      by: 'a.rabe',
      ago: 50,
      make: plain(text('1. Kasse  2. Bauakten  3. Fotos vom Betriebsausflug (nicht vor den Bauakten!)')),
    },
  ],
};

const schmalkaldenMeiningen: Place = {
  tenant: 'schmalkaldenMeiningen',
  domain: 'lra-sm.example',
  colours: { shield: { charge: 'tree', field: [24, 88, 58], figure: [238, 240, 230] }, colour: '#18583a' },
  policies: [
    { name: 'trashDays', value: 90 },
    { name: 'passwordLength', value: 14 },
    { name: 'largestFileBytes', value: 20 * 2 ** 30 },
  ],
  units: [
    ['Hauptamt', null],
    ['Umweltamt', null],
    ['Jugendamt', null],
  ],
  colleagues: {
    'x.birke': { name: 'Xenia Birke', unit: 'Hauptamt', isAdministrator: true },
    'q.otter': { name: 'Quirin Otter', unit: 'Umweltamt' },
    'z.specht': { name: 'Zoe Specht', unit: 'Jugendamt' },
  },
  spaces: [
    {
      name: 'Umweltamt',
      description: 'Wasser, Wald und was darin wohnt',
      unit: 'Umweltamt',
      full: 0.35,
      members: { Umweltamt: 'editor', 'x.birke': 'manager' },
    },
    { name: 'Kreistag', description: 'Sitzungen', members: { 'x.birke': 'manager', 'q.otter': 'viewer', 'z.specht': 'viewer' } },
  ],
  papers: (today) => [
    ...[430, 330, 230, 130, 30].map(
      (ago, index): Paper => ({
        path: `Kreistag/${stamp(moment(today, ago, index))} Beschlüsse.pdf`,
        by: 'x.birke',
        ago,
        make: pdf('Beschlüsse des Kreistages', `${index + 1}. Sitzung`, {
          'TOP 1': ['Der Nahverkehrsplan wird fortgeschrieben.'],
          'TOP 2': ['Die Schulen bekommen Glasfaser, die Glasfaser bekommt einen Zeitplan.'],
        }),
      }),
    ),
    {
      path: 'Umweltamt/Biberbericht.docx',
      by: 'q.otter',
      ago: [140, 55],
      make: word('Biberbericht', 'Es sind mehr geworden. Sie bauen schneller als wir.', 'Vorschlag: Zusammenarbeit.'),
    },
    {
      path: 'Umweltamt/Eingang/Frage Rhönblick.eml',
      by: 'q.otter',
      ago: 20,
      make: mailOf({
        from: 'Emil Eckardt <emil@rhoenblick.example>',
        to: 'Umweltamt <umwelt@lra-sm.example>',
        subject: 'Linden',
        lines: ['Dürfen die neuen Linden unter die alte Stromleitung?', 'Die Linden fragen schon.'],
      }),
    },
  ],
};

const tlrz: Place = {
  tenant: 'tlrz',
  domain: 'tlrz.example',
  colours: { shield: { charge: 'star', field: [32, 74, 168], figure: [255, 255, 255] }, colour: '#204aa8' },
  policies: [{ name: 'sessionIdleSeconds', value: 4 * 3_600 }],
  units: [
    ['Betrieb', null],
    ['Servicedesk', null],
  ],
  unitOf: { paula: 'Betrieb' },
  colleagues: { 'r.eule': { name: 'Roland Eule', unit: 'Betrieb' }, 'f.fink': { name: 'Fatma Fink', unit: 'Servicedesk' } },
  spaces: [
    {
      name: 'Betrieb',
      description: 'Handbücher, Notfallpläne, Wartungsfenster',
      unit: 'Betrieb',
      full: 0.12,
      members: { Betrieb: 'editor', paula: 'manager', 'f.fink': 'viewer' },
    },
  ],
  papers: () => [
    {
      path: 'Betrieb/Handbuch/Wiederanlauf.md',
      by: 'paula',
      ago: [600, 300, 45],
      tags: ['wichtig'],
      stars: ['paula'],
      make: plain(
        text(
          '# Wiederanlauf',
          '',
          '1. Ruhe.',
          '2. Kaffee erst nach Schritt 3.',
          '3. `npm run -s admin -- fsck`',
          '4. Ergebnis lesen, nicht ahnen.',
        ),
      ),
    },
    {
      path: 'Betrieb/Handbuch/Neue Kommune.md',
      by: 'paula',
      ago: [400, 80],
      make: plain(
        text('# Eine Kommune kommt hinzu', '', '- Mandanten anlegen', '- Verwalterin einladen', '- anrufen und gratulieren'),
      ),
    },
    {
      path: 'Betrieb/Wartung/Wartungsfenster.csv',
      by: 'r.eule',
      ago: [100, 5],
      make: plain(
        csv([
          ['Tag', 'Von', 'Bis', 'Was'],
          ['Sonntag', '06:00', '06:02', 'Neue Fassung; zwei Minuten sind großzügig'],
        ]),
      ),
    },
    {
      path: 'Betrieb/Notfall/Telefonkette.txt',
      by: 'r.eule',
      ago: 210,
      make: plain(text('Eule -> Preiß -> Fink -> Eule.', 'Wer sich selbst anruft, legt auf und beginnt von vorn.')),
    },
  ],
};

/** In the order of the cast. */
export const others: readonly Place[] = [tlrz, itVerbund, heringenHelme, werther, kyffhaeuserland, schmalkaldenMeiningen];

/** Quota of the tenants that have none of their own in their plan. */
export const usualQuota = 500 * mebibyte;
