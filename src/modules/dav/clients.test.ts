import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { davClient } from '../../../test/dav.ts';
import { environmentWith } from '../../../test/environment.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { needsMounting, requireProgram } from '../../../test/tools.ts';

/** The programs people mount and copy with, each for real. */

const stand = await openStand();
const people = await settle(stand);
const port = await stand.house.listen();
const folder = mkdtempSync(join(tmpdir(), 'rennsteig-test-clients-'));
after(() => rmSync(folder, { recursive: true }));
const { user, password } = await people.appPassword('anna');
const anna = davClient(port, await people.appPassword('anna'));
const url = `http://127.0.0.1:${port}${anna.home}`;

type Run = { readonly code: number; readonly output: string };

function run(
  program: string,
  args: readonly string[],
  { env = {}, input = '' }: { env?: Record<string, string>; input?: string } = {},
): Promise<Run> {
  return new Promise((resolve) => {
    const options = { cwd: folder, env: environmentWith({ HOME: folder, ...env }), timeout: 60_000 };
    const child = execFile(requireProgram(program), args, options, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, output: stdout + stderr }),
    );
    child.stdin?.end(input);
  });
}

function localFolder(name: string, files: Readonly<Record<string, string | Buffer>>): string {
  const path = join(folder, name);
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(join(path, file, '..'), { recursive: true });
    writeFileSync(join(path, file), content);
  }
  return path;
}

test('curl uploads, resumes a download, and renames', async () => {
  writeFileSync(join(folder, 'akte.pdf'), Buffer.alloc(300_000, 'Akte '));
  const curl = (...args: string[]) => run('curl', ['-sS', '-f', '-u', `${user}:${password}`, ...args]);
  assert.deepEqual(await curl('-T', 'akte.pdf', `${url}akte.pdf`), { code: 0, output: '' });
  writeFileSync(join(folder, 'teil.pdf'), Buffer.alloc(300_000, 'Akte ').subarray(0, 100_000));
  assert.equal((await curl('-C', '-', '-o', 'teil.pdf', `${url}akte.pdf`)).code, 0);
  assert.ok(readFileSync(join(folder, 'teil.pdf')).equals(Buffer.alloc(300_000, 'Akte ')));
  assert.equal((await curl('-X', 'MOVE', '-H', `Destination: ${url}Akte%202026.pdf`, `${url}akte.pdf`)).code, 0);
  assert.equal(await anna.status('HEAD', 'Akte 2026.pdf'), 200);
});

test('rclone keeps two folders the same, checksums and times included', async () => {
  const source = localFolder('quelle', { 'Bäume.txt': 'Linde', 'tief/er/Plan.bin': Buffer.alloc(2_000_000, 7), 'leer.txt': '' });
  const secret = (await run('rclone', ['obscure', password])).output.trim();
  const env = {
    RCLONE_CONFIG_R_TYPE: 'webdav',
    RCLONE_CONFIG_R_URL: url,
    RCLONE_CONFIG_R_VENDOR: 'nextcloud',
    RCLONE_CONFIG_R_USER: user,
    RCLONE_CONFIG_R_PASS: secret,
  };
  const rclone = (...args: string[]) => run('rclone', args, { env });
  assert.equal((await rclone('sync', source, 'r:Abgleich')).code, 0);
  const check = await rclone('check', source, 'r:Abgleich');
  assert.match(check.output, /0 differences found/);
  assert.match((await rclone('sync', '-v', source, 'r:Abgleich')).output, /Transferred:\s+0 B/);
  assert.equal((await rclone('moveto', 'r:Abgleich/leer.txt', 'r:Abgleich/umbenannt.txt')).code, 0);
  assert.equal((await rclone('copy', 'r:Abgleich', join(folder, 'zurück'))).code, 0);
  assert.equal(readFileSync(join(folder, 'zurück/Bäume.txt'), 'utf8'), 'Linde');
  assert.match((await rclone('about', 'r:')).output, /Free/);
  assert.equal((await rclone('purge', 'r:Abgleich')).code, 0);
});

test('cadaver makes, lists, copies, moves, locks and deletes', async () => {
  writeFileSync(join(folder, '.netrc'), `machine 127.0.0.1 login ${user} password ${password}\n`, { mode: 0o600 });
  writeFileSync(join(folder, 'notiz.txt'), 'Notiz');
  const script = [
    'mkcol amt',
    'cd amt',
    'put notiz.txt',
    'copy notiz.txt kopie.txt',
    'move kopie.txt ablage.txt',
    'lock notiz.txt',
    'unlock notiz.txt',
    'ls',
    'rm ablage.txt',
    'quit',
  ];
  const { output } = await run('cadaver', [url], { input: `${script.join('\n')}\n` });
  assert.doesNotMatch(output, /failed/i);
  assert.match(output, /notiz\.txt/);
  assert.equal(await (await anna.get('amt/notiz.txt')).text(), 'Notiz');
  assert.equal(await anna.status('HEAD', 'amt/ablage.txt'), 404);
});

test('davfs2 mounts, writes and hands over at the end', needsMounting, async () => {
  const mountPoint = join(folder, 'mount');
  mkdirSync(mountPoint);
  chmodSync(folder, 0o755); // the mounting program gives up root
  const secrets = join(folder, 'secrets');
  writeFileSync(secrets, `${mountPoint} ${user} ${password}\n`, { mode: 0o600 });
  const settings = join(folder, 'davfs2.conf');
  writeFileSync(settings, `secrets ${secrets}\ndelay_upload 0\nask_auth 0\n`);
  const mounted = await run('mount.davfs', ['-o', `conf=${settings}`, `http://127.0.0.1:${port}/remote.php/webdav/`, mountPoint]);
  assert.equal(mounted.code, 0, mounted.output);
  try {
    // In a process of its own: the server answers from this one, which must not wait for itself.
    await run('sh', ['-c', 'printf %s "$1" > "$2"', 'sh', 'über das Netzlaufwerk', join(mountPoint, 'eingehängt.txt')]);
  } finally {
    await run('umount', [mountPoint]);
  }
  assert.equal(await (await anna.get('eingehängt.txt')).text(), 'über das Netzlaufwerk');
});
