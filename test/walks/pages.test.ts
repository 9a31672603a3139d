import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Request } from 'playwright-core';
import { checkAccessible, checkFits, openBrowser, tabTo } from '../browser.ts';
import { type PersonName, password } from '../people.ts';

const { stand, people, open } = await openBrowser({ settings: { RENNSTEIG_DEMO: 'true' } });
const { id, ellrich } = people;

/** Every page there is, and who looks at it. */
const pages: readonly (readonly [path: string, person?: PersonName])[] = [
  ['/anmelden'],
  ['/passwort-vergessen'],
  ['/passwort-vergessen?gesendet'],
  ['/gibt-es-nicht'],
  ['/gibt-es-nicht', 'anna'],
  ['/mitteilungen', 'anna'],
  ['/dateien/suche', 'anna'],
  ['/dateien/suche?q=nichts', 'anna'],
  ['/konto', 'anna'],
  ['/konto/bild', 'anna'],
  ['/konto/sitzungen', 'anna'],
  ['/konto/app-passwoerter', 'anna'],
  ['/postausgang', 'anna'],
  ['/baukasten', 'anna'],
  ['/verwaltung/personen', 'dora'],
  ['/verwaltung/personen?suche=niemand', 'dora'],
  ['/verwaltung/personen/neu', 'dora'],
  ['/verwaltung/personen/einlesen', 'dora'],
  [`/verwaltung/personen/${id.anna}`, 'dora'],
  [`/verwaltung/personen/${id.anna}/sperren`, 'dora'],
  [`/verwaltung/personen/${id.dora}/sperren`, 'dora'],
  [`/verwaltung/personen/${id.anna}/geraete`, 'dora'],
  ['/verwaltung/gruppen', 'dora'],
  ['/verwaltung/einheiten', 'dora'],
  ['/verwaltung/regeln', 'dora'],
  ['/verwaltung/regeln/sessionIdleSeconds', 'dora'],
  ['/verwaltung/regeln/versionThinning', 'dora'],
  ['/verwaltung/erscheinungsbild', 'dora'],
  ['/verwaltung/protokoll', 'dora'],
  ['/anbieter', 'paula'],
  ['/anbieter/neu', 'paula'],
  [`/anbieter/${ellrich}`, 'paula'],
  [`/anbieter/${ellrich}/sperren`, 'paula'],
  [`/anbieter/${ellrich}/verwalter`, 'paula'],
];

for (const theme of ['light', 'dark'] as const) {
  test(`every page is accessible, ${theme}`, async () => {
    for (const person of [undefined, 'anna', 'dora', 'paula'] as const) {
      const page = await open({ theme, ...(person && { person }) });
      for (const [path] of pages.filter(([, who]) => who === person)) {
        await page.goto(path);
        await checkAccessible(page);
      }
      await page.close();
    }
  });
}

test('every page fits a screen of 320 pixels, which is also 400 % of 1280', async () => {
  for (const person of [undefined, 'anna', 'dora', 'paula'] as const) {
    const page = await open({ size: [320, 640], ...(person && { person }) });
    for (const [path] of pages.filter(([, who]) => who === person)) {
      await page.goto(path);
      await checkFits(page);
    }
    await page.close();
  }
});

test('Dora signs in and invites somebody with the keyboard alone', async () => {
  const page = await open();
  await page.goto('/verwaltung/personen');
  await tabTo(page, 'textbox', 'E-Mail-Adresse oder Kennung');
  await page.keyboard.type('dora@ellrich.example');
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/verwaltung/personen');
  await tabTo(page, 'link', 'Person einladen');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Person einladen' }).waitFor();
  await tabTo(page, 'textbox', 'Name');
  await page.keyboard.type('Frieda Fuchs');
  await tabTo(page, 'textbox', 'E-Mail-Adresse');
  await page.keyboard.type('frieda@ellrich.example');
  await tabTo(page, 'button', 'Einladung schicken');
  await page.keyboard.press('Enter');
  await page.getByText('Frieda Fuchs ist eingeladen.').waitFor();
  await page
    .getByRole('row', { name: /Frieda Fuchs/ })
    .getByText('eingeladen')
    .waitFor();
  await page.close();
});

test('the same without script, and Frieda accepts', async () => {
  const page = await open({ script: false });
  await page.goto('/verwaltung/personen/neu');
  await page.getByLabel('E-Mail-Adresse oder Kennung').fill('dora@ellrich.example');
  await page.getByLabel('Passwort').fill(password);
  await page.getByRole('button', { name: 'Anmelden' }).click();
  assert.match(page.url(), /\/verwaltung\/personen\/neu$/);
  await page.getByLabel('Name', { exact: true }).fill('Fritz Fink');
  await page.getByLabel('E-Mail-Adresse').fill('fritz@ellrich.example');
  await page.getByRole('button', { name: 'Einladung schicken' }).click();
  await page.getByText('Fritz Fink ist eingeladen.').waitFor();
  await page.getByRole('link', { name: 'Postausgang' }).click();
  await page.locator('summary').filter({ hasText: 'fritz@ellrich.example' }).click();
  const link = await page
    .getByRole('link', { name: /\/link\// })
    .first()
    .getAttribute('href');
  await page.goto(new URL(link ?? '').pathname);
  await page.getByRole('heading', { name: 'Willkommen, Fritz Fink' }).waitFor();
  await page.getByLabel('Neues Passwort', { exact: true }).fill('ein Fink im Birnbaum');
  await page.getByLabel('Neues Passwort wiederholen').fill('ein Fink im Birnbaum');
  await page.getByRole('button', { name: 'Passwort speichern und anmelden' }).click();
  await page.getByText('Fritz Fink').first().waitFor();
  await page.close();
});

test('a wrong password is answered in place, what was typed stays, the password does not', async () => {
  const page = await open();
  await page.goto('/anmelden');
  await page.getByLabel('E-Mail-Adresse oder Kennung').fill('anna@ellrich.example');
  await page.getByLabel('Passwort').fill('falsch falsch falsch');
  await page.getByRole('button', { name: 'Anmelden' }).click();
  await page.getByRole('alert').waitFor();
  assert.equal(await page.getByLabel('E-Mail-Adresse oder Kennung').inputValue(), 'anna@ellrich.example');
  assert.equal(await page.getByLabel('Passwort').inputValue(), '');
  await checkAccessible(page);
  await page.close();
});

test('what somebody may not see is not there', async () => {
  const page = await open({ person: 'anna' });
  for (const path of ['/verwaltung/personen', '/verwaltung/protokoll', '/anbieter', `/anbieter/${ellrich}`]) {
    const answer = await page.goto(path);
    assert.ok([403, 404].includes(answer?.status() ?? 0), `${path}: ${answer?.status()}`);
  }
  await page.close();
});

test('an app password is shown once, with how to use it, and can be taken back', async () => {
  const page = await open({ person: 'anna' });
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/konto/app-passwoerter');
  await page.getByLabel('Wofür?').fill('Laptop im Büro');
  await page.getByRole('button', { name: 'App-Passwort anlegen' }).click();
  await page.getByRole('heading', { name: 'Ihr neues App-Passwort' }).waitFor();
  const secret = await page.getByLabel('App-Passwort', { exact: true }).inputValue();
  assert.ok(secret.length > 20);
  await tabTo(page, 'button', 'Kopieren: App-Passwort');
  await page.keyboard.press('Enter');
  await page.getByRole('status').getByText('App-Passwort: kopiert').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), secret);
  await checkAccessible(page);
  await page.getByRole('link', { name: 'Fertig' }).click();
  await page.getByRole('rowheader', { name: 'Laptop im Büro' }).waitFor();
  assert.doesNotMatch(await page.content(), new RegExp(secret));
  await page.getByRole('button', { name: 'Zurückziehen: Laptop im Büro' }).click();
  await page.getByText('Noch kein App-Passwort').waitFor();
  await page.close();
});

test('disabling asks why, and can be undone from the message', async () => {
  const page = await open({ person: 'dora' });
  await page.goto(`/verwaltung/personen/${id.bernd}`);
  await page.getByRole('link', { name: 'Sperren' }).click();
  await page.getByLabel('Begründung').fill('verlässt die Stadt');
  await page.getByRole('button', { name: 'Sperren' }).click();
  await page.getByText('Bernd Böhme ist gesperrt.').waitFor();
  await checkAccessible(page);
  await page.getByRole('button', { name: 'Rückgängig' }).click();
  await page.getByText('Die Sperre von Bernd Böhme ist aufgehoben.').waitFor();
  await page.close();
});

test('who opens the page for disabling themselves is told that they cannot', async () => {
  const page = await open({ person: 'dora', script: false });
  await page.goto(`/verwaltung/personen/${id.dora}/sperren`);
  await page.getByText('Das sind Sie selbst').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Sperren' }).count(), 0);
  await page.close();
});

test('people are imported after a look at what would happen', async () => {
  const page = await open({ person: 'dora', script: false });
  await page.goto('/verwaltung/personen/einlesen');
  const csv = 'Name;E-Mail-Adresse;Gruppen\nGünther Görlitz;guenther@ellrich.example;Bauhof\nOhne Adresse;;\n';
  await page
    .getByLabel('CSV-Datei')
    .setInputFiles({ name: 'leute.csv', mimeType: 'text/csv', buffer: Buffer.from(csv, 'latin1') });
  await page.getByRole('button', { name: 'Prüfen' }).click();
  await page
    .getByRole('row', { name: /guenther@ellrich\.example/ })
    .getByText('wird eingeladen')
    .waitFor();
  await page.getByText('abgelehnt', { exact: true }).waitFor();
  await page.getByText('1 Person würde eingeladen, 0 geändert, 0 bleiben gleich, 1 abgelehnt.').waitFor();
  await page.getByRole('button', { name: 'So übernehmen' }).click();
  await page.getByText('Eingelesen: 1 eingeladen, 0 geändert, 1 abgelehnt.').waitFor();
  await page
    .getByRole('row', { name: /Günther Görlitz/ })
    .getByText('Bauhof')
    .waitFor();
  await page.goto('/verwaltung/personen/einlesen');
  const again = Buffer.from(csv.split('\n').slice(0, 2).join('\n'));
  await page.getByLabel('CSV-Datei').setInputFiles({ name: 'leute.csv', mimeType: 'text/csv', buffer: again });
  await page.getByRole('button', { name: 'Prüfen' }).click();
  await page.getByText('Niemand würde eingeladen, 0 geändert, 1 bleibt gleich, 0 abgelehnt.').waitFor();
  await page.close();
});

test('a policy is decided, shows its origin and history, and is taken back', async () => {
  const page = await open({ person: 'dora' });
  await page.goto('/verwaltung/regeln/trashDays');
  await page.getByLabel('Tage').fill('0');
  await page.getByLabel('Tage').evaluate((input: HTMLInputElement) => input.removeAttribute('min'));
  await page.getByRole('button', { name: 'Speichern' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel('Tage').fill('90');
  await page.getByRole('button', { name: 'Speichern' }).click();
  await page
    .getByRole('row', { name: /Papierkorb/ })
    .getByText('90 Tage')
    .waitFor();
  await page.goto('/verwaltung/regeln/trashDays');
  await page
    .getByRole('row', { name: /Dora Döring/ })
    .getByText('90 Tage')
    .waitFor();
  await page.getByRole('button', { name: 'Eigene Entscheidung zurücknehmen' }).click();
  await page
    .getByRole('row', { name: /Papierkorb/ })
    .getByText('30 Tage')
    .waitFor();
  await page.close();
});

test('Paula onboards a municipality and suspends it again', async () => {
  const page = await open({ person: 'paula' });
  await page.goto('/anbieter/neu');
  await page.getByLabel('Name', { exact: true }).fill('Gemeinde Hohenstein');
  await page.getByRole('textbox', { name: 'Kürzel' }).fill('hohenstein');
  await page.getByRole('button', { name: 'Mandant anlegen' }).click();
  await page.getByRole('heading', { level: 1, name: 'Gemeinde Hohenstein' }).waitFor();
  await page.getByRole('link', { name: 'Verwaltung einladen' }).click();
  await page.getByRole('heading', { level: 1, name: 'Verwaltung einladen' }).waitFor();
  await page.getByLabel('Name', { exact: true }).fill('Hanna Hohl');
  await page.getByLabel('E-Mail-Adresse').fill('hanna@hohenstein.example');
  await page.getByRole('button', { name: 'Einladung schicken' }).click();
  await page.getByText('Hanna Hohl ist eingeladen.').waitFor();
  await page.getByRole('link', { name: 'Sperren' }).click();
  await page.getByLabel('Begründung').fill('Zweckvereinbarung ist noch nicht unterschrieben');
  await page.getByRole('button', { name: 'Sperren' }).click();
  await page.getByText('Dieser Mandant ist gesperrt').waitFor();
  await page.getByRole('button', { name: 'Sperre aufheben' }).click();
  await page.getByText('Die Sperre von „Gemeinde Hohenstein“ ist aufgehoben.').waitFor();
  await page.close();
});

test('language and theme are chosen without script and stay', async () => {
  const page = await open({ person: 'anna', script: false });
  await page.goto('/konto');
  await page.locator('summary').filter({ hasText: 'Anna Apel' }).click();
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { level: 1, name: 'Account' }).waitFor();
  await page.locator('summary').filter({ hasText: 'Anna Apel' }).click();
  await page.getByRole('button', { name: 'Dark' }).click();
  assert.equal(await page.locator('html').getAttribute('data-kern-theme'), 'dark');
  assert.match(page.url(), /\/konto$/);
  await page.close();
});

test('the rail folds away and stays so', async () => {
  const page = await open({ person: 'dora' });
  await page.goto('/verwaltung/personen');
  await page.getByRole('button', { name: 'Einklappen' }).click();
  await page.getByRole('button', { name: 'Ausklappen' }).waitFor();
  await page.reload();
  await checkAccessible(page);
  await page.getByRole('link', { name: 'Konto' }).click();
  await page.getByRole('heading', { level: 1, name: 'Konto' }).waitFor();
  await page.getByRole('button', { name: 'Ausklappen' }).click();
  await page.getByRole('button', { name: 'Einklappen' }).waitFor();
  await page.close();
});

test('people of a suspended authority are out at once, and told why', async () => {
  const [emil, paula] = [await open({ person: 'emil' }), await open({ person: 'paula' })];
  await paula.goto(`/anbieter/${people.rhoenblick}/sperren`);
  await paula.getByLabel('Begründung').fill('Rechnung offen');
  await paula.getByRole('button', { name: 'Sperren' }).click();
  await paula.getByText('ist gesperrt.').waitFor();
  stand.clock.advance(2);
  await emil.goto('/konto');
  await emil.getByLabel('E-Mail-Adresse oder Kennung').fill('emil@rhoenblick.example');
  await emil.getByLabel('Passwort').fill(password);
  await emil.getByRole('button', { name: 'Anmelden' }).click();
  await emil.getByText('Der Zugang Ihrer Behörde ist zurzeit gesperrt').waitFor();
  await emil.close();
  await paula.close();
});

test('signing out ends it, also for the back button', async () => {
  const page = await open({ person: 'anna' });
  await page.goto('/konto');
  await page.locator('summary').filter({ hasText: 'Anna Apel' }).click();
  await page.getByRole('button', { name: 'Abmelden' }).click();
  await page.getByText('Sie sind abgemeldet.').waitFor();
  await page.goBack();
  await page.waitForURL('**/anmelden**');
  await page.close();
});

test('rows are chosen one by one, in ranges and all at once; the actions come without moving the list', async () => {
  const page = await open({ person: 'anna' });
  await page.goto('/baukasten');
  const table = page.getByRole('table', { name: 'Dateien' });
  const place = () => table.evaluate((element) => element.getBoundingClientRect().top + window.scrollY);
  const before = await place();
  const all = page.getByRole('checkbox', { name: 'Alle auswählen' });
  await all.waitFor();
  await table.getByRole('checkbox', { name: /Bahnhof/ }).check();
  await page.getByText('1 Eintrag ausgewählt').waitFor();
  await table.getByRole('checkbox', { name: /Protokolle/ }).click({ modifiers: ['Shift'] });
  await page.getByText('3 Einträge ausgewählt').waitFor();
  assert.ok(await all.isChecked());
  assert.equal(await place(), before);
  await all.uncheck();
  await page.getByRole('link', { name: 'Hochladen' }).first().waitFor();
  await page.close();
});

test('dialog and tray are accessible, the dialog gives the focus back', async () => {
  const page = await open({ person: 'anna' });
  await page.goto('/baukasten');
  await page.getByRole('button', { name: 'Arbeit zeigen' }).click();
  await page.getByRole('complementary', { name: 'Laufende Aufgaben' }).waitFor();
  await checkAccessible(page);
  await page.getByRole('link', { name: 'Dialog öffnen' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Neuer Ordner' }).waitFor();
  await checkAccessible(page);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Dialog öffnen');
  await page.getByRole('link', { name: 'Postausgang' }).click();
  await page.getByRole('heading', { level: 1, name: 'Postausgang' }).waitFor();
  assert.ok(
    await page.getByRole('complementary', { name: 'Laufende Aufgaben' }).isVisible(),
    'the tray follows to the next page',
  );
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H1', 'the focus is on the new title');
  await page.close();
});

/** What a first view may weigh, in bytes as they travel. */
const budgets = { script: 128 * 1_024, style: 40 * 1_024 };

test('a first view stays within its budget, and the sign-in ships no script', async () => {
  const weigh = async (path: string, person?: PersonName) => {
    const page = await open(person ? { person } : {});
    const weight = { script: 0, style: 0 };
    const weighed: Promise<void>[] = [];
    const add = async (request: Request) => {
      const kind = { script: 'script', stylesheet: 'style' }[request.resourceType()] as keyof typeof weight | undefined;
      if (!kind) return;
      const { responseBodySize } = await request.sizes();
      weight[kind] += responseBodySize;
    };
    page.on('requestfinished', (request) => weighed.push(add(request)));
    await page.goto(path, { waitUntil: 'networkidle' });
    await Promise.all(weighed);
    await page.close();
    return weight;
  };
  const signIn = await weigh('/anmelden');
  const list = await weigh('/verwaltung/personen', 'dora');
  assert.equal(signIn.script, 0);
  assert.ok(list.script > 0 && list.script <= budgets.script, `${list.script} bytes of script`);
  assert.ok(list.style <= budgets.style, `${list.style} bytes of style`);
});
