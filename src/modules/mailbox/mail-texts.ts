import type { Mail } from '#platform/mail';
import { fill, type Locale } from '#platform/words';

const notice: Readonly<Record<Locale, { readonly subject: string; readonly body: string }>> = {
  de: {
    subject: 'In Ihrem Postfach liegt ein Brief',
    body: `Guten Tag,

in Ihrem Postfach bei der Verwaltung liegt ein neuer Brief. Aus Gründen des Datenschutzes steht hier nicht, von wem er ist und worum es geht. Melden Sie sich an, um ihn zu lesen:

{link}

Bitte sehen Sie bald nach: Mit einem Brief können Fristen beginnen.
`,
  },
  en: {
    subject: 'There is a letter in your mailbox',
    body: `Hello,

there is a new letter in your mailbox at the administration. To protect your data this mail does not say who sent it and what it is about. Sign in to read it:

{link}

Please have a look soon: a letter can start a time limit.
`,
  },
};

/** The mail says that there is a letter, and nothing else. */
export function writeNotice(locale: Locale, { to, link }: { readonly to: string; readonly link: string }): Mail {
  const { subject, body } = notice[locale];
  return { to, subject, body: fill(body, { link }, locale) };
}
