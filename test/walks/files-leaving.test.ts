import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessible, checkFits, openBrowser } from '../browser.ts';
import { davClient } from '../dav.ts';

/** Bernd leaves: Dora hands his files over to Anna, without script and without seeing what is in them. */

const { open, people, url } = await openBrowser();
const bernd = davClient(Number(new URL(url).port), await people.appPassword('bernd'));

test('the files of somebody who left are handed over in a few steps', async () => {
  await bernd.put('Übergabe.txt', 'Wer was weiß');
  const dora = await open({ person: 'dora', script: false, size: [320, 640] });
  await dora.goto(`/verwaltung/personen/${people.id.bernd}/sperren`);
  await dora.getByRole('button', { name: /sperren/i }).click();
  await dora.getByRole('link', { name: 'Dateien übergeben' }).click();
  await dora.getByRole('heading', { level: 1, name: 'Dateien von Bernd Böhme übergeben' }).waitFor();
  await dora.getByLabel('Wer bekommt sie?').fill('Niemand Bekanntes');
  await dora.getByLabel('Grund').fill('Wechsel zum Landkreis');
  await dora.getByRole('button', { name: 'Übergeben' }).click();
  await dora.getByText('Zu „Niemand Bekanntes“ wurde niemand gefunden.').first().waitFor();
  assert.equal(await dora.getByLabel('Grund').inputValue(), 'Wechsel zum Landkreis');
  await checkFits(dora);
  await dora.getByLabel('Wer bekommt sie?').fill('Anna Apel');
  await dora.getByRole('button', { name: 'Übergeben' }).click();
  await dora.locator('.toast').getByText('gehören jetzt zum Bereich „Dateien von Bernd Böhme“, den Anna Apel leitet').waitFor();
  await dora.goto(`/verwaltung/bereiche/personen/${people.id.bernd}`);
  await dora.getByText('Diese Person hat keine eigenen Dateien.').waitFor();
  await dora.goto(`/verwaltung/bereiche/personen/${people.id.anna}`);
  await dora.getByText('Dieser Zugang ist nicht gesperrt.').waitFor();
  await dora.close();

  const anna = await open({ person: 'anna' });
  await anna.goto('/bereiche');
  await anna.getByRole('link', { name: 'Dateien von Bernd Böhme', exact: true }).click();
  await anna.getByRole('link', { name: 'Übergabe.txt', exact: true }).waitFor();
  await checkAccessible(anna);
  await anna.close();
});
