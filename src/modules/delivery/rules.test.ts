import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import Schema from 'typebox/schema';
import { rowsOfXml } from './foreign-xml.ts';
import { deliveryEdges, deliveryStates, limits, lookAfter, movingStates, pauseAfter, wayOn } from './rules.ts';
import { foreignLimits, rowsOfJson } from './rules-foreign.ts';
import { readMetadata, type SentFile, writeMetadata } from './rules-metadata.ts';
import { paymentInformation } from './rules-payment.ts';
import { areOfSent, differingParts, tagOf } from './rules-tags.ts';

/** As published; only tests look at it, and only where it lies. */
const published = '/work/shared/standards/fit-connect/metadata.schema.v1.0.0.json';

const file = (id: string, filename: string): SentFile => ({
  hash: { type: 'sha512', content: 'a'.repeat(128) },
  purpose: 'attachment',
  mimeType: 'application/pdf',
  attachmentId: id,
  filename,
});

test('metadata of ours are what the published schema asks for, and we can read them', (t) => {
  const schema = existsSync(published) ? JSON.parse(readFileSync(published, 'utf8')) : null;
  if (schema === null) t.diagnostic('the published schema is not here: only our own reading is checked');
  fc.assert(
    fc.property(
      fc.record({
        service: fc.constantFrom('urn:de:fim:leika:leistung:99102013104000', 'urn:rennsteig:formular:hundesteuer'),
        name: fc.string({ maxLength: 200 }),
        reference: fc.string({ maxLength: 40 }),
        day: fc.constant('2026-11-22'),
        mail: fc.option(fc.constant('celik@post.example')),
        sum: fc.constant('0'.repeat(128)),
        files: fc.array(
          fc.tuple(fc.uuid({ version: 4 }), fc.string({ maxLength: 100 })).map(([id, name]) => file(id, name)),
          { maxLength: 5 },
        ),
        report: fc.option(fc.constant('e30.e30.AA')),
        payment: fc.option(
          fc.record({
            reference: fc.string({ maxLength: 40 }),
            transaction: fc.oneof(fc.uuid(), fc.string({ maxLength: 60 })),
            method: fc.oneof(fc.constantFrom('creditcard', 'PAYPAL', 'Visa', ''), fc.string({ maxLength: 60 })),
            cents: fc.integer({ min: 0, max: 100_000_000 }),
            at: fc.date({ noInvalidDate: true, min: new Date('2020-01-01'), max: new Date('2100-01-01') }),
          }),
        ),
      }),
      ({ payment, ...given }) => {
        const metadata = writeMetadata({ ...given, payment: payment && paymentInformation(payment) });
        if (schema !== null) assert.ok(Schema.Check(schema, metadata), JSON.stringify(metadata));
        assert.deepEqual(readMetadata(JSON.stringify(metadata)), JSON.parse(JSON.stringify(metadata)));
      },
    ),
    { numRuns: 100 },
  );
});

test('every state that moves has a way out, the pauses grow and end somewhere', () => {
  for (const state of movingStates)
    assert.ok(
      Object.values(deliveryEdges).some(({ from, to }) => from.includes(state) && !movingStates.includes(to)),
      state,
    );
  for (const { from, to } of Object.values(deliveryEdges))
    assert.ok([...from, to].every((state) => deliveryStates.includes(state)));
  fc.assert(
    fc.property(fc.nat(10_000), (failures) => {
      assert.ok(pauseAfter(failures) <= pauseAfter(failures + 1) && pauseAfter(failures) <= limits.longestPauseSeconds);
      assert.ok(lookAfter(failures) <= lookAfter(failures + 1) && lookAfter(failures) >= limits.firstLookSeconds);
    }),
  );
});

test('what may be over there already is never begun anew', () => {
  const remote = '0b7b2d0e-63f1-4c1c-9a5c-6f0c4b2f8c11';
  const at = new Date();
  assert.equal(wayOn({ state: 'failed', reason: 'delivery.noVerdict', remote, submittedAt: at }), 'lookAgain');
  assert.equal(wayOn({ state: 'failed', reason: 'delivery.serviceSilent', remote, submittedAt: null }), 'carryOn');
  assert.equal(wayOn({ state: 'failed', reason: 'delivery.serviceSilent', remote: null, submittedAt: null }), 'again');
  assert.equal(wayOn({ state: 'rejected', reason: 'delivery.rejected', remote, submittedAt: at }), 'again');
});

test('foreign data become rows within limits, whatever they are', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const rows = rowsOfJson(text);
      assert.ok(rows !== null && rows.length <= foreignLimits.rows);
    }),
  );
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (text) => {
      assert.doesNotThrow(() => rowsOfXml(text));
      assert.doesNotThrow(() => rowsOfJson(text));
    }),
  );
  assert.deepEqual(rowsOfXml('<a><b>x</b><c>1 &lt; 2</c></a>'), [
    { label: 'a › b', value: 'x' },
    { label: 'a › c', value: '1 < 2' },
  ]);
  for (const wrong of ['<!DOCTYPE a><a>x</a>', '<a>&b;</a>', '<a><b></a>', '', '<a/><b/>', `${'<a>'.repeat(100_000)}`])
    assert.equal(rowsOfXml(wrong), null, wrong.slice(0, 30));
});

test('tags name what was sent, all of it and nothing else; whatever differs is named', () => {
  const tag = fc.stringMatching(/^[\w-]{22}$/);
  const files = fc.dictionary(fc.uuid(), tag, { maxKeys: 4 });
  const one = fc.record({ metadata: tag, data: tag });
  fc.assert(
    fc.property(fc.array(one, { minLength: 1, maxLength: 3 }), files, fc.nat(), tag, (tries, attachments, which, other) => {
      const arrived = { ...(tries[which % tries.length] as { metadata: string; data: string }), attachments };
      assert.ok(areOfSent(arrived, { tries, attachments }));
      assert.deepEqual(differingParts(arrived, arrived), []);
      const swapped = { ...arrived, data: `${other}x` };
      assert.ok(!areOfSent(swapped, { tries, attachments }));
      assert.deepEqual(differingParts(arrived, swapped), ['data']);
      const more = { ...arrived, attachments: { ...attachments, more: other } };
      assert.ok(!areOfSent(more, { tries, attachments }));
      assert.deepEqual(differingParts(arrived, more), ['attachment:more']);
      for (const id of Object.keys(attachments)) {
        const { [id]: _gone, ...rest } = attachments;
        assert.ok(!areOfSent({ ...arrived, attachments: rest }, { tries, attachments }));
      }
    }),
  );
  assert.equal(tagOf('a.b.c.d.XFBoMYUZodetZdvTiFvSkQ'), 'XFBoMYUZodetZdvTiFvSkQ');
  for (const none of ['', 'x', 'a.b.c.', `${'x'.repeat(200)}`, 'a.b ä']) assert.equal(tagOf(none), '');
});
