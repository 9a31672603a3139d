import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { checkAccessible, checkFits, openBrowser } from '../browser.ts';
import { settleBuilding } from '../building.ts';
import { startClamd } from '../clamd.ts';
import { workOff } from '../queue.ts';

/**
 * A carport: large plans that a real scanner looks at, statements of two other authorities with documents, the decision; and Celik, who has
 * no account, sees each step of it.
 */

const roomy = ['AlertEncrypted yes', 'AlertExceedsMax yes', 'StreamMaxLength 64M', 'MaxScanSize 64M', 'MaxFileSize 64M'];
const clamd = await startClamd(roomy);
const { stand, people, open } = await openBrowser({ settings: { RENNSTEIG_CLAMD: clamd.address } });
const building = await settleBuilding(people);

const pdf = (name: string, size: number) => ({
  name,
  mimeType: 'application/pdf',
  buffer: Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(size)]),
});
const plan = pdf('Lageplan.pdf', 12_000_000);
const go = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

/** Each authority says itself which of its offices can be asked. */
before(async () => {
  await workOff(stand);
  for (const [person, office] of [
    ['emil', 'Bauamt'],
    ['paula', 'Wasserbehörde'],
  ] as const) {
    const page = await open({ person, script: false });
    await page.goto('/eingang/stellen');
    await page.getByLabel(office).check();
    await go(page, 'Speichern');
    await page.getByText('Gespeichert.').waitFor();
    await page.close();
  }
  await workOff(stand);
});

async function attach(page: Page, label: string, file: ReturnType<typeof pdf>): Promise<void> {
  await page.getByLabel(label, { exact: true }).setInputFiles(file);
  await page.getByText(`${file.name} (`).waitFor();
}

/** From the plans to the sent application; the address of its status. */
async function send(page: Page): Promise<string> {
  await attach(page, 'Lageplan und Liegenschaftskarte', plan);
  await go(page, 'Weiter');
  await attach(page, 'Grundrisse, Schnitte, Ansichten', pdf('Ansichten.pdf', 40_000));
  await go(page, 'Weiter');
  await attach(page, 'Baubeschreibung', pdf('Beschreibung.pdf', 20_000));
  await go(page, 'Weiter');
  await page.getByLabel('Ja, alle').check();
  await go(page, 'Weiter');
  await page.getByRole('heading', { name: 'Ihre Angaben prüfen' }).waitFor();
  await page.getByLabel('Das bestätige ich.').check();
  stand.clock.advance(10);
  await go(page, 'Absenden');
  await page.getByText('Eingegangen', { exact: true }).waitFor();
  return page.url();
}

async function ask(anna: Page, office: string, question: string): Promise<void> {
  await anna.getByLabel('Stelle', { exact: true }).selectOption({ label: office });
  await anna.getByLabel('Frage', { exact: true }).fill(question);
  await anna.getByLabel('Lageplan.pdf').check();
  await go(anna, 'Fragen');
  await anna.getByText('Die Stelle wird gefragt.').waitFor();
}

/** The office that was asked reads the plan as it was sent, and answers with a document. */
async function state(person: 'emil' | 'paula', question: string, answer: string): Promise<void> {
  const page = await open({ person, script: false });
  await page.goto('/stellungnahmen');
  await page.getByRole('table').getByRole('link').first().click();
  await page.getByText(question).waitFor();
  assert.equal(await page.getByText('Çetin').count(), 0);
  const address = await page.getByRole('link', { name: 'Lageplan.pdf' }).getAttribute('href');
  const read = await page.context().request.get(new URL(address ?? '', page.url()).href);
  assert.ok((await read.body()).equals(plan.buffer), 'the plan is the one that was sent');
  await page.getByLabel('Text').fill(answer);
  await page.getByLabel('Anlagen').setInputFiles(pdf(`Anlage-${person}.pdf`, 30_000));
  await go(page, 'Stellungnahme abgeben');
  await page.getByText('Ihre Stellungnahme ist auf dem Weg.').waitFor();
  await page.close();
}

test('from the plans to the permit, by way of two other authorities', async () => {
  const celik = await open();
  const pieces: string[] = [];
  celik.on('request', (request) => {
    if (request.method() === 'PATCH' && request.url().includes('/antrag/anhang/')) pieces.push(request.url());
  });
  await celik.goto(`/antrag/baugenehmigung/${await building.reachPlans()}/sitePlan`);
  const status = await send(celik);
  assert.ok(pieces.length >= 3, 'each file came resumably');
  await workOff(stand);
  const number = await building.newest();

  const anna = await open({ person: 'anna', script: false });
  await anna.goto(`/eingang/${number}`);
  assert.equal(await anna.getByText('geprüft', { exact: true }).count(), 3);
  await go(anna, 'Übernehmen');
  await anna.getByText('Sie bearbeiten diesen Antrag jetzt.').waitFor();
  await anna.goto(`/eingang/${number}/stellungnahmen`);
  await ask(anna, 'Gemeinde Rhönblick: Bauamt', 'Stört der Carport den Weg?');
  const wide = await anna.getByLabel('Stelle', { exact: true }).locator('option').allTextContents();
  const water = wide.find((name) => name.endsWith('Wasserbehörde')) ?? '';
  await ask(anna, water, 'Liegt er im Überschwemmungsgebiet?');
  await workOff(stand);
  await celik.reload();
  assert.equal(await celik.getByText('Andere Stelle um Stellungnahme gebeten').count(), 2);
  await celik.getByText(water).first().waitFor();

  await state('emil', 'Stört der Carport den Weg?', 'Der Weg bleibt frei.');
  await state('paula', 'Liegt er im Überschwemmungsgebiet?', 'Er liegt knapp außerhalb.');
  await workOff(stand);
  await anna.goto(`/eingang/${number}/stellungnahmen`);
  for (const text of ['Der Weg bleibt frei.', 'Er liegt knapp außerhalb.']) await anna.getByText(text).waitFor();
  for (const name of ['Anlage-emil.pdf', 'Anlage-paula.pdf']) await anna.getByRole('link', { name }).waitFor();

  await anna.goto(`/eingang/${number}/entscheiden`);
  await anna.getByLabel('entsprochen').check();
  assert.equal(await anna.getByLabel('zurückgezogen').count(), 0);
  await anna.getByLabel('Text', { exact: true }).fill('Sie dürfen den Carport bauen.');
  await go(anna, 'Entscheiden');
  await anna.getByText('Die Entscheidung ist bekannt gegeben.').waitFor();
  await anna.close();

  await celik.goto(status);
  await celik.getByText('Sie dürfen den Carport bauen.').first().waitFor();
  assert.equal(await celik.getByText('Stellungnahme eingegangen').count(), 2);
  // Which offices were asked she sees; what they have written is the office's.
  assert.equal(await celik.getByText('Der Weg bleibt frei.').count(), 0);
  await checkAccessible(celik);
  await celik.setViewportSize({ width: 320, height: 740 });
  await checkFits(celik);
  await celik.close();
});
