import { test } from 'node:test';
import { checkAccessible, checkFits, openBrowser } from '../../test/browser.ts';

/** Tables on a phone: rows as cards, whatever people have written into them. */

const { open } = await openBrowser();
const address = 'vorname-zweitname.doppelname-nachname@ordnungsamt-und-gewerbe.stadt-ellrich.example';

test('long addresses and the reasons of a refused row stay within the smallest page', async () => {
  const page = await open({ person: 'dora', size: [320, 640] });
  const read = async (rows: string) => {
    await page.goto('/verwaltung/personen/einlesen');
    const csv = Buffer.from(`Name;E-Mail-Adresse;Gruppen\n${rows}\n`);
    await page.getByLabel('CSV-Datei').setInputFiles({ name: 'neu.csv', mimeType: 'text/csv', buffer: csv });
    await page.getByRole('button', { name: 'Prüfen', exact: true }).click();
    await page.getByRole('table').waitFor();
    await checkFits(page);
  };
  await read(`;${address.replace('@', '-')};Alle`);
  await checkAccessible(page);
  await read(`Vorname Nachname;${address};Alle`);
  await page.getByRole('button', { name: 'So übernehmen' }).click();
  await page.getByText('Eingelesen: 1 eingeladen').waitFor();
  await page.goto('/verwaltung/gruppen');
  await page.getByRole('link', { name: 'Alle', exact: true }).click();
  await page.getByRole('table', { name: 'Mitglieder' }).getByText(address).waitFor();
  await checkFits(page);
  await page.close();
});
