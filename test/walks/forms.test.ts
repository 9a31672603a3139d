import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { checkAccessible, checkFits, openBrowser, tabTo } from '../browser.ts';
import { settleForms } from '../forms.ts';
import { fillHome } from '../forms-home.ts';

const { stand, people, open, url } = await openBrowser();

before(async () => {
  await settleForms(people);
  stand.clock.advance(10);
});

const town = '16062005';
const start = `/antrag/hundesteuer?ort=${town}`;
const next = (page: Page) => page.getByRole('button', { name: 'Weiter', exact: true }).click();

async function fillDog(page: Page): Promise<void> {
  await page.getByLabel('Name des Hundes').fill('Bello');
  await page.getByLabel('Rasse').fill('Mischling');
  await page.getByLabel('Rüde').check();
  await page.getByLabel('Wurftag').fill('1.5.2025');
  await page.getByLabel('Bei Ihnen seit').fill('1.7.2025');
  await page.getByLabel('Chipnummer').fill('276098100000001');
}

/** From the start page to the question for the mail address. */
async function register(page: Page): Promise<void> {
  await page.goto(start);
  await page.getByRole('button', { name: 'Antrag beginnen' }).click();
  await page.getByLabel('Einen Hund anmelden').check();
  await next(page);
  await fillDog(page);
  await next(page);
  await page.getByLabel('Anzahl der schon angemeldeten Hunde').fill('0');
  await next(page);
  await page.getByLabel('Nein').check();
  await next(page);
  await page.getByLabel('Nein', { exact: true }).check();
  await next(page);
  await page.getByLabel('Vorname').fill('Celik');
  await page.getByLabel('Nachname').fill('Çetin');
  await page.getByLabel('Geburtsdatum').fill('3.3.1970');
  await next(page);
  await fillHome(page);
  await next(page);
}

for (const script of [false, true]) {
  test(`Celik registers her dog, is told what is missing, and sends it, ${script ? 'with' : 'without'} script`, async () => {
    const page = await open({ script });
    await page.goto(`/leistung/hundesteuer?ort=${town}`);
    await page.getByRole('link', { name: 'Online beantragen' }).click();
    await page.getByRole('button', { name: 'Antrag beginnen' }).click();
    await next(page);
    await page.getByRole('link', { name: 'Bitte wählen Sie bei „Anliegen“ etwas aus.' }).waitFor();
    await page.getByLabel('Einen Hund abmelden').check();
    await next(page);
    await page.getByLabel('Name des Hundes').fill('Rex');
    await page.getByLabel('Abgemeldet ab').fill('31.2.2026');
    await page.getByLabel('Der Hund ist gestorben').check();
    await next(page);
    await page.getByRole('link', { name: /^[^:]+: Dieses Datum gibt es nicht/ }).waitFor();
    assert.equal(await page.getByLabel('Name des Hundes').inputValue(), 'Rex');
    await page.getByLabel('Abgemeldet ab').fill('1.11.2026');
    await next(page);
    await page.getByLabel('Vorname').fill('Celik');
    await page.getByLabel('Nachname').fill('Çetin');
    await page.getByLabel('Geburtsdatum').fill('3.3.1970');
    await next(page);
    await fillHome(page);
    await next(page);
    await next(page);
    await page.getByRole('heading', { name: 'Ihre Angaben prüfen' }).waitFor();
    await page.getByRole('link', { name: /Ändern.*Wie heißen Sie/ }).click();
    await page.getByLabel('Vorname').fill('Celik Aylin');
    await next(page);
    await page.getByText('Celik Aylin').waitFor();
    const summary = page.url();
    if (script) await checkAccessible(page);
    stand.clock.advance(10);
    await page.getByRole('button', { name: 'Absenden' }).click();
    // The declaration stands far below: what is missing is told at the top, and leads there.
    await page.getByRole('link', { name: 'Bitte bestätigen Sie die Erklärung.' }).click();
    assert.match(await page.title(), /^Fehler: /);
    assert.equal(await page.evaluate(() => document.activeElement?.matches('[name=declared]') || location.hash !== ''), true);
    assert.equal(await page.locator('[name=declared]').getAttribute('id'), 'send-declared');
    await page.getByLabel('Das bestätige ich.').check();
    await page.getByRole('button', { name: 'Absenden' }).click();
    await page.getByText('Eingegangen', { exact: true }).waitFor();
    await page.getByText('Antrag abgesendet').waitFor();
    if (script) await checkAccessible(page);
    // The summary leads to the status: what was sent cannot be sent again.
    await page.goto(summary);
    await page.getByText('Eingegangen', { exact: true }).waitFor();
    await page.close();
  });
}

test('somebody stops in the middle, and goes on with the link on a phone', async () => {
  const page = await open({ script: false });
  await register(page);
  // Nothing is lost of a page that was left half filled in, whichever way.
  const telephone = page.getByLabel('Telefonnummer');
  await telephone.fill('03632 54321');
  await page.getByRole('button', { name: 'Zurück' }).click();
  await page.getByLabel('Straße').fill('Am Anger');
  // Enter goes on, wherever the other buttons stand.
  await page.getByLabel('Straße').press('Enter');
  assert.equal(await telephone.inputValue(), '03632 54321');
  await telephone.fill('');
  await page.getByRole('button', { name: 'Zurück' }).click();
  await next(page);
  assert.equal(await telephone.inputValue(), '', 'what was emptied comes back empty');
  await telephone.fill('03632 12345');
  await page.getByRole('button', { name: 'Später weitermachen' }).click();
  const link = (await page.locator('.resume-link').textContent()) ?? '';
  await page.getByLabel('E-Mail-Adresse').fill('celik@post.example');
  await page.getByRole('button', { name: 'Link schicken' }).click();
  await page.getByText('Der Link ist unterwegs an celik@post.example.').waitFor();
  await page.close();
  const phone = await open({ script: false, size: [360, 740] });
  await phone.goto(new URL(link).pathname);
  await phone.getByRole('button', { name: 'Zurück' }).click();
  await phone.getByRole('heading', { name: 'Wie erreichen wir Sie?' }).waitFor();
  assert.equal(await phone.getByLabel('Telefonnummer').inputValue(), '03632 12345');
  await phone.close();
});

test('every page of an application is accessible and fits a phone, light and dark', async () => {
  for (const theme of ['light', 'dark'] as const) {
    const page = await open({ theme, size: [320, 640] });
    const look = async () => {
      await checkAccessible(page);
      await checkFits(page);
    };
    await page.goto(start);
    await look();
    await register(page);
    await look();
    await page.getByLabel('E-Mail-Adresse').fill('keine');
    await next(page);
    await look();
    await page.getByLabel('E-Mail-Adresse').fill('');
    await next(page);
    await page.getByLabel('Ja').check();
    await next(page);
    await look();
    const here = page.url().replace(/\/[^/]*$/, '');
    for (const path of ['what', 'dogs', 'address', 'exemption', 'speichern', 'pruefen']) {
      await page.goto(`${here}/${path}`);
      await look();
    }
    await page.close();
  }
});

test('the whole form is answered with the keyboard alone', async () => {
  const page = await open({ script: false });
  await page.goto(start);
  await tabTo(page, 'button', 'Antrag beginnen');
  await page.keyboard.press('Enter');
  await tabTo(page, 'radio', 'Einen Hund anmelden');
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await tabTo(page, 'textbox', 'Name des Hundes');
  await page.keyboard.type('Bello');
  // Enter in a field goes on, and does not remove or add anything.
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Bitte füllen Sie „Rasse“ aus.' }).waitFor();
  assert.match(await page.title(), /^Fehler: /);
  await page.close();
});

test('the pages speak English, carry one small script of their own and are small', async () => {
  const page = await open({ locale: 'en' });
  await page.goto(start);
  await page.getByRole('button', { name: 'Begin the application' }).click();
  await page.getByText('Step 1 of').waitFor();
  await page.getByLabel('Register a dog', { exact: true }).waitFor();
  const html = await (await fetch(page.url())).text();
  assert.equal(html.match(/<script/gi)?.length, 1);
  assert.ok(html.length < 60_000);
  const robots = (await fetch(url + start)).headers.get('X-Robots-Tag');
  assert.match(robots ?? '', /noindex/);
  await page.close();
});
