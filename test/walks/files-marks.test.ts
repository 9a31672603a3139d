import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openBrowser, tabTo } from '../browser.ts';

/** What is marked in a list, what is done with it, and that nothing of it is left hanging afterwards. */

const { open } = await openBrowser();
const longName = 'Stellungnahme Regionalplanung zum Bauvorhaben.docx';

const row = (page: Page, name: string) => page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
const box = (page: Page, name: string) => page.getByRole('checkbox', { name: `${name} auswählen` });
const said = (page: Page, text: string) => page.locator('.toast').getByText(text).waitFor();

/** Anna's own files: a folder and two files. */
async function openFiles(): Promise<Page> {
  const page = await open({ person: 'anna' });
  await page.goto('/dateien');
  await page.locator('.live').or(page.getByText('Hier liegt noch nichts')).waitFor();
  return page;
}

test('a folder and two files to begin with', async () => {
  const page = await openFiles();
  await page.getByRole('link', { name: 'Neuer Ordner' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Ablage');
  await page.keyboard.press('Enter');
  await said(page, 'Ordner „Ablage“ angelegt.');
  const files = ['Notiz.txt', longName].map((name) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(name) }));
  await page.locator('input[type=file]:not([webkitdirectory])').setInputFiles(files);
  await row(page, 'Notiz.txt').waitFor();
  // Spoken, and found, in one piece.
  await page.getByRole('link', { name: longName, exact: true }).waitFor();
  await row(page, longName).getByText(longName, { exact: true }).waitFor(); // the running tasks may name it, too
  await page.close();
});

test('after a download the list is as before', async () => {
  const page = await openFiles();
  await box(page, 'Ablage').check();
  const zip = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Herunterladen' }).click();
  assert.match((await zip).suggestedFilename(), /\.zip$/);
  assert.equal(await page.locator('.busy').count(), 0);

  await box(page, 'Ablage').uncheck();
  await box(page, 'Notiz.txt').check();
  const file = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Herunterladen' }).click();
  assert.equal((await file).suggestedFilename(), 'Notiz.txt');
  assert.equal(await page.locator('.busy').count(), 0);
  await page.close();
});

test('a refused name stays in its field with the reason, which goes with the field', async () => {
  const page = await openFiles();
  await box(page, 'Notiz.txt').check();
  await page.getByRole('button', { name: 'Umbenennen' }).click();
  const field = page.getByRole('textbox', { name: 'Neuer Name' });
  await field.fill('Ablage');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('Ablage').waitFor();
  assert.equal(await field.inputValue(), 'Ablage');
  await field.fill('Vermerk.txt');
  await page.keyboard.press('Enter');
  await said(page, '„Notiz.txt“ heißt jetzt „Vermerk.txt“.');
  assert.equal(await page.getByRole('alert').count(), 0);
  assert.equal(await field.count(), 0);
  await page.close();
});

test('what was moved away is no longer marked, and comes back unmarked', async () => {
  const page = await openFiles();
  await box(page, 'Vermerk.txt').check();
  await page.getByRole('button', { name: 'Verschieben' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('link', { name: 'Ablage' }).click();
  await dialog.getByRole('button', { name: 'Nach „Ablage“ verschieben' }).click();
  await said(page, '„Vermerk.txt“ nach „Ablage“ verschoben.');
  await page.getByText(/^2 Einträge ·/).waitFor();
  assert.equal(await page.locator('.choose-all').evaluate((all: HTMLInputElement) => all.indeterminate), false);
  await page.getByRole('button', { name: 'Rückgängig' }).click();
  await row(page, 'Vermerk.txt').waitFor();
  assert.equal(await box(page, 'Vermerk.txt').isChecked(), false);
  await page.close();
});

test('the Delete key means what was ticked with the mouse; keys go on in the row that moves up', async () => {
  const page = await openFiles();
  await box(page, 'Vermerk.txt').check();
  await page.keyboard.press('Delete');
  await said(page, '„Vermerk.txt“ in den Papierkorb gelegt.');
  await page.getByRole('row').and(page.locator(':focus')).waitFor();
  await page.close();
});

test('keys go on at the end of the list, and where the table keeps the focus for its row', async () => {
  const page = await openFiles();
  const focused = (name: string) => row(page, name).and(page.locator(':focus')).waitFor();
  await page.getByRole('grid').focus();
  await page.keyboard.press('Home');
  await focused('Ablage');
  await page.keyboard.press('End');
  await focused(longName);
  await page.keyboard.press('Delete');
  await said(page, `„${longName}“ in den Papierkorb gelegt.`);
  await focused('Ablage');
  await page.keyboard.press('ArrowDown');
  await focused('Ablage');
  await page.keyboard.press('Delete');
  await page.getByText('Hier liegt noch nichts').waitFor();
  await page.getByRole('heading', { level: 1 }).and(page.locator(':focus')).waitFor();
  await page.getByRole('searchbox').focus();
  await page.keyboard.press('Control+z'); // where something is typed the key is the field's own
  await page.getByRole('heading', { level: 1 }).focus();
  assert.equal(await row(page, 'Ablage').count(), 0);
  await page.keyboard.press('Control+z');
  await said(page, '„Ablage“ zurückgeholt.');
  await row(page, 'Ablage').waitFor();
  await page.close();
});

test('the focus does not vanish with the button that brought something back', async () => {
  const page = await openFiles();
  await page.goto('/papierkorb');
  await page.locator('.live').waitFor();
  await box(page, longName).focus();
  await page.keyboard.press('Space');
  await tabTo(page, 'button', /^Zurückholen$/);
  await page.keyboard.press('Enter');
  await said(page, `„${longName}“ zurückgeholt.`);
  await page.getByRole('heading', { level: 1 }).and(page.locator(':focus')).waitFor();
  await page.close();
});
