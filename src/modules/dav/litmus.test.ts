import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { environmentWith } from '../../../test/environment.ts';
import { settle } from '../../../test/people.ts';
import { openStand } from '../../../test/stand.ts';
import { requireProgram } from '../../../test/tools.ts';

const stand = await openStand();
const people = await settle(stand);
const port = await stand.house.listen();

/** Runs the whole public WebDAV test suite; resolves with what it printed. It writes logs into the directory it runs in. */
async function runLitmus(url: string, user: string, password: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'rennsteig-test-litmus-'));
  try {
    return await new Promise((resolve) => {
      const env = environmentWith({ TESTS: 'basic copymove props locks http' });
      execFile(requireProgram('litmus'), ['-k', url, user, password], { cwd: directory, env }, (_error, stdout) =>
        resolve(stdout),
      );
    });
  } finally {
    await rm(directory, { recursive: true });
  }
}

test('litmus passes all of its tests', async () => {
  const { user, password } = await people.appPassword('anna');
  const output = await runLitmus(`http://127.0.0.1:${port}/remote.php/dav/files/${user}/`, user, password);
  const summaries = [...output.matchAll(/summary for `(\w+)': of (\d+) tests run: (\d+) passed, (\d+) failed/g)];
  const failures = output.split('\n').filter((line) => /\.\.\. (FAIL|WARNING|SKIPPED)/.test(line));
  assert.deepEqual(failures, []);
  assert.deepEqual(
    summaries.map(([, suite]) => suite),
    ['basic', 'copymove', 'props', 'locks', 'http'],
  );
  assert.equal(
    summaries.reduce((sum, [, , , passed]) => sum + Number(passed), 0),
    104,
  );
});
