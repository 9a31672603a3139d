import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readSeed } from '../../../test/environment.ts';
import { definitions } from './catalogue/index.ts';
import type { Definition, Field, FormPage } from './rules-definition.ts';
import { type Expression, on } from './rules-expression.ts';
import type { Raw } from './rules-field.ts';
import { walk } from './rules-flow.ts';
import { type Position, positionOf } from './rules-length.ts';

const t = (de: string) => ({ de, en: de });

/** Only what decides the way: one question on each page. */
type Sketch = { readonly kind: 'yesNo' | 'choice' | 'text'; readonly isOptional: boolean; readonly when: Condition };
type Condition = { readonly kind: 'always' | 'is' | 'isNot' | 'both' | 'either'; readonly on: number; readonly also: number };

const answersOf = { yesNo: ['yes', 'no'], choice: ['a', 'b', 'c'], text: ['word'] } as const;

const rightOf = (kind: Sketch['kind']) => (kind === 'yesNo' ? true : kind === 'choice' ? 'a' : 'word');

function expressionOf({ kind, on: first, also }: Condition, before: readonly Sketch[]): Expression | undefined {
  if (kind === 'always' || before.length === 0) return undefined;
  const test = (at: number, is: typeof on.is) =>
    is(`q${at % before.length}`, rightOf(before[at % before.length]?.kind ?? 'text'));
  if (kind === 'both') return on.all(test(first, on.is), test(also, on.isNot));
  if (kind === 'either') return on.either(test(first, on.is), test(also, on.is));
  return test(first, on[kind]);
}

const fieldOf = ({ kind, isOptional }: Sketch, at: number): Field => ({
  key: `q${at}`,
  kind,
  label: t(`Frage ${at}`),
  ...(isOptional && { isOptional }),
  ...(kind === 'choice' && { options: answersOf.choice.map((value) => ({ value, label: t(value) })) }),
});

function formOf(sketches: readonly Sketch[]): Definition {
  const pages = sketches.map((sketch, at): FormPage => {
    const when = expressionOf(sketch.when, sketches.slice(0, at));
    return { key: `p${at}`, title: t(`Seite ${at}`), fields: [fieldOf(sketch, at)], ...(when && { when }) };
  });
  return { ...(definitions[0] as Definition), pages, calculations: [], fee: { kind: 'none' }, parameters: [] };
}

type Typed = Readonly<Record<string, Raw>>;

const walkWith = (form: Definition, plain: Typed, seen: readonly string[]) =>
  walk(form, { answers: { plain, items: {} }, files: [], seen: new Set(seen), today: '2026-11-23', params: {} });

/** Where one stands on every page of the way that is gone when each question gets what `choose` says. */
function positions(form: Definition, choose: (field: Field) => string): Position[] {
  const [stood, seen]: [Position[], string[]] = [[], []];
  let plain: Typed = {};
  for (let way = walkWith(form, plain, seen); way.next !== null; way = walkWith(form, plain, seen)) {
    const index = way.pages.findIndex(({ page }) => page.key === way.next);
    const page = way.pages[index]?.page as FormPage;
    stood.push(positionOf(form, way, index));
    plain = { ...plain, ...Object.fromEntries(page.fields.map((field) => [field.key, choose(field)])) };
    seen.push(page.key);
  }
  return stood;
}

/** How many steps each way has that is left after these answers: every answer tried on every page. */
function allLengths(form: Definition, plain: Typed, seen: readonly string[]): number[] {
  const way = walkWith(form, plain, seen);
  const page = way.pages.find(({ page: { key } }) => key === way.next)?.page;
  const [field] = page?.fields ?? [];
  if (!page || !field) return [way.pages.length + 1];
  const all = [...answersOf[field.kind as Sketch['kind']], ...(field.isOptional ? [''] : [])];
  return all.flatMap((answer) => allLengths(form, { ...plain, [field.key]: answer }, [...seen, page.key]));
}

const condition = fc.record({
  kind: fc.constantFrom('always', 'is', 'isNot', 'both', 'either'),
  on: fc.nat({ max: 5 }),
  also: fc.nat({ max: 5 }),
});
const sketch = (...kinds: Sketch['kind'][]) =>
  fc.record({ kind: fc.constantFrom(...kinds), isOptional: fc.boolean(), when: condition });

test('going on, the steps that are left become fewer each time, and a number that was said without “about” is kept', () => {
  fc.assert(
    fc.property(
      fc.array(sketch('yesNo', 'choice', 'text'), { minLength: 1, maxLength: 7 }),
      fc.array(fc.nat(), { minLength: 7, maxLength: 7 }),
      (sketches, picks) => {
        const stood = positions(formOf(sketches), ({ key, kind, isOptional }) => {
          const all = [...answersOf[kind as Sketch['kind']], ...(isOptional ? [''] : [])];
          return all[(picks[Number(key.slice(1))] ?? 0) % all.length] ?? '';
        });
        for (const [at, { index, count, isFixed }] of stood.entries()) {
          const before = stood[at - 1];
          assert.equal(index, at + 1);
          assert.ok(!before || count <= before.count, 'the way never becomes longer');
          assert.ok(!before?.isFixed || (isFixed && count === before.count), 'what was certain stays');
        }
        // The summary comes after the last page.
        const last = stood.at(-1);
        assert.ok(!last?.isFixed || last.count === stood.length + 1);
      },
    ),
    { seed: readSeed() },
  );
});

test('what is said of the way is true of every way that is left: none is longer, and “about” is said only where they differ', () => {
  fc.assert(
    fc.property(fc.array(sketch('yesNo', 'choice'), { minLength: 1, maxLength: 4 }), (sketches) => {
      const form = formOf(sketches);
      const lengths = allLengths(form, {}, []);
      const { count, isFixed } = positionOf(form, walkWith(form, {}, []), 0);
      assert.equal(count, Math.max(...lengths));
      assert.equal(isFixed, Math.min(...lengths) === Math.max(...lengths));
    }),
    { seed: readSeed() },
  );
});

test('more answers than can be told apart leave the number open, and too high rather than too low', () => {
  const free: Condition = { kind: 'always', on: 0, also: 0 };
  const questions = Array.from({ length: 6 }, (): Sketch => ({ kind: 'choice', isOptional: false, when: free }));
  const depending = questions.map((_, on): Sketch => ({ kind: 'choice', isOptional: false, when: { kind: 'is', on, also: 0 } }));
  const form = formOf([...questions, ...depending.map((one) => ({ ...one, isOptional: true }))]);
  assert.deepEqual(positionOf(form, walkWith(form, {}, []), 0), { index: 1, count: 13, isFixed: false });
});

test('the forms of the catalogue begin with the longest way there really is', () => {
  const first = definitions.map((form) => [form.key, positionOf(form, walkWith(form, {}, []), 0)] as const);
  assert.deepEqual(Object.fromEntries(first.map(([key, { count, isFixed }]) => [key, isFixed ? count : `about ${count}`])), {
    hundesteuer: 'about 12',
    bewohnerparkausweis: 'about 10',
    gewerbeanmeldung: 'about 15',
    baugenehmigung: 'about 16',
    reisepass: 'about 11',
    'veranstaltung-anzeigen': 'about 14',
    'eigene-meldedaten': 5,
  });
});
