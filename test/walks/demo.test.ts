import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { adminProgramme } from '../admin.ts';
import { prepareInstance } from '../instance.ts';

/** A newcomer's first five minutes: start the demonstration, sign in, mount it. Seen from outside only. */

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const run = promisify(execFile);
const flags = ['--disable-warning=ExperimentalWarning'];

async function emptyDirectory(): Promise<string> {
  const data = await mkdtemp(join(tmpdir(), 'rennsteig-test-'));
  after(() => rm(data, { recursive: true, force: true }));
  return data;
}

type Started = { readonly url: string; readonly printed: string; stop(): Promise<void> };

/** Starts an instance as `npm start -- --demo` does, and waits until it says that it serves. */
async function start(data: string): Promise<Started> {
  const child = spawn(process.execPath, [...flags, join(root, 'src/main.ts'), '--demo', '--data', data, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const serving = new Promise<void>((done, fail) => {
    const read = (piece: Buffer) => {
      printed += piece.toString();
      if (printed.includes('"serving"')) done();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => fail(new Error(`ended with ${code}: ${printed}`)));
  });
  const stop = async () => {
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  };
  await serving;
  const [url = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(printed) ?? [];
  while ((await fetch(`${url}/readyz`)).status !== 200);
  return { url, printed, stop };
}

async function admin<T>(data: string, ...words: readonly string[]): Promise<T> {
  const { stdout } = await run(process.execPath, [...flags, adminProgramme, ...words, '--json', '--data', data]);
  return JSON.parse(stdout) as T;
}

const timeout = 180_000;

test('an empty directory becomes a demonstration that says so, and can be mounted', { timeout }, async () => {
  const data = await emptyDirectory();
  const demo = await start(data);
  assert.match(demo.printed, /rennsteig-demo/);
  assert.match(demo.printed, /anna@ellrich\.example/);
  const signIn = await (await fetch(`${demo.url}/anmelden`)).text();
  assert.match(signIn, /Vorführung/);

  const { appPassword } = await admin<{ appPassword: string }>(data, 'app-password', 'anna@ellrich.example');
  const authorization = `Basic ${Buffer.from(`anna@ellrich.example:${appPassword}`).toString('base64')}`;
  const list = async (path: string) => {
    const answer = await fetch(`${demo.url}/remote.php/webdav/${path}`, {
      method: 'PROPFIND',
      headers: { authorization, depth: '1' },
    });
    assert.equal(answer.status, 207, path);
    return decodeURIComponent(await answer.text());
  };
  assert.match(await list(''), /Projekt Ortsumgehung/);
  assert.match(await list('Bauamt/'), /Stellungnahme Regionalplan\.docx/);
  await demo.stop();

  const fsck = await admin<{ ok: boolean; problems: unknown[] }>(data, 'fsck');
  assert.deepEqual(fsck.problems, []);
  const trail = await admin<{ ok: boolean; problems: unknown[] }>(data, 'audit', 'verify');
  assert.deepEqual(trail.problems, []);
});

test('an instance in use does not become one', { timeout }, async () => {
  const data = await emptyDirectory();
  await prepareInstance(data, ['anna']);
  const instance = await start(data);
  assert.match(instance.printed, /--demo fills an empty instance only/);
  assert.doesNotMatch(instance.printed, /rennsteig-demo/);
  assert.doesNotMatch(await (await fetch(`${instance.url}/anmelden`)).text(), /Vorführung/);
  await instance.stop();
});
