import type { Locale } from '#platform/words';

type Texts = {
  readonly subject: string;
  /** What to do with the link: it opens by itself, or for whoever is signed in. */
  readonly keepLink: string;
  readonly keepOwn: string;
  readonly sent: string;
  readonly unpaid: string;
  readonly linkSubject: string;
  readonly link: string;
  readonly statusSubject: string;
  readonly status: string;
};

/** Mails to applicants. They say that there is something, and hold the link; never an answer from the form. */
export const mailTexts: Readonly<Record<Locale, Texts>> = {
  de: {
    subject: 'Ihr Antrag {reference}',
    keepLink: 'Bewahren Sie diesen Link gut auf. Wer ihn hat, kann Ihren Antrag sehen.',
    keepOwn: 'Dafür melden Sie sich mit Ihrem Konto an. Alles, was Sie beantragt haben, steht dort unter „Meine Anträge“.',
    sent: `Guten Tag,

Ihr Antrag „{title}“ ist eingegangen.
Empfänger: {office}
Vorgangsnummer: {reference}
Voraussichtlich entschieden bis: {day}

Den Stand und Ihre Quittung sehen Sie hier:
{link}

{keep}
`,
    unpaid: `Guten Tag,

wir haben Ihren Antrag „{title}“ gespeichert. Er geht an {office}, sobald die Gebühr bezahlt ist.
Vorgangsnummer: {reference}

Hier bezahlen Sie und sehen den Stand:
{link}

{keep}
`,
    linkSubject: 'Ihr angefangener Antrag',
    link: `Guten Tag,

hier machen Sie mit Ihrem Antrag „{title}“ weiter:
{link}

Wir bewahren ihn bis zum {day} auf. Wer diesen Link hat, kann Ihre Angaben sehen.
Haben Sie nichts angefangen? Dann löschen Sie diese Nachricht einfach.
`,
    statusSubject: 'Ihr Antrag',
    status: `Guten Tag,

hier sehen Sie, wie es um Ihren Antrag „{title}“ steht, und bezahlen, wenn etwas offen ist:
{link}

Wer diesen Link hat, kann Ihren Antrag sehen.
Haben Sie nichts beantragt? Dann löschen Sie diese Nachricht einfach.
`,
  },
  en: {
    subject: 'Your application {reference}',
    keepLink: 'Keep this link safe. Whoever has it can see your application.',
    keepOwn: 'Sign in with your account for that. Everything you have applied for stands there under “My applications”.',
    sent: `Hello,

Your application “{title}” has arrived.
Recipient: {office}
Reference number: {reference}
Decision expected by: {day}

You see its status and your receipt here:
{link}

{keep}
`,
    unpaid: `Hello,

We have stored your application “{title}”. It goes to {office} as soon as the fee is paid.
Reference number: {reference}

Here you pay and see the status:
{link}

{keep}
`,
    linkSubject: 'The application you have begun',
    link: `Hello,

Here you go on with your application “{title}”:
{link}

We keep it until {day}. Whoever has this link can see what you have entered.
You have not begun anything? Then just delete this message.
`,
    statusSubject: 'Your application',
    status: `Hello,

Here you see how your application “{title}” stands, and pay when something is owed:
{link}

Whoever has this link can see your application.
You have not applied for anything? Then just delete this message.
`,
  },
};
