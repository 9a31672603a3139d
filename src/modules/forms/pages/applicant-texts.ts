import type { Dictionary } from '#ui/view';
import type { OwnApplication } from '../account.ts';
import type { FileSaying } from '../shown-file.ts';

/** What is said of a file: what was found, and what somebody can do about it. */
export const fileTexts: Dictionary<Readonly<Record<FileSaying, string>>> = {
  de: {
    waiting: 'wird auf Schadsoftware geprüft',
    slow: 'wird noch geprüft; das dauert gerade länger. Sie müssen nicht warten.',
    clean: 'geprüft',
    infected: 'Schadsoftware gefunden',
    later: 'noch nicht geprüft: Die Prüfung ist gerade nicht möglich und wird von selbst nachgeholt. Sie müssen nicht warten.',
    encrypted: 'nicht prüfbar, weil die Datei mit einem Kennwort geschützt ist. Bitte laden Sie sie ohne Kennwort hoch.',
    notScannable: 'konnte nicht geprüft werden; die Verwaltung entscheidet, ob sie die Datei öffnet',
  },
  en: {
    waiting: 'is being checked for malware',
    slow: 'is still being checked; that takes longer right now. You need not wait.',
    clean: 'checked',
    infected: 'malware was found',
    later: 'not checked yet: the check is not possible right now and is made up for by itself. You need not wait.',
    encrypted: 'cannot be checked, because the file is protected by a password. Please upload it without one.',
    notScannable: 'could not be checked; the administration decides whether to open it',
  },
};

/** The link to what somebody has, and taking it into an account. */
export const linkTexts = {
  de: {
    title: 'So kommen Sie wieder hierher',
    lead: 'Mit diesem Link kommen Sie jederzeit zurück, auch an einem anderen Gerät:',
    warning: 'Wer ihn hat, sieht Ihren Antrag. Wir können ihn nicht wiederherstellen.',
    own: 'Dieser Antrag liegt in Ihrem Konto. Sie finden ihn jederzeit unter „Meine Anträge“.',
    ownLater:
      'Ihre Antworten sind gespeichert. Sie brauchen keinen Link: Nach dem Anmelden finden Sie den Antrag unter „Meine Anträge“.',
    list: 'Meine Anträge',
    take: 'In mein Konto übernehmen',
    notYetTaken: 'Sie sind angemeldet. In Ihrem Konto liegt dieser Antrag noch nicht: Das holen Sie unten nach.',
    takeLead: 'Mit einem Konto finden Sie alle Anträge an einer Stelle und brauchen keinen Link.',
    signIn: 'Anmelden und ins Konto übernehmen',
    taken: 'Der Antrag liegt jetzt in Ihrem Konto.',
    counter: 'Dieser Antrag wird am Schalter ausgefüllt. Sie finden ihn auf der Seite „Am Schalter“.',
    counterList: 'Zur Seite „Am Schalter“',
  },
  en: {
    title: 'How you get back here',
    lead: 'This link brings you back at any time, also on another device:',
    warning: 'Whoever has it sees your application. We cannot restore it.',
    own: 'This application is in your account. You find it at any time under “My applications”.',
    ownLater: 'Your answers are stored. You need no link: after signing in you find the application under “My applications”.',
    list: 'My applications',
    take: 'Take into my account',
    notYetTaken: 'You are signed in. This application is not in your account yet: you take it there below.',
    takeLead: 'With an account you find all applications in one place and need no link.',
    signIn: 'Sign in and take into the account',
    taken: 'The application is in your account now.',
    counter: 'This application is filled in at the counter. You find it on the page “At the counter”.',
    counterList: 'To the page “At the counter”',
  },
} satisfies Dictionary<Readonly<Record<string, string>>>;

type OwnState = OwnApplication['state'];

export const ownTexts = {
  de: {
    title: 'Meine Anträge',
    mailbox: 'Postfach',
    none: 'Hier ist noch nichts',
    search: 'Zur Suche',
    open: 'Ansehen',
    lead: 'Alles, was Sie mit diesem Konto beantragt oder angefangen haben.',
    noneLead:
      'Was Sie angemeldet beantragen, steht hier von selbst. Haben Sie ohne Anmeldung angefangen? Öffnen Sie Ihren Link und übernehmen Sie den Antrag in Ihr Konto.',
    goOn: 'Weitermachen',
    pay: 'Bezahlen',
    answer: 'Antworten',
    correct: 'Berichtigung fortsetzen',
    read: 'Ergebnis lesen',
  },
  en: {
    title: 'My applications',
    mailbox: 'Mailbox',
    none: 'Nothing here yet',
    search: 'To the search',
    open: 'Look at it',
    lead: 'Everything you have applied for or begun with this account.',
    noneLead:
      'What you apply for while signed in stands here by itself. You have begun without signing in? Open your link and take the application into your account.',
    goOn: 'Continue',
    pay: 'Pay',
    answer: 'Answer',
    correct: 'Go on correcting',
    read: 'Read the result',
  },
} satisfies Dictionary<Readonly<Record<string, string>>>;

/** What is to be done next; `{day}` is filled in where there is one. */
export const nextTexts: Dictionary<Readonly<Record<OwnState, string>>> = {
  de: {
    draft: 'Noch nicht abgesendet. Wir bewahren Ihre Antworten bis zum {day} auf.',
    correcting: 'Sie haben eine Berichtigung angefangen und noch nicht abgesendet.',
    unpaid: 'Bitte bezahlen Sie die Gebühr. Erst dann geht der Antrag an die Verwaltung.',
    evidenceRequested: 'Die Verwaltung hat eine Frage. Bitte antworten Sie bis zum {day}.',
    received: 'Sie müssen nichts tun. Voraussichtlich entschieden bis: {day}.',
    inProgress: 'Sie müssen nichts tun. Voraussichtlich entschieden bis: {day}.',
    decided: 'Die Entscheidung ist da.',
    closed: 'Sie müssen nichts mehr tun.',
    withdrawn: 'Sie haben den Antrag zurückgezogen.',
  },
  en: {
    draft: 'Not sent yet. We keep your answers until {day}.',
    correcting: 'You have begun a correction and not sent it yet.',
    unpaid: 'Please pay the fee. Only then does the application go to the administration.',
    evidenceRequested: 'The administration has a question. Please answer by {day}.',
    received: 'You need not do anything. Decision expected by {day}.',
    inProgress: 'You need not do anything. Decision expected by {day}.',
    decided: 'The decision is there.',
    closed: 'There is nothing more to do.',
    withdrawn: 'You have withdrawn the application.',
  },
};

export const correctTexts = {
  de: {
    act: 'Angaben berichtigen',
    goOn: 'Berichtigung fortsetzen',
    drop: 'Berichtigung verwerfen',
    send: 'Berichtigung absenden',
    lead: 'Solange niemand den Antrag bearbeitet, können Sie Ihre Angaben noch ändern.',
    title: 'Ihre Berichtigung prüfen',
    begun: 'Sie haben eine Berichtigung angefangen. Bis Sie sie absenden, gilt, was Sie zuerst gesendet haben.',
    changes: 'Das ändert sich',
    none: 'Noch nichts geändert. Mit „Ändern“ kommen Sie zu einer Angabe.',
    empty: 'keine Angabe',
    what: 'Angabe',
    from: 'bisher',
    to: 'jetzt',
    sendHint: 'Danach gelten die neuen Angaben, und Sie bekommen eine neue Quittung.',
    done: 'Ihre Berichtigung ist bei der Verwaltung. Es gelten die neuen Angaben.',
    doneAddress:
      'Ihre Berichtigung ist bei der Verwaltung. Es gelten die neuen Angaben. Der Link, den wir an Ihre frühere E-Mail-Adresse geschickt haben, öffnet Ihren Antrag nicht mehr.',
    changesFee:
      'Mit dieser Änderung ändert sich die Gebühr. Über die Gebühr entscheidet die Verwaltung: Ihre Änderungen gehen deshalb mit Ihren neuen Dateien als Ergänzung zu ihr, und was Sie zuerst gesendet haben, bleibt daneben stehen. Haben Sie zu viel bezahlt, wird es erstattet; kostet es mehr, schreibt sie Ihnen.',
    asFee:
      'Ihre Änderungen sind als Ergänzung bei der Verwaltung, weil sich damit die Gebühr ändert. Sie entscheidet darüber und schreibt Ihnen; Ihre Änderungen stehen unten im Verlauf.',
    asSupplement:
      'Inzwischen hat die Bearbeitung begonnen. Ihre Änderungen sind deshalb als Ergänzung an die Verwaltung gegangen; sie stehen unten im Verlauf.',
  },
  en: {
    act: 'Correct what I entered',
    goOn: 'Go on correcting',
    drop: 'Discard the correction',
    send: 'Send the correction',
    lead: 'As long as nobody works on the application you can still change what you entered.',
    title: 'Check your correction',
    begun: 'You have begun a correction. Until you send it, what you sent first holds.',
    changes: 'What changes',
    none: 'Nothing changed yet. “Change” leads to an answer.',
    empty: 'not given',
    what: 'Answer',
    from: 'before',
    to: 'now',
    sendHint: 'After that the new answers hold, and you get a new receipt.',
    done: 'Your correction is with the administration. The new answers hold.',
    doneAddress:
      'Your correction is with the administration. The new answers hold. The link we mailed to your former address does not open your application any more.',
    changesFee:
      'This changes the fee. The administration decides about the fee: that is why your changes and new files go to it as an addition, and what you sent first stays beside them. If you have paid too much it is paid back; if it costs more, the administration writes to you.',
    asFee:
      'Your changes are with the administration as an addition, because they change the fee. It decides about that and writes to you; your changes stand in the history below.',
    asSupplement:
      'Meanwhile somebody has begun to work on it. That is why your changes went to the administration as an addition; they stand in the history below.',
  },
} satisfies Dictionary<Readonly<Record<string, string>>>;

export const answerTexts = {
  de: {
    title: 'Der Verwaltung antworten',
    go: 'Antworten',
    text: 'Ihre Antwort',
    files: 'Dateien',
    there: 'Schon hochgeladen',
    filesHint:
      'Bis zu 10 Dateien, je höchstens 20 MB: PDF, Bilder, Textdokumente. Haben Sie Dateien, dann können Sie die Antwort leer lassen.',
    back: 'Zurück zum Antrag',
    send: 'Antwort senden',
    sent: 'Ihre Antwort ist bei der Verwaltung.',
  },
  en: {
    title: 'Answer the administration',
    go: 'Answer',
    text: 'Your answer',
    files: 'Files',
    there: 'Uploaded already',
    filesHint: 'Up to 10 files of at most 20 MB: PDF, pictures, text documents. With files you can leave the answer empty.',
    back: 'Back to the application',
    send: 'Send the answer',
    sent: 'Your answer is with the administration.',
  },
} satisfies Dictionary<Readonly<Record<string, string>>>;
