import { attributeWords } from '#ui/attribute-words';
import type { IdentityAttribute, IdentityLevel } from '../rules-identity.ts';

type Reason = 'cancelled' | 'tooLow' | 'technical' | 'untrusted' | 'late' | 'used' | 'unknown' | 'elsewhere' | 'otherBrowser';

type Texts = {
  readonly title: string;
  readonly lead: string;
  readonly what: string;
  readonly purposes: Readonly<Record<'signIn' | 'link' | 'prove', string>>;
  readonly level: string;
  readonly levels: Readonly<Record<IdentityLevel, string>>;
  readonly taken: string;
  readonly nothing: string;
  readonly attributes: Readonly<Record<IdentityAttribute, string>>;
  readonly go: string;
  readonly goHost: string;
  readonly notDone: string;
  readonly reasons: Readonly<Record<Reason, string>>;
  readonly safe: string;
  readonly again: string;
  readonly back: string;
  readonly connect: string;
  readonly connectLead: string;
  readonly connectAction: string;
  readonly noMailbox: string;
};

/** Words of the pages between here and the state identity. `{name}`: what people call it. */
const german: Texts = {
  title: 'Weiter zu {name}',
  lead: 'Sie melden sich jetzt bei {name} an und kommen danach hierher zurück.',
  what: 'Wofür',
  purposes: { signIn: 'Anmelden am Postfach', link: 'Postfach verbinden', prove: 'Nachweis, wer den Antrag stellt' },
  level: 'Verlangt wird',
  levels: {
    basic: 'mindestens Benutzername und Passwort (Vertrauensniveau normal)',
    substantial: 'mindestens ein Zertifikat, zum Beispiel von ELSTER (Vertrauensniveau substanziell)',
    high: 'der Online-Ausweis (Vertrauensniveau hoch)',
  },
  taken: 'Übernommen wird',
  nothing: 'nur, dass Sie es sind',
  attributes: attributeWords.de,
  go: 'Weiter zu {name}',
  goHost: 'Sie verlassen diese Seite und gehen zu {host}.',
  notDone: 'Das hat nicht geklappt',
  reasons: {
    cancelled: 'Die Anmeldung bei {name} wurde abgebrochen.',
    tooLow: 'Sie haben sich auf eine Weise angemeldet, die hierfür nicht ausreicht.',
    technical: 'Bei {name} ist ein Fehler aufgetreten.',
    untrusted: 'Die Antwort von {name} war nicht in Ordnung. Wir haben sie nicht angenommen.',
    late: 'Die Anmeldung hat zu lange gedauert.',
    used: 'Diese Anmeldung wurde schon benutzt. Jede gilt nur ein Mal.',
    unknown: 'Diese Antwort gehört zu keiner Anmeldung, die hier begonnen wurde.',
    elsewhere:
      'In diesem Browser wurde keine Anmeldung begonnen, oder sie ist schon zu Ende. Hat Ihnen jemand einen Link hierzu geschickt, dann geben Sie nichts weiter ein: Es war vielleicht ein Betrugsversuch.',
    otherBrowser:
      'Die Anmeldung wurde in einem anderen Browser beendet als in diesem. Damit sich niemand für Sie ausgibt, gilt sie nicht.',
  },
  safe: 'Ihre Angaben sind gespeichert, es wurde nichts abgeschickt.',
  again: 'Noch einmal anmelden',
  back: 'Zurück',
  connect: 'Postfach verbinden',
  connectLead:
    'Mit {name} sind Sie angemeldet, aber noch kein Postfach ist damit verbunden. Melden Sie sich ein Mal mit E-Mail-Adresse und Passwort an. Danach brauchen Sie nur noch {name}.',
  connectAction: 'Anmelden und verbinden',
  noMailbox: 'Noch kein Postfach?',
};

export const identityTexts: { readonly de: Texts; readonly en: Texts } = {
  de: german,
  en: {
    title: 'Go on to {name}',
    lead: 'You will now sign in at {name} and come back here afterwards.',
    what: 'What for',
    purposes: { signIn: 'Sign in to the mailbox', link: 'Link the mailbox', prove: 'To show who applies' },
    level: 'Needed',
    levels: {
      basic: 'at least user name and password (assurance level low)',
      substantial: 'at least a certificate, for example of ELSTER (assurance level substantial)',
      high: 'the electronic identity card (assurance level high)',
    },
    taken: 'Taken over',
    nothing: 'only that it is you',
    attributes: attributeWords.en,
    go: 'Go on to {name}',
    goHost: 'You are leaving this page for {host}.',
    notDone: 'That did not work',
    reasons: {
      cancelled: 'The sign-in at {name} was cancelled.',
      tooLow: 'You signed in in a way that does not suffice for this.',
      technical: 'Something went wrong at {name}.',
      untrusted: 'The answer of {name} was not in order. We have not accepted it.',
      late: 'The sign-in took too long.',
      used: 'This sign-in was used already. Each one is valid only once.',
      unknown: 'This answer belongs to no sign-in that was begun here.',
      elsewhere:
        'No sign-in was begun in this browser, or it is over already. If somebody sent you a link to it, enter nothing more: it may have been an attempt at fraud.',
      otherBrowser:
        'The sign-in was finished in another browser than this one. So that nobody can pass for you, it does not count.',
    },
    safe: 'What you have entered is stored, nothing was sent.',
    again: 'Sign in once more',
    back: 'Back',
    connect: 'Link the mailbox',
    connectLead:
      'You are signed in with {name}, but no mailbox is linked with it yet. Please sign in once with email address and password. After that, {name} is all you need.',
    connectAction: 'Sign in and link',
    noMailbox: 'No mailbox yet?',
  },
};
