import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { checkAccessible, checkFits, openBrowser } from '../browser.ts';
import { eicar, startClamd } from '../clamd.ts';
import { reachProof, settleForms } from '../forms.ts';
import { workOff } from '../queue.ts';

/** Celik sends her papers over a bad line: what has arrived stays, it goes on by itself, and she sees what the scanner said. */

const clamd = await startClamd();
const { stand, people, open } = await openBrowser({ settings: { RENNSTEIG_CLAMD: clamd.address } });
const computer = await mkdtemp(join(tmpdir(), 'rennsteig-test-'));
after(() => rm(computer, { recursive: true, force: true }));

const pdf = (size: number) => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(size)]);
const large = join(computer, 'Bescheid.pdf');
const small = join(computer, 'Ausweis.pdf');
const hostile = join(computer, 'Rechnung.pdf');
before(async () => {
  await settleForms(people);
  await writeFile(large, pdf(7_000_000));
  await writeFile(small, pdf(20_000));
  await writeFile(hostile, Buffer.concat([Buffer.from('%PDF-1.7\n'), eicar]));
});

const input = (page: Page) => page.getByLabel('Nachweis');
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

async function openProof(look: Parameters<typeof open>[0] = {}): Promise<Page> {
  const token = await reachProof(people);
  const page = await open(look);
  await page.goto(`/antrag/hundesteuer/${token}/proof`);
  await page.getByRole('heading', { level: 1, name: /Nachweis/ }).waitFor();
  return page;
}

/** The line to the house: how many bytes come through in a second (-1: as many as they like), and cutting it. */
async function takeLine(page: Page) {
  const session = await page.context().newCDPSession(page);
  const set = (offline: boolean, uploadThroughput: number) =>
    session.send('Network.emulateNetworkConditions', { offline, uploadThroughput, latency: 0, downloadThroughput: -1 });
  await session.send('Network.enable');
  return { slow: () => set(false, 2 ** 20), cut: () => set(true, -1), mend: () => set(false, -1) };
}

/** Where the pieces began, as the requests say it. */
function watchOffsets(page: Page): number[] {
  const offsets: number[] = [];
  page.on('request', (request) => {
    const offset = request.headers()['upload-offset'];
    if (request.method() === 'PATCH' && offset !== undefined) offsets.push(Number(offset));
  });
  return offsets;
}

test('the line breaks in the middle: it goes on by itself from there, and the page goes on when the file is here', async () => {
  const page = await openProof();
  const line = await takeLine(page);
  const offsets = watchOffsets(page);
  await line.slow();
  await input(page).setInputFiles(large);
  await page.getByText(/^[3-6](,\d)?\sMB von 6,7\sMB sind da$/).waitFor();
  await line.cut();
  await page.locator('.upload').getByText('Keine Verbindung.').waitFor();
  await button(page, /^Weiter/).click();
  await page.getByText('Es geht weiter, sobald alle Dateien da sind.').first().waitFor();
  await line.mend();
  await page.getByRole('heading', { name: 'Wie heißen Sie?' }).waitFor();
  assert.equal(offsets[0], 0);
  assert.ok((offsets.at(-1) ?? 0) >= 2_000_000 && offsets.filter((offset) => offset === 0).length === 1, offsets.join());
  await page.goBack();
  await page.getByText(/Bescheid\.pdf \(6,7\sMB\) – wird auf Schadsoftware geprüft/).waitFor();
  await page.close();
});

test('the page is loaded anew: what has arrived is named, the same file goes on, another one begins', async () => {
  const page = await openProof();
  const line = await takeLine(page);
  await line.slow();
  await input(page).setInputFiles(large);
  await page.getByText(/^[3-6](,\d)?\sMB von 6,7\sMB sind da$/).waitFor();
  await button(page, 'Anhalten: Bescheid.pdf').click();
  await page
    .locator('.upload')
    .getByText(/^angehalten; /)
    .waitFor();
  await line.mend();
  await page.reload();
  await page.getByText(/Bescheid\.pdf: Noch nicht ganz da: [2-6](,\d)?\sMB von 6,7\sMB\./).waitFor();
  await checkAccessible(page);
  const offsets = watchOffsets(page);
  await input(page).setInputFiles(large);
  await page.getByText(/Bescheid\.pdf \(6,7\sMB\)/).waitFor();
  assert.ok((offsets[0] ?? 0) >= 2_000_000, offsets.join());
  assert.equal(await page.getByText('Noch nicht ganz da').count(), 0);
  await page.close();
});

test('several at once, one of them paused, continued and cancelled, one of a kind that is not taken, one hostile', async () => {
  const page = await openProof();
  const line = await takeLine(page);
  await line.slow();
  await input(page).setInputFiles([large, hostile]);
  await page.getByText(/MB von 6,7\sMB sind da$/).waitFor();
  await button(page, 'Anhalten: Bescheid.pdf').click();
  await page.getByText('Rechnung.pdf (').waitFor();
  await button(page, 'Fortsetzen: Bescheid.pdf').click();
  await page.getByText(/MB von 6,7\sMB sind da$/).waitFor();
  const forgotten = page.waitForResponse((answer) => answer.request().method() === 'DELETE');
  await button(page, 'Abbrechen: Bescheid.pdf').click();
  await page.locator('.upload').waitFor({ state: 'detached' });
  await page.getByText('Bescheid.pdf: abgebrochen').waitFor({ state: 'attached' });
  await line.mend();
  await forgotten;
  await workOff(stand);
  await page.getByText('Schadsoftware gefunden').waitFor();
  await button(page, 'Entfernen: Rechnung.pdf').click();
  await page.getByText('Rechnung.pdf (').waitFor({ state: 'detached' });
  assert.equal(await page.getByText('Noch nicht ganz da').count(), 0);
  const text = join(computer, 'Notiz.txt');
  await writeFile(text, 'x'.repeat(200));
  await input(page).setInputFiles(text);
  await page
    .locator('.upload')
    .getByText(/Notiz\.txt/)
    .last()
    .waitFor();
  await button(page, 'Fortsetzen: Notiz.txt').waitFor();
  await page.close();
});

test('without script the form takes the file as before, and what broke off elsewhere can be cancelled', async () => {
  const page = await openProof();
  const line = await takeLine(page);
  await line.slow();
  await input(page).setInputFiles(large);
  await page.getByText(/^[3-6](,\d)?\sMB von 6,7\sMB sind da$/).waitFor();
  await button(page, 'Anhalten: Bescheid.pdf').click();
  await page
    .locator('.upload')
    .getByText(/^angehalten; /)
    .waitFor();
  const plain = await open({ script: false });
  await plain.goto(page.url());
  await page.close();
  await button(plain, 'Abbrechen: Bescheid.pdf').click();
  await plain.getByText('Noch nicht ganz da').waitFor({ state: 'detached' });
  await input(plain).setInputFiles(small);
  await button(plain, 'Hochladen').click();
  await plain.getByText('Ausweis.pdf (').waitFor();
  await plain.close();
});

test('on a phone, light and dark: nothing sticks out, everything has a name, and the page stays small', async () => {
  for (const theme of ['light', 'dark'] as const) {
    const page = await openProof({ theme, size: [320, 640] });
    const line = await takeLine(page);
    await line.slow();
    await input(page).setInputFiles([large, small]);
    await page.getByText(/MB von 6,7\sMB sind da$/).waitFor();
    await button(page, 'Anhalten: Bescheid.pdf').click();
    await page.getByText('Ausweis.pdf (').waitFor();
    await workOff(stand);
    await page.getByText(/Ausweis\.pdf .* – geprüft/).waitFor();
    await checkAccessible(page);
    await checkFits(page);
    const scripts = await page.evaluate(() =>
      performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js')),
    );
    assert.equal(scripts.length, 1);
    assert.ok(scripts.every((entry) => (entry as PerformanceResourceTiming).encodedBodySize < 8_000));
    await page.close();
  }
});
