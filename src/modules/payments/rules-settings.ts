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
