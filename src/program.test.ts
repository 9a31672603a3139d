import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ensureProgram } from './program.ts';
import { programFolder } from './program-key.mjs';

/** That it serves as the sources do is seen wherever tests start an instance: `start.mjs` takes the packed program. */

const source = (name: string) => fileURLToPath(new URL(`./${name}.ts`, import.meta.url));

function said(program: string, ...words: readonly string[]): { code: number | null; text: string } {
  const flags = ['--disable-warning=ExperimentalWarning', program, ...words];
  const { status, stderr } = spawnSync(process.execPath, flags, { encoding: 'utf8', timeout: 60_000 });
  return { code: status, text: stderr };
}

test('the packed program is there when asked for and says what the sources say', async () => {
  await ensureProgram();
  for (const [name, words, sentence] of [
    ['main', ['--port', 'viele'], /^Rennsteig: RENNSTEIG_PORT must be/],
    ['admin', ['tenant', 'list', '--port', 'viele'], /RENNSTEIG_PORT must be/],
  ] as const) {
    const packed = said(join(programFolder(), `${name}.js`), ...words);
    assert.equal(packed.code, 2);
    assert.match(packed.text, sentence);
    assert.deepEqual(packed, said(source(name), ...words));
  }
});

test('who no longer waits for it gets no failure', async () => {
  await ensureProgram(AbortSignal.abort());
});
