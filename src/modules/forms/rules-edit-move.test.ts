import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Definition } from './rules-definition.ts';
import { type Change, changed, emptyForm } from './rules-edit.ts';
import { findingsOf } from './rules-edit-check.ts';
import { brokenIn } from './rules-edit-move.ts';
import { on } from './rules-expression.ts';

const t = (de: string, en = `${de} (en)`) => ({ de, en });
const steps = (form: Definition, ...changes: readonly Change[]) => changes.reduce(changed, form);

/** Four pages; the third is only asked with a tent, the last repeats. */
const meadow = steps(
  { ...emptyForm('ellrich-wiese', 'wiese', t('Wiese mieten')), legal: ['Satzung'] },
  { kind: 'addPage', title: t('Eins') },
  { kind: 'addField', page: 'eins', fieldKind: 'yesNo', label: t('Mit Zelt') },
  { kind: 'addField', page: 'eins', fieldKind: 'text', label: t('Name') },
  { kind: 'addPage', title: t('Zwei') },
  { kind: 'addField', page: 'zwei', fieldKind: 'number', label: t('Gäste') },
  { kind: 'addPage', title: t('Drei') },
  { kind: 'addField', page: 'drei', fieldKind: 'number', label: t('Fläche') },
  { kind: 'setWhen', spot: { page: 'drei' }, when: on.is('mitZelt', true) },
  { kind: 'addPage', title: t('Kinder') },
  { kind: 'addField', page: 'kinder', fieldKind: 'number', label: t('Alter') },
  {
    kind: 'setPage',
    page: 'kinder',
    title: t('Kinder'),
    hint: t('', ''),
    repeat: { min: 1, max: 9, item: t('Kind'), another: t('Weiteres Kind') },
  },
);
const order = ({ pages }: Definition) => pages.map(({ key, fields }) => [key, ...fields.map((field) => field.key)].join(' '));

test('a page goes to any place, a question to any page', () => {
  const first = changed(meadow, { kind: 'placePage', page: 'zwei', after: null });
  assert.deepEqual(order(first), ['zwei gaeste', 'eins mitZelt name', 'drei flaeche', 'kinder alter']);
  const last = changed(first, { kind: 'placePage', page: 'zwei', after: 'kinder' });
  assert.equal(order(last).at(-1), 'zwei gaeste');
  const other = changed(meadow, { kind: 'placeField', field: 'name', page: 'kinder' });
  assert.deepEqual(order(other), ['eins mitZelt', 'zwei gaeste', 'drei flaeche', 'kinder alter name']);
  assert.deepEqual(order(changed(meadow, { kind: 'placeField', field: 'name', page: 'eins' })), order(meadow));
  assert.deepEqual(order(changed(meadow, { kind: 'placePage', page: 'zwei', after: 'zwei' })), order(meadow));
  assert.throws(() => changed(meadow, { kind: 'placeField', field: 'name', page: 'weg' }), { code: 'forms.editPageGone' });
  assert.throws(() => changed(meadow, { kind: 'placePage', page: 'eins', after: 'weg' }), { code: 'forms.editPageGone' });
});

test('a move after which a condition would look ahead is refused, with the condition and the question by name', () => {
  const refused = { code: 'forms.editAhead', params: { name: 'Drei', question: 'Mit Zelt' } };
  assert.throws(() => changed(meadow, { kind: 'placePage', page: 'drei', after: null }), refused);
  assert.throws(() => changed(meadow, { kind: 'placePage', page: 'eins', after: 'drei' }), refused);
  assert.throws(() => changed(meadow, { kind: 'placeField', field: 'mitZelt', page: 'drei' }), refused);
  const near = changed(meadow, { kind: 'placePage', page: 'zwei', after: null });
  assert.throws(() => changed(near, { kind: 'movePage', page: 'drei', by: -1 }), refused);
  // Into a page before it that is answered several times, it would have many answers.
  const early = changed(meadow, { kind: 'placePage', page: 'kinder', after: 'eins' });
  assert.throws(() => changed(early, { kind: 'placeField', field: 'mitZelt', page: 'kinder' }), {
    code: 'forms.editMany',
    params: { name: 'Drei', question: 'Mit Zelt' },
  });
  // What was wrong before does not keep somebody from putting it right elsewhere.
  const wrong = changed(meadow, { kind: 'setWhen', spot: { page: 'eins' }, when: on.is('flaeche', 3) });
  assert.equal(brokenIn(wrong).length, 1);
  assert.equal(order(changed(wrong, { kind: 'placeField', field: 'gaeste', page: 'drei' }))[1], 'zwei');
});

test('what is checked about a question goes with it', () => {
  const checks = [
    { test: on.call('gt', { field: 'gaeste' }, { value: 0 }), message: t('Mindestens ein Gast.'), field: 'gaeste' },
  ];
  const form = { ...meadow, pages: meadow.pages.map((page) => (page.key === 'zwei' ? { ...page, checks } : page)) };
  const moved = changed(form, { kind: 'placeField', field: 'gaeste', page: 'drei' });
  assert.deepEqual(
    moved.pages.map((page) => page.checks?.length ?? 0),
    [0, 0, 1, 0],
  );
  const both = {
    ...checks[0],
    test: on.call('gt', { field: 'gaeste' }, { field: 'flaeche' }),
    message: t('Zu viele Gäste.'),
    field: 'flaeche',
  };
  const looking = { ...form, pages: form.pages.map((page) => (page.key === 'drei' ? { ...page, checks: [both] } : page)) };
  assert.throws(() => changed(looking, { kind: 'placeField', field: 'gaeste', page: 'kinder' }), {
    params: { name: 'Zu viele Gäste.', question: 'Gäste' },
  });
});

test('whatever is moved, nothing is lost and no condition is broken by it', () => {
  const page = fc.constantFrom('eins', 'zwei', 'drei', 'kinder');
  const field = fc.constantFrom('mitZelt', 'name', 'gaeste', 'flaeche', 'alter');
  const move: fc.Arbitrary<Change> = fc.oneof(
    fc.record({ kind: fc.constant('placePage' as const), page, after: fc.option(page) }),
    fc.record({ kind: fc.constant('placeField' as const), field, page }),
    fc.record({ kind: fc.constant('movePage' as const), page, by: fc.constantFrom<-1 | 1>(-1, 1) }),
  );
  const names = (form: Definition) => order(form).join(' ').split(' ').toSorted();
  fc.assert(
    fc.property(fc.array(move, { maxLength: 20 }), (moves) => {
      const form = moves.reduce((now, one) => {
        try {
          return changed(now, one);
        } catch (error) {
          assert.match((error as { code: string }).code, /^forms\.edit(Ahead|Many)$/);
          return now;
        }
      }, meadow);
      assert.deepEqual(names(form), names(meadow));
      assert.deepEqual(brokenIn(form), []);
      assert.ok(findingsOf(form).every(({ place }) => place.at !== 'pageWhen'));
    }),
  );
});
