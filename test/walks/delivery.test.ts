import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessible, checkFits, openBrowser } from '../browser.ts';
import { settleOffice } from '../office.ts';
import { workOff } from '../queue.ts';

/**
 * Applications on their way: an administrator makes a destination and sets up where a form goes, the house delivers over HTTP (here to
 * itself), and the office sees how it stands. Without script.
 */

const { stand, people, url, open } = await openBrowser({ settings: { RENNSTEIG_DELIVERY_HOSTS: '127.0.0.1' } });
const { send } = await settleOffice(stand, people);
await workOff(stand);
const service = `${url}/zustelldienst/${people.ellrich}`;

test('Dora sets up both ends; what Celik sends is accepted, and Anna sees it', async () => {
  const dora = await open({ person: 'dora', script: false });
  await dora.goto('/verwaltung/zustellung');
  await dora.getByLabel('Name').fill('Steueramt');
  await dora.getByRole('button', { name: 'Eigenen Zustellpunkt anlegen' }).click();
  await dora.getByRole('heading', { level: 1, name: 'Steueramt' }).waitFor();
  const inbox = dora.url();
  const destination = await dora.getByLabel('Kennung des Zustellpunkts').inputValue();
  const encryptionKey = await dora.getByLabel('Öffentlicher Schlüssel für den Inhalt (JWK)').inputValue();
  const eventKey = await dora.getByLabel('Öffentlicher Schlüssel für die Antwort (JWK)').inputValue();
  await dora.getByLabel('Absender', { exact: true }).fill('Wir selbst');
  await dora.getByRole('button', { name: 'Absender zulassen' }).click();
  const client = await dora.getByLabel('Kennung des Absenders').inputValue();
  const secret = await dora.getByLabel('Geheimnis des Absenders').inputValue();
  await dora.goto('/verwaltung/zustellung');
  await dora.getByRole('link', { name: 'Zustellpunkt einrichten' }).click();
  await dora.getByLabel('Formular').selectOption('hundesteuer');
  await dora.getByLabel('Fachverfahren').fill('Hunde-Register');
  await dora.getByLabel('Adresse des Zustelldienstes').fill(service);
  await dora.getByLabel('Kennung des Zustellpunkts').fill(destination);
  await dora.getByLabel('Kennung Ihrer Behörde dort').fill(client);
  await dora.getByLabel('Geheimnis').fill(secret);
  await dora.getByLabel('Öffentlicher Schlüssel für den Inhalt (JWK)').fill(encryptionKey);
  await dora.getByLabel('Öffentlicher Schlüssel für die Antwort (JWK)').fill('kein Schlüssel');
  await dora.getByRole('button', { name: 'Speichern' }).click();
  await dora.getByRole('alert').waitFor();
  await dora.getByLabel('Geheimnis').fill(secret);
  await dora.getByLabel('Öffentlicher Schlüssel für die Antwort (JWK)').fill(eventKey);
  await dora.getByRole('button', { name: 'Speichern' }).click();
  await dora.getByText('Der Zustellpunkt ist gespeichert.').waitFor();
  await dora.getByRole('button', { name: 'Verbindung prüfen' }).click();
  await dora.getByText('Der Zustelldienst antwortet').waitFor();
  const { number } = await send();
  await workOff(stand);
  await dora.goto(inbox);
  await dora.getByRole('table', { name: 'Zuletzt eingegangen' }).getByText('angenommen').waitFor();
  await dora.close();
  const anna = await open({ person: 'anna', script: false });
  await anna.goto('/zustellungen');
  await anna.getByRole('link', { name: /Hund/ }).first().click();
  await anna.getByText('Übermittelt').first().waitFor();
  await anna.goto(`/eingang/${number}`);
  await anna.getByText('Weitergegeben an: Hunde-Register').waitFor();
  await anna.close();
});

for (const theme of ['light', 'dark'] as const)
  test(`the pages are accessible and fit a phone, ${theme}`, async () => {
    const dora = await open({ person: 'dora', theme });
    await dora.goto('/verwaltung/zustellung');
    const [out, into] = await Promise.all([
      dora.getByRole('link', { name: /Hund/ }).getAttribute('href'),
      dora.getByRole('link', { name: 'Steueramt' }).getAttribute('href'),
    ]);
    await dora.goto('/zustellungen');
    const one = await dora.getByRole('link', { name: /Hund/ }).first().getAttribute('href');
    for (const path of ['/verwaltung/zustellung', out, into, '/zustellungen', one]) {
      assert.ok(path);
      await dora.setViewportSize({ width: 1_280, height: 800 });
      await dora.goto(path);
      await checkAccessible(dora);
      await dora.setViewportSize({ width: 360, height: 740 });
      await checkFits(dora);
    }
    await dora.close();
  });
