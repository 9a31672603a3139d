import { type PageHouse, text } from '#web/context';
import { adminTexts } from './admin-texts.ts';

const gigabyte = 2 ** 30;

/** Enough to tell one byte from the next in a number of GB. */
const mostDecimals = 10;

/** A quota as people type it, in GB with comma or point; null: no limit. */
export function readQuota(house: PageHouse, form: FormData): number | null {
  const typed = text(form, 'quota').replace(/\s/g, '').replace(',', '.');
  if (typed === '') return null;
  const value = /^\d{1,9}(\.\d{1,10})?$/.test(typed) ? Number(typed) : Number.NaN;
  if (Number.isNaN(value)) throw house.refuse(adminTexts[house.ctx.locale].quotaBad, 'quota');
  return Math.round(value * gigabyte);
}

/**
 * The same for a field, with as many decimals as it takes to be read as the same number of bytes again: whoever changes something
 * else in the form leaves the quota as it is.
 */
export function quotaText(locale: 'de' | 'en', quota: number | null): string {
  if (quota === null) return '';
  const written = (decimals: number) => (quota / gigabyte).toFixed(decimals);
  let decimals = 0;
  while (decimals < mostDecimals && Math.round(Number(written(decimals)) * gigabyte) !== quota) decimals += 1;
  return locale === 'de' ? written(decimals).replace('.', ',') : written(decimals);
}

/**
 * The one person, group or unit that is called so.
 * @param field of the form, for the sentence when nobody or several are
 */
export async function findManager(house: PageHouse, wanted: string, field = 'manager'): Promise<number> {
  const labels = adminTexts[house.ctx.locale];
  if (wanted === '') throw house.refuse(house.say('platform.textMissing', { field }), field);
  const found = await house.rooms.accounts.findPrincipals(house.ctx, wanted, 20);
  const folded = wanted.toLocaleLowerCase('de');
  const exact = found.filter(({ name, address }) => name.toLocaleLowerCase('de') === folded || address === folded);
  const [only] = exact.length > 0 ? exact : found;
  if (!only) throw house.refuse(labels.managerUnknown(wanted), field);
  if (exact.length > 1 || (exact.length === 0 && found.length > 1)) throw house.refuse(labels.managerMany(wanted), field);
  return only.id;
}

/** Units for a choice; the authority itself first. */
export async function ownerOptions(house: PageHouse) {
  const units = await house.rooms.accounts.listUnits(house.ctx);
  const choices = units.map(({ id, name }) => ({ value: String(id), label: name }));
  return [{ value: '', label: adminTexts[house.ctx.locale].authority }, ...choices];
}
