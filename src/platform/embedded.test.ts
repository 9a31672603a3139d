import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { answers, dataOf, openEmbedded, socketDirectory } from './embedded.ts';
import { openLog } from './log.ts';

const home = mkdtempSync(join(tmpdir(), 'rennsteig-test-embedded-'));
after(() => rmSync(home, { recursive: true, force: true }));

/** A dead process whose parent (a `sleep` that once was a shell) never asks how it ended. */
async function unburied(): Promise<number> {
  const parent = spawn('sh', ['-c', 'sleep 0.1 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'inherit'] });
  after(() => parent.kill());
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  const pid = Number(String(line));
  while (!/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) await new Promise(setImmediate);
  return pid;
}

test('after kill -9 of everything a server starts, although nobody has buried the dead one yet', async () => {
  const log = openLog('silent');
  await (await openEmbedded(home, log)).stop();
  const pid = await unburied();
  writeFileSync(join(dataOf(home), 'postmaster.pid'), `${pid}\n${dataOf(home)}\n1795320000\n5432\n${socketDirectory(home)}\n`);
  writeFileSync(join(socketDirectory(home), '.s.PGSQL.5432.lock'), `${pid}\n${dataOf(home)}\n1795320000\n5432\n`);
  const again = await openEmbedded(home, log);
  assert.ok(await answers(again.superuser));
  assert.notEqual(again.pid(), pid);
  await again.stop();
});
