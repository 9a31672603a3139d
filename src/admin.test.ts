import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { adminProgramme } from '../test/admin.ts';
import { readConfig } from './config.ts';
import { openInstance } from './instance.ts';
import { connect } from './platform/db.ts';

const data = await mkdtemp(join(tmpdir(), 'rennsteig-test-admin-'));
after(() => rm(data, { recursive: true, force: true }));

type Said = { readonly code: number | null; readonly out: string; readonly err: string };

/** Runs the command line as an operator does. */
async function admin(words: readonly string[], input = ''): Promise<Said> {
  const child = spawn(process.execPath, [adminProgramme, ...words, '--data', data], { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.end(input);
  const [out, err, code] = await Promise.all([
    readText(child.stdout),
    readText(child.stderr),
    new Promise<number | null>((resolve) => child.once('exit', resolve)),
  ]);
  return { code, out, err };
}

/** Runs it as a script does. */
async function script(words: readonly string[], input = ''): Promise<Record<string, unknown>> {
  const { code, out, err } = await admin([...words, '--json'], input);
  assert.equal(code, 0, err);
  return JSON.parse(out);
}

test('on a stopped instance: tenants, people, app passwords, each for people and for scripts', async () => {
  assert.match((await admin(['tenant', 'list'])).out, /no tenants yet/);
  assert.equal((await script(['tenant', 'add', 'tlrz', '--name', 'Thüringer Landesrechenzentrum'])).kind, 'provider');
  const ellrich = await script([
    'tenant',
    'add',
    'ellrich',
    '--name',
    'Stadt Ellrich',
    '--kind',
    'municipality',
    '--key',
    '16062005',
  ]);
  assert.deepEqual([ellrich.tenant, ellrich.slug, ellrich.municipalityKey], [2, 'ellrich', '16062005']);
  const { out } = await admin(['account', 'add', 'dora@ellrich.example', '--tenant', 'ellrich', '--role', 'tenantAdministrator']);
  assert.match(out, /http:\/\/127\.0\.0\.1:8080\/link\/2\.[\w-]{43}\n$/);
  const account = ['account', 'add', 'anna@ellrich.example', '--tenant', 'ellrich', '--name', 'Anna Apel', '--password-stdin'];
  assert.deepEqual((await script(account, 'rennsteig-demo\n')).state, 'active');
  const made = await script(['app-password', 'Anna@Ellrich.example']);
  assert.deepEqual(Object.keys(made), ['account', 'address', 'appPassword']);
  assert.deepEqual([made.account, made.address], ['anna', 'anna@ellrich.example']);
  assert.match(String(made.appPassword), /^2(-[0-9a-z]{5}){6}$/);
});

test('on a running instance: the same commands, while it goes on', async () => {
  const instance = await openInstance(readConfig(['--data', data, '--log', 'silent'], {}));
  try {
    assert.equal((await script(['account', 'disable', 'anna', '--reason', 'verreist'])).state, 'disabled');
    const { accounts } = (await script(['account', 'list', '--tenant', 'ellrich'])) as { accounts: { state: string }[] };
    assert.deepEqual(accounts.map(({ state }) => state).sort(), ['disabled', 'invited']);
    assert.equal((await script(['account', 'enable', 'anna'])).state, 'active');
    assert.equal((await script(['tenant', 'suspend', 'ellrich', '--reason', 'Umzug'])).state, 'suspended');
    assert.equal((await script(['tenant', 'resume', 'ellrich'])).state, 'active');
    const sql = connect(instance.app, { max: 1 });
    assert.equal((await sql`select 1 as still`)[0]?.still, 1, 'its database was not stopped');
    await sql.end();
  } finally {
    await instance.close();
  }
});

test('audit verify says yes, and finds and locates a changed entry', async () => {
  const whole = await script(['audit', 'verify']);
  assert.deepEqual([whole.ok, whole.problems], [true, []]);
  const instance = await openInstance(readConfig(['--data', data, '--log', 'silent'], {}));
  const sql = connect(instance.owner, { max: 1 });
  await sql`update platform.audit set entry = replace(entry, 'Stadt Ellrich', 'Stadt Andernorts') where tenant = 2 and seq = 1`;
  await sql.end();
  await instance.close();
  const { code, out } = await admin(['audit', 'verify', '--json']);
  const found = JSON.parse(out);
  assert.equal(code, 1);
  assert.deepEqual([found.ok, found.problems[0].tenant, found.problems[0].seq], [false, 2, 1]);
  assert.match((await admin(['audit', 'verify'])).out, /Tenant 2, entry 1: this entry was changed/);
});

test('help helps, wrong usage is code 2, a refusal is code 1 with its sentence', async () => {
  const help = await admin(['--help']);
  assert.equal(help.code, 0);
  for (const word of ['tenant add SLUG', 'account disable ADDRESS', 'app-password', 'audit verify', '--json'])
    assert.ok(help.out.includes(word), word);
  const usage: [string[], RegExp][] = [
    [[], /^$/],
    [['tenant', 'frobnicate'], /There is no command “tenant frobnicate”. There are: tenant add, tenant list,/],
    [['frobnicate'], /--help lists all of them/],
    [['tenant', 'suspend', 'ellrich'], /--reason is missing/],
    [['tenant', 'add'], /Usage: tenant add SLUG/],
    [['tenant', 'list', '--colour', 'red'], /colour/],
    [['tenant', 'list', '--port', 'many'], /RENNSTEIG_PORT must be a whole number/],
  ];
  for (const [words, message] of usage) {
    const { code, err } = await admin(words);
    assert.equal(code, 2, words.join(' '));
    assert.match(err, message);
  }
  const missing = await admin(['finder', 'import-register', '/gibt-es-nicht.csv']);
  assert.deepEqual([missing.code, /^\/gibt-es-nicht\.csv: .*no such file/.test(missing.err)], [1, true], missing.err);
  const refused = await admin(['app-password', 'niemand@ellrich.example', '--json']);
  assert.equal(refused.code, 1);
  assert.equal(refused.err, 'There is no account “niemand@ellrich.example” here.\n');
  assert.equal(JSON.parse(refused.out).ok, false);
});
