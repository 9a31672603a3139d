import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import Schema from 'typebox/schema';
import type { SubmissionView } from '#modules/forms';
import * as payments from '#modules/payments';
import { type Context, systemContext } from '#platform/context';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { settleTreasury } from '../../../test/treasury.ts';
import { paidFor } from './content.ts';
import { writeMetadata } from './rules-metadata.ts';

const stand = await openStand({ settings: { RENNSTEIG_PAYMENT_HOSTS: '127.0.0.1' } });
const people = await settle(stand);
const { ellrich: tenant } = people;
const treasury = await settleTreasury(people, 'x');
after(() => treasury.service.close());
const house = systemContext(stand.house.platform, tenant, 'test');
const visitor: Context = { ...people.nobody, actor: { kind: 'nobody', tenant } };
const published = '/work/shared/standards/fit-connect/metadata.schema.v1.0.0.json';

/** What goes out about the payment of a thing. */
async function paid(id: string) {
  const payment = await payments.paymentOf(house, { tenant, thing: { kind: 'application', id } });
  return paidFor(house, { submission: { tenant }, payment } as SubmissionView);
}

test('what was paid online is said with its transaction, in the shape of the schema, and nothing before or without', async (t) => {
  const { page, reference } = await treasury.ask({ thing: { kind: 'application', id: 'x' } });
  assert.equal(await paid('nothing'), null);
  assert.equal(await paid('x'), null);
  const token = page.slice('/bezahlung/'.length);
  const address = await payments.pay(visitor, token);
  assert.equal(await paid('x'), null);
  const transaction = treasury.service.ledger.byKey(address.split('/pay/')[1] ?? '');
  assert.ok(transaction);
  treasury.service.end(transaction.id, 'paid');
  await payments.comeBack(visitor, token);
  const said = await paid('x');
  assert.deepEqual(
    [said?.transactionReference, said?.transactionId, said?.status, said?.grossAmount],
    [reference, transaction.id, 'BOOKED', 64.5],
  );
  if (!existsSync(published)) return t.diagnostic('the published schema is not here');
  const metadata = writeMetadata({
    service: 'urn:rennsteig:formular:hundesteuer',
    name: 'Hundesteuer',
    reference: 'H-1',
    day: '2026-11-22',
    mail: null,
    sum: '0'.repeat(128),
    files: [],
    payment: said,
    report: null,
  });
  assert.ok(Schema.Check(JSON.parse(readFileSync(published, 'utf8')), metadata), JSON.stringify(metadata));
});
