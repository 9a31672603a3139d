import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccessible, checkFits, openBrowser } from '../browser.ts';
import { picture } from '../picture.ts';

/** Anna chooses a picture of herself and takes it away again: with script, and on a telephone without. */

const { open } = await openBrowser();

for (const { script, size } of [
  { script: true, size: [1280, 800] },
  { script: false, size: [360, 740] },
] as const) {
  test(`Anna’s picture, ${script ? 'with' : 'without'} script`, async () => {
    const page = await open({ person: 'anna', script, size, theme: script ? 'light' : 'dark' });
    const shown = () => page.getByRole('img', { name: 'So sehen andere Sie' }).getAttribute('src');
    const send = async (name: string, buffer: Buffer) => {
      await page.getByLabel('Bilddatei').setInputFiles({ name, mimeType: 'image/png', buffer });
      // What was said last lies above the end of a small page: with the key the button is in reach all the same.
      await page.getByRole('button', { name: 'Bild hochladen' }).press('Enter');
    };
    await page.goto('/konto');
    await page.getByRole('link', { name: 'Bild', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Ihr Bild' }).waitFor();
    const initials = await shown();
    await send('foto.png', picture({ width: 300, height: 200, shade: 200 }));
    await page.getByText('Ihr Bild ist gespeichert.').waitFor();
    const chosen = await shown();
    assert.notEqual(chosen, initials);
    if (script) await checkAccessible(page);
    await checkFits(page);
    await send('brief.png', Buffer.from('kein Bild'));
    await page.getByText('Diese Datei ließ sich nicht als Bild lesen.').first().waitFor();
    assert.equal(await shown(), chosen);
    if (script) await checkAccessible(page);
    await page.getByRole('button', { name: 'Bild entfernen' }).press('Enter');
    await page.getByText('Ihr Bild ist gelöscht.').waitFor();
    assert.equal(await shown(), initials);
    await page.close();
  });
}
