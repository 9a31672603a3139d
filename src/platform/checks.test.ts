import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkAll, faultsOf } from './checks.ts';
import { Failure } from './errors.ts';
import { oneLine } from './text.ts';

/** What checking refuses; the empty list when it lets everything pass. */
async function refusalsOf(checks: Readonly<Record<string, () => unknown>>) {
  const refused = await checkAll(checks).catch((error: unknown) => error);
  if (!(refused instanceof Failure)) return [];
  return faultsOf(refused).map(({ code, params }) => [code, params.field]);
}

test('what every field is, when all are right', async () => {
  const checked = await checkAll({ name: () => oneLine(' Anna  Apel ', 'name'), quota: async () => 5 });
  assert.deepEqual(checked, { name: 'Anna Apel', quota: 5 });
});

test('all wrong fields are refused at once, in the order of the form, and each is named', async () => {
  const checks = {
    name: () => oneLine('', 'text'),
    address: () => 'right',
    key: () => {
      throw new Failure('conflict', 'room.taken');
    },
    more: () => checkAll({ from: () => oneLine('', 'from'), to: () => oneLine('x'.repeat(300), 'to') }),
  };
  assert.deepEqual(await refusalsOf(checks), [
    ['platform.textMissing', 'text'],
    ['room.taken', 'key'],
    ['platform.textMissing', 'from'],
    ['platform.textTooLong', 'to'],
  ]);
});

test('one wrong field is refused as if it had been checked alone', async () => {
  await assert.rejects(checkAll({ a: () => 1, b: () => oneLine('', 'b') }), { code: 'platform.textMissing', kind: 'invalid' });
});

test('what is not about the input is said at once, and our own mistakes stay mistakes', async () => {
  const denied = new Failure('forbidden', 'platform.forbidden');
  const checks = (error: Error) => ({
    name: () => oneLine('', 'name'),
    role: () => {
      throw error;
    },
  });
  await assert.rejects(checkAll(checks(denied)), denied);
  await assert.rejects(checkAll(checks(new TypeError('ours'))), TypeError);
});

test('as many are refused as are wrong', async () => {
  const texts = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.constantFrom('', 'fine', 'x'.repeat(201)));
  await fc.assert(
    fc.asyncProperty(texts, async (fields) => {
      const checks = Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, () => oneLine(text, name)] as const));
      const wrong = Object.keys(fields).filter((name) => fields[name] !== 'fine');
      assert.deepEqual(
        (await refusalsOf(checks)).map(([, field]) => field),
        wrong,
      );
    }),
  );
});
