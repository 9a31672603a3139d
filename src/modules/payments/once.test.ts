import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import * as accounts from '#modules/accounts';
import * as payments from '#modules/payments';
import { type Context, type Platform, systemContext } from '#platform/context';
import type { Tx } from '#platform/db';
import { type Fault, openPracticeGateway } from '../../../test/gateway.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { ask, askAbout } from './ask.ts';
import { expireOne } from './care.ts';
import { sendRefund } from './refund.ts';
import { readAttempts } from './store/attempt.ts';

/**
 * Nothing is charged twice and no money is lost: whatever people, gateway and network do, in whatever order, and wherever the
 * process is killed.
 */

const secret = 'geheim-fuer-die-probe';
const service = await openPracticeGateway({ secret });
after(() => service.close());
const stand = await openStand({ settings: { RENNSTEIG_PAYMENT_HOSTS: '127.0.0.1' } });
const people = await settle(stand);
const { platform } = stand.house;

type World = { readonly tenant: number; readonly path: '/x' | '/f'; readonly one: Context; readonly two: Context };

/** One town for each language of the service; two treasurers in each. */
async function openTown(tenant: number, path: World['path']): Promise<World> {
  const gateway = path === '/x' ? 'xbezahldienste' : 'signedForms';
  const place = { gateway, address: `${service.url}${path}`, originator: `stadt-${tenant}`, endpoint: 'kasse', secret } as const;
  await payments.setSettings(systemContext(platform, tenant, 'test'), place);
  const treasurer = async (name: string): Promise<Context> => {
    const house = systemContext(platform, tenant, 'test');
    const address = `${name}.${tenant}@kasse.example`;
    const { account } = await accounts.addAccount(house, {
      address,
      name,
      tenant,
      roles: ['treasurer'],
      password: 'rennsteig-demo',
    });
    const actor = await accounts.actorOf(platform, tenant, account);
    assert.ok(actor);
    return { platform, actor, request: 'test', locale: 'de', network: '192.0.2.7' };
  };
  return { tenant, path, one: await treasurer('kim'), two: await treasurer('lou') };
}

const towns = [await openTown(people.ellrich, '/x'), await openTown(people.werther, '/f')] as const;

class Killed extends Error {}

/** The house in a process that dies at its n-th transaction, before or after it is committed. */
function mortal(ctx: Context, death: { at: number; when: 'before' | 'after' } | null): Context {
  if (death === null) return ctx;
  let writes = 0;
  let isDead = false;
  const write = async <T>(tenant: number, run: (tx: Tx) => Promise<T>): Promise<T> => {
    writes += 1;
    if (isDead || (writes === death.at && death.when === 'before')) throw new Killed();
    const result = await ctx.platform.db.write(tenant, run);
    if (writes !== death.at) return result;
    isDead = true;
    throw new Killed();
  };
  const db = { ...ctx.platform.db, write };
  const dying: Platform = { ...ctx.platform, db };
  return { ...ctx, platform: dying };
}

const faults: readonly Fault[] = ['lost', 'unheard', 'broken', 'error', 'lostError', 'garbage', 'forged'];
const dying = fc.record({ at: fc.integer({ min: 1, max: 4 }), when: fc.constantFrom('before' as const, 'after' as const) });
const death = fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: dying });
const trouble = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Fault[]>([]) },
  { weight: 1, arbitrary: fc.array(fc.constantFrom(...faults), { minLength: 1, maxLength: 3 }) },
);

/** Mostly the page shown last, now and then an earlier one that lies open in another window. */
const page = fc.constantFrom(0, 0, 0, 1);

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('click' as const), death, trouble, isTwice: fc.boolean() }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constantFrom('pay' as const, 'deny' as const, 'abort' as const), page }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('payWrong' as const), page, by: fc.constantFrom(-1, 1, 500) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('return' as const, 'notice' as const), death, trouble }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('wait' as const, 'wait' as const, 'withdraw' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('refund' as const), death, trouble, cents: fc.constantFrom(1_000, 6_000) }),
  },
);

type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

const cents = 6_000;
let things = 0;

/** One payment and the person who pays it; what they know is what they were shown. */
async function openCase({ tenant, one }: World) {
  const thing = { kind: 'probe', id: String(++things) };
  const visitor: Context = { ...one, actor: { kind: 'nobody', tenant } };
  const opened = await platform.db.write(tenant, (tx) =>
    payments.openPayment(visitor, tx, {
      tenant,
      thing,
      thingName: `P-${thing.id}`,
      purpose: 'Hundesteuer',
      items: [{ text: 'Hundesteuer', cents }],
      returnTo: '/',
      debtor: { name: 'Celik Çetin' },
    }),
  );
  return { visitor, payment: opened.payment, token: opened.page.slice('/bezahlung/'.length), shown: new Set<string>() };
}

type Case = Awaited<ReturnType<typeof openCase>>;

const transactionOf = (address: string) => service.ledger.byKey(address.split('/pay/')[1] ?? '');

/** What goes wrong on purpose; everything else fails the test. */
async function survive(work: Promise<unknown>): Promise<unknown> {
  return work.catch((error: unknown) => {
    const kind = (error as { kind?: string }).kind ?? '';
    if (error instanceof Killed || ['conflict', 'unavailable', 'invalid'].includes(kind)) return null;
    throw error;
  });
}

async function click(known: Case, given: Extract<Step, { do: 'click' }>): Promise<void> {
  service.failNext('start', ...given.trouble);
  const once = () => survive(payments.pay(mortal(known.visitor, given.death), known.token));
  const pages = await Promise.all(given.isTwice ? [once(), once()] : [once()]);
  for (const page of pages) if (typeof page === 'string') known.shown.add(page);
  service.clearFaults();
  neverTwoPages(known);
}

/** The heart of it: of all pages a person was ever shown, at most one can take money or has taken it. */
function neverTwoPages({ shown }: Case): void {
  const charging = [...shown].filter((page) => ['new', 'paid'].includes(transactionOf(page)?.state ?? ''));
  assert.ok(charging.length <= 1, `${charging.length} pages that charge`);
}

async function take(town: World, known: Case, given: Step): Promise<void> {
  const { tenant, one, two } = town;
  const house = systemContext(platform, tenant, 'test');
  const attempts = () => readAttempts(platform.db.read(tenant), tenant, known.payment);
  if (given.do === 'click') return click(known, given);
  if (given.do === 'wait') {
    stand.clock.advance(15 * 86_400);
    await expireOne(house, known.payment);
    for (const { id } of await attempts()) await ask.run(house, { attempt: id, asked: 0 });
  } else if (given.do === 'withdraw') {
    await survive(
      platform.db.write(tenant, (tx) => payments.withdrawPayment(known.visitor, tx, { tenant, payment: known.payment })),
    );
  } else if (given.do === 'return' || given.do === 'notice') {
    service.failNext('ask', ...given.trouble);
    const ctx = mortal(given.do === 'return' ? known.visitor : house, given.death);
    if (given.do === 'return') await survive(payments.comeBack(ctx, known.token));
    else for (const { id } of await attempts()) await survive(ask.run(ctx, { attempt: id, asked: 0 }));
    service.clearFaults();
  } else if (given.do === 'refund') {
    service.failNext('refund', ...given.trouble);
    await survive(payments.refund(mortal(one, given.death), { payment: known.payment, cents: given.cents, reason: 'Probe' }));
    await runRefunds(town, known, given.death);
    await runRefunds({ ...town, one: two }, known, null);
    service.clearFaults();
  } else if ('page' in given) {
    const transaction = transactionOf([...known.shown].at(-1 - given.page) ?? '');
    if (transaction?.state !== 'new') return;
    if (given.do === 'payWrong') service.end(transaction.id, 'paid', transaction.cents + given.by);
    else service.end(transaction.id, given.do === 'pay' ? 'paid' : given.do === 'deny' ? 'denied' : 'aborted');
  }
}

async function runRefunds({ tenant, one }: World, { payment }: Case, dies: Parameters<typeof mortal>[1]): Promise<void> {
  const ctx = mortal(systemContext(platform, tenant, 'test'), dies);
  for (const { id } of (await payments.getPayment(one, payment)).refunds) await survive(sendRefund.run(ctx, { refund: id }));
}

/** Everything that was put off has run: what is true then is true for good. */
async function checkBooks(town: World, known: Case): Promise<void> {
  const { tenant, one } = town;
  const house = systemContext(platform, tenant, 'test');
  for (const attempt of await readAttempts(platform.db.read(tenant), tenant, known.payment))
    await askAbout(house, tenant, attempt);
  await runRefunds(town, known, null);
  const { payment, receipts, refunds, history, attempts } = await payments.getPayment(one, known.payment);
  const theirs = attempts.flatMap(({ request }) => service.ledger.byRequest(`stadt-${tenant}/kasse`, request) ?? []);
  const taken = theirs.reduce((sum, { paidCents }) => sum + paidCents, 0);
  assert.equal(payment.receivedCents, taken, 'what the gateway has taken is what we know of');
  assert.equal(
    receipts.reduce((sum, receipt) => sum + receipt.cents, 0),
    taken,
    'every cent has its receipt',
  );
  const givenBack = theirs.flatMap((transaction) => [...transaction.refunds.values()]).reduce((sum, back) => sum + back, 0);
  const done = refunds.filter(({ state, byGateway }) => state === 'done' && byGateway);
  assert.equal(
    done.reduce((sum, refund) => sum + refund.cents, 0),
    givenBack,
    'given back once',
  );
  assert.ok(payment.refundedCents <= payment.receivedCents);
  assert.ok(theirs.filter(({ state }) => state === 'paid').length <= 1, 'charged once');
  assert.ok(history.filter(({ step }) => step === 'settle').length <= 1, 'told once');
  if (payment.state === 'paid') assert.equal(taken, cents, 'paid is paid, to the cent');
  if (taken > 0 && payment.refundedCents === 0) assert.ok(['paid', 'disputed'].includes(payment.state), payment.state);
}

for (const town of towns)
  test(`nothing is charged twice, nothing is lost (${town.path})`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 14 }), async (steps) => {
        const known = await openCase(town);
        for (const given of steps) {
          await take(town, known, given);
          neverTwoPages(known);
        }
        await checkBooks(town, known);
      }),
      { numRuns: 60 },
    );
  });
