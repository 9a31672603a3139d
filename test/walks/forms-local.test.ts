import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { checkAccessible, checkFits, openBrowser } from '../browser.ts';
import { makeEditor, settleForms } from '../forms.ts';

const { stand, people, open } = await openBrowser();

before(async () => {
  await settleForms(people);
  await makeEditor(people);
  stand.clock.advance(10);
});

test('an editor of the town sets fee, text and questions, and citizens see it at once', async () => {
  const page = await open({ person: 'anna' });
  await page.goto('/formulare');
  await checkAccessible(page);
  await page.getByRole('link', { name: 'Hund anmelden oder abmelden' }).click();
  await page.getByLabel('Gebühr für eine Hundemarke').fill('viel');
  await page.getByRole('button', { name: 'Speichern' }).click();
  await page.getByText('steht keine Zahl, die möglich ist').waitFor();
  await page.getByLabel('Gebühr für eine Hundemarke').fill('7,50');
  await page.getByRole('checkbox', { name: 'Telefonnummer' }).uncheck();
  await page.getByText('Wie erreichen wir Sie?', { exact: true }).click();
  await page.getByLabel('Wie erreichen wir Sie? (Deutsch)').fill('Wir schreiben nur, wenn etwas fehlt.');
  await page.getByRole('button', { name: 'Speichern' }).click();
  await page.getByText('Gespeichert: Hund anmelden oder abmelden').waitFor();
  await page.goto('/formulare/hundesteuer');
  assert.equal(await page.getByRole('checkbox', { name: 'Telefonnummer' }).isChecked(), false);
  assert.equal(await page.getByRole('checkbox', { name: 'E-Mail-Adresse' }).isChecked(), true);
  assert.equal(await page.getByLabel('Gebühr für eine Hundemarke').inputValue(), '7,50');
  await page.close();
});

for (const theme of ['light', 'dark'] as const) {
  test(`the editors’ pages are accessible and fit, ${theme}`, async () => {
    const page = await open({ person: 'anna', theme, size: [360, 740] });
    for (const path of ['/formulare', '/formulare/hundesteuer', '/formulare/veranstaltung-anzeigen']) {
      await page.goto(path);
      await checkAccessible(page);
      await checkFits(page);
    }
    await page.close();
  });
}

test('whoever is no editor finds nothing there', async () => {
  const page = await open({ person: 'bernd' });
  await page.goto('/formulare');
  await page.getByText('Dafür reichen Ihre Rechte nicht aus.').waitFor();
  await page.close();
});
