import type { Definition } from '../rules-definition.ts';
import { on } from '../rules-expression.ts';
import { ask, noProof, options, page, personContact, personPages, t, truth } from './parts.ts';

const isCompany = on.isNot('legalForm', 'sole');
const isOpen = on.oneOf('matter', 'register', 'change');

/** Notify the beginning, change or end of a trade business; modelled on the forms of the Gewerbeanzeigeverordnung. */
export const trade: Definition = {
  key: 'gewerbeanmeldung',
  service: 'gewerbeanmeldung',
  title: t('Gewerbe anmelden, ummelden oder abmelden', 'Register, change or close a trade business'),
  intro: t(
    'Wer ein Gewerbe beginnt, verlegt, ändert oder beendet, zeigt das gleichzeitig an. Sie bekommen eine Bescheinigung (Gewerbeschein).',
    'Whoever begins, moves, changes or ends a trade business notifies it at the same time. You get a certificate.',
  ),
  needs: [
    t('Personalausweis oder Reisepass', 'Identity card or passport'),
    t('Bei Firmen: Auszug aus dem Handelsregister', 'For companies: extract from the commercial register'),
    t('Erlaubnis oder Handwerkskarte, falls nötig', 'Permit or crafts card, if needed'),
  ],
  legal: ['§§ 14, 15, 55c Gewerbeordnung (GewO)', 'Gewerbeanzeigeverordnung (GewAnzV)'],
  assurance: noProof(
    '§ 14 GewO verlangt eine Anzeige ohne Schriftform; die Behörde darf die Identität anhand einer Kopie des Ausweises prüfen.',
    '§ 14 GewO requires a notification without written form; the authority may check the identity with a copy of a document.',
  ),
  minutes: 15,
  days: 3,
  parameters: [
    { key: 'feeRegister', kind: 'money', label: t('Gebühr: Anmeldung', 'Fee: registration'), value: 2_600 },
    { key: 'feeChange', kind: 'money', label: t('Gebühr: Ummeldung', 'Fee: change'), value: 2_600 },
    { key: 'feeClose', kind: 'money', label: t('Gebühr: Abmeldung', 'Fee: closing'), value: 0 },
  ],
  pages: [
    page('what', t('Was zeigen Sie an?', 'What do you notify?'), [
      ask('choice', 'matter', t('Anliegen', 'Matter'), {
        options: options(
          ['register', 'Anmeldung: Ich beginne ein Gewerbe', 'Registration: I begin a business'],
          ['change', 'Ummeldung: Etwas hat sich geändert', 'Change: something has changed'],
          ['close', 'Abmeldung: Ich beende ein Gewerbe', 'Closing: I end a business'],
        ),
      }),
    ]),
    page('form', t('Welche Rechtsform hat der Betrieb?', 'What legal form has the business?'), [
      ask('choice', 'legalForm', t('Rechtsform', 'Legal form'), {
        options: options(
          ['sole', 'Einzelunternehmen', 'Sole trader'],
          ['gbr', 'Gesellschaft bürgerlichen Rechts (GbR)', 'Civil law partnership (GbR)'],
          ['ug', 'Unternehmergesellschaft (UG)', 'Entrepreneurial company (UG)'],
          ['gmbh', 'GmbH', 'Limited company (GmbH)'],
          ['other', 'Andere', 'Another one'],
        ),
      }),
    ]),
    page(
      'company',
      t('Wie heißt die Firma?', 'What is the name of the company?'),
      [
        ask('text', 'company', t('Name, wie im Register eingetragen', 'Name as registered'), {
          maxLength: 150,
          autocomplete: 'organization',
        }),
        ask('text', 'register', t('Registergericht und Nummer', 'Court of registration and number'), {
          isOptional: true,
          maxLength: 80,
          hint: t('Zum Beispiel Amtsgericht Jena, HRB 123456', 'For example Amtsgericht Jena, HRB 123456'),
        }),
      ],
      { when: isCompany },
    ),
    page(
      'partners',
      t('Wer vertritt die Firma?', 'Who represents the company?'),
      [
        ask('text', 'partnerName', t('Vorname und Nachname', 'First and last name'), { format: 'name', maxLength: 150 }),
        ask('date', 'partnerBorn', t('Geburtsdatum', 'Date of birth'), { min: '1900-01-01', max: 'today' }),
        ask('address', 'partnerHome', t('Anschrift', 'Address')),
      ],
      {
        when: isCompany,
        repeat: { min: 1, max: 20, item: t('Person', 'Person'), another: t('Weitere Person angeben', 'Add another person') },
      },
    ),
    ...personPages({
      name: t('Wer zeigt das Gewerbe an?', 'Who notifies the business?'),
      isBirthAsked: true,
      address: t('Wo wohnt diese Person?', 'Where does this person live?'),
    }),
    page('origin', t('Weitere Angaben zur Person', 'More about the person'), [
      ask('text', 'birthPlace', t('Geburtsort', 'Place of birth'), { maxLength: 80 }),
      ask('text', 'nationality', t('Staatsangehörigkeit', 'Nationality'), { maxLength: 80 }),
      ask('text', 'birthName', t('Geburtsname', 'Name at birth'), {
        maxLength: 100,
        isOptional: true,
        hint: t('Nur wenn er anders ist', 'Only if different'),
      }),
    ]),
    page('place', t('Wo ist der Betrieb?', 'Where is the business?'), [
      ask('address', 'site', t('Anschrift des Betriebs', 'Address of the business')),
      ask('yesNo', 'isMain', t('Ist das die Hauptniederlassung?', 'Is this the main establishment?')),
    ]),
    page(
      'activity',
      t('Was wird der Betrieb tun?', 'What will the business do?'),
      [
        ask('longText', 'activity', t('Tätigkeit', 'Activity'), {
          minLength: 10,
          maxLength: 1_000,
          hint: t(
            'Möglichst genau: „Einzelhandel mit Möbeln“, nicht „Handel“',
            'As exact as possible: “retail of furniture”, not “trade”',
          ),
        }),
        ask('date', 'begins', t('Beginn oder Änderung am', 'Begins or changes on'), { min: '2000-01-01' }),
        ask('yesNo', 'isSideline', t('Nebenerwerb', 'Sideline')),
      ],
      { when: isOpen },
    ),
    page(
      'staff',
      t('Wie viele Menschen arbeiten dort außer Ihnen?', 'How many people work there besides you?'),
      [
        ask('number', 'fullTime', t('Vollzeit', 'Full time'), { min: 0, max: 100_000 }),
        ask('number', 'partTime', t('Teilzeit', 'Part time'), { min: 0, max: 100_000 }),
      ],
      { when: isOpen },
    ),
    page(
      'permit',
      t('Brauchen Sie für die Tätigkeit eine Erlaubnis?', 'Do you need a permit for the activity?'),
      [
        ask('choice', 'permitKind', t('Erlaubnis', 'Permit'), {
          hint: t(
            'Zum Beispiel für Bewachung, Makler, Spielhallen, zulassungspflichtiges Handwerk',
            'For example for security services, brokers, amusement halls, regulated crafts',
          ),
          options: options(
            ['none', 'Nein', 'No'],
            ['permit', 'Ja, eine Erlaubnis', 'Yes, a permit'],
            ['craft', 'Ja, Eintragung in die Handwerksrolle', 'Yes, an entry in the crafts register'],
          ),
        }),
      ],
      { when: isOpen },
    ),
    page(
      'permitProof',
      t('Bitte fügen Sie Erlaubnis oder Handwerkskarte bei', 'Please add the permit or the crafts card'),
      [
        ask('file', 'permitFile', t('Erlaubnis oder Handwerkskarte', 'Permit or crafts card'), {
          mostFiles: 5,
          types: ['pdf', 'picture'],
          isOptional: true,
          hint: t(
            'PDF oder Foto. Liegt sie noch nicht vor, reichen Sie sie nach.',
            'PDF or photo. If you do not have it yet, send it later.',
          ),
        }),
      ],
      { when: on.oneOf('permitKind', 'permit', 'craft') },
    ),
    page(
      'closing',
      t('Warum und wann endet das Gewerbe?', 'Why and when does the business end?'),
      [
        ask('date', 'ends', t('Letzter Tag', 'Last day'), { min: '2000-01-01' }),
        ask('choice', 'endsWhy', t('Grund', 'Reason'), {
          options: options(
            ['given-up', 'Vollständige Aufgabe', 'Given up'],
            ['moved', 'Verlegung in eine andere Gemeinde', 'Moved to another municipality'],
            ['sold', 'Verkauf oder Übergabe', 'Sold or handed over'],
          ),
        }),
      ],
      { when: on.is('matter', 'close') },
    ),
    page('identity', t('Bitte fügen Sie eine Kopie Ihres Ausweises bei', 'Please add a copy of your identity document'), [
      ask('file', 'identityCopy', t('Kopie von Personalausweis oder Reisepass', 'Copy of identity card or passport'), {
        mostFiles: 2,
        types: ['pdf', 'picture'],
        isOptional: true,
        hint: t('Freiwillig. Ohne Kopie kann die Behörde nachfragen.', 'Optional. Without it the authority may ask.'),
      }),
    ]),
  ],
  calculations: [],
  fee: {
    kind: 'sum',
    items: (
      [
        ['register', 'feeRegister', 'Gewerbeanmeldung', 'Trade registration'],
        ['change', 'feeChange', 'Gewerbeummeldung', 'Trade change'],
        ['close', 'feeClose', 'Gewerbeabmeldung', 'Closing of a trade'],
      ] as const
    ).map(([matter, param, de, en]) => ({
      key: matter,
      label: t(de, en),
      source: 'Thüringer Verwaltungskostenordnung',
      when: on.is('matter', matter),
      amount: { param },
    })),
  },
  declaration: truth,
  contact: personContact,
};
