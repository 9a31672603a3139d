import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settleFinder } from '../../../test/finder.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { search } from './index.ts';

/** Everyday wishes, as people write and say them: what was meant is among the first three. */

const stand = await openStand();
const people = await settle(stand);
await settleFinder(people);
stand.clock.advance(10);

const german: readonly (readonly [wish: string, meant: string])[] = [
  ['Hund anmelden in Ellrich', 'hundesteuer'],
  ['mein Hund ist gestorben wo melde ich ihn ab', 'hundesteuer'],
  ['Hundemarke verloren', 'hundesteuer'],
  ['wir kriegen nächste Woche einen Welpen', 'hundesteuer'],
  ['Carport bauen', 'baugenehmigung'],
  ['darf ich einfach eine Garage hinstellen', 'baugenehmigung'],
  ['Gartenhüttte bauen Genehmigung', 'baugenehmigung'],
  ['Solaranlage auf dem Balkon', 'baugenehmigung'],
  ['Perso verloren', 'personalausweis-verlust'],
  ['Geldbeutel geklaut Ausweis weg', 'personalausweis-verlust'],
  ['Personalausweiss verlängern', 'personalausweis'],
  ['Ausweis für mein Kind', 'personalausweis'],
  ['Reisepass für die Türkei', 'reisepass'],
  ['ich zieh nach Werther', 'wohnsitz-anmelden'],
  ['neue Wohnung wo muss ich mich melden', 'wohnsitz-anmelden'],
  ['Zweitwohnung anmelden', 'wohnsitz-anmelden'],
  ['ich brauche eine Bescheinigung wo ich wohne', 'meldebescheinigung'],
  ['Führungszeugnis für den Sportverein', 'fuehrungszeugnis'],
  ['meine Mutter ist gestern gestorben', 'sterbefall'],
  ['Urne beisetzen', 'grab'],
  ['wir wollen nächstes Jahr heiraten', 'eheschliessung'],
  ['Geburtsurkunde vom Opa', 'geburtsurkunde'],
  ['Geld nach der Geburt', 'elterngeld'],
  ['der Vater zahlt keinen Unterhalt', 'unterhaltsvorschuss'],
  ['Kitaplatz gesucht', 'kita'],
  ['Busfahrkarte für den Schulweg', 'schuelerbefoerderung'],
  ['ich kann meine Miete nicht bezahlen', 'wohngeld'],
  ['Antrag auf Wohngelt', 'wohngeld'],
  ['arbeitslos geworden', 'buergergeld'],
  ['meine Rente reicht nicht', 'sozialhilfe'],
  ['Zuschuss zur Klassenfahrt', 'bildung-teilhabe'],
  ['Bafög fürs Studium', 'bafoeg-studium'],
  ['ich mach mich selbstständig', 'gewerbeanmeldung'],
  ['Nagelstudio eröffnen', 'gewerbeanmeldung'],
  ['Bratwurststand auf dem Stadtfest', 'veranstaltung-anzeigen'],
  ['Osterfeuer anmelden', 'veranstaltung-anzeigen'],
  ['Auto verkauft', 'kfz-zulassung'],
  ['alten rosa Führerschein umtauschen', 'fuehrerschein'],
  ['vor meiner Tür parken', 'bewohnerparkausweis'],
  ['alte Waschmaschine entsorgen', 'sperrmuell'],
  ['Birke umsägen', 'baum-faellen'],
  ['Umzugswagen Halteverbot', 'sondernutzung'],
  ['wem gehört der Acker', 'grundbuch'],
  ['Schwerbehindertenausweiß verlängern', 'schwerbehindertenausweis'],
  ['Geldbörse gefunden', 'fundsache'],
  ['deutsche Staatsbürgerschaft bekommen', 'einbuergerung'],
];

const english: readonly (readonly [wish: string, meant: string])[] = [
  ['register my dog in Ellrich', 'hundesteuer'],
  ['I lost my passport', 'personalausweis-verlust'],
  ['build a carport', 'baugenehmigung'],
  ['getting married', 'eheschliessung'],
  ['child benefit', 'kindergeld'],
  ['where do I register my new address', 'wohnsitz-anmelden'],
  ['housing benefit', 'wohngeld'],
  ['extend my visa', 'aufenthaltstitel'],
  ['become a German citizen', 'einbuergerung'],
  ['open a restaurant', 'gaststaette'],
  ['start a small business', 'gewerbeanmeldung'],
  ['police clearance certificate', 'fuehrungszeugnis'],
  ['kindergarten place for my son', 'kita'],
  ['bulky waste', 'sperrmuell'],
  ['resident parking permit', 'bewohnerparkausweis'],
  ['my father died', 'sterbefall'],
  ['exchange my foreign driving licence', 'fuehrerschein'],
  ['cut down a tree', 'baum-faellen'],
  ['identitiy card expired', 'personalausweis'],
];

const found = async (locale: 'de' | 'en', q: string) =>
  (await search({ ...people.nobody, locale }, { q })).found.slice(0, 3).map(({ key }) => key);

for (const [locale, wishes, least] of [
  ['de', german, 40],
  ['en', english, 15],
] as const)
  test(`${wishes.length} everyday wishes (${locale}) are answered among the first three`, async () => {
    assert.ok(wishes.length >= least);
    const wrong: string[] = [];
    for (const [wish, meant] of wishes) {
      const keys = await found(locale, wish);
      if (!keys.includes(meant)) wrong.push(`${wish}: expected ${meant}, found ${keys.join(', ') || 'nothing'}`);
    }
    assert.deepEqual(wrong, []);
  });

test('answers to English questions are in English', async () => {
  const { found: answers } = await search({ ...people.nobody, locale: 'en' }, { q: 'register my dog', place: 'Ellrich' });
  assert.equal(answers[0]?.title, 'Register a dog, dog tax');
  assert.match(answers[0]?.summary ?? '', /^Whoever keeps a dog/);
});
