import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkDefinition, type Definition, type Field } from './rules-definition.ts';
import { checkExpression, type Expression, evaluate, on, type Scope, yearsBetween } from './rules-expression.ts';
import { inputNames, isIban, isMail, readDate, readField, readNumber, takeRaw } from './rules-field.ts';
import { type Answers, after, type Given, noAnswers, reach, walk } from './rules-flow.ts';
import { checkOverlay, noOverlay, overlaid, valuesOf } from './rules-overlay.ts';
import { judgeStep, readStepToken } from './rules-step.ts';
import { dataOf, summaryOf } from './rules-summary.ts';

const t = (de: string) => ({ de, en: `${de} (en)` });

const dogs: Definition = checkDefinition({
  key: 'probe',
  service: 'hundesteuer',
  title: t('Hund anmelden'),
  intro: t(''),
  needs: [],
  legal: ['Satzung'],
  assurance: { level: 'none', source: t('') },
  minutes: 5,
  days: 14,
  parameters: [{ key: 'rate', kind: 'money', label: t('Steuer'), value: 6000 }],
  pages: [
    {
      key: 'kind',
      title: t('Was'),
      fields: [
        {
          key: 'reason',
          kind: 'choice',
          label: t('Grund'),
          options: [
            { value: 'new', label: t('Neu') },
            { value: 'off', label: t('Ab') },
          ],
        },
      ],
    },
    {
      key: 'gone',
      title: t('Weg'),
      when: on.is('reason', 'off'),
      fields: [{ key: 'day', kind: 'date', label: t('Tag'), max: 'today' }],
    },
    {
      key: 'dogs',
      title: t('Hunde'),
      when: on.is('reason', 'new'),
      repeat: { min: 1, max: 3, item: t('Hund'), another: t('Noch einer') },
      fields: [
        { key: 'name', kind: 'text', label: t('Name') },
        { key: 'born', kind: 'date', label: t('Geboren') },
        { key: 'since', kind: 'date', label: t('Seit') },
      ],
      checks: [{ test: on.call('ge', { field: 'since' }, { field: 'born' }), message: t('Seit der Geburt'), field: 'since' }],
    },
    {
      key: 'home',
      title: t('Sie'),
      fields: [
        { key: 'home', kind: 'address', label: t('Anschrift') },
        { key: 'mail', kind: 'email', label: t('E-Mail'), isOptional: true },
      ],
    },
  ],
  calculations: [{ key: 'many', label: t('Hunde'), value: { count: 'dogs' }, kind: 'number' }],
  fee: { kind: 'sum', items: [{ key: 'tax', label: t('Steuer'), amount: on.call('mul', { param: 'rate' }, { calc: 'many' }) }] },
  declaration: t('Alles stimmt.'),
  contact: { name: [], mail: 'mail', address: 'home' },
});

const given = (answers: Answers, seen: readonly string[] = dogs.pages.map(({ key }) => key)): Given => ({
  answers,
  files: [],
  seen: new Set(seen),
  today: '2026-11-23',
  params: valuesOf(dogs, noOverlay),
});
const home = { 'home.street': 'Markt', 'home.number': '1', 'home.postcode': '99755', 'home.town': 'Ellrich' };
const dog = (name: string) => ({ name, born: '1.5.2025', since: '2025-06-01' });

test('a whole form is complete, counts what was repeated and says what is owed', () => {
  const done = walk(dogs, given({ plain: { reason: 'new', ...home }, items: { dogs: [dog('Rex'), dog('Bella')] } }));
  assert.equal(done.next, null);
  assert.deepEqual(
    done.pages.map(({ page }) => page.key),
    ['kind', 'dogs', 'home'],
  );
  assert.equal(done.fee?.kind === 'sum' && done.fee.cents, 12_000);
  assert.deepEqual(dataOf(done), {
    reason: 'new',
    dogs: [dog('Rex'), dog('Bella')].map((one) => ({ ...one, born: '2025-05-01' })),
    home: 'Markt 1, 99755 Ellrich',
    ...home,
    many: 2,
  });
  assert.deepEqual(summaryOf(done, 'de')[1], {
    page: 'dogs',
    item: 0,
    title: 'Hund 1',
    rows: [
      { label: 'Name', value: 'Rex' },
      { label: 'Geboren', value: '1. Mai 2025' },
      { label: 'Seit', value: '1. Juni 2025' },
    ],
  });
});

test('what was typed on a page that is not asked any more does not count', () => {
  const turned = walk(dogs, given({ plain: { reason: 'off', day: '1.11.2026', ...home }, items: { dogs: [dog('Rex')] } }));
  assert.deepEqual(
    turned.pages.map(({ page }) => page.key),
    ['kind', 'gone', 'home'],
  );
  assert.equal(turned.fee?.kind, 'none');
  assert.equal('dogs' in dataOf(turned), false);
});

test('nobody gets past what is missing, and everybody is told what it is', () => {
  const early = walk(
    dogs,
    given({ plain: { reason: 'new' }, items: { dogs: [{ name: 'Rex', born: '2025-05-01', since: '2024-01-01' }] } }, [
      'kind',
      'dogs',
    ]),
  );
  assert.equal(early.next, 'dogs');
  assert.deepEqual(
    early.pages[1]?.problems.map(({ text }) => text.de),
    ['Seit der Geburt'],
  );
  assert.equal(reach(early, 'home'), null);
  assert.equal(reach(early, 'dogs')?.index, 1);
  assert.equal(after(early, 'kind'), 'dogs');
  assert.equal(after(early, 'dogs'), 'dogs');
  assert.equal(after(early, 'gone'), 'dogs');
  assert.equal(walk(dogs, given(noAnswers)).pages[0]?.problems[0]?.text.de, 'Bitte wählen Sie bei „Grund“ etwas aus.');
});

const rawText = fc.oneof(fc.string(), fc.constantFrom('new', 'off', '1.1.2020', 'yes', '12,5', '99755'));
const rawOf = fc.oneof(rawText, fc.array(rawText, { maxLength: 3 }));
const names = [...dogs.pages.flatMap(({ fields }) => fields.flatMap(inputNames)), 'foreign', '__proto__', 'constructor'];
const rawAnswers = fc.dictionary(fc.constantFrom(...names), rawOf);
const anyAnswers = fc.record({
  plain: rawAnswers,
  items: fc.dictionary(fc.constantFrom('dogs', 'home', 'x'), fc.array(rawAnswers, { maxLength: 5 })),
});

test('whatever is typed, the way through ends, and going on never goes back before what is missing', () => {
  fc.assert(
    fc.property(anyAnswers, fc.subarray(dogs.pages.map(({ key }) => key)), (answers, seen) => {
      const way = walk(dogs, given(answers, seen));
      const passed = new Set<string>();
      for (let at = way.pages[0]?.page.key ?? null; at !== null && !passed.has(at); at = after(way, at)) passed.add(at);
      assert.ok(passed.size <= way.pages.length);
      assert.equal(
        way.next === null,
        way.pages.every(({ isComplete }) => isComplete),
      );
      assert.ok(way.next === null || passed.has(way.next));
    }),
  );
});

test('answers of pages that are not asked change nothing', () => {
  fc.assert(
    fc.property(anyAnswers, rawAnswers, (answers, more) => {
      const seen = dogs.pages.map(({ key }) => key);
      const way = walk(dogs, given(answers, seen));
      const asked = new Set(way.pages.flatMap(({ page }) => page.fields.flatMap(inputNames)));
      const noise = Object.fromEntries(Object.entries(more).filter(([name]) => !asked.has(name)));
      const items = way.pages.some(({ page }) => page.key === 'dogs') ? answers.items : { ...answers.items, dogs: [dog('Rex')] };
      const noisy = walk(dogs, given({ plain: { ...answers.plain, ...noise }, items }, seen));
      assert.deepEqual(dataOf(noisy), dataOf(way));
      assert.deepEqual(noisy.fee, way.fee);
    }),
  );
});

test('every kind of question reads anything without breaking, and what it accepts it accepts again', () => {
  const kinds: Field['kind'][] = [
    'text',
    'longText',
    'number',
    'money',
    'date',
    'yesNo',
    'choice',
    'several',
    'address',
    'iban',
    'email',
    'phone',
  ];
  const options = [{ value: 'a', label: t('A') }];
  fc.assert(
    fc.property(fc.constantFrom(...kinds), rawOf, (kind, raw) => {
      const field: Field = { key: 'x', kind, label: t('X'), ...(kind === 'choice' || kind === 'several' ? { options } : {}) };
      const reading = readField(field, { x: raw, 'x.street': raw, 'x.postcode': raw }, { files: [], today: '2026-11-23' });
      assert.ok(reading.problems.every(({ text }) => text.de !== '' && text.en !== ''));
      if (reading.problems.length > 0) assert.equal(reading.values[0]?.[1], null);
    }),
  );
});

test('numbers, days and account numbers are read as people write them', () => {
  assert.deepEqual(['1.234,5', '1,5', '1.5', '1.500', '12 €', '-3', '1e5', '0x1', ''].map(readNumber), [
    1234.5,
    1.5,
    1.5,
    1500,
    12,
    -3,
    null,
    null,
    null,
  ]);
  assert.deepEqual(['24.12.2026', '2026-12-24', '1.1.2027', '31.2.2026', '29.2.2024', '24.12.26', 'gestern'].map(readDate), [
    '2026-12-24',
    '2026-12-24',
    '2027-01-01',
    null,
    '2024-02-29',
    null,
    null,
  ]);
  // The example of the German central bank.
  assert.equal(isIban('DE89370400440532013000'), true);
  assert.equal(isIban('DE89370400440532013001'), false);
  assert.equal(yearsBetween('2008-11-24', '2026-11-23'), 17);
  assert.equal(yearsBetween('2008-11-23', '2026-11-23'), 18);
});

const scope: Scope = { field: () => null, param: () => null, calc: () => null, items: () => [], today: '2026-11-23' };
const anExpression = fc.letrec<{ tree: Expression }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    fc.record({ value: fc.oneof(fc.string({ maxLength: 5 }), fc.integer(), fc.boolean()) }),
    fc.record({ field: fc.constant('x') }),
    fc.record({
      op: fc.constantFrom('and', 'or', 'add', 'min', 'max'),
      args: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ op: fc.constantFrom('eq', 'lt', 'sub', 'days', 'has'), args: fc.tuple(tie('tree'), tie('tree')) }),
    fc.record({ op: fc.constantFrom('not', 'filled', 'age', 'length', 'round'), args: fc.tuple(tie('tree')) }),
    fc.record({ sum: fc.constant('x'), of: tie('tree') }),
  ) as fc.Arbitrary<Expression>,
})).tree;

test('an expression that is accepted can be evaluated whatever the answers are', () => {
  fc.assert(
    fc.property(anExpression, (tree) => {
      try {
        checkExpression(tree, 'x');
      } catch {
        return; // too large is refused, and never evaluated
      }
      const value = evaluate(tree, scope);
      assert.ok(value === null || ['string', 'number', 'boolean'].includes(typeof value) || Array.isArray(value));
    }),
  );
});

test('what is no expression is refused', () => {
  for (const bad of [
    null,
    1,
    'x',
    [],
    {},
    { op: 'eval', args: [] },
    { op: 'constructor', args: [] },
    { op: 'not', args: [] },
    { field: '__proto__' },
    { value: null },
    { value: 1, field: 'x' },
    { value: Number.NaN },
  ])
    assert.throws(() => checkExpression(bad, 'x'), { code: 'forms.expressionForm' });
});

const changed = (change: (draft: { pages: Record<string, unknown>[] } & Record<string, unknown>) => void) => {
  const draft = structuredClone(dogs) as unknown as { pages: Record<string, unknown>[] } & Record<string, unknown>;
  change(draft);
  return () => checkDefinition(draft);
};

test('a definition that looks ahead, goes in circles or says things twice is refused', () => {
  const refused = { code: 'forms.definitionForm' };
  assert.throws(
    changed((draft) => Object.assign(draft.pages[0] as object, { when: on.is('mail', 'x') })),
    refused,
  );
  assert.throws(
    changed((draft) => draft.pages.push(draft.pages[0] as Record<string, unknown>)),
    refused,
  );
  assert.throws(
    changed((draft) =>
      Object.assign(draft, { calculations: [{ key: 'a', label: t('a'), value: { calc: 'a' }, kind: 'number' }] }),
    ),
    refused,
  );
  assert.throws(
    changed((draft) => Object.assign(draft, { script: 'alert(1)' })),
    refused,
  );
  for (const key of ['pruefen', 'constructor', 'toString'])
    assert.throws(
      changed((draft) => Object.assign(draft.pages[0] as object, { key })),
      refused,
    );
  assert.throws(
    changed((draft) => Object.assign(draft.pages[2] as object, { fields: [{ key: 'pic', kind: 'file', label: t('Bild') }] })),
    refused,
  );
});

test('a municipality sets values and texts and leaves optional questions out, and nothing else', () => {
  const overlay = checkOverlay(dogs, { ...noOverlay, values: { rate: 4500 }, texts: { 'page.kind': t('Hier') }, off: ['mail'] });
  const local = overlaid(dogs, overlay);
  assert.equal(valuesOf(dogs, overlay).rate, 4500);
  assert.equal(local.pages[0]?.hint?.de, 'Hier');
  assert.deepEqual(
    local.pages.at(-1)?.fields.map(({ key }) => key),
    ['home'],
  );
  const refused = { code: 'forms.overlayForm' };
  assert.throws(() => checkOverlay(dogs, { ...noOverlay, off: ['name'] }), refused);
  assert.throws(() => checkOverlay(dogs, { ...noOverlay, values: { rate: -1 } }), refused);
  assert.throws(() => checkOverlay(dogs, { ...noOverlay, values: { rate: 'viel' } }), refused);
  assert.throws(() => checkOverlay(dogs, { ...noOverlay, texts: { 'page.x': t('') } }), refused);
});

test('a page is saved once however often it arrives, and never over what was not seen', () => {
  const token = { edition: 4, id: 'abcdefgh' };
  assert.deepEqual(readStepToken('4.abcdefgh'), token);
  for (const bad of ['', '4', 'x.abcdefgh', '4.<script>']) assert.equal(readStepToken(bad), null);
  const last = { id: 'abcdefgh', sent: 'h1', edition: 5 };
  const of = (sent: string, turn = 0) => ({ sent, turn });
  assert.equal(judgeStep(undefined, token, of('h1')), 'apply');
  assert.equal(judgeStep(last, token, of('h1')), 'repeat');
  assert.equal(judgeStep(last, token, of('h2')), 'apply');
  assert.equal(judgeStep({ ...last, id: 'other-one' }, token, of('h1')), 'conflict');
  assert.equal(judgeStep({ ...last, id: 'other-one', edition: 4 }, token, of('h1')), 'apply');
  // Of what one page sends by itself, the last one counts, in whatever order it arrives.
  const third = { ...last, turn: 3 };
  assert.equal(judgeStep(third, token, of('h2', 2)), 'repeat');
  assert.equal(judgeStep(third, token, of('h2', 4)), 'apply');
  assert.equal(judgeStep({ ...third, id: 'other-one', edition: 4 }, token, of('h2', 1)), 'apply');
});

test('an answer of one line is one line without what nobody sees, so that a name reads the same for applicant and office', () => {
  const sent = new Map([['name', ['Hans\u202egro.live\nVogel\ufeff']]]);
  const field: Field = { key: 'name', kind: 'text', label: t('Name') };
  assert.deepEqual(takeRaw(field, sent), [['name', 'Hansgro.live Vogel']]);
  assert.deepEqual(takeRaw({ ...field, kind: 'longText' }, sent), [['name', 'Hansgro.live\nVogel']]);
  const long = new Map([['name', ['x'.repeat(20_000)]]]);
  const kept = (more: Partial<Field> = {}) => String(takeRaw({ ...field, ...more }, long)[0]?.[1]).length;
  assert.deepEqual([kept(), kept({ kind: 'longText' }), kept({ maxLength: 3_000 })], [1_000, 8_000, 3_000]);
});

test('an address of a mail is one address', () => {
  for (const good of ['a@b.example', "o'brien+x@amt.thueringen.de"]) assert.ok(isMail(good));
  for (const bad of ['a@b.example, c@d.example', 'a,c@d.example', 'g:a@b.example;', 'a@b.example\r\nBcc: c@d.example', 'a@b', ''])
    assert.ok(!isMail(bad), bad);
});
