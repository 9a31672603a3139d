import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { adminProgramme } from '../../test/admin.ts';
import { type Issued, issue, pemOf } from '../../test/certificates.ts';
import { readConfig } from '../config.ts';
import { openInstance } from '../instance.ts';

/** An operator brings seals on the command line, beside a running instance, and sees when they end. */

const root = await mkdtemp(join(tmpdir(), 'rennsteig-test-seals-'));
after(() => rm(root, { recursive: true, force: true }));
const data = join(root, 'daten');
const config = { ...readConfig(['--data', data, '--port', '0', '--log', 'silent'], {}), workers: 1 };
const instance = await openInstance(config);
after(() => instance.close());

async function admin(...words: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [adminProgramme, ...words, '--data', data], { stdio: ['ignore', 'pipe', 'pipe'] });
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const [out, err, code] = await Promise.all([readText(child.stdout), readText(child.stderr), exit]);
  return { code, out, err };
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const issuer = issue('Aussteller', { kind: 'ec', from: inDays(-10), until: inDays(4_000) });
const make = (name: string, days: number) => issue(name, { kind: 'ec', by: issuer, from: inDays(-1), until: inDays(days) });

/** Puts a seal into files. @returns the words that name them */
async function filesOf({ name, pem, key }: Issued): Promise<string[]> {
  const [certificate, secret] = [join(root, `${name}.pem`), join(root, `${name}.key`)];
  await writeFile(certificate, `${pem}${issuer.pem}`);
  await writeFile(secret, pemOf(key));
  return ['--certificate', certificate, '--key', secret];
}

test('a seal is brought, looked at, and replaced before it ends', async () => {
  await admin('tenant', 'add', 'tlrz', '--name', 'Thüringer Landesrechenzentrum');
  await admin('tenant', 'add', 'ellrich', '--name', 'Stadt Ellrich', '--kind', 'municipality');
  const none = await admin('seal', 'status');
  assert.deepEqual([none.code, none.out.trim()], [0, 'Nothing was sealed yet.']);
  const short = make('kurz', 20);
  const [, certificate = '', , key = ''] = await filesOf(short);
  const other = await filesOf(make('lang', 400));
  assert.equal((await admin('seal', 'bring', 'ellrich', '--certificate', certificate)).code, 2);
  assert.match(
    (await admin('seal', 'bring', 'ellrich', '--certificate', join(root, 'nichts'), '--key', key)).err,
    /cannot be read/,
  );
  const wrong = await admin('seal', 'bring', 'ellrich', '--certificate', certificate, '--key', other[3] ?? '');
  assert.deepEqual([wrong.code, wrong.err.includes('does not belong to this certificate')], [1, true], wrong.err);
  const brought = await admin('seal', 'bring', 'ellrich', '--certificate', certificate, '--key', key);
  assert.deepEqual([brought.code, /^ellrich seals with [0-9A-F:]{95} from now on/.test(brought.out)], [0, true], brought.err);
  const ending = await admin('seal', 'status');
  assert.equal(ending.code, 1);
  assert.match(ending.out, /issued by CN=Aussteller/);
  assert.match(ending.out, /1 of them end within 30 days/);
  assert.equal((await admin('seal', 'bring', 'ellrich', ...other)).code, 0);
  const { code, out } = await admin('seal', 'status', '--json');
  assert.deepEqual([code, JSON.parse(out).seals.map((one: { subject: string }) => one.subject)], [0, ['CN=lang']]);
});
