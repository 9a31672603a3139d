import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { checkAccessible, checkFits, openBrowser } from '../browser.ts';
import { settleOffice, settleOtherOffice } from '../office.ts';
import { workOff } from '../queue.ts';

/** Before it decides, an office of Ellrich asks one of Rhönblick: two authorities, two pages, no script. */

const { stand, people, open } = await openBrowser();
const { send } = await settleOffice(stand, people);
await settleOtherOffice(people);
await workOff(stand);

test('Rhönblick says which office can be asked', async () => {
  const emil = await open({ person: 'emil', script: false });
  await emil.goto('/eingang');
  await emil.getByRole('link', { name: 'Gefragte Stellen' }).click();
  await emil.getByLabel('Bauamt').check();
  await emil.getByRole('button', { name: 'Speichern' }).click();
  await emil.getByText('Gespeichert.').waitFor();
  assert.equal(await emil.getByLabel('Bauamt').isChecked(), true);
  await emil.close();
  await workOff(stand);
});

async function ask(anna: Page, number: number): Promise<void> {
  await anna.goto(`/eingang/${number}`);
  await anna.getByRole('button', { name: 'Übernehmen' }).click();
  await anna.getByText('Sie bearbeiten diesen Antrag jetzt.').waitFor();
  await anna.getByRole('link', { name: 'Stellungnahmen' }).last().click();
  await anna.getByRole('heading', { level: 1, name: 'Stellungnahmen' }).waitFor();
  await anna.getByLabel('Stelle').selectOption({ label: 'Gemeinde Rhönblick: Bauamt' });
  await anna.getByLabel('Frage').fill('Spricht etwas dagegen?');
}

test('Anna asks and shows one part of the answers, Emil answers with a document, Anna reads it', async () => {
  const { number } = await send();
  await workOff(stand);
  const anna = await open({ person: 'anna', script: false });
  await ask(anna, number);
  await anna
    .getByRole('group', { name: /Welche Angaben/ })
    .getByRole('checkbox')
    .nth(1)
    .check();
  await anna.getByRole('button', { name: 'Fragen' }).click();
  await anna.getByText('Die Stelle wird gefragt.').waitFor();
  await workOff(stand);
  await anna.getByRole('button', { name: 'Erinnern' }).click();
  await anna.getByText('Die Stelle wird erinnert.').waitFor();
  await workOff(stand);
  const emil = await open({ person: 'emil', script: false });
  await emil.goto('/eingang');
  await emil.getByRole('link', { name: 'Stellungnahmen (1)' }).click();
  await emil.getByRole('table').getByRole('link').first().click();
  await emil.getByText('Spricht etwas dagegen?').waitFor();
  await emil.getByText('Rex').waitFor();
  assert.equal(await emil.getByText('Çetin').count(), 0);
  await emil.getByRole('button', { name: 'Stellungnahme abgeben' }).click();
  await emil.getByRole('alert').waitFor();
  await emil.getByLabel('Text').fill('Keine Bedenken.');
  await emil
    .getByLabel('Anlagen')
    .setInputFiles({ name: 'Karte.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') });
  await emil.getByRole('button', { name: 'Stellungnahme abgeben' }).click();
  await emil.getByText('Ihre Stellungnahme ist auf dem Weg.').waitFor();
  await emil.close();
  await workOff(stand);
  await anna.goto(`/eingang/${number}/stellungnahmen`);
  await anna.getByText('Keine Bedenken.').waitFor();
  await anna.getByText('Karte.pdf').waitFor();
  await anna.close();
});

test('Anna decides before Emil has answered: nobody waits for him any more, and he sees it', async () => {
  const { number } = await send();
  await workOff(stand);
  const anna = await open({ person: 'anna', script: false });
  await ask(anna, number);
  await anna.getByRole('button', { name: 'Fragen' }).click();
  await anna.getByText('Die Stelle wird gefragt.').waitFor();
  await workOff(stand);
  await anna.goto(`/eingang/${number}`);
  await anna.getByRole('link', { name: 'Entscheiden' }).click();
  await anna.getByText('Stellungnahmen, die noch ausstehen: Gemeinde Rhönblick: Bauamt.').waitFor();
  await anna.getByLabel('entsprochen').check();
  await anna.getByLabel('Text').fill('Ihr Hund ist angemeldet.');
  await anna.getByRole('button', { name: 'Entscheiden' }).click();
  await anna.getByText('Die Entscheidung ist bekannt gegeben.').waitFor();
  await workOff(stand);
  await anna.goto(`/eingang/${number}/stellungnahmen`);
  await anna.getByText('nicht mehr nötig').first().waitFor();
  await anna.close();
  const emil = await open({ person: 'emil', script: false });
  await emil.goto('/stellungnahmen');
  await emil.getByRole('table').getByText('nicht mehr nötig').first().waitFor();
  await emil.close();
});

for (const theme of ['light', 'dark'] as const)
  test(`their pages are accessible and fit a phone, ${theme}`, async () => {
    const { number } = await send();
    await workOff(stand);
    const anna = await open({ person: 'anna', theme });
    await ask(anna, number);
    await anna.getByRole('button', { name: 'Fragen' }).click();
    await anna.getByText('Die Stelle wird gefragt.').waitFor();
    await workOff(stand);
    const look = async (page: Page, place: string) => {
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.goto(place);
      await checkAccessible(page);
      await checkFits(page);
      await page.setViewportSize({ width: 320, height: 740 });
      await checkFits(page);
    };
    await look(anna, `/eingang/${number}/stellungnahmen`);
    await anna.close();
    const emil = await open({ person: 'emil', theme });
    for (const place of ['/stellungnahmen', '/eingang/stellen', '/eingang']) await look(emil, place);
    await emil.goto('/stellungnahmen');
    await emil.getByRole('table').getByRole('link').first().click();
    await emil.getByRole('button', { name: 'Stellungnahme abgeben' }).waitFor();
    await look(emil, emil.url());
    await emil.close();
  });
