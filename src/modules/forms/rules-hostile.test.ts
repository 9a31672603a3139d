import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asFailure } from '#platform/errors';
import { checkDefinition, type Definition, definitionLimits } from './rules-definition.ts';
import { findingsOf } from './rules-edit-check.ts';
import type { Expression } from './rules-expression.ts';
import { walk } from './rules-flow.ts';

/** Definitions somebody means ill with: each is refused with the limit by name, or costs nothing. */

const t = (text: string) => ({ de: text, en: text });
const text = (key: string) => ({ key, kind: 'text' as const, label: t(key) });
const number = (key: string) => ({ key, kind: 'number' as const, label: t(key) });

function form(more: Partial<Definition> = {}): Definition {
  return {
    key: 'probe',
    service: 'probe',
    title: t('Probe'),
    intro: t('Probe'),
    needs: [],
    legal: ['Satzung'],
    assurance: { level: 'none', source: t('Satzung') },
    minutes: 1,
    days: 1,
    pages: [{ key: 'one', title: t('Eins'), fields: [text('name')] }],
    calculations: [],
    parameters: [],
    fee: { kind: 'none' },
    declaration: t('Ja'),
    contact: { name: ['name'] },
    ...more,
  };
}

/** What a definition is refused for, as the sentence says it. */
function refusal(definition: unknown): string {
  try {
    checkDefinition(definition);
    return '';
  } catch (error) {
    const { code, params } = asFailure(error);
    return `${code} ${params.field}: ${params.detail}`;
  }
}

const noAnswers = { plain: {}, items: {} };
const given = { answers: noAnswers, files: [], params: {}, today: '2026-11-23', seen: new Set<string>() };

test('too many pages, questions, choices: the limit is named', () => {
  const page = (key: string, count: number) => ({
    key,
    title: t(key),
    fields: Array.from({ length: count }, (_none, index) => text(`${key}q${index}`)),
  });
  const many = (pages: number, each: number) =>
    form({ pages: Array.from({ length: pages }, (_none, at) => page(`p${at}`, each)) });
  assert.match(refusal(many(1, 10_000)), /forms\.definitionForm \/pages\/0\/fields: .*40/);
  assert.match(refusal(many(10_000, 1)), /forms\.definitionForm \/pages: .*150/);
  assert.match(refusal({ ...many(100, 10), contact: { name: [] } }), new RegExp(`more than ${definitionLimits.fields} fields`));
  const options = Array.from({ length: 10_000 }, (_none, index) => ({ value: `v${index}`, label: t('Ja') }));
  const choice = { key: 'pick', kind: 'choice' as const, label: t('Wahl'), options };
  assert.match(refusal(form({ pages: [{ key: 'one', title: t('Eins'), fields: [text('name'), choice] }] })), /options: .*300/);
});

test('no circle can be written down: conditions look back, calculations at those above', () => {
  const at = (key: string, field: string) => ({ key, title: t(key), when: { field }, fields: [text(`${key}Name`)] });
  const pages = [{ key: 'one', title: t('Eins'), fields: [text('name')] }];
  assert.match(refusal(form({ pages: [...pages, at('two', 'threeName'), at('three', 'twoName')] })), /pages\/two: .*threeName/);
  assert.match(refusal(form({ pages: [...pages, at('two', 'twoName')] })), /pages\/two: .*twoName/);
  const calc = (key: string, of: string) => ({ key, label: t(key), kind: 'number' as const, value: { calc: of } });
  assert.match(refusal(form({ calculations: [calc('a', 'b'), calc('b', 'a')] })), /calculations\/a: .*“b”/);
  assert.match(refusal(form({ calculations: [calc('a', 'a')] })), /calculations\/a: .*“a”/);
});

test('a condition grows neither deep nor wide without an end, and nothing of it is anything but data', () => {
  let deep: Expression = { value: true };
  for (let depth = 0; depth < 20_000; depth += 1) deep = { op: 'not', args: [deep] };
  const name = { field: 'name' };
  const wide: Expression = { op: 'or', args: Array.from({ length: 41 }, () => name) };
  const bushy: Expression = {
    op: 'or',
    args: Array.from({ length: 40 }, () => ({ op: 'and' as const, args: [name, name, name, name, name] })),
  };
  const foreign = { op: 'constructor', args: [] } as unknown as Expression;
  for (const when of [deep, wide, bushy, foreign, { value: 'x'.repeat(301) }, { call: 'x' } as unknown as Expression]) {
    const two = { key: 'two', title: t('Zwei'), when, fields: [text('other')] };
    const pages = [...form().pages, two];
    assert.match(refusal(form({ pages })), /^forms\.(expressionForm|definitionForm) \/pages/);
    assert.ok(findingsOf(form({ pages })).some(({ weight }) => weight === 'wrong'));
  }
});

test('calculations that use each other again and again are worked out once each', () => {
  const value = (of: string): Expression => ({ op: 'add', args: Array.from({ length: 40 }, () => ({ calc: of })) });
  const first = { key: 'c0', label: t('c'), kind: 'number' as const, value: { value: 1 } };
  const calculations = Array.from({ length: definitionLimits.calculations - 1 }, (_none, index) => ({
    key: `c${index + 1}`,
    label: t('c'),
    kind: 'number' as const,
    value: value(`c${index}`),
  }));
  const definition = checkDefinition(form({ calculations: [first, ...calculations] }));
  assert.equal(walk(definition, given).calculated.length, definitionLimits.calculations);
});

test('repeats of repeats are refused: fifty entries over fifty entries, twelve deep, have no end', () => {
  const pages = [
    {
      key: 'dogs',
      title: t('Hunde'),
      repeat: { min: 1, max: 50, item: t('Hund'), another: t('Noch einer') },
      fields: [number('weight')],
    },
    { key: 'one', title: t('Eins'), fields: [text('name')] },
  ];
  const calculations = (value: Expression) => [{ key: 'all', label: t('Alle'), kind: 'number' as const, value }];
  const once: Expression = { sum: 'dogs', of: { field: 'weight' } };
  assert.equal(refusal(form({ pages, calculations: calculations({ sum: 'dogs', of: { value: 1 } }) })), '');
  for (const inner of [once, { op: 'add', args: [once] }, { some: 'dogs', where: { value: true } }] as const)
    assert.match(refusal(form({ pages, calculations: calculations({ sum: 'dogs', of: inner }) })), /repeat within a repeat/);
});

test('a fee beyond every sum is unknown and never a wrong one', () => {
  const fee = (amount: Expression): Definition['fee'] => ({ kind: 'sum', items: [{ key: 'f', label: t('Gebühr'), amount }] });
  const huge: Expression = { op: 'mul', args: [{ value: 2 ** 53 }, { value: 2 ** 53 }] };
  for (const amount of [
    huge,
    { op: 'mul', args: [{ value: 1e308 }, { value: 1e308 }] },
    { value: 2 ** 53 },
    { value: -1 },
    { value: 0.5 },
    { op: 'sub', args: [{ value: 1 }, { value: 2 }] },
  ] as const)
    assert.equal(walk(checkDefinition(form({ fee: fee(amount) })), given).fee, null, JSON.stringify(amount));
  assert.deepEqual(walk(checkDefinition(form({ fee: fee({ value: 99_999_900 }) })), given).fee?.kind, 'sum');
  assert.equal(walk(checkDefinition(form({ fee: fee({ value: 99_999_901 }) })), given).fee, null);
});

test('keys that mean something elsewhere are refused: every object has them from birth, or an address is made of them', () => {
  const withKey = (key: string) => form({ pages: [{ key: 'one', title: t('Eins'), fields: [text('name'), text(key)] }] });
  for (const key of ['__proto__', 'constructor.prototype', 'a-b', '../x', 'a b', ''])
    assert.match(refusal(withKey(key)), /key: /);
  for (const key of ['constructor', 'toString', 'hasOwnProperty', 'valueOf'])
    assert.match(refusal(withKey(key)), new RegExp(`/${key}: reserved`));
});
