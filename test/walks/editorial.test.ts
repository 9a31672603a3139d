import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { checkAccessible, checkFits, openBrowser, tabTo } from '../browser.ts';
import { settleEditors } from '../editors.ts';
import { workOff } from '../queue.ts';

/** The editorial office from outside: written, refused, approved by somebody else, seen by citizens; words nobody found; files. */

const { stand, people, open, url } = await openBrowser();

before(async () => {
  await settleEditors(people);
  stand.clock.advance(10);
});

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

/** The German part of a supplement; the English one beside it has a longer name. */
const supplement = (page: Page, name: string) => page.getByRole('textbox', { name: new RegExp(`^${name} \\(`) });

/** What was published is worked off, and what searches know is older than two seconds. */
async function published(): Promise<void> {
  await workOff(stand);
  stand.clock.advance(5);
}

test('Anna supplements a service of the state, Bernd sends it back, then approves; citizens read it, all without script', async () => {
  const anna = await open({ person: 'anna', script: false });
  await anna.goto('/redaktion/leistungen');
  await anna.getByRole('link', { name: 'Weitere' }).waitFor();
  await anna.getByLabel('Titel oder Schlüssel').fill('wohngeld');
  await press(anna, 'Anzeigen');
  await anna.getByRole('link', { name: 'Ergänzen: Wohngeld beantragen' }).click();
  await heading(anna, 'Neuer Eintrag: Ergänzung');
  await supplement(anna, 'Hinweis für Ihren Ort').fill('Sprechstunde nur mit Termin. <b>Wirklich</b>');
  await supplement(anna, 'Erforderliche Unterlagen').fill('Mietvertrag\nKontoauszug');
  await press(anna, 'Speichern');
  await anna.getByText('Der Entwurf ist angelegt.').waitFor();
  await press(anna, 'Zur Freigabe vorlegen');
  await anna.getByText('Eine andere Person muss ihn freigeben.').waitFor();
  assert.equal(await anna.getByRole('button', { name: 'Freigeben' }).count(), 0);
  const path = new URL(anna.url()).pathname;

  const bernd = await open({ person: 'bernd', script: false });
  await bernd.goto('/redaktion');
  await bernd
    .getByRole('link', { name: /Wohngeld.* – Stadt Ellrich/ })
    .first()
    .click();
  await bernd.getByText('Zurückgeben', { exact: true }).first().click();
  await press(bernd, 'Zurückgeben');
  await bernd.getByRole('alert').waitFor();
  await bernd.getByLabel('Was fehlt oder ist zu ändern?').fill('Bitte die Telefonnummer nennen.');
  await press(bernd, 'Zurückgeben');
  await bernd.getByText('Der Entwurf ist zurückgegeben.').waitFor();

  await anna.goto(path);
  await anna.getByText('Bitte die Telefonnummer nennen.').waitFor();
  await anna.getByRole('link', { name: 'Bearbeiten' }).click();
  await supplement(anna, 'Hinweis für Ihren Ort').fill('Termine unter 03632 0000-0. <b>Wirklich</b>');
  await press(anna, 'Speichern + Vorschau');
  await anna.getByText('Vorschau: So sehen es die Menschen nach der Freigabe.').waitFor();
  await anna.getByText('Termine unter 03632 0000-0. <b>Wirklich</b>').waitFor();
  await anna.getByRole('link', { name: 'Zurück zum Entwurf' }).click();
  await press(anna, 'Zur Freigabe vorlegen');
  await anna.getByText('wartet jetzt auf eine zweite Person').waitFor();
  await anna.close();

  await bernd.goto(path);
  await bernd.getByLabel('Wieder prüfen am').fill('2027-06-01');
  await press(bernd, 'Freigeben');
  await bernd.getByText('Freigegeben.').waitFor();
  await bernd.close();
  await published();

  const nobody = await open({ script: false });
  await nobody.goto('/leistung/wohngeld?ort=16062005');
  await nobody.getByText('Termine unter 03632 0000-0. <b>Wirklich</b>').waitFor();
  await nobody.close();
});

test('a change of a master text shows word by word what is gone and what is new; an older version comes back', async () => {
  const celik = await open({ person: 'celik' });
  await celik.goto('/redaktion/eintraege?art=service&suche=fundsache');
  await celik.getByRole('table').getByRole('link').first().click();
  await celik.getByRole('link', { name: 'Neuen Entwurf beginnen' }).click();
  await celik.getByLabel('Kurzfassung', { exact: false }).first().fill('Etwas gefunden? Bringen Sie es ins Fundbüro.');
  await celik.getByLabel('Was wurde geändert, und warum?').fill('kürzer');
  const situations = celik.getByRole('group', { name: 'Lebenslagen' }).getByRole('checkbox', { checked: true });
  await celik.getByLabel('Reisen', { exact: true }).check();
  await celik.getByLabel('Alter', { exact: true }).check();
  const chosen = await situations.count();
  await celik.getByLabel('Schlüssel im Leistungskatalog (LeiKa)').fill('12');
  await press(celik, 'Speichern');
  await celik.getByRole('alert').getByText('hat 14 Ziffern').waitFor();
  assert.equal(await situations.count(), chosen, 'a refused form gives back every box');
  await celik.getByLabel('Schlüssel im Leistungskatalog (LeiKa)').fill('');
  await press(celik, 'Speichern');
  await celik.getByText('Der Entwurf ist gespeichert.').waitFor();
  assert.ok((await celik.locator('ins').count()) > 0 && (await celik.locator('del').count()) > 0);
  await celik.getByText('[neu:').first().waitFor();
  await press(celik, 'Zur Freigabe vorlegen');
  await celik.getByText('wartet jetzt auf eine zweite Person').waitFor();
  const path = new URL(celik.url()).pathname;

  const paula = await open({ person: 'paula' });
  await paula.goto(path);
  await press(paula, 'Freigeben');
  await paula.getByText('Freigegeben.').waitFor();
  await paula.getByRole('link', { name: 'Fassung 1' }).click();
  await heading(paula, 'Fassung 1 im Vergleich');
  await press(paula, 'Wiederherstellen: Fassung 1');
  await paula.getByText('Der Entwurf hat jetzt den Text der Fassung 1.').waitFor();
  await press(paula, 'Entwurf verwerfen');
  await paula.getByText('Der Entwurf ist verworfen.').waitFor();
  await paula.close();
  await celik.close();
});

test('what nobody found becomes a search word in one step, with the keyboard alone', async () => {
  for (let time = 0; time < 3; time += 1) await fetch(`${url}/suche?q=Quaxlibopp`);
  const paula = await open({ person: 'paula' });
  await paula.goto('/redaktion');
  await paula.getByRole('heading', { name: '„quaxlibopp“' }).waitFor();
  await tabTo(paula, 'textbox', 'meint');
  await paula.keyboard.type('Hundesteuer');
  await paula.keyboard.press('Enter');
  await paula.getByText('„quaxlibopp“ wird ab jetzt wie „Hundesteuer“ gesucht.').waitFor();
  assert.equal(await paula.getByRole('heading', { name: '„quaxlibopp“' }).count(), 0);
  stand.clock.advance(5);
  await paula.goto('/suche?q=Quaxlibopp');
  await paula.getByRole('link', { name: 'Hund anmelden und Hundesteuer', exact: true }).waitFor();
  await paula.close();
});

test('a situation in life is changed by one person, approved by another, and stands on the start page, without script', async () => {
  const celik = await open({ person: 'celik', script: false });
  await celik.goto('/redaktion/lebenslagen');
  await celik.getByRole('link', { name: 'Lebenslagen bearbeiten' }).click();
  await celik.getByRole('table').getByRole('link', { name: 'Tiere', exact: true }).click();
  await celik.getByRole('link', { name: 'Neuen Entwurf beginnen' }).click();
  await celik.getByLabel('Titel', { exact: true }).fill('Hund, Fisch und Biene');
  await celik.getByLabel('Wichtigste Leistungen').fill('Fischereischein beantragen\nhundesteuer');
  await celik.getByLabel('Reihenfolge').fill('vorn');
  await press(celik, 'Speichern');
  await celik.getByRole('alert').getByText('eine ganze Zahl').waitFor();
  await celik.getByLabel('Reihenfolge').fill('1');
  await press(celik, 'Speichern + Vorschau');
  await heading(celik, 'Hund, Fisch und Biene');
  await celik.getByRole('link', { name: 'Zurück zum Entwurf' }).click();
  await press(celik, 'Zur Freigabe vorlegen');
  await celik.getByText('wartet jetzt auf eine zweite Person').waitFor();
  const paula = await open({ person: 'paula', script: false });
  await paula.goto(new URL(celik.url()).pathname);
  await press(paula, 'Freigeben');
  await paula.getByText('Freigegeben.').waitFor();
  await published();
  const citizen = await open({ script: false });
  await citizen.goto('/suche');
  await citizen.getByRole('list').getByRole('link', { name: 'Hund, Fisch und Biene' }).click();
  assert.deepEqual(await citizen.getByRole('heading', { level: 2 }).allTextContents(), [
    ...['Fischereischein beantragen', 'Hund anmelden und Hundesteuer', 'Erlaubnis zum Halten eines gefährlichen Hundes'],
  ]);
  for (const page of [celik, paula, citizen]) await page.close();
});

test('the test field names the rule that decides', async () => {
  const anna = await open({ person: 'anna', script: false });
  await anna.goto('/redaktion/zustaendig?leistung=hundesteuer&ort=Ellrich');
  await anna.getByRole('link', { name: 'Stadtverwaltung Ellrich' }).waitFor();
  await anna.getByText('entscheidet').first().waitFor();
  await anna.close();
});

test('a file is checked first, object by object, and then taken over as drafts', async () => {
  const anna = await open({ person: 'anna' });
  await anna.goto('/redaktion/austausch');
  const [download] = await Promise.all([anna.waitForEvent('download'), anna.getByRole('link', { name: 'Als JSON' }).click()]);
  const chunks = await (await download.createReadStream()).toArray();
  const text = Buffer.concat(chunks as Buffer[])
    .toString('utf8')
    .replaceAll('Markt 1', 'Neue Straße 2')
    .replaceAll('"area": "16062005"', '"area": "16"');
  const file = { name: 'einfuhr.json', mimeType: 'application/json', buffer: Buffer.from(text) };
  await anna.getByLabel('Datei', { exact: true }).setInputFiles(file);
  await press(anna, 'Datei einlesen');
  await anna.getByText('Geprüft, nichts verändert.').waitFor();
  await anna.getByText('Das Gebiet').first().waitFor();
  await anna.getByLabel('Datei', { exact: true }).setInputFiles(file);
  await anna.getByLabel('Übernehmen').check();
  await press(anna, 'Datei einlesen');
  await anna.getByText('Übernommen.').waitFor();
  await anna.close();
});

test('for Emil and Gero there is no editorial office, and Anna’s entries are not Emil’s', async () => {
  for (const person of ['emil', 'gero'] as const) {
    const page = await open({ person, script: false });
    for (const path of ['/redaktion', '/redaktion/1', '/redaktion/1/vorschau', '/redaktion/woerter', '/redaktion/abc'])
      assert.ok([403, 404].includes((await page.goto(path))?.status() ?? 0), `${person} ${path}`);
    await page.close();
  }
  const anna = await open({ person: 'anna', script: false });
  for (const path of [
    '/redaktion/woerter',
    '/redaktion/verzeichnis',
    '/redaktion/neu?art=service',
    '/redaktion/neu?art=lifeEvent',
    '/redaktion/999999',
  ])
    assert.ok([403, 404].includes((await anna.goto(path))?.status() ?? 0), path);
  await anna.close();
});

for (const theme of ['light', 'dark'] as const)
  test(`every page of the editorial office is accessible and fits 320 pixels, ${theme}`, async () => {
    const page = await open({ person: 'celik', theme });
    await page.goto('/redaktion/eintraege?art=service');
    const entry = await page.getByRole('table').getByRole('link').first().getAttribute('href');
    const kinds = ['service', 'supplement', 'authority', 'competence', 'lifeEvent'];
    const lists = kinds.map((kind) => `/redaktion/eintraege?art=${kind}`);
    const places = [
      ...['/redaktion', ...lists, '/redaktion/leistungen', '/redaktion/zustaendig?leistung=wohngeld&ort=Ellrich'],
      ...['/redaktion/lebenslagen', '/redaktion/woerter', '/redaktion/austausch', '/redaktion/verzeichnis'],
      ...kinds.map((kind) => `/redaktion/neu?art=${kind}`),
      ...[`${entry}`, `${entry}/bearbeiten`, `${entry}/vergleich?vor=0&nach=1`, `${entry}/vorschau`],
    ];
    for (const place of places) {
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.goto(place);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await checkAccessible(page);
      await page.setViewportSize({ width: 320, height: 640 });
      await checkFits(page);
    }
    await page.close();
  });

test('a file that is too large, none, or one that is something else is refused with a sentence', async () => {
  const anna = await open({ person: 'anna', script: false });
  await anna.goto('/redaktion/austausch');
  const send = async (buffer: Buffer, sentence: RegExp) => {
    await anna.getByLabel('Datei', { exact: true }).setInputFiles({ name: 'a.xml', mimeType: 'application/xml', buffer });
    await press(anna, 'Datei einlesen');
    await anna.getByRole('alert').getByText(sentence).first().waitFor();
  };
  await send(Buffer.alloc(6_000_000, 'a'), /größer als 5 MB/);
  await send(Buffer.from('<!DOCTYPE x [<!ENTITY a "b">]><transfer>&a;</transfer>'), /keine Ausgabe/);
  await send(Buffer.alloc(0), /wählen Sie eine Datei/);
  await anna.close();
});
