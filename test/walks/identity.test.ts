import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { checkAccessible, checkFits, openBrowser, tabTo } from '../browser.ts';
import { openIdentity } from '../identity.ts';
import { newestMail } from '../post.ts';

/** Celik signs in with the state identity: linked once, with and without script, on a phone, and every way it can fail. */

const { identity, options, setClock } = await openIdentity();
const { stand, open, url } = await openBrowser(options);
setClock(() => stand.clock.now());
const password = 'Salzaer Kirschen im Juni';
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' }).click();

before(async () => {
  const page = await open({ script: false });
  await page.goto('/postfach/anlegen');
  await page.getByLabel('Ihr Name').fill('Celik Çetin');
  await page.getByLabel('E-Mail-Adresse').fill('celik@post.example');
  await press(page, 'Link schicken');
  await heading(page, 'Bitte sehen Sie in Ihre E-Mails');
  const { body } = await newestMail(stand);
  await page.goto(/https?:\/\/[^/\s]+(\/\S*)/.exec(body)?.[1] ?? '/');
  await page.getByLabel('Neues Passwort', { exact: true }).fill(password);
  await page.getByLabel('Neues Passwort wiederholen').fill(password);
  await press(page, 'Passwort speichern und anmelden');
  await heading(page, 'Postfach');
  await page.close();
});

/** At the practice identity: who, and back. With script the page goes back by itself. */
async function play(page: Page, { script, who = 'Celik Çetin, Ellrich' }: { script: boolean; who?: string }): Promise<void> {
  await heading(page, 'BundID (Übung)');
  await page.getByLabel(who).check();
  await press(page, 'Anmelden');
  if (!script) await press(page, 'Zurück zur Verwaltung');
}

async function begin(page: Page, onward = '/postfach'): Promise<void> {
  await page.goto(onward);
  await heading(page, 'Am Postfach anmelden');
  await press(page, 'Anmelden mit BundID (Übung)');
  await heading(page, 'Weiter zu BundID (Übung)');
}

const go = (page: Page) => page.getByRole('link', { name: 'Weiter zu BundID (Übung)' }).click();

for (const script of [false, true]) {
  test(`an account is linked at the first sign-in, serves at the next, and is unlinked, ${script ? 'with' : 'without'} script`, async () => {
    const page = await open({ script });
    await begin(page, '/postfach/konto');
    await page.getByText('nur, dass Sie es sind').waitFor();
    await go(page);
    await play(page, { script });
    await heading(page, 'Postfach verbinden');
    await page.getByLabel('E-Mail-Adresse').fill('celik@post.example');
    await page.getByLabel('Passwort').fill('falsch, falsch, falsch');
    await press(page, 'Anmelden und verbinden');
    await page.getByText('Adresse oder Passwort stimmen nicht.').first().waitFor();
    await page.getByLabel('Passwort').fill(password);
    await press(page, 'Anmelden und verbinden');
    await heading(page, 'Ihr Konto');
    await page.getByText('noch nie').waitFor();
    assert.match((await newestMail(stand)).body, /gerade mit einem Nutzerkonto/);
    await press(page, 'Abmelden');
    await begin(page);
    await go(page);
    await play(page, { script });
    await heading(page, 'Postfach');
    await page.goto('/postfach/konto');
    await press(page, 'Verbindung trennen');
    await page.getByRole('button', { name: 'Mit BundID (Übung) verbinden' }).waitFor();
    await page.close();
  });
}

test('an account that is signed in is linked from its page', async () => {
  const page = await open({ script: false });
  await page.goto('/postfach/anmelden?weiter=/postfach/konto');
  await page.getByLabel('E-Mail-Adresse').fill('celik@post.example');
  await page.getByLabel('Passwort').fill(password);
  await press(page, 'Anmelden');
  await press(page, 'Mit BundID (Übung) verbinden');
  await page.getByText('Postfach verbinden').waitFor();
  await go(page);
  await play(page, { script: false, who: 'Martha Fuchs, Ellrich' });
  await heading(page, 'Ihr Konto');
  await press(page, 'Verbindung trennen');
  await page.getByRole('button', { name: 'Mit BundID (Übung) verbinden' }).waitFor();
  await page.close();
});

test('whoever cancels, or whose answer is wrong, is told so and goes on', async () => {
  const page = await open({ script: false });
  await begin(page);
  await go(page);
  await press(page, 'Abbrechen');
  await press(page, 'Zurück zur Verwaltung');
  await heading(page, 'Das hat nicht geklappt');
  await page.getByText('wurde abgebrochen').waitFor();
  await press(page, 'Noch einmal anmelden');
  for (const [fault, sentence] of [
    ['wrappedResponse', 'war nicht in Ordnung'],
    ['expired', 'zu lange gedauert'],
    ['otherAudience', 'war nicht in Ordnung'],
    ['technical', 'ein Fehler aufgetreten'],
  ] as const) {
    await go(page);
    identity.failNext(fault);
    await play(page, { script: false });
    await page.getByText(sentence).waitFor();
    await page.getByText('Ihre Angaben sind gespeichert').waitFor();
    await press(page, 'Noch einmal anmelden');
  }
  await page.goto('/identitaet?grund=<script>');
  await heading(page, 'Weiter zu BundID (Übung)');
  await page.close();
});

test('an answer that somebody else began signs nobody in', async () => {
  const [mine, yours] = [await open({ script: false }), await open({ script: false })];
  await begin(mine);
  await go(mine);
  await heading(mine, 'BundID (Übung)');
  const asked = identity.requests.at(-1);
  assert.ok(asked);
  // Mallory lets Celik's browser post an answer to a request of Mallory's own.
  const form = identity.answer(asked, { citizen: 'martha' });
  const fields = Object.entries(form).map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`);
  await yours.goto(`${identity.url}/nirgendwo`);
  await yours.setContent(`<form method="post" action="${url}/identitaet/antwort">${fields.join('')}<button>Los</button></form>`);
  await press(yours, 'Los');
  await heading(yours, 'Das hat nicht geklappt');
  await yours.getByText('keine Anmeldung begonnen').waitFor();
  await mine.goto('/identitaet');
  await mine.getByText('in einem anderen Browser beendet').waitFor();
  await Promise.all([mine.close(), yours.close()]);
});

test('its pages are accessible, fit a phone, and are reached by keyboard, light and dark', async () => {
  for (const theme of ['light', 'dark'] as const) {
    const page = await open({ theme, size: [320, 640] });
    const look = async () => {
      await checkAccessible(page);
      await checkFits(page);
    };
    await page.goto('/postfach/anmelden');
    await look();
    await tabTo(page, 'button', 'Anmelden mit BundID (Übung)');
    await page.keyboard.press('Enter');
    await heading(page, 'Weiter zu BundID (Übung)');
    await look();
    await tabTo(page, 'link', 'Weiter zu BundID (Übung)');
    await page.keyboard.press('Enter');
    await heading(page, 'BundID (Übung)');
    await look();
    await page.getByLabel('Martha Fuchs, Ellrich').check();
    await press(page, 'Anmelden');
    await heading(page, 'Postfach verbinden');
    await look();
    await page.goto('/identitaet?grund=late');
    await page.context().clearCookies();
    await page.goto('/identitaet?grund=late');
    await heading(page, 'Das hat nicht geklappt');
    await look();
    await page.close();
  }
});

test('the pages speak English', async () => {
  const page = await open({ locale: 'en', script: false });
  await page.goto('/postfach/anmelden');
  await press(page, 'Sign in with BundID (Übung)');
  await heading(page, 'Go on to BundID (Übung)');
  await page.close();
});
