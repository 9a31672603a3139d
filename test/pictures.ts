import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { readConfig } from '../src/config.ts';
import { password, personFacts, tenantFacts } from '../src/demo/cast.ts';
import { fillDemo } from '../src/demo/index.ts';
import { openHouse, openPlatform } from '../src/house.ts';
import { openInstance } from '../src/instance.ts';
import { ensurePages } from '../src/web/build.ts';
import { requireProgram } from './tools.ts';

/**
 * Takes the pictures of the documentation from a demonstration made for it: `node test/pictures.ts`. Run by hand when pages
 * have changed, and looked at before they are committed.
 */

const folder = resolve(dirname(fileURLToPath(import.meta.url)), '../docs/pictures');
const size = { width: 1280, height: 800 };

async function visit(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, viewport: size, locale: 'de-DE', timezoneId: 'Europe/Berlin' });
  return context.newPage();
}

async function signIn(browser: Browser, url: string, person: 'anna' | 'bernd'): Promise<Page> {
  const page = await visit(browser, url);
  await page.goto('/anmelden');
  await page.locator('input[name=address]').fill(personFacts[person].address);
  await page.locator('input[name=password]').fill(password);
  await page.getByRole('button', { name: 'Anmelden' }).click();
  await page.waitForURL('/');
  return page;
}

async function take(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  process.stderr.write(`docs/pictures/${name}.png\n`);
}

async function takeAll(url: string): Promise<void> {
  const browser = await chromium.launch({
    executablePath: requireProgram('chromium-headless-shell'),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const anna = await signIn(browser, url, 'anna');
    await anna.goto('/bereiche');
    await anna.getByRole('link', { name: 'Bauamt', exact: true }).click();
    await anna.waitForURL(/\/dateien\/\d+/);
    await take(anna, 'files');
    const bernd = await signIn(browser, url, 'bernd');
    await bernd.goto('/eingang');
    await take(bernd, 'tray');
    const citizen = await visit(browser, url);
    await citizen.goto(`/leistung/hundesteuer?ort=${tenantFacts.ellrich.municipalityKey}`);
    await take(citizen, 'service');
  } finally {
    await browser.close();
  }
}

const data = await mkdtemp(join(tmpdir(), 'rennsteig-pictures-'));
const config = readConfig(['--data', data, '--port', '0', '--log', 'error'], {});
const instance = await openInstance(config);
try {
  await mkdir(folder, { recursive: true });
  await ensurePages();
  const platform = await openPlatform({ config, ...instance });
  await fillDemo(platform);
  await platform.db.close();
  const house = await openHouse({ config, ...instance });
  await takeAll(`http://127.0.0.1:${await house.listen()}`);
  await house.close();
} finally {
  await instance.close();
  await rm(data, { recursive: true, force: true });
}
