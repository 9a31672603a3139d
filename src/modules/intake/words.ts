import type { Locale, Words } from '#platform/words';
import type { officeOutcomes } from './rules.ts';

/** What this room says: what happened, what it means for your data, what to do now. */
export const words: Words = {
  'intake.nothingChosen': {
    de: 'Bitte wählen Sie mindestens einen Antrag aus. Es wurde nichts festgesetzt.',
    en: 'Please choose at least one application. Nothing was set.',
  },
  'intake.tooManyChosen': {
    de: 'Für höchstens {limit} Anträge lässt sich die Gebühr in einem Schritt festsetzen. Es wurde nichts festgesetzt. Bitte wählen Sie weniger aus.',
    en: 'The fee can be set for at most {limit} applications in one step. Nothing was set. Please choose fewer.',
  },
  'intake.arrived': {
    de: 'Neu im Eingang: {title} ({reference}).',
    en: 'New in the tray: {title} ({reference}).',
  },
  'intake.returned': {
    de: 'Wieder im Eingang: {title} ({reference}). Warum, steht beim Antrag.',
    en: 'Back in the tray: {title} ({reference}). The application says why.',
  },
  'intake.takenBack': {
    de: 'Der Antrag war weitergegeben und ist jetzt hier übernommen. Die andere Stelle hat ihn auch: Bitte stimmen Sie sich mit ihr ab.',
    en: 'The application was passed on, and is taken on here now. The other office has it, too: please agree with it.',
  },
  'intake.handed': {
    de: '{title} ({reference}) wurde Ihnen übergeben.',
    en: '{title} ({reference}) was handed to you.',
  },
  'intake.answered': {
    de: 'Die Antwort auf Ihre Nachfrage ist da: {title} ({reference}).',
    en: 'Your question was answered: {title} ({reference}).',
  },
  'intake.supplemented': {
    de: 'Ein Antrag wurde ergänzt: {title} ({reference}).',
    en: 'An application was added to: {title} ({reference}).',
  },
  'intake.corrected': {
    de: 'Ein Antrag wurde berichtigt: {title} ({reference}).',
    en: 'An application was corrected: {title} ({reference}).',
  },
  'intake.withdrawn': {
    de: 'Ein Antrag wurde zurückgezogen: {title} ({reference}).',
    en: 'An application was withdrawn: {title} ({reference}).',
  },
  'intake.dueSoon': {
    de: 'Bald fällig: {title} ({reference}). Frist: {day:day}.',
    en: 'Due soon: {title} ({reference}). Due on {day:day}.',
  },
  'intake.overdue': {
    de: 'Überfällig: {title} ({reference}). Die Frist war am {day:day}.',
    en: 'Overdue: {title} ({reference}). It was due on {day:day}.',
  },
  'intake.paid': {
    de: 'Die Gebühr ist bezahlt: {title} ({reference}).',
    en: 'The fee is paid: {title} ({reference}).',
  },
  'intake.consulted': {
    de: 'Um Ihre Stellungnahme wird gebeten: {title}. Gefragt hat: {from}. Frist: {day:day}.',
    en: 'You are asked for a statement: {title}. Asked by: {from}. Due on {day:day}.',
  },
  'intake.consultationReminded': {
    de: 'Auf Ihre Stellungnahme wird gewartet: {title}. Gefragt hat: {from}. Frist: {day:day}.',
    en: 'Your statement is waited for: {title}. Asked by: {from}. Due on {day:day}.',
  },
  'intake.consultationWithdrawn': {
    de: 'Ihre Stellungnahme wird nicht mehr gebraucht: {title}. Gefragt hatte: {from}.',
    en: 'Your statement is needed no more: {title}. It was asked by: {from}.',
  },
  'intake.consultationOver': {
    de: 'Über den Antrag ist entschieden, oder er wurde zurückgezogen. Ihre Stellungnahme wird nicht mehr gebraucht: {title}. Gefragt hatte: {from}.',
    en: 'The application was decided or withdrawn. Your statement is needed no more: {title}. It was asked by: {from}.',
  },
  'intake.statementCame': {
    de: 'Eine Stellungnahme ist da: {title} ({reference}).',
    en: 'A statement has come in: {title} ({reference}).',
  },
  'intake.statementLate': {
    de: 'Eine Stellungnahme ist überfällig: {title} ({reference}).',
    en: 'A statement is overdue: {title} ({reference}).',
  },
  'intake.officeMissing': {
    de: 'Bitte wählen Sie eine Stelle aus der Liste. Es wurde nichts verschickt.',
    en: 'Please choose an office from the list. Nothing was sent.',
  },
  'intake.tooManyStatements': {
    de: 'Zu einem Antrag lassen sich höchstens {limit} Stellungnahmen einholen. Es wurde nichts verschickt.',
    en: 'At most {limit} statements can be asked for on one application. Nothing was sent.',
  },
  'intake.statementAsked': {
    de: 'Diese Stelle ist genau das schon gefragt, und ihre Antwort steht noch aus. Es wurde nichts noch einmal verschickt.',
    en: 'This office has been asked exactly this already, and its answer is still to come. Nothing was sent a second time.',
  },
  'intake.statementDone': {
    de: 'Diese Stellungnahme ist schon abgegeben oder wird nicht mehr gebraucht. Es wurde nichts verändert. Bitte laden Sie die Seite neu.',
    en: 'This statement was given already, or is needed no more. Nothing was changed. Please load the page again.',
  },
  'intake.isYours': { de: 'Sie bearbeiten diesen Antrag schon.', en: 'You work on this application already.' },
  'intake.takenMeanwhile': {
    de: '{name} hat den Antrag inzwischen übernommen. Es wurde nichts verändert. Bitte laden Sie die Seite neu; soll er doch zu Ihnen, übernehmen Sie ihn dann.',
    en: '{name} has taken the application on meanwhile. Nothing was changed. Please load the page again; if you are to have it all the same, take it on then.',
  },
  'intake.givenBack': {
    de: 'Der Antrag wurde inzwischen zurückgegeben. Es wurde nichts verändert. Bitte laden Sie die Seite neu, und übernehmen Sie ihn dann.',
    en: 'The application has been given back meanwhile. Nothing was changed. Please load the page again, and take it on then.',
  },
  'intake.changedSince': {
    de: 'Seit Sie den Antrag geöffnet haben, ist etwas dazugekommen, zum Beispiel ein Nachtrag. Es wurde nichts entschieden. Bitte lesen Sie den Antrag noch einmal; Ihr Text steht noch hier, und wenn Sie noch einmal senden, gilt er.',
    en: 'Something has come in since you opened the application, an addition for example. Nothing was decided. Please read the application once more; your text is still here, and sending it again makes it hold.',
  },
  'intake.takeFirst': {
    de: 'Das kann nur, wer den Antrag bearbeitet oder vertritt. Es wurde nichts verändert. Bitte übernehmen Sie ihn zuerst.',
    en: 'Only whoever works on the application or stands in for them can do this. Nothing was changed. Please take it on first.',
  },
  'intake.colleague': {
    de: 'Bitte wählen Sie jemanden aus Ihrer Stelle. Es wurde nichts verändert.',
    en: 'Please choose somebody of your office. Nothing was changed.',
  },
  'intake.dayForm': {
    de: 'Bitte wählen Sie einen Tag ab morgen, höchstens ein Jahr von heute an. Es wurde nichts verändert.',
    en: 'Please choose a day from tomorrow on, at most a year from today. Nothing was changed.',
  },
  'intake.outcomeMissing': {
    de: 'Bitte wählen Sie, wie Sie entschieden haben. Es wurde nichts verändert.',
    en: 'Please choose how you have decided. Nothing was changed.',
  },
  'intake.recipientMissing': {
    de: 'Bitte geben Sie Name und Anschrift für die Post an, jede Angabe in einer eigenen Zeile. Es wurde nichts entschieden.',
    en: 'Please give name and address for the post, each on a line of its own. Nothing was decided.',
  },
  'intake.absenceForm': {
    de: 'Bitte wählen Sie einen ersten und einen letzten Tag, zusammen höchstens {limit} Tage, und nicht in der Vergangenheit. Es wurde nichts gespeichert.',
    en: 'Please choose a first and a last day, at most {limit} days together and not in the past. Nothing was saved.',
  },
  'intake.workingDaysForm': {
    de: 'Bitte geben Sie eine ganze Zahl von 1 bis {limit} an, oder lassen Sie das Feld leer. Es wurde nichts gespeichert.',
    en: 'Please give a whole number from 1 to {limit}, or leave the field empty. Nothing was saved.',
  },
  'intake.scan.clean': { de: 'Die Datei ist in Ordnung.', en: 'The file is fine.' },
  'intake.scan.waiting': {
    de: 'Die Datei wird noch auf Schadsoftware geprüft. Bitte versuchen Sie es später noch einmal.',
    en: 'The file is still being checked for malware. Please try again later.',
  },
  'intake.scan.infected': {
    de: 'In der Datei wurde Schadsoftware gefunden. Sie lässt sich nicht öffnen.',
    en: 'Malware was found in the file. It cannot be opened.',
  },
  'intake.scan.notScannable': {
    de: 'Die Datei ließ sich nicht auf Schadsoftware prüfen. Bitten Sie um eine andere Fassung.',
    en: 'The file could not be checked for malware. Please ask for another version.',
  },
};

/** The first sentence of an answer, in the language of the applicant. */
export const outcomeSentences: Readonly<Record<Locale, Readonly<Record<(typeof officeOutcomes)[number], string>>>> = {
  de: {
    granted: 'Wir haben Ihrem Antrag entsprochen.',
    refused: 'Wir haben Ihren Antrag abgelehnt.',
  },
  en: {
    granted: 'We have granted your application.',
    refused: 'We have refused your application.',
  },
};
