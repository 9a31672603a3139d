import type { ServiceContent, SupplementContent } from '../rules-content.ts';

/** Which part of a service text stands in which language. */

type Locale = 'de' | 'en';

/** A piece of text and the language it is in. */
export type Said = { readonly text: string; readonly lang: Locale };

type TextPart = 'details' | 'duration' | 'assuranceSource';
/** A content with a part of it as points in both languages. */
type Bilingual<Part extends string> = Readonly<Record<Part | `${Part}En`, readonly string[]>>;

/** A text in the language of the page where there is one, else in German. */
export function textIn(content: ServiceContent, part: TextPart, locale: Locale): Said {
  const english = content[`${part}En`];
  return locale === 'en' && english !== '' ? { text: english, lang: 'en' } : germanText(content[part]);
}

/** Points in the language of the page where there are any, else in German. */
export function pointsIn<Part extends string>(content: Bilingual<Part>, part: Part, locale: Locale): Said[] {
  const english = content[`${part}En` as const];
  return locale === 'en' && english.length > 0 ? english.map((text) => ({ text, lang: 'en' })) : germanPoints(content[part]);
}

/** What the master text leaves to the municipality. */
const leftOpen = /je nach (Gemeinde|Satzung)|depend(s|ing) on the (municipality|local statute)/;

/** What a place adds, and what of the master text still holds then: the municipality has said what that had left open. */
export function withLocal(own: readonly Said[], added: readonly Said[]): Said[] {
  if (added.length === 0) return [...own];
  return [...added, ...own.filter(({ text }) => !leftOpen.test(text))];
}

/** The note of a place in the language of the page where there is one, else in German. */
export const noteIn = ({ note, noteEn }: Pick<SupplementContent, 'note' | 'noteEn'>, locale: Locale): Said =>
  locale === 'en' && noteEn !== '' ? { text: noteEn, lang: 'en' } : germanText(note);

const germanText = (text: string): Said => ({ text, lang: 'de' });

export const germanPoints = (texts: readonly string[]): Said[] => texts.map(germanText);
