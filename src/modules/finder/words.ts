import type { Words } from '#platform/words';

/** What this room says: what happened, what it means for your data, what to do now. */
export const words: Words = {
  'finder.fieldForm': {
    de: 'Das Feld „{field}“ hat nicht die erwartete Form. Es wurde nichts gespeichert.',
    en: 'The field “{field}” does not have the expected form. Nothing was saved.',
  },
  'finder.tooManyItems': {
    de: 'Im Feld „{field}“ stehen mehr als {limit} Einträge. Es wurde nichts gespeichert.',
    en: 'The field “{field}” holds more than {limit} entries. Nothing was saved.',
  },
  'finder.keyForm': {
    de: 'Ein Schlüssel besteht aus Kleinbuchstaben, Ziffern, Punkten und Bindestrichen (höchstens 80 Zeichen).',
    en: 'A key consists of small letters, digits, dots and hyphens (at most 80 characters).',
  },
  'finder.keyTaken': {
    de: 'Den Schlüssel „{key}“ gibt es schon. Bitte wählen Sie einen anderen, oder bearbeiten Sie den vorhandenen Eintrag.',
    en: 'The key “{key}” exists already. Please choose another one, or edit the entry that is there.',
  },
  'finder.choiceForm': {
    de: 'Bitte wählen Sie im Feld „{field}“ einen dieser Werte: {choices}.',
    en: 'Please choose one of these values in the field “{field}”: {choices}.',
  },
  'finder.oneAnswer': {
    de: 'Eine Zuständigkeit nennt entweder eine Behörde oder eine Ebene, nicht beides und nicht keines.',
    en: 'A responsibility names either an authority or a level, not both and not neither.',
  },
  'finder.webForm': {
    de: 'Bitte geben Sie die Internetadresse mit https:// am Anfang an.',
    en: 'Please give the web address with https:// at the beginning.',
  },
  'finder.orderForm': {
    de: 'Die Reihenfolge ist eine ganze Zahl von 0 bis {limit}.',
    en: 'The order is a whole number from 0 to {limit}.',
  },
  'finder.leikaForm': {
    de: 'Der Schlüssel des Leistungskatalogs (LeiKa) hat 14 Ziffern.',
    en: 'The key of the catalogue of services (LeiKa) has 14 digits.',
  },
  'finder.hoursForm': {
    de: 'Diese Zeile der Öffnungszeiten ist nicht zu lesen: „{line}“. So geht es: „Mo–Do 9–12, 13–16“, „Fr geschlossen“ oder „24.12.2026 geschlossen“.',
    en: 'This line of the opening hours cannot be read: “{line}”. Write “Mo–Do 9–12, 13–16”, “Fr geschlossen” or “24.12.2026 geschlossen”.',
  },
  'finder.dayForm': {
    de: 'Bitte geben Sie ein Datum an, das es gibt.',
    en: 'Please give a date that exists.',
  },
  'finder.periodForm': {
    de: 'Das Ende darf nicht vor dem Anfang liegen.',
    en: 'The end must not be before the beginning.',
  },
  'finder.stateOnly': {
    de: 'Stammtexte schreibt die Landesredaktion. Ihre Behörde kann sie ergänzen.',
    en: 'Master texts are written by the state’s editors. Your authority can add to them.',
  },
  'finder.noArea': {
    de: 'Für Ihre Behörde ist kein amtlicher Schlüssel hinterlegt. Bitte lassen Sie ihn vom Dienstleister eintragen.',
    en: 'There is no official key on file for your authority. Please have your provider enter it.',
  },
  'finder.foreignArea': {
    de: 'Das Gebiet {area} gehört nicht zu Ihrem ({own}). Es wurde nichts gespeichert.',
    en: 'The area {area} does not belong to yours ({own}). Nothing was saved.',
  },
  'finder.foreignKey': {
    de: 'Der Schlüssel muss mit dem amtlichen Schlüssel Ihres Gebiets beginnen: {own}.',
    en: 'The key must begin with the official key of your area: {own}.',
  },
  'finder.supplementKey': {
    de: 'Der Schlüssel einer Ergänzung besteht aus Leistung und Gebiet: {key}.',
    en: 'The key of a supplement consists of service and area: {key}.',
  },
  'finder.changedMeanwhile': {
    de: 'Jemand anderes hat diesen Entwurf inzwischen geändert. Ihre Fassung wurde nicht gespeichert; bitte vergleichen Sie beide.',
    en: 'Somebody else has changed this draft meanwhile. Your version was not saved; please compare both.',
  },
  'finder.waitsForApproval': {
    de: 'Dieser Entwurf wartet auf die Freigabe. Nehmen Sie ihn zurück, um ihn zu ändern.',
    en: 'This draft waits for approval. Take it back to change it.',
  },
  'finder.stepImpossible': {
    de: 'Das geht in diesem Zustand nicht (mehr). Bitte laden Sie die Seite neu.',
    en: 'That is not possible in this state (any more). Please reload the page.',
  },
  'finder.fourEyes': {
    de: 'Vier-Augen-Prinzip: Wer einen Text geschrieben oder zuletzt geändert hat, kann ihn nicht selbst freigeben.',
    en: 'Four eyes: whoever wrote or last changed a text cannot approve it.',
  },
  'finder.authorOnly': {
    de: 'Nur wer den Entwurf eingereicht hat, kann ihn zurücknehmen.',
    en: 'Only the person who submitted the draft can take it back.',
  },
  'finder.draftThere': {
    de: 'Zu diesem Eintrag gibt es schon einen Entwurf. Bitte veröffentlichen oder verwerfen Sie ihn zuerst.',
    en: 'There is a draft of this entry already. Please publish or discard it first.',
  },
  'finder.reviewPast': {
    de: 'Der nächste Tag der Prüfung muss in der Zukunft liegen.',
    en: 'The next day of review must lie in the future.',
  },
  'finder.placeUnknown': {
    de: '„{place}“ ist kein Ort unseres Verzeichnisses. Bitte geben Sie den Namen oder den amtlichen Schlüssel an.',
    en: '“{place}” is no place of our register. Please give its name or its official key.',
  },
  'finder.placeSeveral': {
    de: '„{place}“ gibt es mehrmals. Bitte nennen Sie den Schlüssel: {places}.',
    en: 'There is more than one “{place}”. Please give the key: {places}.',
  },
  'finder.nameUnknown': {
    de: '„{name}“ ist nicht veröffentlicht. Bitte geben Sie den genauen Namen oder den Schlüssel an.',
    en: '“{name}” is not published. Please give the exact name or the key.',
  },
  'finder.nameSeveral': {
    de: '„{name}“ gibt es mehrmals. Bitte nennen Sie den Schlüssel: {keys}.',
    en: 'There is more than one “{name}”. Please give the key: {keys}.',
  },
  'finder.meansNothing': {
    de: 'Auch „{means}“ findet nichts. Bitte nennen Sie ein Wort, das in einem Text steht.',
    en: '“{means}” finds nothing either. Please name a word that stands in a text.',
  },
  'finder.tooManyVersions': {
    de: 'Mehr als {limit} Fassungen kann ein Eintrag nicht haben.',
    en: 'An entry cannot have more than {limit} versions.',
  },
  'finder.listTooLarge': {
    de: 'Die Liste ist größer als {limit} Byte. Es wurde nichts verändert.',
    en: 'The list is larger than {limit} bytes. Nothing was changed.',
  },
  'finder.listColumns': {
    de: 'In der ersten Zeile fehlen die Spalten „Schlüssel“ und „Bezeichnung“. Es wurde nichts verändert.',
    en: 'The first line lacks the columns “Schlüssel” and “Bezeichnung”. Nothing was changed.',
  },
  'finder.synonymForm': {
    de: 'Ein Ausdruck hat ein bis {limit} Wörter.',
    en: 'An expression has one to {limit} words.',
  },
  'finder.synonymTaken': { de: 'Dieses Wortpaar gibt es schon.', en: 'This pair of words exists already.' },
  'finder.exchangeForm': {
    de: 'Diese Datei ist keine Ausgabe des Zuständigkeitsfinders ({detail}). Es wurde nichts verändert.',
    en: 'This file is no export of the finder ({detail}). Nothing was changed.',
  },
  'finder.serviceUnknown': {
    de: 'Diese Leistung gibt es hier nicht (mehr). Suchen Sie sie mit anderen Worten.',
    en: 'This service does not exist here (any more). Search for it in other words.',
  },
  'finder.lifeEventUnknown': {
    de: 'Diese Lebenslage gibt es hier nicht (mehr). Auf der Startseite stehen alle.',
    en: 'This situation in life does not exist here (any more). The start page shows all of them.',
  },
  'finder.authorityUnknown': {
    de: 'Diese Behörde ist hier nicht (mehr) verzeichnet. Suchen Sie nach der Leistung und Ihrem Ort.',
    en: 'This authority is not listed here (any more). Search for the service and your place.',
  },
  'finder.row.key': { de: 'Das ist kein amtlicher Schlüssel.', en: 'This is no official key.' },
  'finder.row.double': { de: 'Dieser Schlüssel steht schon weiter oben.', en: 'This key stands further up already.' },
  'finder.row.name': { de: 'Die Bezeichnung fehlt.', en: 'The designation is missing.' },
  'finder.row.parent': { de: 'Das übergeordnete Gebiet gibt es nicht.', en: 'The area above does not exist.' },
  'finder.row.end': {
    de: 'Zu einer Auflösung gehören Tag und Nachfolger.',
    en: 'A dissolution needs a day and a successor.',
  },
  'finder.row.successor': { de: 'Den Nachfolger gibt es nicht.', en: 'The successor does not exist.' },
  'finder.row.day': { de: 'Diesen Tag gibt es nicht.', en: 'This day does not exist.' },
};
