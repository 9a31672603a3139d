import type { Dictionary } from '#ui/view';
import type { ConsultationState, StatementState } from '../rules-statement.ts';

type Words<Key extends string> = Readonly<Record<Key, string>>;

export const statementStates: Dictionary<Words<StatementState | ConsultationState | 'overdue'>> = {
  de: {
    ...{ asked: 'wird erwartet', open: 'offen', answered: 'abgegeben', withdrawn: 'nicht mehr gebraucht' },
    overdue: 'überfällig',
  },
  en: { asked: 'waited for', open: 'open', answered: 'given', withdrawn: 'needed no more', overdue: 'overdue' },
};

export const statementTexts = {
  de: {
    ...{ title: 'Stellungnahmen', tray: 'Eingang', none: 'Zu diesem Antrag wurde noch keine Stellungnahme eingeholt.' },
    ...{ office: 'Stelle', state: 'Stand', due: 'Frist', question: 'Frage', answer: 'Stellungnahme', files: 'Anlagen' },
    ...{ asked: 'Gefragt', by: 'von', remind: 'Erinnern', withdraw: 'Nicht mehr nötig', reminded: 'Zuletzt erinnert' },
    ...{ ask: 'Stellungnahme einholen', askLead: 'Die andere Stelle sieht nur, was Sie hier auswählen, und Ihre Frage.' },
    ...{ askDone: 'Die Stelle wird gefragt.', remindDone: 'Die Stelle wird erinnert.' },
    ...{ withdrawDone: 'Die Stelle erfährt, dass die Stellungnahme nicht mehr gebraucht wird.', shown: 'Gezeigt' },
    ...{ sections: 'Welche Angaben darf die Stelle sehen?', attachments: 'Welche Anlagen darf die Stelle sehen?' },
    ...{ dueHint: 'Fällt der Tag auf ein Wochenende oder einen Feiertag, gilt der nächste Arbeitstag.', send: 'Fragen' },
    ...{ noOffices: 'Noch keine Behörde hat eine Stelle eingetragen, die sich fragen lässt.', nothing: 'nichts' },
    ...{ takeFirst: 'Stellungnahmen holt ein, wer den Antrag bearbeitet.' },
    listLead: 'Andere Stellen bitten um Ihre Stellungnahme, bevor sie entscheiden.',
    ...{
      listNone: 'Niemand wartet auf Sie',
      listNoneHint: 'Sobald eine Stelle Sie fragt, steht es hier, und die Glocke meldet sich.',
    },
    ...{ matter: 'Worum es geht', from: 'Gefragt hat', received: 'Eingegangen', reference: 'Antrag', info: 'Angaben' },
    ...{
      give: 'Stellungnahme abgeben',
      giveLead: 'Die Stelle, die gefragt hat, bekommt Ihren Text und Ihre Anlagen. Das lässt sich nicht zurücknehmen.',
    },
    ...{
      text: 'Text',
      file: 'Anlagen',
      fileHint: 'Höchstens 10 Dateien, je höchstens 50 MB. Jede wird auf Schadsoftware geprüft.',
    },
    ...{
      given: 'Ihre Stellungnahme ist auf dem Weg.',
      yours: 'Ihre Stellungnahme',
      gone: 'Die Unterlagen sind wieder entfernt.',
    },
    consulted: 'Gefragte Stellen',
    consultedLead:
      'Welche Einheiten und Gruppen Ihrer Behörde können andere um eine Stellungnahme bitten? Alle Behörden im Land sehen deren Namen.',
    ...{
      groups: 'Einheiten und Gruppen',
      save: 'Speichern',
      saved: 'Gespeichert.',
      noGroups: 'Ihre Behörde hat noch keine Einheiten und keine Gruppen.',
    },
  },
  en: {
    ...{ title: 'Statements', tray: 'Tray', none: 'No statement has been asked for on this application.' },
    ...{ office: 'Office', state: 'State', due: 'Due', question: 'Question', answer: 'Statement', files: 'Attachments' },
    ...{ asked: 'Asked', by: 'by', remind: 'Remind', withdraw: 'Needed no more', reminded: 'Last reminded' },
    ...{ ask: 'Ask for a statement', askLead: 'The other office sees only what you choose here, and your question.' },
    ...{ askDone: 'The office is being asked.', remindDone: 'The office is being reminded.' },
    ...{ withdrawDone: 'The office learns that the statement is needed no more.', shown: 'Shown' },
    ...{ sections: 'Which answers may the office see?', attachments: 'Which attachments may the office see?' },
    ...{ dueHint: 'If the day is a weekend or a holiday, the next working day holds.', send: 'Ask' },
    ...{ noOffices: 'No authority has entered an office that can be asked.', nothing: 'nothing' },
    ...{ takeFirst: 'Statements are asked for by whoever works on the application.' },
    listLead: 'Other offices ask for your statement before they decide.',
    ...{ listNone: 'Nobody waits for you', listNoneHint: 'As soon as an office asks you it stands here, and the bell rings.' },
    ...{ matter: 'What it is about', from: 'Asked by', received: 'Received', reference: 'Application', info: 'Answers' },
    ...{
      give: 'Give the statement',
      giveLead: 'The office that asked gets your text and your attachments. This cannot be taken back.',
    },
    ...{ text: 'Text', file: 'Attachments', fileHint: 'At most 10 files, each at most 50 MB. Each is checked for malware.' },
    ...{ given: 'Your statement is on its way.', yours: 'Your statement', gone: 'The documents were removed again.' },
    consulted: 'Offices to ask',
    consultedLead:
      'Which units and groups of your authority can others ask for a statement? All authorities of the state see their names.',
    ...{ groups: 'Units and groups', save: 'Save', saved: 'Saved.', noGroups: 'Your authority has no units and no groups yet.' },
  },
} satisfies Dictionary<Words<string>>;
