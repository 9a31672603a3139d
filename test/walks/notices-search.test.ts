import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { checkAccessible, checkFits, openBrowser, tabTo } from '../browser.ts';
import { picture } from '../picture.ts';

/** Dora gives Anna a role; Anna hears of it, finds a file by its name, and sees what it looks like. With and without script. */

// With jobs: what has happened becomes news for open pages through an event.
const { open } = await openBrowser({ worksOnJobs: true });

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const bell = (page: Page) => page.getByRole('banner').getByRole('link', { name: /^Mitteilungen/ });

async function giveRole(name: string): Promise<void> {
  const page = await open({ person: 'dora' });
  await page.goto('/verwaltung/bereiche/neu');
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Wer leitet ihn?').fill('Anna Apel');
  await press(page, 'Anlegen');
  await page.locator('.toast').waitFor();
  await page.close();
}

test('a new role is told by the bell, which leads there, and is dismissed without script', async () => {
  await giveRole('Bauamt');
  for (const script of [true, false]) {
    const page = await open({ person: 'anna', script });
    await page.goto('/konto');
    // The first round has followed it: from then on it is read, and waits no longer.
    assert.equal(await bell(page).getAttribute('aria-label'), script ? 'Mitteilungen: 1' : 'Mitteilungen');
    if (script) {
      await tabTo(page, 'link', 'Mitteilungen: 1');
      await page.keyboard.press('Enter');
    } else await bell(page).click();
    await page.getByRole('heading', { level: 1, name: 'Mitteilungen' }).waitFor();
    const told = page.getByRole('link', { name: /^Dora Döring hat Sie in den Bereich „Bauamt“ aufgenommen/ });
    assert.match((await told.getAttribute('href')) ?? '', /^\/mitteilungen\/\d+$/);
    if (script) {
      await checkAccessible(page);
      await checkFits(page);
      await told.click();
      await page.getByRole('heading', { name: 'Bauamt' }).first().waitFor();
      assert.match(page.url(), /\/dateien\/\d+$/);
      await page.getByRole('banner').getByRole('link', { name: 'Mitteilungen', exact: true }).waitFor();
    } else {
      await page.getByRole('button', { name: /^Erledigt/ }).click();
      await page.getByText('Nichts Neues').waitFor();
      assert.equal(await bell(page).getAttribute('aria-label'), 'Mitteilungen');
    }
    await page.close();
  }
});

test('an open page hears of a notice, whatever page it is', async () => {
  const page = await open({ person: 'anna' });
  const listens = page.waitForEvent('websocket');
  await page.goto('/konto');
  await (await listens).waitForEvent('framereceived');
  await page.getByRole('link', { name: 'Mitteilungen', exact: true }).waitFor();
  await giveRole('Kasse');
  await page.getByRole('link', { name: 'Mitteilungen: 1', exact: true }).waitFor();
  await page.close();
});

const files = [
  { name: 'Lageplan Nord.png', mimeType: 'image/png', buffer: picture({ width: 120, height: 80 }) },
  { name: 'Kein Bild.png', mimeType: 'image/png', buffer: Buffer.from('das ist kein Bild') },
];

async function upload(): Promise<void> {
  const page = await open({ person: 'anna', script: false });
  await page.goto('/dateien');
  await page.getByRole('link', { name: 'Hochladen', exact: true }).first().click();
  await page.locator('input[type=file]').setInputFiles(files);
  await press(page, 'Hochladen');
  await page.locator('.toast').getByText('2 Einträge hochgeladen.').waitFor();
  await page.close();
}

test('a file is found from any page, with and without script, and on a phone', async () => {
  await upload();
  for (const script of [true, false]) {
    const page = await open({ person: 'anna', script });
    await page.goto('/konto');
    await page.getByRole('banner').getByRole('searchbox', { name: 'Dateien und Anträge suchen' }).fill('plan nord');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Suche nach „plan nord“' }).waitFor();
    await page.getByRole('link', { name: 'Lageplan Nord.png', exact: true }).waitFor();
    assert.equal(await page.getByRole('link', { name: 'Kein Bild.png' }).count(), 0);
    if (script) await checkAccessible(page);
    await page.close();
  }
  const phone = await open({ person: 'anna', size: [360, 640] });
  await phone.goto('/konto');
  await phone.getByRole('banner').getByRole('link', { name: 'Dateien und Anträge suchen' }).click();
  await phone.getByLabel('Teil des Namens').fill('lageplan');
  await press(phone, 'Suchen');
  await phone.getByRole('link', { name: 'Lageplan Nord.png', exact: true }).waitFor();
  await checkFits(phone);
  await phone.close();
});

test('the details show what a file looks like, and nothing where there is nothing to see', async () => {
  const page = await open({ person: 'anna' });
  await page.goto('/dateien/suche?q=lageplan');
  await page.getByRole('link', { name: 'Einzelheiten: Lageplan Nord.png' }).click();
  const shown = page.getByRole('complementary', { name: 'Lageplan Nord.png' }).locator('img.panel-preview');
  await shown.waitFor();
  await shown.evaluate((image: HTMLImageElement) => image.decode());
  assert.equal(await shown.evaluate((image: HTMLImageElement) => image.naturalWidth), 120);
  await checkAccessible(page);
  await page.goto('/dateien/suche?q=kein bild');
  await page.getByRole('link', { name: 'Einzelheiten: Kein Bild.png' }).click();
  const panel = page.getByRole('complementary', { name: 'Kein Bild.png' });
  await panel.waitFor();
  await panel.locator('img.panel-preview').waitFor({ state: 'detached' });
  await page.close();
});
