import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from './errors.ts';
import { oneLine } from './text.ts';

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
