import type { Definition } from '../rules-definition.ts';
import { ask, options, page, personContact, personPages, t, truth } from './parts.ts';

/** What the residents' register holds about oneself: nobody may learn that of somebody else, so the law asks who applies. */
export const ownRecord: Definition = {
  key: 'eigene-meldedaten',
  service: 'eigene-meldedaten',
  title: t('Auskunft über die eigenen Meldedaten', 'Information about one’s own registration data'),
  intro: t(
    'Sie erfahren, was im Melderegister über Sie steht. Die Auskunft kostet nichts.',
    'You learn what the residents’ register holds about you. It costs nothing.',
  ),
  needs: [
    t(
      'Ihr Nutzerkonto beim Bund, mit Online-Ausweis oder Zertifikat',
      'Your federal user account, with identity card or certificate',
    ),
  ],
  legal: ['§ 10 Bundesmeldegesetz (BMG)', 'Artikel 15 Datenschutz-Grundverordnung (DSGVO)'],
  assurance: {
    level: 'substantial',
    page: 'person',
    source: t(
      'Vor der Auskunft muss die Meldebehörde prüfen, wer fragt (§ 10 Absatz 1 BMG). Verlangt wird das Vertrauensniveau substanziell; das Niveau legt die Verordnung nach § 10 Absatz 3 und § 56 Absatz 1 Nummer 6 BMG fest.',
      'Before it answers, the registration authority has to check who asks (section 10 (1) BMG). Assurance level substantial is asked for; the level is set by the ordinance under sections 10 (3) and 56 (1) no. 6 BMG.',
    ),
  },
  minutes: 3,
  days: 14,
  parameters: [],
  pages: [
    page('what', t('Was möchten Sie wissen?', 'What would you like to know?'), [
      ask('several', 'wanted', t('Auskunft über', 'Information about'), {
        options: options(
          ['data', 'alle gespeicherten Daten', 'all stored data'],
          ['origin', 'woher die Daten kommen', 'where the data comes from'],
          ['recipients', 'an wen sie weitergegeben wurden', 'who was given it'],
        ),
      }),
    ]),
    ...personPages({
      name: t('Wie heißen Sie?', 'What is your name?'),
      address: t('Wo wohnen Sie?', 'Where do you live?'),
      isBirthAsked: true,
      isConfirmed: true,
    }),
  ],
  calculations: [],
  fee: { kind: 'none' },
  declaration: truth,
  contact: personContact,
};
