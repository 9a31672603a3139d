import { useView } from '#ui/view';

const formats = {
  de: new Intl.NumberFormat('de-DE', { style: 'currency', currency: 'EUR' }),
  en: new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR' }),
} as const;

/** An amount of cents as people of the language write it. */
export const money = (locale: 'de' | 'en', cents: number): string => formats[locale].format(cents / 100);

/** An amount of money; nothing where none is known. */
export function Money({ cents }: { readonly cents: number | null }) {
  const { locale } = useView();
  return cents === null ? null : <span className="amount">{money(locale, cents)}</span>;
}
