import type { Dictionary } from '#ui/view';

type FolderTexts = {
  files: string;
  spaces: string;
  allSpaces: string;
  name: string;
  by: string;
  modified: string;
  size: string;
  details: string;
  detailsOf: (name: string) => string;
  entries: readonly [string, string];
  contents: (name: string) => string;
  upload: string;
  uploadFolder: string;
  newFolder: string;
  more: string;
  keys: string;
  zipAll: string;
  trash: string;
  members: string;
  connect: string;
  favourite: string;
  addFavourite: string;
  removeFavourite: string;
  download: string;
  move: string;
  copy: string;
  rename: string;
  remove: string;
  unmark: string;
  paste: string;
  pasteHere: (count: string) => string;
  cut: (count: string) => string;
  copied: (count: string) => string;
  chosen: (count: string, size: string) => string;
  emptyTitle: string;
  emptyOwn: string;
  emptySpace: string;
  emptyReadOnly: string;
  shown: (from: number, to: number, total: number) => string;
  usage: (used: string, quota: string) => string;
  readOnly: string;
  uploadOnly: string;
};

export const folderTexts: Dictionary<FolderTexts> = {
  de: {
    files: 'Dateien',
    spaces: 'Bereiche',
    allSpaces: 'Alle Bereiche',
    name: 'Name',
    by: 'Geändert von',
    modified: 'Geändert',
    size: 'Größe',
    details: 'Einzelheiten',
    detailsOf: (name) => `Einzelheiten: ${name}`,
    entries: ['Eintrag', 'Einträge'],
    contents: (name) => `Inhalt von ${name}`,
    upload: 'Hochladen',
    uploadFolder: 'Ganzen Ordner hochladen',
    newFolder: 'Neuer Ordner',
    more: 'Mehr',
    keys: 'Tastenkürzel (?)',
    zipAll: 'Alles als ZIP herunterladen',
    trash: 'Papierkorb',
    members: 'Mitglieder',
    connect: 'Im Dateimanager öffnen (WebDAV)',
    favourite: 'Favorit',
    addFavourite: 'Zu den Favoriten',
    removeFavourite: 'Aus den Favoriten nehmen',
    download: 'Herunterladen',
    move: 'Verschieben',
    copy: 'Kopieren',
    rename: 'Umbenennen',
    remove: 'Löschen',
    unmark: 'Auswahl aufheben',
    paste: 'Einfügen',
    pasteHere: (count) => `${count} hier einfügen`,
    cut: (count) => `${count} ausgeschnitten – im Zielordner mit Strg + V einfügen`,
    copied: (count) => `${count} zum Kopieren gemerkt – im Zielordner mit Strg + V einfügen`,
    chosen: (count, size) => `${count} ausgewählt · ${size}`,
    emptyTitle: 'Hier liegt noch nichts',
    emptyOwn:
      'Das ist Ihr eigener Platz: Nur Sie sehen, was hier liegt. Ziehen Sie Dateien oder ganze Ordner hierher, oder wählen Sie sie aus.',
    emptySpace:
      'Was hier liegt, sehen alle Mitglieder dieses Bereichs. Ziehen Sie Dateien oder ganze Ordner hierher, oder wählen Sie sie aus.',
    emptyReadOnly: 'Sobald jemand etwas in diesen Bereich legt, erscheint es hier.',
    shown: (from, to, total) => `Einträge ${from} bis ${to} von ${total}`,
    usage: (used, quota) => `${used} von ${quota} belegt`,
    readOnly: 'Sie können hier lesen und herunterladen.',
    uploadOnly: 'Sie können hier lesen und Neues ablegen.',
  },
  en: {
    files: 'Files',
    spaces: 'Spaces',
    allSpaces: 'All spaces',
    name: 'Name',
    by: 'Changed by',
    modified: 'Changed',
    size: 'Size',
    details: 'Details',
    detailsOf: (name) => `Details: ${name}`,
    entries: ['entry', 'entries'],
    contents: (name) => `Contents of ${name}`,
    upload: 'Upload',
    uploadFolder: 'Upload a whole folder',
    newFolder: 'New folder',
    more: 'More',
    keys: 'Keys (?)',
    zipAll: 'Download everything as ZIP',
    trash: 'Trash',
    members: 'Members',
    connect: 'Open in your file manager (WebDAV)',
    favourite: 'Favourite',
    addFavourite: 'Add to favourites',
    removeFavourite: 'Remove from favourites',
    download: 'Download',
    move: 'Move',
    copy: 'Copy',
    rename: 'Rename',
    remove: 'Delete',
    unmark: 'Clear selection',
    paste: 'Paste',
    pasteHere: (count) => `Paste ${count} here`,
    cut: (count) => `${count} cut – paste in the target folder with Ctrl + V`,
    copied: (count) => `${count} noted for copying – paste in the target folder with Ctrl + V`,
    chosen: (count, size) => `${count} selected · ${size}`,
    emptyTitle: 'Nothing here yet',
    emptyOwn: 'This is your own place: only you see what is here. Drag files or whole folders here, or choose them.',
    emptySpace: 'All members of this space see what is here. Drag files or whole folders here, or choose them.',
    emptyReadOnly: 'As soon as somebody puts something into this space, it appears here.',
    shown: (from, to, total) => `Entries ${from} to ${to} of ${total}`,
    usage: (used, quota) => `${used} of ${quota} used`,
    readOnly: 'You can read and download here.',
    uploadOnly: 'You can read and add new things here.',
  },
};

type DeedTexts = {
  trashed: (what: string) => string;
  restored: (what: string) => string;
  moved: (what: string, where: string) => string;
  copied: (what: string, where: string) => string;
  renamed: (from: string, to: string) => string;
  folderMade: (name: string) => string;
  uploaded: (what: string) => string;
  refused: (count: string, first: string) => string;
  skipped: string;
  begun: (what: string) => string;
  purged: (what: string) => string;
  emptied: (what: string) => string;
  favouriteOn: (name: string) => string;
  favouriteOff: (name: string) => string;
  nothingChosen: string;
  noFile: string;
  noName: string;
  noFolder: string;
  quoted: (name: string) => string;
  entries: readonly [string, string];
};

/** What is said after something was done; also where only the server speaks. */
export const deedTexts: Dictionary<DeedTexts> = {
  de: {
    trashed: (what) => `${what} in den Papierkorb gelegt.`,
    restored: (what) => `${what} zurückgeholt.`,
    moved: (what, where) => `${what} nach „${where}“ verschoben.`,
    copied: (what, where) => `${what} nach „${where}“ kopiert.`,
    renamed: (from, to) => `„${from}“ heißt jetzt „${to}“.`,
    folderMade: (name) => `Ordner „${name}“ angelegt.`,
    uploaded: (what) => `${what} hochgeladen.`,
    refused: (count, first) => `Nicht gelungen bei ${count}: ${first}`,
    skipped: 'Was es dort schon gab, blieb, wo es war.',
    begun: (what) =>
      `${what}: Das ist viel und geht jetzt im Hintergrund weiter. Sie erhalten eine Mitteilung, wenn es fertig ist.`,
    purged: (what) => `${what} endgültig entfernt.`,
    emptied: (what) => `Papierkorb geleert: ${what} endgültig entfernt.`,
    favouriteOn: (name) => `„${name}“ steht jetzt bei den Favoriten.`,
    favouriteOff: (name) => `„${name}“ steht nicht mehr bei den Favoriten.`,
    nothingChosen: 'Es ist nichts ausgewählt. Bitte setzen Sie zuerst Häkchen in der Liste.',
    noFile: 'Es wurde keine Datei ausgewählt.',
    noName: 'Bitte geben Sie einen Namen ein.',
    noFolder: 'Bitte wählen Sie einen Ordner.',
    quoted: (name) => `„${name}“`,
    entries: ['Eintrag', 'Einträge'],
  },
  en: {
    trashed: (what) => `${what} moved to the trash.`,
    restored: (what) => `${what} restored.`,
    moved: (what, where) => `${what} moved to “${where}”.`,
    copied: (what, where) => `${what} copied to “${where}”.`,
    renamed: (from, to) => `“${from}” is now called “${to}”.`,
    folderMade: (name) => `Folder “${name}” created.`,
    uploaded: (what) => `${what} uploaded.`,
    refused: (count, first) => `Did not work for ${count}: ${first}`,
    skipped: 'What was there already stayed where it was.',
    begun: (what) => `${what}: This is a lot and now goes on in the background. You will be told when it is done.`,
    purged: (what) => `${what} removed for good.`,
    emptied: (what) => `Trash emptied: ${what} removed for good.`,
    favouriteOn: (name) => `“${name}” is a favourite now.`,
    favouriteOff: (name) => `“${name}” is no longer a favourite.`,
    nothingChosen: 'Nothing is selected. Please tick something in the list first.',
    noFile: 'No file was chosen.',
    noName: 'Please enter a name.',
    noFolder: 'Please choose a folder.',
    quoted: (name) => `“${name}”`,
    entries: ['entry', 'entries'],
  },
};
