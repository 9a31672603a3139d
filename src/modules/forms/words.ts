import type { Words } from '#platform/words';
import { editWords } from './words-edit.ts';

/** What this room says: what happened, what it means for your data, what to do now. */
export const words: Words = {
  ...editWords,
  'forms.definitionForm': {
    de: 'Das Formular hat bei „{field}“ einen Fehler: {detail}. Es wurde nichts gespeichert.',
    en: 'The form has a mistake at “{field}”: {detail}. Nothing was saved.',
  },
  'forms.expressionForm': {
    de: 'Die Bedingung oder Berechnung bei „{field}“ ist nicht möglich: {detail}. Es wurde nichts gespeichert.',
    en: 'The condition or calculation at “{field}” is not possible: {detail}. Nothing was saved.',
  },
  'forms.overlayForm': {
    de: '„{field}“ lässt sich in diesem Formular nicht so einstellen ({detail}). Es wurde nichts gespeichert.',
    en: '“{field}” cannot be set like this in this form ({detail}). Nothing was saved.',
  },
  'forms.overlayChanged': {
    de: 'Jemand anderes hat diese Einstellungen inzwischen geändert. Ihre Änderung wurde nicht gespeichert. Bitte laden Sie die Seite neu.',
    en: 'Somebody else has changed these settings meanwhile. Your change was not saved. Please load the page again.',
  },
  'forms.unknown': {
    de: 'Dieses Formular gibt es nicht, oder es wird nicht mehr angeboten.',
    en: 'There is no such form, or it is no longer offered.',
  },
  'forms.linkUnknown': {
    de: 'Zu diesem Link gibt es keinen Antrag. Vielleicht fehlt am Ende etwas, oder der Entwurf wurde nach der angegebenen Zeit gelöscht.',
    en: 'There is no application for this link. Perhaps something is missing at its end, or the draft was deleted after the time that was named.',
  },
  'forms.notSent': {
    de: 'Dieser Antrag ist noch nicht abgesendet. Ihre Angaben sind gespeichert. Bitte machen Sie mit dem Antrag weiter.',
    en: 'This application has not been sent yet. What you have entered is stored. Please go on with it.',
  },
  'forms.sentAlready': {
    de: 'Dieser Antrag ist schon abgesendet. Daran lässt sich nichts mehr ändern; ergänzen können Sie ihn auf der Seite mit dem Stand.',
    en: 'This application has been sent already and cannot be changed any more; you can add to it on the page with its status.',
  },
  'forms.notOffered': {
    de: 'Die zuständige Stelle nimmt diesen Antrag noch nicht online an. Bitte wenden Sie sich direkt an sie.',
    en: 'The responsible office does not take this application online yet. Please contact it directly.',
  },
  'forms.trap': {
    de: 'Ein Feld, das leer bleiben soll, war ausgefüllt. Es wurde nichts abgesendet. Bitte laden Sie die Seite neu.',
    en: 'A field that should stay empty was filled in. Nothing was sent. Please load the page again.',
  },
  'forms.tooFast': {
    de: 'Das ging schneller, als jemand lesen kann. Ihre Angaben sind gespeichert. Bitte senden Sie den Antrag noch einmal ab.',
    en: 'That was faster than anybody can read. What you have entered is stored. Please send the application again.',
  },
  'forms.pageGone': {
    de: 'Diese Frage gehört nicht zu Ihrem Antrag. Ihre Angaben sind gespeichert. Bitte gehen Sie zurück zum Antrag.',
    en: 'This question is not part of your application. What you have entered is stored. Please go back to the application.',
  },
  'forms.entryGone': {
    de: 'Diesen Eintrag gibt es nicht mehr. Ihre übrigen Angaben sind gespeichert. Bitte prüfen Sie die Liste.',
    en: 'This entry no longer exists. Everything else is stored. Please look through the list.',
  },
  'forms.fileEmpty': {
    de: 'Diese Datei ist leer. Sie wurde nicht hochgeladen. Bitte wählen Sie eine andere.',
    en: 'This file is empty. It was not uploaded. Please choose another one.',
  },
  'forms.uploadsMany': {
    de: 'Es sind schon {limit} Dateien unterwegs. Was angekommen ist, ist gespeichert. Bitte warten Sie, bis eine davon da ist, oder brechen Sie eine ab.',
    en: '{limit} files are on their way already. What has arrived is stored. Please wait until one of them is there, or cancel one.',
  },
  'forms.uploadGone': {
    de: 'Diese Übertragung wurde abgebrochen oder ist abgelaufen. Ihre Antworten sind gespeichert. Bitte wählen Sie die Datei noch einmal aus.',
    en: 'This transfer was cancelled or has expired. Your answers are stored. Please choose the file again.',
  },
  'forms.uploadOffset': {
    de: 'Hier geht es bei Byte {received} weiter. Was angekommen ist, ist gespeichert.',
    en: 'This goes on at byte {received}. What has arrived is stored.',
  },
  'forms.uploadTooLong': {
    de: 'Es kam mehr an als angekündigt. Der Rest wurde nicht gespeichert. Bitte wählen Sie die Datei noch einmal aus.',
    en: 'More arrived than was announced. The rest was not stored. Please choose the file again.',
  },
  'forms.uploadPieces': {
    de: 'Die Datei kam in zu vielen kleinen Stücken an. Bitte versuchen Sie es mit einer besseren Verbindung noch einmal.',
    en: 'The file arrived in too many small pieces. Please try again with a better connection.',
  },
  'forms.stepMissing': {
    de: 'Die Seite war nicht vollständig geladen. Ihre früheren Angaben sind gespeichert. Bitte laden Sie die Seite neu und antworten Sie noch einmal.',
    en: 'The page was not loaded completely. What you entered before is stored. Please load the page again and answer once more.',
  },
  'forms.changedElsewhere': {
    de: 'Diese Seite wurde inzwischen in einem anderen Fenster geändert. Es gilt, was dort steht. Ihre letzte Eingabe steht unten; mit „Weiter“ gilt sie.',
    en: 'This page was changed in another window meanwhile. What was entered there holds. What you entered last stands below; “Continue” makes it hold.',
  },
  'forms.incomplete': {
    de: 'Es fehlt noch etwas. Ihre Angaben sind gespeichert. Bitte ergänzen Sie, was fehlt.',
    en: 'Something is still missing. What you have entered is stored. Please complete it.',
  },
  'forms.notDeclared': {
    de: 'Bitte bestätigen Sie die Erklärung. Ihre Angaben sind gespeichert, aber noch nicht abgesendet.',
    en: 'Please confirm the declaration. What you have entered is stored, but not sent yet.',
  },
  'forms.feeUnknown': {
    de: 'Die Gebühr lässt sich aus Ihren Angaben nicht berechnen. Ihre Angaben sind gespeichert. Bitte wenden Sie sich an die Verwaltung.',
    en: 'The fee cannot be calculated from what you have entered. It is stored. Please contact the administration.',
  },
  'forms.feeChanged': {
    de: 'Die Gebühr hat sich geändert. Es wurde nichts abgesendet. Bitte prüfen Sie die neue Gebühr und senden Sie noch einmal ab.',
    en: 'The fee has changed. Nothing was sent. Please check the new fee and send again.',
  },
  'forms.fileKind': {
    de: '„{name}“ ist keine Datei, die hier angenommen wird. Die Datei wurde nicht gespeichert. Bitte wählen Sie eine der genannten Arten.',
    en: '“{name}” is not a file that is taken here. It was not stored. Please choose one of the kinds named.',
  },
  'forms.fileTooLarge': {
    de: '„{name}“ ist zu groß. Möglich sind {limit:size}. Die Datei wurde nicht gespeichert.',
    en: '“{name}” is too large. {limit:size} are possible. It was not stored.',
  },
  'forms.enoughFiles': {
    de: 'Hier sind höchstens {limit} Dateien möglich. Diese Datei wurde nicht gespeichert.',
    en: 'At most {limit} files are possible here. This file was not stored.',
  },
  'forms.mailForm': {
    de: 'Das ist keine E-Mail-Adresse. Bitte schreiben Sie sie so: name@post.example.',
    en: 'This is no e-mail address. Please write it like this: name@post.example.',
  },
  'forms.feeNotAwaited': {
    de: 'Für diesen Antrag ist keine Gebühr offen, die noch festzusetzen wäre. Es wurde nichts verändert. Bitte laden Sie die Seite neu.',
    en: 'There is no fee left to be set for this application. Nothing was changed. Please load the page again.',
  },
  'forms.nothingOwed': {
    de: 'Für diesen Antrag ist nichts zu bezahlen.',
    en: 'There is nothing to pay for this application.',
  },
  'forms.payingNow': {
    de: 'Eine Zahlung ist gerade unterwegs. Der Antrag wurde nicht zurückgezogen. Bitte versuchen Sie es in einigen Minuten noch einmal.',
    en: 'A payment is on its way. The application was not withdrawn. Please try again in a few minutes.',
  },
  'forms.supplementsMany': {
    de: 'Zu diesem Antrag haben Sie schon {limit} Ergänzungen geschickt, mehr werden nicht angenommen. Ihre Angabe ist nicht angekommen. Bitte rufen Sie bei der Stelle an.',
    en: 'You have sent {limit} supplements to this application already, and no more are taken. What you entered has not arrived. Please call the office.',
  },
  'forms.stepImpossible': {
    de: 'Das geht bei diesem Antrag jetzt nicht mehr. Es wurde nichts verändert. Bitte laden Sie die Seite neu und sehen Sie nach, wie er steht.',
    en: 'This is no longer possible with this application. Nothing was changed. Please load the page again and look how it stands.',
  },
  'forms.isWithdrawn': {
    de: 'Der Antrag ist inzwischen zurückgezogen. Es wurde nichts verändert. Bitte laden Sie die Seite neu.',
    en: 'The application has been withdrawn meanwhile. Nothing was changed. Please load the page again.',
  },
  'forms.isDecided': {
    de: 'Über den Antrag ist inzwischen entschieden. Es wurde nichts verändert. Bitte laden Sie die Seite neu und lesen Sie die Entscheidung.',
    en: 'The application has been decided meanwhile. Nothing was changed. Please load the page again and read the decision.',
  },
  'forms.askedAlready': {
    de: 'Genau das ist schon gefragt, und die Antwort steht noch aus. Es wurde nichts noch einmal verschickt.',
    en: 'Exactly this was asked already, and its answer is still to come. Nothing was sent a second time.',
  },
  'forms.answeredAlready': {
    de: 'Auf diese Nachfrage haben Sie schon geantwortet. Möchten Sie noch etwas sagen, dann ergänzen Sie bitte Ihren Antrag.',
    en: 'You have answered this question already. If you would like to say more, please add to your application.',
  },
  'forms.receiptLater': {
    de: 'Die Quittung wird gerade erstellt. Bitte laden Sie die Seite in einer Minute neu.',
    en: 'The receipt is being made. Please load the page again in a minute.',
  },
  'forms.fimForm': {
    de: 'Das ist kein Schema von XDatenfelder 3.0 ({detail}). Es wurde nichts übernommen.',
    en: 'This is no schema of XDatenfelder 3.0 ({detail}). Nothing was taken over.',
  },
  'forms.numberForm': {
    de: 'Im Feld „{field}“ steht keine Zahl, die möglich ist. Es wurde nichts gespeichert. Schreiben Sie zum Beispiel 49,90.',
    en: 'The field “{field}” holds no number that is possible. Nothing was saved. Write 49.90, for example.',
  },
  'forms.noArea': {
    de: 'Für Ihre Behörde ist kein amtlicher Gemeindeschlüssel hinterlegt. Deshalb kann sie noch keine Anträge annehmen. Bitte wenden Sie sich an den Betreiber.',
    en: 'No official municipality key is on file for your authority. That is why it cannot take applications yet. Please contact the operator.',
  },
  'forms.inOtherAccount': {
    de: 'Dieser Antrag liegt schon in einem anderen Konto. Es wurde nichts verändert. Mit dem Link kommen Sie weiterhin zu ihm.',
    en: 'This application is in another account already. Nothing was changed. The link goes on leading to it.',
  },
  'forms.ownNeedsNoLink': {
    de: 'Für diesen Antrag gibt es keinen Link zum Verschicken: Er liegt in einem Konto. Sie finden ihn unter „Meine Anträge“.',
    en: 'There is no link to send for this application: it is in an account. You find it under “My applications”.',
  },
  'forms.takenAlready': {
    de: 'Die Bearbeitung hat schon begonnen. Die Angaben lassen sich nicht mehr ändern. Bitte schreiben Sie der Verwaltung, was anders ist; das geht weiter unten.',
    en: 'Work on it has begun already, and the answers cannot be changed any more. Please write to the administration what is different; you can do so further down.',
  },
  'forms.anonymousFull': {
    de: 'Bei dieser Verwaltung liegen gerade so viele Dateien aus angefangenen Anträgen, dass keine weitere angenommen wird. Ihre Angaben sind gespeichert, diese Datei nicht. Bitte versuchen Sie es morgen wieder, oder melden Sie sich mit einem Konto an: Dann geht es sofort.',
    en: 'So many files of applications that were begun lie with this administration that no more are taken right now. What you entered is stored, this file is not. Please try again tomorrow, or sign in with an account: then it works at once.',
  },
  'forms.anonymousMany': {
    de: 'Gerade werden bei dieser Verwaltung sehr viele Anträge ausgefüllt. Deshalb kann im Moment kein neuer begonnen werden. Was Sie schon begonnen haben, ist gespeichert und geht weiter. Bitte versuchen Sie es in zehn Minuten wieder, oder melden Sie sich mit einem Konto an: Dann geht es sofort.',
    en: 'Very many applications are being filled in with this administration right now, so no new one can be begun at the moment. What you have begun already is stored and goes on. Please try again in ten minutes, or sign in with an account: then it works at once.',
  },
  'forms.proofMissing': {
    de: 'Vor dem Absenden müssen Sie zeigen, wer Sie sind. Ihre Angaben sind gespeichert, es wurde nichts abgeschickt. Bitte laden Sie diese Seite neu: Dort steht, wie es geht.',
    en: 'Before sending you have to show who you are. What you entered is stored, nothing was sent. Please reload this page: it says how.',
  },
  'forms.proofNotNeeded': {
    de: 'Für diesen Antrag brauchen Sie sich nicht auszuweisen. Ihre Angaben sind gespeichert.',
    en: 'For this application you do not have to show who you are. What you entered is stored.',
  },
  'forms.identityMissing': {
    de: 'Bitte wählen Sie, wie die Person sich ausgewiesen hat. Es wurde nichts begonnen.',
    en: 'Please choose how the person has shown who they are. Nothing was begun.',
  },
};
