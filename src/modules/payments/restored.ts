import * as tenants from '#modules/tenants';
import { type Platform, systemContext } from '#platform/context';
import { daysAfter } from '#platform/day';
import { type Connection, connect } from '#platform/db';
import { askAbout, loseOld } from './ask.ts';
import { type AttemptState, isLive } from './rules-attempt.ts';
import { gatewayOf } from './settings.ts';
import { readAttempt } from './store/attempt.ts';
import * as store from './store/restored.ts';

/**
 * After a restore payment references go on far behind those that were given out since the instant that was restored: money may
 * still arrive under one of them, and must not be taken for somebody else's.
 * @param owner as the owner of the schema: it concerns every tenant
 */
export async function skipReferences(owner: Connection): Promise<void> {
  const sql = connect(owner, { max: 1 });
  try {
    await sql.begin((tx) => store.skipNumbers(tx));
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** How the payments of an instance stand to the world outside after a restore. */
export type PaymentsThen = {
  /** Attempts that had begun at a payment service and were not over at the restored instant. */
  readonly underWay: number;
  /** Tenants with a payment service: of what began there later nothing is known here. */
  readonly services: number;
};

const bounds = { most: 5_000, endedDays: 30, silentInARow: 5 };

/** Counts, and asks nobody: whoever restores may not want this machine to be heard of. */
export async function paymentsThen(platform: Platform): Promise<PaymentsThen> {
  let [underWay, services] = [0, 0];
  for (const tenant of await tenants.tenantNumbers(platform)) {
    if (await gatewayOf(systemContext(platform, tenant, 'payments.restored'), tenant)) services += 1;
    underWay += (await unsettledOf(platform, tenant)).filter(({ state }) => isLive(state)).length;
  }
  return { underWay, services };
}

function unsettledOf(platform: Platform, tenant: number): Promise<store.Unsettled[]> {
  const endedAfter = daysAfter(platform.clock.now(), -bounds.endedDays);
  return store.readUnsettled(platform.db.read(tenant), tenant, { endedAfter, most: bounds.most });
}

/** What came of asking about one attempt. `unknown`: the service did not say. */
export type Reconciled = Pick<store.Unsettled, 'reference' | 'cents' | 'startedAt'> & {
  readonly tenant: number;
  readonly verdict: 'paid' | 'over' | 'open' | 'unknown';
};

/**
 * Asks the payment services about everything of which they may know more than we: attempts that are not over, and those of the
 * last 30 days that ended without money. What was paid is booked like any payment. The services offer no list of what they have, so
 * attempts that began after a restored instant cannot be asked about: we do not know their ids.
 */
export async function reconcile(platform: Platform): Promise<Reconciled[]> {
  const all: Reconciled[] = [];
  for (const tenant of await tenants.tenantNumbers(platform)) {
    let silent = 0;
    for (const { id, reference, cents, startedAt } of await unsettledOf(platform, tenant)) {
      // A service that is away is not waited for thousands of times.
      const verdict = silent < bounds.silentInARow ? await verdictOn(platform, tenant, id) : 'unknown';
      silent = verdict === 'unknown' ? silent + 1 : 0;
      all.push({ tenant, reference, cents, startedAt, verdict });
    }
  }
  return all;
}

/**
 * An attempt that was beginning at the restored instant has gone on since: its address was shown, and it may have been paid. It
 * counts as lost, as after any beginning without an answer, and is asked about all the same, where its service knows it by our id.
 */
async function verdictOn(platform: Platform, tenant: number, id: number): Promise<Reconciled['verdict']> {
  const ctx = systemContext(platform, tenant, 'payments.reconcile');
  const known = await readAttempt(platform.db.read(tenant), tenant, id);
  if (known?.state === 'starting') await loseOld(ctx, tenant, known);
  const attempt = await readAttempt(platform.db.read(tenant), tenant, id);
  const state = attempt ? await askAbout(ctx, tenant, attempt) : 'silent';
  return verdicts[state];
}

const verdicts: Readonly<Record<AttemptState | 'silent', Reconciled['verdict']>> = {
  paid: 'paid',
  open: 'open',
  silent: 'unknown',
  starting: 'unknown',
  declined: 'over',
  cancelled: 'over',
  expired: 'over',
  refused: 'over',
  lost: 'open', // it is not paid, and nobody has said that it cannot be any more
};
