import { ensure } from '#platform/errors';

/** What holds for a tenant that has decided nothing yet: no gateway, invoices only. */
export const defaultSettings = {
  gateway: 'none',
  address: '',
  originator: '',
  endpoint: '',
  secret: null,
  secretKey: null,
  referencePrefix: 'RS',
  fourEyesCents: 10_000,
  daysToPay: 14,
  payee: '',
  iban: '',
  bic: '',
  changedAt: null,
} as const;

/** XBezahldienste 1.0.0: ids of 1 to 36 letters, digits, `_` and `-`. */
export const isGatewayId = (text: string): boolean => /^[\w-]{1,36}$/.test(text);

/** ISO 13616: the check digits of an IBAN hold. */
export function isIban(text: string): boolean {
  const iban = text.replaceAll(' ', '').toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(iban)) return false;
  const digits = [...iban.slice(4), ...iban.slice(0, 4)].map((sign) => String(Number.parseInt(sign, 36))).join('');
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
}

/** An IBAN as people read it, in groups of four. */
export const spacedIban = (iban: string): string => iban.replaceAll(/(.{4})(?=.)/g, '$1 ');

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * The base address of a gateway, without a slash at its end. Throws `invalid`: it has to be encrypted (except on this machine,
 * where only the operator can say so), and must carry neither a password nor a query.
 * @param isLocalFine whether a gateway on this machine is allowed: in demonstrations and tests
 */
export function checkAddress(text: string, isLocalFine: boolean): string {
  const field = { field: 'address' };
  ensure(URL.canParse(text), 'invalid', 'payments.addressForm', field);
  const url = new URL(text);
  const isLocal = loopback.test(url.hostname);
  const isFine = url.protocol === 'https:' ? !isLocal || isLocalFine : url.protocol === 'http:' && isLocal && isLocalFine;
  ensure(
    isFine && url.username === '' && url.password === '' && url.search === '' && url.hash === '',
    'invalid',
    'payments.addressForm',
    field,
  );
  return url.href.replace(/\/+$/, '');
}
