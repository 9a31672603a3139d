import type { Definition, Field, FormPage, Text } from '../rules-definition.ts';
import { on } from '../rules-expression.ts';

/** Pieces that many forms have in common. */

export const t = (de: string, en: string): Text => ({ de, en });

type FieldInput = Omit<Field, 'key' | 'kind' | 'label'>;

export const ask = (kind: Field['kind'], key: string, label: Text, more: FieldInput = {}): Field => ({
  key,
  kind,
  label,
  ...more,
});

export const options = (...given: readonly (readonly [value: string, de: string, en: string])[]) =>
  given.map(([value, de, en]) => ({ value, label: t(de, en) }));

export const page = (key: string, title: Text, fields: readonly Field[], more: Partial<FormPage> = {}): FormPage => ({
  key,
  title,
  fields: [...fields],
  ...more,
});

/** Who applies: a person with name, address and a way to be reached. */
export function personPages(whose: {
  readonly name: Text;
  readonly address: Text;
  readonly isBirthAsked?: boolean;
  /** Name, birth and address are taken over from a confirmed identity. */
  readonly isConfirmed?: boolean;
}): FormPage[] {
  const from = (identity: NonNullable<Field['identity']>) => (whose.isConfirmed ? { identity } : {});
  const born = ask('date', 'born', t('Geburtsdatum', 'Date of birth'), {
    max: 'today',
    min: '1900-01-01',
    autocomplete: 'bday',
    ...from('birthDate'),
    hint: t('Zum Beispiel 24.12.1980', 'For example 24.12.1980'),
  });
  return [
    page('person', whose.name, [
      ask('text', 'firstName', t('Vorname', 'First name'), {
        format: 'name',
        maxLength: 100,
        autocomplete: 'given-name',
        ...from('givenName'),
      }),
      ask('text', 'lastName', t('Nachname', 'Last name'), {
        format: 'name',
        maxLength: 100,
        autocomplete: 'family-name',
        ...from('familyName'),
      }),
      ...(whose.isBirthAsked ? [born] : []),
    ]),
    page('address', whose.address, [ask('address', 'home', t('Anschrift', 'Address'), from('address'))]),
    page('contact', t('Wie erreichen wir Sie?', 'How can we reach you?'), [
      ask('email', 'mail', t('E-Mail-Adresse', 'E-mail address'), {
        isOptional: true,
        autocomplete: 'email',
        hint: t('Dann schicken wir Ihnen den Link zu Ihrem Antrag.', 'We then send you the link to your application.'),
      }),
      ask('phone', 'phone', t('Telefonnummer', 'Phone number'), {
        isOptional: true,
        autocomplete: 'tel',
        hint: t('Nur für Rückfragen', 'Only for questions'),
      }),
    ]),
  ];
}

export const personContact: Definition['contact'] = { name: ['firstName', 'lastName'], mail: 'mail', address: 'home' };

/** A direct debit mandate, for those who want one. */
export const debitPages: readonly FormPage[] = [
  page('debit', t('Möchten Sie per Lastschrift zahlen?', 'Would you like to pay by direct debit?'), [
    ask('yesNo', 'wantsDebit', t('Lastschrift', 'Direct debit'), {
      hint: t('Sie können das jederzeit widerrufen.', 'You can take this back at any time.'),
    }),
  ]),
  page(
    'account',
    t('Von welchem Konto dürfen wir abbuchen?', 'From which account may we collect?'),
    [
      ask('text', 'holder', t('Kontoinhaberin oder Kontoinhaber', 'Account holder'), { maxLength: 70, autocomplete: 'name' }),
      ask('iban', 'iban', t('IBAN', 'IBAN'), {
        hint: t('22 Zeichen, auf der Bankkarte: DE…', '22 characters, on your bank card: DE…'),
      }),
    ],
    { when: on.is('wantsDebit', true) },
  ),
];

export const truth = t(
  'Meine Angaben sind richtig und vollständig. Ich weiß, dass ich Änderungen mitteilen muss.',
  'What I have entered is true and complete. I know that I have to report changes.',
);

export const noProof = (de: string, en: string): Definition['assurance'] => ({ level: 'none', source: t(de, en) });
