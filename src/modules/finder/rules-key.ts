import type { EntryKind } from './rules-content.ts';

/** Keys stand in addresses: what they are made of when nobody types one. */

const longest = 80;

const spelled: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };

/** Small letters, digits and dashes: “Hündchen anmelden” → `huendchen-anmelden`. */
const slug = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[äöüß]/g, (letter) => spelled[letter] ?? letter)
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, longest);

type Named = {
  /** What the editor typed; empty: nothing. */
  readonly typed: string;
  readonly content: Readonly<Record<string, unknown>>;
  /** Official key of the area the editors speak for. */
  readonly own: string;
};

/**
 * The key of a new entry. A supplement and a rule are about a service in an area, and there is one of each; an authority's key
 * begins with the area it works for, so that what is typed only tells it apart.
 */
export function proposedKey(kind: EntryKind, { typed, content, own }: Named): string {
  if (kind === 'service' || kind === 'lifeEvent') return typed || slug(String(content.title ?? ''));
  if (kind === 'authority') {
    if (typed === '') return own;
    return /^\d/.test(typed) ? typed : `${own}.${slug(typed)}`;
  }
  const service = content.service === '*' ? 'alle' : content.service;
  return `${service}.${content.area}`;
}
