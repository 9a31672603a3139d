import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { checkAccessible, checkFits, openBrowser } from '../browser.ts';

/** Spaces and who belongs to them: what Anna, who manages one, and Dora, who administers them all, decide. */

const { open } = await openBrowser();
const said = (page: Page, text: string | RegExp) => page.locator('.toast').getByText(text).waitFor();
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

/** A space that Anna and Bernd manage; its number. */
async function makeSpace(name: string): Promise<string> {
  const dora = await open({ person: 'dora', script: false });
  await dora.goto('/verwaltung/bereiche/neu');
  await dora.getByLabel('Name', { exact: true }).fill(name);
  await dora.getByLabel('Wer leitet ihn?').fill('Anna Apel');
  await press(dora, 'Anlegen');
  await dora.getByLabel('Person, Gruppe oder Organisationseinheit').fill('Bernd');
  await dora.getByRole('main').getByRole('button', { name: 'Suchen' }).click();
  await dora.getByRole('table', { name: 'Gefunden' }).getByLabel('Rolle').selectOption('manager');
  await press(dora, 'Aufnehmen: Bernd Böhme');
  await said(dora, 'Bernd Böhme gehört jetzt zum Bereich.');
  const [id = ''] = /\d+$/.exec(new URL(dora.url()).pathname) ?? [];
  await dora.close();
  return id;
}

for (const script of [true, false]) {
  test(`who gives the management of a space away is asked first, ${script ? 'with' : 'without'} script`, async () => {
    const id = await makeSpace(script ? 'Bauamt' : 'Bürgerbüro');
    const page = await open({ person: 'anna', script, size: [360, 740] });
    await page.goto(`/bereiche/${id}`);
    const ask = page.getByRole('dialog', { name: 'Leitung abgeben?' });
    const role = page.getByLabel('Rolle: Anna Apel');

    await role.selectOption('viewer');
    await press(page, 'Ändern: Anna Apel');
    await ask.getByText(/nur noch die Rolle „Lesen“/).waitFor();
    if (script) await checkAccessible(page);
    await checkFits(page);
    await ask.getByRole('link', { name: 'Leitung behalten' }).click();
    await ask.waitFor({ state: 'detached' });
    assert.equal(await role.inputValue(), 'manager', 'the role that still holds');

    await press(page, 'Herausnehmen: Anna Apel');
    await ask.getByText(/gehören dann nicht mehr zu diesem Bereich/).waitFor();
    await ask.getByRole('link', { name: 'Leitung behalten' }).click();

    await page.getByLabel('Rolle: Bernd Böhme').selectOption('editor');
    await press(page, 'Ändern: Bernd Böhme');
    await said(page, 'Rolle von Bernd Böhme geändert.');
    await press(page, 'Herausnehmen: Anna Apel');
    await page
      .getByRole('alert')
      .getByText(/niemanden mehr, der ihn leitet/)
      .waitFor();
    await page.getByLabel('Rolle: Bernd Böhme').selectOption('manager');
    await press(page, 'Ändern: Bernd Böhme');
    await said(page, 'Rolle von Bernd Böhme geändert.');

    await role.selectOption('editor');
    await press(page, 'Ändern: Anna Apel');
    await press(page, 'Leitung abgeben');
    await said(page, 'Rolle von Anna Apel geändert.');
    assert.equal(await page.getByLabel('Rolle: Bernd Böhme').count(), 0, 'she manages no longer');
    await page.close();
  });
}

test('who takes themselves out of a space is asked first, and lands among the spaces they have', async () => {
  const id = await makeSpace('Ordnungsamt');
  const page = await open({ person: 'anna' });
  await page.goto(`/bereiche/${id}`);
  await press(page, 'Herausnehmen: Anna Apel');
  await press(page, 'Leitung abgeben');
  await said(page, 'Sie gehören nicht mehr zum Bereich.');
  await page.getByRole('heading', { level: 1, name: 'Bereiche' }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Ordnungsamt' }).count(), 0);
  await page.close();
});
