import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { openBrowser } from '../browser.ts';

/** A large file on a bad line: the connection breaks, the page is loaded anew, and what has arrived is not sent again. */

const { open } = await openBrowser();
const computer = await mkdtemp(join(tmpdir(), 'rennsteig-test-'));
after(() => rm(computer, { recursive: true, force: true }));

const bytes = randomBytes(24 * 2 ** 20);
const path = join(computer, 'Luftbild.tif');
await writeFile(path, bytes);

const tray = (page: Page) => page.getByRole('complementary', { name: 'Laufende Aufgaben' });
const pick = (page: Page, ...paths: string[]) => page.locator('input[type=file]:not([webkitdirectory])').setInputFiles(paths);

/** The line to the server: how many bytes come through in a second (-1: as many as they like), and cutting it. */
async function takeLine(page: Page) {
  const session = await page.context().newCDPSession(page);
  const set = async (offline: boolean, uploadThroughput: number) => {
    await session.send('Network.emulateNetworkConditions', {
      offline,
      uploadThroughput,
      latency: 0,
      downloadThroughput: -1,
    });
  };
  await session.send('Network.enable');
  return { limit: (bytesPerSecond: number) => set(false, bytesPerSecond), cut: () => set(true, -1) };
}

async function openFolder(name: string): Promise<Page> {
  const page = await open({ person: 'anna' });
  await page.goto('/dateien/neuer-ordner');
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Anlegen' }).click();
  await page.getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  return page;
}

async function checksumOf(page: Page): Promise<string> {
  await page.getByRole('link', { name: 'Einzelheiten: Luftbild.tif' }).click();
  return (await page.locator('.checksum').textContent()) ?? '';
}

const expected = createHash('sha256').update(bytes).digest('hex');

/** Where uploads went on, as the requests say it. */
function watchOffsets(page: Page): number[] {
  const offsets: number[] = [];
  page.on('request', (request) => {
    const offset = request.headers()['upload-offset'];
    if (request.method() === 'PATCH' && offset !== undefined) offsets.push(Number(offset));
  });
  return offsets;
}

test('paused and continued: the second part begins where the first ended', async () => {
  const page = await openFolder('Pause');
  const offsets = watchOffsets(page);
  const line = await takeLine(page);
  await line.limit(4 * 2 ** 20);
  await pick(page, path);
  await tray(page)
    .getByText(/^[1-9][\d,]*\sMB von 24\sMB$/)
    .waitFor();
  await tray(page)
    .getByRole('button', { name: /^Anhalten: Luftbild/ })
    .click();
  await tray(page).getByText('Hochladen angehalten').waitFor();
  await line.limit(-1);
  await tray(page)
    .getByRole('button', { name: /^Fortsetzen: Luftbild/ })
    .click();
  await tray(page).getByText('1 Datei hochgeladen').waitFor();
  assert.equal(offsets[0], 0);
  assert.ok((offsets.at(-1) ?? 0) > 0, `went on at ${offsets.join(', ')}`);
  assert.equal(await checksumOf(page), expected);
  await page.close();
});

test('the page is loaded anew in the middle: the same file is chosen again and goes on', async () => {
  const page = await openFolder('Neu geladen');
  await (await takeLine(page)).limit(4 * 2 ** 20);
  await pick(page, path);
  await tray(page)
    .getByText(/^[2-9][\d,]*\sMB von 24\sMB$/)
    .waitFor();
  page.once('dialog', (dialog) => void dialog.accept()); // the browser asks whether one really wants to leave
  await page.reload();
  await tray(page)
    .getByText(/Unterbrochen auf dem Weg nach „Neu geladen“/)
    .waitFor();
  const offsets = watchOffsets(page);
  const chooser = page.waitForEvent('filechooser');
  await tray(page).getByRole('button', { name: 'Datei auswählen' }).click();
  await (await chooser).setFiles(path);
  await tray(page).getByText('1 Datei hochgeladen').waitFor();
  assert.ok((offsets[0] ?? 0) > 0, `went on at ${offsets.join(', ')}`);
  assert.equal(await checksumOf(page), expected);
  await page.close();
});

test('the line goes down and comes back: it goes on by itself, also while one is on another page', async () => {
  const page = await openFolder('Funkloch');
  const line = await takeLine(page);
  await line.limit(2 * 2 ** 20);
  await pick(page, path);
  await tray(page)
    .getByText(/^[1-9][\d,]*\sMB von 24\sMB$/)
    .waitFor();
  await page.getByRole('link', { name: 'Favoriten' }).click();
  await page.getByRole('heading', { level: 1, name: 'Favoriten' }).waitFor();
  await line.cut();
  await tray(page)
    .getByText(/Keine Verbindung/)
    .waitFor();
  await line.limit(-1);
  await tray(page).getByText('1 Datei hochgeladen').waitFor({ timeout: 30_000 });
  await page.goBack();
  assert.equal(await checksumOf(page), expected);
  await page.close();
});

test('what is there already is asked about once for all, and the answer holds', async () => {
  const page = await openFolder('Doppelt');
  const names = ['a.txt', 'b.txt', 'c.txt'];
  const paths = names.map((name) => join(computer, name));
  await Promise.all(paths.map((each) => writeFile(each, 'eins')));
  await pick(page, ...paths);
  await tray(page).getByText('3 Dateien hochgeladen').waitFor();
  await tray(page)
    .getByRole('button', { name: /Aus der Liste nehmen/ })
    .click();
  await Promise.all(paths.map((each) => writeFile(each, 'zwei!')));
  await pick(page, ...paths);
  await tray(page).getByText('3 Dateien gibt es hier schon').waitFor();
  await tray(page).getByRole('button', { name: 'Beide behalten' }).click();
  await tray(page).getByText('3 Dateien hochgeladen').waitFor();
  for (const name of ['a (2).txt', 'b (2).txt', 'c (2).txt']) await page.getByRole('link', { name, exact: true }).waitFor();
  await page.close();
});

test('files dropped from the desktop land in the folder they are dropped on', async () => {
  const page = await openFolder('Ablegen');
  await page.getByRole('link', { name: 'Neuer Ordner' }).click();
  await page.getByLabel('Name').fill('Ziel');
  await page.getByRole('button', { name: 'Anlegen' }).click();
  await page.getByRole('link', { name: 'Ziel', exact: true }).waitFor();
  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(['Inhalt'], 'abgelegt.txt', { type: 'text/plain' }));
    return data;
  });
  const target = page.getByRole('row', { name: /Ziel/ });
  for (const type of ['dragenter', 'dragover', 'drop']) await target.dispatchEvent(type, { dataTransfer: transfer });
  await tray(page).getByText('1 Datei hochgeladen').waitFor();
  await page.getByRole('link', { name: 'Ziel', exact: true }).click();
  await page.getByRole('link', { name: 'abgelegt.txt', exact: true }).waitFor();
  await page.close();
});

test('rows are dragged onto a folder to move them, and the move can be taken back', async () => {
  const page = await openFolder('Ziehen');
  await pick(page, join(computer, 'a.txt'));
  await page.getByRole('link', { name: 'a.txt', exact: true }).waitFor();
  await page.getByRole('link', { name: 'Neuer Ordner' }).click();
  await page.getByLabel('Name').fill('Ziel');
  await page.getByRole('button', { name: 'Anlegen' }).click();
  await page.getByRole('link', { name: 'Ziel', exact: true }).waitFor();
  await page
    .getByRole('row', { name: /a\.txt/ })
    .locator('time')
    .dragTo(page.getByRole('row', { name: /Ziel/ }));
  await page.locator('.toast').getByText('„a.txt“ nach „Ziel“ verschoben.').waitFor();
  await page.getByRole('button', { name: 'Rückgängig' }).click();
  await page.getByRole('link', { name: 'a.txt', exact: true }).waitFor();
  await page.close();
});
