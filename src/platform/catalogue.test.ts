import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import * as tenants from '#modules/tenants';
import { startDebianServer } from '../../test/debian.ts';
import { deskOf } from '../../test/desk.ts';
import { settle } from '../../test/people.ts';
import { openStand } from '../../test/stand.ts';
import { checkInstance } from '../admin/fsck.ts';
import { type Config, readConfig } from '../config.ts';
import { migrationSources, openHouse, openPlatform, openStore } from '../house.ts';
import { openInstance, visitInstance } from '../instance.ts';
import { backUp, restoreBackup, verifyBackup } from './backup.ts';
import { type Connection, connect } from './db.ts';
import { appRole } from './embedded.ts';

/** What stands in the database's own catalogue: the second lock must be on every door, also on those of rooms to come. */

/** Tables that belong to no tenant. Anything else here needs as good a reason. */
const withoutTenant: Readonly<Record<string, string>> = {
  'platform.instance': 'what is true of the whole instance: its root secret, whether it is a demo',
  'platform.migration': 'which migrations ran; the running role cannot even read it',
  'platform.throttle': 'attempts of people and networks nobody knows yet; keys are hashes',
  'accounts.device_login':
    'a programme that asks to be let in belongs to no tenant until somebody says yes; secrets lie here as hashes only',
};

/** Keys that do not begin with the tenant. */
const acrossTenants: Readonly<Record<string, string>> = {
  'accounts.account (handle)': 'WebDAV paths name a person without a tenant',
  'accounts.account (address)': 'people sign in before it is known whose they are',
  'tenants.tenant (slug)': 'names the tenant on the command line and in support',
  'tenants.host (host)': 'a host shows one tenant’s pages',
  'tenants.tenant (parent)': 'the hierarchy itself is the one thing that reaches from tenant to tenant',
};

const schemas = [...new Set(migrationSources.map(({ room }) => room))];

type Key = { table: string; columns: string[]; kind: 'index' | 'foreign' };
type Table = { table: string; owner: string; secured: boolean; policies: (string | null)[] };

async function readCatalogue(owner: Connection) {
  const sql = connect(owner, { max: 1 });
  try {
    const tables = await sql<Table[]>`
      select n.nspname || '.' || c.relname as table, pg_get_userbyid(c.relowner) as owner, c.relrowsecurity as secured,
        array(select coalesce(pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) from pg_policy p where p.polrelid = c.oid) as policies
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = any(${schemas}) and c.relkind in ('r', 'p') order by 1`;
    const keys = await sql<Key[]>`
      select n.nspname || '.' || c.relname as table, 'index' as kind,
        array(select coalesce(a.attname, '(expression)') from unnest(i.indkey) with ordinality k (num, place)
          left join pg_attribute a on a.attrelid = c.oid and a.attnum = k.num order by k.place)::text[] as columns
      from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = any(${schemas}) and i.indisunique
      union all
      select n.nspname || '.' || c.relname, 'foreign',
        array(select a.attname from unnest(f.conkey) with ordinality k (num, place) join pg_attribute a on a.attrelid = c.oid and a.attnum = k.num order by k.place)::text[]
      from pg_constraint f join pg_class c on c.oid = f.conrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = any(${schemas}) and f.contype = 'f'`;
    return { tables, keys };
  } finally {
    await sql.end();
  }
}

async function assertTables(owner: Connection): Promise<Table[]> {
  const { tables, keys } = await readCatalogue(owner);
  assert.ok(tables.length > 25, `${tables.length} tables`);
  const ours = tables.filter(({ table }) => !(table in withoutTenant));
  const wrong: string[] = [];
  for (const { table, owner: who, secured, policies } of tables) {
    if (who === appRole) wrong.push(`${table} belongs to the running role`);
    if (table in withoutTenant) continue;
    if (!secured) wrong.push(`${table}: row-level security is off; call platform.protect`);
    if (policies.length === 0) wrong.push(`${table} has no policy`);
    for (const policy of policies)
      if (!/platform\.tenant\(\)|\btenant\(\)/.test(policy ?? ''))
        wrong.push(`${table}: the policy ${policy} does not ask for the tenant`);
    if (!keys.some((key) => key.table === table && key.kind === 'index')) wrong.push(`${table} has no primary key`);
  }
  for (const { table, columns } of keys) {
    const name = `${table} (${columns.join(', ')})`;
    if (columns[0] !== 'tenant' && !(table in withoutTenant) && !(name in acrossTenants))
      wrong.push(`${name} does not begin with the tenant`);
  }
  assert.deepEqual(wrong, []);
  return ours;
}

async function assertRole(owner: Connection): Promise<void> {
  const sql = connect(owner, { max: 1 });
  try {
    const [role] = await sql`
      select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication as mighty from pg_roles where rolname = ${appRole}`;
    assert.equal(role?.mighty, false);
    const owned = await sql`
      select 'relation ' || oid::regclass as what from pg_class where pg_get_userbyid(relowner) = ${appRole}
      union all select 'schema ' || nspname from pg_namespace where pg_get_userbyid(nspowner) = ${appRole}
      union all select 'function ' || oid::regprocedure from pg_proc where pg_get_userbyid(proowner) = ${appRole}`;
    assert.deepEqual([...owned], [], 'the running role owns nothing');
    const rights = await sql`
      select nspname as place from pg_namespace where nspname not like 'pg\\_temp%' and nspname not like 'pg\\_toast%' and has_schema_privilege(${appRole}, oid, 'create')
      union all select datname from pg_database where datname = current_database() and has_database_privilege(${appRole}, oid, 'create')
      union all select 'the queue' where has_schema_privilege(${appRole}, 'graphile_worker', 'usage')`;
    assert.deepEqual([...rights], [], 'the running role can make nothing, and does not reach into the queue');
    const loose = await sql`
      select p.oid::regprocedure::text as function from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname = any(${schemas}) and p.prosecdef and (
        not exists (select 1 from unnest(p.proconfig) c where c like 'search_path=pg_catalog, pg_temp')
        or has_function_privilege('public', p.oid, 'execute'))`;
    assert.deepEqual(
      [...loose],
      [],
      'functions with the owner’s rights have a fixed search path, and not everybody may call them',
    );
    const views = await sql`
      select c.oid::regclass::text as view from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = any(${schemas}) and c.relkind in ('v', 'm') and not coalesce(c.reloptions, '{}') @> array['security_invoker=true']`;
    assert.deepEqual([...views], [], 'views show what their reader may see');
  } finally {
    await sql.end();
  }
}

/** Without a tenant a table with rows answers with an error; with a tenant that is not, every table with nothing. */
async function assertClosed(app: Connection, tables: readonly Table[]): Promise<void> {
  const sql = connect(app, { max: 1 });
  try {
    let refused = 0;
    for (const { table } of tables) {
      const rows = await sql.unsafe(`select * from ${table}`).catch((error) => error.code);
      // 42704: no tenant is set; 42501: it may write there, but never read.
      if (rows === '42704' || rows === '42501') refused += 1;
      else assert.deepEqual([...rows], [], `${table}: only a table without rows may answer`);
    }
    assert.ok(refused > 5, 'the cast fills some tables');
    await sql`select set_config('app.tenant', '999999', false)`;
    for (const { table } of tables) {
      const rows = await sql.unsafe(`select * from ${table}`).catch((error) => error.code);
      if (rows !== '42501') assert.deepEqual([...rows], [], table);
    }
  } finally {
    await sql.end();
  }
}

const stand = await openStand();

test('every table is behind the second lock, and the running role can do nothing beside it', async () => {
  await settle(stand);
  const tables = await assertTables(stand.owner);
  await assertRole(stand.owner);
  await assertClosed(stand.app, tables);
});

test('a room that forgets it is named', async () => {
  const sql = connect(stand.owner, { max: 1 });
  await sql`create table files.forgotten (id bigint primary key)`;
  await assert.rejects(
    assertTables(stand.owner),
    /files\.forgotten: row-level security is off.*files\.forgotten \(id\) does not begin/s,
  );
  await sql`drop table files.forgotten`;
  await sql.end();
});

const root = await mkdtemp(join(tmpdir(), 'rennsteig-test-catalogue-'));
const server = await startDebianServer();
after(async () => {
  await server.stop();
  await rm(root, { recursive: true, force: true });
});

const key = randomBytes(32).toString('base64');
const settings = (name: string, more: Record<string, string>): Config =>
  readConfig(['--log', 'silent', '--port', '0'], { RENNSTEIG_DATA: join(root, name), RENNSTEIG_KEY: key, ...more });

/** Everything once, in a few words. */
async function walk(config: Config): Promise<void> {
  const instance = await openInstance(config);
  const house = await openHouse({ config, app: instance.app, owner: instance.owner });
  try {
    const people = await settle({ house });
    const anna = deskOf(people.anna);
    await anna.folder('Akten');
    await anna.write('Akten/Straße.txt', 'Größe');
    await anna.write('Akten/Straße.txt', 'Größe geändert');
    await anna.copy('Akten', 'Ablage');
    await anna.move('Ablage/Straße.txt', 'Weg.txt');
    await anna.trash('Ablage');
    assert.deepEqual(await anna.list(), ['Akten/', 'Weg.txt']);
    assert.equal(await anna.read('Weg.txt'), 'Größe geändert');
    assert.ok(await people.cookie('anna'));
    await assertTables(instance.owner);
    await assertRole(instance.owner);
    assert.deepEqual((await checkInstance(house.platform, true)).problems, []);
    assert.deepEqual((await tenants.verifyAudits(house.platform)).problems, []);
  } finally {
    await house.close();
    await instance.close();
  }
}

test(`on Debian's PostgreSQL ${server.version} with one login that owns and becomes the powerless role`, async () => {
  await server.run('create role verwaltung login createrole', 'create database eins owner verwaltung');
  await walk(settings('eins', { DATABASE_URL: server.url('verwaltung', 'eins') }));
});

test('with two logins, of which the running processes know only the powerless one; restored from a backup of the other', async () => {
  await server.run(
    `alter role ${appRole} login`,
    'create role besitz login',
    'create database zwei owner besitz',
    'create database drei owner besitz',
  );
  const two = (database: string) =>
    settings(database, {
      DATABASE_URL: server.url('besitz', database),
      RENNSTEIG_DATABASE_APP_URL: server.url(appRole, database),
    });
  await walk(two('zwei'));
  const directory = join(root, 'sicherung');
  const source = {
    owner: { url: server.url('besitz', 'zwei') },
    store: await openStore(two('zwei')),
    sources: migrationSources,
    passing: [],
  };
  await backUp(source, directory, { keep: null, keyLines: null });
  const verified = await verifyBackup(directory, null, migrationSources);
  await visitInstance(two('drei'), async (visit) => {
    await restoreBackup({ owner: visit.owner, store: await openStore(two('drei')), sources: migrationSources }, verified);
    const platform = await openPlatform({ config: two('drei'), ...visit });
    const checked = await checkInstance(platform, true);
    await platform.db.close();
    assert.deepEqual([checked.problems, checked.nodes > 5], [[], true]);
    await assertTables(visit.owner);
  });
});
