import type { Words } from '#platform/words';

/** What the editor of forms says. */
export const editWords: Words = {
  'forms.editPages': {
    de: 'Ein Formular kann höchstens {limit} Seiten haben. Der Schritt wurde nicht gespeichert.',
    en: 'A form can have at most {limit} pages. The step was not saved.',
  },
  'forms.editFieldsOfPage': {
    de: 'Auf einer Seite können höchstens {limit} Fragen stehen. Der Schritt wurde nicht gespeichert. Verteilen Sie die Fragen auf mehrere Seiten.',
    en: 'At most {limit} questions can stand on one page. The step was not saved. Spread them over several pages.',
  },
  'forms.editFields': {
    de: 'Ein Formular kann höchstens {limit} Fragen haben. Der Schritt wurde nicht gespeichert.',
    en: 'A form can have at most {limit} questions. The step was not saved.',
  },
  'forms.editOptions': {
    de: 'Höchstens {limit} Auswahlen sind möglich. Der Schritt wurde nicht gespeichert.',
    en: 'At most {limit} choices are possible. The step was not saved.',
  },
  'forms.editRules': {
    de: 'Eine Bedingung kann höchstens {limit} Teile haben. Der Schritt wurde nicht gespeichert.',
    en: 'A condition can have at most {limit} parts. The step was not saved.',
  },
  'forms.editBytes': {
    de: 'Das ist zu groß: Möglich sind {limit:size}. Es wurde nichts gespeichert. Kürzen Sie Texte oder teilen Sie das Formular.',
    en: 'This is too large: {limit:size} are possible. Nothing was saved. Shorten texts or split the form.',
  },
  'forms.editForms': {
    de: 'Eine Behörde kann höchstens {limit} eigene Formulare haben. Es wurde nichts angelegt. Löschen Sie eines, das nicht gebraucht wird.',
    en: 'An authority can have at most {limit} forms of its own. Nothing was made. Delete one that is not needed.',
  },
  'forms.editThere': {
    de: 'An diesem Formular wird schon gearbeitet. Sie finden es in der Liste Ihrer Formulare.',
    en: 'Somebody works on this form already. You find it in the list of your forms.',
  },
  'forms.editForeign': {
    de: 'Dieses Formular gehört einer anderen Behörde. Sie können eine Kopie davon als eigenes Formular anlegen.',
    en: 'This form belongs to another authority. You can begin a form of your own as a copy of it.',
  },
  'forms.editService': {
    de: 'Bitte wählen Sie die Leistung, zu der das Formular gehört.',
    en: 'Please choose the service the form belongs to.',
  },
  'forms.editChanged': {
    de: 'Jemand anderes hat dieses Formular inzwischen geändert. Ihr Schritt wurde nicht gespeichert. Bitte laden Sie die Seite neu.',
    en: 'Somebody else has changed this form meanwhile. Your step was not saved. Please load the page again.',
  },
  'forms.editState': {
    de: 'Das geht im jetzigen Stand dieses Formulars nicht. Es wurde nichts verändert. Ist es zur Veröffentlichung vorgeschlagen, ziehen Sie den Vorschlag zuerst zurück.',
    en: 'This is not possible as the form stands now. Nothing was changed. If it is proposed for publication, take the proposal back first.',
  },
  'forms.editNothingToUndo': {
    de: 'Es gibt keinen Schritt mehr, den Sie rückgängig machen können. Es wurde nichts verändert.',
    en: 'There is no step left that you can take back. Nothing was changed.',
  },
  'forms.editEditionGone': {
    de: 'Diese Fassung wird nicht mehr aufbewahrt. Es wurde nichts verändert.',
    en: 'This edition is no longer kept. Nothing was changed.',
  },
  'forms.editPublished': {
    de: 'Dieses Formular war schon veröffentlicht und lässt sich nicht löschen. Soll es niemand mehr ausfüllen, nehmen Sie es unter „Formulare“ nicht mehr an.',
    en: 'This form was published before and cannot be deleted. If nobody is to fill it in any more, stop taking it under “Forms”.',
  },
  'forms.editPageGone': {
    de: 'Diese Seite des Formulars gibt es nicht mehr. Es wurde nichts verändert.',
    en: 'This page of the form no longer exists. Nothing was changed.',
  },
  'forms.editFieldGone': {
    de: 'Diese Frage gibt es nicht mehr. Es wurde nichts verändert.',
    en: 'This question no longer exists. Nothing was changed.',
  },
  'forms.editKind': { de: 'Bitte wählen Sie die Art der Frage.', en: 'Please choose the kind of question.' },
  'forms.editLevel': { de: 'Bitte wählen Sie, wie sich jemand anmelden muss.', en: 'Please choose how somebody has to sign in.' },
  'forms.editLines': {
    de: 'Bei „{field}“ sind höchstens {limit} Zeilen möglich. Es wurde nichts gespeichert.',
    en: 'At most {limit} lines are possible at “{field}”. Nothing was saved.',
  },
  'forms.editNumber': {
    de: 'Bei „{field}“ ist eine ganze Zahl von {least} bis {most} möglich. Es wurde nichts gespeichert.',
    en: 'A whole number from {least} to {most} is possible at “{field}”. Nothing was saved.',
  },
  'forms.editDay': {
    de: 'Bei „{field}“ steht kein Datum. Schreiben Sie 24.12.2026 oder „heute“. Es wurde nichts gespeichert.',
    en: 'There is no date at “{field}”. Write 24.12.2026 or “today”. Nothing was saved.',
  },
  'forms.editTypes': {
    de: 'Bitte wählen Sie mindestens eine Art von Dateien. Es wurde nichts gespeichert.',
    en: 'Please choose at least one kind of file. Nothing was saved.',
  },
  'forms.editSubject': {
    de: 'Bitte wählen Sie eine Frage, die vorher gestellt wird.',
    en: 'Please choose a question that is asked before.',
  },
  'forms.editCompare': {
    de: 'Bitte wählen Sie einen Vergleich, der zu dieser Frage passt.',
    en: 'Please choose a comparison that fits this question.',
  },
  'forms.editValue': {
    de: 'Dieser Wert passt nicht zu der Frage. Es wurde nichts gespeichert.',
    en: 'This value does not fit the question. Nothing was saved.',
  },
  'forms.editOtherCondition': {
    de: 'Diese Bedingung wurde übernommen und lässt sich hier nicht ergänzen. Entfernen Sie sie, und beginnen Sie neu.',
    en: 'This condition was taken over and cannot be added to here. Remove it, and begin anew.',
  },
  'forms.editFeeField': {
    de: 'Bitte wählen Sie die Frage, von der die Gebühr abhängt.',
    en: 'Please choose the question the fee depends on.',
  },
  'forms.editNotWhole': {
    de: 'An diesem Formular stimmt noch etwas nicht. Es wurde nicht weitergegeben. Sehen Sie unter „Prüfung“ nach, was fehlt.',
    en: 'Something is still wrong with this form. It was not passed on. Look under “Checks” what is missing.',
  },
  'forms.editOwnProposal': {
    de: 'Sie haben diese Fassung selbst vorgeschlagen. Veröffentlichen muss sie jemand anderes aus der Redaktion. Es wurde nichts veröffentlicht.',
    en: 'You have proposed this edition yourself. Another editor has to publish it. Nothing was published.',
  },
  'forms.editNoPage': {
    de: 'Das Formular hat noch keine Seite, durch die man gehen kann. Fügen Sie zuerst eine hinzu.',
    en: 'The form has no page yet that one could go through. Add one first.',
  },
  'forms.editFeeItems': {
    de: 'Eine Gebühr kann höchstens {limit} Posten haben. Der Schritt wurde nicht gespeichert.',
    en: 'A fee can have at most {limit} parts. The step was not saved.',
  },
  'forms.editValues': {
    de: 'Ein Formular kann höchstens {limit} berechnete Werte haben. Der Schritt wurde nicht gespeichert.',
    en: 'A form can have at most {limit} calculated values. The step was not saved.',
  },
  'forms.editSumGone': {
    de: 'Diesen Posten oder Wert gibt es nicht mehr. Es wurde nichts verändert.',
    en: 'This part or value no longer exists. Nothing was changed.',
  },
  'forms.editValueOrder': {
    de: '„{value}“ rechnet mit „{other}“ und muss darunter stehen. Es wurde nichts verschoben.',
    en: '“{value}” reckons with “{other}” and has to stand below it. Nothing was moved.',
  },
  'forms.editPercent': {
    de: 'Bei „{field}“ ist eine Zahl über 0 bis {most} möglich, zum Beispiel 0,5. Es wurde nichts gespeichert.',
    en: 'A number above 0 and up to {most} is possible at “{field}”, such as 0.5. Nothing was saved.',
  },
  'forms.editRow': {
    de: 'Für die Auswahl „{choice}“ fehlt der Betrag. Schreiben Sie 0, wenn sie nichts kostet. Es wurde nichts gespeichert.',
    en: 'The choice “{choice}” has no amount. Write 0 if it costs nothing. Nothing was saved.',
  },
  'forms.editSource': {
    de: 'Bitte wählen Sie eine Zahl, mit der hier gerechnet werden kann. Es wurde nichts gespeichert.',
    en: 'Please choose a number that can be reckoned with here. Nothing was saved.',
  },
  'forms.editSources': {
    de: 'Bitte wählen Sie, was zusammengezählt wird, höchstens {most} Zahlen. Es wurde nichts gespeichert.',
    en: 'Please choose what is added up, at most {most} numbers. Nothing was saved.',
  },
  'forms.editCrossed': {
    de: 'Der kleinste Betrag ist größer als der größte. Es wurde nichts gespeichert.',
    en: 'The lowest amount is above the highest. Nothing was saved.',
  },
  'forms.editAmong': {
    de: 'Bitte wählen Sie, für wie viele Einträge das gelten muss.',
    en: 'Please choose for how many entries this must hold.',
  },
  'forms.editAhead': {
    de: 'Das geht nicht: Die Bedingung bei „{name}“ fragt nach „{question}“, und diese Antwort käme dann erst später. Es wurde nichts verschoben. Ändern Sie zuerst die Bedingung.',
    en: 'This is not possible: the condition at “{name}” asks about “{question}”, and that answer would only come later. Nothing was moved. Change the condition first.',
  },
  'forms.editMany': {
    de: 'Das geht nicht: Die Bedingung bei „{name}“ fragt nach „{question}“, und diese Frage würde dann mehrmals beantwortet. Es wurde nichts verschoben. Ändern Sie zuerst die Bedingung.',
    en: 'This is not possible: the condition at “{name}” asks about “{question}”, and that question would then be answered several times. Nothing was moved. Change the condition first.',
  },
  'forms.editLeftGone': {
    de: 'Diesen Punkt gibt es nicht mehr. Es wurde nichts verändert.',
    en: 'This point no longer exists. Nothing was changed.',
  },
  'forms.formProposed': {
    de: '{name} hat das Formular „{title}“ vorgeschlagen. Es wartet auf Ihre Freigabe.',
    en: '{name} has proposed the form “{title}”. It waits for your approval.',
  },
  'forms.formReleased': {
    de: '{name} hat Ihr Formular „{title}“ veröffentlicht.',
    en: '{name} has published your form “{title}”.',
  },
  'forms.formRefused': {
    de: '{name} hat Ihr Formular „{title}“ zur Überarbeitung zurückgegeben. Der Grund steht dort.',
    en: '{name} has given your form “{title}” back. The reason stands there.',
  },
};
