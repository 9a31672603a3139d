import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { type BrowserStand, checkAccessible, checkFits, openBrowser } from '../browser.ts';

/** Every page of the files, in both themes and on the smallest screen: no broken rule, nothing to scroll sideways. */

const browser = await openBrowser();
const { open } = browser;

const file = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
const longName = 'Stellungnahme der unteren Naturschutzbehörde zum Vorhaben Ortsumfahrung, Fassung nach der Anhörung (2).docx';

async function submit(page: Page, address: string, fields: Readonly<Record<string, string>>, button: string): Promise<void> {
  await page.goto(address);
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value);
  await page.getByRole('button', { name: button, exact: true }).click();
  await page.locator('.toast').waitFor();
}

type Addresses = { readonly anna: readonly string[]; readonly dora: readonly string[] };

/** Something of everything: a space, files with versions and notes, a favourite, something in the trash. */
async function furnish({ open: window }: BrowserStand): Promise<Addresses> {
  const dora = await window({ person: 'dora', script: false });
  await submit(dora, '/verwaltung/bereiche/neu', { Name: 'Bauamt', 'Wer leitet ihn?': 'Anna Apel' }, 'Anlegen');
  const space = new URL(dora.url()).pathname;
  await dora.close();
  const anna = await window({ person: 'anna', script: false });
  await submit(anna, '/dateien/neuer-ordner', { Name: 'Ablage' }, 'Anlegen');
  for (const text of ['eins', 'zwei']) {
    await anna.goto('/dateien/hinzufuegen');
    await anna.getByLabel('Als neue Version speichern').check();
    await anna.locator('input[type=file]').setInputFiles([file('Bericht.txt', text), file(longName, text)]);
    await anna.getByRole('button', { name: 'Hochladen', exact: true }).click();
    await anna.locator('.toast').waitFor();
  }
  await anna.getByRole('link', { name: 'Einzelheiten: Bericht.txt' }).click();
  const details = new URL(anna.url()).pathname;
  await submit(anna, details, { Schlagwort: 'Eilt' }, 'Hinzufügen');
  await submit(anna, details, { Kommentar: 'Bitte prüfen.' }, 'Kommentieren');
  await submit(anna, details, {}, 'Zu den Favoriten');
  await submit(anna, '/dateien/neuer-ordner', { Name: 'Alt' }, 'Anlegen');
  await anna.getByRole('checkbox', { name: 'Alt auswählen' }).check();
  await anna.getByRole('button', { name: 'Löschen', exact: true }).click();
  await anna.goto('/papierkorb');
  await anna.getByRole('checkbox').first().check();
  await anna.getByRole('button', { name: 'Endgültig entfernen', exact: true }).click();
  const question = anna.url().replace(/^https?:\/\/[^/]+/, '');
  await anna.goto('/dateien');
  const folder = (await anna.getByRole('link', { name: 'Ablage', exact: true }).getAttribute('href')) ?? '';
  await anna.close();
  const id = details.split('/').at(-1);
  return {
    anna: [
      ...['/', '/dateien', folder, details, '/dateien/neuer-ordner', '/dateien/hinzufuegen', '/dateien/tasten'],
      ...[`${folder}/verbinden`, `/dateien/verschieben?ids=${id}`, '/dateien/verschieben?in=oben&art=kopieren'],
      ...[
        '/papierkorb',
        '/papierkorb/leeren',
        question,
        question.replace('entfernen', 'zurueckholen'),
        '/favoriten',
        '/bereiche',
      ],
      `/bereiche/${space.split('/').at(-1)}?suche=b`,
    ],
    dora: [space, '/verwaltung/bereiche', '/verwaltung/bereiche/neu', '/verwaltung/bereiche/personen'],
  };
}

const addresses = await furnish(browser);
const looks = [
  { name: 'light', look: {} },
  { name: 'dark', look: { theme: 'dark' } },
  { name: 'on a small phone', look: { size: [320, 640] } },
] as const;

for (const person of ['anna', 'dora'] as const) {
  for (const { name, look } of looks) {
    test(`every page of ${person} is accessible and fits, ${name}`, async () => {
      const page = await open({ person, ...look });
      for (const address of addresses[person]) {
        await page.goto(address);
        await page.locator('h1').waitFor();
        await checkAccessible(page);
        await checkFits(page);
      }
      await page.close();
    });
  }
}

test('a list in use: something marked, a name being changed, a question in the tray', async () => {
  const page = await open({ person: 'anna' });
  await page.goto('/dateien');
  await page.getByRole('grid').waitFor();
  await page.locator('input[type=file]:not([webkitdirectory])').setInputFiles([file('Bericht.txt', 'drei')]);
  await page.getByText('„Bericht.txt“ gibt es hier schon').waitFor();
  await page.getByRole('checkbox', { name: 'Ablage auswählen' }).check();
  await page.getByRole('row', { name: /Ablage/ }).focus();
  await page.keyboard.press('F2');
  await page.getByRole('textbox', { name: 'Neuer Name' }).waitFor();
  await checkAccessible(page);
  await page.close();
});

test('in English too', async () => {
  const page = await open({ person: 'anna', locale: 'en' });
  await page.goto('/dateien');
  await page.getByRole('heading', { name: 'Files' }).waitFor();
  await page.getByRole('link', { name: 'Details: Bericht.txt' }).click();
  await page.getByRole('complementary', { name: 'Bericht.txt' }).getByText('Text document').waitFor();
  await checkAccessible(page);
  await page.close();
});
