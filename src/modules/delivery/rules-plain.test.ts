import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowsOfXml } from './foreign-xml.ts';
import { foreignLimits, rowsOfJson } from './rules-foreign.ts';
import { readMetadata, readOurData } from './rules-metadata.ts';
import { isPlain } from './rules-plain.ts';

const nested = (depth: number): unknown => (depth === 0 ? 'x' : [nested(depth - 1)]);

test('what the database cannot keep and what has no end is not plain', () => {
  for (const good of ['Łukasz 🐕', { a: [1, null, true, { b: '' }] }, nested(20)]) assert.ok(isPlain(good));
  for (const bad of ['a\0b', 'a\ud800b', { 'a\0': 1 }, [{ a: ['\udc00'] }], nested(40)]) assert.ok(!isPlain(bad));
});

test('such data and metadata are told to their sender as wrong, and not tried again and again', () => {
  const whole = {
    reference: 'R1',
    form: 'hundesteuer',
    version: 1,
    sentAt: '2026-11-22T08:00:00Z',
    title: { de: 'T', en: 'T' },
    applicant: 'Anna Apel',
    locale: 'de',
    data: {},
    summary: { de: [], en: [] },
  };
  assert.ok(readOurData(JSON.stringify(whole)));
  for (const data of [{ x: 'a\0b' }, { x: '\ud800' }, { x: nested(500) }])
    assert.equal(readOurData(JSON.stringify({ ...whole, data })), null);
  const metadata = { contentStructure: { attachments: [] } };
  assert.ok(!('fault' in readMetadata(JSON.stringify(metadata))));
  const named = { ...metadata, additionalReferenceInfo: { senderReference: 'a\0b' } };
  assert.deepEqual(readMetadata(JSON.stringify(named)), { fault: '/', isSyntax: false });
});

test('of foreign data is shown what can be kept; the document itself stays beside it', () => {
  assert.deepEqual(rowsOfJson('{"a":"x\\u0000y\\ud800z\\u202e"}'), [{ label: 'a', value: 'xyz' }]);
  const long = `${'x'.repeat(foreignLimits.value - 2)}🐕🐕`;
  for (const rows of [rowsOfJson(JSON.stringify({ a: long })), rowsOfXml(`<a>x${long}</a>`)])
    assert.ok(rows?.[0]?.value.isWellFormed());
});
