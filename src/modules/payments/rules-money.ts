import { ensure } from '#platform/errors';
import type { Locale } from '#platform/words';

/** One line of what is owed. All amounts are whole cents and include the tax. */
export type Item = {
  readonly text: string;
  readonly quantity: number;
  /** Of one. */
  readonly cents: number;
  /** In percent; 0 for fees, which are no turnover. */
  readonly taxPercent: 0 | 7 | 19;
};

export type ItemInput = Pick<Item, 'text' | 'cents'> & Partial<Item>;

export const moneyLimits = {
  /** XBezahldienste 1.0.0: gross amount of at most 999,999 euros. */
  cents: 99_999_900,
  /** XBezahldienste 1.0.0: 1 to 99 items. */
  items: 99,
  quantity: 999,
  itemText: 200,
};

export const centsOf = ({ quantity, cents }: Pick<Item, 'quantity' | 'cents'>): number => quantity * cents;

/** The sum of the items, in cents. */
export const sumOf = (items: readonly Item[]): number => items.reduce((sum, item) => sum + centsOf(item), 0);

/** The tax within a gross amount, in cents, rounded half up. */
export const taxWithin = (cents: number, percent: number): number => Math.round((cents * percent) / (100 + percent));

const taxes: readonly number[] = [0, 7, 19];

function checkItem(given: ItemInput): Item {
  const { quantity = 1, taxPercent = 0, cents } = given;
  const text = given.text.normalize('NFC').trim();
  const isText = text !== '' && text.length <= moneyLimits.itemText && !/\p{Cc}/u.test(text);
  ensure(isText, 'invalid', 'payments.itemText', { field: 'items', limit: moneyLimits.itemText });
  const isCount = Number.isSafeInteger(quantity) && quantity >= 1 && quantity <= moneyLimits.quantity;
  const isMoney = Number.isSafeInteger(cents) && cents >= 0 && cents <= moneyLimits.cents;
  ensure(isCount && isMoney && taxes.includes(taxPercent), 'invalid', 'payments.itemAmount', { field: 'items', text });
  return { text, quantity, cents, taxPercent };
}

/** The items as they are stored. Throws `invalid` for none or too many of them, and when their sum is zero or too large. */
export function checkItems(given: readonly ItemInput[]): Item[] {
  const { items: most } = moneyLimits;
  ensure(given.length >= 1 && given.length <= most, 'invalid', 'payments.itemCount', { field: 'items', limit: most });
  const items = given.map(checkItem);
  const sum = sumOf(items);
  const limit = moneyLimits.cents / 100;
  ensure(sum >= 1 && sum <= moneyLimits.cents, 'invalid', 'payments.sum', { field: 'items', limit });
  return items;
}

/** An amount as people write it: `1.234,56`, in English `1,234.56`. */
export function euros(cents: number, locale: Locale = 'de'): string {
  const [thousands, decimals] = locale === 'de' ? ['.', ','] : [',', '.'];
  const [whole, rest] = [Math.trunc(Math.abs(cents) / 100), Math.abs(cents) % 100];
  const grouped = String(whole).replaceAll(/\B(?=(\d{3})+$)/g, thousands);
  return `${cents < 0 ? '-' : ''}${grouped}${decimals}${String(rest).padStart(2, '0')}`;
}

/** An amount for machines: `1234.56`. */
export const decimal = (cents: number): string => `${Math.trunc(cents / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`;

const typed = /^(\d{1,3}(?:\.\d{3})+|\d{1,7})(?:,(\d{1,2}))?\s*(?:€|EUR)?$/;

/** Characters beyond which nothing is an amount: whoever sends a million of them is not to keep us reading. */
const longestAmount = 40;

/**
 * Cents from what somebody typed: `12`, `12,5`, `1.234,50`. NaN for what is no sum, which {@link checkCents} refuses; an English point
 * is none, it could mean a thousand.
 */
export function readCents(text: string): number {
  const [, whole, rest = ''] = (text.length <= longestAmount && typed.exec(text.trim())) || [];
  return whole === undefined ? Number.NaN : Number(whole.replaceAll('.', '')) * 100 + Number(rest.padEnd(2, '0'));
}

/** Like {@link readCents}. Throws `invalid` for what is no sum. */
export function readEuros(text: string, field: string): number {
  const cents = readCents(text);
  ensure(!Number.isNaN(cents), 'invalid', 'payments.amountForm', { field });
  return cents;
}

/** Money that is owed, paid or given back: a cent at least. Throws `invalid`. */
export function checkCents(cents: number, field: string): number {
  const isMoney = Number.isSafeInteger(cents) && cents >= 1 && cents <= moneyLimits.cents;
  ensure(isMoney, 'invalid', 'payments.amountForm', { field });
  return cents;
}

/** Cents from a machine's `12.50`; null when it is something else, negative included. */
export function readDecimal(text: unknown): number | null {
  const given = typeof text === 'number' ? String(text) : text;
  const [, whole, rest = ''] = typeof given === 'string' ? (/^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(given) ?? []) : [];
  return whole === undefined ? null : Number(whole) * 100 + Number(rest.padEnd(2, '0'));
}
