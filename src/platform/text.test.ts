import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from './errors.ts';
import { oneLine, seenLine, seenOnly } from './text.ts';

const refusedWith = (code: string) => (error: unknown) => error instanceof Failure && error.code === code;

test('a line is trimmed, in NFC, with single spaces', () => {
  assert.equal(oneLine('  Jo\u0308rg \u00a0 Mu\u0308ller\t', 'name'), 'Jörg Müller');
});

test('nothing, too much and what cannot be seen are refused', () => {
  assert.throws(() => oneLine(' \t ', 'name'), refusedWith('platform.textMissing'));
  assert.throws(() => oneLine('x'.repeat(11), 'name', { most: 10 }), refusedWith('platform.textTooLong'));
  for (const hidden of ['\u0000', '\n', '\u202e', '\ufeff', '\ud800', '\u2066'])
    assert.throws(() => oneLine(`An${hidden}na`, 'name'), refusedWith('platform.textUnseen'), JSON.stringify(hidden));
});

test('what nobody sees and what turns the direction of writing goes; lines stay where there may be lines', () => {
  const typed = 'Ha\u0000n\ufeffs\u202egro.live\u2069\tVogel\u2028\r\nund\u0007 Söhne\ud800';
  assert.equal(seenOnly(typed), 'Hansgro.live\tVogel\r\nund Söhne');
  assert.equal(seenLine(` ${typed}\n`), 'Hansgro.live Vogel und Söhne');
  assert.equal(seenOnly('Łukasz O’Brien-Müller, 李, محمد'), 'Łukasz O’Brien-Müller, 李, محمد');
});
