import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as accounts from '#modules/accounts';
import * as files from '#modules/files';
import * as notifications from '#modules/notifications';
import * as tenants from '#modules/tenants';
import { listAudit } from '#platform/audit';
import type { Context } from '#platform/context';
import { Failure } from '#platform/errors';
import { listMail } from '#platform/mail';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { throttles } from './rules.ts';

const stand = await openStand();
const { anna, bernd, house, nobody, id, address, cookie } = await settle(stand);
const { platform, app } = stand.house;
const portal = tenants.provider;
const password = 'Salzaer Kirschen im Juni';

let networks = 0;
const elsewhere = (): Context => ({ ...nobody, network: `198.51.100.${++networks}` });
const newest = async () => (await listMail(platform.db.read(portal), portal, 1))[0];
const tokenIn = (body: string) => /\/postfach\/link\/([\w-]{43})\b/.exec(body)?.[1] ?? '';
const refusedWith = (code: string) => (error: unknown) => error instanceof Failure && error.code === code;

async function register(mailAddress: string, name = 'Celik Çetin'): Promise<string> {
  await accounts.registerCitizen(elsewhere(), { address: mailAddress, name, kind: 'person' });
  return tokenIn((await newest())?.body ?? '');
}

async function citizen(mailAddress: string): Promise<Context> {
  const token = await register(mailAddress);
  await accounts.openCitizenLink(elsewhere(), { token, password, repeat: password });
  const signedIn = await accounts.signInCitizen(elsewhere(), { address: mailAddress, password });
  const actor = await accounts.citizenBySession(platform, signedIn.token);
  assert.ok(actor);
  return { ...nobody, actor };
}

test('Celik registers, proves the address by mail, and signs in', async () => {
  const token = await register('celik@post.example');
  const mail = await newest();
  assert.ok(
    mail?.to === 'celik@post.example' && !mail.body.includes('Celik'),
    'whoever typed the address may have made the name up',
  );
  const signIn = () => accounts.signInCitizen(elsewhere(), { address: ' CELIK@post.example', password });
  await assert.rejects(signIn(), refusedWith('accounts.signInRefused'));
  assert.equal((await accounts.viewCitizenLink(elsewhere(), token)).address, 'celik@post.example');
  await assert.rejects(accounts.openCitizenLink(elsewhere(), { token, password: 'kurz', repeat: 'kurz' }), { kind: 'invalid' });
  await accounts.openCitizenLink(elsewhere(), { token, password, repeat: password });
  await assert.rejects(
    accounts.openCitizenLink(elsewhere(), { token, password, repeat: password }),
    refusedWith('accounts.linkUsed'),
  );
  const actor = await accounts.callerBySession(platform, (await signIn()).token, '192.0.2.1');
  assert.deepEqual([actor?.kind, actor?.tenant, actor?.name], ['citizen', portal, 'Celik Çetin']);
});

test('nobody learns who has an account; its owner does', async () => {
  await citizen('bekannt@post.example');
  for (const mailAddress of ['bekannt@post.example', 'fremd@post.example']) {
    assert.equal(await accounts.registerCitizen(elsewhere(), { address: mailAddress, name: 'X', kind: 'person' }), undefined);
    assert.equal((await newest())?.to, mailAddress);
    assert.equal(await accounts.requestCitizenReset(elsewhere(), mailAddress), undefined);
  }
  const mails = await listMail(platform.db.read(portal), portal, 10);
  const toldOwner = mails.filter(({ to, subject }) => to === 'bekannt@post.example' && /schon ein Konto/.test(subject));
  assert.deepEqual(
    [toldOwner.length, mails.some(({ to, subject }) => to === 'fremd@post.example' && /neues Passwort/.test(subject))],
    [1, false],
  );
});

test('a new password ends every session; links are used once and run out', async () => {
  const ctx = await citizen('vergesslich@post.example');
  const { token: session } = await accounts.signInCitizen(elsewhere(), { address: 'vergesslich@post.example', password });
  await accounts.requestCitizenReset(elsewhere(), 'vergesslich@post.example');
  const token = tokenIn((await newest())?.body ?? '');
  const next = 'Ein ganz anderes Lied';
  await accounts.openCitizenLink(elsewhere(), { token, password: next, repeat: next });
  assert.equal(await accounts.citizenBySession(platform, session), null);
  assert.match((await newest())?.subject ?? '', /geändert/);
  const late = await register('spaet@post.example');
  stand.clock.advance(accounts.citizenLimits.registerSeconds + 1);
  await assert.rejects(accounts.viewCitizenLink(elsewhere(), late), refusedWith('accounts.citizenLinkExpired'));
  await assert.rejects(accounts.viewCitizenLink(elsewhere(), 'x'.repeat(43)), refusedWith('accounts.linkUnknown'));
  assert.equal(ctx.actor.kind, 'citizen');
});

test('guessing makes wait, and a session ends by itself', async () => {
  await citizen('ziel@post.example');
  const attacker = elsewhere();
  const guess = () => accounts.signInCitizen(attacker, { address: 'ziel@post.example', password: 'geraten-geraten' });
  for (let attempt = 0; attempt < 6; attempt += 1) await assert.rejects(guess(), refusedWith('accounts.signInRefused'));
  await assert.rejects(guess(), { kind: 'tooMany' });
  const { token } = await accounts.signInCitizen(elsewhere(), { address: 'ziel@post.example', password });
  stand.clock.advance(accounts.citizenLimits.idleSeconds + 1);
  assert.equal(await accounts.citizenBySession(platform, token), null);
});

test('a citizen is nobody in the cloud of an authority, not even in that of the provider', async () => {
  const ctx = await citizen('neugierig@post.example');
  const attempts: (() => Promise<unknown>)[] = [
    () => files.readHome(ctx),
    () => files.createSpace(ctx, { name: 'Meins' }, []),
    () => accounts.listPeople(ctx, {}),
    () => accounts.findPrincipals(ctx, 'a'),
    () => accounts.listSessions(ctx),
    () => accounts.auditTrail(ctx, {}),
    () => accounts.createAppPassword(ctx, { name: 'x' }),
    () => accounts.listGroups(ctx, {}),
    () => notifications.listNotices(ctx),
    () => tenants.list(ctx, {}),
    () => tenants.setBranding(ctx, { tenant: portal, name: 'x' }),
    () => accounts.findCitizen(ctx, 'celik@post.example'),
  ];
  for (const attempt of attempts) {
    const error = await attempt().then(
      () => null,
      (thrown) => thrown,
    );
    assert.ok(error instanceof Failure && ['unauthenticated', 'forbidden', 'notFound'].includes(error.kind), String(attempt));
  }
});

test('over HTTP: the session of a citizen opens no page of the workplace, no file and no DAV', async () => {
  await citizen('browser@post.example');
  const { token } = await accounts.signInCitizen(elsewhere(), { address: 'browser@post.example', password });
  const name = (await cookie('anna')).split('=')[0];
  for (const url of ['/mitteilungen/anzahl', '/konto/bild/ansicht', '/verwaltung/protokoll.csv', '/dateien/vorschau/1']) {
    const { statusCode } = await app.inject({ url, headers: { cookie: `${name}=${token}` } });
    assert.ok([401, 403, 404].includes(statusCode), `${url}: ${statusCode}`);
  }
  const basic = `Basic ${Buffer.from(`browser@post.example:${password}`).toString('base64')}`;
  const dav = await app.inject({ method: 'PROPFIND' as never, url: '/remote.php/dav/', headers: { authorization: basic } });
  assert.equal(dav.statusCode, 401);
  await assert.rejects(
    accounts.signIn(elsewhere(), { address: 'browser@post.example', password }),
    refusedWith('accounts.signInRefused'),
  );
});

test('a clerk may have an account of the portal with the same address: two accounts, two passwords', async () => {
  const ctx = await citizen(address.anna);
  assert.notEqual((ctx.actor as { citizen: number }).citizen, id.anna);
  await assert.rejects(accounts.signIn(elsewhere(), { address: address.anna, password }), refusedWith('accounts.signInRefused'));
});

test('who writes a letter finds an account by its exact address only', async () => {
  await citizen('empfang@post.example');
  assert.equal((await accounts.findCitizen(anna, ' Empfang@Post.Example'))?.address, 'empfang@post.example');
  assert.equal(await accounts.findCitizen(anna, 'empfan@post.example'), null);
  await assert.rejects(accounts.findCitizen(nobody, 'empfang@post.example'), { kind: 'unauthenticated' });
  const wanted = { action: 'accounts.findCitizen', limit: 10 };
  const asked = await listAudit(platform.db.read(anna.actor.tenant), anna.actor.tenant, wanted);
  assert.deepEqual(
    asked.map(({ thing }) => thing.replace(/\d+/, 'N')),
    ['citizen:none', 'citizen:N'],
  );
  for (let count = asked.length; count <= throttles.findCitizen.free; count += 1)
    await accounts.findCitizen(anna, 'empfan@post.example');
  await assert.rejects(accounts.findCitizen(anna, 'empfang@post.example'), { kind: 'tooMany' });
  assert.ok(await accounts.findCitizen(bernd, 'empfang@post.example'));
  await assert.rejects(accounts.getCitizen(anna, 1), { kind: 'forbidden' });
});

test('one deletes one’s own account with the password, and nothing of it stays but the trail', async () => {
  const ctx = await citizen('tschuess@post.example');
  const number = (ctx.actor as { citizen: number }).citizen;
  await assert.rejects(accounts.removeCitizen(ctx, 'falsch'), refusedWith('accounts.passwordWrong'));
  await accounts.removeCitizen(ctx, password);
  assert.equal(await accounts.getCitizen(house, number), null);
  await assert.rejects(
    accounts.signInCitizen(elsewhere(), { address: 'tschuess@post.example', password }),
    refusedWith('accounts.signInRefused'),
  );
  const [entry] = await listAudit(platform.db.read(portal), portal, { action: 'accounts.removeCitizen', limit: 1 });
  assert.deepEqual([entry?.actor, entry?.thing], [`citizen:${number}`, `citizen:${number}`]);
});
