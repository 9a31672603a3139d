import type { Definition } from '../rules-definition.ts';
import { on } from '../rules-expression.ts';
import { ask, noProof, options, page, personContact, personPages, t, truth } from './parts.ts';

const isChild = on.is('forWhom', 'child');

/** A passport: the answers beforehand and a wish for the appointment, to which one has to come in person. */
export const passport: Definition = {
  key: 'reisepass',
  service: 'reisepass',
  title: t('Reisepass vorbereiten und Termin anfragen', 'Prepare a passport application and ask for an appointment'),
  intro: t(
    'Sie geben vorab alles an und nennen Ihre Wunschzeiten. Wir melden uns mit einem Termin. Zum Termin kommen Sie selbst, auch Kinder kommen mit.',
    'You give everything beforehand and say which times suit you. We come back with an appointment. You come in person, children too.',
  ),
  needs: [
    t('Bisheriger Pass oder Personalausweis', 'Present passport or identity card'),
    t('Ihre freien Zeiten', 'The times that suit you'),
  ],
  legal: ['§§ 1, 5, 6 Passgesetz (PassG)', '§ 15 Passverordnung (PassV)'],
  assurance: noProof(
    'Der Passantrag wird persönlich gestellt (§ 6 PassG); die Terminanfrage verlangt keinen Nachweis der Identität.',
    'The passport is applied for in person (§ 6 PassG); asking for an appointment requires no proof of identity.',
  ),
  minutes: 5,
  days: 5,
  parameters: [
    { key: 'adult', kind: 'money', label: t('Pass ab 24 Jahren', 'Passport from the age of 24'), value: 7_000 },
    { key: 'young', kind: 'money', label: t('Pass unter 24 Jahren', 'Passport below the age of 24'), value: 3_750 },
    { key: 'express', kind: 'money', label: t('Express', 'Express'), value: 3_200 },
    { key: 'large', kind: 'money', label: t('48 Seiten', '48 pages'), value: 2_200 },
  ],
  pages: [
    page('who', t('Für wen ist der Pass?', 'Who is the passport for?'), [
      ask('choice', 'forWhom', t('Pass für', 'Passport for'), {
        options: options(['self', 'Für mich', 'For me'], ['child', 'Für mein Kind', 'For my child']),
      }),
    ]),
    page(
      'child',
      t('Wie heißt das Kind?', 'What is the name of the child?'),
      [
        ask('text', 'childFirst', t('Vorname', 'First name'), { format: 'name', maxLength: 100 }),
        ask('text', 'childLast', t('Nachname', 'Last name'), { format: 'name', maxLength: 100 }),
        ask('date', 'childBorn', t('Geburtsdatum', 'Date of birth'), { min: '2000-01-01', max: 'today' }),
        ask('yesNo', 'bothAgree', t('Stimmen alle Sorgeberechtigten zu?', 'Do all who have custody agree?')),
      ],
      {
        when: isChild,
        checks: [
          {
            test: on.call('lt', on.call('age', { field: 'childBorn' }), { value: 18 }),
            message: t('Ab 18 Jahren stellt man den Antrag selbst.', 'From the age of 18 one applies oneself.'),
            field: 'childBorn',
          },
        ],
      },
    ),
    ...personPages({
      name: t('Wie heißen Sie?', 'What is your name?'),
      address: t('Wo wohnen Sie?', 'Where do you live?'),
      isBirthAsked: true,
    }),
    page('more', t('Weitere Angaben für den Pass', 'More for the passport'), [
      ask('text', 'birthPlace', t('Geburtsort', 'Place of birth'), { maxLength: 80 }),
      ask('number', 'height', t('Größe in Zentimetern', 'Height in centimetres'), { min: 30, max: 260 }),
      ask('text', 'eyes', t('Augenfarbe', 'Colour of eyes'), { maxLength: 40 }),
    ]),
    page('old', t('Gibt es schon einen Pass oder Ausweis?', 'Is there a passport or identity card already?'), [
      ask('choice', 'oldPaper', t('Vorhandenes Dokument', 'Present document'), {
        options: options(
          ['passport', 'Ja, einen Reisepass', 'Yes, a passport'],
          ['card', 'Ja, einen Personalausweis', 'Yes, an identity card'],
          ['lost', 'Der Pass ist verloren oder gestohlen', 'The passport is lost or stolen'],
          ['none', 'Nein', 'No'],
        ),
      }),
    ]),
    page('kind', t('Welchen Pass möchten Sie?', 'Which passport would you like?'), [
      ask('yesNo', 'express', t('Express: in wenigen Werktagen', 'Express: within a few working days')),
      ask('yesNo', 'large', t('48 statt 32 Seiten', '48 instead of 32 pages')),
    ]),
    page('days', t('Wann passt Ihnen ein Termin?', 'When would an appointment suit you?'), [
      ask('date', 'earliest', t('Frühestens am', 'Not before'), { min: 'today' }),
      ask('several', 'weekdays', t('Wochentage', 'Days of the week'), {
        options: options(
          ['mo', 'Montag', 'Monday'],
          ['tu', 'Dienstag', 'Tuesday'],
          ['we', 'Mittwoch', 'Wednesday'],
          ['th', 'Donnerstag', 'Thursday'],
          ['fr', 'Freitag', 'Friday'],
        ),
      }),
      ask('choice', 'hours', t('Tageszeit', 'Time of day'), {
        options: options(
          ['morning', 'Vormittag', 'Morning'],
          ['afternoon', 'Nachmittag', 'Afternoon'],
          ['both', 'Beides geht', 'Either'],
        ),
      }),
    ]),
    page('helpful', t('Brauchen Sie beim Termin Unterstützung?', 'Do you need support at the appointment?'), [
      ask('several', 'support', t('Unterstützung', 'Support'), {
        isOptional: true,
        options: options(
          ['wheelchair', 'Zugang ohne Stufen', 'Access without steps'],
          ['sign', 'Gebärdensprache', 'Sign language'],
          ['language', 'Hilfe in einer anderen Sprache', 'Help in another language'],
          ['time', 'Mehr Zeit', 'More time'],
        ),
      }),
    ]),
  ],
  calculations: [
    {
      key: 'expected',
      label: t('Gebühr, zu zahlen beim Termin', 'Fee, to be paid at the appointment'),
      kind: 'money',
      value: on.call(
        'add',
        on.call(
          'if',
          on.call('lt', on.call('age', on.call('if', isChild, { field: 'childBorn' }, { field: 'born' })), { value: 24 }),
          { param: 'young' },
          { param: 'adult' },
        ),
        on.call('if', on.is('express', true), { param: 'express' }, { value: 0 }),
        on.call('if', on.is('large', true), { param: 'large' }, { value: 0 }),
      ),
    },
  ],
  // § 15 PassV: owed when the passport is applied for, and that is at the appointment.
  fee: { kind: 'none' },
  declaration: truth,
  contact: personContact,
};
