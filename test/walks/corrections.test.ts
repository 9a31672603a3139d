import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { checkAccessible, checkFits, openBrowser } from '../browser.ts';
import { settleOffice } from '../office.ts';
import { workOff } from '../queue.ts';

/** Celik has sent the wrong plan: she takes it away and adds the right one. What was sent holds until the correction is sent. */

const { stand, people, open } = await openBrowser();
const { sendStreetFeast } = await settleOffice(stand, people);
before(() => workOff(stand));

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const names = ['Plan A.pdf', 'Plan B.pdf', 'Plan C.pdf'];

async function sent() {
  const { token, number } = await sendStreetFeast([
    { name: 'Plan A.pdf', text: 'a' },
    { name: 'Plan B.pdf', text: 'b' },
  ]);
  await workOff(stand);
  return { status: `/antrag/status/${token}`, form: `/antrag/veranstaltung-anzeigen/${token}`, number };
}

/** Takes plan A away and adds plan C. */
async function change(page: Page, { status, form }: Awaited<ReturnType<typeof sent>>, script: boolean): Promise<void> {
  await page.goto(status);
  await press(page, 'Angaben berichtigen');
  await page.getByRole('heading', { name: 'Ihre Berichtigung prüfen' }).waitFor();
  await page.goto(`${form}/road`);
  await press(page, 'Entfernen: Plan A.pdf');
  await page.getByRole('button', { name: 'Doch behalten: Plan A.pdf' }).waitFor();
  const plan = { name: 'Plan C.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\nc') };
  await page.getByLabel('Lageplan oder Streckenplan').setInputFiles(plan);
  if (!script) await press(page, 'Hochladen');
  await page.getByRole('button', { name: 'Entfernen: Plan C.pdf' }).waitFor();
  if (script) await checkAccessible(page);
  await page.goto(`${form}/pruefen`);
  await page.getByRole('heading', { name: 'Das ändert sich' }).waitFor();
  await page.getByLabel('Das bestätige ich.').check();
}

/** The files the office has, by their names. */
async function atOffice(number: number, act?: (anna: Page) => Promise<void>): Promise<string[]> {
  const anna = await open({ person: 'anna', script: false });
  await anna.goto(`/eingang/${number}`);
  await act?.(anna);
  const table = anna.getByRole('table', { name: 'Anlagen' });
  await table.waitFor();
  const counts = await Promise.all(names.map((name) => table.getByText(name).count()));
  await anna.close();
  return names.filter((_name, index) => counts[index] === 1);
}

for (const script of [true, false]) {
  const how = script ? 'with script' : 'without script';

  test(`a file is replaced before anybody works on it, ${how}`, async () => {
    const one = await sent();
    const page = await open({ script });
    await change(page, one, script);
    assert.deepEqual(await atOffice(one.number), ['Plan A.pdf', 'Plan B.pdf']);
    await press(page, 'Berichtigung absenden');
    await page.getByText('Ihre Berichtigung ist bei der Verwaltung.').waitFor();
    await page.setViewportSize({ width: 320, height: 740 });
    await checkFits(page);
    await page.close();
    await workOff(stand);
    assert.deepEqual(await atOffice(one.number), ['Plan B.pdf', 'Plan C.pdf']);
  });

  test(`the office has begun meanwhile: the new file reaches it and none goes, ${how}`, async () => {
    const one = await sent();
    const page = await open({ script });
    await change(page, one, script);
    await atOffice(one.number, async (anna) => {
      await press(anna, 'Übernehmen');
      await anna.getByText('Sie bearbeiten diesen Antrag jetzt.').waitFor();
    });
    await press(page, 'Berichtigung absenden');
    await page.getByText('Inzwischen hat die Bearbeitung begonnen.').waitFor();
    await page.close();
    await workOff(stand);
    assert.deepEqual(await atOffice(one.number), names);
  });
}
