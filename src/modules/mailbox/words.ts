import type { Words } from '#platform/words';

/** What this room says: what happened, what it means for your data, what to do now. */
export const words: Words = {
  'mailbox.recipientForm': {
    de: 'Die Anschrift darf höchstens {limit} Zeilen haben, jede mit höchstens 100 Zeichen. Der Brief wurde nicht verschickt.',
    en: 'The address may have at most {limit} lines of at most 100 characters each. The letter was not sent.',
  },
  'mailbox.recipientMissing': {
    de: 'Bitte geben Sie ein Postfach an, oder Name und Anschrift für die Post.',
    en: 'Please give a mailbox, or name and postal address.',
  },
  'mailbox.noAccount': {
    de: 'Zu dieser E-Mail-Adresse gibt es kein Postfach. Lassen Sie das Feld leer, um den Brief mit der Post zu schicken.',
    en: 'There is no mailbox for this email address. Leave the field empty to send the letter by post.',
  },
  'mailbox.ruleUnknown': { de: 'Bitte wählen Sie, wie der Brief gilt.', en: 'Please choose how the letter counts.' },
  'mailbox.fileTooLarge': {
    de: 'Eine Anlage darf höchstens {limit:size} groß sein. Es wurde nichts verschickt.',
    en: 'An attachment may have at most {limit:size}. Nothing was sent.',
  },
  'mailbox.tooManyFiles': {
    de: 'Es dürfen höchstens {limit} Anlagen sein. Es wurde nichts verschickt.',
    en: 'There may be at most {limit} attachments. Nothing was sent.',
  },
  'mailbox.tooManyReplies': {
    de: 'Auf diesen Brief wurde schon {limit} Mal geantwortet. Bitte wenden Sie sich direkt an die Behörde.',
    en: 'This letter was answered {limit} times already. Please contact the authority directly.',
  },
  'mailbox.notWaiting': {
    de: 'Dieser Brief wartet nicht (mehr) auf die Post. Es wurde nichts verändert.',
    en: 'This letter is not waiting for the post (any more). Nothing was changed.',
  },
  'mailbox.noneChosen': {
    de: 'Es ist kein Brief ausgewählt. Bitte wählen Sie in der Liste aus, was gedruckt werden soll.',
    en: 'No letter is chosen. Please choose in the list what is to be printed.',
  },
  'mailbox.tooManyChosen': {
    de: 'Es lassen sich höchstens {limit} Briefe auf einmal auswählen. Es wurde nichts verändert.',
    en: 'At most {limit} letters can be chosen at once. Nothing was changed.',
  },
  'mailbox.printTooMuch': {
    de: 'In ein PDF passen höchstens {letters} Briefe und {pages} Seiten. Bitte wählen Sie weniger Briefe aus; es wurde nichts verändert.',
    en: 'One PDF holds at most {letters} letters and {pages} pages. Please choose fewer letters; nothing was changed.',
  },
  'mailbox.noneWaiting': {
    de: 'Keiner dieser Briefe wartet noch auf die Post. Es wurde nichts verändert.',
    en: 'None of these letters is waiting for the post any more. Nothing was changed.',
  },
};
