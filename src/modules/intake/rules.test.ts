import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { AccountActor } from '#platform/context';
import { actEdges, actsOpenTo, type OfficeAct, trayStates } from './rules.ts';
import { escapeXml, postalAddress, toJson, toXml } from './rules-data.ts';
import { dueState } from './rules-deadline.ts';

test('the last day is not overdue yet, and is due soon three working days before', () => {
  const dueOn = '2026-12-28';
  const at = (today: string) => dueState({ dueOn, today }, 3);
  assert.deepEqual(['2026-12-21', '2026-12-22', '2026-12-28', '2026-12-29'].map(at), ['later', 'soon', 'soon', 'overdue']);
});

test('a letter goes to the applicant’s own address, never to where something takes place', () => {
  const data = {
    'place.street': 'Marktplatz',
    'place.postcode': '99755',
    'place.town': 'Ellrich',
    'home.street': 'Am Bach',
    'home.number': '3',
  };
  const whole = { ...data, 'home.postcode': '99755', 'home.town': 'Ellrich' };
  assert.deepEqual(postalAddress(whole, 'Celik Çetin', 'home'), ['Celik Çetin', 'Am Bach 3', '99755 Ellrich']);
  assert.deepEqual(postalAddress(data, 'Celik Çetin', 'home'), []);
  assert.deepEqual(postalAddress(whole, 'Celik Çetin', null), []);
});

const clerk = (account: number, more: Partial<AccountActor> = {}): AccountActor => ({
  kind: 'account',
  tenant: 2,
  account,
  principals: [account, 70],
  roles: [],
  handle: '',
  name: '',
  address: '',
  via: 'session',
  credential: 1,
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
