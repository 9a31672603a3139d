import type { Dictionary } from '#ui/view';

type TrashTexts = {
  title: string;
  lead: (days: string) => string;
  own: string;
  name: string;
  was: string;
  top: string;
  when: string;
  by: string;
  size: string;
  goes: string;
  restore: string;
  restoreElsewhere: string;
  remove: string;
  empty: string;
  emptyAll: string;
  emptyTitle: string;
  emptyLead: string;
  askTitle: string;
  askLead: (what: string) => string;
  askAll: string;
  cancel: string;
  goesAll: string;
  entries: readonly [string, string];
  which: string;
  whereTitle: string;
  whereHere: (name: string) => string;
  chosen: (count: string) => string;
};

export const trashTexts: Dictionary<TrashTexts> = {
  de: {
    title: 'Papierkorb',
    lead: (days) => `Was gelöscht wurde, bleibt ${days} Tage hier und lässt sich so lange zurückholen.`,
    own: 'Eigene Dateien',
    name: 'Name',
    was: 'Früherer Ort',
    top: 'oberste Ebene',
    when: 'Gelöscht',
    by: 'Gelöscht von',
    size: 'Größe',
    goes: 'Endgültig weg am',
    restore: 'Zurückholen',
    restoreElsewhere: 'Zurückholen nach …',
    remove: 'Endgültig entfernen',
    empty: 'Papierkorb leeren',
    emptyAll: 'Alles endgültig entfernen',
    emptyTitle: 'Der Papierkorb ist leer',
    emptyLead: 'Was Sie löschen, landet zuerst hier. Mit „Zurückholen“ kommt es wieder an seinen Platz.',
    askTitle: 'Endgültig entfernen?',
    askLead: (what) => `${what} wird gelöscht, mit allen Versionen und Kommentaren. Das lässt sich nicht rückgängig machen.`,
    askAll:
      'Alles in diesem Papierkorb wird gelöscht, mit allen Versionen und Kommentaren. Das lässt sich nicht rückgängig machen.',
    cancel: 'Nicht entfernen',
    goesAll: 'Papierkorb leeren?',
    entries: ['Eintrag', 'Einträge'],
    which: 'Papierkörbe',
    whereTitle: 'Zurückholen nach …',
    whereHere: (name) => `Nach „${name}“ zurückholen`,
    chosen: (count) => `${count} ausgewählt`,
  },
  en: {
    title: 'Trash',
    lead: (days) => `What was deleted stays here for ${days} days and can be brought back until then.`,
    own: 'Own files',
    name: 'Name',
    was: 'Was in',
    top: 'at the top',
    when: 'Deleted',
    by: 'Deleted by',
    size: 'Size',
    goes: 'Gone for good on',
    restore: 'Restore',
    restoreElsewhere: 'Restore to …',
    remove: 'Remove for good',
    empty: 'Empty the trash',
    emptyAll: 'Remove everything for good',
    emptyTitle: 'The trash is empty',
    emptyLead: 'What you delete comes here first. “Restore” puts it back in its place.',
    askTitle: 'Remove for good?',
    askLead: (what) => `${what} will be deleted, with all versions and comments. This cannot be undone.`,
    askAll: 'Everything in this trash will be deleted, with all versions and comments. This cannot be undone.',
    cancel: 'Do not remove',
    goesAll: 'Empty the trash?',
    entries: ['entry', 'entries'],
    which: 'Trashes',
    whereTitle: 'Restore to …',
    whereHere: (name) => `Restore to “${name}”`,
    chosen: (count) => `${count} selected`,
  },
};
