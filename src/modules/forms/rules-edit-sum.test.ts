import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { definitions } from './catalogue/index.ts';
import { checkDefinition, type Definition } from './rules-definition.ts';
import { type Change, changed, completed, emptyForm } from './rules-edit.ts';
import { findingsOf } from './rules-edit-check.ts';
import { expressionOfRecipe, type Recipe, readRecipe, recipeOf, sourcesFor, type TypedSum, type Unit } from './rules-edit-sum.ts';
import { amountInWords, exampleOf, sumAt } from './rules-edit-sum-words.ts';
import { checkExpression, on } from './rules-expression.ts';
import type { RawAnswers } from './rules-field.ts';
import { type Answers, walk } from './rules-flow.ts';

const t = (de: string, en = `${de} (en)`) => ({ de, en });
const steps = (form: Definition, ...changes: readonly Change[]) => changes.reduce(changed, form);

/** A hall by the day, with guests, extras and stalls. */
const bare = steps(
  { ...emptyForm('ellrich-halle', 'halle', t('Halle mieten')), legal: ['Satzung'] },
  { kind: 'addPage', title: t('Was') },
  { kind: 'addField', page: 'was', fieldKind: 'choice', label: t('Größe') },
  { kind: 'addField', page: 'was', fieldKind: 'number', label: t('Tage') },
  { kind: 'addField', page: 'was', fieldKind: 'money', label: t('Einnahmen') },
  { kind: 'addField', page: 'was', fieldKind: 'several', label: t('Dazu') },
  { kind: 'addField', page: 'was', fieldKind: 'yesNo', label: t('Gemeinnützig') },
  { kind: 'addPage', title: t('Stände') },
  { kind: 'addField', page: 'staende', fieldKind: 'number', label: t('Meter') },
  {
    kind: 'setPage',
    page: 'staende',
    title: t('Stände'),
    hint: t('', ''),
    repeat: { min: 1, max: 9, item: t('Stand'), another: t('Weiterer Stand') },
  },
  { kind: 'setField', field: 'tage', content: { label: t('Tage'), min: 1, max: 30 } },
);
const hall = steps(
  bare,
  { kind: 'addItem', label: t('Miete') },
  { kind: 'addValue', label: t('Meter zusammen'), unit: 'number' },
);
const none = { least: null, most: null };
const setItem = (form: Definition, recipe: Recipe) =>
  changed(form, {
    kind: 'setSum',
    spot: { item: 'miete' },
    label: t('Miete'),
    source: 'Entgeltordnung',
    amount: expressionOfRecipe(recipe, 'money', form),
  });
const walked = (form: Definition, plain: RawAnswers, items: Answers['items'] = {}) =>
  walk(completed(form), { answers: { plain, items }, files: [], seen: new Set(), today: '2026-11-22', params: {} });
const example = (form: Definition, plain: RawAnswers, items?: Answers['items']) => {
  const sum = sumAt(form, { item: 'miete' });
  assert.ok(sum);
  return exampleOf(sum, form, walked(form, plain, items).scope).text.de;
};
const said = (form: Definition, weight: 'wrong' | 'hint' = 'wrong') =>
  findingsOf(form)
    .filter((finding) => finding.weight === weight)
    .map(({ text }) => text.de);
const owed = (form: Definition, plain: RawAnswers, items?: Answers['items']) => {
  const { fee } = walked(form, plain, items);
  return fee === null ? null : fee.kind === 'sum' ? fee.cents : 0;
};

test('an amount times a number, with its worked example and its limits', () => {
  const times = setItem(hall, { how: 'times', amount: 4500, source: 'tage', ...none });
  assert.equal(owed(times, { tage: '2' }), 9000);
  assert.equal(example(times, { tage: '2' }), '90,00 € = 2 × 45,00 €');
  assert.equal(example(times, {}), 'noch nicht beantwortet');
  assert.equal(
    amountInWords(expressionOfRecipe({ how: 'times', amount: 4500, source: 'tage', ...none }, 'money', hall), 'money', hall).de,
    '45,00 € × „Tage“',
  );
  const limited = setItem(hall, { how: 'times', amount: 4500, source: 'tage', least: 6000, most: 20000 });
  assert.equal(owed(limited, { tage: '1' }), 6000);
  assert.equal(example(limited, { tage: '1' }), '60,00 € (1 × 45,00 € = 45,00 €, mindestens 60,00 €, höchstens 200,00 €)');
  assert.equal(owed(limited, { tage: '30' }), 20000);
  assert.equal(owed(limited, {}), 0);
  checkDefinition(completed(limited));
});

test('by choice, a share, a sum, and counted entries', () => {
  const table = setItem(hall, {
    how: 'table',
    field: 'groesse',
    rows: [
      ['a1', 1000],
      ['a2', 2500],
    ],
    ...none,
  });
  assert.equal(owed(table, { groesse: 'a2' }), 2500);
  assert.equal(example(table, { groesse: 'a2' }), '25,00 € („Zweite Auswahl“)');
  const several = setItem(hall, {
    how: 'table',
    field: 'dazu',
    rows: [
      ['a1', 1000],
      ['a2', 2500],
    ],
    ...none,
  });
  assert.equal(owed(several, { dazu: ['a1', 'a2'] }), 3500);
  assert.equal(example(several, { dazu: ['a1', 'a2'] }), '35,00 € = 10,00 € („Erste Auswahl“) + 25,00 € („Zweite Auswahl“)');
  const share = setItem(hall, { how: 'share', percent: 0.5, source: 'einnahmen', ...none });
  assert.equal(owed(share, { einnahmen: '1.000,30' }), 500);
  assert.equal(example(share, { einnahmen: '3000' }), '15,00 € = 0,5 % von 3.000,00 €');
  const stalls = setItem(hall, { how: 'times', amount: 300, source: 'sum:meter', ...none });
  const items = { staende: [{ meter: '2' }, { meter: '5' }] };
  assert.equal(owed(stalls, {}, items), 2100);
  assert.equal(example(stalls, {}, items), '21,00 € = 7 × 3,00 €');
  const each = setItem(hall, { how: 'times', amount: 300, source: 'count:staende', ...none });
  assert.equal(owed(each, {}, items), 600);
  assert.equal(owed(each, {}), 0);
  for (const form of [table, several, share, stalls, each]) checkDefinition(completed(form));
});

test('a part is owed under a condition, and all of it is free under another', () => {
  const times = setItem(hall, { how: 'times', amount: 4500, source: 'tage', ...none });
  const large = changed(times, { kind: 'setWhen', spot: { item: 'miete' }, when: on.is('groesse', 'a2') });
  assert.equal(owed(large, { tage: '2', groesse: 'a1' }), 0);
  assert.equal(example(large, { tage: '2', groesse: 'a1' }), 'fällt bei diesen Antworten nicht an');
  assert.equal(owed(large, { tage: '2', groesse: 'a2' }), 9000);
  const free = changed(large, { kind: 'setWhen', spot: { free: true }, when: on.is('gemeinnuetzig', true) });
  assert.equal(owed(free, { tage: '2', groesse: 'a2', gemeinnuetzig: 'yes' }), 0);
  assert.equal(owed(free, { tage: '2', groesse: 'a2', gemeinnuetzig: 'no' }), 9000);
  checkDefinition(completed(free));
  assert.deepEqual(said(free), []);
  const gone = changed(free, { kind: 'removeField', field: 'gemeinnuetzig' });
  assert.match(said(gone).join(), /„Gebührenfrei“ hängt von etwas ab, das es nicht mehr gibt/);
});

test('a value reckons with those above it, and with no circle; it stands in the summary', () => {
  const two = steps(
    hall,
    {
      kind: 'setSum',
      spot: { value: 'meterZusammen' },
      label: t('Meter zusammen'),
      source: '',
      amount: expressionOfRecipe({ how: 'sum', sources: ['sum:meter', 'tage'], ...none }, 'number', hall),
    },
    { kind: 'addValue', label: t('Doppelt'), unit: 'number' },
  );
  assert.deepEqual(
    sourcesFor(two, { value: 'meterZusammen' }).map(({ key }) => key),
    ['tage', 'einnahmen', 'count:staende', 'sum:meter'],
  );
  assert.ok(sourcesFor(two, { value: 'doppelt' }).some(({ key }) => key === 'calc:meterZusammen'));
  const form = changed(two, {
    kind: 'setSum',
    spot: { value: 'doppelt' },
    label: t('Doppelt'),
    source: '',
    amount: expressionOfRecipe({ how: 'times', amount: 2, source: 'calc:meterZusammen', ...none }, 'number', two),
  });
  const { calculated } = walked(form, { tage: '3' }, { staende: [{ meter: '4' }] });
  assert.deepEqual(
    calculated.map(({ value }) => value),
    [7, 14],
  );
  assert.throws(() => changed(form, { kind: 'moveSum', spot: { value: 'doppelt' }, by: -1 }), {
    code: 'forms.editValueOrder',
    params: { value: 'Doppelt', other: 'Meter zusammen' },
  });
  const self = { calc: 'doppelt' };
  const circle = { ...form, calculations: form.calculations.map((one) => ({ ...one, value: self })) };
  assert.match(said(circle).join(), /Ein Wert kann nur mit Werten rechnen, die über ihm stehen/);
  assert.throws(() => checkDefinition(completed(circle)));
  const gone = changed(form, { kind: 'removeSum', spot: { value: 'meterZusammen' } });
  assert.match(said(gone).join(), /„Doppelt“ hängt von etwas ab/);
});

test('a row that is missing, an answer that may be empty and a number without limits are said', () => {
  const rows = [['a1', 1000]] as const;
  const short = setItem(hall, { how: 'table', field: 'groesse', rows, ...none });
  assert.deepEqual(said(short), [
    'In „Miete“ fehlt der Betrag für die Auswahl „Zweite Auswahl“. Schreiben Sie 0, wenn sie nichts kostet.',
  ]);
  const times = setItem(hall, { how: 'times', amount: 1, source: 'tage', ...none });
  const empty = changed(times, { kind: 'setField', field: 'tage', content: { label: t('Tage'), isOptional: true } });
  assert.match(said(empty).join(), /„Miete“ rechnet mit „Tage“. Diese Frage darf leer bleiben/);
  const open = setItem(hall, { how: 'times', amount: 1, source: 'sum:meter', ...none });
  assert.match(said(open, 'hint').join(), /„Meter“ hat keinen kleinsten Wert.*„Meter“ hat keinen größten Wert/);
  const many = setItem(hall, { how: 'times', amount: 1, source: 'meter', ...none });
  assert.match(said(many).join(), /wird mehrmals beantwortet/);
});

test('what is typed is read with its limits; nothing else gets in', () => {
  const typed: TypedSum = {
    how: 'times',
    amount: '45',
    percent: '',
    source: 'tage',
    sources: [],
    field: '',
    rows: {},
    least: '',
    most: '',
  };
  const read = (change: Partial<TypedSum>, unit: Unit = 'money') =>
    readRecipe({ ...typed, ...change }, { form: hall, spot: { item: 'miete' }, unit });
  assert.deepEqual(read({}), { how: 'times', amount: 4500, source: 'tage', ...none });
  for (const amount of ['', 'viel', '-1', '1e9', '9999999999', 'Infinity', '<b>1</b>'])
    assert.throws(() => read({ amount }), { code: 'forms.numberForm' }, amount);
  for (const source of ['', 'weg', 'meter', 'groesse', 'einnahmen', '__proto__', 'calc:constructor'])
    assert.throws(() => read({ source }), { code: 'forms.editSource' }, source);
  assert.throws(() => read({ how: 'table', field: 'groesse', rows: { a1: '1' } }), {
    code: 'forms.editRow',
    params: { field: 'row.a2', choice: 'Zweite Auswahl' },
  });
  assert.throws(() => read({ how: 'table', field: 'tage', rows: {} }), { code: 'forms.editFeeField' });
  assert.throws(() => read({ how: 'share', percent: '0', source: 'einnahmen' }), { code: 'forms.editPercent' });
  assert.throws(() => read({ how: 'share', percent: '5', source: 'einnahmen' }, 'number'), { code: 'forms.editSource' });
  assert.throws(() => read({ how: 'sum', sources: [] }), { code: 'forms.editSources' });
  assert.throws(() => read({ how: 'sum', sources: Array.from({ length: 1_000 }, (_none, index) => `x${index}`) }), {
    code: 'forms.editSources',
  });
  assert.throws(() => read({ least: '9', most: '1' }), { code: 'forms.editCrossed' });
});

test('a table of the engine has bounded rows, and takes own names only', () => {
  const rows = (count: number) => Array.from({ length: count }, (_none, index) => [`v${index}`, index]);
  checkExpression({ table: 'groesse', rows: rows(300) }, 'x');
  for (const wrong of [rows(301), rows(1_000), [], [['a', Number.NaN]], [['a']], [['a', 1, 2]], [['a', '1']], {}, null])
    assert.throws(() => checkExpression({ table: 'groesse', rows: wrong }, 'x'), { code: 'forms.expressionForm' });
  const odd = setItem(hall, {
    how: 'table',
    field: 'groesse',
    rows: [
      ['constructor', 5],
      ['__proto__', 7],
    ],
    ...none,
  });
  assert.equal(owed(odd, { groesse: 'a1' }), null);
});

test('whatever is set is read back as it was set, and always reckoned to whole cents that are not below nothing', () => {
  const amount = fc.integer({ min: 0, max: 99_999_900 });
  const limits = fc.record({
    least: fc.option(fc.integer({ min: 1, max: 5_000 })),
    most: fc.option(fc.integer({ min: 5_000, max: 90_000 })),
  });
  const numbers = fc.constantFrom('tage', 'count:staende', 'sum:meter');
  const recipe: fc.Arbitrary<Recipe> = fc.oneof(
    amount.map((one): Recipe => ({ how: 'fixed', amount: one, ...none })),
    fc.tuple(amount, numbers, limits).map(([one, source, two]): Recipe => ({ how: 'times', amount: one, source, ...two })),
    fc
      .tuple(fc.integer({ min: 1, max: 100_000 }), limits)
      .map(([percent, two]): Recipe => ({ how: 'share', percent: percent / 100, source: 'einnahmen', ...two })),
    fc.tuple(amount, amount, limits).map(
      ([one, other, two]): Recipe => ({
        how: 'table',
        field: 'groesse',
        rows: [
          ['a1', one],
          ['a2', other],
        ],
        ...two,
      }),
    ),
    limits.map((two): Recipe => ({ how: 'sum', sources: ['einnahmen'], ...two })),
  );
  fc.assert(
    fc.property(recipe, fc.double({ noNaN: true, min: -1e6, max: 1e6 }), fc.integer({ min: 0, max: 9 }), (one, number, count) => {
      const form = setItem(hall, one);
      const item = sumAt(form, { item: 'miete' });
      assert.ok(item);
      // The database hands back the same tree with its keys in another order.
      const stored = JSON.parse(
        JSON.stringify(item.amount, (_key, value: unknown) =>
          value && typeof value === 'object' && !Array.isArray(value)
            ? Object.fromEntries(Object.entries(value).toReversed())
            : value,
        ),
      ) as typeof item.amount;
      assert.deepEqual(recipeOf(stored, 'money', form), one);
      checkDefinition(completed(form));
      const typed = number.toFixed(2);
      const items = { staende: Array.from({ length: count }, () => ({ meter: String(Math.round(number)) })) };
      const cents = owed(form, { tage: String(Math.round(number)), einnahmen: typed, groesse: 'a1' }, items);
      assert.ok(cents === null || (Number.isSafeInteger(cents) && cents >= 0));
      const words = exampleOf(item, form, walked(form, { tage: '2' }).scope);
      assert.ok(words.text.de.length > 0 && !/NaN|undefined|Infinity/.test(words.text.de + words.text.en));
    }),
  );
});

test('the calculations of the catalogue keep their words, and pass the checks', () => {
  for (const form of definitions) {
    for (const { value, kind } of form.calculations)
      assert.ok(amountInWords(value, kind === 'money' ? 'money' : 'number', form).de.length > 3, form.key);
    assert.deepEqual(said(form), [], form.key);
  }
});
