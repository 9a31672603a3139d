import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { type Fault, openPracticeGateway, type PracticeGateway } from '../../../test/gateway.ts';
import type { Gateway, GatewayAccess, Order } from './gateway.ts';

const secret = 'geheim-fuer-den-vertrag';
/** Longer than a busy machine ever needs. */
const answerMilliseconds = 60_000;

/** What every adapter promises (`Gateway`), against a service that fails in every way there is. */
export function gatewayContract(name: string, open: (access: GatewayAccess) => Gateway, path: string): void {
  let service: PracticeGateway;
  const access = (over: Partial<GatewayAccess> = {}): GatewayAccess => ({
    address: `${service.url}${path}`,
    originator: 'ellrich',
    endpoint: 'kasse',
    secret,
    isPrivateFine: true,
    timing: { answerMilliseconds, pausesMilliseconds: [] },
    ...over,
  });
  /** For the service that never answers: everything else is waited for. */
  const timingOf = (fault: Fault) => ({
    answerMilliseconds: fault === 'silent' ? 1_000 : answerMilliseconds,
    pausesMilliseconds: [],
  });
  /** Tries once more, at once. */
  const patient = () => open(access({ timing: { answerMilliseconds, pausesMilliseconds: [0] } }));
  const order = (over: Partial<Order> = {}): Order => ({
    request: randomUUID(),
    at: new Date('2026-11-23T08:00:00Z'),
    cents: 12_345,
    reference: 'RS26-0000123-71',
    purpose: 'Hundesteuer 2026 für „Bello“ & Ärger',
    returnAddress: 'https://cloud.example/bezahlung/x/zurueck',
    noticeAddress: 'https://cloud.example/bezahlung/benachrichtigung/x',
    items: [
      { text: 'Hundesteuer', quantity: 2, cents: 5_000, taxPercent: 0 },
      { text: 'Hundemarke', quantity: 1, cents: 2_345, taxPercent: 19 },
    ],
    ...over,
  });
  const begun = async (over: Partial<Order> = {}) => {
    const wanted = order(over);
    const answer = await open(access()).start(wanted);
    assert.equal(answer.kind, 'started');
    return { wanted, answer: answer as Extract<typeof answer, { kind: 'started' }> };
  };

  before(async () => {
    service = await openPracticeGateway({ secret });
  });
  after(() => service.close());

  test(`${name}: what is asked for arrives whole, and leads to a page`, async () => {
    const { wanted, answer } = await begun();
    const there = service.ledger.byId(answer.transaction);
    assert.deepEqual(
      [there?.cents, there?.request, there?.reference, there?.text, there?.returnAddress],
      [12_345, wanted.request, wanted.reference, wanted.purpose, wanted.returnAddress],
    );
    assert.match(await (await fetch(answer.address)).text(), /123,45 €/);
  });

  test(`${name}: it says how it stands, and which sum was paid`, async () => {
    const gateway = open(access());
    for (const [state, expected] of [
      ['denied', 'declined'],
      ['aborted', 'cancelled'],
    ] as const) {
      const { wanted, answer } = await begun();
      const known = { request: wanted.request, transaction: answer.transaction };
      assert.deepEqual(await gateway.ask(known), { kind: 'pending' });
      service.end(answer.transaction, state);
      assert.deepEqual(await gateway.ask(known), { kind: expected });
      service.end(answer.transaction, 'paid', 12_344);
      const { kind, ...paid } = await gateway.ask(known);
      assert.deepEqual([kind, 'cents' in paid && paid.cents], ['paid', 12_344]);
      service.ledger.forget(answer.transaction);
      assert.deepEqual(await gateway.ask(known), { kind: 'gone' });
    }
  });

  test(`${name}: one request id makes one transaction, whatever happens to the answers`, async () => {
    const faults: readonly Fault[] = ['lost', 'broken', 'lostError', 'garbage', 'silent', 'unheard', 'error'];
    for (const fault of faults) {
      const wanted = order();
      service.failNext('start', fault);
      const first = await open(access({ timing: timingOf(fault) })).start(wanted);
      assert.equal(first.kind, 'silent', fault);
      const again = await open(access()).start(wanted);
      assert.ok(again.kind === 'started' || again.kind === 'exists', fault);
      const made = service.ledger.all().filter(({ request }) => request === wanted.request);
      assert.equal(made.length, 1, fault);
    }
  });

  test(`${name}: asks once more by itself when nobody was there`, async () => {
    service.failNext('start', 'unheard');
    assert.equal((await patient().start(order())).kind, 'started');
    const { wanted, answer } = await begun();
    service.failNext('ask', 'error');
    assert.deepEqual(await patient().ask({ request: wanted.request, transaction: answer.transaction }), { kind: 'pending' });
  });

  test(`${name}: an answer that is missing, broken, forged or from elsewhere says nothing`, async () => {
    const { wanted, answer } = await begun();
    const known = { request: wanted.request, transaction: answer.transaction };
    for (const fault of ['lost', 'unheard', 'silent', 'broken', 'error', 'garbage', 'forged'] as const) {
      service.failNext('ask', fault);
      assert.equal((await open(access({ timing: timingOf(fault) })).ask(known)).kind, 'silent', fault);
    }
    service.failNext('ask', 'elsewhere');
    assert.notEqual((await open(access()).ask(known)).kind, 'paid');
    assert.deepEqual(await open(access()).ask(known), { kind: 'pending' });
  });

  test(`${name}: refusals are told apart from silence`, async () => {
    assert.deepEqual(await open(access({ secret: 'falsch' })).start(order()), { kind: 'refused', code: 'FORBIDDEN' });
    const stranger = await open(access({ originator: 'unknown' })).start(order());
    assert.deepEqual(stranger, { kind: 'refused', code: 'NO_VALID_ORIGINATOR_OR_ENDPOINT' });
    const long = await open(access()).start(order({ reference: 'x'.repeat(28) }));
    assert.deepEqual(long, { kind: 'refused', code: 'VALIDATION_ERROR' });
    const checks = [open(access()), open(access({ secret: 'falsch' }))].map((gateway) => gateway.check());
    assert.deepEqual(await Promise.all(checks), ['ready', 'refused']);
    service.failNext('check', 'unheard');
    assert.equal(await open(access()).check(), 'silent');
  });

  test(`${name}: a private network is reached only where the operator said so`, async () => {
    const { start } = service.counts;
    assert.equal((await open(access({ isPrivateFine: false })).start(order())).kind, 'silent');
    const named = access({ isPrivateFine: false, address: service.url.replace('127.0.0.1', 'localhost') + path });
    assert.equal((await open(named).start(order())).kind, 'silent');
    assert.equal(service.counts.start, start);
  });

  test(`${name}: gives back once for one refund id, and never more than was paid`, async () => {
    const { refund } = open(access());
    if (refund === null) return; // it says so, and the treasury gives back by hand
    const { wanted, answer } = await begun();
    const known = { request: wanted.request, transaction: answer.transaction };
    service.end(answer.transaction, 'paid');
    const part = { request: randomUUID(), cents: 10_000 };
    service.failNext('refund', 'lost');
    assert.equal((await refund(known, part)).kind, 'silent');
    assert.deepEqual(await refund(known, part), { kind: 'done' });
    const rest = service.ledger.byId(answer.transaction)?.refunds;
    assert.deepEqual([...(rest?.values() ?? [])], [10_000]);
    assert.deepEqual(await refund(known, { request: randomUUID(), cents: 2_346 }), {
      kind: 'refused',
      code: 'CALCULATION_ERROR',
    });
  });
}
