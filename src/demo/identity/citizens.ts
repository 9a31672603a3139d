import { createHmac } from 'node:crypto';

/** Who can be somebody at the practice identity. All of them are made up. */

export type Level = 'basic' | 'substantial' | 'high';

export type PracticeCitizen = {
  readonly key: string;
  readonly givenName: string;
  readonly familyName: string;
  /** ISO. */
  readonly born: string;
  readonly street: string;
  readonly postcode: string;
  readonly town: string;
};

export const practiceCitizens: readonly PracticeCitizen[] = [
  {
    key: 'celik',
    givenName: 'Celik',
    familyName: 'Çetin',
    born: '1970-03-03',
    street: 'Am Bach 3',
    postcode: '99755',
    town: 'Ellrich',
  },
  {
    key: 'martha',
    givenName: 'Martha',
    familyName: 'Fuchs',
    born: '1948-11-12',
    street: 'Lindenweg 17 a',
    postcode: '99755',
    town: 'Ellrich',
  },
];

/** One and the same for a person and a partner, another one for every partner, and nothing in it says who it is. */
export const pseudonymOf = (citizen: PracticeCitizen, partner: string): string =>
  createHmac('sha256', 'practice identity').update(`${citizen.key}\n${partner}`).digest('base64');

/** Authentication context classes by level: modelled on the STORK levels the federal account speaks. */
export const classes: Readonly<Record<Level, string>> = {
  basic: 'STORK-QAA-Level-1',
  substantial: 'STORK-QAA-Level-3',
  high: 'STORK-QAA-Level-4',
};

export const levels = ['basic', 'substantial', 'high'] as const satisfies readonly Level[];

/** Names of attributes: modelled on the federal account's. */
export const attributesOf = (citizen: PracticeCitizen): ReadonlyMap<string, string> =>
  new Map([
    ['urn:oid:2.5.4.42', citizen.givenName],
    ['urn:oid:2.5.4.4', citizen.familyName],
    ['urn:oid:1.2.40.0.10.2.1.1.55', citizen.born],
    ['urn:oid:2.5.4.16', citizen.street],
    ['urn:oid:2.5.4.17', citizen.postcode],
    ['urn:oid:2.5.4.7', citizen.town],
  ]);

/** The attribute that holds the pseudonym. */
export const pseudonymAttribute = 'urn:oid:1.3.6.1.4.1.25484.494450.3';
