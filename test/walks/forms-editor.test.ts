import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { checkAccessible, checkFits, openBrowser, tabTo } from '../browser.ts';
import { makeFormEditors } from '../form-editors.ts';
import { settleForms } from '../forms.ts';
import { workOff } from '../queue.ts';

const { stand, people, open } = await openBrowser();

before(async () => {
  await settleForms(people);
  await makeFormEditors(people);
  stand.clock.advance(10);
});

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const link = (page: Page, name: string | RegExp) => page.getByRole('link', { name, exact: typeof name === 'string' });
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();

async function begin(page: Page, title: string): Promise<string> {
  await page.goto('/formulare');
  await link(page, 'Eigene Formulare').click();
  await link(page, 'Formular beginnen').click();
  await page.getByRole('searchbox', { name: 'Zu welcher Leistung gehört das Formular?' }).fill('Veranstaltung anzeigen');
  await button(page, 'Leistung suchen').click();
  await page.getByRole('textbox', { name: 'Name des Formulars (Deutsch)' }).fill(title);
  await button(page, 'Beginnen').click();
  await heading(page, title);
  return new URL(page.url()).pathname;
}

async function addPage(page: Page, title: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Überschrift der Seite (Deutsch)' }).fill(title);
  await button(page, 'Seite hinzufügen').click();
  await link(page, new RegExp(`\\d\\. ${title.replace('?', '\\?')}`)).click();
  await heading(page, title);
}

async function addQuestion(page: Page, label: string, kind: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Text der Frage (Deutsch)' }).fill(label);
  await page.getByRole('combobox', { name: 'Art der Frage' }).selectOption(kind);
  await button(page, 'Frage hinzufügen').click();
  await link(page, label).waitFor();
  const again = page.getByRole('textbox', { name: 'Text der Frage (Deutsch)' });
  assert.equal(await again.inputValue(), '', 'what is a question now is not offered as another one');
}

/** Anna writes a form of two pages, the second one asked only of those who bring a tent. */
async function write(page: Page, title: string): Promise<string> {
  const form = await begin(page, title);
  await addPage(page, 'Was haben Sie vor?');
  await addQuestion(page, 'Mit Zelt', 'Ja oder Nein');
  await addQuestion(page, 'Größe der Gruppe', 'Eine Auswahl');
  await link(page, 'Größe der Gruppe').click();
  await heading(page, 'Größe der Gruppe');
  await page.getByRole('textbox', { name: 'Auswahl 1 (Deutsch)', exact: true }).fill('Bis 20 Personen');
  await page.getByRole('textbox', { name: 'Auswahl 2 (Deutsch)', exact: true }).fill('Mehr als 20 Personen');
  await button(page, 'Nach oben: Zweite Auswahl').click();
  await page.getByText('Gespeichert.', { exact: true }).waitFor();
  assert.equal(
    await page.getByRole('textbox', { name: 'Auswahl 1 (Deutsch)', exact: true }).inputValue(),
    'Mehr als 20 Personen',
  );
  await page.goto(form);
  await addPage(page, 'Das Zelt');
  await addQuestion(page, 'Fläche in Quadratmetern', 'Zahl');
  await link(page, 'Bedingung ändern').click();
  await page.getByRole('combobox', { name: 'Frage' }).selectOption({ label: 'Mit Zelt (Was haben Sie vor?)' });
  await button(page, 'Weiter').click();
  await page.getByRole('combobox', { name: 'Wert' }).selectOption('Ja');
  await button(page, 'Bedingung hinzufügen').click();
  await page.getByText('„Mit Zelt“ ist Ja').first().waitFor();
  return form;
}

for (const script of [true, false]) {
  test(`two persons make a form and publish it, ${script ? 'with' : 'without'} script`, async () => {
    const title = script ? 'Grillplatz mieten' : 'Festwiese mieten';
    const anna = await open({ person: 'anna', script });
    const form = await write(anna, title);

    await link(anna, /^Prüfung/).click();
    await link(anna, 'Nennen Sie mindestens eine Rechtsgrundlage.').click();
    await anna.getByRole('textbox', { name: 'Rechtsgrundlagen' }).fill('Benutzungssatzung der Stadt');
    await button(anna, 'Speichern').click();
    await anna.getByText('Gespeichert.', { exact: true }).waitFor();

    await link(anna, 'Gebühr').click();
    await anna.getByRole('radio', { name: 'Ein fester Betrag' }).check();
    await button(anna, 'Weiter').click();
    await anna.getByRole('textbox', { name: 'Betrag in Euro' }).fill('viel');
    await button(anna, 'Speichern').click();
    await anna
      .getByText(/steht keine Zahl, die möglich ist/)
      .first()
      .waitFor();
    await anna.getByRole('textbox', { name: 'Betrag in Euro' }).fill('12,50');
    await button(anna, 'Speichern').click();
    await anna.waitForURL(/gebuehr$/);

    await link(anna, 'Probelauf').click();
    await anna.getByText('Probelauf – das ist kein Antrag').waitFor();
    await button(anna, 'Weiter').click();
    await link(anna, 'Bitte wählen Sie bei „Mit Zelt“ etwas aus.').waitFor();
    await anna.getByRole('radio', { name: 'Ja' }).check();
    await anna.getByRole('radio', { name: 'Bis 20 Personen' }).check();
    await button(anna, 'Weiter').click();
    await heading(anna, 'Das Zelt');
    await anna.getByRole('textbox', { name: 'Fläche in Quadratmetern' }).fill('12');
    await button(anna, 'Weiter').click();
    await anna.getByText('Im Probelauf ist das Ende erreicht.').waitFor();
    await anna.getByText('12,50 €').first().waitFor();
    await link(anna, 'Zurück zum Formular').click();

    await link(anna, 'Veröffentlichen').click();
    await anna.getByRole('textbox', { name: /Nachricht/ }).fill('Bitte ansehen');
    await button(anna, 'Zur Veröffentlichung vorschlagen').click();
    await anna.getByText('Veröffentlichen muss jemand anderes aus der Redaktion.').waitFor();
    // The button has gone with what it did: whoever works with the keyboard stands at the title and not nowhere.
    if (script) await anna.locator('h1:focus').waitFor();
    assert.equal(await button(anna, 'Veröffentlichen').count(), 0);

    const dora = await open({ person: 'dora', script });
    await dora.goto(`${form}/veroeffentlichen`);
    await dora.getByText('Bitte ansehen').waitFor();
    await button(dora, 'Veröffentlichen').click();
    await dora.getByText('Das Formular wird veröffentlicht.').first().waitFor();
    await workOff(stand);
    await dora.reload();
    await dora.getByText('Veröffentlicht ist, was hier steht.').waitFor();
    await dora.getByText('Fassung 1').waitFor();
    await dora.goto('/formulare');
    await link(dora, title).waitFor();
    await Promise.all([anna.close(), dora.close()]);
  });
}

for (const script of [true, false]) {
  test(`a fee is put together without a formula and worked out by the test run, ${script ? 'with' : 'without'} script`, async () => {
    const page = await open({ person: 'anna', script, size: [320, 640] });
    const form = await begin(page, script ? 'Halle mieten' : 'Saal mieten');
    await addPage(page, 'Wie lange?');
    await addQuestion(page, 'Tage', 'Zahl');
    await page.goto(form);
    await link(page, 'Berechnung').click();
    await page.getByText('Die meisten Formulare brauchen keinen.').waitFor();
    await page.getByRole('textbox', { name: 'Wie heißt der Wert? (Deutsch)' }).fill('Stunden');
    await button(page, 'Wert hinzufügen').click();
    await link(page, 'Stunden').click();
    await page.getByRole('radio', { name: 'Eine Zahl mal eine andere' }).check();
    await button(page, 'Weiter').click();
    await page.getByRole('textbox', { name: 'Zahl, mit der malgenommen wird' }).fill('24');
    await button(page, 'Speichern').click();
    await page.getByText('24 × „Tage“').first().waitFor();
    if (script) await checkAccessible(page);

    await link(page, 'Gebühr').first().click();
    await page.getByRole('radio', { name: 'Aus mehreren Posten oder berechnet' }).check();
    await button(page, 'Weiter').click();
    await page.getByText('Noch kein Posten.').waitFor();
    await page.getByRole('textbox', { name: 'Wofür wird bezahlt? (Deutsch)' }).fill('Nutzung');
    await button(page, 'Posten hinzufügen').click();
    await link(page, 'Nutzung').click();
    await page.getByRole('radio', { name: 'Betrag mal eine Zahl' }).check();
    await button(page, 'Weiter').click();
    await page.getByRole('textbox', { name: 'Betrag für jedes, in Euro' }).fill('viel');
    await button(page, 'Speichern').click();
    await page
      .getByText(/steht keine Zahl, die möglich ist/)
      .first()
      .waitFor();
    await page.getByRole('textbox', { name: 'Betrag für jedes, in Euro' }).fill('45');
    await button(page, 'Speichern').click();
    await page.getByText('45,00 € × „Tage“').first().waitFor();
    if (script) await checkAccessible(page);

    await link(page, 'Zum Probelauf').click();
    await page.getByRole('textbox', { name: 'Tage' }).fill('2');
    await button(page, 'Weiter').click();
    await page.getByText('90,00 €').first().waitFor();
    await page.getByText('48', { exact: true }).waitFor();
    await page.goto(`${form}/gebuehr`);
    await page.getByText('Bei Ihrem Probelauf: 90,00 € = 2 × 45,00 €').waitFor();
    await page.getByText('Alle Posten zusammen: 90,00 €').waitFor();
    if (script) await checkAccessible(page);
    await checkFits(page);

    await link(page, 'Befreiung ändern').click();
    await page.getByRole('heading', { name: 'Wann ist es gebührenfrei?' }).waitFor(); // both pages have a “Weiter”
    await button(page, 'Weiter').click();
    await page.getByRole('radio', { name: 'ist höchstens' }).check();
    await page.getByRole('textbox', { name: 'Wert' }).fill('2');
    await button(page, 'Bedingung hinzufügen').click();
    await page.getByText('„Tage“ höchstens 2').first().waitFor();
    await page.goto(`${form}/gebuehr`);
    await page.getByText('Alle Posten zusammen: gebührenfrei').waitFor();
    await button(page, 'Entfernen: Nutzung').click();
    await page.getByText('Gespeichert.', { exact: true }).waitFor();
    await button(page, 'Rückgängig').click();
    await page.getByText('Der Schritt ist rückgängig gemacht.').waitFor();
    await page.goto(`${form}/gebuehr`);
    await page.getByText('Alle Posten zusammen: gebührenfrei').waitFor();
    await page.close();
  });

  test(`a question goes to another page and a page to another place, ${script ? 'with' : 'without'} script`, async () => {
    const page = await open({ person: 'anna', script });
    const form = await write(page, script ? 'Umzug' : 'Umzug zwei');
    await page.goto(`${form}/frage/groesseDerGruppe`);
    if (script) await tabTo(page, 'button', 'Verschieben');
    await button(page, 'Verschieben').click();
    await page.getByRole('navigation').getByRole('link', { name: 'Das Zelt' }).first().waitFor();
    await button(page, 'Rückgängig').click();
    await page.getByText('Der Schritt ist rückgängig gemacht.').waitFor();
    await page.goto(`${form}/frage/mitZelt`);
    await button(page, 'Verschieben').click();
    await page.getByText('Die Bedingung bei „Das Zelt“ fragt nach „Mit Zelt“', { exact: false }).first().waitFor();
    await page.goto(`${form}/seite/dasZelt`);
    await page.getByRole('combobox', { name: 'Wohin?' }).selectOption('an den Anfang');
    await button(page, 'Verschieben').click();
    await page.getByText('Es wurde nichts verschoben. Ändern Sie zuerst die Bedingung.', { exact: false }).first().waitFor();
    await page.close();
  });

  test(`whoever may release finds what waits, and the author why it came back, ${script ? 'with' : 'without'} script`, async () => {
    const title = script ? 'Rampe leihen' : 'Leiter leihen';
    const anna = await open({ person: 'anna', script });
    const form = await write(anna, title);
    await anna.goto(`${form}/angaben`);
    await anna.getByRole('textbox', { name: 'Rechtsgrundlagen' }).fill('Satzung');
    await button(anna, 'Speichern').click();
    await anna.getByText('Gespeichert.', { exact: true }).waitFor();
    await anna.goto(`${form}/veroeffentlichen`);
    await button(anna, 'Zur Veröffentlichung vorschlagen').click();
    await anna.getByText('Veröffentlichen muss jemand anderes aus der Redaktion.').waitFor();
    // The button has gone with what it did: whoever works with the keyboard stands at the title and not nowhere.
    if (script) await anna.locator('h1:focus').waitFor();
    const dora = await open({ person: 'dora', script, size: [320, 640], theme: 'dark' });
    await dora.goto('/formulare/eigene');
    await dora.getByRole('heading', { name: /^Wartet auf Sie/ }).waitFor();
    if (script) await checkAccessible(dora);
    await checkFits(dora);
    await link(dora, new RegExp(`Ansehen und entscheiden.*${title}`)).click();
    await button(dora, 'Zurückgeben').click();
    await dora
      .getByText(/Bitte füllen Sie das Feld „Was soll geändert werden/)
      .first()
      .waitFor();
    await dora.getByRole('textbox', { name: 'Was soll geändert werden?' }).fill('Bitte eine Gebühr setzen.');
    await button(dora, 'Zurückgeben').click();
    await dora.getByText('Das Formular ist zurückgegeben.').waitFor();
    await anna.goto(form);
    await anna.getByText('Bitte eine Gebühr setzen.').waitFor();
    await Promise.all([anna.close(), dora.close()]);
  });
}

test('pages move and go by keyboard, and a step is taken back', async () => {
  const page = await open({ person: 'anna' });
  const form = await begin(page, 'Reihenfolge');
  for (const title of ['Eins', 'Zwei']) {
    await addPage(page, title);
    await page.goto(form);
  }
  const rows = async () =>
    (
      await page
        .getByRole('listitem')
        .filter({ has: link(page, /^\d\. /) })
        .allInnerTexts()
    ).map((text) => text.split('\n')[0]);
  await tabTo(page, 'button', 'Nach oben: Zwei');
  await page.keyboard.press('Enter');
  await link(page, '1. Zwei').waitFor();
  assert.deepEqual(await rows(), ['1. Zwei', '2. Eins']);
  await button(page, 'Entfernen: Eins').click();
  await link(page, '2. Eins').waitFor({ state: 'detached' });
  await button(page, 'Rückgängig').click();
  await link(page, '2. Eins').waitFor();
  await button(page, 'Letzten Schritt rückgängig machen').click();
  await link(page, '1. Eins').waitFor();
  await link(page, 'Verlauf').click();
  await button(page, 'Wieder herstellen: 1').click();
  await page.getByText('Die frühere Fassung ist wieder da.').waitFor();
  await page.goto(form);
  await page.getByText('Noch keine Seite.').waitFor();
  await page.close();
});

/** One question, and a rule in free text that no form can express. */
const schema = `<x:xdatenfelder.stammdatenschema.0102 xmlns:x="urn:xoev-de:fim:standard:xdatenfelder_3.0.0"><x:stammdatenschema>
  <x:identifikation><x:id>S00000000001</x:id><x:version>1.0.0</x:version></x:identifikation><x:name>Aus einem Schema</x:name>
  <x:regel><x:identifikation><x:id>R00000000002</x:id></x:identifikation><x:freitextRegel>Alles muss stimmen.</x:freitextRegel></x:regel>
  <x:struktur><x:anzahl>1:1</x:anzahl><x:enthaelt><x:datenfeld><x:identifikation><x:id>F00000000001</x:id></x:identifikation>
  <x:name>Name</x:name><x:feldart><code>input</code></x:feldart><x:datentyp><code>text</code></x:datentyp></x:datenfeld></x:enthaelt>
  </x:struktur></x:stammdatenschema></x:xdatenfelder.stammdatenschema.0102>`;

for (const script of [true, false]) {
  test(`a schema of FIM becomes a form, and what it cannot say is listed, ${script ? 'with' : 'without'} script`, async () => {
    const page = await open({ person: 'anna', script });
    await page.goto('/formulare/eigene/fim?suche=Hund');
    const send = async (content: string) => {
      const file = { name: 'schema.xml', mimeType: 'application/xml', buffer: Buffer.from(content) };
      await page.getByLabel('Schema (XDatenfelder 3.0, XML)').setInputFiles(file);
      await button(page, 'Beginnen').click();
    };
    await send('<weg/>');
    await page
      .getByText(/kein Schema von XDatenfelder/)
      .first()
      .waitFor();
    await send(schema);
    await heading(page, 'Aus einem Schema');
    await page.getByText('Alles muss stimmen.').waitFor();
    await page.getByText(/Stattdessen: Lässt sich die Regel/).waitFor();
    if (script) await checkAccessible(page);
    await link(page, 'Seiten').click();
    await link(page, 'Aus dem Schema noch anzusehen: 1.').click();
    await button(page, /^Abhaken/).click();
    await page.getByText('Alle Punkte sind abgehakt.').waitFor();
    await button(page, 'Rückgängig').click();
    await page.getByRole('heading', { name: 'Noch anzusehen (1)' }).waitFor();
    await page.close();
  });
}

for (const theme of ['light', 'dark'] as const) {
  test(`the editor is accessible and fits on a small phone, ${theme}`, async () => {
    const page = await open({ person: 'anna', theme, size: [320, 640] });
    const form = await write(page, `Klein ${theme}`);
    const parts = [
      '',
      '/angaben',
      '/gebuehr?art=fixed',
      '/gebuehr?art=choice&frage=groesseDerGruppe',
      '/pruefung',
      '/verlauf',
      '/veroeffentlichen',
    ];
    const own = [
      '/seite/wasHabenSieVor',
      '/seite/dasZelt/wann?frage=mitZelt',
      '/frage/groesseDerGruppe',
      '/frage/flaecheInQuadratmetern',
      '/probe/wasHabenSieVor',
    ];
    for (const path of [
      '/formulare/eigene',
      '/formulare/eigene/neu?suche=Hund',
      '/formulare/eigene/fim?suche=Hund',
      ...[...parts, ...own].map((part) => `${form}${part}`),
    ]) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await checkAccessible(page);
      await checkFits(page);
    }
    await page.close();
  });
}

test('whoever is no editor, and whoever is one elsewhere, finds nothing there', async () => {
  const bernd = await open({ person: 'bernd' });
  await bernd.goto('/formulare/eigene');
  await bernd.getByText('Dafür reichen Ihre Rechte nicht aus.').waitFor();
  await bernd.close();
});
