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

/** The platform with everything it asks of the database written down. */
function recording() {
  const asked: string[] = [];
  const noted = <Sql extends (strings: TemplateStringsArray, ...values: never[]) => unknown>(sql: Sql): Sql =>
    ((strings: TemplateStringsArray, ...values: never[]) => {
      asked.push(strings.join('?'));
      return sql(strings, ...values);
    }) as Sql;
  const db = { ...platform.db, instance: noted(platform.db.instance), read: (tenant: number) => noted(platform.db.read(tenant)) };
  return { asked, context: { ...elsewhere(), platform: { ...platform, db } } };
}

test('nobody learns whether there is such an account: the same answer after the same questions', async () => {
  await accounts.invite(dora, { address: 'neu@ellrich.example', name: 'Noch Neu' });
  const attempts = [
    ['anna@ellrich.example', 'nicht-das-passwort'],
    ['niemand@ellrich.example', 'nicht-das-passwort'],
    ['neu@ellrich.example', 'nicht-das-passwort'],
    ['anna@ellrich.example', 'x'.repeat(1_000)],
    ["' or 1=1 --", ''],
  ] as const;
  const questions: string[][] = [];
  for (const [address, secret] of attempts) {
    const { asked, context } = recording();
    await assert.rejects(accounts.signIn(context, { address, password: secret }), refused);
    questions.push(asked);
  }
  for (const asked of questions) assert.deepEqual(asked, questions[0]);
  const resets: string[][] = [];
  for (const address of ['anna@ellrich.example', 'niemand@ellrich.example', 'neu@ellrich.example']) {
    const { asked, context } = recording();
    assert.equal(await accounts.requestReset(context, address), undefined);
    resets.push(asked);
  }
  for (const asked of resets) assert.deepEqual(asked, resets[0]);
});

test('after five wrong passwords from one place that place waits, honestly, and Anna elsewhere does not', async () => {
  const attacker = elsewhere();
  const guess = (secret: string) => accounts.signIn(attacker, { address: 'bernd@ellrich.example', password: secret });
  for (let attempt = 0; attempt < 6; attempt += 1) await assert.rejects(guess('falsch-geraten'), refused);
  const waits = (seconds: number) => (error: unknown) =>
    error instanceof Failure && error.kind === 'tooMany' && error.params.seconds === seconds;
  await assert.rejects(guess(password), waits(30), 'not even with the right one');
  await signIn('bernd@ellrich.example');
  stand.clock.advance(30);
  const { token } = await guess(password);
  assert.ok(await byToken(token));
  for (let attempt = 0; attempt < 5; attempt += 1)
    await assert.rejects(guess('falsch-geraten'), refused, 'forgotten after a success');
});

test('a session ends when nothing happens for too long, and after its longest time whatever happens', async () => {
  const { sessionIdleSeconds, sessionLongestSeconds } = tenants.policies;
  const idle = await signIn('anna');
  stand.clock.advance(sessionIdleSeconds.fallback + 61);
  assert.equal(await byToken(idle.token), null);
  const busy = await signIn('anna');
  const step = sessionIdleSeconds.fallback - 120;
  for (let time = step; time < sessionLongestSeconds.fallback; time += step) {
    stand.clock.advance(step);
    assert.ok(await byToken(busy.token), `after ${time} s`);
  }
  stand.clock.advance(step);
  assert.equal(await byToken(busy.token), null);
});

test('a policy that is tightened ends sessions that began before', async () => {
  const { token } = await signIn('anna');
  stand.clock.advance(600);
  assert.ok(await byToken(token));
  await tenants.setPolicy(dora, { tenant: ellrich, name: 'sessionIdleSeconds', value: 300 });
  stand.clock.advance(400);
  assert.equal(await byToken(token), null);
  await tenants.setPolicy(dora, { tenant: ellrich, name: 'sessionIdleSeconds', value: null });
});

/** As a request of Anna's browser with this session. */
async function inBrowser(token: string) {
  const actor = await byToken(token);
  assert.ok(actor);
  return { ...anna, actor };
}

test('Anna sees her sessions with device and network, and ends the ones she does not know', async () => {
  const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
  const here = await accounts.signIn({ ...nobody, network: '192.0.2.77' }, { address: 'anna', password, userAgent });
  const browser = await inBrowser(here.token);
  await accounts.revokeOtherSessions(browser); // those of the other tests
  const lost = await accounts.signIn({ ...nobody, network: '192.0.2.78' }, { address: 'anna', password });
  const shown = (await accounts.listSessions(browser)).map(({ device, network: from, isThis }) => [device, from, isThis]);
  assert.deepEqual(shown, [
    ['', '192.0.2.78', false],
    ['Firefox, Linux', '192.0.2.77', true],
  ]);
  const stranger = (await accounts.listSessions(browser)).find(({ isThis }) => !isThis)?.id ?? 0;
  await assert.rejects(accounts.revokeSession(dora, stranger), refusedWith('platform.notFound'), 'everybody ends their own only');
  await accounts.revokeSession(browser, stranger);
  stand.clock.advance(0.5);
  assert.equal(await byToken(lost.token), null);
  assert.ok(await byToken(here.token));
  await accounts.signOut(browser);
  stand.clock.advance(0.5);
  assert.equal(await byToken(here.token), null);
});

test('a lost laptop: an administrator ends all sessions of a person', async () => {
  const [first, second] = [await signIn('anna'), await signIn('anna')];
  await assert.rejects(accounts.endSessions(people.bernd, { account: id.anna }), refusedWith('platform.forbidden'));
  assert.ok((await accounts.endSessions(dora, { account: id.anna })) >= 2);
  stand.clock.advance(0.5);
  assert.deepEqual([await byToken(first.token), await byToken(second.token)], [null, null]);
});

test('a token is worth nothing under another tenant’s number, and what is no token asks nobody', async () => {
  const { token } = await signIn('anna');
  const secret = token.slice(token.indexOf('.'));
  assert.equal(await byToken(`${people.rhoenblick.toString(36)}${secret}`), null);
  assert.equal(await byToken(token.toUpperCase()), null);
  const { asked, context } = recording();
  for (const text of ['', '.', secret, `0${secret}`, `01${secret}`, `zzzzzzz${secret}`, `${token}x`, `2.${'ä'.repeat(43)}`])
    assert.equal(await accounts.bySession(context.platform, text, network), null, text);
  assert.deepEqual(asked, []);
});

test('an app password opens the files, whatever way the name is written, and nothing of the account itself', async () => {
  const { id: number, secret } = await accounts.createAppPassword(anna, { name: 'Notebook' });
  assert.match(secret, /^[0-9a-z]+(-[0-9a-z]{5}){6}$/);
  for (const user of ['anna', 'ANNA', 'anna@ellrich.example', 'Anna@Ellrich.Example'])
    assert.ok(await byBasic(user, secret), user);
  const actor = await byBasic('anna', ` ${secret.toUpperCase()} `);
  assert.deepEqual([actor?.via, actor?.account, actor?.credential], ['appPassword', id.anna, number]);
  const client = { ...anna, actor: actor as NonNullable<typeof actor> };
  const inBrowserOnly = refusedWith('accounts.browserOnly');
  await assert.rejects(accounts.createAppPassword(client, { name: 'noch eines' }), inBrowserOnly);
  await assert.rejects(accounts.listSessions(client), inBrowserOnly);
  await assert.rejects(accounts.changePassword(client, { current: password, next: 'ein ganz neues Passwort' }), inBrowserOnly);
  for (const [user, given] of [
    ['bernd', secret],
    ['anna', password],
    ['anna', `${secret}x`],
    ['', secret],
  ] as const)
    assert.equal(await byBasic(user, given), null);
  assert.deepEqual(
    (await accounts.listAppPasswords(anna)).map(({ name }) => name),
    ['Notebook'],
  );
  await assert.rejects(accounts.revokeAppPassword(people.bernd, number), refusedWith('platform.notFound'));
  await accounts.revokeAppPassword(anna, number);
  stand.clock.advance(0.5);
  assert.equal(await byBasic('anna', secret), null);
});

test('the last use of an app password is noted once a minute', async () => {
  const { secret } = await accounts.createAppPassword(anna, { name: 'Uhr' });
  const lastUse = async () => (await accounts.listAppPasswords(anna)).find(({ name }) => name === 'Uhr')?.lastUsedAt?.getTime();
  assert.equal(await lastUse(), undefined);
  await byBasic('anna', secret);
  const first = stand.clock.now().getTime();
  assert.equal(await lastUse(), first);
  stand.clock.advance(59);
  await byBasic('anna', secret);
  assert.equal(await lastUse(), first);
  stand.clock.advance(1);
  await byBasic('anna', secret);
  assert.equal(await lastUse(), first + 60_000);
});

test('a network that fails again and again has to wait, and a colleague’s client behind it goes on', async () => {
  const { secret } = await accounts.createAppPassword(anna, { name: 'Sync' });
  const townHall = '203.0.113.99';
  const fail = () => accounts.byAppPassword(platform, 'anna', 'vergessen', townHall);
  for (let attempt = 0; attempt <= 60; attempt += 1) assert.equal(await fail(), null);
  await assert.rejects(fail(), (error) => error instanceof Failure && error.kind === 'tooMany');
  assert.ok(await accounts.byAppPassword(platform, 'anna', secret, townHall));
});

test('a tenant can do without app passwords', async () => {
  const { secret } = await accounts.createAppPassword(anna, { name: 'Verboten' });
  await tenants.setPolicy(dora, { tenant: ellrich, name: 'appPasswords', value: false });
  stand.clock.advance(0.5);
  assert.equal(await byBasic('anna', secret), null);
  await assert.rejects(accounts.createAppPassword(anna, { name: 'Neu' }), refusedWith('accounts.appPasswordsOff'));
  await tenants.setPolicy(dora, { tenant: ellrich, name: 'appPasswords', value: null });
  stand.clock.advance(0.5);
  assert.ok(await byBasic('anna', secret));
});

test('whoever is disabled is without access within a second, however they come, and has it back afterwards', async () => {
  const { token } = await signIn('bernd');
  const { secret } = await accounts.createAppPassword(people.bernd, { name: 'Sync' });
  assert.ok((await byToken(token)) && (await byBasic('bernd', secret)));
  await accounts.disable(dora, { account: id.bernd }, 'Hat das Amt verlassen');
  stand.clock.advance(0.5);
  assert.equal(await byToken(token), null);
  assert.equal(await byBasic('bernd', secret), null);
  await assert.rejects(signIn('bernd'), refused);
  assert.equal(await accounts.actorOf(platform, ellrich, id.bernd), null);
  await accounts.enable(dora, { account: id.bernd });
  stand.clock.advance(0.5);
  assert.ok(await byBasic('bernd', secret));
  assert.equal(await byToken(token), null, 'the browser has to sign in again');
  await signIn('bernd');
});

test('a suspended tenant’s people are without access within a second, also those who are remembered, and are told why', async () => {
  const suspended = refusedWith('platform.tenantSuspended');
  const { token } = await signIn('anna');
  const { secret } = await accounts.createAppPassword(anna, { name: 'Sync 2' });
  assert.ok((await byToken(token)) && (await byBasic('anna', secret)));
  await tenants.suspend(paula, ellrich, 'Rechenzentrum zieht um');
  stand.clock.advance(0.5);
  assert.equal(await byToken(token), null);
  await assert.rejects(byBasic('anna', secret), suspended);
  await assert.rejects(signIn('anna'), suspended);
  await assert.rejects(signIn('anna', 'falsch-geraten'), refused, 'only to those who know the password');
  await tenants.resume(paula, ellrich);
  stand.clock.advance(0.5);
  assert.ok(await byToken(token));
});

test('what is remembered is asked of the database once in half a second', async () => {
  const { token } = await signIn('anna');
  const { asked, context } = recording();
  for (let request = 0; request < 100; request += 1) await accounts.bySession(context.platform, token, network);
  assert.equal(asked.filter((text) => text.includes('accounts.session')).length, 1);
  stand.clock.advance(0.5);
  await accounts.bySession(context.platform, token, network);
  assert.equal(asked.filter((text) => text.includes('accounts.session')).length, 2);
});

test('a new password ends the other sessions, is told by mail, and the old one is worth nothing', async () => {
  const [here, there] = [await signIn('emil'), await signIn('emil')];
  const browser = { ...people.emil, actor: (await byToken(here.token)) ?? people.emil.actor };
  const change = (current: string, next: string) => accounts.changePassword(browser, { current, next });
  await assert.rejects(change('falsch-geraten', 'blaue Fliegen tanzen gern'), refusedWith('accounts.passwordWrong'));
  await assert.rejects(change(password, 'zu kurz'), refusedWith('accounts.passwordTooShort'));
  await assert.rejects(change(password, 'Sommer2026!!'), refusedWith('accounts.passwordCommon'));
  await assert.rejects(change(password, 'emileckardt1'), refusedWith('accounts.passwordPersonal'));
  await change(password, 'blaue Fliegen tanzen gern');
  stand.clock.advance(0.5);
  assert.ok(await byToken(here.token));
  assert.equal(await byToken(there.token), null);
  await assert.rejects(signIn('emil'), refused);
  await signIn('emil', 'blaue Fliegen tanzen gern');
});

test('the audit trail names who signed in, and holds no secret', async () => {
  const entries = await listAudit(platform.db.read(ellrich), ellrich, { limit: 500 });
  assert.ok(entries.some(({ action, actor }) => action === 'accounts.signIn' && actor === `account:${id.anna}`));
  const text = JSON.stringify(entries);
  for (const secret of [password, 'argon2id', 'falsch-geraten']) assert.ok(!text.includes(secret), secret);
});
