import type { Place } from '../place.ts';
import { buildingPapers } from './ellrich-building.ts';
import { bypassPapers } from './ellrich-bypass.ts';
import { councilPapers } from './ellrich-council.ts';
import { ellrichShield } from './ellrich-house.ts';
import { moneyPapers } from './ellrich-money.ts';
import { orderPapers } from './ellrich-order.ts';
import { ownPapers } from './ellrich-own.ts';
import { sharedPapers } from './ellrich-shared.ts';

const gibibyte = 2 ** 30;
const everybody = 'Alle Beschäftigten';

/** The town in which most of the demonstration happens. */
export const ellrich: Place = {
  tenant: 'ellrich',
  domain: 'ellrich.example',
  colours: { shield: ellrichShield, colour: '#8a1f2b' },
  quota: 50 * gibibyte,
  policies: [
    { name: 'trashDays', value: 60 },
    { name: 'spaceQuotaBytes', value: 2 * 2 ** 30 },
  ],
  units: [
    ['Bürgermeisteramt', null],
    ['Hauptamt', null],
    ['Personal', 'Hauptamt'],
    ['Informationstechnik', 'Hauptamt'],
    ['Kämmerei', null],
    ['Stadtkasse', 'Kämmerei'],
    ['Bauamt', null],
    ['Stadtplanung', 'Bauamt'],
    ['Bauhof', 'Bauamt'],
    ['Ordnungsamt', null],
    ['Einwohnermeldeamt', 'Ordnungsamt'],
    ['Standesamt', 'Ordnungsamt'],
  ],
  unitOf: { anna: 'Bauamt', bernd: 'Ordnungsamt', dora: 'Informationstechnik' },
  colleagues: {
    'f.lorbeer': { name: 'Friederike Lorbeer', unit: 'Bürgermeisteramt' },
    'h.kranich': { name: 'Hartmut Kranich', unit: 'Kämmerei' },
    'm.sauerland': { name: 'Marlies Sauerland', unit: 'Stadtkasse' },
    'j.tannert': { name: 'Jonas Tannert', unit: 'Stadtplanung' },
    'k.weidenbach': { name: 'Karin Weidenbach', unit: 'Bauamt' },
    'r.pflug': { name: 'Ronny Pflug', unit: 'Bauhof' },
    's.amsel': { name: 'Sabine Amsel', unit: 'Einwohnermeldeamt' },
    't.ringel': { name: 'Thea Ringel', unit: 'Standesamt' },
    'o.distel': { name: 'Oskar Distel', unit: 'Ordnungsamt' },
    'l.holunder': { name: 'Lene Holunder', unit: 'Personal' },
    'w.schlehe': { name: 'Wilma Schlehe', unit: 'Hauptamt' },
    'p.eibe': { name: 'Pascal Eibe', unit: 'Informationstechnik', isAdministrator: true },
  },
  groups: {
    [everybody]: [
      ...['anna', 'bernd', 'dora', 'f.lorbeer', 'h.kranich', 'm.sauerland', 'j.tannert', 'k.weidenbach'],
      ...['r.pflug', 's.amsel', 't.ringel', 'o.distel', 'l.holunder', 'w.schlehe', 'p.eibe'],
    ],
    Sitzungsdienst: ['w.schlehe', 'anna', 'bernd'],
    'Projekt Ortsumgehung': ['anna', 'j.tannert', 'k.weidenbach', 'gero'],
    Krisenstab: ['f.lorbeer', 'bernd', 'o.distel', 'r.pflug', 'dora'],
  },
  spaces: [
    {
      name: 'Bauamt',
      description: 'Bauanträge, Stellungnahmen, Straßen und Spielplätze',
      unit: 'Bauamt',
      room: 5 * gibibyte,
      members: { Bauamt: 'editor', anna: 'manager', bernd: 'viewer' },
    },
    {
      name: 'Ordnungsamt',
      description: 'Genehmigungen, Anzeigen, Märkte und das Fundbüro',
      unit: 'Ordnungsamt',
      room: 2 * gibibyte,
      members: { Ordnungsamt: 'editor', bernd: 'manager', anna: 'viewer' },
    },
    {
      name: 'Stadtrat',
      description: 'Einladungen, Vorlagen, Niederschriften und Beschlüsse',
      full: 0.46,
      members: { Sitzungsdienst: 'editor', 'w.schlehe': 'manager', 'f.lorbeer': 'viewer' },
    },
    {
      name: 'Haushalt',
      description: 'Der nächste Haushalt, vom ersten Ansatz bis zur Genehmigung',
      unit: 'Kämmerei',
      full: 0.31,
      members: { 'h.kranich': 'manager', Kämmerei: 'editor', anna: 'uploader', bernd: 'uploader', 'f.lorbeer': 'viewer' },
    },
    {
      name: 'Projekt Ortsumgehung',
      description: 'Arbeitsraum mit dem Planungsbüro: Varianten, Gutachten, Protokolle',
      room: gibibyte,
      members: { anna: 'manager', 'Projekt Ortsumgehung': 'editor', 'f.lorbeer': 'viewer', bernd: 'viewer' },
    },
    {
      name: 'Öffentlichkeitsarbeit',
      description: 'Bilder und Texte für Amtsblatt und Internetseite',
      unit: 'Bürgermeisteramt',
      full: 0.97,
      members: { 'f.lorbeer': 'manager', anna: 'editor', bernd: 'editor' },
    },
    {
      name: 'Vorlagen und Formulare',
      description: 'Briefbögen, Vordrucke, Dienstanweisungen für alle',
      full: 0.09,
      members: { 'w.schlehe': 'manager', [everybody]: 'viewer' },
    },
  ],
  papers: (today) => [
    ...buildingPapers(today),
    ...orderPapers(today),
    ...councilPapers(today),
    ...moneyPapers(today),
    ...bypassPapers(today),
    ...sharedPapers(today),
    ...ownPapers,
  ],
};
