import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldsOf, noteField, type SentFields } from './sent-fields.ts';

test('one field more is one step, however many of its name there are', () => {
  const fields: SentFields = new Map();
  noteField(fields, 'a', '1');
  const list = fields.get('a');
  noteField(fields, 'a', '2');
  noteField(fields, 'b', '3');
  assert.equal(fields.get('a'), list);
  assert.deepEqual(
    [...fields],
    [
      ['a', ['1', '2']],
      ['b', ['3']],
    ],
  );
});

test('fields are read in their order, and files are left out', () => {
  const form = new FormData();
  form.append('a', '1');
  form.append('file', new Blob(['x']), 'x.txt');
  form.append('a', '2');
  assert.deepEqual([...fieldsOf(form)], [['a', ['1', '2']]]);
});
