import { appointmentInWords } from '#platform/day-words';
import type { Mail } from '#platform/mail';
import { fill, type Locale } from '#platform/words';

/** What a mail names. */
export type MailFacts = {
  readonly to: string;
  readonly name: string;
  readonly tenant: string;
  /** Address of the one-time link; empty for mails without one. */
  readonly link: string;
  readonly until: Date | null;
};

type Text = { readonly subject: string; readonly body: string };

const invitation: Record<Locale, Text> = {
  de: {
    subject: 'Ihr Zugang zu Rennsteig ({tenant})',
    body: `Guten Tag {name},

{tenant} hat für Sie einen Zugang eingerichtet. Öffnen Sie diesen Link und wählen Sie ein Passwort:

{link}

Der Link gilt bis {until} und nur ein Mal. Geben Sie ihn nicht weiter.
Wenn Sie keinen Zugang erwarten, brauchen Sie nichts zu tun.
`,
  },
  en: {
    subject: 'Your access to Rennsteig ({tenant})',
    body: `Hello {name},

{tenant} has set up an account for you. Open this link and choose a password:

{link}

The link is valid until {until} and only once. Do not pass it on.
If you do not expect an account, there is nothing you need to do.
`,
  },
};

const reset: Record<Locale, Text> = {
  de: {
    subject: 'Neues Passwort für Rennsteig',
    body: `Guten Tag {name},

jemand möchte für Ihren Zugang bei {tenant} ein neues Passwort wählen. Wenn Sie das sind, öffnen Sie diesen Link:

{link}

Der Link gilt bis {until} und nur ein Mal. Wenn Sie es nicht sind, brauchen Sie nichts zu tun: Ihr Passwort bleibt, wie es ist.
`,
  },
  en: {
    subject: 'New password for Rennsteig',
    body: `Hello {name},

somebody wants to choose a new password for your account at {tenant}. If that is you, open this link:

{link}

The link is valid until {until} and only once. If it is not you, there is nothing you need to do: your password stays as it is.
`,
  },
};

const passwordChanged: Record<Locale, Text> = {
  de: {
    subject: 'Ihr Passwort für Rennsteig wurde geändert',
    body: `Guten Tag {name},

das Passwort Ihres Zugangs bei {tenant} wurde gerade geändert. Andere Anmeldungen im Browser wurden beendet.

Wenn Sie das nicht waren, wenden Sie sich bitte sofort an Ihre IT.
`,
  },
  en: {
    subject: 'Your password for Rennsteig was changed',
    body: `Hello {name},

the password of your account at {tenant} was just changed. Other browser sessions were ended.

If that was not you, please contact your IT department at once.
`,
  },
};

const addressChanged: Record<Locale, Text> = {
  de: {
    subject: 'Ihre Adresse für Rennsteig wurde geändert',
    body: `Guten Tag {name},

Ihr Zugang bei {tenant} hat eine andere Adresse bekommen; diese hier gilt nicht mehr.

Wenn Sie davon nichts wissen, wenden Sie sich bitte an Ihre IT.
`,
  },
  en: {
    subject: 'Your address for Rennsteig was changed',
    body: `Hello {name},

your account at {tenant} was given another address; this one is no longer valid.

If you do not know about this, please contact your IT department.
`,
  },
};

const texts = { invitation, reset, passwordChanged, addressChanged };

export type MailKind = keyof typeof texts;

/** Writes a mail in the language of the person it goes to. */
export function writeMail(kind: MailKind, locale: Locale, facts: MailFacts): Mail {
  const { subject, body } = texts[kind][locale];
  const until = facts.until === null ? '' : appointmentInWords(locale, facts.until);
  const params = { name: facts.name, tenant: facts.tenant, link: facts.link, until };
  return { to: facts.to, subject: fill(subject, params, locale), body: fill(body, params, locale) };
}
