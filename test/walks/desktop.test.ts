import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { checkAccessible, checkFits, openBrowser } from '../browser.ts';
import { password } from '../people.ts';
import { localTree, openSyncClient } from '../sync.ts';

/** Anna connects the client on her laptop, works with it, loses the laptop, and has it wiped. */

const { stand, people, open, url } = await openBrowser();
const port = Number(new URL(url).port);
const folder = mkdtempSync(join(tmpdir(), 'rennsteig-test-desktop-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const headers = { 'User-Agent': 'laptop-07 (Desktop Client - Linux)' };

/** A form sent from one of this computer's own addresses: to the server each is another network. */
function post(
  path: string,
  fields: Record<string, string> = {},
  localAddress = '127.0.0.1',
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const options = {
      method: 'POST',
      localAddress,
      headers: { ...headers, 'Content-Type': 'application/x-www-form-urlencoded' },
    };
    const sent = request(url + path, options, async (answer) => {
      let body = '';
      for await (const piece of answer) body += piece;
      resolve({ status: answer.statusCode ?? 0, body });
    });
    sent.once('error', reject);
    sent.end(new URLSearchParams(fields).toString());
  });
}

/** The client asks to be let in, as it does before it opens the browser. */
async function askToBeLetIn(from?: string): Promise<{ page: string; fetchSecret(): ReturnType<typeof post> }> {
  const { poll, login } = JSON.parse((await post('/index.php/login/v2', {}, from)).body) as Begun;
  return { page: new URL(login).pathname, fetchSecret: () => post(new URL(poll.endpoint).pathname, { token: poll.token }, from) };
}

type Begun = { readonly poll: { readonly token: string; readonly endpoint: string }; readonly login: string };
type Given = { readonly loginName: string; readonly appPassword: string };

test('Anna lets her client in, works with it, and has the lost laptop wiped', async () => {
  const { page: address, fetchSecret } = await askToBeLetIn();
  assert.equal((await fetchSecret()).status, 404);
  const page = await open();
  await page.goto(address);
  await page.getByLabel('E-Mail-Adresse oder Kennung').fill('anna@ellrich.example');
  await page.getByLabel('Passwort').fill(password);
  await page.getByRole('button', { name: 'Anmelden' }).click();
  await page.getByRole('heading', { level: 1, name: 'Ein Programm möchte auf Ihre Dateien zugreifen' }).waitFor();
  await page.getByText('laptop-07, Nextcloud, Linux').waitFor();
  await checkAccessible(page);
  await page.getByLabel('Name für dieses Gerät').fill('Laptop im Bauamt');
  await page.getByRole('button', { name: 'Zugriff erlauben' }).click();
  await page.getByRole('heading', { level: 1, name: 'Das Programm hat jetzt Zugriff' }).waitFor();
  await checkAccessible(page);

  const { loginName, appPassword } = JSON.parse((await fetchSecret()).body) as Given;
  const credentials = { user: loginName, password: appPassword, authorization: '' };
  const client = openSyncClient('nextcloud', { port, credentials, place: join(folder, 'laptop'), retries: 1 });
  writeFileSync(join(client.folder, 'Vermerk.txt'), 'aus dem Bauamt');
  assert.equal((await client.sync()).code, 0);
  await page.goto('/dateien');
  await page.getByRole('link', { name: 'Vermerk.txt' }).first().waitFor();

  await page.goto('/konto/app-passwoerter');
  const row = page.getByRole('row', { name: /Laptop im Bauamt/ });
  await row.getByRole('link', { name: /Daten löschen/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Daten auf „Laptop im Bauamt“ löschen?' }).waitFor();
  await checkAccessible(page);
  await page.getByRole('button', { name: 'Zugriff beenden und Daten löschen' }).click();
  await row.getByText(/Löschen angeordnet/).waitFor();
  await checkAccessible(page);
  const wipe = (what: string) => post(`/index.php/core/wipe/${what}`, { token: appPassword });
  assert.deepEqual(JSON.parse((await wipe('check')).body), { wipe: true });
  assert.equal((await wipe('success')).status, 200);
  await page.reload();
  await row.getByText(/Das Gerät hat gelöscht/).waitFor();

  stand.clock.advance(1); // what is believed of a caller is never older than half a second
  writeFileSync(join(client.folder, 'danach.txt'), 'zu spät');
  assert.notEqual((await client.sync()).code, 0, 'the client is not let in any more');
  assert.deepEqual(Object.keys(await localTree(client.folder)), ['Vermerk.txt', 'danach.txt'].sort());
  await page.close();
});

test('an older app shows our pages itself, and the last one leads Anna’s answer into it', async () => {
  const page = await open({ size: [360, 740], script: false });
  await page.setExtraHTTPHeaders({ 'OCS-APIREQUEST': 'true' });
  await page.goto('/index.php/login/flow');
  await page.setExtraHTTPHeaders({});
  await page.getByLabel('E-Mail-Adresse oder Kennung').fill('anna@ellrich.example');
  await page.getByLabel('Passwort').fill(password);
  await page.getByRole('button', { name: 'Anmelden' }).click();
  const yes = page.getByRole('button', { name: 'Zugriff erlauben' });
  await yes.waitFor();
  await checkFits(page);
  // What the browser does not follow, it would not hand to the app either: the policy of the page has to allow this one scheme.
  const followed = page.waitForEvent('requestfailed', (asked) => asked.redirectedFrom() !== null);
  await yes.click();
  assert.match((await followed).url(), /^nc:\/\/login\/server:http:\/\/[^&]+&user:anna&password:[\w-]+$/);
  await page.close();
});

test('Dora has the stolen telephone of a colleague wiped', async () => {
  const { poll, login } = JSON.parse((await post('/index.php/login/v2')).body) as Begun;
  const his = await open({ person: 'bernd' });
  await his.goto(new URL(login).pathname);
  await his.getByLabel('Name für dieses Gerät').fill('Dienst-Telefon');
  await his.getByRole('button', { name: 'Zugriff erlauben' }).click();
  await his.getByRole('heading', { level: 1, name: 'Das Programm hat jetzt Zugriff' }).waitFor();
  await his.close();
  const { appPassword } = JSON.parse((await post(new URL(poll.endpoint).pathname, { token: poll.token })).body) as Given;
  const page = await open({ person: 'dora' });
  await page.goto(`/verwaltung/personen/${people.id.bernd}`);
  await page.getByRole('link', { name: 'Geräte anzeigen' }).click();
  const row = page.getByRole('row', { name: /Dienst-Telefon/ });
  await row.getByRole('link', { name: /Gerät fernlöschen/ }).click();
  await page.getByRole('heading', { level: 1, name: /^Daten auf „Dienst-Telefon“ von .+ löschen\?$/ }).waitFor();
  await checkAccessible(page);
  await page.getByRole('button', { name: 'Zugriff beenden und Daten löschen' }).click();
  await row.getByText(/Löschen angeordnet/).waitFor();
  await checkAccessible(page);
  assert.deepEqual(JSON.parse((await post('/index.php/core/wipe/check', { token: appPassword })).body), { wipe: true });
  await page.goto('/verwaltung/protokoll');
  await page.getByText('Löschen auf Gerät angeordnet').first().waitFor();
  await page.close();
});

test('Anna refuses what she has not begun herself, on a small screen and without script', async () => {
  const { page: address, fetchSecret } = await askToBeLetIn();
  const page = await open({ person: 'anna', size: [320, 640], script: false });
  await page.goto(address);
  await checkFits(page);
  await page.getByRole('button', { name: 'Ablehnen' }).click();
  await page.getByRole('heading', { level: 1, name: 'Sie haben abgelehnt' }).waitFor();
  await checkFits(page);
  assert.equal((await fetchSecret()).status, 404);
  await page.goto(address);
  await page.getByText(/Diese Anfrage eines Programms gibt es nicht mehr/).waitFor();
  await page.close();
});

test('who is sent an address from elsewhere is warned', async () => {
  const page = await open({ person: 'anna' });
  const warning = page.getByText(/aus einem anderen Netz/);
  await page.goto((await askToBeLetIn()).page);
  await page.getByRole('button', { name: 'Ablehnen' }).waitFor();
  assert.equal(await warning.count(), 0);
  await page.goto((await askToBeLetIn('127.0.0.2')).page);
  await warning.waitFor();
  await checkAccessible(page);
  await page.close();
});
