import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as accounts from '#modules/accounts';
import * as tenants from '#modules/tenants';
import { type Context, systemContext } from '#platform/context';
import { Failure } from '#platform/errors';
import { listMail } from '#platform/mail';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { sendReset } from './person.ts';

const stand = await openStand();
const { platform } = stand.house;
const { anna, bernd, dora, paula, house, nobody, id, ellrich, rhoenblick } = await settle(stand);

const refusedWith = (code: string) => (error: unknown) => error instanceof Failure && error.code === code;
const good = 'blaue Fliegen tanzen gern';

let networks = 0;
const elsewhere = (): Context => ({ ...nobody, network: `198.51.100.${++networks}` });
const signIn = (address: string, password: string) => accounts.signIn(elsewhere(), { address, password });

/** The newest mail to an address, and the token of the link in it. */
async function mailTo(address: string, tenant = ellrich) {
  const mails = await listMail(platform.db.read(tenant), tenant, 50);
  const mail = mails.find(({ to }) => to === address);
  return { subject: mail?.subject ?? '', body: mail?.body ?? '', token: /\/link\/(\S+)/.exec(mail?.body ?? '')?.[1] ?? '' };
}

async function requestReset(address: string, tenant: number, account: number): Promise<void> {
  await accounts.requestReset(elsewhere(), address);
  await sendReset.run(systemContext(platform, tenant, 'test'), { account });
}

test('an invited person opens the link, chooses a password once, and signs in', async () => {
  const { account, handle } = await accounts.invite(dora, { address: 'Frieda@Ellrich.example', name: 'Frieda Fuchs' });
  assert.equal(handle, 'frieda');
  const { subject, body, token } = await mailTo('frieda@ellrich.example');
  assert.match(subject, /Stadt Ellrich/);
  assert.match(body, /Frieda Fuchs[\s\S]*Montag, 30\. November 2026/);
  const view = await accounts.viewLink(elsewhere(), token);
  assert.deepEqual(
    [view.purpose, view.name, view.tenantName, view.passwordLength],
    ['invitation', 'Frieda Fuchs', 'Stadt Ellrich', 12],
  );
  await assert.rejects(
    accounts.acceptInvitation(elsewhere(), { token, password: 'kurz' }),
    refusedWith('accounts.passwordTooShort'),
  );
  assert.deepEqual(await accounts.acceptInvitation(elsewhere(), { token, password: good }), {
    address: 'frieda@ellrich.example',
  });
  await assert.rejects(accounts.acceptInvitation(elsewhere(), { token, password: good }), refusedWith('accounts.linkUsed'));
  assert.equal((await signIn('frieda', good)).account, account);
});

test('of two browsers with the same link only one gets in', async () => {
  await accounts.invite(dora, { address: 'zwei@ellrich.example', name: 'Zwei Mal' });
  const { token } = await mailTo('zwei@ellrich.example');
  const both = [`${good} eins`, `${good} zwei`].map((password) => accounts.acceptInvitation(elsewhere(), { token, password }));
  const outcomes = await Promise.allSettled(both);
  assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
});

test('whoever has lost the invitation gets another one by asking for a new password', async () => {
  const { account } = await accounts.invite(dora, { address: 'verlegt@ellrich.example', name: 'Verlegt' });
  const first = await mailTo('verlegt@ellrich.example');
  await requestReset('verlegt@ellrich.example', ellrich, account);
  const second = await mailTo('verlegt@ellrich.example');
  assert.notEqual(second.token, first.token);
  assert.equal((await accounts.viewLink(elsewhere(), second.token)).purpose, 'invitation');
});

test('an invitation ends after seven days, and a newer one ends the older', async () => {
  const { account } = await accounts.invite(dora, { address: 'spaet@ellrich.example', name: 'Späte Sophie' });
  const first = await mailTo('spaet@ellrich.example');
  assert.equal(await accounts.sendLink(dora, { account }), 'invitation');
  const second = await mailTo('spaet@ellrich.example');
  await assert.rejects(accounts.viewLink(elsewhere(), first.token), refusedWith('accounts.linkUnknown'));
  stand.clock.advance(7 * 86_400 - 1);
  assert.ok(await accounts.viewLink(elsewhere(), second.token));
  stand.clock.advance(1);
  const late = accounts.acceptInvitation(elsewhere(), { token: second.token, password: good });
  await assert.rejects(late, refusedWith('accounts.linkExpired.invitation'));
});

test('whoever was disabled before accepting cannot come in by the invitation', async () => {
  const { account } = await accounts.invite(dora, { address: 'doch-nicht@ellrich.example', name: 'Doch Nicht' });
  const { token } = await mailTo('doch-nicht@ellrich.example');
  await accounts.disable(dora, { account });
  await assert.rejects(accounts.acceptInvitation(elsewhere(), { token, password: good }), refusedWith('accounts.stays.disabled'));
  await accounts.enable(dora, { account });
  await accounts.acceptInvitation(elsewhere(), { token, password: good });
  await signIn('doch-nicht', good);
});

test('a forgotten password: one link, one hour, once; all browsers are signed out', async () => {
  const session = await signIn('bernd', 'rennsteig-demo');
  const { secret } = await accounts.createAppPassword(bernd, { name: 'Sync' });
  await requestReset('BERND@ellrich.example', ellrich, id.bernd);
  const { token } = await mailTo('bernd@ellrich.example');
  await assert.rejects(
    accounts.acceptInvitation(elsewhere(), { token, password: good }),
    refusedWith('accounts.linkUnknown'),
    'a reset is no invitation',
  );
  await accounts.resetPassword(elsewhere(), { token, password: good });
  stand.clock.advance(0.5);
  assert.equal(await accounts.bySession(platform, session.token, '192.0.2.1'), null);
  assert.ok(await accounts.byAppPassword(platform, 'bernd', secret, '192.0.2.1'), 'sync clients go on');
  await signIn('bernd', good);
  await assert.rejects(signIn('bernd', 'rennsteig-demo'), refusedWith('accounts.signInRefused'));
  await assert.rejects(accounts.resetPassword(elsewhere(), { token, password: good }), refusedWith('accounts.linkUsed'));
  assert.match((await mailTo('bernd@ellrich.example')).subject, /wurde geändert/);
});

test('whoever fears an intruder ends the sync clients too', async () => {
  const { secret } = await accounts.createAppPassword(anna, { name: 'Fremd?' });
  await requestReset('anna@ellrich.example', ellrich, id.anna);
  const { token } = await mailTo('anna@ellrich.example');
  await accounts.resetPassword(elsewhere(), { token, password: good, revokeAppPasswords: true });
  stand.clock.advance(0.5);
  assert.equal(await accounts.byAppPassword(platform, 'anna', secret, '192.0.2.1'), null);
});

test('a reset ends after an hour', async () => {
  await requestReset('emil@rhoenblick.example', rhoenblick, id.emil);
  const { token } = await mailTo('emil@rhoenblick.example', rhoenblick);
  stand.clock.advance(3_600);
  await assert.rejects(accounts.viewLink(elsewhere(), token), refusedWith('accounts.linkExpired.reset'));
});

test('nobody can fill a mailbox or find out addresses with resets', async () => {
  const attacker = elsewhere();
  for (let request = 0; request < 4; request += 1) await accounts.requestReset(attacker, 'gero@planung.example');
  await assert.rejects(accounts.requestReset(attacker, 'gero@planung.example'), refusedWith('platform.tooMany'));
  await assert.rejects(
    accounts.requestReset(elsewhere(), 'GERO@planung.example'),
    refusedWith('platform.tooMany'),
    'from anywhere',
  );
  await sendReset.run(systemContext(platform, tenants.provider, 'test'), { account: 0 });
});

test('links cannot be guessed for long, nor tried under another tenant', async () => {
  await accounts.invite(dora, { address: 'ziel@ellrich.example', name: 'Ziel' });
  const { token } = await mailTo('ziel@ellrich.example');
  const foreign = `${rhoenblick.toString(36)}${token.slice(token.indexOf('.'))}`;
  await assert.rejects(accounts.viewLink(elsewhere(), foreign), refusedWith('accounts.linkUnknown'));
  const attacker = elsewhere();
  for (let guess = 0; guess < 31; guess += 1)
    await assert.rejects(
      accounts.viewLink(attacker, `2.${String(guess).padStart(43, 'A')}`),
      refusedWith('accounts.linkUnknown'),
    );
  await assert.rejects(accounts.viewLink(attacker, 'x'), refusedWith('platform.tooMany'));
  assert.ok(await accounts.viewLink(attacker, token), 'whoever holds a real one is not in its way');
});

test('the house can hand an invitation over without a mail; nobody else can', async () => {
  const { account } = await accounts.addAccount(house, { tenant: ellrich, address: 'ohne@ellrich.example', name: 'Ohne Post' });
  await assert.rejects(accounts.invitationLink(dora, { account }), refusedWith('platform.forbidden'));
  const link = await accounts.invitationLink(house, { tenant: ellrich, account });
  assert.ok(link.startsWith(`${platform.config.url}/link/`));
  assert.equal((await mailTo('ohne@ellrich.example')).body, '');
  await accounts.acceptInvitation(elsewhere(), { token: link.split('/link/')[1] ?? '', password: good });
  await assert.rejects(accounts.invitationLink(house, { tenant: ellrich, account }), refusedWith('accounts.stays.active'));
});

test('an instance that has an operator gives out no set-up link', async () => {
  assert.equal(await accounts.setUpLink(house), null);
  await assert.rejects(accounts.setUpLink(paula), refusedWith('platform.forbidden'));
});

test('an empty instance is set up by its first operator, once', async () => {
  const empty = await openStand();
  const at = systemContext(empty.house.platform, tenants.provider, 'test');
  const stranger: Context = { ...at, actor: { kind: 'nobody', tenant: tenants.provider }, network: '192.0.2.1' };
  const outdated = await accounts.setUpLink(at);
  const link = (await accounts.setUpLink(at)) ?? '';
  const tokenOf = (address: string | null) => address?.split('/link/')[1] ?? '';
  const input = {
    providerName: 'TLRZ',
    providerSlug: 'tlrz',
    name: 'Paula Preiß',
    address: 'paula@tlrz.example',
    password: good,
  };
  await assert.rejects(
    accounts.setUpFirstOperator(stranger, { token: tokenOf(outdated), ...input }),
    refusedWith('accounts.linkUnknown'),
  );
  assert.equal((await accounts.viewLink(stranger, tokenOf(link))).purpose, 'setUp');
  const token = tokenOf(link);
  await assert.rejects(
    accounts.setUpFirstOperator(stranger, { token, ...input, providerSlug: 'nicht gut' }),
    refusedWith('tenants.slugForm'),
  );
  assert.deepEqual(await accounts.setUpFirstOperator(stranger, { token, ...input }), { address: 'paula@tlrz.example' });
  await assert.rejects(accounts.setUpFirstOperator(stranger, { token, ...input }), refusedWith('accounts.linkUsed'));
  assert.equal(await accounts.setUpLink(at), null);
  const { account } = await accounts.signIn(stranger, { address: 'paula', password: good });
  const operator = await accounts.actorOf(empty.house.platform, tenants.provider, account);
  assert.deepEqual(operator?.roles, ['providerOperator', 'tenantAdministrator']);
  assert.deepEqual((await tenants.verifyAudits(empty.house.platform)).problems, []);
});

test('the outbox is a demo’s only', async () => {
  await assert.rejects(accounts.outbox(paula), refusedWith('platform.notFound'));
  const demo: Context = { ...nobody, platform: { ...platform, config: { ...platform.config, demo: true } } };
  const mails = await accounts.outbox(demo);
  assert.ok(mails.length > 5 && mails.every(({ to }) => to.includes('@')));
});
