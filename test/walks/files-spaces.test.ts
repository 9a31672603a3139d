import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
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
    const keep = async () => {
      await ask.getByRole('link', { name: 'Leitung behalten' }).click();
      await ask.waitFor({ state: 'detached' });
    };
    const role = page.getByLabel('Rolle: Anna Apel');

    await role.selectOption('viewer');
    await press(page, 'Ändern: Anna Apel');
    await ask.getByText(/nur noch die Rolle „Lesen“/).waitFor();
    if (script) await checkAccessible(page);
    await checkFits(page);
    await keep();
    assert.equal(await role.inputValue(), 'manager', 'the role that still holds');

    await press(page, 'Herausnehmen: Anna Apel');
    await ask.getByText(/gehören dann nicht mehr zu diesem Bereich/).waitFor();
    await keep();

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

/** Where something stands in the window. */
async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  assert.ok(box, 'it can be seen');
  return box;
}

for (const size of [
  [360, 740],
  [1280, 800],
] as const) {
  test(`a quota that is refused in its row leaves the row readable, in ${size[0]} pixels`, async () => {
    const anna = await open({ person: 'anna' });
    await anna.goto('/dateien'); // her own space is made with her first visit
    await anna.close();
    const page = await open({ person: 'dora', size });
    await page.goto('/verwaltung/bereiche/personen');
    const field = page.getByRole('textbox', { name: 'Kontingent in GB: Anna Apel' });
    const button = page.getByRole('button', { name: 'Kontingent setzen: Anna Apel' });
    await field.fill('viel');
    await button.click();
    await page
      .getByRole('alert')
      .getByRole('link', { name: /Kontingent als Zahl in GB/ })
      .click();
    await field.and(page.locator(':focus')).waitFor();
    assert.equal(await field.inputValue(), 'viel');
    assert.match(await page.title(), /^Fehler: /);
    await checkFits(page);
    await checkAccessible(page);
    const [typed, sentence, set] = [await boxOf(field), await boxOf(page.locator('.field-error')), await boxOf(button)];
    assert.ok(typed.width >= 100, `the field is ${typed.width} wide`);
    const isApart = sentence.y + sentence.height <= set.y || sentence.x + sentence.width <= set.x;
    assert.ok(isApart && sentence.x + sentence.width <= size[0], 'the sentence stands beside or above its button');
    await field.fill('0,5');
    await button.click();
    await said(page, 'Kontingent von Anna Apel gesetzt.');
    assert.equal(await field.inputValue(), '0,5');
    await page.close();
  });
}
