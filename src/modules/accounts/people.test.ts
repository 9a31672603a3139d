import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as accounts from '#modules/accounts';
import { listAudit } from '#platform/audit';
import { faultsOf } from '#platform/checks';
import { Failure } from '#platform/errors';
import { listMail } from '#platform/mail';
import { inGermanOrder } from '#platform/order';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';

const stand = await openStand();
const { platform } = stand.house;
const people = await settle(stand);
const { anna, bernd, dora, emil, ida, paula, house, nobody, id, ellrich, rhoenblick, tlrz, werther } = people;

const refusedWith = (code: string) => (error: unknown) => error instanceof Failure && error.code === code;
const forbidden = refusedWith('platform.forbidden');
const hidden = refusedWith('platform.notFound');

let count = 0;
/** Somebody new in Ellrich, active at once. */
async function somebody(roles: readonly string[] = [], tenant = ellrich): Promise<number> {
  const address = `jemand-${++count}@ellrich.example`;
  const made = { tenant, address, name: `Jemand ${count}`, roles, password: 'rennsteig-demo' };
  return (await accounts.addAccount(house, made)).account;
}

test('nobody sees the people of another tenant, by no door and not in the database either', async () => {
  for (const look of [
    () => accounts.listPeople(emil, { tenant: ellrich }),
    () => accounts.getPerson(emil, { tenant: ellrich, account: id.anna }),
    () => accounts.listGroups(dora, { tenant: rhoenblick }),
    () => accounts.listUnits(emil, { tenant: ellrich }),
    () => accounts.disable(dora, { tenant: rhoenblick, account: id.emil }),
  ])
    await assert.rejects(look(), hidden);
  await assert.rejects(accounts.disable(dora, { account: id.emil }), hidden, 'not under her own tenant’s number either');
  assert.deepEqual(await accounts.findPrincipals(emil, 'anna'), []);
  assert.equal((await accounts.principalsById(emil, [id.anna, id.emil])).size, 1);
  assert.equal((await accounts.namesOf(emil, [id.anna])).size, 0);
  const sql = platform.db.read(rhoenblick);
  for (const rows of [
    await sql`select 1 from accounts.account where id = ${id.anna}`,
    await sql`select 1 from accounts.person where id = ${id.anna}`,
    await sql`select 1 from accounts.actor where account = ${id.anna}`,
  ])
    assert.equal(rows.length, 0);
  await assert.rejects(accounts.listPeople(nobody, { tenant: ellrich }), refusedWith('platform.signInFirst'));
});

test('a clerk finds colleagues, and manages nobody', async () => {
  const found = await accounts.findPrincipals(anna, 'BERN');
  assert.deepEqual(
    found.map(({ id: principal, kind, name }) => [principal, kind, name]),
    [[id.bernd, 'account', 'Bernd Böhme']],
  );
  for (const act of [
    () => accounts.listPeople(anna),
    () => accounts.getPerson(anna, { account: id.bernd }),
    () => accounts.invite(anna, { address: 'x@ellrich.example', name: 'X' }),
    () => accounts.setRoles(anna, { account: id.anna }, ['tenantAdministrator']),
    () => accounts.disable(anna, { account: id.dora }),
    () => accounts.createGroup(anna, { name: 'Meine' }),
    () => accounts.auditTrail(anna),
    () => accounts.sendLink(anna, { account: id.dora }),
  ])
    await assert.rejects(act(), forbidden);
  assert.equal((await accounts.getPerson(anna, { account: id.anna })).handle, 'anna', 'but sees herself');
});

test('the list is ordered like a German telephone list, can be searched and filtered, and comes page by page', async () => {
  for (const name of ['Özdemir, Ayşe', 'Oertel, Uwe', 'Zander, Zoe', 'ärgerlich, Otto'])
    await accounts.invite(dora, { address: `liste-${++count}@ellrich.example`, name });
  const names: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof accounts.listPeople>> = await accounts.listPeople(dora, { cursor, limit: 3 });
    names.push(...page.items.map(({ name }) => name));
    cursor = page.next;
  } while (cursor !== null);
  assert.deepEqual(names, names.toSorted(inGermanOrder));
  assert.equal(new Set(names).size, names.length);
  const search = async (text: string) => (await accounts.listPeople(dora, { search: text })).items.map(({ name }) => name);
  assert.deepEqual(await search('ÖZDE'), ['Özdemir, Ayşe']);
  assert.deepEqual(await search('gero@planung'), ['Gero Groß']);
  assert.deepEqual(await search('%'), []);
  const invited = await accounts.listPeople(dora, { state: 'invited' });
  assert.ok(invited.items.length === 4 && invited.items.every(({ state }) => state === 'invited'));
});

test('handles are made from addresses, without colliding and without revealing whose they are', async () => {
  const handleOf = async (address: string, handle?: string) =>
    (await accounts.addAccount(house, { tenant: werther, address, name: 'X', ...(handle === undefined ? {} : { handle }) }))
      .handle;
  assert.equal(await handleOf('anna@werther.example'), 'anna-werther');
  assert.equal(await handleOf('anna@werther.test'), 'anna-werther-2');
  assert.equal(await handleOf('Jörg.Müller@werther.example'.replace('ö', 'oe').replace('ü', 'ue')), 'joerg.mueller');
  assert.equal(await handleOf('x@werther.example', 'Chefin'), 'chefin');
  await assert.rejects(handleOf('y@werther.example', 'anna'), refusedWith('accounts.handleTaken'));
  await assert.rejects(handleOf('z@werther.example', '../etc'), refusedWith('accounts.handleForm'));
});

test('an address is one account’s in the whole instance, also for two who are quick', async () => {
  const taken = refusedWith('accounts.addressTaken');
  await assert.rejects(accounts.invite(dora, { address: 'EMIL@rhoenblick.example', name: 'Emil zwei' }), taken);
  const twice = [1, 2].map(() => accounts.invite(dora, { address: 'schnell@ellrich.example', name: 'Schnell' }));
  const outcomes = await Promise.allSettled(twice);
  assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  for (const wrong of [
    '',
    'anna',
    '@ellrich.example',
    'a b@ellrich.example',
    'a@b@c',
    'a@-x.de',
    '"a"@ellrich.example',
    'a@x\r\nBcc: b@c.de',
  ])
    await assert.rejects(accounts.invite(dora, { address: wrong, name: 'X' }), refusedWith('accounts.addressForm'), wrong);
});

test('an operator appoints a new tenant’s first administrator; only operators touch operators', async () => {
  const roles = ['tenantAdministrator'];
  const { account } = await accounts.invite(paula, {
    tenant: werther,
    address: 'willi@werther.example',
    name: 'Willi Wolf',
    roles,
  });
  assert.deepEqual((await accounts.getPerson(paula, { tenant: werther, account })).roles, roles);
  const local = await somebody(['tenantAdministrator'], tlrz);
  const actor = await accounts.actorOf(platform, tlrz, local);
  assert.ok(actor);
  const administrator = { ...dora, actor };
  await assert.rejects(accounts.setRoles(administrator, { account: local }, ['providerOperator']), forbidden);
  await assert.rejects(accounts.disable(administrator, { account: id.paula }), forbidden);
  await assert.rejects(accounts.sendLink(administrator, { account: id.paula }), forbidden);
  await assert.rejects(accounts.updatePerson(administrator, { account: id.paula }, { address: 'mine@tlrz.example' }), forbidden);
  await assert.rejects(
    accounts.setRoles(dora, { account: id.anna }, ['providerOperator']),
    refusedWith('accounts.operatorElsewhere'),
  );
  await assert.rejects(accounts.setRoles(paula, { account: local }, ['root']), refusedWith('accounts.roleUnknown'));
  await accounts.setRoles(paula, { account: local }, ['providerOperator']);
  await accounts.setRoles(paula, { account: local }, []);
});

test('an operator does not see into a tenant’s groups or its audit trail', async () => {
  await assert.rejects(accounts.listGroups(paula, { tenant: ellrich }), forbidden);
  await assert.rejects(accounts.addMember(paula, { tenant: ellrich, group: 1, account: id.anna }), forbidden);
});

test('the last administrator stays, even when two remove each other at the same moment', async () => {
  const last = refusedWith('accounts.last.tenantAdministrator');
  await assert.rejects(accounts.disable(dora, { account: id.dora }), last);
  await assert.rejects(accounts.setRoles(dora, { account: id.dora }, ['auditor']), last);
  await assert.rejects(accounts.disable(paula, { account: id.paula }), refusedWith('accounts.last.providerOperator'));
  const second = await somebody(['tenantAdministrator']);
  const actor = await accounts.actorOf(platform, ellrich, second);
  assert.ok(actor);
  const self = refusedWith('accounts.disableSelf');
  await assert.rejects(
    accounts.disable({ ...dora, actor }, { account: second }),
    self,
    'nor does one of two lock themselves out',
  );
  const outcomes = await Promise.allSettled([
    accounts.disable(dora, { account: second }),
    accounts.disable({ ...dora, actor }, { account: id.dora }),
  ]);
  assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  await accounts.enable(house, { tenant: ellrich, account: outcomes[0].status === 'fulfilled' ? second : id.dora });
  await accounts.disable(dora, { account: second });
});

test('an account goes only where its state table leads', async () => {
  const account = await somebody();
  await assert.rejects(accounts.enable(dora, { account }), refusedWith('accounts.stays.active'));
  await accounts.disable(dora, { account });
  await assert.rejects(accounts.disable(dora, { account }), refusedWith('accounts.stays.disabled'));
  await assert.rejects(accounts.sendLink(dora, { account }), refusedWith('accounts.stays.disabled'));
  await accounts.enable(dora, { account });
});

test('a corrected address is told to the old one; name and language are one’s own', async () => {
  const account = await somebody();
  const before = await accounts.getPerson(dora, { account });
  await accounts.updatePerson(dora, { account }, { name: 'Neuer Name', address: 'neuer.name@ellrich.example' });
  const after = await accounts.getPerson(dora, { account });
  assert.deepEqual([after.name, after.address, after.handle], ['Neuer Name', 'neuer.name@ellrich.example', before.handle]);
  const [mail] = await listMail(platform.db.read(ellrich), ellrich, 1);
  assert.equal(mail?.to, before.address);
  const taken = accounts.updatePerson(dora, { account }, { address: 'emil@rhoenblick.example' });
  await assert.rejects(taken, refusedWith('accounts.addressTaken'));
  await accounts.updateProfile(bernd, { name: '  Bernd   Böhme-Beil ', locale: 'en' });
  const own = await accounts.getPerson(bernd, { account: id.bernd });
  assert.deepEqual([own.name, own.locale], ['Bernd Böhme-Beil', 'en']);
  await assert.rejects(accounts.updateProfile(bernd, { locale: 'xx' }), refusedWith('accounts.localeUnknown'));
  await accounts.updateProfile(bernd, { name: 'Bernd Böhme', locale: 'de' });
});

test('groups: names once, members, and what follows when one goes', async () => {
  const bauamt = await accounts.createGroup(dora, { name: 'Bauamt' });
  await assert.rejects(accounts.createGroup(dora, { name: 'BAUAMT' }), refusedWith('accounts.groupTaken'));
  const kasse = await accounts.createGroup(dora, { name: 'Kasse' });
  await assert.rejects(accounts.renameGroup(dora, { group: kasse }, 'bauamt'), refusedWith('accounts.groupTaken'));
  await accounts.renameGroup(dora, { group: kasse }, 'Stadtkasse');
  await accounts.addMember(dora, { group: bauamt, account: id.anna });
  await accounts.addMember(dora, { group: bauamt, account: id.anna });
  await assert.rejects(accounts.addMember(dora, { group: bauamt, account: id.emil }), hidden, 'nobody from another tenant');
  const principals = async () => (await accounts.actorOf(platform, ellrich, id.anna))?.principals;
  assert.deepEqual(await principals(), [id.anna, bauamt]);
  assert.deepEqual(
    (await accounts.listPeople(dora, { group: bauamt })).items.map(({ name }) => name),
    ['Anna Apel'],
  );
  assert.deepEqual(await accounts.getGroup(dora, { group: bauamt }), { id: bauamt, name: 'Bauamt', members: 1 });
  const list = (await accounts.listGroups(dora)).items.map(({ name, members }) => [name, members]);
  assert.deepEqual(list, [
    ['Bauamt', 1],
    ['Stadtkasse', 0],
  ]);
  await accounts.removeMember(dora, { group: bauamt, account: id.anna });
  await accounts.removeGroup(dora, { group: bauamt });
  assert.deepEqual(await principals(), [id.anna]);
  await assert.rejects(accounts.removeGroup(dora, { group: bauamt }), hidden);
});

test('units: a tree without circles, and people belong to their unit and all above', async () => {
  const city = await accounts.createUnit(dora, { name: 'Stadtverwaltung' });
  const building = await accounts.createUnit(dora, { name: 'Bauamt', parent: city });
  const roads = await accounts.createUnit(dora, { name: 'Tiefbau', parent: building });
  await accounts.moveToUnit(dora, { account: id.anna }, roads);
  const principals = async () => (await accounts.actorOf(platform, ellrich, id.anna))?.principals.toSorted();
  assert.deepEqual(await principals(), [id.anna, city, building, roads].toSorted());
  await assert.rejects(accounts.moveUnit(dora, { unit: city }, roads), refusedWith('accounts.unitCycle'));
  await assert.rejects(accounts.moveUnit(dora, { unit: roads }, 999_999), hidden);
  await assert.rejects(accounts.createUnit(dora, { name: 'tiefbau', parent: building }), refusedWith('accounts.unitTaken'));
  await assert.rejects(accounts.removeUnit(dora, { unit: building }), refusedWith('accounts.unitNotEmpty'));
  await assert.rejects(accounts.removeUnit(dora, { unit: roads }), refusedWith('accounts.unitNotEmpty'));
  await accounts.moveUnit(dora, { unit: roads }, city);
  assert.deepEqual(await principals(), [id.anna, city, roads].toSorted());
  await accounts.removeUnit(dora, { unit: building });
  await accounts.renameUnit(dora, { unit: roads }, 'Tiefbauamt');
  assert.deepEqual(
    (await accounts.listUnits(anna)).map(({ name, people: there }) => [name, there]),
    [
      ['Stadtverwaltung', 0],
      ['Tiefbauamt', 1],
    ],
  );
  await assert.rejects(accounts.moveToUnit(dora, { account: id.anna }, 999_999), refusedWith('accounts.unitUnknown'));
  await accounts.moveToUnit(dora, { account: id.anna }, null);
  let parent: number | null = null;
  for (let level = 1; level <= 12; level += 1) parent = await accounts.createUnit(dora, { name: `Ebene ${level}`, parent });
  await assert.rejects(accounts.createUnit(dora, { name: 'zu tief', parent }), refusedWith('accounts.unitTooDeep'));
});

test('an auditor reads the trail with names, and that somebody read it stands in it', async () => {
  const entries = await accounts.auditTrail(ida, { action: 'accounts.', limit: 3 });
  assert.equal(entries.length, 3);
  await accounts.auditTrail(dora);
  const [newest] = await listAudit(platform.db.read(ellrich), ellrich, { limit: 1 });
  assert.deepEqual([newest?.action, newest?.actor], ['accounts.readAudit', `account:${id.dora}`]);
  const named = (await accounts.auditTrail(dora, { action: 'accounts.createGroup' })).map(({ actorName }) => actorName);
  assert.deepEqual(new Set(named), new Set(['Dora Döring']));
  await accounts.disable(paula, { tenant: ellrich, account: await somebody() });
  const [byOperator] = await accounts.auditTrail(dora, { action: 'accounts.disable' });
  assert.equal(byOperator?.actorName, 'Paula Preiß', 'who came from the provider has a name here too');
});

test('what an entry speaks of has its name there, and is found by it', async () => {
  const [group, unit] = [
    await accounts.createGroup(dora, { name: 'Aktenlese' }),
    await accounts.createUnit(dora, { name: 'Archiv' }),
  ];
  const account = await somebody();
  const { name } = await accounts.getPerson(dora, { account });
  await accounts.addMember(dora, { group, account });
  await accounts.moveToUnit(dora, { account }, unit);
  const [member] = await accounts.auditTrail(dora, { action: 'accounts.addMember', thing: 'aktenlese' });
  assert.deepEqual([member?.thing, member?.thingName, member?.details], [`group:${group}`, 'Aktenlese', { account: name }]);
  const [moved] = await accounts.auditTrail(dora, { action: 'accounts.moveToUnit', thing: String(account) });
  assert.deepEqual([moved?.thingName, moved?.details], [name, { from: null, to: 'Archiv' }]);
  await accounts.moveToUnit(dora, { account }, null);
  await accounts.removeUnit(dora, { unit });
  const [gone] = await accounts.auditTrail(dora, { action: 'accounts.createUnit', thing: 'archiv' });
  assert.equal(gone?.thingName, 'Archiv', 'what is gone keeps the name its entry holds');
  const [look] = await accounts.auditTrail(dora, { action: 'accounts.readAudit' });
  assert.equal(look?.thingName, 'Stadt Ellrich');
});

test('the trail is searched by person, day and thing; what was looked for by name stands nowhere', async () => {
  const seen = async (search: accounts.TrailQuery) => accounts.auditTrail(dora, { limit: 500, ...search });
  const group = await accounts.createGroup(dora, { name: 'Spurensuche' });
  const byDora = await seen({ person: 'döring' });
  assert.ok(byDora.length > 0 && byDora.every(({ actor }) => actor === `account:${id.dora}`));
  assert.deepEqual(await seen({ person: 'kenntniemand' }), []);
  assert.deepEqual(
    (await seen({ thing: 'spuren' })).map(({ thing, thingName }) => [thing, thingName]),
    [[`group:${group}`, 'Spurensuche']],
  );
  assert.ok((await seen({ thing: String(group) })).every(({ thing }) => thing === `group:${group}`));
  const today = stand.clock.now().toISOString().slice(0, 10);
  assert.ok((await seen({ from: today, to: today })).length > 0);
  assert.deepEqual(await seen({ to: '2001-01-01' }), []);
  await assert.rejects(seen({ from: 'gestern' }), refusedWith('accounts.trailDay'));
  await assert.rejects(seen({ from: '2026-11-24', to: '2026-11-23' }), refusedWith('accounts.trailPeriod'));
  const [newest] = await seen({ action: 'accounts.readAudit' });
  assert.match(String(newest?.details.until), /^\d\d\.\d\d\.2001$/, 'days are said as people say them');
  const looks = (await seen({ action: 'accounts.readAudit' })).map(({ details }) => JSON.stringify(details));
  assert.ok(looks.length > 0 && !looks.some((text) => /spuren|döring|niemand/i.test(text)));
});

test('the trail is downloaded as a table by those who may read it, and the download stands in it', async () => {
  const ask = async (name: 'ida' | 'dora' | 'anna', query = '') =>
    stand.house.app.inject({ url: `/verwaltung/protokoll.csv${query}`, headers: { cookie: await people.cookie(name) } });
  const table = await ask('dora', '?art=accounts.&woran=Spurensuche');
  assert.equal(table.statusCode, 200);
  assert.match(String(table.headers['content-disposition']), /protokoll-\d{4}-\d\d-\d\d\.csv/);
  const [head, row, ...rest] = table.body.trimEnd().split('\r\n');
  assert.match(head ?? '', /^\ufeffNr\.;/);
  assert.match(row ?? '', /Dora Döring;Gruppe angelegt;Gruppe „Spurensuche“;group:\d+/);
  assert.deepEqual(rest, []);
  const [newest] = await accounts.auditTrail(ida, { action: 'accounts.exportAudit' });
  assert.equal(newest, undefined, 'Ida reads the trail of her own authority');
  assert.equal((await accounts.auditTrail(dora, { action: 'accounts.exportAudit' })).length, 1);
  assert.equal((await ask('ida')).statusCode, 200);
  assert.equal((await ask('anna')).statusCode, 403);
});

test('whoever is invited is in the groups that were chosen, or is not invited at all', async () => {
  const [one, two] = [
    await accounts.createGroup(dora, { name: 'Wahl' }),
    await accounts.createGroup(dora, { name: 'Brandschutz' }),
  ];
  const newcomer = { address: 'gruppe@ellrich.example', name: 'Greta Grün', groups: [one, two, one] };
  const groupsOf = async (account: number) => (await accounts.getPerson(dora, { account })).groups.map(({ name }) => name).sort();
  const { account } = await accounts.invite(dora, newcomer);
  assert.deepEqual(await groupsOf(account), ['Brandschutz', 'Wahl']);
  const elsewhere = await accounts.createGroup(people.house, { tenant: rhoenblick, name: 'Anderswo' });
  for (const groups of [[999_999_999], [elsewhere], [id.anna]]) {
    const more = { address: 'niemand@ellrich.example', name: 'Niemand', groups };
    await assert.rejects(accounts.invite(dora, more), refusedWith('accounts.groupGone'));
  }
  const { items } = await accounts.listPeople(dora, { search: 'niemand@ellrich.example' });
  assert.deepEqual(items, [], 'nothing is left of those that were refused');
  const operators = { tenant: ellrich, address: 'paulas@ellrich.example', name: 'Paulas Gast', groups: [one] };
  await assert.rejects(accounts.invite(paula, operators), forbidden, 'groups are the authority’s own business');
});

test('all that is wrong with a newcomer is said at once, the address that is taken too', async () => {
  const wrong = accounts.invite(dora, { name: ' ', address: 'anna@ellrich.example', locale: 'fr' });
  await assert.rejects(wrong, (error) => {
    const faults = error instanceof Failure ? faultsOf(error) : [];
    assert.deepEqual(
      faults.map(({ code, params }) => [params.field, code]),
      [
        ['name', 'platform.textMissing'],
        ['address', 'accounts.addressTaken'],
        ['locale', 'accounts.localeUnknown'],
      ],
    );
    return true;
  });
});
