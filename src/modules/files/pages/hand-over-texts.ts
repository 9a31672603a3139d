import type { Dictionary } from '#ui/view';

type HandOverTexts = {
  title: (name: string) => string;
  lead: string;
  what: string;
  nothing: string;
  active: string;
  toPerson: string;
  to: string;
  toHint: string;
  reason: string;
  reasonHint: string;
  handOver: string;
  cancel: string;
  notPerson: (name: string) => string;
  done: (name: string, to: string, space: string) => string;
};

export const handOverTexts: Dictionary<HandOverTexts> = {
  de: {
    title: (name) => `Dateien von ${name} übergeben`,
    lead: 'Die eigenen Dateien werden zu einem Bereich, den die gewählte Person leitet – mit Versionen, Kommentaren und Papierkorb. Beide erhalten eine E-Mail. Das lässt sich nicht rückgängig machen. Sie selbst sehen nichts vom Inhalt.',
    what: 'Umfang',
    nothing: 'Diese Person hat keine eigenen Dateien.',
    active: 'Dieser Zugang ist nicht gesperrt. Übergeben lassen sich nur die Dateien von Personen, deren Zugang gesperrt ist.',
    toPerson: 'Zur Person',
    to: 'Wer bekommt sie?',
    toHint: 'Name oder E-Mail-Adresse einer Person mit aktivem Zugang',
    reason: 'Grund',
    reasonHint: 'Steht im Protokoll und in der E-Mail an beide.',
    handOver: 'Übergeben',
    cancel: 'Abbrechen',
    notPerson: (name) => `„${name}“ ist keine Person. Eigene Dateien übernimmt immer eine Person.`,
    done: (name, to, space) => `Die Dateien von ${name} gehören jetzt zum Bereich „${space}“, den ${to} leitet.`,
  },
  en: {
    title: (name) => `Hand over the files of ${name}`,
    lead: 'The own files become a space that the person you choose manages – with versions, comments and trash. Both receive an e-mail. This cannot be undone. You yourself see nothing of the content.',
    what: 'Size',
    nothing: 'This person has no own files.',
    active: 'This account is not disabled. Only the files of people whose account is disabled can be handed over.',
    toPerson: 'To the person',
    to: 'Who gets them?',
    toHint: 'Name or e-mail address of a person with an active account',
    reason: 'Reason',
    reasonHint: 'Stands in the audit trail and in the e-mail to both.',
    handOver: 'Hand over',
    cancel: 'Cancel',
    notPerson: (name) => `“${name}” is not a person. Own files are always taken over by a person.`,
    done: (name, to, space) => `The files of ${name} now belong to the space “${space}”, which ${to} manages.`,
  },
};
