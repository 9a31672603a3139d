import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { checkAccessible, checkFits, openBrowser } from '../browser.ts';

/** Who is responsible, what happens to data, where to report a barrier: at the foot of every page. And pages for when things go wrong. */

const { open } = await openBrowser();

const foot = (page: Page) => page.getByRole('contentinfo').getByRole('navigation', { name: 'Pflichtangaben' });

test('everybody finds the three pages at the foot, without script and on the smallest screen', async () => {
  const page = await open({ script: false, size: [320, 640] });
  for (const name of ['Impressum', 'Datenschutz', 'Barrierefreiheit']) {
    await page.goto('/anmelden');
    await foot(page).getByRole('link', { name }).click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await checkFits(page);
  }
  await page.close();
  for (const theme of ['light', 'dark'] as const) {
    const staff = await open({ person: 'anna', theme });
    await staff.goto('/dateien');
    await foot(staff).getByRole('link', { name: 'Barrierefreiheit' }).click();
    await staff.getByRole('heading', { name: 'Barriere melden' }).waitFor();
    assert.match((await staff.textContent('main')) ?? '', /Ellrich/);
    await checkAccessible(staff);
    await staff.close();
  }
});

test('Dora says how to reach whom, writes a text of her own and takes the template back', async () => {
  const dora = await open({ person: 'dora', script: false });
  const said = (text: string) => dora.locator('.toast').getByText(text).waitFor();
  await dora.goto('/verwaltung/pflichtangaben');
  await dora.getByLabel('E-Mail-Adresse', { exact: false }).first().fill('poststelle@ellrich.example');
  await dora.getByRole('button', { name: 'Speichern', exact: true }).click();
  await said('Die Angaben sind gespeichert.');
  await dora.getByRole('textbox', { name: /Text.*Impressum/ }).fill('## Wir\n\nSchreiben Sie an poststelle@ellrich.example');
  await dora.getByRole('button', { name: /Speichern.*Impressum/ }).click();
  await said('Gespeichert: Impressum.');
  const anna = await open({ person: 'anna' });
  await anna.goto('/impressum');
  const link = anna.getByRole('main').getByRole('link', { name: 'poststelle@ellrich.example' });
  assert.equal(await link.getAttribute('href'), 'mailto:poststelle@ellrich.example');
  await anna.close();
  await dora.getByRole('button', { name: /Vorlage verwenden.*Impressum/ }).click();
  await said('Impressum kommt wieder aus der Vorlage.');
  await dora.close();
  const checked = await open({ person: 'dora', size: [320, 640] });
  await checked.goto('/verwaltung/pflichtangaben');
  await checkAccessible(checked);
  await checkFits(checked);
  await checked.close();
});

test('pages for what went wrong say what to do, with and without script', async () => {
  for (const script of [true, false]) {
    const page = await open({ person: 'anna', script, theme: script ? 'dark' : 'light', size: [320, 640] });
    for (const address of ['/gibt-es-nicht', '/dateien/987654', '/dateien/inhalt/987654']) {
      const answer = await page.goto(address);
      assert.equal(answer?.status(), 404);
      await page.getByRole('heading', { level: 1, name: 'Nicht gefunden' }).waitFor();
      await page.getByRole('link', { name: 'Zur Startseite' }).waitFor();
      await checkFits(page);
      if (script) await checkAccessible(page);
    }
    await page.close();
  }
  const nobody = await open();
  await nobody.goto('/gibt-es-nicht');
  await nobody.getByRole('main').getByRole('link', { name: 'Zur Anmeldung' }).waitFor();
  await nobody.close();
});

test('? shows the keys over whatever is open, and is a question mark where one types', async () => {
  const page = await open({ person: 'anna' });
  await page.goto('/konto');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByLabel('Name', { exact: true }).fill('Wer');
  await page.keyboard.type('?');
  assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'Wer?');
  await page.getByRole('heading', { level: 1 }).focus();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Tastenkürzel' }).waitFor();
  await checkAccessible(page);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog', { name: 'Tastenkürzel' }).waitFor({ state: 'hidden' });
  assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'Wer?');
  await page.close();
});
