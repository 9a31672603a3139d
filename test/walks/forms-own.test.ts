import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { checkAccessible, checkFits, openBrowser } from '../browser.ts';
import { makeCitizen, makeCounterClerk } from '../forms.ts';
import { fillHome } from '../forms-home.ts';
import { settleOffice } from '../office.ts';
import { workOff } from '../queue.ts';

/** What comes after the questions: one's own applications, corrections, answers to the office; and the counter for those without a device. */

const password = 'Salzaer Kirschen im Juni';
const { stand, people, open } = await openBrowser();
const { send } = await settleOffice(stand, people);
const celik = await makeCitizen(people, password);
await makeCounterClerk(people);
stand.clock.advance(10);

const start = '/antrag/hundesteuer?ort=16062005';
const next = (page: Page) => page.getByRole('button', { name: 'Weiter', exact: true }).click();
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click();
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();
const pdf = (name: string) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 Bescheinigung') });

async function look(page: Page): Promise<void> {
  await checkAccessible(page);
  await checkFits(page);
}

async function signIn(page: Page): Promise<void> {
  await heading(page, 'Am Postfach anmelden');
  await page.getByLabel('E-Mail-Adresse').fill(celik);
  await page.getByLabel('Passwort').fill(password);
  await press(page, 'Anmelden');
}

/** Rex is gone: from the first question to the summary. */
async function answerAll(page: Page): Promise<void> {
  await page.getByLabel('Einen Hund abmelden').check();
  await next(page);
  await page.getByLabel('Name des Hundes').fill('Rex');
  await page.getByLabel('Abgemeldet ab').fill('1.11.2026');
  await page.getByLabel('Der Hund ist gestorben').check();
  await next(page);
  await page.getByLabel('Vorname').fill('Erna');
  await page.getByLabel('Nachname').fill('Ende');
  await page.getByLabel('Geburtsdatum').fill('3.3.1940');
  await next(page);
  await fillHome(page);
  await next(page);
  await next(page);
  await heading(page, 'Ihre Angaben prüfen');
}

async function confirm(page: Page, button: string): Promise<void> {
  await page.getByLabel('Das bestätige ich.').check();
  stand.clock.advance(10);
  await press(page, button);
}

for (const script of [false, true]) {
  const how = script ? 'with' : 'without';

  test(`${how} script: begun by link, taken into the account, gone on with there, and found in the list`, async () => {
    const page = await open({ script, size: [320, 640] });
    await page.goto(start);
    await press(page, 'Antrag beginnen');
    await page.getByText('Schritt 1 von etwa').waitFor();
    await press(page, 'Später weitermachen');
    await press(page, 'Anmelden und ins Konto übernehmen');
    await signIn(page);
    await heading(page, 'Später weitermachen');
    await press(page, 'In mein Konto übernehmen');
    await page.getByText('Sie brauchen keinen Link').waitFor();
    if (script) await look(page);
    await workOff(stand);
    await page.getByRole('banner').getByRole('link', { name: 'Meine Anträge' }).click();
    await heading(page, 'Meine Anträge');
    if (script) await look(page);
    await page
      .getByRole('link', { name: /^Weitermachen/ })
      .first()
      .click();
    await answerAll(page);
    await confirm(page, 'Absenden');
    await page.getByText('Dieser Antrag liegt in Ihrem Konto.').waitFor();
    if (script) await look(page);
    const here = new URL(page.url()).pathname;
    assert.match(here, /\/antrag\/status\/konto-/);
    await page.close();
    // Without being signed in, its address leads to the sign-in and from there to it.
    const elsewhere = await open({ script });
    await elsewhere.goto(here);
    await signIn(elsewhere);
    await heading(elsewhere, /^Ihr Antrag/);
    await elsewhere.close();
  });

  test(`${how} script: an answer is corrected, and the office is answered with a file`, async () => {
    const { token, number } = await send();
    await workOff(stand);
    const page = await open({ script, size: [320, 640] });
    await page.goto(`/antrag/status/${token}`);
    await press(page, 'Angaben berichtigen');
    await heading(page, 'Ihre Berichtigung prüfen');
    await page.getByText('Noch nichts geändert.').waitFor();
    await page.getByRole('link', { name: /Ändern.*Wie heißen Sie/ }).click();
    await page.getByLabel('Vorname').fill('Celik Aylin');
    await next(page);
    await page.getByText('Wie heißen Sie? Vorname: Celik → Celik Aylin').waitFor();
    if (script) await look(page);
    await confirm(page, 'Berichtigung absenden');
    await page.getByText('Es gelten die neuen Angaben.', { exact: false }).first().waitFor();
    await workOff(stand);
    const office = await open({ person: 'anna' });
    await office.goto(`/eingang/${number}`);
    await office.getByText('Berichtigt').waitFor();
    await press(office, 'Übernehmen');
    await office.getByRole('link', { name: 'Nachfragen' }).click();
    await office.getByLabel('Text').fill('Bitte schicken Sie die Bescheinigung.');
    await press(office, 'Nachfragen');
    await office.getByText('Die Nachfrage ist gestellt.').waitFor();
    await page.reload();
    await page.getByRole('link', { name: 'Antworten' }).click();
    await heading(page, 'Der Verwaltung antworten');
    if (script) await look(page);
    await page.getByLabel('Ihre Antwort').fill('Hier ist sie.');
    await page.getByLabel('Dateien').setInputFiles({ ...pdf('boese.pdf'), buffer: Buffer.from('<html>') });
    await press(page, 'Antwort senden');
    await page.getByText('ist keine Datei, die hier angenommen wird').first().waitFor();
    assert.equal(await page.getByLabel('Ihre Antwort').inputValue(), 'Hier ist sie.');
    await page.getByLabel('Dateien').setInputFiles(pdf('Bescheinigung.pdf'));
    await press(page, 'Antwort senden');
    await page.getByText('Ihre Antwort ist bei der Verwaltung.').waitFor();
    await page.getByText('Bescheinigung.pdf (').waitFor();
    await page.getByText('Der Verwaltung schreiben').click();
    await page.getByLabel('Was möchten Sie ergänzen oder berichtigen?').fill('Rufen Sie bitte erst ab 16 Uhr an.');
    await press(page, 'An die Verwaltung senden');
    await page.getByText('Ihre Nachricht ist bei der Verwaltung.', { exact: false }).waitFor();
    await page.getByText('Antrag zurückziehen').first().click();
    await press(page, 'Antrag zurückziehen');
    await page.getByText('Bitte bestätigen Sie, dass Sie den Antrag zurückziehen.').first().waitFor();
    await page.getByLabel('Ja, ich ziehe den Antrag zurück.').check();
    await press(page, 'Antrag zurückziehen');
    await page.getByText('Zurückgezogen').first().waitFor();
    await workOff(stand);
    await office.reload();
    await office.getByText('zurückgezogen').first().waitFor();
    await office.close();
    await page.close();
  });

  test(`${how} script: Anna fills it in at the counter for Erna, who takes a paper home`, async () => {
    const page = await open({ person: 'anna', script });
    await page.goto('/eingang/am-schalter');
    await heading(page, 'Am Schalter');
    if (script) await look(page);
    await page.getByRole('link', { name: 'Hund' }).click();
    await press(page, 'Antrag beginnen');
    await page.getByText('Bitte füllen Sie das Feld „Name der Person“ aus', { exact: false }).first().waitFor();
    await page.getByLabel('Name der Person').fill('Erna Ende');
    await page.getByLabel('Personalausweis').check();
    if (script) await look(page);
    await press(page, 'Antrag beginnen');
    await page.getByText('Am Schalter für Erna Ende').waitFor();
    await answerAll(page);
    await page.getByText('Am Schalter für Erna Ende').waitFor();
    await confirm(page, 'Absenden');
    await page.getByRole('link', { name: 'Beleg' }).click();
    await heading(page, 'Beleg über Ihren Antrag');
    await page.getByText('Erna Ende').first().waitFor();
    const link = (await page.locator('.resume-link').textContent()) ?? '';
    if (script) await look(page);
    await page.close();
    const home = await open({ script: false });
    await home.goto(new URL(link).pathname);
    await home.getByText('Eingegangen', { exact: true }).waitFor();
    await home.close();
  });
}

test('whoever does not serve at the counter has no such page', async () => {
  const page = await open({ person: 'bernd', script: false });
  assert.equal((await page.goto('/eingang/am-schalter'))?.status(), 403);
  await page.close();
});
