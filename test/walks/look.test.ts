import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessible, checkFits, openBrowser } from '../browser.ts';
import { picture } from '../picture.ts';

/** An authority chooses how it appears, and whoever it invites sees that from the first page on. */

// A demonstration shows its mails.
const { open, stand } = await openBrowser({ settings: { RENNSTEIG_DEMO: 'true' } });

test('the picker and the text are one colour, the preview follows, and a pale one is refused with its contrast', async () => {
  const page = await open({ person: 'dora' });
  await page.goto('/verwaltung/erscheinungsbild');
  const colour = page.getByLabel(/^Farbe \(/);
  const shown = () =>
    page.locator('.head-preview').evaluate((preview) => getComputedStyle(preview).getPropertyValue('--brand').trim());
  await page.getByLabel('Farbe auswählen').fill('#ffcc00');
  assert.equal(await colour.inputValue(), '#ffcc00');
  assert.equal(await shown(), '#ffcc00');
  await page.getByRole('button', { name: 'Speichern' }).click();
  await page.getByRole('alert').getByText('Der Kontrast ist 1,5 : 1, nötig sind 4,5 : 1.').waitFor();
  assert.equal(await colour.inputValue(), '#ffcc00');
  await checkAccessible(page);
  await colour.fill('#1B5E20');
  assert.equal(await page.getByLabel('Farbe auswählen').inputValue(), '#1b5e20');
  await page.getByRole('button', { name: 'Speichern' }).click();
  await page.getByText('Das Erscheinungsbild ist gespeichert.').waitFor();
  await page.close();
});

test('without script the colour is a text, and the preview shows what is in force', async () => {
  const page = await open({ person: 'dora', script: false, size: [360, 740] });
  await page.goto('/verwaltung/erscheinungsbild');
  assert.equal(await page.locator('input[type=color]').count(), 0);
  await page.getByLabel(/^Farbe \(/).fill('#1b5e20');
  await page.getByLabel(/^Name auf den Seiten/).fill('Ellrich am Südharz');
  await page.getByRole('button', { name: 'Speichern' }).click();
  await page.locator('.head-preview').getByText('Ellrich am Südharz').waitFor();
  const crest = { name: 'wappen.png', mimeType: 'image/png', buffer: picture({ width: 32, height: 36 }) };
  await page.getByLabel(/^Bilddatei/).setInputFiles(crest);
  await page.getByRole('button', { name: 'Wappen hochladen' }).click();
  await page.getByAltText('Ihr jetziges Wappen').waitFor();
  await checkFits(page);
  await page.close();
});

test('the page behind an invitation is the page of the authority that invites, not of the one that runs the server', async () => {
  const dora = await open({ person: 'dora' });
  await dora.goto('/verwaltung/personen/neu');
  await dora.getByLabel('Name', { exact: true }).fill('Frieda Fuchs');
  await dora.getByLabel('E-Mail-Adresse').fill('frieda@ellrich.example');
  await dora.getByRole('button', { name: 'Einladung schicken' }).click();
  await dora.getByText('Frieda Fuchs ist eingeladen.').waitFor();
  await dora.goto('/postausgang');
  await dora.locator('summary').filter({ hasText: 'frieda@ellrich.example' }).click();
  const link = await dora
    .getByRole('link', { name: /\/link\// })
    .first()
    .getAttribute('href');
  await dora.close();
  stand.clock.advance(2); // what everybody is shown of a tenant may be a second old
  const page = await open({ script: false, size: [360, 740] });
  const site = page.getByRole('banner').locator('.site-name');
  await page.goto('/anmelden');
  assert.doesNotMatch(await site.innerText(), /Ellrich/);
  await page.goto(new URL(link ?? '').pathname);
  assert.equal(await site.innerText(), 'Ellrich am Südharz');
  assert.match((await site.locator('img').getAttribute('src')) ?? '', /^\/wappen\//);
  assert.match((await page.locator('link[href^="/farbe/"]').getAttribute('href')) ?? '', /^\/farbe\/1b5e20-/);
  await page.getByText('Verantwortlich: Ellrich am Südharz.').waitFor();
  await page.getByRole('button', { name: 'Passwort speichern und anmelden' }).click();
  await page.getByRole('alert').waitFor();
  assert.equal(await site.innerText(), 'Ellrich am Südharz', 'also when the form was refused');
  await checkFits(page);
  await page.close();
});
