import type { Page } from 'playwright-core';

/** Where the people of Ellrich's forms live: the question for an address, answered. */
export async function fillHome(page: Page): Promise<void> {
  await page.getByLabel('Straße').fill('Am Bach');
  await page.getByLabel('Hausnummer').fill('3');
  await page.getByLabel('Postleitzahl').fill('99755');
  await page.getByLabel('Ort', { exact: true }).fill('Ellrich');
}
