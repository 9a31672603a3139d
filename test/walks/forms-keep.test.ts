import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { checkAccessible, checkFits, openBrowser } from '../browser.ts';
import { reachProof, settleForms } from '../forms.ts';

/** Celik types at the library: whatever becomes of the page, what she typed stands there again. */

const { stand, people, open } = await openBrowser();

before(async () => {
  await settleForms(people);
  stand.clock.advance(10);
});

const name = (page: Page) => page.getByLabel('Name des Hundes');
const kept = (page: Page) => page.getByText(/^Entwurf gespeichert, \d\d:\d\d Uhr$/).waitFor();
const button = (page: Page, text: string) => page.getByRole('button', { name: text, exact: true });

/** Time in the window goes when the test says so; time in the house has nothing to do with it. */
async function openDogs(token: string, look: Parameters<typeof open>[0] = {}): Promise<Page> {
  const page = await open(look);
  await page.clock.install();
  await page.goto(`/antrag/hundesteuer/${token}/dogs`);
  await name(page).waitFor();
  return page;
}

/** Until the field says this, however often the page is loaded meanwhile. */
async function reads(page: Page, value: string): Promise<void> {
  await page.waitForFunction((wanted) => document.querySelector<HTMLInputElement>('[name=dogName]')?.value === wanted, value);
}

test('what is typed is kept when she pauses, said once, and stands there after the page is loaded anew', async () => {
  const page = await openDogs(await reachProof(people));
  await page.evaluate(() => {
    const region = document.querySelector('[data-kept] [role=status]') as HTMLElement;
    const watched = Object.assign(window, { said: 0 });
    new MutationObserver(() => {
      watched.said += 1;
    }).observe(region, { childList: true, characterData: true, subtree: true });
  });
  await name(page).fill('Bel');
  await page.clock.fastForward(5_000);
  await kept(page);
  for (const more of ['Bell', 'Bella']) {
    await name(page).fill(more);
    const saved = page.waitForResponse((answer) => answer.url().endsWith('/entwurf'));
    await page.clock.fastForward(20_000);
    assert.equal((await saved).status(), 204);
  }
  assert.equal(await page.evaluate(() => (window as unknown as { said: number }).said), 1);
  assert.equal(await page.getByRole('alert').count(), 0);
  await checkAccessible(page);
  await page.reload();
  assert.equal(await name(page).inputValue(), 'Bella');
  assert.equal(await page.getByLabel('Rasse').inputValue(), 'Mischling');
  await page.close();
});

test('she loads the page anew while she types, goes back, or goes elsewhere: it is kept at once', async () => {
  const page = await openDogs(await reachProof(people));
  await name(page).fill('Rex');
  await page.reload();
  await reads(page, 'Rex');
  await name(page).fill('Hasso');
  await page.goto('/suche');
  await page.goBack();
  await reads(page, 'Hasso');
  await button(page, 'Weiter').click();
  await page
    .getByRole('heading', { level: 1, name: /Halten Sie/ })
    .or(page.getByLabel('Anzahl der schon'))
    .first()
    .waitFor();
  await page.goBack();
  await reads(page, 'Hasso');
  await page.close();
});

test('it is kept before the page that was asked for earlier is here: it stands there all the same', async () => {
  const page = await openDogs(await reachProof(people));
  const [asked, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let isFirst = true;
  await page.route('**/dogs', async (route) => {
    if (!isFirst) return route.continue();
    isFirst = false;
    const response = await route.fetch();
    asked.resolve();
    await answered.promise;
    await route.fulfill({ response });
  });
  await page.route('**/entwurf', async (route) => {
    await asked.promise;
    await route.fulfill({ response: await route.fetch() });
    answered.resolve();
  });
  await name(page).fill('Rex');
  await page.reload();
  // Time in the window stands still until somebody lets it go: it looks again after a while.
  await page.clock.fastForward(5_000);
  await reads(page, 'Rex');
  await name(page).fill('Rexi');
  await page.clock.fastForward(5_000);
  await kept(page);
  await page.close();
});

test('after a mistake was said the page can be loaded anew without being sent again', async () => {
  const page = await openDogs(await reachProof(people));
  await name(page).fill('');
  await button(page, 'Weiter').click();
  await page.getByRole('link', { name: 'Bitte füllen Sie „Name des Hundes“ aus.' }).waitFor();
  await name(page).fill('Waldi');
  await page.clock.fastForward(5_000);
  await kept(page);
  await page.reload();
  await reads(page, 'Waldi');
  assert.equal(await page.getByRole('link', { name: /Bitte füllen Sie/ }).count(), 0);
  await page.close();
});

test('the line breaks: nothing is said for a minute, then it is, and it goes on by itself', async () => {
  const page = await openDogs(await reachProof(people));
  const context = page.context();
  const broken = () => page.waitForEvent('requestfailed', (request) => request.url().endsWith('/entwurf'));
  await context.setOffline(true);
  await name(page).fill('Fiffi');
  let failed = broken();
  await page.clock.fastForward(5_000);
  await failed;
  assert.equal(await page.locator('[data-kept]').innerText(), '');
  failed = broken();
  await page.clock.fastForward(70_000);
  await failed;
  await page.getByText(/^Der Entwurf ist noch nicht gespeichert: Seit \d\d:\d\d Uhr klappt das nicht\./).waitFor();
  await checkAccessible(page);
  await context.setOffline(false);
  await page.clock.fastForward(30_000);
  await kept(page);
  await page.close();
});

test('two windows: another page loses nothing, and the same page is not saved over what the other one has', async () => {
  const token = await reachProof(people);
  const [first, second] = [await openDogs(token), await openDogs(token)];
  const other = await open();
  await other.clock.install();
  await other.goto(`/antrag/hundesteuer/${token}/household`);
  await other.getByLabel('Anzahl der schon angemeldeten Hunde').fill('2');
  await name(first).fill('Bella');
  for (const page of [first, other]) {
    await page.clock.fastForward(5_000);
    await kept(page);
  }
  await other.reload();
  assert.equal(await other.getByLabel('Anzahl der schon angemeldeten Hunde').inputValue(), '2');
  await name(second).fill('Rex');
  await second.clock.fastForward(5_000);
  await second.getByText(/^Der Entwurf ist nicht gespeichert: .*anderen Fenster/).waitFor();
  await button(second, 'Weiter').click();
  await second.getByText('Ihre letzte Eingabe steht unten').waitFor();
  assert.equal(await name(second).inputValue(), 'Rex');
  assert.equal(await second.locator('[data-keep]').count(), 0, 'it is taken over with the button only');
  await second.goto(second.url());
  await reads(second, 'Bella');
  for (const page of [first, second, other]) await page.close();
});

test('whoever is signed in keeps with the token of their forms, and hears when they are not signed in any more', async () => {
  const page = await openDogs(await reachProof(people), { person: 'anna' });
  await name(page).fill('Bella');
  await page.clock.fastForward(5_000);
  await kept(page);
  await page.getByLabel('Rasse').evaluate((field) => {
    (field as HTMLInputElement).form?.querySelector('[name=_csrf]')?.setAttribute('value', 'of-another-session');
  });
  await name(page).fill('Rex');
  await page.clock.fastForward(20_000);
  await page.getByText(/^Der Entwurf ist nicht gespeichert\. ./).waitFor();
  await page.close();
});

test('what she has typed before the script was there is kept, too', async () => {
  const page = await open();
  await page.clock.install();
  let arrive = () => {};
  const late = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await page.route(/keep-script/, async (route) => {
    await late;
    await route.continue();
  });
  await page.goto(`/antrag/hundesteuer/${await reachProof(people)}/dogs`, { waitUntil: 'commit' });
  await name(page).fill('Rex');
  arrive();
  await page.waitForLoadState();
  await page.clock.fastForward(5_000);
  await kept(page);
  await page.reload();
  await reads(page, 'Rex');
  await page.close();
});

test('on a phone, light and dark, in both languages; without script the page is as it was', async () => {
  const token = await reachProof(people);
  for (const [theme, locale] of [
    ['light', 'en'],
    ['dark', 'de'],
  ] as const) {
    const page = await open({ theme, locale, size: [320, 640] });
    await page.clock.install();
    await page.goto(`/antrag/hundesteuer/${token}/dogs`);
    await page.locator('[name=dogName]').fill(`Bello ${theme}`);
    await page.clock.fastForward(5_000);
    await page.getByText(locale === 'en' ? /^Draft saved, \d\d:\d\d$/ : /^Entwurf gespeichert, \d\d:\d\d Uhr$/).waitFor();
    await checkAccessible(page);
    await checkFits(page);
    assert.equal(await page.evaluate(() => document.scripts.length), 1);
    await page.close();
  }
  const plain = await open({ script: false });
  await plain.goto(`/antrag/hundesteuer/${token}/dogs`);
  assert.equal(await name(plain).inputValue(), 'Bello dark');
  await name(plain).fill('Nichts');
  await plain.reload();
  assert.equal(await name(plain).inputValue(), 'Bello dark');
  await plain.close();
});
