import type { Dictionary } from '#ui/view';

type EntryTexts = {
  facts: string;
  kind: string;
  size: string;
  holds: string;
  path: string;
  modified: string;
  by: string;
  created: string;
  checksum: string;
  checksumHint: string;
  show: string;
  lock: string;
  lockedBy: (name: string) => string;
  open: string;
  download: string;
  move: string;
  copy: string;
  remove: string;
  rename: string;
  name: string;
  tags: string;
  tag: string;
  addTag: string;
  removeTag: (name: string) => string;
  noTags: string;
  comments: string;
  comment: string;
  addComment: string;
  removeComment: string;
  noComments: string;
  edited: string;
  versions: string;
  versionsHint: string;
  noVersions: string;
  current: string;
  restored: string;
  restoredFrom: (from: string, at: string, by: string) => string;
  restore: string;
  label: string;
  labelVersion: string;
  labelHint: string;
  save: string;
  removeVersion: string;
  removeForGood: string;
  removeAsk: string;
  versionOf: (when: string) => string;
  tagged: (tag: string) => string;
  untagged: (tag: string) => string;
  commented: string;
  uncommented: string;
  versionRestored: string;
  versionLabelled: string;
  versionRemoved: string;
  addFavourite: string;
  removeFavourite: string;
  unknown: string;
};

export const entryTexts: Dictionary<EntryTexts> = {
  de: {
    facts: 'Angaben',
    kind: 'Art',
    size: 'Größe',
    holds: 'Inhalt',
    path: 'Ort',
    modified: 'Geändert',
    by: 'Geändert von',
    created: 'Hier seit',
    checksum: 'Prüfsumme',
    checksumHint: 'SHA-256, zum Vergleichen mit einer anderen Kopie',
    show: 'Anzeigen',
    lock: 'Sperre',
    lockedBy: (name) => `In Bearbeitung bei ${name}`,
    open: 'Öffnen',
    download: 'Herunterladen',
    move: 'Verschieben',
    copy: 'Kopieren',
    remove: 'Löschen',
    rename: 'Umbenennen',
    name: 'Name',
    tags: 'Schlagwörter',
    tag: 'Schlagwort',
    addTag: 'Hinzufügen',
    removeTag: (name) => `Schlagwort „${name}“ entfernen`,
    noTags: 'Noch keine. Schlagwörter sehen alle, die diesen Eintrag sehen.',
    comments: 'Kommentare',
    comment: 'Kommentar',
    addComment: 'Kommentieren',
    removeComment: 'Kommentar entfernen',
    noComments: 'Noch keine. Kommentare lesen alle, die diesen Eintrag sehen.',
    edited: 'geändert',
    versions: 'Versionen',
    versionsHint: 'Was die Datei früher enthielt. Versionen mit Namen bleiben, bis Sie sie entfernen.',
    noVersions: 'Noch keine. Sobald die Datei überschrieben wird, bleibt der bisherige Inhalt hier erhalten.',
    current: 'Jetzige Fassung',
    restored: 'Wiederhergestellt',
    restoredFrom: (from, at, by) => `wiederhergestellt am ${at} von ${by} aus dem Stand vom ${from}`,
    restore: 'Zurückholen',
    label: 'Name der Version',
    labelVersion: 'Benennen',
    labelHint: 'Leer lassen, um den Namen wegzunehmen.',
    save: 'Speichern',
    removeVersion: 'Entfernen',
    removeForGood: 'Endgültig entfernen',
    removeAsk: 'Diese Version lässt sich danach nicht mehr zurückholen.',
    versionOf: (when) => `Version vom ${when}`,
    tagged: (tag) => `Schlagwort „${tag}“ hinzugefügt.`,
    untagged: (tag) => `Schlagwort „${tag}“ entfernt.`,
    commented: 'Kommentar geschrieben.',
    uncommented: 'Kommentar entfernt.',
    versionRestored:
      'Die frühere Version gilt jetzt wieder, mit ihrem Datum von damals. Was bis eben galt, steht unter „Versionen“.',
    versionLabelled: 'Version benannt.',
    versionRemoved: 'Version endgültig entfernt.',
    addFavourite: 'Zu den Favoriten',
    removeFavourite: 'Aus den Favoriten nehmen',
    unknown: 'nicht mehr bekannt',
  },
  en: {
    facts: 'Facts',
    kind: 'Kind',
    size: 'Size',
    holds: 'Contents',
    path: 'Place',
    modified: 'Changed',
    by: 'Changed by',
    created: 'Here since',
    checksum: 'Checksum',
    checksumHint: 'SHA-256, to compare with another copy',
    show: 'Show',
    lock: 'Lock',
    lockedBy: (name) => `Being worked on by ${name}`,
    open: 'Open',
    download: 'Download',
    move: 'Move',
    copy: 'Copy',
    remove: 'Delete',
    rename: 'Rename',
    name: 'Name',
    tags: 'Tags',
    tag: 'Tag',
    addTag: 'Add',
    removeTag: (name) => `Remove tag “${name}”`,
    noTags: 'None yet. Everybody who sees this entry sees its tags.',
    comments: 'Comments',
    comment: 'Comment',
    addComment: 'Comment',
    removeComment: 'Remove comment',
    noComments: 'None yet. Everybody who sees this entry can read its comments.',
    edited: 'edited',
    versions: 'Versions',
    versionsHint: 'What the file contained before. Versions with a name stay until you remove them.',
    noVersions: 'None yet. As soon as the file is overwritten, what it contained is kept here.',
    current: 'Present version',
    restored: 'Restored',
    restoredFrom: (from, at, by) => `restored on ${at} by ${by} from the state of ${from}`,
    restore: 'Restore',
    label: 'Name of the version',
    labelVersion: 'Name it',
    labelHint: 'Leave empty to take the name away.',
    save: 'Save',
    removeVersion: 'Remove',
    removeForGood: 'Remove for good',
    removeAsk: 'This version cannot be brought back afterwards.',
    versionOf: (when) => `Version of ${when}`,
    tagged: (tag) => `Tag “${tag}” added.`,
    untagged: (tag) => `Tag “${tag}” removed.`,
    commented: 'Comment written.',
    uncommented: 'Comment removed.',
    versionRestored: 'This version is now the present one, with its date of then. The one before is under “Versions”.',
    versionLabelled: 'Version named.',
    versionRemoved: 'Version removed for good.',
    addFavourite: 'Add to favourites',
    removeFavourite: 'Remove from favourites',
    unknown: 'no longer known',
  },
};
