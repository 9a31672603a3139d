import type { Dictionary } from './view.tsx';

type Attribute = 'givenName' | 'familyName' | 'birthDate' | 'street' | 'number' | 'postcode' | 'town';

/** What the state identity says about a person, as people call it. */
export const attributeWords: Dictionary<Readonly<Record<Attribute, string>>> = {
  de: {
    givenName: 'Vorname',
    familyName: 'Nachname',
    birthDate: 'Geburtsdatum',
    street: 'Straße',
    number: 'Hausnummer',
    postcode: 'Postleitzahl',
    town: 'Ort',
  },
  en: {
    givenName: 'first name',
    familyName: 'last name',
    birthDate: 'date of birth',
    street: 'street',
    number: 'house number',
    postcode: 'postcode',
    town: 'town',
  },
};
