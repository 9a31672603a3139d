/** Colours white letters can be read on: WCAG 2.1, 1.4.3, at least 4.5 to 1. */
export const avatarColours = [
  ...['#204aa8', '#0b6b50', '#8a2d6a', '#7a4a00', '#5b3aa6', '#a02c2c'],
  ...['#12607a', '#4c6100', '#914013', '#3f5468', '#8b2a8b', '#1b6b2f'],
] as const;

/** What somebody may send as their own picture: what a camera or a telephone makes. */
export const pictureLimits = {
  bytes: 16 * 1_048_576,
  /** Edge on one's own page: twice what it takes there, for screens with small dots. */
  shownPixels: 256,
};

/** Sizes that are drawn, in pixels; others become the next larger one, so that nobody can have a thousand of them drawn. */
export const avatarSizes = [64, 128, 256, 512] as const;
export type AvatarSize = (typeof avatarSizes)[number];

/** The size that is drawn for the one that was asked for. */
export function avatarSizeOf(asked: number): AvatarSize {
  return avatarSizes.find((size) => size >= asked) ?? 512;
}

/** The letters our typeface has. */
const letter = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]\p{M}*/u;

/** The initials of the first and the last name, as one would write them beneath a note; a question mark without any letter. */
export function initialsOf(name: string): string {
  const letters = name
    .normalize('NFC')
    .split(/[\s-]+/)
    .flatMap((word) => letter.exec(word)?.[0] ?? []);
  const [first = '?'] = letters;
  const last = letters.length > 1 ? (letters.at(-1) as string) : '';
  return (first + last).toLocaleUpperCase('de');
}

/** A colour for a person: always the same one, whatever they are called later. */
export function avatarColourOf(account: number): string {
  // Neighbouring ids are colleagues: 5 is prime to 12, so that they differ.
  return avatarColours[(account * 5) % avatarColours.length] as string;
}
