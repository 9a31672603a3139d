import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ensurePages } from '../src/web/build.ts';
import { reachProof, settleForms } from './forms.ts';
import { weigh } from './page-weight.ts';
import { settle } from './people.ts';
import { openStand } from './stand.ts';

await ensurePages();
const stand = await openStand();
const people = await settle(stand);
await settleForms(people);
const url = `http://127.0.0.1:${await stand.house.listen()}`;
stand.clock.advance(10);

/** What somebody in a village with a poor connection fetches for a page, all in all, when they have never been here. */
const mostBytes = 100_000;

const token = await reachProof(people);

const pages = [
  '/suche',
  '/suche?q=Hund+anmelden&ort=Ellrich',
  '/leistung/hundesteuer?ort=16062005',
  '/stelle/16062005',
  '/lebenslage/animals',
  '/antrag/hundesteuer?ort=16062005',
  `/antrag/hundesteuer/${token}/speichern`,
  '/postfach/anmelden',
  '/anmelden',
  '/impressum',
];

test('a citizens’ page is small with everything it needs, and has no script', async () => {
  for (const page of pages) {
    const { script, whole } = await weigh(url + page);
    assert.equal(script, 0, page);
    assert.ok(whole <= mostBytes, `${page}: ${whole} bytes`);
  }
});

test('a question is small, too: its script keeps what is typed, or sends large files in pieces', async () => {
  for (const page of ['what', 'proof']) {
    const { script, whole } = await weigh(`${url}/antrag/hundesteuer/${token}/${page}`);
    assert.ok(script > 0, page);
    assert.ok(whole <= mostBytes, `${page}: ${whole} bytes`);
  }
});
