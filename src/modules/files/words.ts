import type { Words } from '#platform/words';

/** What this room says: what happened, what it means for your data, what to do now. */
export const words: Words = {
  'files.nameNotText': {
    de: 'Der Name enthält Zeichen, die kein Text sind. Bitte geben Sie einen anderen Namen ein.',
    en: 'The name contains characters that are not text. Please enter another name.',
  },
  'files.nameEmpty': { de: 'Bitte geben Sie einen Namen ein.', en: 'Please enter a name.' },
  'files.nameCharacter': {
    de: 'Der Name „{name}“ enthält das Zeichen {character}; Windows kann solche Namen nicht speichern. Bitte lassen Sie es weg.',
    en: 'The name “{name}” contains the character {character}; Windows cannot store such names. Please leave it out.',
  },
  'files.nameTurns': {
    de: 'Im Namen steht ein unsichtbares Zeichen, das die Schreibrichtung ändert: Man läse einen anderen Namen. Bitte geben Sie ihn von Hand ein.',
    en: 'The name contains an invisible character that changes the direction of writing: one would read another name. Please type it by hand.',
  },
  'files.nameEnd': {
    de: 'Der Name „{name}“ endet mit einem Punkt oder Leerzeichen; Windows kann solche Namen nicht speichern. Bitte lassen Sie es weg.',
    en: 'The name “{name}” ends with a dot or a space; Windows cannot store such names. Please leave it out.',
  },
  'files.nameReserved': {
    de: 'Den Namen „{name}“ hält Windows für ein Gerät. Bitte wählen Sie einen anderen.',
    en: 'Windows takes the name “{name}” for a device. Please choose another one.',
  },
  'files.nameLong': {
    de: 'Der Name ist zu lang: höchstens {limit} Byte, das sind ungefähr ebenso viele Buchstaben. Bitte kürzen Sie ihn.',
    en: 'The name is too long: at most {limit} bytes, which is about as many letters. Please shorten it.',
  },
  'files.nameDiffersInCase': {
    de: '„{other}“ gibt es hier schon. Windows und macOS unterscheiden „{name}“ davon nicht. Bitte wählen Sie einen anderen Namen.',
    en: '“{other}” already exists here. Windows and macOS do not tell “{name}” from it. Please choose another name.',
  },
  'files.exists': {
    de: '„{name}“ gibt es hier schon. Es wurde nichts verändert. Bitte wählen Sie einen anderen Namen.',
    en: '“{name}” already exists here. Nothing was changed. Please choose another name.',
  },
  'files.isAFolder': { de: '„{name}“ ist ein Ordner, keine Datei.', en: '“{name}” is a folder, not a file.' },
  'files.notAFolder': { de: '„{name}“ ist eine Datei, kein Ordner.', en: '“{name}” is a file, not a folder.' },
  'files.folderGone': {
    de: 'Den Ordner gibt es nicht mehr; vielleicht hat ihn jemand verschoben oder gelöscht. Es wurde nichts gespeichert.',
    en: 'The folder no longer exists; somebody may have moved or deleted it. Nothing was stored.',
  },
  'files.intoItself': {
    de: '„{name}“ lässt sich nicht in sich selbst verschieben oder kopieren.',
    en: '“{name}” cannot be moved or copied into itself.',
  },
  'files.tooDeep': {
    de: 'So tief lassen sich Ordner nicht verschachteln (höchstens {limit} Ebenen).',
    en: 'Folders cannot be nested that deep (at most {limit} levels).',
  },
  'files.rootStays': {
    de: 'Ein ganzer Bereich lässt sich hier nicht umbenennen, verschieben oder löschen. Das macht die Verwaltung Ihrer Behörde.',
    en: "A whole space cannot be renamed, moved or deleted here. Your authority's administrators can do that.",
  },
  'files.notAllowed': {
    de: 'Dafür reichen Ihre Rechte in diesem Bereich nicht aus. Es wurde nichts verändert.',
    en: 'You do not have permission to do this in this space. Nothing was changed.',
  },
  'files.movedMeanwhile': {
    de: 'Das wurde gerade verschoben oder umbenannt. Es wurde nichts verändert. Bitte versuchen Sie es noch einmal.',
    en: 'This was just moved or renamed. Nothing was changed. Please try again.',
  },
  'files.changedMeanwhile': {
    de: 'Das wurde inzwischen von jemand anderem geändert. Ihre Fassung wurde nicht gespeichert, damit nichts verloren geht. Bitte laden Sie neu.',
    en: 'Somebody else has changed this meanwhile. Your version was not stored, so that nothing is lost. Please reload.',
  },
  'files.locked': {
    de: 'Jemand bearbeitet das gerade und hat es gesperrt. Bitte versuchen Sie es später noch einmal.',
    en: 'Somebody is working on this and has locked it. Please try again later.',
  },
  'files.noSuchLock': { de: 'Diese Sperre gibt es nicht mehr.', en: 'This lock no longer exists.' },
  'files.tooManyLocks': {
    de: 'Hier liegen schon {limit} Sperren; mehr gehen nicht.',
    en: 'There are already {limit} locks here; no more are possible.',
  },
  'files.spaceFull': {
    de: 'Im Bereich ist nicht genug Platz (frei: {free:size}). Es wurde nichts gespeichert. Leeren Sie den Papierkorb oder bitten Sie die Verwaltung um mehr.',
    en: 'There is not enough room in this space (free: {free:size}). Nothing was stored. Empty the trash or ask your administrators for more.',
  },
  'files.tenantFull': {
    de: 'Das Kontingent Ihrer Behörde ist erschöpft. Es wurde nichts gespeichert. Bitte wenden Sie sich an Ihre Verwaltung.',
    en: "Your authority's quota is used up. Nothing was stored. Please contact your administrators.",
  },
  'files.cutOff': {
    de: 'Die Übertragung brach ab: angekündigt waren {announced} Byte, angekommen sind {arrived}. Es wurde nichts gespeichert. Bitte laden Sie noch einmal hoch.',
    en: 'The transfer broke off: {announced} bytes were announced, {arrived} arrived. Nothing was stored. Please upload again.',
  },
  'files.checksumDiffers': {
    de: 'Beim Übertragen wurde etwas verfälscht (Prüfsumme stimmt nicht). Es wurde nichts gespeichert. Bitte laden Sie noch einmal hoch.',
    en: 'Something was garbled in transfer (the checksum differs). Nothing was stored. Please upload again.',
  },
  'files.tooManyAtOnce': {
    de: 'Das sind mehr als {limit} Dateien und Ordner auf einmal. Es wurde nichts verändert. Bitte gehen Sie in kleineren Teilen vor.',
    en: 'That is more than {limit} files and folders at once. Nothing was changed. Please proceed in smaller parts.',
  },
  'files.zipTooMany': {
    de: 'Das sind mehr als {limit} Dateien; so groß wird kein ZIP. Bitte wählen Sie weniger aus.',
    en: 'That is more than {limit} files, too many for one ZIP. Please choose fewer.',
  },
  'files.zipTooDeep': {
    de: 'Die Namen der Ordner sind zusammen länger als {limit} Zeichen; solche Pfade öffnet kein Rechner. Bitte wählen Sie einen Ordner weiter unten aus.',
    en: 'The names of the folders are longer than {limit} characters together; no computer opens such paths. Please choose a folder further down.',
  },
  'files.nothingChosen': { de: 'Es ist nichts ausgewählt.', en: 'Nothing is selected.' },
  'files.nameOfSpace': {
    de: '„{name}“ heißt schon ein Bereich, der bei Ihren Dateien erscheint. Es wurde nichts verändert; bitte wählen Sie einen anderen Namen.',
    en: '“{name}” is already the name of a space that appears among your files. Nothing was changed; please choose another name.',
  },
  'files.spaceNameTaken': { de: 'Einen Bereich mit diesem Namen gibt es schon.', en: 'A space of this name already exists.' },
  'files.spaceNameLong': {
    de: 'Der Name des Bereichs darf höchstens {limit} Zeichen haben.',
    en: 'The name of a space can have at most {limit} characters.',
  },
  'files.quotaInvalid': {
    de: 'Bitte geben Sie das Kontingent als Zahl an, oder lassen Sie es leer.',
    en: 'Please enter the quota as a number, or leave it empty.',
  },
  'files.roleUnknown': { de: 'Die Rolle „{role}“ gibt es nicht.', en: 'There is no role “{role}”.' },
  'files.principalUnknown': { de: 'Diese Person oder Gruppe gibt es nicht.', en: 'This person or group does not exist.' },
  'files.tooManyMembers': {
    de: 'Ein Bereich kann höchstens {limit} Mitglieder haben.',
    en: 'A space can have at most {limit} members.',
  },
  'files.tooManyHere': {
    de: 'Das sind mehr als {limit} Dateien und Ordner; es wurde nichts verändert. Im Browser geht es: Dort läuft es im Hintergrund. Aus einem anderen Programm geht es in kleineren Teilen.',
    en: 'These are more than {limit} files and folders; nothing was changed. In the browser it works: there it goes on in the background. From another programme it works in smaller parts.',
  },
  'files.tooManyOperations': {
    de: 'Für Sie laufen schon {limit} große Vorgänge. Es wurde nichts verändert. Bitte warten Sie, bis einer davon fertig ist.',
    en: '{limit} large operations are running for you already. Nothing was changed. Please wait until one of them has ended.',
  },
  'files.operationOver': {
    de: 'Das lässt sich nicht mehr abbrechen.',
    en: 'This can no longer be stopped.',
  },
  'files.toldCopied': { de: '„{name}“ ist fertig kopiert.', en: '“{name}” has been copied.' },
  'files.toldMoved': { de: '„{name}“ ist fertig verschoben.', en: '“{name}” has been moved.' },
  'files.toldCopyFailed': {
    de: 'Das Kopieren von „{name}“ ließ sich nicht beenden, weil der Platz oder das Recht dafür fehlte. Das Original ist unverändert, von der Kopie ist nichts geblieben.',
    en: 'Copying “{name}” could not be finished, because there was no room or no right for it. The original is unchanged, nothing of the copy has remained.',
  },
  'files.handOverActive': {
    de: 'Der Zugang von {name} ist nicht gesperrt; es wurde nichts übergeben. Sperren Sie ihn zuerst, damit niemand mehr in den Dateien arbeitet.',
    en: 'The account of {name} is not disabled; nothing was handed over. Disable it first, so that nobody works in the files any more.',
  },
  'files.handOverSelf': {
    de: 'Sich selbst können Sie die Dateien nicht übergeben. Bitte wählen Sie eine andere Person; sie kann den Bereich mit Ihnen teilen.',
    en: 'You cannot hand the files over to yourself. Please choose somebody else; they can share the space with you.',
  },
  'files.handOverTo': {
    de: '{name} hat keinen aktiven Zugang und kann nichts übernehmen. Es wurde nichts übergeben. Bitte wählen Sie jemand anderen.',
    en: '{name} has no active account and cannot take anything over. Nothing was handed over. Please choose somebody else.',
  },
  'files.handOverNothing': {
    de: '{name} hat keine eigenen Dateien, die übergeben werden könnten.',
    en: '{name} has no own files that could be handed over.',
  },
  'files.lastManager': {
    de: 'Der Bereich hätte dann niemanden mehr, der ihn leitet. Bestimmen Sie zuerst eine andere Person.',
    en: 'The space would have nobody left to manage it. Please choose another person first.',
  },
  'files.propertyLong': {
    de: 'Die Eigenschaften dieses Eintrags sind zusammen zu lang (höchstens {limit} Zeichen).',
    en: 'The properties of this entry are too long together (at most {limit} characters).',
  },
  'files.propertyNameLong': {
    de: 'Der Name der Eigenschaft ist zu lang (höchstens {limit} Zeichen).',
    en: 'The name of the property is too long (at most {limit} characters).',
  },
  'files.tooManyProperties': {
    de: 'Mehr als {limit} Eigenschaften kann ein Eintrag nicht haben.',
    en: 'An entry cannot have more than {limit} properties.',
  },
  'files.tagInvalid': { de: 'Ein Schlagwort hat 1 bis {limit} Zeichen.', en: 'A tag has 1 to {limit} characters.' },
  'files.tooManyTags': {
    de: 'Mehr als {limit} Schlagwörter kann ein Eintrag nicht haben.',
    en: 'An entry cannot have more than {limit} tags.',
  },
  'files.commentInvalid': { de: 'Ein Kommentar hat 1 bis {limit} Zeichen.', en: 'A comment has 1 to {limit} characters.' },
  'files.notYourComment': {
    de: 'Fremde Kommentare lassen sich nur entfernen, nicht ändern.',
    en: "Other people's comments can only be removed, not changed.",
  },
  'files.feedTooOld': {
    de: 'So weit reicht das Änderungsverzeichnis nicht zurück. Bitte lesen Sie alles neu ein.',
    en: 'The change feed does not reach back that far. Please list everything again.',
  },
  'files.uploadGone': {
    de: 'Dieses Hochladen wurde beendet oder ist abgelaufen. Bitte beginnen Sie noch einmal.',
    en: 'This upload was finished or has expired. Please start again.',
  },
  'files.uploadExists': { de: 'Ein Hochladen mit diesem Namen läuft schon.', en: 'An upload of this name is already running.' },
  'files.uploadOffset': { de: 'Hier geht es bei Byte {received} weiter.', en: 'This upload continues at byte {received}.' },
  'files.uploadTooLong': {
    de: 'Es kam mehr an als angekündigt. Der Rest wurde nicht gespeichert.',
    en: 'More arrived than was announced. The rest was not stored.',
  },
  'files.uploadIncomplete': {
    de: 'Es fehlt noch etwas: {received} von {announced} Byte sind da.',
    en: 'Something is missing: {received} of {announced} bytes are here.',
  },
  'files.tooManyUploads': {
    de: 'Es laufen schon {limit} Übertragungen, die nicht beendet wurden.',
    en: 'There are already {limit} unfinished uploads.',
  },
  'files.tooManyParts': {
    de: 'Die Datei kam in mehr als {limit} Teilen. Bitte laden Sie sie in größeren Stücken hoch.',
    en: 'The file came in more than {limit} parts. Please upload it in larger pieces.',
  },
  'files.toldRole.viewer': {
    de: '{who} hat Sie in den Bereich „{space}“ aufgenommen. Sie können dort lesen.',
    en: '{who} has added you to the space “{space}”. You can read there.',
  },
  'files.toldRole.uploader': {
    de: '{who} hat Sie in den Bereich „{space}“ aufgenommen. Sie können dort lesen und Dateien hinzufügen.',
    en: '{who} has added you to the space “{space}”. You can read and add files there.',
  },
  'files.toldRole.editor': {
    de: '{who} hat Sie in den Bereich „{space}“ aufgenommen. Sie können dort bearbeiten.',
    en: '{who} has added you to the space “{space}”. You can edit there.',
  },
  'files.toldRole.manager': {
    de: '{who} hat Sie in den Bereich „{space}“ aufgenommen. Sie können dort bearbeiten und verwalten.',
    en: '{who} has added you to the space “{space}”. You can edit and manage there.',
  },
  'files.toldRoleTaken': {
    de: '{who} hat Ihre Rolle im Bereich „{space}“ entfernt. Ihre Dateien dort bleiben, wo sie sind.',
    en: '{who} has taken away your role in the space “{space}”. Your files there stay where they are.',
  },
  'files.ownFilesOf': { de: 'Eigene Dateien von {name}', en: 'Own files of {name}' },
  'files.ownFiles': { de: 'Eigene Dateien', en: 'Own files' },
  'files.toldHandOver': {
    de: 'Die Dateien von {leaver} wurden Ihnen übergeben. Sie leiten sie jetzt als Bereich „{space}“.',
    en: 'The files of {leaver} were handed over to you. You now manage them as the space “{space}”.',
  },
  'files.toldComment': { de: '{who} hat Ihre Datei „{file}“ kommentiert.', en: '{who} has commented on your file “{file}”.' },
  'files.toldOwnQuota': {
    de: 'Ihr Speicherplatz ist zu {percent} % belegt. Ist er voll, lässt sich nichts mehr speichern: Leeren Sie den Papierkorb oder löschen Sie, was Sie nicht mehr brauchen.',
    en: 'Your storage is {percent}% full. Once it is full nothing can be stored any more: empty the trash or delete what you no longer need.',
  },
  'files.toldSpaceQuota': {
    de: 'Der Bereich „{space}“ ist zu {percent} % belegt. Ist er voll, lässt sich dort nichts mehr speichern.',
    en: 'The space “{space}” is {percent}% full. Once it is full nothing can be stored there any more.',
  },
  'files.toldExpired': {
    de: 'Das Hochladen von „{file}“ wurde nie beendet; was davon schon da war, ist entfernt. Bitte laden Sie die Datei noch einmal hoch.',
    en: 'The upload of “{file}” was never finished; what had arrived of it was removed. Please upload the file again.',
  },
  'files.noPreview': { de: 'Von dieser Datei gibt es keine Vorschau.', en: 'There is no preview of this file.' },
};
