import { isInborn } from './rules-definition.ts';

/** What every step of writing a form goes by: its limits, names made of words, places in a list. */

export const editLimits = {
  /** Forms one authority works on. */
  forms: 200,
  /** Editions of a form that can be gone back to. */
  editions: 200,
  /** A whole form, as it is stored. */
  bytes: 600_000,
  /** A schema that is uploaded. */
  schemaBytes: 5_000_000,
  note: 1_000,
  rules: 12,
  feeItems: 30,
  /** Days after which a test run that nobody has touched is removed. */
  trialDays: 2,
};

/** Words as a name in addresses and conditions: “Name des Hundes” → `nameDesHundes`. */
export function nameFor(text: string, taken: ReadonlySet<string>, fallback: string): string {
  const letters: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };
  const words = text
    .toLowerCase()
    .replaceAll(/[äöüß]/g, (letter) => letters[letter] ?? '')
    .normalize('NFD')
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  const joined = words.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
  const start = joined
    .replace(/^\d+/, '')
    .slice(0, 30)
    .replace(/^[A-Z]/, (letter) => letter.toLowerCase());
  const base = start === '' ? fallback : start;
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base}${number}`;
    if (!taken.has(name) && !isInborn(name)) return name;
  }
}

/** One thing of a list, one place up or down; at the end of the list it stays where it is. */
export function moved<Thing>(list: readonly Thing[], at: number, by: -1 | 1): Thing[] {
  const to = at + by;
  if (at < 0 || to < 0 || to >= list.length) return [...list];
  const copy = [...list];
  const [one] = copy.splice(at, 1);
  copy.splice(to, 0, one as Thing);
  return copy;
}
