/** Words of the pages before somebody is signed in. */
const german = {
  signIn: 'Anmelden',
  forStaff: 'Für Beschäftigte der Verwaltung und für alle, die sie eingeladen hat.',
  forCitizens: 'Sie haben etwas beantragt oder einen Brief bekommen?',
  toMailbox: 'Zum Postfach',
  address: 'E-Mail-Adresse oder Kennung',
  password: 'Passwort',
  forgotten: 'Passwort vergessen?',
  signedOut: 'Sie sind abgemeldet.',
  ended: 'Bitte melden Sie sich an, um weiterzumachen.',
  demo: 'Zum Ausprobieren',
  forgottenTitle: 'Passwort vergessen',
  forgottenLead: 'Geben Sie Ihre E-Mail-Adresse an. Wir schicken Ihnen einen Link, mit dem Sie ein neues Passwort wählen.',
  mailAddress: 'E-Mail-Adresse',
  send: 'Link schicken',
  sent: 'Bitte sehen Sie in Ihr Postfach',
  sentLead:
    'Wenn es ein Konto mit dieser Adresse gibt, ist dorthin ein Link unterwegs. Er gilt eine Stunde. Kommt nichts an, sehen Sie bitte im Spam-Ordner nach oder fragen Sie Ihre IT.',
  back: 'Zurück zur Anmeldung',
  invitation: 'Willkommen, {name}',
  invitationLead: 'Wählen Sie ein Passwort, dann ist Ihr Konto {address} bei „{tenantName}“ bereit.',
  reset: 'Neues Passwort wählen',
  resetLead: 'Für das Konto {address}. Auf allen Geräten müssen Sie sich danach neu anmelden.',
  newPassword: 'Neues Passwort',
  repeat: 'Neues Passwort wiederholen',
  passwordHint: 'Mindestens {length} Zeichen. Am besten einige Wörter hintereinander, die Sie nirgends sonst benutzen.',
  accept: 'Passwort speichern und anmelden',
  revokeApps: 'Auch Netzlaufwerke und Sync-Programme abmelden',
  revokeAppsHint: 'Wenn Sie vermuten, dass jemand anderes Zugang hatte. App-Passwörter müssen Sie dann neu anlegen.',
  setUp: 'Rennsteig einrichten',
  setUpLead: 'Diese Instanz ist leer. Legen Sie den Dienstleister an, der sie betreibt, und sich selbst als erste Person.',
  provider: 'Name des Dienstleisters',
  slug: 'Kürzel',
  slugHint: 'Kleinbuchstaben, Ziffern und Bindestriche, zum Beispiel tlrz',
  name: 'Ihr Name',
  finish: 'Einrichten und anmelden',
};

export type SignInTexts = typeof german;

export const signInTexts: { readonly de: SignInTexts; readonly en: SignInTexts } = {
  de: german,
  en: {
    signIn: 'Sign in',
    forStaff: 'For people who work in the administration, and for those it has invited.',
    forCitizens: 'You have applied for something, or received a letter?',
    toMailbox: 'To the mailbox',
    address: 'Email address or user name',
    password: 'Password',
    forgotten: 'Forgotten your password?',
    signedOut: 'You are signed out.',
    ended: 'Please sign in to go on.',
    demo: 'To try it out',
    forgottenTitle: 'Forgotten password',
    forgottenLead: 'Enter your email address. We will send you a link with which you choose a new password.',
    mailAddress: 'Email address',
    send: 'Send link',
    sent: 'Please look into your mailbox',
    sentLead:
      'If there is an account with this address, a link is on its way to it. It is valid for one hour. If nothing arrives, please look into the spam folder or ask your IT department.',
    back: 'Back to the sign-in',
    invitation: 'Welcome, {name}',
    invitationLead: 'Choose a password, then your account {address} at “{tenantName}” is ready.',
    reset: 'Choose a new password',
    resetLead: 'For the account {address}. You will have to sign in again on all devices.',
    newPassword: 'New password',
    repeat: 'Repeat the new password',
    passwordHint: 'At least {length} characters. Best are a few words in a row that you use nowhere else.',
    accept: 'Save password and sign in',
    revokeApps: 'Sign out network drives and sync clients as well',
    revokeAppsHint: 'If you suspect that somebody else had access. You will have to create new app passwords.',
    setUp: 'Set up Rennsteig',
    setUpLead: 'This instance is empty. Create the provider that runs it, and yourself as the first person.',
    provider: 'Name of the provider',
    slug: 'Short name',
    slugHint: 'Small letters, digits and hyphens, for example tlrz',
    name: 'Your name',
    finish: 'Set up and sign in',
  },
};

/** Puts values into a sentence. */
export function put(sentence: string, values: object): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) =>
    String((values as Readonly<Record<string, unknown>>)[name] ?? whole),
  );
}
