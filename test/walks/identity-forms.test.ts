import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { checkAccessible, checkFits, openBrowser } from '../browser.ts';
import { offerForms, settleForms } from '../forms.ts';
import { openIdentity } from '../identity.ts';
import { workOff } from '../queue.ts';

/** Martha asks what the register holds about her: the form asks who she is, when it has to and not before. */

const { identity, options, setClock } = await openIdentity();
const { stand, people, open } = await openBrowser(options);
setClock(() => stand.clock.now());
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const next = (page: Page) => press(page, 'Weiter');

before(async () => {
  await settleForms(people);
  await offerForms(people.house, people.ellrich, { forms: ['eigene-meldedaten'] });
});

async function start(page: Page): Promise<void> {
  await page.goto('/antrag/eigene-meldedaten?ort=16062005');
  await page.getByText('§ 10 Absatz 1 BMG').waitFor();
  await press(page, 'Antrag beginnen');
  await page.getByLabel('alle gespeicherten Daten').check();
  await next(page);
  await heading(page, 'Zeigen, wer Sie sind');
}

async function show(page: Page, { script, sign = 'Anmelden' }: { script: boolean; sign?: string }): Promise<void> {
  await page.getByRole('link', { name: 'Weiter zu BundID (Übung)' }).click();
  await heading(page, 'BundID (Übung)');
  await page.getByLabel('Martha Fuchs, Ellrich').check();
  await press(page, sign);
  if (!script) await press(page, 'Zurück zur Verwaltung');
}

for (const script of [false, true]) {
  test(`Martha shows who she is, finds it filled in, and sends it, ${script ? 'with' : 'without'} script`, async () => {
    const page = await open({ script });
    await start(page);
    await press(page, 'Mit BundID (Übung) ausweisen');
    await heading(page, 'Weiter zu BundID (Übung)');
    // She changes her mind, comes back, and her answer is still there.
    await show(page, { script, sign: 'Abbrechen' });
    await page.getByText('wurde abgebrochen').waitFor();
    await page.getByText('Ihre Angaben sind gespeichert').waitFor();
    await page.getByRole('link', { name: 'Zurück', exact: true }).click();
    await heading(page, 'Zeigen, wer Sie sind');
    await press(page, 'Mit BundID (Übung) ausweisen');
    await show(page, { script });
    await heading(page, 'Wie heißen Sie?');
    assert.equal(await page.getByLabel('Vorname').inputValue(), 'Martha');
    assert.equal(await page.getByLabel('Geburtsdatum').inputValue(), '12.11.1948');
    await page.getByText('bestätigt: Vorname, Nachname, Geburtsdatum').waitFor();
    await next(page);
    assert.equal(await page.getByLabel('Hausnummer').inputValue(), '17 a');
    await next(page);
    await next(page);
    await heading(page, 'Ihre Angaben prüfen');
    await page.getByText('bestätigt: Vorname, Nachname, Geburtsdatum, Anschrift').waitFor();
    if (script) await checkAccessible(page);
    stand.clock.advance(10);
    await page.getByLabel('Das bestätige ich.').check();
    await press(page, 'Absenden');
    await page.getByText('Eingegangen', { exact: true }).waitFor();
    await page.close();
  });
}

test('the office reads with what it was made, and by which law', async () => {
  await workOff(stand);
  const page = await open({ person: 'dora' });
  await page.goto('/eingang');
  await page
    .getByRole('link', { name: /Auskunft über die eigenen Meldedaten|EIG-/ })
    .first()
    .click();
  await page.getByText(/BundID \(Übung\), Vertrauensniveau substanziell; bestätigt: Vorname/).waitFor();
  await page
    .getByText(/§ 10 Absatz 1 BMG/)
    .first()
    .waitFor();
  await page.close();
});

test('a wrong answer leads back to the draft, where nothing is lost', async () => {
  const page = await open({ script: false });
  await start(page);
  const draft = page.url();
  await press(page, 'Mit BundID (Übung) ausweisen');
  identity.failNext('wrappedInside');
  await show(page, { script: false });
  await page.getByText('war nicht in Ordnung').waitFor();
  await page.getByRole('link', { name: 'Zurück', exact: true }).click();
  assert.equal(page.url(), draft);
  await page.goto(draft.replace('ausweisen', 'what'));
  assert.equal(await page.getByLabel('alle gespeicherten Daten').isChecked(), true);
  await page.goto(draft.replace('ausweisen', 'person'));
  await heading(page, 'Zeigen, wer Sie sind');
  await page.close();
});

test('the page is accessible and fits a phone, light and dark', async () => {
  for (const theme of ['light', 'dark'] as const) {
    const page = await open({ theme, size: [320, 640] });
    await start(page);
    await checkAccessible(page);
    await checkFits(page);
    await page.close();
  }
});
