import { dayInWords } from '#platform/day-words';
import type { Locale } from '#platform/words';
import { centsOf, euros, type Item, taxWithin } from './rules-money.ts';
import { spacedIban } from './rules-settings.ts';

/** What an invoice or a reminder says, as data: the room that signs letters lays it out. */
export type Letter = {
  readonly locale: Locale;
  readonly subject: string;
  /** Whom it is to, line by line. */
  readonly to: readonly string[];
  readonly lines: readonly LetterLine[];
  readonly paragraphs: readonly string[];
};

export type LetterLine = { readonly text: string; readonly amount: string };

export type LetterFacts = {
  readonly locale: Locale;
  readonly authority: string;
  readonly reference: string;
  readonly purpose: string;
  readonly items: readonly Item[];
  readonly cents: number;
  readonly outstandingCents: number;
  readonly debtor: { readonly name: string; readonly street: string; readonly postcode: string; readonly town: string };
  /** `2026-12-07`. */
  readonly dueOn: string;
  /** 0: the invoice itself. */
  readonly reminder: number;
  readonly account: { readonly payee: string; readonly iban: string; readonly bic: string } | null;
  /** Address of the page where it can be paid; null: not online. */
  readonly page: string | null;
};

function linesOf({ locale, items, cents, outstandingCents }: LetterFacts): LetterLine[] {
  const isGerman = locale === 'de';
  const each = items.map((item) => ({
    text: item.quantity === 1 ? item.text : `${item.quantity} × ${item.text}`,
    amount: `${euros(centsOf(item), locale)} €`,
  }));
  const taxes = Map.groupBy(items, ({ taxPercent }) => taxPercent);
  const taxLines = [...taxes].flatMap(([percent, taxed]) => {
    const tax = taxed.reduce((sum, item) => sum + taxWithin(centsOf(item), percent), 0);
    const text = isGerman ? `darin ${percent} % Umsatzsteuer` : `including ${percent} % VAT`;
    return percent === 0 ? [] : [{ text, amount: `${euros(tax, locale)} €` }];
  });
  const paid = cents - outstandingCents;
  return [
    ...each,
    { text: isGerman ? 'Summe' : 'Sum', amount: `${euros(cents, locale)} €` },
    ...taxLines,
    ...(paid > 0 ? [{ text: isGerman ? 'schon bezahlt' : 'paid already', amount: `${euros(paid, locale)} €` }] : []),
  ];
}

function german(facts: LetterFacts): string[] {
  const { reference, outstandingCents, dueOn, reminder, account, page } = facts;
  const what = `${euros(outstandingCents)} Euro bis zum ${dayInWords('de', dueOn)}`;
  const begin =
    reminder === 0
      ? `bitte zahlen Sie ${what}.`
      : `auf unsere Rechnung ist noch kein Geld eingegangen. Bitte zahlen Sie ${what}. Haben Sie inzwischen bezahlt? Dann ist alles erledigt.`;
  const bank = account
    ? `Überweisen Sie auf das Konto von ${account.payee}, IBAN ${spacedIban(account.iban)}${account.bic && `, BIC ${account.bic}`}. Geben Sie als Verwendungszweck nur das Kassenzeichen ${reference} an.`
    : `Geben Sie bei Fragen das Kassenzeichen ${reference} an.`;
  const online = page ? [`Sie können auch im Internet bezahlen: ${page}`] : [];
  return ['Guten Tag,', begin, bank, ...online, `Freundliche Grüße\n${facts.authority}`];
}

function english(facts: LetterFacts): string[] {
  const { reference, outstandingCents, dueOn, reminder, account, page } = facts;
  const what = `${euros(outstandingCents, 'en')} euros by ${dayInWords('en', dueOn)}`;
  const begin =
    reminder === 0
      ? `please pay ${what}.`
      : `we have not received the money for our invoice yet. Please pay ${what}. If you have paid meanwhile, everything is settled.`;
  const bank = account
    ? `Transfer it to the account of ${account.payee}, IBAN ${spacedIban(account.iban)}${account.bic && `, BIC ${account.bic}`}. Give nothing but the payment reference ${reference} as the purpose.`
    : `If you have questions, give the payment reference ${reference}.`;
  const online = page ? [`You can also pay online: ${page}`] : [];
  return ['Hello,', begin, bank, ...online, `Kind regards\n${facts.authority}`];
}

/** The letter of an invoice or of a reminder. */
export function writeLetter(facts: LetterFacts): Letter {
  const { locale, purpose, reference, reminder, debtor } = facts;
  const isGerman = locale === 'de';
  const kind = reminder === 0 ? (isGerman ? 'Rechnung' : 'Invoice') : isGerman ? 'Zahlungserinnerung' : 'Reminder';
  const to = [debtor.name, debtor.street, `${debtor.postcode} ${debtor.town}`.trim()].filter((line) => line !== '');
  return {
    locale,
    to,
    subject: `${kind} ${reference}: ${purpose}`,
    lines: linesOf(facts),
    paragraphs: isGerman ? german(facts) : english(facts),
  };
}

/** The letter as plain text, for a mail. */
export function letterText({ subject, lines, paragraphs }: Letter): string {
  const [greeting = '', ...rest] = paragraphs;
  const table = lines.map(({ text, amount }) => `  ${text}: ${amount}`).join('\n');
  return [greeting, subject, table, ...rest].join('\n\n');
}
