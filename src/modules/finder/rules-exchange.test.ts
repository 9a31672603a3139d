import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '#platform/errors';
import { fromElements } from './rules-exchange.ts';

test('an entry with a list far too long is refused, and reading it takes a step for each line', () => {
  const line = { name: 'begriffImKontext', attributes: {}, text: 'Hund', children: [] };
  const title = { ...line, name: 'leistungsbezeichnung', text: 'Hund anmelden' };
  const summary = { ...line, name: 'teaser', text: 'Wer einen Hund hält.' };
  // With a new list for each line this would take hours.
  const children = [title, summary, ...Array.from({ length: 300_000 }, () => line)];
  const service = { name: 'leistung', attributes: { id: 'hund' }, text: '', children };
  const isRefused = (error: unknown) => error instanceof Failure && error.kind !== 'internal';
  assert.throws(() => fromElements({ name: 'transfer', attributes: {}, text: '', children: [service] }), isRefused);
});
