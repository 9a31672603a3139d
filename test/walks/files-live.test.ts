import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { openBrowser } from '../browser.ts';
import { davClient } from '../dav.ts';

/**
 * Two people, two browsers: what Anna does from her sync client appears on Bernd's open pages at once, and never takes
 * anything out of his hands.
 */

const { open, people, url } = await openBrowser();
const port = Number(new URL(url).port);
const anna = davClient(port, await people.appPassword('anna'));
const bernds = davClient(port, await people.appPassword('bernd'));

/** Before a page without a socket would look by itself (`waits.blind` in live-connection.ts): then it was told. */
const soon = { timeout: 12_000 };

async function makeSpace(): Promise<void> {
  const dora = await open({ person: 'dora', script: false });
  await dora.goto('/verwaltung/bereiche/neu');
  await dora.getByLabel('Name', { exact: true }).fill('Bauamt');
  await dora.getByLabel('Wer leitet ihn?').fill('Anna Apel');
  await dora.getByRole('button', { name: 'Anlegen', exact: true }).click();
  await dora.getByLabel('Person, Gruppe oder Organisationseinheit').fill('Bernd');
  await dora.getByRole('main').getByRole('button', { name: 'Suchen' }).click();
  const found = dora.getByRole('table', { name: 'Gefunden' });
  await found.getByLabel('Rolle').selectOption('editor');
  await found.getByRole('button', { name: /Aufnehmen/ }).click();
  await dora.getByText('Bernd Böhme gehört jetzt zum Bereich.').waitFor();
  await dora.close();
}

const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true });
const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ has: link(page, name) });

await makeSpace();
for (const name of ['b', 'c', 'd', 'e']) await anna.put(`Bauamt/${name}.txt`, name);

/** Bernd's window on the space. */
async function openSpace(page: Page): Promise<void> {
  const listens = page.waitForEvent('websocket');
  await page.goto('/dateien');
  await (await listens).waitForEvent('framereceived');
  await page.getByRole('navigation', { name: 'Bereiche' }).getByRole('link', { name: 'Bauamt' }).click();
  await page.getByRole('grid', { name: 'Bauamt' }).waitFor();
}

test('what a colleague adds, renames and deletes is seen within a moment', async () => {
  const page = await open({ person: 'bernd' });
  await openSpace(page);
  await anna.put('Bauamt/neu.txt', 'neu');
  await link(page, 'neu.txt').waitFor(soon);
  await anna.request('MOVE', 'Bauamt/neu.txt', { headers: { Destination: `${anna.home}Bauamt/umbenannt.txt` } });
  await link(page, 'umbenannt.txt').waitFor(soon);
  await anna.request('DELETE', 'Bauamt/umbenannt.txt');
  await link(page, 'umbenannt.txt').waitFor({ state: 'detached', ...soon });
  await page.close();
});

test('marks, focus and an open field stay; keys mean the row they meant before', async () => {
  const page = await open({ person: 'bernd' });
  await openSpace(page);
  await page.getByRole('checkbox', { name: 'e.txt auswählen' }).check();
  await rowOf(page, 'd.txt').focus();
  await anna.put('Bauamt/a.txt', 'a');
  await link(page, 'a.txt').waitFor(soon);
  assert.ok(await page.getByRole('checkbox', { name: 'e.txt auswählen' }).isChecked());
  await rowOf(page, 'd.txt').and(page.locator(':focus')).waitFor();
  await page.getByRole('checkbox', { name: 'e.txt auswählen' }).uncheck();
  await rowOf(page, 'd.txt').focus();
  await anna.put('Bauamt/aa.txt', 'aa');
  await link(page, 'aa.txt').waitFor(soon);
  await page.keyboard.press('F2');
  const field = page.getByRole('textbox', { name: 'Neuer Name' });
  assert.equal(await field.inputValue(), 'd.txt');
  await page.keyboard.type('halb getippt');
  await anna.request('DELETE', 'Bauamt/aa.txt');
  await link(page, 'aa.txt').waitFor({ state: 'detached', ...soon });
  assert.equal(await field.inputValue(), 'halb getippt.txt');
  await field.and(page.locator(':focus')).waitFor();
  await page.close();
});

test('a dialog, what was typed into it and the last message stay', async () => {
  const page = await open({ person: 'bernd' });
  await openSpace(page);
  await link(page, 'Neuer Ordner').click();
  await page.getByRole('dialog').getByLabel('Name').fill('Ablage');
  await page.getByRole('button', { name: 'Anlegen', exact: true }).click();
  await page.locator('.toast').getByText('Ordner „Ablage“ angelegt.').waitFor();
  await link(page, 'Neuer Ordner').click();
  await page.getByRole('dialog').getByLabel('Name').fill('Noch nicht fertig');
  await anna.put('Bauamt/zwischendurch.txt', 'x');
  await link(page, 'zwischendurch.txt').waitFor(soon);
  assert.equal(await page.getByRole('dialog').getByLabel('Name').inputValue(), 'Noch nicht fertig');
  await page.getByRole('dialog').getByLabel('Name').and(page.locator(':focus')).waitFor();
  await page.close();
});

test('details beside the list follow; the message of the own deed stays', async () => {
  const page = await open({ person: 'bernd' });
  await openSpace(page);
  await link(page, 'Einzelheiten: b.txt').click();
  const panel = page.getByRole('complementary', { name: 'b.txt' });
  await panel.getByLabel('Kommentar').fill('Noch im Entwurf');
  await anna.put('Bauamt/b.txt', 'eine neue Fassung');
  await panel.getByText('17 Byte').first().waitFor(soon);
  assert.equal(await panel.getByLabel('Kommentar').inputValue(), 'Noch im Entwurf');
  await panel.getByLabel('Schlagwort').fill('Eilt');
  await panel.getByRole('button', { name: 'Hinzufügen' }).click();
  await page.locator('.toast').waitFor();
  await anna.put('Bauamt/b.txt', 'die übernächste Fassung');
  await panel.getByText('25 Byte').first().waitFor(soon);
  assert.ok(await page.locator('.toast').isVisible());
  await page.close();
});

test('trash, start and spaces follow too, and a space that is taken away is gone', async () => {
  const trash = await open({ person: 'bernd' });
  await openSpace(trash);
  await trash.goto('/papierkorb');
  await trash.getByRole('navigation', { name: 'Papierkörbe' }).getByRole('link', { name: 'Bauamt' }).click();
  const start = await open({ person: 'bernd' });
  await start.goto('/');
  await start.getByRole('heading', { name: 'Zuletzt geändert' }).waitFor();
  const spaces = await open({ person: 'bernd' });
  await openSpace(spaces);
  await spaces.goto('/bereiche');
  await link(spaces, 'Bauamt').waitFor();

  await anna.put('Bauamt/weg.txt', 'weg');
  await link(start, 'weg.txt').waitFor(soon);
  await anna.request('DELETE', 'Bauamt/weg.txt');
  await trash.getByRole('checkbox', { name: 'weg.txt auswählen' }).waitFor(soon);
  await link(start, 'weg.txt').waitFor({ state: 'detached', ...soon });

  const dora = await open({ person: 'dora', script: false });
  await dora.goto('/verwaltung/bereiche');
  await link(dora, 'Bauamt').click();
  await dora.getByRole('button', { name: /^Herausnehmen.*Bernd/ }).click();
  await link(spaces, 'Bauamt').waitFor({ state: 'detached', ...soon });
  for (const page of [trash, start, spaces, dora]) await page.close();
});

test('where no socket is to be had, a page looks when somebody comes back to it', async () => {
  const page = await open({ person: 'bernd' });
  await page.routeWebSocket('**/push/seite', (socket) => socket.close());
  await bernds.put('vorher.txt', 'x');
  await page.goto('/dateien');
  await page.getByRole('grid').waitFor(); // the script runs
  await bernds.put('von-unterwegs.txt', 'x');
  await page.evaluate(() => dispatchEvent(new Event('focus')));
  await link(page, 'von-unterwegs.txt').waitFor(soon);
  await page.close();
});
