import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { csvCell } from './csv.ts';

test('no cell of a table is a formula, wherever a program splits it', () => {
  assert.equal(csvCell('=HYPERLINK("x")'), `"'=HYPERLINK(""x"")"`);
  assert.equal(csvCell('Stelle; "A"'), '"Stelle; ""A"""');
  assert.equal(csvCell('Gruppe 1,=2+2'), '"Gruppe 1,=2+2"');
  assert.equal(csvCell('zwei\nZeilen'), '"zwei\nZeilen"');
  assert.equal(csvCell(-1), '-1');
  fc.assert(fc.property(fc.string(), (text) => assert.doesNotMatch(csvCell(text), /^[=+\-@\t\r]/)));
});
