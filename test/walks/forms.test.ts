import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { checkAccessible, checkFits, openBrowser } from '../browser.ts';
import type { PersonName } from '../people.ts';

/** Whoever fills in a form wrongly is told everything at once, at the top and beside each field, and types nothing twice. */

const { people, open } = await openBrowser();
const { id, ellrich } = people;

type Case = {
  readonly path: string;
  readonly person?: PersonName;
  /** What is typed into which field, by its name in the form. */
  readonly typed: Readonly<Record<string, string>>;
  readonly button: string;
  /** The fields that are wrong, in the order of the form. */
  readonly wrong: readonly string[];
};

const cases: readonly Case[] = [
  { path: '/anmelden', typed: {}, button: 'Anmelden', wrong: ['address', 'password'] },
  { path: '/passwort-vergessen', typed: {}, button: 'Link schicken', wrong: ['address'] },
  {
    path: '/konto',
    person: 'anna',
    typed: { current: 'falsch', password: 'kurz', repeat: 'anders' },
    button: 'Passwort ändern',
    wrong: ['current', 'password', 'repeat'],
  },
  { path: '/konto/app-passwoerter', person: 'anna', typed: {}, button: 'App-Passwort anlegen', wrong: ['name'] },
  {
    path: '/verwaltung/personen/neu',
    person: 'dora',
    typed: { address: 'keine Adresse' },
    button: 'Einladung schicken',
    wrong: ['name', 'address'],
  },
  {
    path: `/verwaltung/personen/${id.anna}`,
    person: 'dora',
    typed: { name: '', address: 'bernd@ellrich.example' },
    button: 'Speichern',
    wrong: ['name', 'address'],
  },
  { path: '/verwaltung/gruppen', person: 'dora', typed: {}, button: 'Gruppe anlegen', wrong: ['name'] },
  { path: '/verwaltung/einheiten', person: 'dora', typed: {}, button: 'Einheit anlegen', wrong: ['name'] },
  { path: '/verwaltung/personen/einlesen', person: 'dora', typed: {}, button: 'Prüfen', wrong: ['file'] },
  {
    path: '/verwaltung/bereiche/neu',
    person: 'dora',
    typed: { name: 'Bau?', manager: 'Niemand Bekanntes', quota: 'viel' },
    button: 'Anlegen',
    wrong: ['name', 'manager', 'quota'],
  },
  { path: '/verwaltung/regeln/trashDays', person: 'dora', typed: { value: 'viele' }, button: 'Speichern', wrong: ['value'] },
  {
    path: '/verwaltung/erscheinungsbild',
    person: 'dora',
    typed: { name: 'Stadt\u202eEllrich', colour: '#ffcc00' },
    button: 'Speichern',
    wrong: ['name', 'colour'],
  },
  {
    path: '/verwaltung/pflichtangaben',
    person: 'dora',
    typed: { email: 'nirgends', phone: '03\u202e12' },
    button: 'Speichern',
    wrong: ['email', 'phone'],
  },
  {
    path: '/anbieter/neu',
    person: 'paula',
    typed: { slug: 'ellrich', municipalityKey: '123', quota: 'viel', hosts: 'kein/name' },
    button: 'Mandant anlegen',
    wrong: ['name', 'slug', 'municipalityKey', 'quota', 'hosts'],
  },
  {
    path: `/anbieter/${ellrich}`,
    person: 'paula',
    typed: { name: '', municipalityKey: '99', quota: '1,5 GB' },
    button: 'Speichern',
    wrong: ['name', 'municipalityKey', 'quota'],
  },
  {
    path: `/anbieter/${ellrich}/verwalter`,
    person: 'paula',
    typed: {},
    button: 'Einladung schicken',
    wrong: ['name', 'address'],
  },
  { path: `/anbieter/${ellrich}/sperren`, person: 'paula', typed: {}, button: 'Sperren', wrong: ['reason'] },
];

const formOf = (page: Page, button: string) =>
  page.locator('main form').filter({ has: page.getByRole('button', { name: button, exact: true }) });

async function send(page: Page, { path, typed, button }: Case): Promise<void> {
  await page.goto(path);
  const form = formOf(page, button).first();
  for (const [name, value] of Object.entries(typed)) await form.locator(`[name="${name}"]`).fill(value);
  await form.getByRole('button', { name: button, exact: true }).click();
  await page.getByRole('alert').waitFor();
}

/** The fields the summary leads to, each of which says beside itself what is wrong. */
async function wrongFields(page: Page): Promise<(string | null)[]> {
  const links = await page.getByRole('alert').getByRole('link').all();
  return Promise.all(
    links.map(async (link) => {
      const field = page.locator(`[id="${(await link.getAttribute('href'))?.slice(1)}"]`);
      const describedBy = (await field.getAttribute('aria-describedby'))?.split(' ').at(-1);
      assert.equal(await field.getAttribute('aria-invalid'), 'true');
      assert.equal(await page.locator(`[id="${describedBy}"]`).innerText(), await link.innerText());
      return field.getAttribute('name');
    }),
  );
}

for (const script of [true, false]) {
  test(`every form says all that is wrong, ${script ? 'with' : 'without'} script, and keeps what was typed`, async () => {
    for (const each of cases) {
      const page = await open({ script, size: [360, 740], ...(each.person && { person: each.person }) });
      await send(page, each);
      assert.deepEqual(await wrongFields(page), each.wrong, each.path);
      const form = formOf(page, each.button).first();
      for (const [name, value] of Object.entries(each.typed)) {
        const field = form.locator(`[name="${name}"]`);
        const isSecret = (await field.getAttribute('type')) === 'password' && !script;
        assert.equal(await field.inputValue(), isSecret ? '' : value, `${each.path} ${name}`);
      }
      await checkFits(page);
      if (script) await checkAccessible(page);
      await page.close();
    }
  });
}

test('the summary takes the focus every time, and its links lead to the fields', async () => {
  const page = await open({ person: 'dora' });
  const [invite] = cases.filter(({ path }) => path.endsWith('/personen/neu'));
  await send(page, invite as Case);
  const summary = page.getByRole('alert');
  const hasFocus = () => summary.evaluate((element) => element === document.activeElement);
  assert.ok(await hasFocus());
  await summary.getByRole('link').nth(1).click();
  assert.equal(await page.evaluate(() => (document.activeElement as HTMLInputElement).name), 'address');
  await page.getByLabel('Name', { exact: true }).fill('Frieda Fuchs');
  const answered = page.waitForResponse((answer) => answer.request().method() === 'POST');
  await page.getByRole('button', { name: 'Einladung schicken' }).click();
  await answered;
  await summary.getByRole('link', { name: /Adresse/ }).waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'alert');
  assert.equal(await summary.getByRole('link').count(), 1);
  await page.close();
});
