import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settleFinder } from '../../../test/finder.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { search } from './index.ts';

const stand = await openStand();
const people = await settle(stand);
await settleFinder(people);
stand.clock.advance(10);

/** What people type or say → the answer they expect first. A slash parts the wish from the place. */
const wishes: Readonly<Record<string, string>> = {
  hundesteuer: `hund anmelden · Hundesteuer · hundesteuer anmelden/Ellrich · hund ummelden · hnud anmelden · Hundesteur · hundsteuer ·
    hundeanmeldung · Hund an melden · wir haben einen neuen Welpen · muss ich meinen Hund anmelden · wau wau hundemarke · Köter anmelden ·
    dog tax · register a dog · ich hab mir nen hund zugelegt wo muss ich hin · steuer für hunde · Hundemarke verloren · Hunde Steuer/Werther`,
  baugenehmigung: `carport bauen · Carport/Ellrich · carportbau · Baugenehmigung · baugenehmigung garage · Bauantrag · bauantrag stellen ·
    Gartenhütte · gartenhaus bauen · brauche ich für einen Zaun eine genehmigung · Baugenemigung · haus bauen · Wintergarten anbauen ·
    terrassenüberdachung · building permit · Laube bauen · nutzungsänderung · dachausbau`,
  wohngeld:
    'wohngeld · Wohngeldantrag · wohngeld beantragen/Nordhausen · zuschuss zur miete · Mietzuschuss · miete zu teuer · wohngelt · Wohn Geld',
  personalausweis: `perso · Personalausweis · personalausweis abgelaufen · neuer perso · personalausweiß · Personalauswies beantragen · ausweis abgelaufen ·
    id-karte · identity card · personal ausweis`,
  'personalausweis-verlust': 'ausweis verloren · perso weg · pass gestohlen · Personalausweis verloren · ausweis geklaut',
  reisepass: 'reisepass · Reisepas · pass für kinder · kinderreisepass · Expresspass · passport',
  'wohnsitz-anmelden': `umzug · umziehen · wohnsitz ummelden · ich bin umgezogen · neue adresse · Ummeldung · einwohnermeldeamt · wohnung anmelden ·
    umgezogen nach Ellrich · adresse ändern`,
  'wohnsitz-abmelden': 'wohnsitz abmelden · auswandern · ins ausland ziehen',
  fuehrungszeugnis: `führungszeugnis · fuehrungszeugnis · polizeiliches führungszeugnis · Führungszeugniss · erweitertes führungszeugnis ehrenamt · vorbestraft`,
  eheschliessung: 'heiraten · hochzeit · ich möchte heiraten · Trauung standesamt · eheschließung anmelden · heirten · wedding',
  'geburt-anzeigen': 'baby anmelden · geburt anzeigen · kind geboren · unser kind ist auf die welt gekommen',
  geburtsurkunde:
    'geburtsurkunde · Geburtsurkunde bestellen · internationale geburtsurkunde · geburts urkunde · birth certificate',
  sterbefall: 'todesfall · opa ist gestorben · sterbeurkunde · oma gestorben was tun · Totenschein',
  kita: 'kita · kindergarten · kitaplatz · Krippenplatz · kindergarten anmelden · tagesmutter · kita-anmeldung',
  schulanmeldung: 'einschulung · grundschule anmelden · kind in die schule anmelden · erste klasse · zuckertüte',
  'kfz-zulassung': `auto anmelden · auto abmelden · kfz zulassung · Wunschkennzeichen · nummernschild · auto ummelden/Nordhausen · karre abmelden ·
    Zulassungsstelle · simson anmelden · vehicle registration`,
  fuehrerschein: 'führerschein umtauschen · lappen verloren · fahrerlaubnis · führerschein · fuererschein · driving licence',
  bewohnerparkausweis:
    'anwohnerparken · bewohnerparkausweis · Parkausweis anwohner · bewohner parkausweis · anwohnerparkausweis/Erfurt · Bewohnerparkausweiss',
  behindertenparkausweis: 'behindertenparkplatz · parkausweis rollstuhl · blauer parkausweis',
  gewerbeanmeldung: `gewerbe anmelden · gewerbeschein · Gewerbeanmeldung · selbständig machen · firma gründen · gewerbe abmelden · gewerbeamt ·
    onlineshop · Laden eröffnen · gewerbe anmeldung · gewerbanmeldung`,
  gaststaette: 'gaststätte · kneipe eröffnen · imbiss eröffnen · alkohol ausschenken',
  'veranstaltung-anzeigen':
    'straßenfest · Veranstaltung anmelden · osterfeuer · kirmes anmelden · feuerwerk · faschingsumzug · dorffest anmelden · flohmarkt',
  sondernutzung: 'container aufstellen · halteverbot umzug · gerüst auf gehweg · Bauschuttcontainer',
  'baum-faellen': 'baum fällen · baumfällung · hecke schneiden · darf ich meinen baum umsägen',
  sperrmuell: 'sperrmüll · mülltonne · altes sofa · gerümpel · elektroschrott · sperrmüll anmelden/Ellrich',
  grundbuch: 'grundbuchauszug · grundbuch · wem gehört das grundstück',
  buergergeld: 'hartz 4 · bürgergeld · jobcenter · hartz iv · bürgergeld beantragen · stütze',
  'bafoeg-studium': 'bafög studium · studentenwerk bafög',
  'bafoeg-schueler': 'schülerbafög · bafög schüler',
  elterngeld: 'elterngeld · elterngeldantrag · elternzeit geld',
  kindergeld: 'kindergeld · familienkasse · kindergeld beantragen',
  unterhaltsvorschuss: 'unterhaltsvorschuss · vater zahlt nicht · alimente',
  schwerbehindertenausweis: 'schwerbehindertenausweis · grad der behinderung · gdb',
  gesundheitszeugnis: 'gesundheitszeugnis · gesundheitspass · hygienebelehrung',
  einbuergerung: 'einbürgerung · deutscher pass werden · staatsbürgerschaft · citizenship',
  aufenthaltstitel: 'aufenthaltserlaubnis · ausländerbehörde · visum verlängern · residence permit',
  rundfunkbeitrag: 'gez befreiung · rundfunkbeitrag',
  fischereischein: 'angelschein · fischereischein · angeln erlaubnis',
  fundsache: 'fundbüro · schlüssel verloren · fahrrad gefunden',
};

const cases = Object.entries(wishes).flatMap(([expected, text]) =>
  text.split('·').map((wish) => {
    const [q = '', place = ''] = wish.trim().replaceAll(/\s+/g, ' ').split('/');
    return { q, place, expected };
  }),
);

test(`${cases.length} wishes find what was meant, first`, async () => {
  assert.ok(cases.length >= 120);
  const wrong: string[] = [];
  for (const { q, place, expected } of cases) {
    const { found } = await search(people.nobody, { q, place });
    if (found[0]?.key !== expected)
      wrong.push(
        `${q}: expected ${expected}, found ${found
          .slice(0, 3)
          .map(({ key, score }) => `${key} ${score.toFixed(0)}`)
          .join(', ')}`,
      );
  }
  assert.deepEqual(wrong, []);
});

/** Wish, place → who is responsible, and who is not. */
const offices: readonly (readonly [string, string, string, string | null])[] = [
  ['hund anmelden', 'Ellrich', 'Stadtverwaltung Ellrich', null],
  ['carport bauen', 'Ellrich', 'Landratsamt Nordhausen', 'Stadtverwaltung Ellrich'],
  ['carport bauen', 'Erfurt', 'Stadtverwaltung Erfurt', null],
  ['carport bauen', 'Eisenach', 'Landratsamt Wartburgkreis', 'Stadtverwaltung Eisenach'],
  ['wohngeld', 'Lehesten (Saale-Orla-Kreis)', '', null],
  ['wohngeld', 'Lehesten (Saale-Holzland-Kreis)', 'Landratsamt Saale-Holzland-Kreis', 'Gemeindeverwaltung Lehesten'],
  ['wohngeld', 'Lehesten (Saalfeld-Rudolstadt)', 'Landratsamt Saalfeld-Rudolstadt', 'Stadtverwaltung Lehesten'],
  ['kindergeld', 'Werther', 'Familienkasse der Bundesagentur für Arbeit', 'Gemeindeverwaltung Werther'],
  ['grundbuchauszug', 'Heringen', 'Amtsgericht – Grundbuchamt', 'Stadtverwaltung Heringen/Helme'],
];

test('every wish is led to the right office', async () => {
  for (const [q, place, them, us] of offices) {
    const { found } = await search(people.nobody, { q, place });
    assert.equal(found[0]?.responsible?.authority?.name ?? '', them, `${q} in ${place}`);
    assert.equal(found[0]?.responsible?.notUs?.name ?? null, us, `${q} in ${place}`);
  }
});

test('a doubled name is asked back and nobody is guessed', async () => {
  for (const place of ['Lehesten', 'Elxleben', 'Eichenberg', 'Hartmannsdorf']) {
    const answer = await search(people.nobody, { q: 'wohngeld', place });
    assert.equal(answer.place.kind, 'several', place);
    assert.ok(answer.place.kind === 'several' && answer.place.areas.every(({ district }) => district !== null));
    assert.equal(answer.found[0]?.responsible, null);
  }
});

test('the unit of the house is named, with the rule it rests on', async () => {
  const { found } = await search(people.nobody, { q: 'hund anmelden', place: 'Ellrich' });
  assert.equal(found[0]?.responsible?.unit?.name, 'Steueramt');
  assert.equal(found[0]?.responsible?.rule?.source, 'Geschäftsverteilungsplan der Verwaltung');
});
