import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openBrowser } from '../browser.ts';

/** The same day without any script: everything is a link, a form or a download. */

const { open } = await openBrowser();
const page = await open({ person: 'anna', script: false });

const file = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
const link = (name: string) => page.getByRole('link', { name, exact: true });
const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const said = (text: string | RegExp) => page.locator('.toast').getByText(text).waitFor();
const choose = (name: string) => page.getByRole('list', { name: 'Ordner hier' }).getByRole('link', { name }).click();
const mark = (name: string) => page.getByRole('checkbox', { name: `${name} auswählen` }).check();

async function fetchFile(from: Page, name: string): Promise<string> {
  const download = from.waitForEvent('download');
  await from.getByRole('link', { name, exact: true }).click();
  const pieces: Buffer[] = [];
  for await (const piece of await (await download).createReadStream()) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString();
}

test('a folder is made, and a name that is taken says so in its place', async () => {
  await page.goto('/dateien');
  await link('Neuer Ordner').click();
  await page.getByLabel('Name').fill('Ablage');
  await press('Anlegen');
  await said('Ordner „Ablage“ angelegt.');
  await link('Neuer Ordner').click();
  await page.getByLabel('Name').fill('ablage');
  await press('Anlegen');
  await page
    .getByRole('alert')
    .getByText(/Ablage/)
    .waitFor();
  assert.equal(await page.getByLabel('Name').inputValue(), 'ablage');
});

test('several files are uploaded by one form; a taken name is refused, and kept beside the other when asked', async () => {
  await page.goto('/dateien');
  await link('Hochladen').first().click();
  await page.locator('input[type=file]').setInputFiles([file('Müller.txt', 'eins'), file('Öffnungszeiten.txt', 'zwei')]);
  await press('Hochladen');
  await said('2 Einträge hochgeladen.');
  assert.equal(await fetchFile(page, 'Müller.txt'), 'eins');
  await link('Hochladen').first().click();
  await page.locator('input[type=file]').setInputFiles([file('Müller.txt', 'drei'), file('Neu.txt', 'vier')]);
  await press('Hochladen');
  await said(/„Neu\.txt“ hochgeladen\. Nicht gelungen bei „Müller\.txt“/);
  await link('Hochladen').first().click();
  await press('Hochladen');
  await page.getByRole('alert').getByText('Es wurde keine Datei ausgewählt.').first().waitFor();
  await page.getByLabel('Beide behalten').check();
  await page.locator('input[type=file]').setInputFiles([file('Müller.txt', 'drei')]);
  await press('Hochladen');
  await said('„Müller (2).txt“ hochgeladen.');
  assert.equal(await fetchFile(page, 'Müller (2).txt'), 'drei');
});

test('renamed in the details, moved by choosing a place, deleted, brought back', async () => {
  await page.goto('/dateien');
  await page.getByRole('link', { name: 'Einzelheiten: Neu.txt' }).click();
  const panel = page.getByRole('complementary', { name: 'Neu.txt' });
  await panel.getByText('Umbenennen', { exact: true }).first().click();
  await panel.getByLabel('Name', { exact: true }).fill('Vermerk.txt');
  await panel.getByRole('button', { name: 'Umbenennen' }).click();
  await said('„Neu.txt“ heißt jetzt „Vermerk.txt“.');
  await press('Rückgängig');
  await said('„Vermerk.txt“ heißt jetzt „Neu.txt“.');

  await page.goto('/dateien');
  await mark('Neu.txt');
  await mark('Öffnungszeiten.txt');
  await press('Verschieben');
  await choose('Ablage');
  await press('Nach „Ablage“ verschieben');
  await said('2 Einträge nach „Ablage“ verschoben.');
  await press('Rückgängig');
  await said(/2 Einträge nach „Dateien“ verschoben/);

  await mark('Neu.txt');
  await press('Löschen');
  await said('„Neu.txt“ in den Papierkorb gelegt.');
  await press('Rückgängig');
  await said('„Neu.txt“ zurückgeholt.');
});

test('a selection is downloaded as ZIP', async () => {
  await page.goto('/dateien');
  await mark('Neu.txt');
  await mark('Ablage');
  const download = page.waitForEvent('download');
  await press('Herunterladen');
  const archive = await download;
  assert.equal(archive.suggestedFilename(), 'Auswahl.zip');
  assert.equal(await archive.failure(), null);
});

test('out of the trash: back, elsewhere, and for good only when asked', async () => {
  await page.goto('/dateien');
  for (const name of ['Neu.txt', 'Müller.txt', 'Müller (2).txt']) await mark(name);
  await press('Löschen');
  await said('3 Einträge in den Papierkorb gelegt.');
  await link('Papierkorb').first().click();
  await mark('Neu.txt');
  await press('Zurückholen');
  await said('„Neu.txt“ zurückgeholt.');
  await mark('Müller.txt');
  await press('Zurückholen nach …');
  await choose('Ablage');
  await press('Nach „Ablage“ zurückholen');
  await said('„Müller.txt“ zurückgeholt.');
  await mark('Müller (2).txt');
  await press('Endgültig entfernen');
  await page.getByText(/Das lässt sich nicht rückgängig machen/).waitFor();
  await press('Endgültig entfernen');
  await said('„Müller (2).txt“ endgültig entfernt.');
  await page.getByText('Der Papierkorb ist leer').waitFor();
  await page.goto('/dateien');
  await link('Ablage').click();
  await link('Müller.txt').waitFor();
});

test('favourites: put there, seen, taken away', async () => {
  await page.goto('/dateien');
  await page.getByRole('link', { name: 'Einzelheiten: Ablage' }).click();
  await press('Zu den Favoriten');
  await said('„Ablage“ steht jetzt bei den Favoriten.');
  await link('Favoriten').first().click();
  await link('Ablage').waitFor();
  await page.getByRole('link', { name: 'Einzelheiten: Ablage' }).click();
  await press('Aus den Favoriten nehmen');
  await said('„Ablage“ steht nicht mehr bei den Favoriten.');
  await page.close();
});
