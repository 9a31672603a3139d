import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as files from '#modules/files';
import { systemContext } from '#platform/context';
import { checkAccessible, openBrowser } from '../../../test/browser.ts';
import { davClient } from '../../../test/dav.ts';
import { deskOf } from '../../../test/desk.ts';
import { operate } from './operation-step.ts';
import { limits } from './rules.ts';
import { operationLimits } from './rules-operation.ts';

/** What a person sees of a large copy: it is begun, one sees how far it is, can leave, come back and stop it. */

const { stand, people, open, url } = await openBrowser();
const desk = deskOf(people.anna);
limits.nodesAtOnce = 5;
operationLimits.step = 4;
operationLimits.sliceMilliseconds = 1;

await desk.folder('Groß');
await desk.folder('Ablage');
await files.createSpace(people.dora, { name: 'Bauamt' }, [{ principal: people.id.anna, role: 'manager' }]);
for (let number = 1; number <= 12; number += 1) await desk.write(`Groß/${number}.txt`, 'Inhalt');
const [source, target] = [await desk.at('Groß'), await desk.at('Ablage')];

/** One slice of the job of the latest operation. */
async function work(operation: number): Promise<void> {
  await operate.run(systemContext(stand.house.platform, people.ellrich, 'files.operate'), { operation });
}

test('over WebDAV it is refused with a sentence that says where it works', async () => {
  const dav = davClient(Number(new URL(url).port), await people.appPassword('anna'));
  for (const method of ['COPY', 'MOVE']) {
    const to = method === 'COPY' ? 'Ablage/Kopie' : 'Bauamt/Umzug';
    const answer = await dav.request(method, 'Groß', { headers: { destination: dav.home + to } });
    assert.equal(answer.status, 413);
    assert.match(await answer.text(), /im Hintergrund/);
  }
  assert.equal(await dav.status('GET', 'Groß/1.txt'), 200);
});

const carry = `/dateien/verschieben?ids=${source.node.id}&art=kopieren&in=${target.node.id}`;

test('a copy in the background: progress in the tray across pages, and the result in the list', async () => {
  const page = await open({ person: 'anna' });
  await page.goto(carry);
  await page.getByRole('button', { name: 'Nach „Ablage“ kopieren' }).click();
  await page.locator('.toast').getByText('geht jetzt im Hintergrund weiter').waitFor();
  const tray = page.getByRole('complementary', { name: 'Laufende Aufgaben' });
  await tray.getByText('0 von 13 Dateien und Ordnern').waitFor();
  await checkAccessible(page);
  await work(1);
  await tray.getByText('4 von 13').waitFor();
  await page.getByRole('link', { name: 'Konto', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Konto' }).waitFor();
  await work(1);
  await tray.getByText('8 von 13').waitFor();
  await page.goto(`/dateien/${target.node.id}`);
  await page.getByText('Hier liegt noch nichts').waitFor();
  await tray.getByText('8 von 13').waitFor(); // the new page has looked: what ends from here on it hears
  for (let step = 0; step < 3; step += 1) await work(1);
  await page.getByRole('link', { name: 'Groß', exact: true }).waitFor();
  await tray.getByText('fertig', { exact: true }).waitFor();
  await tray.getByRole('button', { name: 'Aus der Liste nehmen: Kopieren: Groß' }).click();
  await tray.waitFor({ state: 'detached' });
  await page.close();
});

test('it is stopped, and nothing of it stays; without script it runs as well', async () => {
  const plain = await open({ person: 'anna', script: false });
  await plain.goto(carry);
  await plain.getByRole('button', { name: 'Nach „Ablage“ kopieren' }).click();
  await plain.locator('.toast').getByText('geht jetzt im Hintergrund weiter').waitFor();
  await plain.close();
  const page = await open({ person: 'anna' });
  await page.goto(`/dateien/${target.node.id}`);
  const tray = page.getByRole('complementary', { name: 'Laufende Aufgaben' });
  await tray.getByRole('button', { name: 'Abbrechen: Kopieren: Groß' }).click();
  await tray.getByText('wird zurückgenommen').waitFor();
  for (let step = 0; step < 2; step += 1) await work(2);
  await tray.getByText('abgebrochen').waitFor();
  await page.close();
});
