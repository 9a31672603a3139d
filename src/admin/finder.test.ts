import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { adminProgramme } from '../../test/admin.ts';

const data = await mkdtemp(join(tmpdir(), 'rennsteig-test-finder-'));
after(() => rm(data, { recursive: true, force: true }));

async function admin(...words: readonly string[]) {
  const child = spawn(process.execPath, [adminProgramme, ...words, '--data', data], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err, code] = await Promise.all([
    readText(child.stdout),
    readText(child.stderr),
    new Promise<number | null>((resolve) => child.once('exit', resolve)),
  ]);
  return { out, err, code };
}

test('import-entries: dry run, verdicts, honest exit codes, published', async () => {
  assert.equal((await admin('tenant', 'add', 'tlrz', '--name', 'Landesrechenzentrum')).code, 0);
  const event = (key: string, order: string) =>
    `<lebenslage id="${key}"><leistungsbezeichnung>Garten</leistungsbezeichnung><leistungsbezeichnung xml:lang="en">Garden</leistungsbezeichnung>
     <zusatz feld="icon">other</zusatz><reihenfolge>${order}</reihenfolge></lebenslage>`;
  const file = join(data, 'texte.xml');
  const put = (...entries: string[]) =>
    writeFile(file, `<transfer xmlns="urn:rennsteig:xzufi-angelehnt:1">${entries.join('')}</transfer>`);
  await put(event('garten', '1'), event('falsch', 'viele'));
  const dry = await admin('finder', 'import-entries', file, '--dry-run', '--json');
  assert.equal(dry.code, 1, 'something was refused');
  const { counts, verdicts } = JSON.parse(dry.out);
  assert.deepEqual(counts, { created: 1, changed: 0, unchanged: 0, refused: 1 });
  assert.match(verdicts[1].why, /whole number/);
  await put(event('garten', '1'));
  const real = await admin('finder', 'import-entries', file, '--publish');
  assert.equal(real.code, 0, real.err);
  assert.match(real.out, /1 created, 0 changed, 0 unchanged, 0 refused\./);
  assert.match((await admin('finder', 'import-entries', file, '--publish')).out, /0 created, 0 changed, 1 unchanged/);
  await writeFile(file, '<transfer');
  const broken = await admin('finder', 'import-entries', file);
  assert.deepEqual([broken.code, broken.out], [1, '']);
  assert.match(broken.err, /Nothing was changed/);
  assert.equal((await admin('finder', 'import-entries')).code, 2);
});
