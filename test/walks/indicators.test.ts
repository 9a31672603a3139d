import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessible, checkFits, openBrowser } from '../browser.ts';
import { fillNumbers } from '../numbers.ts';
import { settleOffice } from '../office.ts';
import { workOff } from '../queue.ts';

/** How the services are used: the question at the end of an application, and the page with the numbers. */

const { stand, people, open } = await openBrowser();
const { send, town } = await settleOffice(stand, people);
await fillNumbers(town);
await workOff(stand);

test('whoever has sent an application is asked once how it was, without script', async () => {
  const { token } = await send();
  const celik = await open({ script: false });
  await celik.goto(`/antrag/status/${token}`);
  await celik.getByRole('link', { name: 'Wie zufrieden sind Sie?' }).click();
  await celik.getByRole('button', { name: 'Absenden' }).click();
  await celik.getByRole('alert').waitFor();
  await celik.getByLabel('zufrieden', { exact: true }).check();
  await celik.getByLabel('Was können wir besser machen?').fill('<b>Kürzer</b>');
  await celik.getByRole('button', { name: 'Absenden' }).click();
  await celik.getByText('Danke für Ihre Rückmeldung.').waitFor();
  await celik.goto(`/rueckmeldung/${token}`);
  assert.equal(await celik.getByRole('button', { name: 'Absenden' }).count(), 0);
  await celik.getByRole('link', { name: 'Zurück zum Antrag' }).click();
  await celik.getByText('Verlauf').first().waitFor();
  await celik.close();
});

test('Dora reads the numbers of her town, and what people wrote; Paula those of all', async () => {
  const dora = await open({ person: 'dora', script: false });
  await dora.goto('/kennzahlen');
  const use = dora.getByRole('table', { name: 'Nutzung' });
  await use.getByRole('row', { name: /Hund anmelden und Hundesteuer/ }).waitFor();
  await dora.getByRole('img', { name: /Begonnene und abgeschickte Anträge/ }).waitFor();
  await dora.getByLabel('Zeitraum').selectOption({ label: 'September 2026' });
  await dora.getByLabel('Leistung', { exact: true }).selectOption({ label: 'Hund anmelden und Hundesteuer' });
  await dora.getByRole('button', { name: 'Anzeigen' }).click();
  await dora.waitForURL(/zeitraum=2026-09/);
  const row = dora.getByRole('table', { name: 'Nutzung' }).getByRole('row', { name: /Hund anmelden/ });
  assert.match((await row.innerText()).replaceAll(/\s+/g, ' '), /120 40 35/);
  await dora.getByRole('link', { name: 'Rückmeldungen' }).click();
  await dora.getByText('<b>Kürzer</b>').waitFor();
  await dora.getByRole('button', { name: /Entfernen/ }).click();
  await dora.getByText('Die Rückmeldung ist entfernt.').waitFor();
  await dora.close();
  const paula = await open({ person: 'paula', script: false });
  await paula.goto('/kennzahlen');
  await paula
    .getByRole('table', { name: 'Nach Behörden' })
    .getByRole('row', { name: /Stadt Ellrich/ })
    .waitFor();
  await paula.close();
  const english = await open({ person: 'dora', locale: 'en', script: false });
  await english.goto('/kennzahlen');
  await english.getByText('below 5').first().waitFor();
  await english.close();
});

for (const theme of ['light', 'dark'] as const)
  test(`its pages are accessible and fit a phone, ${theme}`, async () => {
    const { token } = await send();
    const paula = await open({ person: 'paula', theme });
    for (const place of ['/kennzahlen', '/kennzahlen/rueckmeldungen', `/rueckmeldung/${token}`]) {
      await paula.setViewportSize({ width: 1280, height: 800 });
      await paula.goto(place);
      await checkAccessible(paula);
      await checkFits(paula);
      await paula.setViewportSize({ width: 320, height: 740 });
      await checkFits(paula);
    }
    await paula.close();
  });
