import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openBrowser } from '../browser.ts';
import { multiplyFile } from '../many-files.ts';

/** A folder with ten thousand files: seen at once, scrolled, marked as a whole, deleted and brought back. */

const { open, stand } = await openBrowser();
const many = 10_000;

const grid = (page: Page) => page.getByRole('grid', { name: 'Altpost' });
const bar = (page: Page, text: string | RegExp) => page.locator('.list-bar').getByText(text);

async function prepare(): Promise<string> {
  const page = await open({ person: 'anna' });
  await page.goto('/dateien/neuer-ordner');
  await page.getByLabel('Name').fill('Altpost');
  await page.getByRole('button', { name: 'Anlegen' }).click();
  await page.getByRole('link', { name: 'Altpost', exact: true }).click();
  await page.getByRole('heading', { name: 'Altpost' }).waitFor();
  await page.locator('input[type=file]:not([webkitdirectory])').setInputFiles({
    name: 'Anschreiben.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.7'),
  });
  const details = page.getByRole('link', { name: 'Einzelheiten: Anschreiben.pdf' });
  await details.waitFor();
  const id = Number(/eintrag\/(\d+)/.exec((await details.getAttribute('href')) ?? '')?.[1]);
  await multiplyFile(stand, id, many - 1);
  const address = new URL(page.url()).pathname;
  await page.close();
  return address;
}

const address = await prepare();

/** The list once its script runs: then it is a grid. */
async function openList() {
  const page = await open({ person: 'anna' });
  await page.goto(address);
  await grid(page).waitFor();
  return page;
}

test('the first rows are there without the others, and few are in the page at a time', async () => {
  const page = await open({ person: 'anna' });
  await page.goto('/dateien');
  await page.goto(address);
  await page.getByRole('link', { name: 'Vorgang 00005.pdf', exact: true }).waitFor();
  await bar(page, /10\.000 Einträge/).waitFor();
  assert.equal(await grid(page).getAttribute('aria-rowcount'), String(many + 1));
  assert.ok((await page.locator('.list tbody tr').count()) < 250);
  await page.close();
});

test('the end of the list is reached by scrolling and by the End key, row by row in order', async () => {
  const page = await openList();
  await page.getByRole('row', { name: /Anschreiben/ }).focus();
  await page.keyboard.press('End');
  await page
    .getByRole('row', { name: /Vorgang 09999\.pdf/ })
    .and(page.locator(':focus'))
    .waitFor();
  await page.keyboard.press('PageUp');
  await page
    .getByRole('row', { name: /Vorgang 09979\.pdf/ })
    .and(page.locator(':focus'))
    .waitFor();
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight / 2));
  await page.getByRole('link', { name: 'Vorgang 05000.pdf', exact: true }).waitFor();
  // The row with the focus is far away now; the next key still goes on from it.
  await page.keyboard.press('ArrowUp');
  await page
    .getByRole('row', { name: /Vorgang 09978\.pdf/ })
    .and(page.locator(':focus'))
    .waitFor();
  await page.close();
});

test('sorted by size, the largest come first', async () => {
  const page = await openList();
  await page.getByRole('columnheader', { name: /Größe/ }).getByRole('link').click();
  await page.locator('th.size[aria-sort="descending"]').waitFor();
  const sizes = await page.locator('.list td.size').allTextContents();
  assert.equal(sizes[0], '879\u00a0KB');
  await page.close();
});

test('Ctrl+A marks all ten thousand and does not hang; Shift extends; Escape clears', async () => {
  const page = await openList();
  await page.getByRole('row', { name: /Anschreiben/ }).focus();
  await page.keyboard.press('Control+a');
  await bar(page, /10\.000 Einträge ausgewählt/).waitFor();
  await page.keyboard.press('Escape');
  await bar(page, /10\.000 Einträge ·/).waitFor();
  await page.keyboard.press('Shift+PageDown');
  await bar(page, /21 Einträge ausgewählt/).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await bar(page, /22 Einträge ausgewählt/).waitFor();
  await page.close();
});

test('what is more than one request takes goes in steps, and comes back with one click', async () => {
  const page = await openList();
  await page.getByRole('row', { name: /Anschreiben/ }).focus();
  for (let presses = 0; presses < 12; presses += 1) await page.keyboard.press('Shift+PageDown');
  await bar(page, /241 Einträge ausgewählt/).waitFor();
  await page.keyboard.press('Delete');
  const tray = page.getByRole('complementary', { name: 'Laufende Aufgaben' });
  await tray.getByText('In den Papierkorb gelegt: 241').waitFor({ timeout: 60_000 });
  await bar(page, /9\.759 Einträge/).waitFor();
  await tray.getByRole('button', { name: /Rückgängig/ }).click();
  await tray.getByText('Zurückgeholt: 241').waitFor({ timeout: 60_000 });
  await bar(page, /10\.000 Einträge/).waitFor();
  await page.close();
});
