import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { avatarColourOf, avatarColours, avatarSizeOf, avatarSizes, initialsOf } from './rules-avatar.ts';

/** WCAG 2.1, "contrast ratio" against white. */
function contrastWithWhite(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}

test('white letters can be read on every colour', () => {
  for (const colour of avatarColours) assert.ok(contrastWithWhite(colour) >= 4.5, `${colour} ${contrastWithWhite(colour)}`);
});

test('initials are those of the first and the last name', () => {
  const expected: readonly (readonly [string, string])[] = [
    ['Anna Apel', 'AA'],
    ['Dr. Hans-Jürgen von der Öhe', 'DÖ'],
    ['ömer çelik', 'ÖÇ'],
    ['ömer'.normalize('NFD'), 'Ö'],
    ['Poststelle', 'P'],
    ['Αθηνά Παπαδοπούλου', 'ΑΠ'],
    ['(2. Etage) Drucker', 'ED'],
    ['李小龍', '?'],
    ['42', '?'],
    ['🏛️', '?'],
  ];
  for (const [name, initials] of expected) assert.equal(initialsOf(name), initials, name);
});

test('whatever the name, initials are short; whoever it is, the colour is one of ours', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1 }), (name, account) => {
      assert.ok(initialsOf(name).length > 0);
      assert.ok([...new Intl.Segmenter('de').segment(initialsOf(name))].length <= 4);
      assert.ok((avatarColours as readonly string[]).includes(avatarColourOf(account)));
    }),
  );
  const neighbours = Array.from({ length: avatarColours.length }, (_, account) => avatarColourOf(account));
  assert.equal(new Set(neighbours).size, avatarColours.length, 'twelve colleagues in a row have twelve colours');
});

test('sizes are rounded up to those that are drawn', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), (asked) => {
      const size = avatarSizeOf(asked);
      assert.ok(avatarSizes.includes(size) && (size >= asked || size === 512));
    }),
  );
});
