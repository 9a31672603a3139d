import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bring, openPortal } from '../bring.ts';
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

/** Keys of 4,096 bits are looked for until they are found: a busy machine takes its time. */
const patience = 180_000;

test('Dora sets up both ends; what Celik sends is accepted, and Anna sees it', async () => {
  const dora = await open({ person: 'dora', script: false });
  dora.setDefaultTimeout(patience);
  await dora.goto('/verwaltung/zustellung');
  await dora.getByLabel('Name').fill('Steueramt');
  await dora.getByRole('button', { name: 'Eigenen Zustellpunkt anlegen' }).click();
  await dora.getByRole('heading', { level: 1, name: 'Steueramt' }).waitFor();
  const inbox = dora.url();
  // A sentence about a field calls it what the field is called here.
  await dora.getByLabel('Name', { exact: true }).fill('');
  await dora.getByRole('button', { name: 'Speichern' }).click();
  await dora.getByRole('alert').getByText('„Name“').waitFor();
  await dora.goto(inbox);
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
  await dora.getByRole('button', { name: 'Speichern' }).click();
  await dora.getByRole('alert').getByText('„Fachverfahren“').waitFor();
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

test('Dora makes a destination elsewhere, fetches from it, and the application is in the tray', async () => {
  const dora = await open({ person: 'dora', script: false });
  dora.setDefaultTimeout(patience);
  await dora.goto('/verwaltung/zustellung');
  await dora.getByLabel('Name').fill('Beim Land');
  await dora.getByLabel('Wo', { exact: true }).selectOption('foreign');
  await dora.getByRole('button', { name: 'Eigenen Zustellpunkt anlegen' }).click();
  await dora.getByRole('heading', { level: 1, name: 'Beim Land' }).waitFor();
  const ours = dora.url();
  const encryptionKey = await dora.getByLabel('Öffentlicher Schlüssel für den Inhalt (JWK)').inputValue();
  const eventKey = await dora.getByLabel('Öffentlicher Schlüssel für die Antwort (JWK)').inputValue();
  await dora.goto('/verwaltung/zustellung');
  await dora.getByRole('link', { name: 'Zustellpunkt für jemanden anlegen, der abholt' }).click();
  await dora.getByLabel('Name').fill('Für die Stadt');
  await dora.getByLabel('Öffentlicher Schlüssel für den Inhalt (JWK)').fill('kein Schlüssel');
  await dora.getByLabel('Öffentlicher Schlüssel für die Antwort (JWK)').fill(eventKey);
  await dora.getByRole('button', { name: 'Speichern' }).click();
  await dora.getByRole('alert').waitFor();
  await dora.getByLabel('Öffentlicher Schlüssel für den Inhalt (JWK)').fill(encryptionKey);
  await dora.getByRole('button', { name: 'Speichern' }).click();
  await dora.getByRole('heading', { level: 1, name: 'Für die Stadt' }).waitFor();
  const kept = dora.url();
  const destination = await dora.getByLabel('Kennung des Zustellpunkts').inputValue();
  await dora.getByLabel('Wer abholt', { exact: true }).fill('Stadt');
  await dora.getByRole('button', { name: 'Abholung zulassen' }).click();
  const fetching = {
    client: await dora.getByLabel('Kennung für die Abholung').inputValue(),
    secret: await dora.getByLabel('Geheimnis für die Abholung').inputValue(),
  };
  await dora.getByLabel('Absender', { exact: true }).fill('Portal');
  await dora.getByRole('button', { name: 'Absender zulassen' }).click();
  const client = await dora.getByLabel('Kennung des Absenders').inputValue();
  const secret = await dora.getByLabel('Geheimnis des Absenders').inputValue();
  await dora.goto(ours);
  await dora.getByLabel('Adresse des Zustelldienstes').fill(service);
  await dora.getByLabel('Kennung des Zustellpunkts').fill(destination);
  await dora.getByLabel('Kennung Ihrer Behörde dort').fill(fetching.client);
  await dora.getByLabel('Geheimnis').fill(fetching.secret);
  await dora.getByRole('button', { name: 'Zugang speichern' }).click();
  await dora.getByText('Der Zugang ist gespeichert.').waitFor();
  await dora.getByRole('button', { name: 'Verbindung prüfen' }).click();
  await dora.getByText('Der Zustelldienst antwortet').waitFor();
  // The service calls as soon as there is something new.
  await dora.getByRole('button', { name: 'Geheimnis erzeugen' }).click();
  const callSecret = await dora.getByLabel('Geheimnis für Benachrichtigungen').inputValue();
  const calls = new URL(new URL(await dora.getByLabel('Adresse für Benachrichtigungen').inputValue()).pathname, url).href;
  await dora.goto(kept);
  await dora.getByLabel('Adresse für Benachrichtigungen').fill('http://10.0.0.1/');
  await dora.getByLabel('Geheimnis für Benachrichtigungen').fill(callSecret);
  await dora.getByRole('button', { name: 'Benachrichtigung speichern' }).click();
  await dora.getByRole('alert').waitFor();
  await dora.getByLabel('Adresse für Benachrichtigungen').fill(calls);
  await dora.getByLabel('Geheimnis für Benachrichtigungen').fill(callSecret);
  await dora.getByRole('button', { name: 'Benachrichtigung speichern' }).click();
  await dora.getByText('Die Benachrichtigung ist gespeichert.').waitFor();
  await dora.goto(ours);
  await dora.getByRole('button', { name: 'Neues Geheimnis erzeugen' }).waitFor();
  const portal = await openPortal(service, { client, secret });
  await bring({ service: portal, inbox: destination, key: JSON.parse(encryptionKey) });
  await workOff(stand);
  await dora.goto(ours);
  await dora.getByRole('button', { name: 'Jetzt abholen' }).click();
  await dora.getByText('Es wird abgeholt.').waitFor();
  const latest = dora.getByRole('table', { name: 'Zuletzt eingegangen' });
  await latest.getByText('angenommen').waitFor();
  await latest.getByRole('link', { name: 'im Eingang' }).click();
  await dora.getByText('Rex').waitFor();
  await dora.goto(ours);
  await dora.getByRole('button', { name: 'Schlüssel erneuern' }).click();
  await dora.getByText('Die Schlüssel sind erneuert.').waitFor();
  await dora.getByLabel('Bisheriger Schlüssel für den Inhalt (JWK)').waitFor();
  await dora.close();
});

for (const theme of ['light', 'dark'] as const)
  test(`the pages are accessible and fit a phone, ${theme}`, async () => {
    const dora = await open({ person: 'dora', theme });
    await dora.goto('/verwaltung/zustellung');
    const hrefOf = (name: string) => dora.getByRole('link', { name, exact: true }).getAttribute('href');
    const [out, into, ours, kept] = await Promise.all([
      dora.getByRole('link', { name: /Hund/ }).getAttribute('href'),
      ...['Steueramt', 'Beim Land', 'Für die Stadt'].map(hrefOf),
    ]);
    await dora.goto('/zustellungen');
    const one = await dora.getByRole('link', { name: /Hund/ }).first().getAttribute('href');
    const fresh = '/verwaltung/zustellung/abholung';
    for (const path of ['/verwaltung/zustellung', out, into, ours, kept, fresh, '/zustellungen', one]) {
      assert.ok(path);
      await dora.setViewportSize({ width: 1_280, height: 800 });
      await dora.goto(path);
      await checkAccessible(dora);
      await dora.setViewportSize({ width: 320, height: 740 });
      await checkFits(dora);
    }
    await dora.close();
  });
