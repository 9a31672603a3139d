import { sitePlan } from '../paper/plan.ts';
import type { Paper } from '../place.ts';
import { moment } from '../stage.ts';
import { buildingLetter } from './ellrich-house.ts';
import { pdf, plain, spoken } from './office.ts';

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
    path: `${folder}/Antrag.pdf`,
    by: 'k.weidenbach',
    ago,
    tags: isOpen ? ['offen'] : ['erledigt'],
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
    path: `${folder}/Bescheid.pdf`,
    by: 'anna',
    ago: [ago - 20, ago - 24, ago - 27],
    make: buildingLetter({
      to: [who, where, '00000 Ellrich'],
      reference,
      subject: `Baugenehmigung: ${subject}`,
      signed: 'Apel',
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

/** The building applications of three years, each in a folder of its own. */
export const casePapers = (today: Date): Paper[] => cases.flatMap((facts, index) => papersOfCase(facts, index, today));
