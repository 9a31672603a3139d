import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { settleFinder } from '../../../test/finder.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { limits } from './rules.ts';
import { writeRobots, writeSitemap } from './rules-sitemap.ts';

const stand = await openStand();
const people = await settle(stand);
const { app } = stand.house;

before(() => settleFinder(people));

const ask = (url: string) => app.inject({ method: 'GET', url, headers: { host: 'localhost' } });
const addresses = (xml: string) =>
  [...xml.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, address = '']) => address.replaceAll('&amp;', '&'));

test('every public page of the catalogue can be found by a search engine, each once, in its languages', async () => {
  const index = await ask('/sitemap.xml');
  assert.equal(index.statusCode, 200);
  const parts = addresses(index.body);
  assert.equal(parts.length, 3);
  const all: string[] = [];
  for (const part of parts) {
    const answer = await ask(new URL(part).pathname + new URL(part).search);
    assert.match(String(answer.headers['content-type']), /^application\/xml/);
    assert.match(String(answer.headers['cache-control']), /^public/);
    all.push(...addresses(answer.body));
  }
  assert.equal(new Set(all).size, all.length);
  const paths = all.map((address) => new URL(address)).map(({ pathname, search }) => pathname + search);
  for (const path of ['/leistung/hundesteuer', '/leistung/hundesteuer?lang=en', '/stelle/16062005', '/lebenslage/animals'])
    assert.ok(paths.includes(path), path);
  assert.ok(all.every((address) => address.startsWith(stand.config.url)));
});

test('the list goes on where a part begins, and knows no other parts', async () => {
  const { body } = await ask('/sitemap/leistungen.xml?ab=hundesteuer');
  const keys = addresses(body).map((address) => new URL(address).pathname.replace('/leistung/', ''));
  assert.equal(keys[0], 'hundesteuer');
  assert.ok(keys.every((key) => key >= 'hundesteuer' || !/^[a-z]/.test(key)));
  assert.ok(keys.length < limits.sitemapPages * 3);
  for (const wrong of [
    '/sitemap/andere.xml?ab=a',
    '/sitemap/leistungen.xml',
    '/sitemap/leistungen.xml?ab=%00',
    '/sitemap/stellen.xml?ab=a&ab=b',
  ])
    assert.equal((await ask(wrong)).statusCode, 404, wrong);
});

test('a page with an English text names both languages, another one only itself', () => {
  const publishedAt = new Date('2026-11-23T08:00:00Z');
  const both = writeSitemap('https://amt.example', 'leistungen', [{ key: 'hund', publishedAt, hasEnglish: true }]);
  assert.equal(both.match(/hreflang="en" href="https:\/\/amt\.example\/leistung\/hund\?lang=en"/g)?.length, 3);
  const one = writeSitemap('https://amt.example', 'leistungen', [{ key: 'hund', publishedAt, hasEnglish: false }]);
  assert.equal(addresses(one).length, 1);
  assert.doesNotMatch(one, /hreflang/);
});

test('what belongs to one person is not for search engines, and nothing of a demonstration', async () => {
  const { body } = await ask('/robots.txt');
  assert.match(body, /^Disallow: \/antrag\/$/m);
  assert.match(body, /^Sitemap: .*\/sitemap\.xml$/m);
  assert.doesNotMatch(body, /^Disallow: \/$/m);
  assert.match(writeRobots('https://amt.example', true), /^Disallow: \/$/m);
});
