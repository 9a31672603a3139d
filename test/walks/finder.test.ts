import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { before, test } from 'node:test';
import { checkAccessible, checkFits, openBrowser, tabTo } from '../browser.ts';
import { settleFinder } from '../finder.ts';

const { stand, people, open, url } = await openBrowser();

before(async () => {
  await settleFinder(people);
  stand.clock.advance(10);
});

const pages = [
  '/suche',
  '/suche?q=Hund+anmelden&ort=Ellrich',
  '/suche?q=Hund+anmelden&ort=Lehesten',
  '/suche?q=Hund+anmelden&ort=Hinterm+Mond',
  '/suche?q=Quantengravitation',
  '/leistung/hundesteuer',
  '/leistung/hundesteuer?ort=16062005',
  '/leistung/hundesteuer?ort=16062005&einfach',
  '/leistung/baugenehmigung?ort=16062005',
  '/stelle/16062005',
  '/lebenslage/animals',
  '/lebenslage/animals?einfach',
  '/einbetten',
  '/einbetten?ort=Ellrich',
  '/einbetten/suche',
  '/einbetten/suche?ort=16062005',
  '/leistung/gibt-es-nicht',
];

for (const theme of ['light', 'dark'] as const) {
  test(`every public page of the finder is accessible, ${theme}`, async () => {
    const page = await open({ theme });
    for (const path of pages) {
      await page.goto(path);
      await checkAccessible(page);
    }
    await page.close();
  });
}

test('every public page of the finder fits 320 pixels', async () => {
  const page = await open({ size: [320, 640] });
  for (const path of pages) {
    await page.goto(path);
    await checkFits(page);
  }
  await page.close();
});

test('Celik finds out where to register her dog, without script and with the keyboard alone', async () => {
  const page = await open({ script: false });
  await page.goto('/');
  await page.getByRole('heading', { level: 1, name: 'Was möchten Sie erledigen?' }).waitFor();
  await page.getByLabel('Ihr Anliegen').focus();
  await page.keyboard.type('hnud anmelden');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Elrich');
  await page.keyboard.press('Enter');
  await page.getByText('Wir verstehen „Elrich“ als Stadt Ellrich.').waitFor();
  await page.getByRole('link', { name: 'Hund anmelden und Hundesteuer', exact: true }).press('Enter');
  await page.getByText('Stadtverwaltung Ellrich').first().waitFor();
  await page.getByText('Steueramt').first().waitFor();
  await page.close();
});

test('a wish for a district’s service says: not us, but them; and why', async () => {
  const page = await open({ script: false });
  await page.goto('/suche?q=Carport+bauen+in+Ellrich');
  await page.getByText('Nicht Stadtverwaltung Ellrich, sondern Landratsamt Nordhausen ist dafür zuständig.').waitFor();
  await page.close();
});

test('a name that exists twice is asked back, with the district', async () => {
  const page = await open();
  await page.goto('/suche');
  await tabTo(page, 'searchbox', 'Ihr Anliegen');
  await page.keyboard.type('wohngeld');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Lehesten');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Gemeinde Lehesten (Saale-Holzland-Kreis)' }).click();
  await page.getByText('Landratsamt Saale-Holzland-Kreis').first().waitFor();
  await page.close();
});

test('an English page is in English, and what is there in German only says so and is spoken as German', async () => {
  const read = async (path: string) => (await fetch(url + path, { headers: { 'accept-language': 'en' } })).text();
  const whole = await read('/leistung/baugenehmigung');
  assert.ok(whole.includes('<li lang="en">site plan</li>') && whole.includes('What you need'));
  assert.ok(!whole.includes('in German only'), 'nothing is missing there');
  const ellrich = await read('/leistung/hundesteuer?ort=16062005');
  assert.ok(
    ellrich.includes('The dog tag comes with the tax notice') && !ellrich.includes('in German only'),
    'the town says it, too',
  );
  const local = await read('/leistung/hundesteuer?ort=16062063');
  assert.match(local, /This part is available in German only\.<\/p>\s*<p class="prose" lang="de">Die Hundemarke kommt/);
  assert.ok(local.includes('Some of this is available in German only.'), 'the town’s fees beside ours');
  const event = await read('/lebenslage/animals');
  assert.ok(event.includes('Dogs, fishing and what has to be registered for them.') && event.includes('Fishing licence'));
  assert.ok((await read('/suche')).includes('Birth and child'));
});

test('public pages carry no script and stay small', async () => {
  for (const path of pages.slice(0, -1)) {
    const answer = await fetch(url + path);
    const html = await answer.text();
    assert.ok(!/<script/i.test(html), `${path} has script`);
    assert.ok(html.length < 60_000, `${path} has ${html.length} bytes`);
  }
});

test('a municipality shows the search in a frame of its site; no other page of ours lets itself be framed', async () => {
  for (const path of pages) {
    const { headers } = await fetch(url + path);
    const isOpen = path.startsWith('/einbetten/suche');
    assert.equal(headers.get('content-security-policy')?.includes("frame-ancestors 'none'"), !isOpen, path);
    assert.equal(headers.get('x-frame-options'), isOpen ? null : 'DENY', path);
    assert.equal(headers.get('set-cookie'), null, path);
  }
  const town = createServer((_request, answer) =>
    answer
      .setHeader('Content-Type', 'text/html')
      .end(`<!doctype html><html lang="de"><title>Ellrich</title><iframe src="${url}/einbetten/suche?ort=Ellrich"></iframe>`),
  );
  await once(town.listen(0, '127.0.0.1'), 'listening');
  const page = await open({ size: [1280, 900] });
  await page.goto(`http://localhost:${(town.address() as AddressInfo).port}/`);
  const frame = page.frameLocator('iframe');
  await frame.getByRole('heading', { name: 'Leistungen in Stadt Ellrich' }).waitFor();
  await frame.getByLabel('Ihr Anliegen').fill('Hund anmelden');
  const [answer] = await Promise.all([page.waitForEvent('popup'), frame.getByRole('button', { name: 'Suchen' }).click()]);
  await answer.getByText('Stadtverwaltung Ellrich').first().waitFor();
  await answer.close();
  await page.close();
  town.close();
});
