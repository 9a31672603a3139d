import type { Definition } from '../rules-definition.ts';
import { on } from '../rules-expression.ts';
import { ask, noProof, options, page, personContact, personPages, t, truth } from './parts.ts';

/** A residents' parking permit, paid for by the year. */
export const parking: Definition = {
  key: 'bewohnerparkausweis',
  service: 'bewohnerparkausweis',
  title: t('Bewohnerparkausweis beantragen', 'Apply for a residents’ parking permit'),
  intro: t(
    'Mit dem Ausweis parken Sie in der Zone, in der Sie wohnen. Ein Anspruch auf einen bestimmten Platz besteht nicht.',
    'With the permit you park in the zone in which you live. It does not give you a particular place.',
  ),
  needs: [
    t('Zulassungsbescheinigung Teil I (Fahrzeugschein)', 'Vehicle registration document part I'),
    t('Bei fremdem Fahrzeug: Bestätigung des Halters', 'For somebody else’s vehicle: confirmation by its holder'),
  ],
  legal: ['§ 45 Absatz 1b Straßenverkehrs-Ordnung (StVO)', '§ 6a Absatz 5a Straßenverkehrsgesetz (StVG)'],
  assurance: noProof(
    'StVO und StVG verlangen für den Antrag keine Schriftform; der Wohnsitz wird im Melderegister geprüft.',
    'The road traffic rules require no written form; the residence is checked in the register of residents.',
  ),
  minutes: 5,
  days: 10,
  parameters: [
    { key: 'year', kind: 'money', label: t('Gebühr für ein Jahr', 'Fee for one year'), value: 3_070 },
    { key: 'hasTwoYears', kind: 'yesNo', label: t('Auch für zwei Jahre', 'Also for two years'), value: true },
  ],
  pages: [
    page('kind', t('Worum geht es?', 'What is it about?'), [
      ask('choice', 'matter', t('Anliegen', 'Matter'), {
        options: options(
          ['first', 'Ich habe noch keinen Ausweis', 'I have no permit yet'],
          ['extend', 'Ich möchte meinen Ausweis verlängern', 'I would like to extend my permit'],
          ['vehicle', 'Ich habe ein anderes Fahrzeug', 'I have another vehicle'],
        ),
      }),
    ]),
    page(
      'old',
      t('Welche Nummer hat Ihr bisheriger Ausweis?', 'What number has your present permit?'),
      [ask('text', 'oldNumber', t('Nummer des Ausweises', 'Number of the permit'), { maxLength: 40 })],
      { when: on.oneOf('matter', 'extend', 'vehicle') },
    ),
    ...personPages({
      name: t('Wie heißen Sie?', 'What is your name?'),
      address: t('Wo wohnen Sie?', 'Where do you live?'),
      isBirthAsked: true,
    }),
    page('vehicle', t('Um welches Fahrzeug geht es?', 'Which vehicle is it about?'), [
      ask('text', 'plate', t('Kennzeichen', 'Number plate'), {
        format: 'plate',
        maxLength: 12,
        hint: t('Zum Beispiel NDH-AB 123', 'For example NDH-AB 123'),
      }),
      ask('yesNo', 'isHolder', t('Ist das Fahrzeug auf Sie zugelassen?', 'Is the vehicle registered in your name?')),
    ]),
    page(
      'foreign',
      t('Wem gehört das Fahrzeug?', 'Whose vehicle is it?'),
      [
        ask('text', 'vehicleHolder', t('Halter', 'Holder'), {
          maxLength: 120,
          hint: t('Zum Beispiel Ihre Firma oder ein Carsharing-Anbieter', 'For example your company or a car-sharing provider'),
        }),
        ask('file', 'useProof', t('Bestätigung, dass Sie es dauernd nutzen', 'Confirmation that you use it permanently'), {
          mostFiles: 2,
          types: ['pdf', 'picture'],
          hint: t('PDF oder Foto, höchstens 20 MB', 'PDF or photo, at most 20 MB'),
        }),
      ],
      { when: on.is('isHolder', false) },
    ),
    page('papers', t('Bitte fügen Sie den Fahrzeugschein bei', 'Please add the registration document'), [
      ask('file', 'registration', t('Zulassungsbescheinigung Teil I', 'Registration document part I'), {
        mostFiles: 2,
        types: ['pdf', 'picture'],
        hint: t('Foto oder PDF, beide Seiten, höchstens 20 MB', 'Photo or PDF, both sides, at most 20 MB'),
      }),
    ]),
    page(
      'time',
      t('Ab wann und wie lange?', 'From when and for how long?'),
      [
        ask('date', 'from', t('Gültig ab', 'Valid from'), {
          min: 'today',
          hint: t('Zum Beispiel 1.12.2026', 'For example 1.12.2026'),
        }),
        ask('choice', 'years', t('Dauer', 'Duration'), {
          options: options(['one', 'Ein Jahr', 'One year'], ['two', 'Zwei Jahre', 'Two years']),
        }),
      ],
      {
        checks: [
          {
            test: on.either(on.is('years', 'one'), on.call('eq', { param: 'hasTwoYears' }, { value: true })),
            message: t('Hier gibt es den Ausweis nur für ein Jahr.', 'Here the permit is issued for one year only.'),
            field: 'years',
          },
        ],
      },
    ),
  ],
  calculations: [],
  fee: {
    kind: 'sum',
    items: [
      {
        key: 'permit',
        label: t('Bewohnerparkausweis', 'Residents’ parking permit'),
        source: '§ 6a Absatz 5a StVG, Gebührensatzung der Gemeinde',
        amount: on.call('mul', { param: 'year' }, on.call('if', on.is('years', 'two'), { value: 2 }, { value: 1 })),
      },
    ],
  },
  declaration: truth,
  contact: personContact,
};
