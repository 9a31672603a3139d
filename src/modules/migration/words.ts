import type { Words } from '#platform/words';

/** What this room says: what happened, what it means for your data, what to do now. */
export const words: Words = {
  'migration.noDirectory': {
    de: 'Das Verzeichnis {directory} gibt es nicht. Es wurde nichts übernommen.',
    en: 'There is no directory {directory}. Nothing was taken over.',
  },
  'migration.folderTooLarge': {
    de: 'Ein Ordner der Quelle hat mehr als {limit} Einträge. Er wurde nicht übernommen; bitte teilen Sie ihn auf.',
    en: 'A folder of the source has more than {limit} entries. It was not taken over; please split it.',
  },
  'migration.changedMeanwhile': {
    de: 'Die Datei wurde an der Quelle geändert, während sie gelesen wurde. Sie wurde nicht übernommen; der nächste Lauf holt sie nach.',
    en: 'The file changed at the source while it was read. It was not taken over; the next run will bring it.',
  },
  'migration.disabled': {
    de: 'Das Konto {address} ist gesperrt. Es wurde nichts übernommen; bitte geben Sie es vorher frei.',
    en: 'The account {address} is disabled. Nothing was taken over; please enable it first.',
  },
  'migration.noSpace': {
    de: 'Einen Bereich „{name}“, zu dem {address} gehört, gibt es nicht. Es wurde nichts übernommen; mit --make-space wird er angelegt.',
    en: 'There is no space “{name}” that {address} belongs to. Nothing was taken over; --make-space makes it.',
  },
  'migration.nothingHere': {
    de: 'Aus {source} wurde dorthin noch nichts übernommen.',
    en: 'Nothing was taken over from {source} to there yet.',
  },
};
