import type { Words } from '#platform/words';

/** What this room says: what happened, what it means for your data, what to do now. */
export const words: Words = {
  'accounts.signInRefused': {
    de: 'Adresse oder Passwort stimmen nicht. Bitte prüfen Sie beides, oder lassen Sie sich einen Link für ein neues Passwort schicken.',
    en: 'The address or the password is not right. Please check both, or have a link for a new password sent to you.',
  },
  'accounts.unknown': { de: 'Einen Zugang „{login}“ gibt es hier nicht.', en: 'There is no account “{login}” here.' },
  'accounts.browserOnly': {
    de: 'Das geht nur im Browser, nicht mit einem App-Passwort. Es wurde nichts verändert.',
    en: 'This works in the browser only, not with an app password. Nothing was changed.',
  },
  'accounts.deviceLoginGone': {
    de: 'Diese Anfrage eines Programms gibt es nicht mehr: Sie ist schon beantwortet, oder ihre 20 Minuten sind um. Es wurde nichts verändert. Bitte beginnen Sie im Programm von vorn.',
    en: 'This request of a programme is no longer there: it was answered already, or its 20 minutes are over. Nothing was changed. Please begin again in the programme.',
  },
  'accounts.trailDay': {
    de: 'Diesen Tag gibt es nicht. Bitte geben Sie ihn als Jahr-Monat-Tag an, etwa 2026-11-23. Es wurde nichts verändert.',
    en: 'There is no such day. Please give it as year-month-day, such as 2026-11-23. Nothing was changed.',
  },
  'accounts.trailPeriod': {
    de: 'Der letzte Tag liegt vor dem ersten. Bitte vertauschen Sie „Von“ und „Bis“. Es wurde nichts verändert.',
    en: 'The last day is before the first. Please swap “From” and “To”. Nothing was changed.',
  },
  'accounts.pictureTooLarge': {
    de: 'Das Bild ist zu groß (höchstens {limit:size}). Ihr bisheriges Bild ist unverändert. Bitte verkleinern Sie es, oder nehmen Sie ein anderes.',
    en: 'The picture is too large (at most {limit:size}). Your picture is unchanged. Please make it smaller, or take another one.',
  },
  'accounts.pictureForm': {
    de: 'Diese Datei ließ sich nicht als Bild lesen. Ihr bisheriges Bild ist unverändert. Bitte nehmen Sie ein PNG, JPEG, WebP, GIF oder BMP mit höchstens 40 Millionen Bildpunkten.',
    en: 'This file could not be read as a picture. Your picture is unchanged. Please take a PNG, JPEG, WebP, GIF or BMP of at most 40 million pixels.',
  },
  'accounts.presenceUnknown': {
    de: 'Diesen Status gibt es nicht. Ihr Status ist unverändert.',
    en: 'There is no such status. Your status is unchanged.',
  },
  'accounts.presenceIcon': {
    de: 'Das Bild zum Status muss ein einzelnes Emoji sein. Ihr Status ist unverändert.',
    en: 'The picture of a status must be a single emoji. Your status is unchanged.',
  },
  'accounts.presencePast': {
    de: 'Dieser Zeitpunkt ist schon vorbei. Ihr Status ist unverändert.',
    en: 'This moment has passed already. Your status is unchanged.',
  },
  'accounts.linkUnknown': {
    de: 'Diesen Link gibt es nicht. Bitte kopieren Sie ihn vollständig aus der E-Mail, oder lassen Sie sich einen neuen schicken.',
    en: 'There is no such link. Please copy it completely from the mail, or have a new one sent to you.',
  },
  'accounts.linkUsed': {
    de: 'Dieser Link wurde schon benutzt; er gilt nur ein Mal. Bitte melden Sie sich an, oder lassen Sie sich einen neuen schicken.',
    en: 'This link was already used; it is valid only once. Please sign in, or have a new one sent to you.',
  },
  'accounts.linkExpired.invitation': {
    de: 'Diese Einladung ist abgelaufen; sie galt sieben Tage. Bitte wenden Sie sich an Ihre Verwaltung, damit sie Ihnen eine neue schickt.',
    en: 'This invitation has expired; it was valid for seven days. Please ask your administration to send you a new one.',
  },
  'accounts.citizenLinkExpired': {
    de: 'Dieser Link ist abgelaufen. Bitte fordern Sie auf der Seite „Postfach“ einen neuen an.',
    en: 'This link has expired. Please ask for a new one on the page “Mailbox”.',
  },
  'accounts.linkExpired.reset': {
    de: 'Dieser Link ist abgelaufen; er galt eine Stunde. Ihr Passwort ist unverändert. Bitte fordern Sie einen neuen an.',
    en: 'This link has expired; it was valid for one hour. Your password is unchanged. Please ask for a new one.',
  },
  'accounts.linkExpired.setUp': {
    de: 'Dieser Link ist abgelaufen; er galt einen Tag. Starten Sie Rennsteig neu, dann wird ein neuer ausgegeben.',
    en: 'This link has expired; it was valid for one day. Restart Rennsteig, and a new one is printed.',
  },
  'accounts.setUpDone': {
    de: 'Diese Instanz ist schon eingerichtet. Bitte melden Sie sich an.',
    en: 'This instance is already set up. Please sign in.',
  },
  'accounts.groupGone': {
    de: 'Eine der Gruppen gibt es nicht mehr. Es wurde niemand eingeladen. Bitte laden Sie die Seite neu und wählen Sie noch einmal.',
    en: 'One of the groups is no longer there. Nobody was invited. Please reload the page and choose again.',
  },
  'accounts.passwordsDiffer': {
    de: 'Die beiden neuen Passwörter sind verschieden. Bitte geben Sie sie noch einmal ein. Es wurde nichts verändert.',
    en: 'The two new passwords are different. Please enter them again. Nothing was changed.',
  },
  'accounts.passwordWrong': {
    de: 'Das jetzige Passwort stimmt nicht. Es wurde nichts verändert.',
    en: 'The current password is not right. Nothing was changed.',
  },
  'accounts.passwordTooShort': {
    de: 'Das Passwort muss mindestens {least} Zeichen haben. Mehrere Wörter hintereinander sind gut zu merken.',
    en: 'The password must have at least {least} characters. Several words in a row are easy to remember.',
  },
  'accounts.passwordTooLong': {
    de: 'Das Passwort darf höchstens {most} Zeichen haben.',
    en: 'The password may have at most {most} characters.',
  },
  'accounts.passwordCommon': {
    de: 'Dieses Passwort würde als eines der ersten ausprobiert. Bitte wählen Sie eines aus mehreren ungewöhnlichen Wörtern.',
    en: 'This password would be among the first to be tried. Please choose one made of several unusual words.',
  },
  'accounts.passwordPersonal': {
    de: 'Das Passwort besteht fast nur aus Ihrem Namen oder Ihrer Adresse. Bitte wählen Sie ein anderes.',
    en: 'The password consists almost only of your name or address. Please choose another one.',
  },
  'accounts.passwordChangedMeanwhile': {
    de: 'Ihr Passwort wurde gerade an anderer Stelle geändert. Wenn Sie das nicht waren, wenden Sie sich bitte sofort an Ihre IT.',
    en: 'Your password was just changed somewhere else. If that was not you, please contact your IT department at once.',
  },
  'accounts.addressForm': {
    de: 'Das ist keine E-Mail-Adresse. Bitte geben Sie sie in der Form name@behoerde.example an.',
    en: 'This is not a mail address. Please give it in the form name@authority.example.',
  },
  'accounts.addressTaken': {
    de: 'Die Adresse {address} kann hier nicht verwendet werden. Es wurde nichts verändert. Steht sie schon unter „Personen“, ändern Sie dort, was nötig ist; sonst nehmen Sie eine andere Adresse, oder fragen Sie Ihren Dienstleister.',
    en: 'The address {address} cannot be used here. Nothing was changed. If it stands under “People” already, change there what is needed; otherwise take another address, or ask your provider.',
  },
  'accounts.handleForm': {
    de: 'Die Kennung darf nur aus Kleinbuchstaben a–z, Ziffern, Punkt, Unterstrich und Bindestrich bestehen (höchstens 64 Zeichen).',
    en: 'The user name may only consist of small letters a–z, digits, dot, underscore and hyphen (at most 64 characters).',
  },
  'accounts.handleTaken': {
    de: 'Die Kennung „{handle}“ ist schon vergeben. Bitte wählen Sie eine andere.',
    en: 'The user name “{handle}” is already taken. Please choose another one.',
  },
  'accounts.handleStays': {
    de: 'Die Kennung „{handle}“ kann nicht geändert werden: Sync-Programme und Netzlaufwerke haben sie gespeichert.',
    en: 'The user name “{handle}” cannot be changed: sync clients and network drives have stored it.',
  },
  'accounts.localeUnknown': { de: 'Bitte wählen Sie Deutsch oder Englisch.', en: 'Please choose German or English.' },
  'accounts.roleUnknown': {
    de: 'Eine Rolle „{role}“ gibt es nicht. Es gibt: {roles}.',
    en: 'There is no role “{role}”. There are: {roles}.',
  },
  'accounts.operatorElsewhere': {
    de: 'Betreiberin oder Betreiber kann nur sein, wer zum Dienstleister gehört.',
    en: 'Only people of the provider can be operators.',
  },
  'accounts.last.tenantAdministrator': {
    de: 'Das ist die letzte Person mit der Rolle Verwaltung. Geben Sie zuerst jemand anderem diese Rolle. Es wurde nichts verändert.',
    en: 'This is the last administrator. Give the role to somebody else first. Nothing was changed.',
  },
  'accounts.last.providerOperator': {
    de: 'Das ist die letzte Person mit der Rolle Betrieb. Geben Sie zuerst jemand anderem diese Rolle. Es wurde nichts verändert.',
    en: 'This is the last operator. Give the role to somebody else first. Nothing was changed.',
  },
  'accounts.disableSelf': {
    de: 'Das sind Sie selbst. Es wurde nichts verändert. Ihren eigenen Zugang kann nur eine andere Person mit der Rolle Verwaltung sperren; bitten Sie sie darum.',
    en: 'This is yourself. Nothing was changed. Only another administrator can disable your own access; please ask one of them.',
  },
  'accounts.stays.invited': {
    de: 'Diese Person hat ihre Einladung noch nicht angenommen. Es wurde nichts verändert.',
    en: 'This person has not accepted their invitation yet. Nothing was changed.',
  },
  'accounts.stays.active': {
    de: 'Dieser Zugang ist schon aktiv. Es wurde nichts verändert.',
    en: 'This account is already active. Nothing was changed.',
  },
  'accounts.stays.disabled': {
    de: 'Dieser Zugang ist gesperrt. Es wurde nichts verändert. Bitte wenden Sie sich an Ihre Verwaltung.',
    en: 'This account is disabled. Nothing was changed. Please contact your administration.',
  },
  'accounts.appPasswordsOff': {
    de: 'Ihre Behörde erlaubt keine App-Passwörter. Bitte wenden Sie sich an Ihre Verwaltung.',
    en: 'Your authority does not allow app passwords. Please contact your administration.',
  },
  'accounts.tooManyAppPasswords': {
    de: 'Mehr als {limit} App-Passwörter sind nicht möglich. Bitte widerrufen Sie zuerst eines, das Sie nicht mehr brauchen.',
    en: 'More than {limit} app passwords are not possible. Please revoke one first that you no longer need.',
  },
  'accounts.groupTaken': {
    de: 'Eine Gruppe „{name}“ gibt es schon. Bitte wählen Sie einen anderen Namen.',
    en: 'There is already a group “{name}”. Please choose another name.',
  },
  'accounts.tooManyGroups': {
    de: 'Mehr als {limit} Gruppen sind nicht möglich.',
    en: 'More than {limit} groups are not possible.',
  },
  'accounts.unitUnknown': {
    de: 'Die Organisationseinheit „{unit}“ gibt es nicht. Bitte legen Sie sie zuerst an.',
    en: 'There is no unit “{unit}”. Please create it first.',
  },
  'accounts.unitAmbiguous': {
    de: 'Mehrere Organisationseinheiten heißen „{unit}“. Bitte geben Sie den Pfad an, zum Beispiel Bauamt/Tiefbau.',
    en: 'Several units are called “{unit}”. Please give the path, for example Bauamt/Tiefbau.',
  },
  'accounts.unitTaken': {
    de: 'An dieser Stelle gibt es schon eine Einheit „{name}“. Bitte wählen Sie einen anderen Namen.',
    en: 'There is already a unit “{name}” in this place. Please choose another name.',
  },
  'accounts.unitCycle': {
    de: 'Eine Einheit kann nicht unter sich selbst stehen. Es wurde nichts verändert.',
    en: 'A unit cannot stand below itself. Nothing was changed.',
  },
  'accounts.unitTooDeep': {
    de: 'Die Einheiten dürfen höchstens {limit} Ebenen haben.',
    en: 'The units may have at most {limit} levels.',
  },
  'accounts.unitNotEmpty': {
    de: 'In „{name}“ sind noch Personen oder Einheiten. Verschieben Sie sie zuerst. Es wurde nichts verändert.',
    en: 'There are still people or units in “{name}”. Move them first. Nothing was changed.',
  },
  'accounts.tooManyUnits': {
    de: 'Mehr als {limit} Organisationseinheiten sind nicht möglich.',
    en: 'More than {limit} units are not possible.',
  },
  'accounts.csvQuotes': {
    de: 'In Zeile {line} der Tabelle stimmen die Anführungszeichen nicht. Es wurde nichts verändert.',
    en: 'The quotes in line {line} of the table are not right. Nothing was changed.',
  },
  'accounts.csvTooLong': {
    de: 'Die Tabelle hat mehr als {limit} Zeilen. Bitte teilen Sie sie auf. Es wurde nichts verändert.',
    en: 'The table has more than {limit} rows. Please split it. Nothing was changed.',
  },
  'accounts.csvTooWide': {
    de: 'Die Tabelle hat mehr als {limit} Spalten. Es wurde nichts verändert.',
    en: 'The table has more than {limit} columns. Nothing was changed.',
  },
  'accounts.csvEmpty': {
    de: 'Die Datei ist leer. Es wurde nichts verändert. Die erste Zeile muss die Spalten benennen, mindestens „Name“ und „E-Mail-Adresse“.',
    en: 'The file is empty. Nothing was changed. The first line must name the columns, at least “Name” and “Email address”.',
  },
  'accounts.csvBinary': {
    de: 'Diese Datei ist keine Tabelle als Text. Es wurde nichts verändert. Bitte speichern Sie sie in Ihrem Tabellenprogramm als CSV.',
    en: 'This file is not a table of text. Nothing was changed. Please save it as CSV in your spreadsheet programme.',
  },
  'accounts.csvColumns': {
    de: 'Die erste Zeile muss die Spalten benennen, mindestens „Name“ und „E-Mail-Adresse“; gefunden: {found}. Es wurde nichts verändert.',
    en: 'The first line must name the columns, at least “Name” and “Email address”; found: {found}. Nothing was changed.',
  },
  'accounts.rowGroups': {
    de: 'Eine Person kann hier in höchstens {limit} Gruppen kommen. Bitte prüfen Sie die Spalte mit den Gruppen.',
    en: 'A person can get into at most {limit} groups here. Please check the column of the groups.',
  },
  'accounts.groupsMade': {
    de: 'Die Tabelle nennt mehr als {limit} Gruppen, die es noch nicht gibt. Es wurde nichts übernommen. Bitte prüfen Sie die Spalte mit den Gruppen.',
    en: 'The table names more than {limit} groups that do not exist yet. Nothing was taken over. Please check the column of the groups.',
  },
  'accounts.rowTwice': {
    de: 'Die Adresse {address} steht weiter oben schon in der Tabelle.',
    en: 'The address {address} is already further up in the table.',
  },
  'accounts.identityOff': {
    de: 'Hier kann man sich nur mit E-Mail-Adresse und Passwort anmelden. Es wurde nichts verändert.',
    en: 'Here one can sign in with email address and password only. Nothing was changed.',
  },
  'accounts.identityGone': {
    de: 'Diese Anmeldung gibt es nicht mehr: Sie wurde schon benutzt, oder ihre Zeit ist um. Ihre Daten sind unverändert. Bitte melden Sie sich noch einmal an.',
    en: 'This sign-in is no longer there: it was used already, or its time is over. Your data is unchanged. Please sign in again.',
  },
  'accounts.identityTaken': {
    de: 'Mit dieser Anmeldung ist schon ein anderes Postfach verbunden. Es wurde nichts verändert. Trennen Sie dort zuerst die Verbindung.',
    en: 'Another mailbox is linked with this sign-in already. Nothing was changed. Please end the link there first.',
  },
  'accounts.identityMost': {
    de: 'Ein Postfach kann mit höchstens {limit} Anmeldungen verbunden sein. Es wurde nichts verändert. Bitte trennen Sie eine, die Sie nicht mehr brauchen.',
    en: 'A mailbox can be linked with at most {limit} sign-ins. Nothing was changed. Please end a link you no longer need.',
  },
};
