import type { AuthorityContent } from '../rules-content.ts';

/** An authority of which nothing but its name is known for certain. */
export const blankAuthority = {
  represents: [],
  street: '',
  postcode: '',
  town: '',
  phone: '',
  mail: '',
  web: '',
  hours: '',
  accessibility: [],
  languages: ['Deutsch'],
  units: [],
} as const;

export type CatalogueAuthority = {
  readonly key: string;
  readonly content: AuthorityContent;
  readonly services: readonly string[];
  readonly source: string;
};

export const authorities: readonly CatalogueAuthority[] = [
  {
    key: '16.grundbuchaemter',
    content: { ...blankAuthority, name: 'Amtsgericht – Grundbuchamt' },
    services: ['grundbuch'],
    source: '§ 1 Grundbuchordnung (GBO)',
  },
  {
    key: '16.studierendenwerk',
    content: { ...blankAuthority, name: 'Studierendenwerk Thüringen' },
    services: ['bafoeg-studium'],
    source: '§ 40 Bundesausbildungsförderungsgesetz (BAföG)',
  },
  {
    key: '16.bzst',
    content: { ...blankAuthority, name: 'Bundeszentralamt für Steuern' },
    services: ['steuer-id'],
    source: '§ 139a Abgabenordnung (AO)',
  },
  {
    key: '16.familienkasse',
    content: { ...blankAuthority, name: 'Familienkasse der Bundesagentur für Arbeit' },
    services: ['kindergeld'],
    source: '§ 7 Bundeskindergeldgesetz (BKGG)',
  },
  {
    key: '16.beitragsservice',
    content: { ...blankAuthority, name: 'ARD ZDF Deutschlandradio Beitragsservice' },
    services: ['rundfunkbeitrag'],
    source: 'Rundfunkbeitragsstaatsvertrag (RBStV)',
  },
  {
    key: '16.jobcenter',
    content: { ...blankAuthority, name: 'Jobcenter Ihres Landkreises oder Ihrer Stadt' },
    services: ['buergergeld'],
    source: '§§ 6 bis 6d Sozialgesetzbuch Zweites Buch (SGB II)',
  },
];
