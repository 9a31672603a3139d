import type { Definition } from '../rules-definition.ts';
import { type Expression, on } from '../rules-expression.ts';
import { ask, debitPages, noProof, options, page, personContact, personPages, t, truth } from './parts.ts';

const isNew = on.is('matter', 'register');
const kept: Expression = { field: 'kept' };
const all = on.call('add', kept, { count: 'dogs' });
const none: Expression = { value: 0 };
const two: Expression = { value: 2 };
const beyondTwo = (count: Expression) => on.call('max', none, on.call('sub', count, two));

/** How many of the new dogs are first, second, further ones of the household, each with its rate. */
const yearly: Expression = on.call(
  'add',
  on.call('if', on.call('eq', kept, none), { param: 'first' }, none),
  on.call('if', on.all(on.call('lt', kept, two), on.call('ge', all, two)), { param: 'second' }, none),
  on.call('mul', { param: 'further' }, on.call('sub', beyondTwo(all), beyondTwo(kept))),
);

/** Register or deregister a dog; the yearly tax is shown, the tag is paid for. */
export const dog: Definition = {
  key: 'hundesteuer',
  service: 'hundesteuer',
  title: t('Hund anmelden oder abmelden', 'Register or deregister a dog'),
  intro: t(
    'Sie melden Ihren Hund zur Hundesteuer an oder ab. Danach bekommen Sie einen Steuerbescheid und die Hundemarke.',
    'You register your dog for the dog tax, or deregister it. You then get a tax notice and the dog tag.',
  ),
  needs: [
    t('Chipnummer des Hundes (steht im Heimtierausweis)', 'Chip number of the dog (in the pet passport)'),
    t('Nachweis, wenn Sie von der Steuer befreit werden möchten', 'Proof, if you ask to be exempted from the tax'),
  ],
  legal: [
    'Hundesteuersatzung der Gemeinde',
    '§ 5 Thüringer Kommunalabgabengesetz (ThürKAG)',
    '§ 2 Thüringer Gesetz zum Schutz der Bevölkerung vor Tiergefahren (ThürTierGefG)',
  ],
  assurance: noProof(
    'Die Anzeige nach der Hundesteuersatzung verlangt keine Schriftform und keinen Nachweis der Identität.',
    'The notification under the municipal statute requires neither writing by hand nor proof of identity.',
  ),
  minutes: 5,
  days: 21,
  parameters: [
    { key: 'first', kind: 'money', label: t('Steuer im Jahr: erster Hund', 'Yearly tax: first dog'), value: 6_000 },
    { key: 'second', kind: 'money', label: t('Steuer im Jahr: zweiter Hund', 'Yearly tax: second dog'), value: 8_400 },
    {
      key: 'further',
      kind: 'money',
      label: t('Steuer im Jahr: jeder weitere Hund', 'Yearly tax: each further dog'),
      value: 10_800,
    },
    { key: 'tag', kind: 'money', label: t('Gebühr für eine Hundemarke', 'Fee for a dog tag'), value: 500 },
  ],
  pages: [
    page('what', t('Was möchten Sie tun?', 'What would you like to do?'), [
      ask('choice', 'matter', t('Anliegen', 'Matter'), {
        options: options(
          ['register', 'Einen Hund anmelden', 'Register a dog'],
          ['deregister', 'Einen Hund abmelden', 'Deregister a dog'],
        ),
      }),
    ]),
    page(
      'dogs',
      t('Welchen Hund melden Sie an?', 'Which dog do you register?'),
      [
        ask('text', 'dogName', t('Name des Hundes', 'Name of the dog'), { maxLength: 60 }),
        ask('text', 'breed', t('Rasse', 'Breed'), {
          maxLength: 80,
          hint: t('Bei Mischlingen die Rassen, die Sie kennen', 'For mixed breeds, those you know of'),
        }),
        ask('choice', 'sex', t('Geschlecht', 'Sex'), {
          options: options(['male', 'Rüde', 'Male'], ['female', 'Hündin', 'Female']),
        }),
        ask('date', 'dogBorn', t('Wurftag', 'Date of birth'), {
          min: '1990-01-01',
          max: 'today',
          hint: t('Ungefähr genügt, zum Beispiel 1.5.2024', 'Roughly is enough, for example 1.5.2024'),
        }),
        ask('date', 'keptSince', t('Bei Ihnen seit', 'With you since'), { min: '1990-01-01', max: 'today' }),
        ask('text', 'chip', t('Chipnummer', 'Chip number'), {
          format: 'chip',
          hint: t('15 Ziffern, im Heimtierausweis', '15 digits, in the pet passport'),
        }),
      ],
      {
        when: isNew,
        repeat: { min: 1, max: 10, item: t('Hund', 'Dog'), another: t('Weiteren Hund anmelden', 'Register another dog') },
        checks: [
          {
            test: on.call('ge', { field: 'keptSince' }, { field: 'dogBorn' }),
            message: t(
              'Der Hund kann nicht vor seiner Geburt bei Ihnen gewesen sein.',
              'The dog cannot have been with you before it was born.',
            ),
            field: 'keptSince',
          },
        ],
      },
    ),
    page(
      'household',
      t('Wie viele Hunde sind in Ihrem Haushalt schon angemeldet?', 'How many dogs of your household are registered already?'),
      [
        ask('number', 'kept', t('Anzahl der schon angemeldeten Hunde', 'Number of dogs registered already'), {
          min: 0,
          max: 50,
          hint: t('Keiner: 0. Danach richtet sich die Steuer.', 'None: 0. The tax depends on it.'),
        }),
      ],
      { when: isNew },
    ),
    page(
      'danger',
      t('Wurde ein Hund als gefährlich eingestuft?', 'Has a dog been classified as dangerous?'),
      [
        ask('yesNo', 'dangerous', t('Als gefährlich eingestuft', 'Classified as dangerous'), {
          hint: t(
            'Das ist so, wenn die Ordnungsbehörde es nach einem Vorfall festgestellt hat.',
            'This is so if the public order office has established it after an incident.',
          ),
        }),
      ],
      { when: isNew },
    ),
    page(
      'exemption',
      t('Beantragen Sie eine Steuerbefreiung?', 'Do you apply for an exemption?'),
      [
        ask('choice', 'exempt', t('Steuerbefreiung', 'Exemption'), {
          options: options(
            ['none', 'Nein', 'No'],
            ['assistance', 'Ja, Assistenzhund', 'Yes, assistance dog'],
            ['rescue', 'Ja, Rettungshund', 'Yes, rescue dog'],
            ['shelter', 'Ja, aus dem Tierheim', 'Yes, from an animal shelter'],
            ['work', 'Ja, Diensthund oder Hütehund', 'Yes, service or herding dog'],
          ),
        }),
      ],
      { when: isNew },
    ),
    page(
      'proof',
      t('Bitte fügen Sie den Nachweis für die Befreiung bei', 'Please add the proof for the exemption'),
      [
        ask('file', 'exemptProof', t('Nachweis', 'Proof'), {
          mostFiles: 3,
          types: ['pdf', 'picture'],
          hint: t('PDF oder Foto, höchstens 20 MB', 'PDF or photo, at most 20 MB'),
        }),
      ],
      { when: on.all(isNew, on.isNot('exempt', 'none')) },
    ),
    page(
      'gone',
      t('Welchen Hund melden Sie ab?', 'Which dog do you deregister?'),
      [
        ask('text', 'goneName', t('Name des Hundes', 'Name of the dog'), { maxLength: 60 }),
        ask('text', 'taxNumber', t('Kassenzeichen oder Nummer der Hundemarke', 'Payment reference or number of the tag'), {
          isOptional: true,
          maxLength: 40,
          hint: t('Steht auf dem Steuerbescheid', 'On your tax notice'),
        }),
        ask('date', 'goneOn', t('Abgemeldet ab', 'Deregistered from'), { min: '2000-01-01', max: 'today' }),
        ask('choice', 'goneWhy', t('Grund', 'Reason'), {
          options: options(
            ['died', 'Der Hund ist gestorben', 'The dog has died'],
            ['given', 'Ich habe den Hund abgegeben', 'I have given the dog away'],
            ['moved', 'Ich bin weggezogen', 'I have moved away'],
          ),
        }),
      ],
      { when: on.is('matter', 'deregister') },
    ),
    page(
      'holder',
      t('Wer hat den Hund jetzt?', 'Who has the dog now?'),
      [
        ask('text', 'newHolder', t('Name', 'Name'), { maxLength: 120, isOptional: true }),
        ask('address', 'newHome', t('Anschrift', 'Address'), { isOptional: true }),
      ],
      { when: on.is('goneWhy', 'given') },
    ),
    ...personPages({
      name: t('Wie heißen Sie?', 'What is your name?'),
      address: t('Wo wohnen Sie?', 'Where do you live?'),
      isBirthAsked: true,
    }),
    ...debitPages.map((one) => ({ ...one, when: one.when ? on.all(isNew, one.when) : isNew })),
  ],
  calculations: [
    {
      key: 'yearly',
      label: t('Hundesteuer im Jahr, ohne Befreiung', 'Dog tax a year, without exemption'),
      kind: 'money',
      value: yearly,
    },
  ],
  fee: {
    kind: 'sum',
    items: [
      {
        key: 'tags',
        label: t('Hundemarke', 'Dog tag'),
        source: 'Verwaltungskostensatzung der Gemeinde',
        when: isNew,
        amount: on.call('mul', { param: 'tag' }, { count: 'dogs' }),
      },
    ],
  },
  declaration: truth,
  contact: personContact,
};
