import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { openBrowser } from '../browser.ts';
import { settleForms } from '../forms.ts';
import { freePort } from '../port.ts';
import { settleTreasury } from '../treasury.ts';

/** The first half of walk (b): from the search to the receipt, with a payment that does not work at first. */

const port = await freePort();
const { stand, people, open } = await openBrowser({
  worksOnJobs: true,
  settings: { RENNSTEIG_PORT: String(port), RENNSTEIG_URL: `http://127.0.0.1:${port}`, RENNSTEIG_PAYMENT_HOSTS: '127.0.0.1' },
});
const treasury = await settleTreasury(people);
after(() => treasury.service.close());

before(async () => {
  await settleForms(people);
  stand.clock.advance(10);
});

const next = (page: Page) => page.getByRole('button', { name: 'Weiter', exact: true }).click();
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();

async function atService(page: Page, button: string): Promise<void> {
  await page.getByRole('button', { name: /Jetzt bezahlen|Noch einmal/ }).click();
  await page.getByRole('link', { name: /Weiter zum Bezahldienst/ }).click();
  await heading(page, 'Übungs-Bezahldienst');
  await page.getByRole('button', { name: button, exact: true }).click();
}

async function fillIn(page: Page): Promise<void> {
  await page.getByLabel('Einen Hund anmelden').check();
  await next(page);
  const dog = { Rasse: 'Mischling', Wurftag: '1.5.2025', 'Bei Ihnen seit': '1.7.2025', Chipnummer: '276098100000001' };
  await page.getByLabel('Name des Hundes').fill('Bello');
  for (const [label, value] of Object.entries(dog)) await page.getByLabel(label).fill(value);
  await page.getByLabel('Rüde').check();
  await next(page);
  await page.getByLabel('Anzahl der schon angemeldeten Hunde').fill('0');
  await next(page);
  await page.getByLabel('Nein').check();
  await next(page);
  await page.getByLabel('Nein', { exact: true }).check();
  await next(page);
  for (const [label, value] of [
    ['Vorname', 'Celik'],
    ['Nachname', 'Çetin'],
    ['Geburtsdatum', '3.3.1970'],
  ] as const)
    await page.getByLabel(label).fill(value);
  await next(page);
  for (const [label, value] of [
    ['Straße', 'Am Bach'],
    ['Hausnummer', '3'],
    ['Postleitzahl', '99755'],
    ['Ort', 'Ellrich'],
  ] as const)
    await page.getByLabel(label, { exact: true }).fill(value);
  await next(page);
  await next(page);
  await page.getByLabel('Nein').check();
  await next(page);
}

test('Celik registers her dog, is declined, pays without entering anything again, and has her receipt', async () => {
  const page = await open({ script: false });
  await page.goto('/suche?q=Hund+anmelden&ort=Ellrich');
  await page.getByRole('link', { name: 'Hund anmelden und Hundesteuer', exact: true }).click();
  await page.getByRole('link', { name: 'Online beantragen' }).click();
  await page.getByRole('button', { name: 'Antrag beginnen' }).click();
  await fillIn(page);
  const summary = page.url();
  await page.getByLabel('Das bestätige ich.').check();
  stand.clock.advance(60);
  await page.getByRole('button', { name: 'Zahlungspflichtig absenden' }).click();
  // Before anything is paid there is the way back, and whose page it is.
  await page.getByText('Ihr Antrag ist gespeichert.').waitFor();
  await page.getByText('Wartet auf die Zahlung').waitFor();
  const link = (await page.locator('.resume-link').textContent()) ?? '';
  assert.equal(new URL(link).pathname, new URL(page.url()).pathname);
  await page.getByRole('button', { name: /^Jetzt bezahlen: Gebühr für HUN-2026-\w{7}, \d+,00 €$/ }).click();
  await heading(page, 'Bezahlen');
  await page.getByRole('button', { name: /^Jetzt bezahlen: .+, HUN-2026-\w{7}, \d+,00 €$/ }).waitFor();
  await page.getByRole('banner').getByText('Ellrich').waitFor();
  await atService(page, 'Ablehnen lassen');
  await page.getByText('Die letzte Zahlung wurde abgelehnt.').waitFor();
  // Another day, with the link: the status leads to the payment, and everything is still there.
  await page.goto(summary);
  await page.getByText('Wartet auf die Zahlung').waitFor();
  await page.getByRole('button', { name: 'Jetzt bezahlen' }).click();
  await heading(page, 'Bezahlen');
  await atService(page, 'Jetzt bezahlen');
  await heading(page, 'Bezahlt');
  await page.getByRole('link', { name: 'Weiter', exact: true }).click();
  await heading(page, /^Ihr Antrag/);
  assert.match(page.url(), /\/antrag\/status\//);
  const paid = page.getByText('Zahlung eingegangen');
  const receipt = page.getByRole('link', { name: 'Quittung herunterladen (PDF)' });
  // Two jobs have to run: the page is loaded again as a person would, a bounded number of times.
  for (let looks = 0; looks < 200 && (await receipt.count()) === 0; looks += 1) await page.reload();
  await paid.waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), receipt.click()]);
  assert.match(download.suggestedFilename(), /^Quittung-HUN-2026-\w{7}\.pdf$/);
  await giveBack();
  await page.reload();
  await page.getByText(/Wir haben Ihnen 5,00 € erstattet\./).waitFor();
  // A job tells of it: the page is loaded again, a bounded number of times.
  const told = page.getByText('Geld zurückgegeben');
  for (let looks = 0; looks < 200 && (await told.count()) === 0; looks += 1) await page.reload();
  await told.waitFor();
  await page.close();
});

/** The treasurer has the fee given back, by the payment service. */
async function giveBack(): Promise<void> {
  const desk = await open({ person: 'anna' });
  await desk.goto('/kasse?liste=paid');
  await desk.getByRole('table', { name: 'Kasse' }).getByRole('link').first().click();
  await desk.getByRole('link', { name: 'Erstatten' }).click();
  await desk.getByLabel('Grund').fill('Der Hund ist gestorben');
  await desk.getByRole('button', { name: 'Erstattung beantragen' }).click();
  await desk.getByText('Die Erstattung ist aufgenommen.').waitFor();
  const whole = desk.getByText('Vollständig erstattet');
  for (let looks = 0; looks < 200 && (await whole.count()) === 0; looks += 1) await desk.reload();
  await desk.close();
}
