import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as finder from '#modules/finder';
import { type Given, publishGiven } from '../src/modules/finder/catalogue.ts';
import { settleFinder } from '../test/finder.ts';
import { settle } from '../test/people.ts';
import { openStand } from '../test/stand.ts';

/**
 * `node bench/search.ts [SERVICES] [AUTHORITIES]`: how long the citizens' search takes over HTTP (`GET /api/finder/search`) among
 * 10,000 services, 5,000 authorities and all municipalities of the register, asked one after the other and eight at a time. Beside
 * it the cheapest answer of the same process on the same machine (`/healthz`). Written to `bench/results/search.json`.
 */

const [services = 10_000, authorities = 5_000] = process.argv.slice(2).map(Number);
const rounds = 1_500;

const [stems, ends] = [
  [
    'Wald',
    'Bach',
    'Garten',
    'Stein',
    'Wasser',
    'Holz',
    'Wege',
    'Markt',
    'Schul',
    'Brücken',
    'Feuer',
    'Licht',
    'Boden',
    'Luft',
    'Ufer',
  ],
  [
    'nutzung',
    'erlaubnis',
    'prüfung',
    'beihilfe',
    'steuer',
    'ausweis',
    'aufsicht',
    'anzeige',
    'gebühr',
    'zuschuss',
    'auskunft',
    'pacht',
  ],
];
const pick = (list: readonly string[], seed: number) => list[seed % list.length] as string;
/** A compound as German offices make them; the same for the same number, thousands of different ones. */
const word = (seed: number) =>
  `${pick(stems, seed)}${pick(stems, seed * 7 + 3).toLowerCase()}${pick(ends, seed * 5 + (seed >> 4))}`;

const stand = await openStand();
const people = await settle(stand);
await settleFinder(people);

async function fill(): Promise<void> {
  const texts = await Promise.all(
    (await finder.listServices(people.nobody, { limit: 1_000 })).items.map(({ key }) => finder.getService(people.nobody, key)),
  );
  const more: Given[] = [];
  for (let index = texts.length; index < services; index += 1) {
    const { content } = texts[index % texts.length] as (typeof texts)[number];
    const named = {
      title: `${word(index)} ${word(index + 11)} beantragen`,
      keywords: [word(index * 3), word(index * 13)],
      leika: null,
    };
    more.push({ kind: 'service', key: `leistung-${index}`, content: { ...content, ...named } });
  }
  const { content } = await finder.getAuthority(people.nobody, '16062005');
  for (let index = 0; index < authorities; index += 1)
    more.push({ kind: 'authority', key: `16.amt-${index}`, content: { ...content, name: `Amt ${index}`, represents: [] } });
  await publishGiven(people.house, finder.stateTenant, more);
  await finder.rebuild(people.house, finder.stateTenant);
}

const wishes = [
  'Hund anmelden',
  'hnud anmeldn',
  'Carport bauen',
  'wohngeld',
  'Personalausweis abgelaufen',
  'ich bin umgezogen',
  word(5_001),
];
const places = ['Ellrich', 'Erfurt', 'Lehesten', '99755', 'Großlohra', ''];
const address = (index: number) =>
  `/api/finder/search?${new URLSearchParams({ q: index % 3 === 0 ? word(index) : pick(wishes, index), place: pick(places, index) })}`;

/** Milliseconds of every answer, sorted. */
async function ask(origin: string, path: (index: number) => string, parallel: number): Promise<number[]> {
  const times: number[] = [];
  let next = 0;
  const client = async () => {
    for (let index = next++; index < rounds; index = next++) {
      const began = performance.now();
      const answer = await fetch(origin + path(index));
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`${answer.status} ${path(index)}`);
      times.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: parallel }, client));
  return times.sort((one, other) => one - other);
}

const at = (times: readonly number[], share: number) => Math.round((times[Math.floor(times.length * share)] as number) * 10) / 10;
const figures = (times: readonly number[]) => ({ p50: at(times, 0.5), p95: at(times, 0.95), p99: at(times, 0.99) });

test('the search among many', async () => {
  await fill();
  stand.clock.advance(10);
  const origin = `http://127.0.0.1:${await stand.house.listen()}`;
  await ask(origin, address, 1); // warm
  const report = {
    ...{ services, authorities, municipalities: 631, requests: rounds },
    bare: figures(await ask(origin, () => '/healthz', 1)),
    oneAfterTheOther: figures(await ask(origin, address, 1)),
    eightAtATime: figures(await ask(origin, address, 8)),
  };
  const folder = join(dirname(fileURLToPath(import.meta.url)), 'results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'search.json'), `${JSON.stringify(report, null, 2)}\n`);
  console.log(report);
});
