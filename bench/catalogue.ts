import { writeFileSync } from 'node:fs';
import { authorities as catalogueAuthorities, texts } from '../src/modules/finder/catalogue/index.ts';
import type { AuthorityContent } from '../src/modules/finder/rules-content.ts';
import { type Exchanged, writeXml } from '../src/modules/finder/rules-exchange.ts';

/** A catalogue as large as a state's: our own texts over and over, each with a title and keywords of its own. */

const stems =
  'Wald Bach Garten Stein Wasser Holz Wege Markt Schul Brücken Feuer Licht Boden Luft Ufer Berg Moor Kanal Feld Turm'.split(' ');
const ends = 'nutzung erlaubnis prüfung beihilfe steuer ausweis aufsicht anzeige gebühr zuschuss auskunft pacht'.split(' ');
const pick = (list: readonly string[], seed: number) => list[seed % list.length] as string;

/** A compound as German offices make them; the same for the same number, thousands of different ones. */
export const word = (seed: number): string =>
  `${pick(stems, seed)}${pick(stems, seed * 7 + 3).toLowerCase()}${pick(ends, seed * 5 + (seed >> 4))}`;

/** Every so manieth service has an authority of its own. */
const ruledEvery = 3;

function serviceAt(index: number): Exchanged {
  const { content } = texts[index % texts.length] as (typeof texts)[number];
  const title = `${word(index)} ${word(index + 11)} beantragen`;
  return {
    kind: 'service',
    key: `leistung-${index}`,
    content: { ...content, title, keywords: [word(index * 3), word(index * 13)], leika: null },
  };
}

function authorityAt(index: number): Exchanged {
  const { content } = catalogueAuthorities[index % catalogueAuthorities.length] as (typeof catalogueAuthorities)[number];
  const named: AuthorityContent = { ...content, name: `Amt für ${word(index)}`, represents: [] };
  return { kind: 'authority', key: `16.amt-${index}`, content: named };
}

function ruleAt(service: number, authority: number): Exchanged {
  const key = `leistung-${service}`;
  const rule = { service: key, area: '16', authority: `16.amt-${authority}`, level: null, unit: '', except: [], source: '' };
  return { kind: 'competence', key: `${key}.16`, content: rule };
}

export type Size = { readonly services: number; readonly authorities: number };

/** Writes such a catalogue as a file for `finder import-entries`; returns how many entries it has. */
export function writeCatalogue(path: string, { services, authorities }: Size): number {
  const many = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index));
  const entries = [
    ...many(services, serviceAt),
    ...many(authorities, authorityAt),
    ...many(Math.floor(services / ruledEvery), (index) => ruleAt(index * ruledEvery, index % Math.max(1, authorities))),
  ];
  writeFileSync(path, writeXml(entries, new Date()));
  return entries.length;
}
