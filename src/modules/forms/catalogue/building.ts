import type { Definition } from '../rules-definition.ts';
import { on } from '../rules-expression.ts';
import { ask, noProof, options, page, personContact, personPages, t } from './parts.ts';

const plans = { types: ['pdf', 'plan', 'picture'] as ('pdf' | 'plan' | 'picture')[], mostBytes: 200_000_000, mostFiles: 20 };
const plansHint = t('PDF, DWG, IFC oder Bild, je Datei höchstens 200 MB', 'PDF, DWG, IFC or picture, at most 200 MB a file');

/** A building permit: large plans, and several offices that give their statement. The fee is set by the office. */
export const building: Definition = {
  key: 'baugenehmigung',
  service: 'baugenehmigung',
  title: t('Baugenehmigung beantragen', 'Apply for a building permit'),
  intro: t(
    'Sie reichen einen Bauantrag mit Plänen ein. Die Bauaufsicht prüft ihn und fragt andere Stellen. Bauen Sie erst, wenn die Genehmigung da ist.',
    'You hand in an application with plans. The building authority examines it and asks other offices. Do not build before the permit is there.',
  ),
  needs: [
    t('Lageplan und Auszug aus der Liegenschaftskarte', 'Site plan and extract from the cadastral map'),
    t('Bauzeichnungen und Baubeschreibung', 'Drawings and description of the building'),
    t('Angaben zur Entwurfsverfasserin oder zum Entwurfsverfasser', 'Details of the designer'),
  ],
  legal: ['Thüringer Bauordnung (ThürBO)', 'Thüringer Bauvorlagenverordnung (ThürBauVorlVO)', '§ 36 Baugesetzbuch (BauGB)'],
  assurance: noProof(
    'Der Bauantrag ist elektronisch in Textform möglich (§ 67 ThürBO); ein Nachweis der Identität ist nicht vorgeschrieben.',
    'The application is possible electronically in text form (§ 67 ThürBO); no proof of identity is prescribed.',
  ),
  minutes: 40,
  days: 90,
  parameters: [],
  calculations: [],
  statements: [
    t('Gemeinde: Einvernehmen (§ 36 BauGB)', 'Municipality: agreement (§ 36 BauGB)'),
    t('Untere Naturschutzbehörde', 'Lower nature conservation authority'),
    t('Untere Denkmalschutzbehörde', 'Lower monument protection authority'),
    t('Untere Wasserbehörde', 'Lower water authority'),
    t('Brandschutzdienststelle', 'Fire safety office'),
  ],
  pages: [
    page('project', t('Was haben Sie vor?', 'What are you planning?'), [
      ask('choice', 'projectKind', t('Vorhaben', 'Project'), {
        options: options(
          ['new', 'Etwas Neues bauen', 'Build something new'],
          ['change', 'Ein Gebäude ändern oder erweitern', 'Change or extend a building'],
          ['use', 'Ein Gebäude anders nutzen', 'Use a building differently'],
          ['ask', 'Vorab eine Frage klären (Bauvoranfrage)', 'Settle a question beforehand (preliminary enquiry)'],
        ),
      }),
    ]),
    page('what', t('Beschreiben Sie Ihr Vorhaben', 'Describe your project'), [
      ask('text', 'projectTitle', t('Bezeichnung', 'Title'), {
        maxLength: 150,
        hint: t('Zum Beispiel „Neubau eines Carports“', 'For example “New carport”'),
      }),
      ask('longText', 'projectText', t('Beschreibung', 'Description'), { minLength: 20, maxLength: 4_000 }),
      ask('choice', 'use', t('Nutzung', 'Use'), {
        options: options(
          ['home', 'Wohnen', 'Housing'],
          ['garage', 'Garage, Carport, Nebengebäude', 'Garage, carport, outbuilding'],
          ['business', 'Gewerbe', 'Business'],
          ['farm', 'Land- und Forstwirtschaft', 'Farming and forestry'],
          ['public', 'Öffentlich, Versammlung', 'Public, assembly'],
        ),
      }),
    ]),
    page('procedure', t('Welches Verfahren beantragen Sie?', 'Which procedure do you apply for?'), [
      ask('choice', 'procedure', t('Verfahren', 'Procedure'), {
        hint: t('Ihre Entwurfsverfasserin oder Ihr Entwurfsverfasser weiß das.', 'Your designer knows.'),
        options: options(
          ['simple', 'Vereinfachtes Baugenehmigungsverfahren', 'Simplified procedure'],
          ['full', 'Baugenehmigungsverfahren', 'Full procedure'],
          ['unknown', 'Das weiß ich nicht', 'I do not know'],
        ),
      }),
    ]),
    page('site', t('Wo soll gebaut werden?', 'Where is to be built?'), [
      ask('address', 'siteAddress', t('Anschrift des Grundstücks', 'Address of the site')),
      ask('text', 'parish', t('Gemarkung', 'Cadastral district'), { maxLength: 80 }),
      ask('text', 'parcel', t('Flur und Flurstück', 'Cadastral unit and parcel'), {
        maxLength: 120,
        hint: t('Zum Beispiel Flur 3, Flurstück 123/4', 'For example Flur 3, Flurstück 123/4'),
      }),
      ask('yesNo', 'isOwner', t('Gehört Ihnen das Grundstück?', 'Is the site yours?')),
    ]),
    page(
      'owner',
      t('Wem gehört das Grundstück?', 'Whose site is it?'),
      [
        ask('text', 'ownerName', t('Name', 'Name'), { maxLength: 150 }),
        ask('file', 'ownerConsent', t('Zustimmung', 'Consent'), {
          mostFiles: 5,
          isOptional: true,
          hint: t('PDF oder Foto', 'PDF or photo'),
        }),
      ],
      { when: on.is('isOwner', false) },
    ),
    page('around', t('Was trifft auf das Grundstück zu?', 'What is true of the site?'), [
      ask('several', 'conditions', t('Besonderheiten', 'Particularities'), {
        isOptional: true,
        hint: t('Wählen Sie alles, was Sie wissen.', 'Choose all you know of.'),
        options: options(
          ['monument', 'Denkmal oder in der Nähe eines Denkmals', 'Monument or near one'],
          ['nature', 'Natur- oder Landschaftsschutzgebiet', 'Nature or landscape reserve'],
          ['water', 'Am Gewässer oder im Überschwemmungsgebiet', 'By the water or in a flood area'],
          ['forest', 'Weniger als 30 Meter vom Wald', 'Less than 30 metres from the forest'],
          ['outside', 'Außerhalb des bebauten Ortes', 'Outside the built-up area'],
        ),
      }),
    ]),
    page(
      'size',
      t('Wie groß wird es?', 'How large will it be?'),
      [
        ask('number', 'area', t('Grundfläche in Quadratmetern', 'Floor space in square metres'), {
          min: 1,
          max: 1_000_000,
          decimals: 2,
        }),
        ask('number', 'volume', t('Umbauter Raum in Kubikmetern', 'Enclosed space in cubic metres'), {
          min: 1,
          max: 10_000_000,
          decimals: 2,
        }),
        ask('money', 'cost', t('Baukosten in Euro', 'Building costs in euros'), {
          min: 100,
          hint: t('Danach richtet sich die Gebühr.', 'The fee depends on it.'),
        }),
      ],
      { when: on.oneOf('projectKind', 'new', 'change') },
    ),
    ...personPages({ name: t('Wer baut?', 'Who builds?'), address: t('Wo wohnt diese Person?', 'Where does this person live?') }),
    page('designer', t('Wer hat die Pläne gezeichnet?', 'Who has drawn the plans?'), [
      ask('text', 'designer', t('Name der Entwurfsverfasserin oder des Entwurfsverfassers', 'Name of the designer'), {
        maxLength: 150,
      }),
      ask(
        'text',
        'chamber',
        t('Nummer bei der Architekten- oder Ingenieurkammer', 'Number at the chamber of architects or engineers'),
        { maxLength: 60, isOptional: true },
      ),
      ask('email', 'designerMail', t('E-Mail-Adresse', 'E-mail address'), { isOptional: true }),
    ]),
    page('sitePlan', t('Lageplan', 'Site plan'), [
      ask('file', 'sitePlanFiles', t('Lageplan und Liegenschaftskarte', 'Site plan and cadastral map'), {
        ...plans,
        hint: plansHint,
      }),
    ]),
    page(
      'drawings',
      t('Bauzeichnungen', 'Drawings'),
      [
        ask('file', 'drawingFiles', t('Grundrisse, Schnitte, Ansichten', 'Floor plans, sections, elevations'), {
          ...plans,
          hint: plansHint,
        }),
      ],
      { when: on.oneOf('projectKind', 'new', 'change', 'use') },
    ),
    page('description', t('Baubeschreibung und weitere Unterlagen', 'Description and further documents'), [
      ask('file', 'descriptionFiles', t('Baubeschreibung', 'Description'), {
        ...plans,
        types: ['pdf', 'office'],
        hint: t('PDF oder Textdokument', 'PDF or text document'),
      }),
      ask('file', 'otherFiles', t('Weitere Unterlagen', 'Further documents'), {
        ...plans,
        isOptional: true,
        hint: t(
          'Statik, Brandschutz, Entwässerung. Sie können sie nachreichen.',
          'Structure, fire safety, drainage. You can send them later.',
        ),
      }),
    ]),
    page('neighbours', t('Haben die Nachbarn zugestimmt?', 'Have the neighbours agreed?'), [
      ask('choice', 'neighboursAgree', t('Zustimmung der Nachbarn', 'Agreement of the neighbours'), {
        options: options(
          ['yes', 'Ja, alle', 'Yes, all'],
          ['some', 'Einige', 'Some'],
          ['no', 'Nein oder nicht gefragt', 'No, or not asked'],
        ),
      }),
    ]),
  ],
  fee: {
    kind: 'later',
    hint: t(
      'Die Bauaufsicht setzt die Gebühr mit der Entscheidung fest. Sie richtet sich nach den Baukosten.',
      'The building authority sets the fee with its decision. It depends on the building costs.',
    ),
  },
  declaration: t(
    'Meine Angaben sind richtig und vollständig. Ich beginne nicht mit dem Bau, bevor die Genehmigung da ist.',
    'What I have entered is true and complete. I do not begin to build before the permit is there.',
  ),
  contact: personContact,
};
