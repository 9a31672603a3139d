import type { IdentityProof } from '#modules/forms';
import type { Dictionary } from '#ui/view';
import type { OfficeAct, Outcome, TrayList, TraySort, TrayState } from '../rules.ts';
import type { DueState } from '../rules-deadline.ts';

type Words<Key extends string> = Readonly<Record<Key, string>>;

export const stateTexts: Dictionary<Words<TrayState>> = {
  de: {
    ...{ received: 'neu', inProgress: 'in Arbeit', evidenceRequested: 'Nachfrage läuft' },
    ...{ decided: 'entschieden', closed: 'abgeschlossen', withdrawn: 'zurückgezogen' },
  },
  en: {
    ...{ received: 'new', inProgress: 'in progress', evidenceRequested: 'asked back' },
    ...{ decided: 'decided', closed: 'closed', withdrawn: 'withdrawn' },
  },
};

export const outcomeTexts: Dictionary<Words<Outcome>> = {
  de: { granted: 'entsprochen', refused: 'abgelehnt', withdrawn: 'zurückgezogen' },
  en: { granted: 'granted', refused: 'refused', withdrawn: 'withdrawn' },
};

export const dueTexts: Dictionary<Words<DueState>> = {
  de: { later: 'in der Zeit', soon: 'bald fällig', overdue: 'überfällig' },
  en: { later: 'in time', soon: 'due soon', overdue: 'overdue' },
};

export const listTexts: Dictionary<Words<TrayList>> = {
  de: {
    ...{ office: 'offen in meiner Stelle', mine: 'bei mir', unassigned: 'bei niemandem' },
    ...{ overdue: 'überfällig', elsewhere: 'weitergegeben', closed: 'entschieden und abgeschlossen' },
  },
  en: {
    ...{ office: 'open in my office', mine: 'with me', unassigned: 'with nobody' },
    ...{ overdue: 'overdue', elsewhere: 'passed on', closed: 'decided and closed' },
  },
};

export const sortTexts: Dictionary<Words<TraySort>> = {
  de: { due: 'Frist', received: 'Eingang', applicant: 'Name' },
  en: { due: 'Deadline', received: 'Arrival', applicant: 'Name' },
};

export const fileTexts: Dictionary<Words<'waiting' | 'clean' | 'infected' | 'notScannable'>> = {
  de: {
    ...{ waiting: 'wird noch geprüft', clean: 'geprüft' },
    ...{ infected: 'Schadsoftware gefunden', notScannable: 'nicht prüfbar' },
  },
  en: { waiting: 'being checked', clean: 'checked', infected: 'malware found', notScannable: 'cannot be checked' },
};

/** How somebody who was served at the counter showed who they are. */
export const proofTexts: Dictionary<Words<IdentityProof>> = {
  de: {
    ...{ idCard: 'Personalausweis gesehen', passport: 'Reisepass gesehen', residenceTitle: 'Aufenthaltstitel gesehen' },
    ...{ known: 'persönlich bekannt', none: 'nicht ausgewiesen' },
  },
  en: {
    ...{ idCard: 'identity card seen', passport: 'passport seen', residenceTitle: 'residence permit seen' },
    ...{ known: 'personally known', none: 'identity not shown' },
  },
};

/** What the history calls what happened. */
export const stepTexts: Dictionary<Words<string>> = {
  de: {
    ...{
      send: 'Abgesendet',
      settle: 'Bezahlt',
      setFee: 'Gebühr festgesetzt',
      take: 'Übernommen',
      assign: 'Übergeben',
      handBack: 'Zurückgegeben',
    },
    ...{ ask: 'Nachgefragt', answer: 'Geantwortet', supplement: 'Ergänzt', correct: 'Berichtigt', decide: 'Entschieden' },
    ...{ close: 'Abgeschlossen', withdraw: 'Zurückgezogen', applicant: 'Antragsteller', house: 'Rennsteig' },
  },
  en: {
    ...{ send: 'Sent', settle: 'Paid', setFee: 'Fee set', take: 'Taken on', assign: 'Handed over', handBack: 'Given back' },
    ...{ ask: 'Asked back', answer: 'Answered', supplement: 'Added to', correct: 'Corrected', decide: 'Decided' },
    ...{ close: 'Closed', withdraw: 'Withdrawn', applicant: 'Applicant', house: 'Rennsteig' },
  },
};

type ActText = { readonly name: string; readonly lead: string; readonly done: string };

export const actTexts: Dictionary<Readonly<Record<OfficeAct, ActText>>> = {
  de: {
    take: { name: 'Übernehmen', lead: '', done: 'Sie bearbeiten diesen Antrag jetzt.' },
    giveBack: { name: 'Zurückgeben', lead: '', done: 'Der Antrag liegt wieder bei der Stelle.' },
    hand: {
      name: 'Übergeben',
      lead: 'Wer den Antrag bekommt, wird benachrichtigt. Antragsteller sehen, wer ihn hat.',
      done: 'Der Antrag ist übergeben.',
    },
    ask: {
      name: 'Nachfragen',
      lead: 'Antragsteller bekommen eine Nachricht und antworten über ihren Link.',
      done: 'Die Nachfrage ist gestellt.',
    },
    fee: {
      name: 'Gebühr festsetzen',
      lead: 'Antragsteller bekommen eine Nachricht mit einem Link zum Bezahlen und sehen die Gebühr bei ihrem Antrag. Das lässt sich nicht zurücknehmen.',
      done: 'Die Gebühr ist festgesetzt.',
    },
    answer: {
      name: 'Entscheiden',
      lead: 'Antragsteller bekommen eine Nachricht und lesen hier, was Sie schreiben. Das lässt sich nicht zurücknehmen.',
      done: 'Die Entscheidung ist bekannt gegeben.',
    },
    close: { name: 'Abschließen', lead: '', done: 'Der Antrag ist abgeschlossen.' },
  },
  en: {
    take: { name: 'Take on', lead: '', done: 'You work on this application now.' },
    giveBack: { name: 'Give back', lead: '', done: 'The application is with the office again.' },
    hand: {
      name: 'Hand over',
      lead: 'Whoever gets the application is told. Applicants see who has it.',
      done: 'The application was handed over.',
    },
    ask: {
      name: 'Ask back',
      lead: 'Applicants get a message and answer with their link.',
      done: 'The question was asked.',
    },
    fee: {
      name: 'Set the fee',
      lead: 'Applicants get a message with a link to pay, and see the fee with their application. This cannot be taken back.',
      done: 'The fee is set.',
    },
    answer: {
      name: 'Decide',
      lead: 'Applicants get a message and read what you write here. This cannot be taken back.',
      done: 'The decision was made known.',
    },
    close: { name: 'Close', lead: '', done: 'The application is closed.' },
  },
};

export const intakeTexts = {
  de: {
    counter: 'Am Schalter ausgefüllt',
    ...{
      away: 'Weitergegeben an',
      awayHint: 'Der Antrag wird dort bearbeitet. Kommt er zurück, steht er wieder in Ihrer Liste.',
    },
    returned: 'Zurück von',
    proof: 'Nachweis der Identität',
    ...{ title: 'Eingang', lead: 'Anträge an Ihre Stelle: ansehen, übernehmen, nachfragen, entscheiden.' },
    ...{
      figures: 'Zahlen',
      statements: 'Stellungnahmen',
      feeText: 'Wofür',
      feeAmount: 'Betrag in Euro',
      feeHint: 'Zum Beispiel 120,50',
      feeAwaited: 'noch festzusetzen',
      feeOpen: 'offen',
      feePaid: 'bezahlt',
      consulted: 'Gefragte Stellen',
      absence: 'Vertretung',
      deadlines: 'Fristen',
      list: 'Liste',
      sort: 'Ordnen nach',
      order: 'Reihenfolge',
    },
    ...{ ascending: 'aufsteigend', descending: 'absteigend', search: 'Name oder Nummer', show: 'Anzeigen' },
    ...{
      none: 'Hier liegt nichts',
      noneHint: 'Sobald ein Antrag an Ihre Stelle geht, steht er hier, und die Glocke meldet sich.',
    },
    ...{ reference: 'Antrag', who: 'Antragsteller', state: 'Stand', due: 'Frist', received: 'Eingang', handler: 'Bearbeitung' },
    ...{ office: 'Stelle', noOffice: 'keine Stelle eingestellt: Verwaltung', nobody: 'niemand', todo: 'Was ist zu tun?' },
    ...{ awaited: 'Antwort bis', outcome: 'Ergebnis', result: 'Antwort der Stelle', answers: 'Angaben', files: 'Anlagen' },
    ...{ noFiles: 'Keine Anlagen.', file: 'Datei', size: 'Größe', check: 'Prüfung', question: 'Nachfragen', asked: 'Gefragt' },
    ...{ answer: 'Antwort', noAnswer: 'noch keine', history: 'Verlauf', when: 'Wann', step: 'Was', details: 'Text', by: 'Wer' },
    ...{ downloads: 'Mitnehmen', pdf: 'Antrag als PDF', pdfLater: 'Das PDF wird gerade erstellt.', zip: 'Alles als ZIP' },
    ...{ contact: 'E-Mail', account: 'An wen', text: 'Text', outcomeLegend: 'Ergebnis', dueOn: 'Antwort bis' },
    ...{ dueOnHint: 'Fällt der Tag auf ein Wochenende oder einen Feiertag, gilt der nächste Arbeitstag.', back: 'Zurück' },
    ...{
      post: 'Auch als Brief mit der Post',
      postHint: 'Der Brief liegt dann unter „Briefe“ zum Drucken.',
      recipient: 'Name und Anschrift',
    },
    ...{ nobodyElse: 'In dieser Stelle ist sonst niemand.', fee: 'Gebühr', notClean: 'Nur geprüfte Dateien lassen sich öffnen.' },
  },
  en: {
    counter: 'Filled in at the counter',
    ...{ away: 'Passed on to', awayHint: 'It is worked on there. Should it come back, it stands in your list again.' },
    returned: 'Back from',
    proof: 'Proof of identity',
    ...{ title: 'Tray', lead: 'Applications to your office: look at them, take them on, ask back, decide.' },
    ...{ feeText: 'For what', feeAmount: 'Amount in euros', feeHint: 'For example 120,50', feeAwaited: 'still to be set' },
    ...{ feeOpen: 'open', feePaid: 'paid' },
    ...{ statements: 'Statements', consulted: 'Offices to ask' },
    ...{ figures: 'Figures', absence: 'Deputies', deadlines: 'Deadlines', list: 'List', sort: 'Order by', order: 'Direction' },
    ...{ ascending: 'ascending', descending: 'descending', search: 'Name or number', show: 'Show' },
    ...{
      none: 'Nothing lies here',
      noneHint: 'As soon as an application goes to your office it stands here, and the bell rings.',
    },
    ...{ reference: 'Application', who: 'Applicant', state: 'State', due: 'Due', received: 'Received', handler: 'Worked on by' },
    ...{ office: 'Office', noOffice: 'no office set: administration', nobody: 'nobody', todo: 'What can be done?' },
    ...{ awaited: 'Answer until', outcome: 'Result', result: 'Answer of the office', answers: 'Answers', files: 'Attachments' },
    ...{ noFiles: 'No attachments.', file: 'File', size: 'Size', check: 'Check', question: 'Questions', asked: 'Asked' },
    ...{ answer: 'Answer', noAnswer: 'none yet', history: 'History', when: 'When', step: 'What', details: 'Text', by: 'Who' },
    ...{ downloads: 'Take along', pdf: 'Application as PDF', pdfLater: 'The PDF is being made.', zip: 'Everything as ZIP' },
    ...{ contact: 'E-mail', account: 'To whom', text: 'Text', outcomeLegend: 'Result', dueOn: 'Answer until' },
    ...{ dueOnHint: 'If the day is a weekend or a holiday, the next working day holds.', back: 'Back' },
    ...{
      post: 'Also as a letter by post',
      postHint: 'The letter then waits under “Letters” to be printed.',
      recipient: 'Name and address',
    },
    ...{ nobodyElse: 'There is nobody else in this office.', fee: 'Fee', notClean: 'Only checked files can be opened.' },
  },
} satisfies Dictionary<Words<string>>;
