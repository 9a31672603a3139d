import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { definitions } from './catalogue/index.ts';
import { checkDefinition, type Definition, definitionLimits } from './rules-definition.ts';
import { type Change, changed, checkSize, completed, emptyForm, pageOf } from './rules-edit.ts';
import { findingsOf, isWhole } from './rules-edit-check.ts';
import { comparisonsOf, expressionOf, readRule, rulesOf, subjectsBefore } from './rules-edit-condition.ts';
import { differencesBetween } from './rules-edit-diff.ts';
import { feeShapeOf, readFee } from './rules-edit-fee.ts';
import { readField, tidy } from './rules-edit-field.ts';
import { nameFor } from './rules-edit-list.ts';
import { neverTrue } from './rules-edit-reach.ts';
import { conditionInWords } from './rules-edit-words.ts';
import { type Expression, on } from './rules-expression.ts';
import { noAnswers, walk } from './rules-flow.ts';

const t = (de: string, en = `${de} (en)`) => ({ de, en });
const steps = (form: Definition, ...changes: readonly Change[]) => changes.reduce(changed, form);

/** A small form of a town: a place for a barbecue, with a tent or without. */
const meadow = steps(
  { ...emptyForm('ellrich-grillplatz', 'grillplatz', t('Grillplatz mieten')), legal: ['Satzung'] },
  { kind: 'addPage', title: t('Was haben Sie vor?') },
  { kind: 'addField', page: 'wasHabenSieVor', fieldKind: 'yesNo', label: t('Mit Zelt') },
  { kind: 'addField', page: 'wasHabenSieVor', fieldKind: 'choice', label: t('Größe') },
  { kind: 'addPage', title: t('Das Zelt') },
  { kind: 'addField', page: 'dasZelt', fieldKind: 'number', label: t('Fläche') },
);
const codes = (form: Definition) => findingsOf(form).filter(({ weight }) => weight === 'wrong');
const when = (form: Definition, page: string, expression: Expression) =>
  changed(form, { kind: 'setWhen', spot: { page }, when: expression });

test('a form made step by step is one the engine takes', () => {
  assert.deepEqual(codes(meadow), []);
  checkDefinition(completed(meadow));
  assert.deepEqual(
    meadow.pages.map(({ key, fields }) => [key, fields.map((field) => field.key)]),
    [
      ['wasHabenSieVor', ['mitZelt', 'groesse']],
      ['dasZelt', ['flaeche']],
    ],
  );
});

test('pages and questions move by one place, and stay where they are at the ends', () => {
  const keys = ({ pages }: Definition) => pages.map(({ key }) => key);
  const up = changed(meadow, { kind: 'movePage', page: 'dasZelt', by: -1 });
  assert.deepEqual(keys(up), ['dasZelt', 'wasHabenSieVor']);
  assert.deepEqual(keys(changed(up, { kind: 'movePage', page: 'dasZelt', by: -1 })), keys(up));
  const fields = changed(meadow, { kind: 'moveField', field: 'groesse', by: -1 }).pages[0]?.fields ?? [];
  assert.deepEqual(
    fields.map(({ key }) => key),
    ['groesse', 'mitZelt'],
  );
  assert.throws(() => changed(meadow, { kind: 'removePage', page: 'weg' }), { code: 'forms.editPageGone' });
});

test('names are made of words, never twice, and never words of addresses', () => {
  assert.equal(nameFor('Name des Hundes', new Set(), 'frage'), 'nameDesHundes');
  assert.equal(nameFor('Straße & Nr. 7', new Set(), 'frage'), 'strasseNr7');
  assert.equal(nameFor('Constructor', new Set(), 'frage'), 'constructor2');
  assert.equal(nameFor('Value of', new Set(), 'frage'), 'valueOf2');
  assert.equal(nameFor('2. Person', new Set(['person']), 'frage'), 'person2');
  assert.equal(nameFor('你好', new Set(['seite']), 'seite'), 'seite2');
  assert.equal(changed(meadow, { kind: 'addPage', title: t('Prüfen') }).pages.at(-1)?.key, 'pruefen2');
  fc.assert(
    fc.property(fc.string(), fc.array(fc.string()), (text, taken) => {
      const name = nameFor(text, new Set(taken), 'frage');
      assert.match(name, /^[a-z][a-zA-Z0-9]{0,39}$/);
      assert.ok(!taken.includes(name));
    }),
  );
});

test('a condition looks back only, and whatever does not is said in words with its place', () => {
  const ahead = when(meadow, 'wasHabenSieVor', on.is('flaeche', 3));
  const [finding] = codes(ahead);
  assert.deepEqual(finding?.place, { at: 'pageWhen', key: 'wasHabenSieVor' });
  assert.match(finding?.text.de ?? '', /erst auf dieser oder einer späteren Seite/);
  const gone = changed(when(meadow, 'dasZelt', on.is('mitZelt', true)), { kind: 'removeField', field: 'mitZelt' });
  assert.match(codes(gone)[0]?.text.de ?? '', /nicht mehr gibt/);
});

test('what nobody can get to is found, and nothing else', () => {
  const pages = (form: Definition) => neverTrue(form).map(({ page, field }) => field?.key ?? page.key);
  assert.deepEqual(pages(when(meadow, 'dasZelt', on.is('mitZelt', true))), []);
  assert.deepEqual(pages(when(meadow, 'dasZelt', on.all(on.is('groesse', 'a1'), on.is('groesse', 'a2')))), ['dasZelt']);
  assert.deepEqual(pages(when(meadow, 'dasZelt', on.either(on.is('groesse', 'a1'), on.is('groesse', 'weg')))), []);
  assert.deepEqual(pages(when(meadow, 'dasZelt', on.is('groesse', 'weg'))), ['dasZelt']);
  const third = steps(
    when(meadow, 'dasZelt', on.is('groesse', 'weg')),
    { kind: 'addPage', title: t('Drei') },
    { kind: 'addField', page: 'drei', fieldKind: 'text', label: t('Name') },
  );
  const both = (least: number, most: number) =>
    when(
      third,
      'drei',
      on.all(on.call('ge', { field: 'flaeche' }, { value: least }), on.call('le', { field: 'flaeche' }, { value: most })),
    );
  assert.deepEqual(pages(both(1, 9)), ['dasZelt', 'drei']);
  const open = changed(both(9, 1), { kind: 'setWhen', spot: { page: 'dasZelt' }, when: null });
  assert.deepEqual(pages(open), ['drei']);
});

test('a missing text, an empty choice and crossed limits are said; a missing English text is a hint', () => {
  const blank = changed(meadow, { kind: 'setPage', page: 'dasZelt', title: t('', ''), hint: t('', ''), repeat: null });
  assert.match(codes(blank)[0]?.text.de ?? '', /Überschrift der Seite fehlt/);
  const empty = changed(meadow, { kind: 'setField', field: 'groesse', content: { label: t('Größe'), options: [] } });
  assert.match(codes(empty)[0]?.text.de ?? '', /nichts zur Auswahl/);
  const crossed = changed(meadow, { kind: 'setField', field: 'flaeche', content: { label: t('Fläche'), min: 9, max: 1 } });
  assert.match(codes(crossed)[0]?.text.de ?? '', /untere Grenze größer/);
  const german = changed(meadow, { kind: 'setField', field: 'flaeche', content: { label: t('Fläche', '') } });
  assert.ok(isWhole(findingsOf(german)));
  assert.ok(findingsOf(german).some(({ weight, text }) => weight === 'hint' && /englische Text fehlt/.test(text.de)));
  assert.equal(checkDefinition(completed(german)).pages[1]?.fields[0]?.label.en, 'Fläche');
});

test('the forms of the catalogue pass the checks, and their conditions and differences have words', () => {
  for (const form of definitions) {
    assert.deepEqual(codes(form), [], form.key);
    assert.deepEqual(differencesBetween(form, form), []);
    for (const page of form.pages) {
      const said = conditionInWords(page.when, form);
      if (page.when) assert.ok(said && said.de.length > 5 && !/nicht mehr gibt/.test(said.de), form.key);
    }
  }
});

test('a rule is read, written as an expression, and read back', () => {
  const subjects = subjectsBefore(meadow, { page: 'dasZelt' });
  assert.deepEqual(
    subjects.map(({ key }) => key),
    ['mitZelt', 'groesse'],
  );
  for (const subject of subjects) {
    for (const compare of comparisonsOf(subject)) {
      const rule = readRule(subjects, { subject: subject.key, compare, value: subject.key === 'mitZelt' ? 'yes' : 'a1' });
      const back = rulesOf(expressionOf({ join: 'all', rules: [rule] }, meadow) ?? undefined);
      assert.deepEqual(back, { join: 'all', rules: [rule] });
    }
  }
  const rules = [
    { subject: 'mitZelt', compare: 'is', value: true, among: null },
    { subject: 'groesse', compare: 'isNot', value: 'a2', among: null },
  ] as const;
  const both = expressionOf({ join: 'any', rules }, meadow);
  assert.equal(rulesOf(both ?? undefined)?.rules.length, 2);
  assert.equal(conditionInWords(both ?? undefined, meadow)?.de, '„Mit Zelt“ ist Ja oder „Größe“ ist nicht „Zweite Auswahl“');
  assert.throws(() => readRule(subjects, { subject: 'flaeche', compare: 'is', value: '1' }), { code: 'forms.editSubject' });
  assert.throws(() => readRule(subjects, { subject: 'mitZelt', compare: 'atLeast', value: '1' }), { code: 'forms.editCompare' });
  assert.throws(() => readRule(subjects, { subject: 'groesse', compare: 'is', value: 'weg' }), { code: 'forms.editValue' });
});

test('a fee is fixed, by choice, or later; the engine asks for it', () => {
  const none = { label: t('', ''), source: '', hint: t('', ''), amount: '', field: '', amounts: {} };
  const fixed = changed(meadow, { kind: 'setFee', fee: readFee(meadow, { ...none, kind: 'fixed', amount: '12,50' }) });
  assert.deepEqual(feeShapeOf(fixed), { kind: 'fixed', cents: 1250 });
  const fee = readFee(meadow, { ...none, kind: 'choice', field: 'groesse', amounts: { a1: '10', a2: '25' } });
  const byChoice = changed(meadow, { kind: 'setFee', fee });
  assert.deepEqual(feeShapeOf(byChoice), { kind: 'choice', field: 'groesse', cents: { a1: 1000, a2: 2500 } });
  const given = {
    answers: { ...noAnswers, plain: { groesse: 'a2' } },
    files: [],
    seen: new Set<string>(),
    today: '2026-11-22',
    params: {},
  };
  const { fee: asked } = walk(checkDefinition(completed(byChoice)), given);
  assert.deepEqual(asked?.kind === 'sum' && asked.cents, 2500);
  assert.throws(() => readFee(meadow, { ...none, kind: 'fixed', amount: 'viel' }), { code: 'forms.numberForm' });
  assert.throws(() => readFee(meadow, { ...none, kind: 'choice', field: 'flaeche' }), { code: 'forms.editFeeField' });
  const gone = changed(byChoice, { kind: 'removeField', field: 'groesse' });
  assert.match(codes(gone)[0]?.text.de ?? '', /hängt von etwas ab, das es nicht mehr gibt/);
});

test('choices keep their value when they are renamed, moved or removed', () => {
  const [, size] = pageOf(meadow, 'wasHabenSieVor').fields;
  assert.ok(size);
  const typed = {
    label: t('Größe'),
    hint: t('', ''),
    isRequired: false,
    types: [],
    limits: {},
    option: null,
    options: [
      { value: 'a1', ...t('Klein') },
      { value: 'a2', ...t('Groß') },
      { value: '', ...t('Riesig') },
      { value: '', de: ' ', en: '' },
    ],
  };
  assert.deepEqual(
    readField(size, typed).options?.map(({ value, label }) => [value, label.de]),
    [
      ['a1', 'Klein'],
      ['a2', 'Groß'],
      ['riesig', 'Riesig'],
    ],
  );
  const order = (option: typeof typed.option | { act: 'up' | 'down' | 'remove'; at: number }) =>
    readField(size, { ...typed, option }).options?.map(({ value }) => value);
  assert.deepEqual(order({ act: 'up', at: 1 }), ['a2', 'a1', 'riesig']);
  assert.deepEqual(order({ act: 'up', at: 0 }), ['a1', 'a2', 'riesig']);
  assert.deepEqual(order({ act: 'down', at: 2 }), ['a1', 'a2', 'riesig']);
  assert.deepEqual(order({ act: 'remove', at: 0 }), ['a2', 'riesig']);
  assert.deepEqual(order({ act: 'remove', at: 99 }), ['a1', 'a2', 'riesig']);
});

test('the limits have names', () => {
  const full = {
    ...meadow,
    pages: Array.from({ length: definitionLimits.pages }, (_none, index) => ({ key: `p${index}`, title: t('P'), fields: [] })),
  };
  assert.throws(() => changed(full, { kind: 'addPage', title: t('Noch eine') }), {
    code: 'forms.editPages',
    params: { limit: definitionLimits.pages },
  });
  let page: Definition = meadow;
  for (let count = page.pages[1]?.fields.length ?? 0; count < definitionLimits.fieldsOfPage; count += 1)
    page = changed(page, { kind: 'addField', page: 'dasZelt', fieldKind: 'text', label: t('Frage') });
  assert.throws(() => changed(page, { kind: 'addField', page: 'dasZelt', fieldKind: 'text', label: t('Frage') }), {
    code: 'forms.editFieldsOfPage',
  });
  const long = 'x'.repeat(definitionLimits.line + 1);
  assert.throws(() => tidy(long, 'title'), { code: 'platform.textTooLong' });
  let deep: Expression = { field: 'mitZelt' };
  for (let depth = 0; depth < 20; depth += 1) deep = { op: 'not', args: [deep] };
  assert.throws(() => when(meadow, 'dasZelt', deep), { code: 'forms.expressionForm' });
  const heavy = { ...meadow, intro: t('x'.repeat(700_000)) };
  assert.throws(() => checkSize(heavy), { code: 'forms.editBytes' });
});

test('differences are said as somebody decides by them', () => {
  const next = steps(
    when(meadow, 'dasZelt', on.is('mitZelt', true)),
    { kind: 'addPage', title: t('Wer sind Sie?') },
    { kind: 'setField', field: 'flaeche', content: { label: t('Fläche in m²'), isOptional: true, max: 90 } },
    { kind: 'removeField', field: 'groesse' },
  );
  const said = differencesBetween(meadow, next).map(({ de }) => de);
  assert.ok(said.includes('Seite „Das Zelt“: wird nur noch gefragt, wenn „Mit Zelt“ ist Ja.'), said.join('\n'));
  assert.ok(said.includes('Seite „Wer sind Sie?“: neu, mit 0 Fragen.'));
  assert.ok(said.includes('Seite „Was haben Sie vor?“: Frage „Größe“ fällt weg.'));
  assert.ok(said.includes('Frage „Fläche in m²“: der Text war „Fläche“, ist jetzt „Fläche in m²“.'));
  assert.ok(said.includes('Frage „Fläche in m²“: ist jetzt freiwillig.'));
  assert.ok(said.includes('Frage „Fläche in m²“: der größte Wert: vorher –, jetzt 90.'));
});

test('whatever is done to a form, it stays one that can be looked at, checked and walked through', () => {
  const key = fc.constantFrom('wasHabenSieVor', 'dasZelt', 'seite', 'neu');
  const field = fc.constantFrom('mitZelt', 'groesse', 'flaeche', 'frage', 'neu');
  const by = fc.constantFrom<-1 | 1>(-1, 1);
  const change: fc.Arbitrary<Change> = fc.oneof(
    fc.record({ kind: fc.constant('addPage' as const), title: fc.constantFrom(t('Neu'), t('', ''), t('Seite')) }),
    fc.record({ kind: fc.constant('movePage' as const), page: key, by }),
    fc.record({ kind: fc.constant('removePage' as const), page: key }),
    fc.record({ kind: fc.constant('moveField' as const), field, by }),
    fc.record({ kind: fc.constant('placeField' as const), field, page: key }),
    fc.record({ kind: fc.constant('placePage' as const), page: key, after: fc.option(key) }),
    fc.record({ kind: fc.constant('removeField' as const), field }),
    fc.record({
      kind: fc.constant('addField' as const),
      page: key,
      fieldKind: fc.constantFrom('text' as const, 'choice' as const, 'file' as const, 'address' as const, 'date' as const),
      label: fc.constantFrom(t('Neu'), t('', '')),
    }),
    fc.record({
      kind: fc.constant('setWhen' as const),
      spot: fc.oneof(fc.record({ page: key }), fc.record({ field })),
      when: fc.constantFrom<Expression | null>(
        null,
        on.is('mitZelt', true),
        on.is('groesse', 'a1'),
        on.call('ge', { field: 'flaeche' }, { value: 3 }),
      ),
    }),
  );
  fc.assert(
    fc.property(fc.array(change, { maxLength: 25 }), (changes) => {
      const form = changes.reduce((now, one) => {
        try {
          return changed(now, one);
        } catch (error) {
          assert.match((error as { code: string }).code, /^forms\.edit((Page|Field)Gone|Ahead)$/);
          return now;
        }
      }, meadow);
      const given = { answers: noAnswers, files: [], seen: new Set<string>(), today: '2026-11-22', params: {} };
      walk(completed(form), given);
      differencesBetween(meadow, form);
      // What the checks let through, the engine takes.
      if (isWhole(findingsOf(form))) checkDefinition(completed(form));
    }),
  );
});
