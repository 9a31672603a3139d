import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { checkAccessible, checkFits, openBrowser, tabTo } from '../browser.ts';
import { settleOffice } from '../office.ts';
import { workOff } from '../queue.ts';

/** What arrived for an office, from the tray to the decision: with and without script, with the keyboard, on a phone. */

const { stand, people, open } = await openBrowser();
const { send, sendFeast } = await settleOffice(stand, people);
await workOff(stand);

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();

/** A new application in the tray. */
async function arrived(): Promise<string> {
  const { number } = await send();
  await workOff(stand);
  return `/eingang/${number}`;
}

test('Anna takes an application, asks back and decides, without script', async () => {
  const path = await arrived();
  const anna = await open({ person: 'anna', script: false });
  await anna.goto('/');
  await anna.getByRole('link', { name: 'Anträge noch bei niemandem' }).click();
  await anna.getByRole('link', { name: 'Hund' }).first().click();
  await anna.goto(path);
  await anna.getByText('Rex').waitFor();
  await anna.getByRole('term').filter({ hasText: 'Antrag von' }).waitFor();
  await anna.getByRole('cell', { name: 'Antragstellende Person' }).first().waitFor();
  await anna.getByRole('button', { name: 'Übernehmen' }).click();
  await anna.getByText('Sie bearbeiten diesen Antrag jetzt.').waitFor();
  await anna.goto('/');
  await anna.getByRole('link', { name: 'Anträge bei mir' }).waitFor();
  await anna.goto(path);
  await anna.getByRole('link', { name: 'Nachfragen' }).click();
  await heading(anna, 'Nachfragen');
  await anna.getByRole('button', { name: 'Nachfragen' }).click();
  await anna.getByRole('alert').waitFor();
  await anna.getByLabel('Text').fill('Wie lautet das Kassenzeichen?');
  await anna.getByRole('button', { name: 'Nachfragen' }).click();
  await anna.getByText('Die Nachfrage ist gestellt.').waitFor();
  await anna.getByRole('link', { name: 'Entscheiden' }).click();
  await anna.getByLabel('entsprochen').check();
  await anna.getByLabel('Text').fill('Rex ist abgemeldet.');
  await anna.getByRole('button', { name: 'Entscheiden' }).click();
  await anna.getByText('Die Entscheidung ist bekannt gegeben.').waitFor();
  await anna.getByRole('button', { name: 'Abschließen' }).click();
  await anna.getByText('Der Antrag ist abgeschlossen.').waitFor();
  await anna.close();
});

test('with the keyboard alone it is handed to Bernd, whose bell rings', async () => {
  const path = await arrived();
  const anna = await open({ person: 'anna' });
  await anna.goto(path);
  await tabTo(anna, 'link', 'Übergeben');
  await anna.keyboard.press('Enter');
  await heading(anna, 'Übergeben');
  // Nobody is chosen before somebody chooses them.
  assert.equal(await anna.getByLabel('An wen').inputValue(), '');
  await tabTo(anna, 'button', 'Übergeben');
  await anna.keyboard.press('Enter');
  await anna.getByRole('alert').getByText('Bitte wählen Sie jemanden aus Ihrer Stelle.').waitFor();
  await anna.getByLabel('An wen').selectOption({ label: 'Bernd Böhme' });
  await tabTo(anna, 'button', 'Übergeben');
  await anna.keyboard.press('Enter');
  await anna.getByText('Der Antrag ist an Bernd Böhme übergeben.').waitFor();
  await anna.close();
  const bernd = await open({ person: 'bernd' });
  await bernd.goto('/mitteilungen');
  await bernd.getByText('wurde Ihnen übergeben').first().waitFor();
  await bernd.close();
});

test('Anna sets a fee that the form left to her; whoever has applied sees it and can pay, without script', async () => {
  const { number, token } = await sendFeast();
  await workOff(stand);
  const anna = await open({ person: 'anna', script: false });
  await anna.goto(`/eingang/${number}`);
  await anna.getByText('noch festzusetzen').waitFor();
  await anna.getByRole('button', { name: 'Übernehmen' }).click();
  await anna.getByRole('link', { name: 'Entscheiden' }).click();
  await anna.getByText('Die Gebühr ist noch nicht festgesetzt.').waitFor();
  await anna.goBack();
  await anna.getByRole('link', { name: 'Gebühr festsetzen' }).click();
  await anna.getByLabel('Wofür', { exact: true }).fill('Erlaubnis');
  await anna.getByLabel('Betrag in Euro', { exact: true }).fill('viel');
  await anna.getByRole('button', { name: 'Gebühr festsetzen' }).click();
  await anna.getByRole('alert').waitFor();
  await anna.getByLabel('Betrag in Euro', { exact: true }).fill('45,50');
  await anna.getByRole('button', { name: 'Gebühr festsetzen' }).click();
  await anna.getByText('Die Gebühr ist festgesetzt.').waitFor();
  await anna.getByText('45,50').first().waitFor();
  assert.equal(await anna.getByRole('link', { name: 'Gebühr festsetzen' }).count(), 0);
  await anna.close();
  const celik = await open({ script: false });
  await celik.goto(`/antrag/status/${token}`);
  await celik.getByText('45,50').first().waitFor();
  await celik.getByRole('button', { name: /bezahlen/i }).click();
  await celik.waitForURL(/\/bezahlung\//);
  await celik.close();
});

test('two windows decide: the second one reads that it is decided', async () => {
  const path = await arrived();
  const one = await open({ person: 'anna', script: false });
  await one.goto(path);
  await one.getByRole('button', { name: 'Übernehmen' }).click();
  await one.getByText('Sie bearbeiten diesen Antrag jetzt.').waitFor();
  const two = await open({ person: 'anna', script: false });
  for (const page of [one, two]) {
    await page.goto(`${path}/entscheiden`);
    await page.getByLabel('entsprochen').check();
    await page.getByLabel('Text', { exact: true }).fill('Ja.');
  }
  await one.getByRole('button', { name: 'Entscheiden' }).click();
  await one.getByText('Die Entscheidung ist bekannt gegeben.').waitFor();
  await two.getByRole('button', { name: 'Entscheiden' }).click();
  await two.getByText('Über den Antrag ist inzwischen entschieden.').waitFor();
  assert.equal(await two.getByRole('button', { name: 'Entscheiden' }).count(), 0);
  await Promise.all([one.close(), two.close()]);
});

test('one fee for several applications in one step, without script: what became of each stands there', async () => {
  const anna = await open({ person: 'anna', script: false });
  const references = [];
  for (let count = 0; count < 2; count += 1) {
    const { number, reference } = await sendFeast();
    references.push(reference);
    await workOff(stand);
    await anna.goto(`/eingang/${number}`);
    await anna.getByRole('button', { name: 'Übernehmen' }).click();
    await anna.getByText('Sie bearbeiten diesen Antrag jetzt.').waitFor();
  }
  await anna.goto('/eingang');
  await anna.getByRole('link', { name: 'Gebühren' }).click();
  await heading(anna, 'Gebühren festsetzen');
  for (const reference of references) await anna.getByLabel(`${reference} auswählen`).check();
  await anna.getByLabel('Wofür').first().fill('Erlaubnis');
  await anna.getByRole('button', { name: 'Gebühr festsetzen' }).click();
  await anna.getByRole('alert').waitFor();
  for (const reference of references) assert.ok(await anna.getByLabel(`${reference} auswählen`).isVisible());
  for (const reference of references) await anna.getByLabel(`${reference} auswählen`).check();
  await anna.getByLabel('Wofür').first().fill('Erlaubnis');
  await anna.getByLabel('Betrag in Euro').first().fill('45,50');
  await anna.getByRole('button', { name: 'Gebühr festsetzen' }).click();
  await anna.getByText('Gebühr ist festgesetzt: 2 von 2 Anträgen').waitFor();
  await anna.getByText(`Festgesetzt: ${references.join(', ')}`).waitFor();
  for (const reference of references) assert.equal(await anna.getByLabel(`${reference} auswählen`).count(), 0);
  await anna.close();
});

/** Where the focus is now: what a screen reader says, and where the keyboard goes on. */
async function hears(page: Page, verdict: RegExp): Promise<void> {
  const said = page.locator('.alert:focus');
  await said.waitFor();
  assert.match(await said.innerText(), verdict);
}

test('of several fees one was set elsewhere meanwhile: the verdict is heard, and leads to what did not work', async () => {
  const anna = await open({ person: 'anna' });
  const [first, second] = [await sendFeast(), await sendFeast()];
  await workOff(stand);
  for (const { number } of [first, second]) {
    await anna.goto(`/eingang/${number}`);
    await anna.getByRole('button', { name: 'Übernehmen' }).click();
    await anna.getByText('Sie bearbeiten diesen Antrag jetzt.').waitFor();
  }
  await anna.goto('/eingang/gebuehren');
  for (const { reference } of [first, second]) await anna.getByLabel(`${reference} auswählen`).check();
  await anna.getByLabel('Wofür').first().fill('Erlaubnis');
  await anna.getByLabel('Betrag in Euro').first().fill('45,50');
  const other = await open({ person: 'anna' });
  await other.goto(`/eingang/${first.number}/gebuehr`);
  await other.getByLabel('Wofür').first().fill('Erlaubnis');
  await other.getByLabel('Betrag in Euro').first().fill('40');
  await other.getByRole('button', { name: 'Gebühr festsetzen' }).click();
  await other.getByText('Die Gebühr ist festgesetzt.').waitFor();
  await other.close();
  await anna.getByRole('button', { name: 'Gebühr festsetzen' }).click();
  await anna.getByText('Gebühr ist festgesetzt: 1 von 2 Anträgen').waitFor();
  await hears(anna, /1 von 2/);
  await checkAccessible(anna);
  await anna.keyboard.press('Tab');
  assert.equal(await anna.locator('a:focus').innerText(), first.reference);
  await anna.keyboard.press('Enter');
  await anna.waitForURL(new RegExp(`/eingang/${first.number}$`));
  await anna.close();
});

test('for Emil, and for Dora who administers, it does not exist', async () => {
  const path = await arrived();
  for (const person of ['emil', 'dora'] as const) {
    const page = await open({ person, script: false });
    const answer = await page.goto(path);
    assert.equal(answer?.status(), 404, person);
    await page.goto('/eingang');
    await page.getByText('Hier liegt nichts').waitFor();
    await page.close();
  }
});

for (const theme of ['light', 'dark'] as const)
  test(`every page is accessible and fits a phone, ${theme}`, async () => {
    const path = await arrived();
    const anna = await open({ person: 'anna', theme });
    await anna.goto(path);
    await anna.getByRole('button', { name: 'Übernehmen' }).click();
    await anna.getByText('Sie bearbeiten diesen Antrag jetzt.').waitFor();
    const acts = ['uebergeben', 'nachfragen', 'entscheiden'].map((act) => `${path}/${act}`);
    const { number } = await sendFeast();
    await workOff(stand);
    await anna.goto(`/eingang/${number}`);
    await anna.getByRole('button', { name: 'Übernehmen' }).click();
    await anna.getByText('Sie bearbeiten diesen Antrag jetzt.').waitFor();
    acts.push(`/eingang/${number}/gebuehr`);
    const places = ['/eingang', '/eingang?liste=overdue', '/eingang/zahlen', '/eingang/vertretung', '/eingang/gebuehren'];
    for (const place of [...places, path, ...acts]) {
      await anna.setViewportSize({ width: 1280, height: 800 });
      await anna.goto(place);
      await checkAccessible(anna);
      await anna.setViewportSize({ width: 360, height: 740 });
      await checkFits(anna);
    }
    await anna.close();
  });
