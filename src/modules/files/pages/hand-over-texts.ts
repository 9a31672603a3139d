import type { Dictionary } from '#ui/view';

type HandOverTexts = {
  title: (name: string) => string;
  lead: string;
  nothing: string;
  active: string;
  toPerson: string;
  who: string;
  whoHint: string;
  search: string;
  found: string;
  nobody: (wanted: string) => string;
  many: string;
  name: string;
  choose: string;
  from: string;
  to: string;
  other: string;
  what: string;
  nouns: Readonly<Record<'files' | 'folders' | 'versions' | 'trashed', readonly [one: string, many: string]>>;
  ofThese: string;
  size: string;
  asSpace: string;
  confirm: string;
  confirmLead: string;
  willHappen: (name: string, to: string) => readonly string[];
  reason: string;
  reasonHint: string;
  handOver: string;
  cancel: string;
  done: (name: string, to: string, space: string) => string;
};

export const handOverTexts: Dictionary<HandOverTexts> = {
  de: {
    title: (name) => `Dateien von ${name} übergeben`,
    lead: 'Die eigenen Dateien werden zu einem Bereich, den eine Kollegin oder ein Kollege leitet. Suchen Sie zuerst die Person; übergeben wird erst im nächsten Schritt.',
    nothing: 'Diese Person hat keine eigenen Dateien.',
    active: 'Dieser Zugang ist nicht gesperrt. Übergeben lassen sich nur die Dateien von Personen, deren Zugang gesperrt ist.',
    toPerson: 'Zur Person',
    who: 'Wer bekommt sie?',
    whoHint: 'Teil des Namens oder der E-Mail-Adresse einer Person mit aktivem Zugang',
    search: 'Person suchen',
    found: 'Gefundene Personen',
    nobody: (wanted) => `Zu „${wanted}“ wurde keine Person mit aktivem Zugang gefunden. Bitte prüfen Sie die Schreibweise.`,
    many: 'Es gibt noch mehr Treffer. Bitte geben Sie mehr vom Namen ein.',
    name: 'Person',
    choose: 'Auswählen',
    from: 'Von',
    to: 'An',
    other: 'Jemand anderen auswählen',
    what: 'Inhalt',
    nouns: {
      files: ['Datei', 'Dateien'],
      folders: ['Ordner', 'Ordner'],
      versions: ['frühere Version', 'frühere Versionen'],
      trashed: ['Eintrag im Papierkorb', 'Einträge im Papierkorb'],
    },
    ofThese: 'davon',
    size: 'Umfang',
    asSpace: 'Als Bereich',
    confirm: 'Das wird geschehen',
    confirmLead: 'Das lässt sich nicht rückgängig machen.',
    willHappen: (name, to) => [
      `Die eigenen Dateien von ${name} werden zu einem Bereich – mit Versionen, Kommentaren und Papierkorb.`,
      `${to} leitet ihn und sieht alles, was darin liegt.`,
      `Kommt ${name} zurück, beginnt der eigene Platz leer.`,
      'Beide erhalten eine E-Mail mit Ihrem Grund. Sie selbst sehen nichts vom Inhalt.',
    ],
    reason: 'Grund',
    reasonHint: 'Steht im Protokoll und in der E-Mail an beide.',
    handOver: 'Endgültig übergeben',
    cancel: 'Abbrechen',
    done: (name, to, space) => `Die Dateien von ${name} gehören jetzt zum Bereich „${space}“, den ${to} leitet.`,
  },
  en: {
    title: (name) => `Hand over the files of ${name}`,
    lead: 'The own files become a space that a colleague manages. First find the person; nothing is handed over before the next step.',
    nothing: 'This person has no own files.',
    active: 'This account is not disabled. Only the files of people whose account is disabled can be handed over.',
    toPerson: 'To the person',
    who: 'Who gets them?',
    whoHint: 'Part of the name or e-mail address of a person with an active account',
    search: 'Find person',
    found: 'People found',
    nobody: (wanted) => `No person with an active account was found for “${wanted}”. Please check the spelling.`,
    many: 'There are more matches. Please enter more of the name.',
    name: 'Person',
    choose: 'Choose',
    from: 'From',
    to: 'To',
    other: 'Choose somebody else',
    what: 'Contents',
    nouns: {
      files: ['file', 'files'],
      folders: ['folder', 'folders'],
      versions: ['earlier version', 'earlier versions'],
      trashed: ['entry in the trash', 'entries in the trash'],
    },
    ofThese: 'of these',
    size: 'Size',
    asSpace: 'As space',
    confirm: 'This will happen',
    confirmLead: 'This cannot be undone.',
    willHappen: (name, to) => [
      `The own files of ${name} become a space – with versions, comments and trash.`,
      `${to} manages it and sees everything in it.`,
      `If ${name} comes back, their own storage begins empty.`,
      'Both receive an e-mail with your reason. You yourself see nothing of the content.',
    ],
    reason: 'Reason',
    reasonHint: 'Stands in the audit trail and in the e-mail to both.',
    handOver: 'Hand over for good',
    cancel: 'Cancel',
    done: (name, to, space) => `The files of ${name} now belong to the space “${space}”, which ${to} manages.`,
  },
};
