import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { needsShared, sharedPath } from '../../../test/shared.ts';
import { fimNamespace, readFimSchema } from './rules-fim.ts';
import { formOfSchema } from './rules-fim-form.ts';
import { readFimRule } from './rules-fim-rule.ts';
import { noAnswers, walk } from './rules-flow.ts';

const field = (id: string, label: string, more: string, counts = '1:1') => `
  <x:struktur><x:anzahl>${counts}</x:anzahl><x:enthaelt><x:datenfeld><x:identifikation><x:id>${id}</x:id></x:identifikation>
  <x:name>${label}</x:name>${more}</x:datenfeld></x:enthaelt></x:struktur>`;
const type = (code: string, kind = 'input') =>
  `<x:feldart><code>${kind}</code></x:feldart><x:datentyp><code>${code}</code></x:datentyp>`;
const schema = (inner: string, before = '') => `${before}<x:xdatenfelder.stammdatenschema.0102 xmlns:x="${fimNamespace}">
  <x:stammdatenschema><x:identifikation><x:id>S00000000001</x:id><x:version>1.0.0</x:version></x:identifikation>
  <x:name>Probe</x:name>${inner}</x:stammdatenschema></x:xdatenfelder.stammdatenschema.0102>`;

const probe = schema(`
  <x:regel><x:identifikation><x:id>R00000000001</x:id></x:identifikation>
    <x:freitextRegel>WENN F00000000001 "Vertreten" = JA, DANN aktiviere F00000000002 "Wer" und mache es zu einer Pflichtangabe.</x:freitextRegel></x:regel>
  <x:regel><x:identifikation><x:id>R00000000002</x:id></x:identifikation><x:freitextRegel>Alles muss stimmen.</x:freitextRegel></x:regel>
  ${field('F00000000001', 'Vertreten', type('bool'))}
  ${field('F00000000002', 'Wer', type('text'), '0:1')}
  ${field('F00000000003', 'Land', `${type('text', 'select')}<x:codelisteReferenz><x:canonicalIdentification>urn:laender</x:canonicalIdentification></x:codelisteReferenz>`)}`);

test('a schema becomes a form: a rule a condition, and what cannot be said is listed', () => {
  const { definition, left } = formOfSchema(readFimSchema(probe), 'hundesteuer');
  assert.deepEqual(
    definition.pages.map(({ fields }) => fields.map(({ key }) => key)),
    [['f00000000001'], ['f00000000002', 'f00000000003']],
  );
  const who = definition.pages[1]?.fields[0];
  assert.deepEqual([who?.isOptional, who?.when], [undefined, { op: 'eq', args: [{ field: 'f00000000001' }, { value: true }] }]);
  assert.deepEqual(left.map(({ why }) => why).sort(), ['codeList', 'rule']);
});

test('what is no schema is refused: entities, other roots, other namespaces, broken XML', () => {
  const refused = { code: 'forms.fimForm' };
  const evil = '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c SYSTEM "file:///etc/passwd">]>';
  assert.throws(() => readFimSchema(schema('<x:hilfetext>&c;</x:hilfetext>', evil)), refused);
  assert.throws(() => readFimSchema(schema('<x:hilfetext>&c;</x:hilfetext>')), refused);
  assert.throws(() => readFimSchema('<a/>'), refused);
  assert.throws(() => readFimSchema(probe.replaceAll('3.0.0', '2.0.0')), refused);
  assert.throws(() => readFimSchema(probe.slice(0, -20)), refused);
  assert.throws(() => readFimSchema(''), refused);
});

test('a schema in which everything is about everything is read in one go; one with more than a form holds is refused', () => {
  const many = (count: number, one: (number: string) => string) =>
    Array.from({ length: count }, (_, index) => one(String(index).padStart(11, '0'))).join('');
  const rule = (id: string) => `<x:regel><x:identifikation><x:id>R${id}</x:id></x:identifikation>
    <x:freitextRegel>WENN F00000000000 = JA, DANN aktiviere G${id}.</x:freitextRegel></x:regel>`;
  const group = (id: string) => `<x:struktur><x:anzahl>1:1</x:anzahl><x:enthaelt><x:datenfeldgruppe>
    <x:identifikation><x:id>G${id}</x:id></x:identifikation>${field('F00000000000', 'Ja?', type('bool'))}
    </x:datenfeldgruppe></x:enthaelt></x:struktur>`;
  const refused = { code: 'forms.fimForm', params: { detail: 'size' } };
  const read = (rules: number, groups: number) => readFimSchema(schema(many(rules, rule) + many(groups, group)));
  assert.throws(() => read(501, 1), refused);
  assert.throws(() => read(1, 501), refused);
  // Every rule is held against every group; with a thousand times as much to read this would never end.
  assert.throws(() => formOfSchema(read(500, 500), 'hundesteuer'), { code: 'forms.definitionForm' });
});

test('sentences of any kind are read without breaking', () => {
  const piece = fc.constantFrom(
    'WENN',
    'DANN',
    'aktiviere',
    'deaktiviere',
    'F00000000001',
    'G00000000002',
    '= JA',
    '= 001',
    '"x"',
    'ODER',
    'SONST',
    'nicht',
    ',',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 20 }), (words) => {
      for (const meaning of readFimRule(words.join(' '))) assert.ok(meaning.kind !== 'show' || meaning.when.length > 0);
    }),
  );
});

test('all 28 schemas of the collection become forms that can be walked through', needsShared, () => {
  const folder = sharedPath('fim-xdatenfelder', 'fimportal-xdf3');
  const files = readdirSync(folder).filter((name) => name.endsWith('.xdf.xml'));
  assert.equal(files.length, 28);
  let [rules, left] = [0, 0];
  for (const name of files) {
    const made = formOfSchema(readFimSchema(readFileSync(`${folder}/${name}`, 'utf8')), 'hundesteuer');
    const asked = made.definition.pages.flatMap(({ fields }) => fields);
    assert.ok(asked.length > 5, name);
    const way = walk(made.definition, { answers: noAnswers, files: [], seen: new Set(), today: '2026-11-23', params: {} });
    assert.ok(way.pages.length > 0);
    rules += made.rules;
    left += made.left.filter(({ why }) => why === 'rule' || why === 'order').length;
  }
  // Of the rules of the collection this many are left to an editor; fewer is better, more is a step back.
  assert.deepEqual([rules, left <= 66], [276, true], `${left} of ${rules} rules are left`);
});
