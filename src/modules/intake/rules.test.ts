import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { AccountActor } from '#platform/context';
import { isHoliday } from '#platform/holidays';
import { actEdges, actsOpenTo, type OfficeAct, trayStates } from './rules.ts';
import { escapeXml, toJson, toXml } from './rules-data.ts';
import { addDays, addWorkingDays, dayAt, dueState, endOfPeriod, isDay, isWorkingDay } from './rules-deadline.ts';

const days = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-12-31'), noInvalidDate: true }).map(dayAt);

test('a period never ends on a day off: Christmas, Easter, the day of the children, the Reformation', () => {
  assert.equal(endOfPeriod('2026-12-25', isHoliday), '2026-12-28');
  assert.equal(endOfPeriod('2027-03-26', isHoliday), '2027-03-30');
  assert.equal(endOfPeriod('2027-09-20', isHoliday), '2027-09-21');
  assert.equal(endOfPeriod('2028-10-31', isHoliday), '2028-11-01');
  assert.equal(addWorkingDays('2026-12-23', 2, isHoliday), '2026-12-28');
  assert.equal(addWorkingDays('2026-12-24', 0, isHoliday), '2026-12-24');
  assert.equal(addWorkingDays('2026-12-26', 0, isHoliday), '2026-12-28');
});

test('so many working days are counted, one by one', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: 1, max: 60 }), (day, count) => {
      const end = addWorkingDays(day, count, isHoliday);
      assert.ok(isWorkingDay(end, isHoliday));
      let working = 0;
      for (let at = addDays(day, 1); at <= end; at = addDays(at, 1)) working += isWorkingDay(at, isHoliday) ? 1 : 0;
      assert.equal(working, count);
    }),
  );
});

test('a day is one in Germany, also around midnight and when the clocks change', () => {
  assert.equal(dayAt(new Date('2026-12-31T22:59:59Z')), '2026-12-31');
  assert.equal(dayAt(new Date('2026-12-31T23:00:00Z')), '2027-01-01');
  assert.equal(dayAt(new Date('2026-03-28T23:30:00Z')), '2026-03-29');
  assert.equal(dayAt(new Date('2026-03-29T22:30:00Z')), '2026-03-30');
  assert.equal(addDays('2026-10-25', 1), '2026-10-26');
  assert.deepEqual(['2026-02-29', '2028-02-29', '2026-2-1', '', '2026-13-01'].map(isDay), [false, true, false, false, false]);
});

test('the last day is not overdue yet, and is due soon three working days before', () => {
  const dueOn = '2026-12-28';
  const at = (today: string) => dueState({ dueOn, today }, 3, isHoliday);
  assert.deepEqual(['2026-12-21', '2026-12-22', '2026-12-28', '2026-12-29'].map(at), ['later', 'soon', 'soon', 'overdue']);
});

const clerk = (account: number, more: Partial<AccountActor> = {}): AccountActor => ({
  ...{ kind: 'account', tenant: 2, account, principals: [account, 70], roles: [], handle: '', name: '', address: '' },
  ...{ via: 'session', credential: 1 },
  ...more,
});

test('what each person can do in each state: the whole table', () => {
  const item = { tenant: 2, works: 70, handler: 5 };
  const table = (actor: AccountActor, standsInFor: readonly number[] = []) =>
    Object.fromEntries(
      trayStates
        .map((state) => [state, actsOpenTo(actor, { ...item, state, standsInFor })] as const)
        .filter(([, acts]) => acts.length > 0),
    );
  assert.deepEqual(table(clerk(5)), {
    received: ['take', 'hand'],
    inProgress: ['giveBack', 'hand', 'ask', 'fee', 'answer'],
    evidenceRequested: ['hand', 'ask', 'fee', 'answer'],
    decided: ['fee', 'close'],
  });
  const office = { received: ['take', 'hand'], inProgress: ['take', 'hand'], evidenceRequested: ['hand'], decided: ['close'] };
  assert.deepEqual(table(clerk(6)), office);
  assert.deepEqual(table(clerk(6), [5]), {
    ...office,
    inProgress: ['take', 'giveBack', 'hand', 'ask', 'fee', 'answer'],
    evidenceRequested: ['hand', 'ask', 'fee', 'answer'],
    decided: ['fee', 'close'],
  });
  for (const stranger of [
    clerk(7, { principals: [7] }),
    clerk(5, { tenant: 3 }),
    clerk(8, { principals: [8], roles: ['tenantAdministrator'] }),
  ])
    assert.deepEqual(table(stranger, [5]), {});
  const unset = { tenant: 2, works: null, handler: null, state: 'received' as const };
  assert.deepEqual(actsOpenTo(clerk(8, { roles: ['tenantAdministrator'] }), unset), ['take', 'hand']);
  assert.deepEqual(actsOpenTo(clerk(8), unset), []);
});

test('nothing leads out of what is over', () => {
  for (const act of Object.keys(actEdges) as OfficeAct[])
    for (const state of ['closed', 'withdrawn'] as const) assert.ok(!actEdges[act].from.includes(state), `${act} ${state}`);
});

test('whatever is answered, the XML holds as text and nothing more', () => {
  const text = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(fc.dictionary(text, fc.oneof(text, fc.array(fc.dictionary(text, text)), fc.double(), fc.boolean())), (data) => {
      const xml = toXml({ reference: 'HUN-1', form: 'f', version: 1, sentAt: new Date(0), data, proof: null });
      const [, ...tags] = xml.match(/<[^>]*>/g) ?? [];
      for (const tag of tags) assert.match(tag, /^<(\/?(antrag|angabe|eintrag)|antrag [^<>]*|angabe name="[^<>"]*"\/?)>$/u);
      assert.equal((xml.match(/<\/angabe>/g) ?? []).length, (xml.match(/<angabe [^>]*[^/]>/g) ?? []).length);
      assert.ok(!/&(?!amp;|lt;|gt;|quot;|#13;)/.test(xml));
    }),
  );
  assert.equal(escapeXml('a\0<b>&"\ud800'), 'a&lt;b&gt;&amp;&quot;');
});

test('how whoever applied showed who they are stands before the answers, for programs too', () => {
  const facts = { reference: 'BAU-1', form: 'f', version: 2, sentAt: new Date(0), data: { name: 'Celik' } };
  const proof = { level: 'substantial', source: 'BundID "Übung"', at: new Date(86_400_000) };
  assert.match(
    toXml({ ...facts, proof }),
    /^ <nachweis vertrauensniveau="substantial" art="BundID &quot;Übung&quot;" zeitpunkt="1970-01-02T00:00:00\.000Z"\/>\n <angabe name="name">/m,
  );
  assert.deepEqual(JSON.parse(toJson({ ...facts, proof })).proof, { ...proof, at: '1970-01-02T00:00:00.000Z' });
  assert.equal(JSON.parse(toJson({ ...facts, proof: null })).proof, null);
  assert.ok(!toXml({ ...facts, proof: null }).includes('nachweis'));
});
