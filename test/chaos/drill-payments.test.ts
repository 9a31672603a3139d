import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import * as payments from '#modules/payments';
import type { Context } from '#platform/context';
import { readConfig } from '../../src/config.ts';
import { openHouse } from '../../src/house.ts';
import { openInstance } from '../../src/instance.ts';
import { settle } from '../people.ts';
import { settleTreasury, type Treasury } from '../treasury.ts';
import { operatorOf } from './drill.ts';

/** The drill where money moved after the instant that is wanted back: rows go back in time, a payment service does not. */

const root = mkdtempSync(join(tmpdir(), 'rennsteig-test-drill-payments-'));
after(() => rmSync(root, { recursive: true, force: true }));
const [data, backups, settings] = [join(root, 'daten'), join(root, 'sicherung'), join(root, 'settings')];
const hosts = { RENNSTEIG_PAYMENT_HOSTS: '127.0.0.1' };
writeFileSync(settings, `RENNSTEIG_PAYMENT_HOSTS=${hosts.RENNSTEIG_PAYMENT_HOSTS}\n`);
const { admin, script } = operatorOf(data, settings);

type Town = { readonly treasury: Treasury; readonly visitor: Context; readonly treasurer: Context };

/** Ellrich with its treasury, served in this process while something is done. */
async function withTown<Result>(work: (town: Town) => Promise<Result>): Promise<Result> {
  const config = { ...readConfig(['--data', data, '--port', '0', '--log', 'silent'], hosts), workers: 1 };
  const instance = await openInstance(config);
  const house = await openHouse({ config, app: instance.app, owner: instance.owner, worksOnJobs: false });
  try {
    const people = await settle({ house });
    const treasury = await settleTreasury(people);
    after(() => treasury.service.close());
    const visitor: Context = { ...people.nobody, actor: { kind: 'nobody', tenant: people.ellrich } };
    return await work({ treasury, visitor, treasurer: await people.now('anna') });
  } finally {
    await house.close();
    await instance.close();
  }
}

/** Somebody stands before the service’s page; `pay` pays there. */
async function begin({ treasury: { ask, service }, visitor, treasurer }: Town) {
  const opened = await ask();
  const address = await payments.pay(visitor, opened.page.slice('/bezahlung/'.length));
  const transaction = service.ledger.byKey(address.split('/pay/')[1] ?? '');
  assert.ok(transaction);
  const { reference } = (await payments.getPayment(treasurer, opened.payment)).payment;
  return { reference, pay: () => service.end(transaction.id, 'paid') };
}

test('restore says what it cannot know of payments; “payments ask” asks the service and books what was paid', async () => {
  const [paid, open] = await withTown(async (town) => {
    const [first, second] = [await begin(town), await begin(town)];
    await script('backup', backups);
    first.pay(); // after the instant of the backup
    return [first.reference, second.reference];
  });
  cpSync(join(data, 'keys'), join(root, 'keys'), { recursive: true });
  rmSync(data, { recursive: true });
  cpSync(join(root, 'keys'), join(data, 'keys'), { recursive: true });
  const { code, out, err } = await admin('restore', backups);
  assert.equal(code, 0, err);
  assert.match(out, /Payments: 2 attempts were under way at payment services at .* run “payments ask”/);
  assert.match(out, /compare Kasse → Abgleich of 1 tenants with the services’ own tables/);
  const asked = await script('payments', 'ask');
  const verdicts = (attempts: readonly { reference: string; verdict: string }[]) =>
    Object.fromEntries(attempts.map(({ reference, verdict }) => [reference, verdict]));
  assert.deepEqual(verdicts(asked.attempts), { [paid as string]: 'paid', [open as string]: 'open' });
  const again = await script('payments', 'ask');
  assert.deepEqual(verdicts(again.attempts), { [open as string]: 'open' }, 'what is booked is not asked about again');
  assert.equal((await script('audit', 'verify')).ok, true);
});
