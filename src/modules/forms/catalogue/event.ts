import type { Definition } from '../rules-definition.ts';
import { on } from '../rules-expression.ts';
import { ask, noProof, options, page, personContact, personPages, t, truth } from './parts.ts';

const isLarge = on.call('ge', { field: 'visitors' }, { param: 'largeFrom' });

/** Notify a public event, and apply for what it needs. The fee is set by the office. */
export const event: Definition = {
  key: 'veranstaltung-anzeigen',
  service: 'veranstaltung-anzeigen',
  title: t('Veranstaltung anzeigen oder genehmigen lassen', 'Notify an event or have it permitted'),
  intro: t(
    'Sie zeigen ein Fest, einen Umzug oder ein Feuer an. Braucht es mehr als eine Anzeige, prüft die Ordnungsbehörde das gleich mit.',
    'You notify a festivity, a parade or a bonfire. If it needs more than that, the public order office looks into it as well.',
  ),
  needs: [
    t('Ablauf und erwartete Zahl der Gäste', 'Programme and expected number of guests'),
    t('Lageplan, wenn eine Straße oder ein Platz genutzt wird', 'Site plan, if a road or a square is used'),
  ],
  legal: [
    '§ 42 Thüringer Ordnungsbehördengesetz (ThürOBG)',
    '§ 29 Straßenverkehrs-Ordnung (StVO)',
    'Thüringer Gaststättengesetz (ThürGastG)',
  ],
  assurance: noProof(
    '§ 42 ThürOBG verlangt eine Anzeige und keinen Nachweis der Identität.',
    '§ 42 ThürOBG requires a notification and no proof of identity.',
  ),
  minutes: 15,
  days: 21,
  calculations: [],
  parameters: [
    {
      key: 'largeFrom',
      kind: 'number',
      label: t('Sicherheitskonzept ab so vielen Gästen', 'Safety concept from so many guests on'),
      value: 500,
    },
  ],
  pages: [
    page('what', t('Was für eine Veranstaltung ist es?', 'What kind of event is it?'), [
      ask('text', 'eventName', t('Name der Veranstaltung', 'Name of the event'), { maxLength: 150 }),
      ask('choice', 'eventKind', t('Art', 'Kind'), {
        options: options(
          ['feast', 'Fest, Kirmes, Markt', 'Festivity, fair, market'],
          ['parade', 'Umzug', 'Parade'],
          ['concert', 'Konzert, Tanz', 'Concert, dance'],
          ['sport', 'Sport', 'Sports'],
          ['fire', 'Brauchtumsfeuer', 'Traditional bonfire'],
          ['other', 'Etwas anderes', 'Something else'],
        ),
      }),
      ask('longText', 'programme', t('Ablauf', 'Programme'), { minLength: 10, maxLength: 3_000 }),
    ]),
    page(
      'when',
      t('Wann findet sie statt?', 'When does it take place?'),
      [
        ask('date', 'fromDay', t('Erster Tag', 'First day'), { min: 'today' }),
        ask('date', 'toDay', t('Letzter Tag', 'Last day'), { min: 'today' }),
        ask('text', 'hours', t('Uhrzeiten', 'Hours'), {
          maxLength: 200,
          hint: t('Zum Beispiel Samstag 14 bis 24 Uhr', 'For example Saturday 2 p.m. to midnight'),
        }),
      ],
      {
        checks: [
          {
            test: on.call('ge', { field: 'toDay' }, { field: 'fromDay' }),
            message: t('Der letzte Tag liegt vor dem ersten.', 'The last day is before the first.'),
            field: 'toDay',
          },
        ],
      },
    ),
    page('where', t('Wo findet sie statt?', 'Where does it take place?'), [
      ask('text', 'place', t('Ort', 'Place'), {
        maxLength: 200,
        hint: t('Straße, Platz, Halle oder Flurstück', 'Street, square, hall or parcel'),
      }),
      ask('choice', 'ground', t('Fläche', 'Ground'), {
        options: options(
          ['private', 'Privates Grundstück', 'Private ground'],
          ['hall', 'Halle oder Saal', 'Hall'],
          ['public', 'Öffentlicher Platz oder Park', 'Public square or park'],
          ['road', 'Straße', 'Road'],
        ),
      }),
      ask('number', 'visitors', t('Erwartete Gäste zur gleichen Zeit', 'Expected guests at the same time'), {
        min: 1,
        max: 500_000,
      }),
    ]),
    page(
      'road',
      t('Wie wird die Straße genutzt?', 'How is the road used?'),
      [
        ask('longText', 'roadUse', t('Sperrungen, Halteverbote, Umleitungen', 'Closures, no stopping, diversions'), {
          maxLength: 2_000,
        }),
        ask('file', 'roadPlan', t('Lageplan oder Streckenplan', 'Site plan or route'), {
          mostFiles: 5,
          types: ['pdf', 'picture'],
          hint: t('PDF oder Bild', 'PDF or picture'),
        }),
      ],
      { when: on.oneOf('ground', 'road', 'public') },
    ),
    page('extra', t('Was gehört dazu?', 'What belongs to it?'), [
      ask('several', 'extras', t('Zutreffendes', 'What applies'), {
        isOptional: true,
        hint: t('Wählen Sie alles, was zutrifft.', 'Choose all that applies.'),
        options: options(
          ['alcohol', 'Ausschank von Alkohol', 'Serving of alcohol'],
          ['music', 'Musik im Freien', 'Music outdoors'],
          ['fire', 'Offenes Feuer', 'Open fire'],
          ['fireworks', 'Feuerwerk', 'Fireworks'],
          ['tent', 'Zelt über 75 Quadratmeter oder Bühne', 'Tent of more than 75 square metres, or stage'],
          ['animals', 'Tiere', 'Animals'],
        ),
      }),
    ]),
    page(
      'music',
      t('Bis wann gibt es Musik?', 'Until when is there music?'),
      [
        ask('text', 'musicUntil', t('Uhrzeit', 'Time'), {
          maxLength: 60,
          hint: t('Nachtruhe ist ab 22 Uhr.', 'Night rest begins at 10 p.m.'),
        }),
      ],
      { when: on.has('extras', 'music') },
    ),
    page(
      'flames',
      t('Wie sichern Sie Feuer und Feuerwerk?', 'How do you keep fire and fireworks safe?'),
      [
        ask('longText', 'fireSafety', t('Abstände, Aufsicht, Löschmittel', 'Distances, supervision, extinguishers'), {
          maxLength: 2_000,
        }),
      ],
      { when: on.either(on.has('extras', 'fire'), on.has('extras', 'fireworks'), on.is('eventKind', 'fire')) },
    ),
    page(
      'safety',
      t('Sicherheitskonzept', 'Safety concept'),
      [
        ask('file', 'safetyConcept', t('Sicherheitskonzept', 'Safety concept'), {
          mostFiles: 5,
          types: ['pdf', 'office'],
          isOptional: true,
          hint: t('Bei vielen Gästen nötig. Sie können es nachreichen.', 'Needed with many guests. You can send it later.'),
        }),
        ask('text', 'medics', t('Sanitätsdienst', 'Medical service'), { maxLength: 150 }),
      ],
      { when: isLarge },
    ),
    page('insurance', t('Ist die Veranstaltung versichert?', 'Is the event insured?'), [
      ask('yesNo', 'insured', t('Haftpflichtversicherung für die Veranstaltung', 'Liability insurance for the event')),
    ]),
    page('organiser', t('Wer veranstaltet?', 'Who is the organiser?'), [
      ask('text', 'organiser', t('Verein, Firma oder Person', 'Association, company or person'), {
        maxLength: 150,
        autocomplete: 'organization',
      }),
    ]),
    ...personPages({
      name: t('Wer ist verantwortlich?', 'Who is responsible?'),
      address: t('Wo wohnt diese Person?', 'Where does this person live?'),
    }),
  ],
  fee: {
    kind: 'later',
    hint: t(
      'Die Anzeige kostet meist nichts. Braucht es Erlaubnisse, setzt die Ordnungsbehörde die Gebühr fest.',
      'The notification is mostly free. If permits are needed, the public order office sets the fee.',
    ),
  },
  declaration: truth,
  contact: personContact,
};
