import type { Words } from '#platform/words';

/** What this room says: what happened, what it means for your data, what to do now. */
export const words: Words = {
  'delivery.undecipherable': {
    de: 'Das ließ sich nicht entschlüsseln: Es ist nicht für diesen Schlüssel bestimmt, unvollständig oder verändert. Es wurde nichts übernommen.',
    en: 'This could not be decrypted: it is not meant for this key, incomplete or changed. Nothing was taken over.',
  },
  'delivery.tooLarge': {
    de: 'Das ist zu groß. Höchstens {limit:size} sind möglich. Es wurde nichts übernommen.',
    en: 'This is too large. At most {limit:size} are possible. Nothing was taken over.',
  },
  'delivery.tokenRefused': {
    de: 'Diese Nachricht ist nicht vom Empfänger oder gehört nicht zu diesem Antrag. Sie wurde nicht beachtet.',
    en: 'This message is not from the receiver or does not belong to this application. It was ignored.',
  },
  'delivery.keyForm': {
    de: 'Das ist kein öffentlicher RSA-Schlüssel im Format JWK. Es wurde nichts gespeichert. Bitte fügen Sie ihn ein, wie ihn der Empfänger nennt.',
    en: 'This is no public RSA key in the format JWK. Nothing was saved. Please paste it as the receiver names it.',
  },
  'delivery.keySecret': {
    de: 'Das ist ein geheimer Schlüssel. Es wurde nichts gespeichert. Geheim ist er nun nicht mehr: Bitte sagen Sie dem Empfänger Bescheid, und fügen Sie den öffentlichen ein.',
    en: 'This is a secret key. Nothing was saved. It is secret no more: please tell the receiver, and paste the public one.',
  },
  'delivery.keyPurpose': {
    de: 'Dieser Schlüssel hat keinen Namen (kid) oder einen anderen Zweck. Gebraucht wird einer für {alg}. Es wurde nichts gespeichert.',
    en: 'This key has no name (kid) or another purpose. One for {alg} is needed. Nothing was saved.',
  },
  'delivery.keyLength': {
    de: 'Dieser Schlüssel ist nicht sicher: Er braucht mindestens {bits} Bit. Es wurde nichts gespeichert.',
    en: 'This key is not safe: it needs at least {bits} bits. Nothing was saved.',
  },
  'delivery.lineForm': {
    de: 'Bitte schreiben Sie höchstens {limit} Zeichen in eine Zeile. Es wurde nichts gespeichert.',
    en: 'Please write at most {limit} characters on one line. Nothing was saved.',
  },
  'delivery.addressForm': {
    de: 'Bitte geben Sie eine öffentliche Adresse an, die mit https:// beginnt, ohne Kennwort und ohne Fragezeichen. Es wurde nichts gespeichert.',
    en: 'Please give a public address that begins with https://, without password and question mark. Nothing was saved.',
  },
  'delivery.serviceForm': {
    de: 'Bitte geben Sie die Leistung als URN an, zum Beispiel urn:de:fim:leika:leistung:99050012104000, oder lassen Sie das Feld leer. Es wurde nichts gespeichert.',
    en: 'Please give the service as a URN, such as urn:de:fim:leika:leistung:99050012104000, or leave the field empty. Nothing was saved.',
  },
  'delivery.idForm': {
    de: 'Das ist keine Kennung, wie ein Zustelldienst sie vergibt (UUID). Es wurde nichts gespeichert.',
    en: 'This is no id as a delivery service gives it (UUID). Nothing was saved.',
  },
  'delivery.secretForm': {
    de: 'Das Geheimnis besteht aus höchstens 500 Buchstaben, Ziffern und Zeichen ohne Leerzeichen. Es wurde nichts gespeichert.',
    en: 'The secret consists of at most 500 letters, digits and signs without spaces. Nothing was saved.',
  },
  'delivery.secretMissing': {
    de: 'Bitte geben Sie das Geheimnis an, das der Zustelldienst Ihnen gegeben hat. Es wurde nichts gespeichert.',
    en: 'Please give the secret the delivery service has given you. Nothing was saved.',
  },
  'delivery.secretAgain': {
    de: 'Das gespeicherte Geheimnis gehört zur bisherigen Adresse. Bitte geben Sie es für die neue noch einmal an. Es wurde nichts gespeichert.',
    en: 'The stored secret belongs to the former address. Please give it once more for the new one. Nothing was saved.',
  },
  'delivery.formUnknown': {
    de: 'Bitte wählen Sie ein Formular aus der Liste. Es wurde nichts gespeichert.',
    en: 'Please choose a form from the list. Nothing was saved.',
  },
  'delivery.officeUnknown': {
    de: 'Bitte wählen Sie eine Stelle aus der Liste. Es wurde nichts gespeichert.',
    en: 'Please choose an office from the list. Nothing was saved.',
  },
  'delivery.enough': {
    de: 'Mehr als {limit} sind nicht möglich. Es wurde nichts gespeichert.',
    en: 'No more than {limit} are possible. Nothing was saved.',
  },
  'delivery.noDestination': {
    de: 'Für dieses Formular ist kein Zustellpunkt eingerichtet. Der Antrag liegt im Eingang.',
    en: 'No destination is set up for this form. The application lies in the tray.',
  },
  'delivery.destinationUnknown': {
    de: 'Der Zustelldienst antwortet, kennt aber diesen Zustellpunkt nicht. Bitte prüfen Sie die Kennung.',
    en: 'The delivery service answers but does not know this destination. Please check its id.',
  },
  'delivery.destinationClosed': {
    de: 'Der Zustellpunkt nimmt zurzeit nichts an. Bitte fragen Sie den Empfänger.',
    en: 'The destination takes nothing at the moment. Please ask the receiver.',
  },
  'delivery.otherKey': {
    de: 'Der Empfänger nennt einen anderen Schlüssel als den hier gespeicherten. Bitte fügen Sie den neuen ein.',
    en: 'The receiver names another key than the one stored here. Please paste the new one.',
  },
  'delivery.serviceSilent': {
    de: 'Der Zustelldienst antwortet nicht. Es wird weiter versucht.',
    en: 'The delivery service does not answer. It will be tried again.',
  },
  'delivery.serviceUnwell': {
    de: 'Der Zustelldienst ist gestört. Es wird weiter versucht.',
    en: 'The delivery service is out of order. It will be tried again.',
  },
  'delivery.serviceRefusesUs': {
    de: 'Der Zustelldienst nimmt unsere Zugangsdaten nicht an. Bitte lassen Sie den Zustellpunkt in der Verwaltung prüfen.',
    en: 'The delivery service does not accept our credentials. Please have the destination checked in the administration.',
  },
  'delivery.serviceRefuses': {
    de: 'Der Zustelldienst hat die Zustellung abgewiesen. Bitte lassen Sie den Zustellpunkt in der Verwaltung prüfen.',
    en: 'The delivery service has turned the delivery down. Please have the destination checked in the administration.',
  },
  'delivery.serviceOdd': {
    de: 'Der Zustelldienst hat etwas geantwortet, was nicht zu verstehen ist. Bitte lassen Sie den Zustellpunkt in der Verwaltung prüfen.',
    en: 'The delivery service has answered something that cannot be understood. Please have the destination checked in the administration.',
  },
  'delivery.notReady': {
    de: 'Die Quittung wird noch erstellt, oder eine Anlage wird noch auf Schadsoftware geprüft.',
    en: 'The receipt is still being made, or an attachment is still being checked for malware.',
  },
  'delivery.unsafeFile': {
    de: 'Eine Anlage ist nicht als unbedenklich geprüft und wird deshalb nicht weitergegeben. Bitte sehen Sie im Eingang nach.',
    en: 'An attachment was not found safe and is therefore not passed on. Please look in the tray.',
  },
  'delivery.fileTooLarge': {
    de: 'Eine Anlage ist für die Zustellung zu groß. Bitte bearbeiten Sie den Antrag im Eingang.',
    en: 'An attachment is too large to be delivered. Please work on the application in the tray.',
  },
  'delivery.tooManyFiles': {
    de: 'Das sind zu viele Anlagen für eine Zustellung; höchstens {limit} sind möglich.',
    en: 'These are too many attachments for one delivery; at most {limit} are possible.',
  },
  'delivery.dataTooLarge': {
    de: 'Die Angaben sind für die Zustellung zu umfangreich. Bitte bearbeiten Sie den Antrag im Eingang.',
    en: 'The answers are too extensive to be delivered. Please work on the application in the tray.',
  },
  'delivery.noVerdict': {
    de: 'Der Empfänger hat nach zwei Wochen nicht gesagt, ob er den Antrag annimmt. Bitte fragen Sie dort nach.',
    en: 'After two weeks the receiver has not said whether they accept the application. Please ask there.',
  },
  'delivery.otherContent': {
    de: 'Der Empfänger bestätigt etwas anderes, als gesendet wurde. Der Antrag liegt wieder im Eingang. Bitte sprechen Sie mit dem Empfänger und dem Betreiber des Zustelldienstes.',
    en: 'The receiver confirms something else than was sent. The application is in the tray again. Please talk to the receiver and to the operator of the delivery service.',
  },
  'delivery.notFetched': {
    de: 'Der Empfänger hat den Antrag nicht abgeholt. Der Zustelldienst hat ihn deshalb zurückgewiesen. Bitte fragen Sie den Empfänger.',
    en: 'The receiver has not fetched the application. The delivery service has therefore turned it back. Please ask the receiver.',
  },
  'delivery.rejected': {
    de: 'Der Empfänger hat den Antrag abgelehnt. Die Gründe stehen bei der Zustellung.',
    en: 'The receiver has rejected the application. The reasons stand with the delivery.',
  },
  'delivery.withdrawn': {
    de: 'Der Antrag wurde zurückgezogen, bevor er übermittelt war.',
    en: 'The application was withdrawn before it was delivered.',
  },
  'delivery.takenBack': {
    de: 'Die Zustellung wurde angehalten. Der Antrag wird hier bearbeitet.',
    en: 'The delivery was stopped. The application is worked on here.',
  },
  'delivery.crossed': {
    de: 'Der Antrag war schon übermittelt, als die Zustellung angehalten wurde. Bitte sagen Sie dem Empfänger Bescheid.',
    en: 'The application was delivered already when the delivery was stopped. Please tell the receiver.',
  },
  'delivery.movedSince': {
    de: 'Zu einem übermittelten Antrag gibt es Neues. Der Empfänger erfährt es nicht von selbst: Bitte geben Sie es weiter.',
    en: 'There is news about an application that was delivered. The receiver does not hear of it by themselves: please pass it on.',
  },
  'delivery.stepImpossible': {
    de: 'Das geht bei dieser Zustellung jetzt nicht. Es wurde nichts verändert. Bitte laden Sie die Seite neu.',
    en: 'This is not possible with this delivery now. Nothing was changed. Please load the page again.',
  },
  'delivery.accessRefused': {
    de: 'Diese Zugangsdaten gelten hier nicht. Es wurde nichts übernommen.',
    en: 'These credentials do not count here. Nothing was taken over.',
  },
  'delivery.grantForm': {
    de: 'Erwartet wird grant_type=client_credentials mit client_id und client_secret.',
    en: 'Expected is grant_type=client_credentials with client_id and client_secret.',
  },
  'delivery.tooManyAnnounced': {
    de: 'Mehr als {limit} angekündigte Einreichungen sind nicht möglich. Bitte reichen Sie die begonnenen zuerst ein.',
    en: 'More than {limit} announced submissions are not possible. Please submit those you have begun first.',
  },
  'delivery.overlapForm': {
    de: 'Bitte geben Sie an, wie lange die bisherigen Schlüssel noch gelten: {least} bis {most} Tage. Es wurde nichts verändert.',
    en: 'Please say how long the former keys still count: {least} to {most} days. Nothing was changed.',
  },
  'delivery.renewedAlready': {
    de: 'Die Schlüssel wurden schon erneuert, und die bisherigen gelten noch. Erst danach geht es wieder. Es wurde nichts verändert.',
    en: 'The keys were renewed already, and the former ones still count. Only after that is it possible again. Nothing was changed.',
  },
  'delivery.keysTheirs': {
    de: 'Die Schlüssel dieses Zustellpunkts hat, wer abholt. Erneuern kann sie nur diese Stelle. Es wurde nichts verändert.',
    en: 'Whoever fetches has the keys of this destination. Only they can renew them. Nothing was changed.',
  },
  'delivery.keysEnd': {
    de: 'Die bisherigen Schlüssel von {title} gelten nicht mehr lange. Tage bis zum Ende: {days}. Bitte prüfen Sie, ob alle Absender die neuen haben.',
    en: 'The former keys of {title} do not count for long. Days until the end: {days}. Please check whether all senders have the new ones.',
  },
  'delivery.unfetched': {
    de: 'Bei {title} liegen Einreichungen länger als {days} Tage und werden nicht abgeholt. Anzahl: {count}. Nach {limit} Tagen weist der Zustelldienst sie zurück und löscht den Inhalt. Bitte sagen Sie dem Empfänger Bescheid.',
    en: 'At {title} submissions have been waiting for more than {days} days and are not fetched. Number: {count}. After {limit} days the delivery service turns them back and deletes the content. Please tell the receiver.',
  },
  'delivery.callbackRefused': {
    de: 'Diese Benachrichtigung ist nicht vom Zustelldienst, oder sie ist zu alt. Sie wurde nicht beachtet.',
    en: 'This call is not from the delivery service, or it is too old. It was ignored.',
  },
  'delivery.callbackAgain': {
    de: 'Diese Benachrichtigung ist schon angekommen. Es wurde nichts verändert.',
    en: 'This call has arrived already. Nothing was changed.',
  },
  'delivery.callbackForm': {
    de: 'Das ist keine Benachrichtigung über neue Einreichungen. Sie wurde nicht beachtet.',
    en: 'This is no call about new submissions. It was ignored.',
  },
  'delivery.decidedAlready': {
    de: 'Über diese Einreichung ist schon entschieden. Es wurde nichts verändert.',
    en: 'There is a decision on this submission already. Nothing was changed.',
  },
  'delivery.notHere': {
    de: 'Bei diesem Zustellpunkt ist das nicht möglich: Er liegt bei einem anderen Zustelldienst, oder wir entschlüsseln selbst. Es wurde nichts gespeichert.',
    en: 'This is not possible with this destination: it lives at another delivery service, or we decrypt ourselves. Nothing was saved.',
  },
  'delivery.sourceMissing': {
    de: 'Es ist noch nicht angegeben, wo dieser Zustellpunkt liegt. Bitte geben Sie zuerst die Zugangsdaten ein.',
    en: 'It is not said yet where this destination lives. Please enter the credentials first.',
  },
  'delivery.submittedAlready': {
    de: 'Diese Einreichung ist schon abgegeben. An ihr lässt sich nichts mehr ändern.',
    en: 'This submission was handed in already. Nothing of it can be changed any more.',
  },
  'delivery.fileMissing': {
    de: 'Eine angekündigte Anlage fehlt noch. Es wurde nichts abgegeben.',
    en: 'An attachment that was announced is still missing. Nothing was handed in.',
  },
};
