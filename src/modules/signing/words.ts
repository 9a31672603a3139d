import type { Words } from '#platform/words';

/** What this room says: what happened, what it means for your data, what to do now. */
export const words: Words = {
  'signing.tooLarge': {
    de: 'Das Dokument wird zu groß ({part}), um es als PDF zu schreiben. Ihre Daten sind gespeichert. Bitte teilen Sie es auf.',
    en: 'The document becomes too large ({part}) to be written as PDF. Your data is stored. Please split it.',
  },
};
