/**
 * The payment reference (Kassenzeichen): prefix, year, number and two check digits by ISO 7064 MOD 97-10, for example
 * `RS26-0000123-71`. People copy it onto transfer forms: every single wrong digit, and every two that changed places, are found.
 */

const form = /^([A-Z]{1,4})(\d{2})-(\d{7,12})-(\d{2})$/;

function remainder(digits: string): number {
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0);
}

const letters = (prefix: string) => [...prefix].map((letter) => String(letter.charCodeAt(0) - 55)).join('');

const checkDigits = (body: string) => String(98 - remainder(`${body}00`)).padStart(2, '0');

/** Makes the reference of a payment. */
export function makeReference(prefix: string, year: number, number: number): string {
  const years = String(year % 100).padStart(2, '0');
  const digits = String(number).padStart(7, '0');
  return `${prefix}${years}-${digits}-${checkDigits(`${letters(prefix)}${years}${digits}`)}`;
}

/** The reference within what somebody typed or a bank passed on, in its one spelling; null when there is none or it is mistyped. */
export function readReference(text: string): string | null {
  const given = text.trim().toUpperCase();
  const [, prefix = '', years = '', digits = '', check = ''] = form.exec(given) ?? [];
  return prefix !== '' && checkDigits(`${letters(prefix)}${years}${digits}`) === check ? given : null;
}

const noticeForm = /^([0-9a-z]{1,6})\.([\w-]{36})$/;

/** What a gateway's notice is about: tenant and request id, as they stand in the address it was given; null: nothing of ours. */
export function readNotice(text: string): { readonly tenant: number; readonly request: string } | null {
  const [, prefix = '', request = ''] = noticeForm.exec(text) ?? [];
  const tenant = Number.parseInt(prefix, 36);
  return request !== '' && tenant >= 1 && tenant <= 2_147_483_647 ? { tenant, request } : null;
}
