import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { checkAccessible, checkFits, openBrowser } from '../browser.ts';

/** Dora arranges who is in which group: with the invitation, on the person's page, and in a group too large to look through. */

const { people, open } = await openBrowser();
const { id } = people;

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

async function makeGroup(page: Page, name: string): Promise<string> {
  await page.goto('/verwaltung/gruppen');
  await page.getByLabel('Name der neuen Gruppe').fill(name);
  await press(page, 'Gruppe anlegen');
  await page.getByRole('heading', { level: 1, name }).waitFor();
  return new URL(page.url()).pathname;
}

for (const script of [true, false]) {
  const [one, two] = script ? ['Wahlhelfer', 'Brandschutz'] : ['Friedhof', 'Märkte'];
  const who = script ? 'Frieda Fuchs' : 'Fritz Fink';
  test(`groups are chosen with the invitation and on the person’s page, ${script ? 'with' : 'without'} script`, async () => {
    const page = await open({ person: 'dora', script, size: script ? [1280, 800] : [360, 740] });
    for (const name of [one, two]) await makeGroup(page, name);
    await page.goto('/verwaltung/personen/neu');
    await page.getByRole('checkbox', { name: one }).check();
    await press(page, 'Einladung schicken');
    await page.getByRole('alert').waitFor();
    assert.ok(await page.getByRole('checkbox', { name: one }).isChecked(), 'a refused form keeps the choice');
    await page.getByLabel('Name', { exact: true }).fill(who);
    await page.getByLabel('E-Mail-Adresse').fill(`${who.toLowerCase().replace(' ', '.')}@ellrich.example`);
    await checkFits(page);
    if (script) await checkAccessible(page);
    await press(page, 'Einladung schicken');
    await page.getByText(`${who} ist eingeladen.`).waitFor();
    await page.getByRole('link', { name: who }).click();
    const groups = page.getByRole('table', { name: 'Gruppen' });
    await groups.getByRole('link', { name: one }).waitFor();
    await page.getByLabel('In diese Gruppe').selectOption({ label: two });
    await press(page, 'Aufnehmen');
    await groups.getByRole('link', { name: two }).waitFor();
    await press(page, `Entfernen: ${one}`);
    await page.getByText(`Aus der Gruppe „${one}“ genommen.`).waitFor();
    assert.equal(await groups.getByRole('link', { name: one }).count(), 0);
    await press(page, 'Rückgängig');
    await groups.getByRole('link', { name: one }).waitFor();
    await checkFits(page);
    if (script) await checkAccessible(page);
    await page.close();
  });
}

test('a member of a large group is found by the server, and somebody is added by name', async () => {
  const page = await open({ person: 'dora', script: false, size: [360, 740] });
  const path = await makeGroup(page, 'Alle');
  const many = Array.from({ length: 60 }, (_, number) => `Person ${number};person-${number}@ellrich.example;Alle`).join('\n');
  await page.goto('/verwaltung/personen/einlesen');
  const csv = Buffer.from(`Name;E-Mail-Adresse;Gruppen\n${many}\n`);
  await page.getByLabel('CSV-Datei').setInputFiles({ name: 'alle.csv', mimeType: 'text/csv', buffer: csv });
  await press(page, 'Prüfen');
  await press(page, 'So übernehmen');
  await page.getByText('Eingelesen: 60 eingeladen').waitFor();
  await page.goto(path);
  await page.getByText('60 Mitglieder', { exact: true }).waitFor();
  assert.equal(await page.getByRole('table', { name: 'Mitglieder' }).getByRole('link').count(), 50);
  await page.getByLabel(/^Name, E-Mail-Adresse oder Kennung eines Mitglieds/).fill('person-59@');
  await press(page, 'Mitglied suchen');
  await page.getByRole('link', { name: 'Person 59' }).waitFor();
  assert.equal(await page.getByRole('table', { name: 'Mitglieder' }).getByRole('link').count(), 1);
  const add = async (name: string) => {
    await page.getByLabel('Name, E-Mail-Adresse oder Kennung der Person').fill(name);
    await press(page, 'Person hinzufügen');
  };
  await add('Niemand Bekanntes');
  await page.getByRole('alert').getByText('Niemanden mit diesem Namen').waitFor();
  await add('anna apel');
  await page.getByText('Hinzugefügt: Anna Apel').waitFor();
  await checkFits(page);
  await page.goto(`/verwaltung/personen/${id.anna}`);
  await page.getByRole('table', { name: 'Gruppen' }).getByRole('link', { name: 'Alle' }).waitFor();
  await page.close();
});

test('a group is dissolved only after a question, also without script', async () => {
  const page = await open({ person: 'dora', script: false });
  const path = await makeGroup(page, 'Auf Zeit');
  await page.getByRole('link', { name: 'Gruppe auflösen' }).click();
  await page.getByRole('heading', { level: 1, name: 'Gruppe „Auf Zeit“ auflösen?' }).waitFor();
  await page.getByRole('link', { name: 'Abbrechen' }).click();
  await page.getByRole('heading', { level: 1, name: 'Auf Zeit', exact: true }).waitFor();
  await page.goto(`${path}?aufloesen=1`);
  await press(page, 'Gruppe auflösen');
  await page.getByText('Die Gruppe „Auf Zeit“ ist aufgelöst.').waitFor();
  await page.close();
});

test('a form that adds something is empty again afterwards', async () => {
  const page = await open({ person: 'dora' });
  await makeGroup(page, 'Leer');
  const person = page.getByLabel('Name, E-Mail-Adresse oder Kennung der Person');
  await person.fill('Anna Apel');
  await press(page, 'Person hinzufügen');
  await page.getByText('Hinzugefügt: Anna Apel').waitFor();
  assert.equal(await person.inputValue(), '');
  await page.goto('/verwaltung/einheiten');
  const unit = page.getByLabel('Name', { exact: true });
  await unit.fill('Standesamt');
  await press(page, 'Einheit anlegen');
  await page.getByText('„Standesamt“ ist angelegt.').waitFor();
  assert.equal(await unit.inputValue(), '');
  await page.close();
});
