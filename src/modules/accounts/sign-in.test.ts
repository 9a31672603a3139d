import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as accounts from '#modules/accounts';
import * as tenants from '#modules/tenants';
import { listAudit } from '#platform/audit';
import { Failure } from '#platform/errors';
import { password, settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';

const stand = await openStand();
const { platform } = stand.house;
const people = await settle(stand);
const { anna, dora, paula, nobody, id, ellrich } = people;

const refusedWith = (code: string) => (error: unknown) => error instanceof Failure && error.code === code;
const refused = refusedWith('accounts.signInRefused');

/** A browser somewhere else, so that one test's failures do not make the others wait. */
let networks = 0;
const elsewhere = () => ({ ...nobody, network: `198.51.100.${++networks}` });

const signIn = (address: string, secret = password) => accounts.signIn(elsewhere(), { address, password: secret });
const byToken = (token: string) => accounts.bySession(platform, token, '192.0.2.9');
const network = '203.0.113.7';
const byBasic = (user: string, secret: string) => accounts.byAppPassword(platform, user, secret, network);

test('Anna signs in with her address or her handle, in any case', async () => {
  for (const login of ['anna@ellrich.example', ' ANNA@Ellrich.Example ', 'anna']) {
    const { token, tenant, account } = await signIn(login);
    assert.deepEqual([tenant, account], [ellrich, id.anna]);
    const actor = await byToken(token);
    assert.equal(actor?.account, id.anna);
    assert.equal(actor?.via, 'session');
  }
});
