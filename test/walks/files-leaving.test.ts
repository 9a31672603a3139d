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
  await dora.getByText('1 Datei, 0 Ordner, 0 frühere Versionen; davon 0 Einträge im Papierkorb').waitFor();
  const find = async (name: string) => {
    await dora.getByLabel('Wer bekommt sie?').fill(name);
    await dora.getByRole('button', { name: 'Person suchen' }).click();
  };
  await find('Niemand Bekanntes');
  await dora.getByText('Zu „Niemand Bekanntes“ wurde keine Person mit aktivem Zugang gefunden.').waitFor();
  await find('ellrich.example');
  assert.equal(await dora.getByRole('link', { name: 'Auswählen: Bernd Böhme' }).count(), 0, 'not to the one who leaves');
  await checkFits(dora);
  await dora.getByRole('link', { name: 'Auswählen: Anna Apel' }).click();
  await dora.getByText('Anna Apel leitet ihn und sieht alles, was darin liegt.').waitFor();
  await dora.getByText('Anna Apel (anna@ellrich.example)').waitFor();
  await checkFits(dora);
  await dora.getByRole('button', { name: 'Endgültig übergeben' }).click();
  await dora.getByRole('alert').getByText('Bitte füllen Sie das Feld „Grund“ aus.').waitFor();
  await dora.getByLabel('Grund').fill('Wechsel zum Landkreis');
  await dora.getByRole('button', { name: 'Endgültig übergeben' }).click();
  await dora.locator('.toast').getByText('gehören jetzt zum Bereich „Dateien von Bernd Böhme“, den Anna Apel leitet').waitFor();
  await dora.goto(`/verwaltung/bereiche/personen/${people.id.bernd}`);
  await dora.getByText('Diese Person hat keine eigenen Dateien.').waitFor();
  await dora.goto(`/verwaltung/bereiche/personen/${people.id.anna}`);
  await dora.getByText('Dieser Zugang ist nicht gesperrt.').waitFor();
  await dora.close();

  const anna = await open({ person: 'anna' });
  await anna.goto('/mitteilungen');
  await anna.getByRole('link', { name: /^Die Dateien von Bernd Böhme wurden Ihnen übergeben/ }).click();
  await anna.getByRole('link', { name: 'Übergabe.txt', exact: true }).waitFor();
  await checkAccessible(anna);
  await anna.close();
});
