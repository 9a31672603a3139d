import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { checkAccessible, checkFits, openBrowser } from '../browser.ts';
import { startClamd } from '../clamd.ts';
import { newestMail } from '../post.ts';
import { workOff } from '../queue.ts';

/** Celik gets a mailbox, Anna writes, Celik reads and answers: with and without script, on a phone. */

const clamd = await startClamd();
const { stand, open } = await openBrowser({ settings: { RENNSTEIG_CLAMD: clamd.address } });
const password = 'Salzaer Kirschen im Juni';
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
const pdf = (name: string) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 geimpft') });

/** The path in a mail: its address is that of the configured instance, and not the port of this test. */
const pathIn = (text: string) => /https?:\/\/[^/\s]+(\/\S*)/.exec(text)?.[1] ?? '/';

async function signIn(page: Page, address = 'celik@post.example'): Promise<void> {
  await page.goto('/postfach');
  await heading(page, 'Am Postfach anmelden');
  await page.getByLabel('E-Mail-Adresse').fill(address);
  await page.getByLabel('Passwort').fill(password);
  await page.getByRole('button', { name: 'Anmelden' }).click();
  await heading(page, 'Postfach');
}

async function write(page: Page, subject: string): Promise<void> {
  await page.goto('/briefe');
  await page.getByRole('link', { name: 'Brief schreiben' }).click();
  await page.getByLabel('E-Mail-Adresse des Postfachs').fill('celik@post.example');
  await page.getByLabel('Bescheid nach Verwaltungsverfahrensgesetz').check();
  await page.getByLabel('Betreff').fill(subject);
  await page.getByLabel('Text').fill('Guten Tag,\n\nbitte schicken Sie uns den Impfpass.\nBis Freitag.');
  await page.getByLabel('Anlagen').setInputFiles(pdf('Merkblatt.pdf'));
  await page.getByRole('button', { name: 'Brief abschicken' }).click();
  await heading(page, subject);
  await workOff(stand);
}

/** Opening counts in law: a page of another site, a browser that looks ahead and a programme that only asks do not open a letter. */
async function checkOnlyPeopleOpen(page: Page, subject: string): Promise<void> {
  const address = (await page.getByRole('link', { name: subject }).getAttribute('href')) ?? '';
  const led = { maxRedirects: 0, failOnStatusCode: false };
  const answers = [
    await page.request.get(address, { ...led, headers: { 'sec-fetch-site': 'cross-site' } }),
    await page.request.get(address, { ...led, headers: { 'sec-purpose': 'prefetch;prerender' } }),
    await page.request.head(address, led),
  ];
  for (const answer of answers) assert.equal(`${answer.status()} ${answer.headers().location}`, '302 /postfach');
  await page.reload();
  await page.getByText('neu', { exact: true }).waitFor();
}

test('without script: Celik makes a mailbox by mail, and lands in it and nowhere else', async () => {
  const page = await open({ script: false });
  await page.goto('/postfach');
  await page.getByRole('link', { name: 'Postfach anlegen' }).click();
  await page.getByLabel('Ihr Name oder der Name der Firma').fill('Celik Çetin');
  await page.getByLabel('E-Mail-Adresse').fill('celik@post.example');
  await page.getByRole('button', { name: 'Link schicken' }).click();
  await heading(page, 'Bitte sehen Sie in Ihre E-Mails');
  await page.goto(pathIn((await newestMail(stand)).body));
  await heading(page, 'Passwort wählen');
  await page.getByLabel('Neues Passwort', { exact: true }).fill(password);
  await page.getByLabel('Neues Passwort wiederholen').fill(password);
  await page.getByRole('button', { name: 'Passwort speichern und anmelden' }).click();
  await heading(page, 'Postfach');
  await page.getByText('Keine Briefe').waitFor();
  for (const path of ['/dateien', '/konto', '/verwaltung/personen', '/briefe']) {
    await page.goto(path);
    assert.equal(new URL(page.url()).pathname, '/anmelden', path);
  }
  await page.close();
});

test('Anna writes; Celik reads, saves the attachment and answers without script; Anna has the answer', async () => {
  const anna = await open({ person: 'anna' });
  await write(anna, 'Ihr Hund');
  const page = await open({ script: false });
  await signIn(page);
  await checkOnlyPeopleOpen(page, 'Ihr Hund');
  await page.getByRole('link', { name: 'Ihr Hund' }).click();
  await heading(page, 'Ihr Hund');
  await page.getByText('bitte schicken Sie uns den Impfpass.').waitFor();
  await page.getByText('Geprüft, keine Schadsoftware gefunden.').waitFor();
  const saving = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Merkblatt.pdf' }).click();
  assert.equal(readFileSync(await (await saving).path(), 'utf8'), '%PDF-1.4 geimpft');
  await page.getByRole('button', { name: 'Antwort abschicken' }).click();
  await page
    .getByText(/Bitte füllen Sie das Feld „Ihre Antwort“ aus/)
    .first()
    .waitFor();
  await page.getByLabel('Ihre Antwort').fill('Anbei der Impfpass.');
  await page.getByLabel('Dateien anhängen').setInputFiles(pdf('Impfpass.pdf'));
  await page.getByRole('button', { name: 'Antwort abschicken' }).click();
  await page.getByText('Ihre Antwort ist abgeschickt.').waitFor();
  await workOff(stand);
  await anna.reload();
  await anna.getByText('geöffnet', { exact: true }).waitFor();
  await anna.getByText('Anbei der Impfpass.').waitFor();
  await anna.getByRole('link', { name: 'Impfpass.pdf' }).waitFor();
  await page.getByRole('link', { name: 'Brief löschen' }).click();
  await page.getByRole('button', { name: 'Endgültig löschen' }).click();
  await page.getByText('Keine Briefe').waitFor();
  for (const window of [anna, page]) await window.close();
});

test('a refused letter keeps what was typed', async () => {
  const page = await open({ person: 'anna' });
  await page.goto('/briefe/neu');
  await page.getByLabel('E-Mail-Adresse des Postfachs').fill('niemand@post.example');
  await page.getByLabel('Betreff').fill('Bleibt stehen');
  await page.getByLabel('Text').fill('Auch der Text.');
  await page.getByRole('button', { name: 'Brief abschicken' }).click();
  await page
    .getByText(/gibt es kein Postfach/)
    .first()
    .waitFor();
  assert.equal(await page.getByLabel('Betreff').inputValue(), 'Bleibt stehen');
  assert.equal(await page.getByLabel('Text').inputValue(), 'Auch der Text.');
  await page.close();
});

/** A letter on paper. */
async function writeForPost(page: Page, subject: string): Promise<void> {
  await page.goto('/briefe/neu');
  await page.getByLabel('Name und Anschrift').fill('Celik Çetin\nSalzaer Straße 3\n99734 Nordhausen');
  await page.getByLabel('Nachricht ohne rechtliche Wirkung').check();
  await page.getByLabel('Betreff').fill(subject);
  await page.getByLabel('Text').fill('Guten Tag.');
  await page.getByRole('button', { name: 'Brief abschicken' }).click();
  await heading(page, subject);
}

async function savedPdf(page: Page): Promise<string> {
  const saving = page.waitForEvent('download');
  await page.getByRole('link', { name: 'PDF öffnen' }).click();
  return readFileSync(await (await saving).path(), 'latin1');
}

test('Bernd prints letters together and notes them as posted: by keys with script, by a link without', async () => {
  const bernd = await open({ person: 'bernd' });
  for (const subject of ['Erster Brief', 'Zweiter Brief', 'Dritter Brief']) await writeForPost(bernd, subject);
  await bernd.goto('/briefe?stand=post');
  await bernd.getByLabel('Alle auswählen').focus();
  await bernd.keyboard.press('Space');
  await bernd.getByText('3 Briefe ausgewählt').waitFor();
  await bernd.getByLabel('Zweiter Brief, Celik Çetin auswählen').focus();
  await bernd.keyboard.press('Space');
  await bernd.getByText('2 Briefe ausgewählt').waitFor();
  await bernd.getByRole('button', { name: 'Ausgewählte drucken' }).press('Enter');
  await heading(bernd, 'Briefe drucken');
  assert.equal(await bernd.getByRole('row').count(), 3, 'two letters and the head');
  assert.ok((await savedPdf(bernd)).startsWith('%PDF-'));
  await bernd.getByRole('link', { name: 'Als verschickt vermerken' }).click();
  await heading(bernd, '2 Briefe als verschickt vermerken?');
  await bernd.getByRole('button', { name: 'Ja, alle sind zur Post gegeben' }).click();
  await bernd.getByText('Als zur Post gegeben vermerkt: 2 Briefe.').waitFor();
  await bernd.close();
  const plain = await open({ person: 'bernd', script: false });
  await plain.goto('/briefe?stand=post');
  await plain.getByRole('link', { name: 'Alle auswählen' }).click();
  await plain.getByRole('button', { name: 'Ausgewählte drucken' }).click();
  await heading(plain, 'Briefe drucken');
  await plain.getByText('Zweiter Brief').waitFor();
  assert.ok((await savedPdf(plain)).startsWith('%PDF-'));
  await plain.getByRole('link', { name: 'Als verschickt vermerken' }).click();
  await plain.getByRole('button', { name: 'Ja, alle sind zur Post gegeben' }).click();
  await plain.getByText('Als zur Post gegeben vermerkt: 1 Brief.').waitFor();
  await plain.goto('/briefe/drucken');
  await plain.getByText('Es war kein Brief ausgewählt.').waitFor();
  await plain.close();
});

test('every page is accessible, light and dark, and fits a phone', async () => {
  const anna = await open({ person: 'anna' });
  await write(anna, 'Zum Ansehen');
  const letter = new URL(anna.url()).pathname;
  await writeForPost(anna, 'Zum Drucken');
  const chosen = `?brief=${new URL(anna.url()).pathname.split('/').at(-1)}`;
  await anna.close();
  for (const theme of ['light', 'dark'] as const) {
    for (const size of [
      [1280, 800],
      [320, 640],
    ] as const) {
      const staff = await open({ person: 'anna', theme, size });
      const post = ['/briefe?stand=post', `/briefe/drucken${chosen}`, `/briefe/drucken/vermerken${chosen}`];
      for (const path of ['/briefe', '/briefe/neu', letter, ...post]) await look(staff, path);
      await staff.close();
      const citizen = await open({ theme, size });
      for (const path of [
        '/postfach/anmelden',
        '/postfach/anlegen',
        '/postfach/anlegen?gesendet',
        '/postfach/passwort-vergessen',
      ])
        await look(citizen, path);
      await signIn(citizen);
      await look(citizen, '/postfach');
      const own = (await citizen.getByRole('link', { name: 'Zum Ansehen' }).getAttribute('href')) as string;
      for (const path of [own, `${own}/loeschen`, '/postfach/konto']) await look(citizen, path);
      await citizen.close();
    }
  }
});

async function look(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await checkAccessible(page);
  await checkFits(page);
}

test('Celik takes everything along and leaves for good', async () => {
  const page = await open({ script: false });
  await signIn(page);
  await page.goto('/postfach/konto');
  const saving = page.waitForEvent('download');
  await page.getByRole('link', { name: 'ZIP-Datei herunterladen' }).click();
  assert.match(readFileSync(await (await saving).path(), 'latin1'), /postfach\.json/);
  await page.getByLabel('Passwort').fill(password);
  await page.getByRole('button', { name: 'Konto endgültig löschen' }).click();
  await page.getByText('Ihr Konto ist gelöscht.').waitFor();
  await page.close();
});
