import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { openBrowser, tabTo } from '../browser.ts';
import { picture } from '../picture.ts';

/**
 * A day at the desk: Dora makes a space, Anna fills it from her computer, Bernd sees it a moment later; then the keyboard alone,
 * and the same without script.
 */

const { open } = await openBrowser();
const computer = await mkdtemp(join(tmpdir(), 'rennsteig-test-'));
after(() => rm(computer, { recursive: true, force: true }));

const row = (page: Page, name: string | RegExp) =>
  page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
const said = (page: Page, text: string | RegExp) => page.locator('.toast').getByText(text).waitFor();

/** The folder on Anna's computer: what clerks really have. */
async function prepareFolder(): Promise<string> {
  const folder = join(computer, 'Bauvorhaben Straße');
  await mkdir(join(folder, 'Pläne', 'Entwürfe'), { recursive: true });
  await writeFile(join(folder, 'Übersicht.txt'), 'Grüße aus dem Bauamt: äöüß €');
  await writeFile(join(folder, 'Antrag.pdf'), Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(200_000, 'x')]));
  await writeFile(join(folder, 'Pläne', 'Foto.png'), picture({ width: 40, height: 30 }));
  await writeFile(join(folder, 'Pläne', 'Entwürfe', 'Bescheid.docx'), Buffer.alloc(30_000, 'docx'));
  return folder;
}

async function makeSpace(): Promise<void> {
  const dora = await open({ person: 'dora' });
  await dora.goto('/verwaltung/bereiche');
  await dora.getByRole('link', { name: 'Neuer Bereich' }).click();
  await dora.getByLabel('Name').fill('Bauamt');
  await dora.getByLabel('Wer leitet ihn?').fill('Anna Apel');
  const quota = dora.getByLabel('Kontingent in GB');
  assert.equal(await quota.inputValue(), '10', 'what the policy says of a new space is proposed');
  await quota.fill('2,5');
  await dora.getByRole('button', { name: 'Anlegen' }).click();
  await said(dora, 'Bereich „Bauamt“ angelegt.');
  await dora.getByLabel('Person, Gruppe oder Organisationseinheit').fill('Bernd');
  await dora.getByRole('main').getByRole('button', { name: 'Suchen' }).click();
  const found = dora.getByRole('table', { name: 'Gefunden' });
  await found.getByLabel('Rolle').selectOption('viewer');
  await found.getByRole('button', { name: /Aufnehmen/ }).click();
  await said(dora, 'Bernd Böhme gehört jetzt zum Bereich.');
  await dora.close();
}

/** Into the space by its label on the page of the own files. */
async function openSpace(page: Page): Promise<void> {
  await page.goto('/dateien');
  await page.getByRole('navigation', { name: 'Bereiche' }).getByRole('link', { name: 'Bauamt' }).click();
  await page.getByRole('heading', { level: 1, name: 'Bauamt' }).waitFor();
}

test('Anna hands over a folder of real documents, and Bernd has it a moment later', async () => {
  await makeSpace();
  const folder = await prepareFolder();
  const [anna, bernd] = [await open({ person: 'anna' }), await open({ person: 'bernd' })];
  await Promise.all([openSpace(anna), openSpace(bernd)]);
  await bernd.getByText('Sobald jemand etwas in diesen Bereich legt').waitFor();
  assert.equal(await bernd.getByRole('link', { name: 'Neuer Ordner' }).count(), 0);

  await anna.locator('input[type=file][webkitdirectory]').setInputFiles(folder);
  await row(bernd, 'Bauvorhaben Straße').waitFor();
  await anna.getByRole('complementary', { name: 'Laufende Aufgaben' }).getByText('4 Dateien hochgeladen').waitFor();

  await row(bernd, 'Bauvorhaben Straße').getByRole('link', { name: 'Bauvorhaben Straße', exact: true }).click();
  await row(bernd, 'Übersicht.txt').waitFor();
  const download = bernd.waitForEvent('download');
  await bernd.getByRole('link', { name: 'Übersicht.txt', exact: true }).click();
  const stream = await (await download).createReadStream();
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece as Buffer);
  assert.equal(Buffer.concat(pieces).toString(), 'Grüße aus dem Bauamt: äöüß €');
  await bernd.getByRole('link', { name: 'Pläne', exact: true }).click();
  await row(bernd, 'Foto.png').waitFor();
  await anna.close();
  await bernd.close();
});

/** Keys only: nobody touches the mouse. */
async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

test('the keyboard alone: new folder, upload, rename, move, delete, undo', async () => {
  const page = await open({ person: 'anna' });
  await page.goto('/dateien');
  await tabTo(page, 'link', 'Neuer Ordner');
  await press(page, 'Enter');
  await page.getByRole('dialog', { name: 'Neuer Ordner' }).waitFor();
  await page.keyboard.type('Ablage');
  await press(page, 'Enter');
  await said(page, 'Ordner „Ablage“ angelegt.');

  const chooser = page.waitForEvent('filechooser');
  await tabTo(page, 'link', 'Hochladen');
  await press(page, 'Enter');
  await (await chooser).setFiles(join(computer, 'Bauvorhaben Straße', 'Übersicht.txt'));
  await row(page, 'Übersicht.txt').waitFor();

  await tabTo(page, 'checkbox', 'Alle auswählen');
  await press(page, 'Tab', 'Tab', 'Tab', 'Tab'); // past the three sortable heads into the list
  await row(page, 'Ablage').and(page.locator(':focus')).waitFor();
  await press(page, 'ArrowDown', 'F2');
  await page.getByRole('textbox', { name: 'Neuer Name' }).waitFor();
  await page.keyboard.type('Bericht'); // the name without its extension is marked
  await press(page, 'Enter');
  await said(page, '„Übersicht.txt“ heißt jetzt „Bericht.txt“.');
  await row(page, 'Bericht.txt').and(page.locator(':focus')).waitFor();

  await press(page, 'Control+x');
  await page
    .getByRole('status')
    .getByText(/^1 Eintrag ausgeschnitten/)
    .waitFor();
  await press(page, 'Home', 'Enter');
  await page.getByRole('heading', { level: 1, name: 'Ablage' }).and(page.locator(':focus')).waitFor();
  await press(page, 'Backspace');
  await row(page, 'Ablage').and(page.locator(':focus')).waitFor();
  await press(page, 'Enter');
  await page.getByRole('heading', { level: 1, name: 'Ablage' }).and(page.locator(':focus')).waitFor();
  await press(page, 'Control+v'); // an empty folder has no row that could hear it
  await said(page, '„Bericht.txt“ nach „Ablage“ verschoben.');
  await row(page, 'Bericht.txt').waitFor();

  await tabTo(page, 'row', /Bericht\.txt/);
  await press(page, 'Delete');
  await said(page, '„Bericht.txt“ in den Papierkorb gelegt.');
  await page.getByText('Hier liegt noch nichts').waitFor();
  await tabTo(page, 'button', 'Rückgängig');
  await press(page, 'Enter');
  await said(page, '„Bericht.txt“ zurückgeholt.');
  await row(page, 'Bericht.txt').waitFor();

  await tabTo(page, 'row', /Bericht\.txt/);
  await press(page, '?');
  await page.getByRole('dialog', { name: 'Tastenkürzel' }).waitFor();
  await press(page, 'Escape');
  await row(page, 'Bericht.txt').and(page.locator(':focus')).waitFor();
  await page.close();
});

test('moving with the dialog: a place is chosen by walking through the folders', async () => {
  const page = await open({ person: 'anna' });
  await openSpace(page);
  await row(page, 'Bauvorhaben Straße').getByRole('link', { name: 'Bauvorhaben Straße', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Antrag.pdf auswählen' }).check();
  await page.getByRole('button', { name: 'Kopieren' }).click();
  const dialog = page.getByRole('dialog', { name: 'Kopieren nach …' });
  await dialog.getByRole('link', { name: 'Alle Orte' }).click();
  await dialog.getByRole('link', { name: 'Dateien', exact: true }).click();
  await dialog.getByRole('link', { name: 'Ablage' }).click();
  await dialog.getByRole('button', { name: 'Nach „Ablage“ kopieren' }).click();
  await said(page, '„Antrag.pdf“ nach „Ablage“ kopiert.');
  assert.equal(await page.getByRole('dialog').count(), 0);
  await page.close();
});

test('details: rename, tag, comment; versions come and go; the panel follows the choice', async () => {
  const page = await open({ person: 'anna' });
  await openSpace(page);
  await page.getByRole('link', { name: 'Bauvorhaben Straße', exact: true }).click();
  await page.getByRole('link', { name: 'Einzelheiten: Übersicht.txt' }).click();
  const panel = page.getByRole('complementary', { name: 'Übersicht.txt' });
  await panel.getByText('Textdokument').waitFor();
  await panel.getByLabel('Schlagwort', { exact: true }).fill('Eilt');
  await panel.getByRole('button', { name: 'Hinzufügen' }).click();
  await panel.getByRole('button', { name: 'Schlagwort „Eilt“ entfernen' }).waitFor();
  await panel.getByLabel('Kommentar', { exact: true }).fill('Bitte prüfen.');
  await panel.getByRole('button', { name: 'Kommentieren' }).click();
  await panel.getByText('Bitte prüfen.').waitFor();

  await page.locator('input[type=file]:not([webkitdirectory])').setInputFiles({
    name: 'Übersicht.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('Zweite Fassung'),
  });
  const tray = page.getByRole('complementary', { name: 'Laufende Aufgaben' });
  await tray.getByText('„Übersicht.txt“ gibt es hier schon').waitFor();
  await tray.getByRole('button', { name: 'Als neue Version' }).click();
  await tray.getByText('1 Datei hochgeladen').waitFor();
  await page.reload();
  await panel.getByRole('button', { name: /^Zurückholen/ }).click();
  await said(page, /Die frühere Version gilt jetzt wieder/);
  await panel.getByText(/^wiederhergestellt am .* aus dem Stand vom /).waitFor();

  await page
    .getByRole('row', { name: /Antrag\.pdf/ })
    .locator('time')
    .click();
  await page.getByRole('complementary', { name: 'Antrag.pdf' }).waitFor();
  await page.getByRole('link', { name: 'Einzelheiten schließen' }).click();
  await page
    .getByRole('row', { name: /Übersicht\.txt/ })
    .locator('time')
    .click();
  assert.equal(await page.getByRole('complementary', { name: 'Übersicht.txt' }).count(), 0, 'closed, it stays closed');
  await page.close();
});
