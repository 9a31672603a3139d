import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkDefinition, type Definition } from './rules-definition.ts';
import { type Change, changed, completed, emptyForm } from './rules-edit.ts';
import { findingsOf } from './rules-edit-check.ts';
import {
  comparisonsOf,
  expressionOf,
  needsValue,
  readRule,
  rulesOf,
  subjectsBefore,
  type TypedRule,
} from './rules-edit-condition.ts';
import { conditionInWords } from './rules-edit-words.ts';
import { type Expression, isTrue, on } from './rules-expression.ts';
import type { RawAnswers } from './rules-field.ts';
import { walk } from './rules-flow.ts';

const t = (de: string, en = `${de} (en)`) => ({ de, en });
const steps = (form: Definition, ...changes: readonly Change[]) => changes.reduce(changed, form);
const today = '2026-11-22';

/** A day, an address, dogs by the entry; what is asked last depends on them. */
const club = steps(
  { ...emptyForm('ellrich-schau', 'schau', t('Hundeschau')), legal: ['Satzung'] },
  { kind: 'addPage', title: t('Wann') },
  { kind: 'addField', page: 'wann', fieldKind: 'date', label: t('Tag') },
  { kind: 'addField', page: 'wann', fieldKind: 'address', label: t('Ort der Schau') },
  { kind: 'addField', page: 'wann', fieldKind: 'text', label: t('Motto') },
  { kind: 'addPage', title: t('Hunde') },
  { kind: 'addField', page: 'hunde', fieldKind: 'choice', label: t('Art') },
  { kind: 'addField', page: 'hunde', fieldKind: 'number', label: t('Alter') },
  {
    kind: 'setPage',
    page: 'hunde',
    title: t('Hunde'),
    hint: t('', ''),
    repeat: { min: 1, max: 9, item: t('Hund'), another: t('Weiterer Hund') },
  },
  { kind: 'addPage', title: t('Schluss') },
  { kind: 'addField', page: 'schluss', fieldKind: 'text', label: t('Bemerkung') },
);
const subjects = subjectsBefore(club, { page: 'schluss' });
const made = (typed: TypedRule): Expression => {
  const rule = readRule(subjects, typed);
  const expression = expressionOf({ join: 'all', rules: [rule] }, club);
  assert.ok(expression);
  assert.deepEqual(rulesOf(expression), { join: 'all', rules: [rule] });
  const form = changed(club, { kind: 'setWhen', spot: { page: 'schluss' }, when: expression });
  assert.deepEqual(
    findingsOf(form).filter(({ weight }) => weight === 'wrong'),
    [],
  );
  checkDefinition(completed(form));
  return expression;
};
const holds = (when: Expression, plain: RawAnswers, hunde: readonly RawAnswers[] = []) =>
  isTrue(
    when,
    walk(completed(club), { answers: { plain, items: { hunde } }, files: [], seen: new Set(), today, params: {} }).scope,
  );
const said = (when: Expression) => conditionInWords(when, club)?.de;

test('parts of an address can be looked at, a postcode also as a range', () => {
  const town = made({ subject: 'ortDerSchau.town', compare: 'is', value: 'Ellrich' });
  assert.equal(said(town), 'Ort („Ort der Schau“) ist „Ellrich“');
  const home = {
    'ortDerSchau.street': 'Am Bach',
    'ortDerSchau.number': '3',
    'ortDerSchau.postcode': '99755',
    'ortDerSchau.town': 'Ellrich',
  };
  assert.ok(holds(town, home));
  assert.ok(!holds(town, { ...home, 'ortDerSchau.town': 'Werther' }));
  assert.ok(holds(made({ subject: 'ortDerSchau.postcode', compare: 'atLeast', value: '99700' }), home));
  assert.ok(!holds(made({ subject: 'ortDerSchau.postcode', compare: 'atMost', value: '99754' }), home));
  assert.throws(() => made({ subject: 'ortDerSchau.postcode', compare: 'is', value: '997' }), { code: 'forms.editValue' });
  assert.throws(() => made({ subject: 'ortDerSchau.weg', compare: 'is', value: 'x' }), { code: 'forms.editSubject' });
});

test('of entries: at least one, all of them, none; all of none is not all', () => {
  const rule = { subject: 'each:art', compare: 'is', value: 'a1' };
  const [some, every, none] = ['some', 'every', 'none'].map((among) => made({ ...rule, among })) as [
    Expression,
    Expression,
    Expression,
  ];
  const [a, b] = [{ art: 'a1' }, { art: 'a2' }];
  const table = [
    [[], false, false, true],
    [[a], true, true, false],
    [[b], false, false, true],
    [[a, b], true, false, false],
  ] as const;
  for (const [entries, isSome, isEvery, isNone] of table)
    assert.deepEqual(
      [some, every, none].map((when) => holds(when, {}, entries)),
      [isSome, isEvery, isNone],
    );
  assert.equal(said(every), 'für alle Einträge bei „Hunde“ gilt: „Art“ ist „Erste Auswahl“');
  assert.equal(said(none), 'für keinen Eintrag bei „Hunde“ gilt: „Art“ ist „Erste Auswahl“');
  assert.throws(() => made(rule), { code: 'forms.editAmong' });
  assert.throws(() => made({ ...rule, among: 'viele' }), { code: 'forms.editAmong' });
  // Outside its entries such an answer is many: a condition on it by itself is said to be wrong.
  const bare = changed(club, { kind: 'setWhen', spot: { page: 'schluss' }, when: on.is('art', 'a1') });
  assert.ok(findingsOf(bare).some(({ text }) => /wird mehrmals beantwortet/.test(text.de)));
  assert.ok(holds(made({ subject: 'count:hunde', compare: 'atLeast', value: '2' }), {}, [a, b]));
});

test('days are compared with a day of the calendar, with today, and with days from today', () => {
  const soon = made({ subject: 'tag', compare: 'before', value: 'heute + 14' });
  assert.equal(said(soon), '„Tag“ liegt vor heute + 14 Tage');
  assert.ok(holds(soon, { tag: '5.12.2026' }));
  assert.ok(!holds(soon, { tag: '6.12.2026' }));
  assert.ok(!holds(soon, {}));
  assert.ok(holds(made({ subject: 'tag', compare: 'is', value: 'today' }), { tag: '22.11.2026' }));
  assert.ok(holds(made({ subject: 'tag', compare: 'after', value: 'heute − 1 Tag' }), { tag: '22.11.2026' }));
  assert.ok(holds(made({ subject: 'tag', compare: 'after', value: '1.1.2026' }), { tag: '22.11.2026' }));
  for (const value of ['', 'heute +', 'heute + 99999', 'gestern', '31.2.2026', 'heute + 1.5', '<b>heute</b>'])
    assert.throws(() => made({ subject: 'tag', compare: 'before', value }), { code: 'forms.editDay' }, value);
  // A text that reads like it is a text.
  const motto = made({ subject: 'motto', compare: 'is', value: 'heute' });
  assert.ok(holds(motto, { motto: 'heute' }));
  assert.equal(said(motto), '„Motto“ ist „heute“');
});

test('whatever is put together is read back as it was, and always has words', () => {
  const typed = fc.constantFrom(...subjects).chain((subject) =>
    fc.record({
      subject: fc.constant(subject.key),
      compare: fc.constantFrom(...comparisonsOf(subject)),
      value: fc.constantFrom('1', 'heute - 30', '24.12.2026', 'a1', '99755', 'Ellrich', 'yes'),
      among: fc.constantFrom('some', 'every', 'none'),
    }),
  );
  const rules = fc.array(typed, { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(rules, fc.constantFrom('all' as const, 'any' as const), (all, join) => {
      const fitting = all.flatMap((one) => {
        try {
          return [readRule(subjects, one)];
        } catch (error) {
          assert.match((error as { code: string }).code, /^forms\.edit(Value|Day)$/);
          return [];
        }
      });
      const expression = expressionOf({ join, rules: fitting }, club) ?? undefined;
      const back = rulesOf(expression);
      assert.deepEqual(back?.rules, fitting);
      for (const { compare, value } of fitting) assert.equal(value !== null, needsValue(compare));
      const words = conditionInWords(expression, club);
      if (fitting.length > 0) assert.doesNotMatch(`${words?.de} ${words?.en}`, /nicht mehr gibt|undefined|object/);
    }),
  );
});
