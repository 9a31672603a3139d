import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { on } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { connect } from '../../src/platform/db.ts';
import { reachEmbedded } from '../../src/platform/embedded.ts';
import { davClient } from '../dav.ts';
import { databasePid, prepareInstance, processesOf, startInstance } from '../instance.ts';

/** What an operator can get wrong, and what can go away under a running instance. */

const data = mkdtempSync(join(tmpdir(), 'rennsteig-test-instance-'));
after(() => rmSync(data, { recursive: true, force: true }));
const { anna } = await prepareInstance(data, ['anna']);
const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** A start that ends by itself. */
function tryStart(): { code: number | null; said: string } {
  const args = [
    '--disable-warning=ExperimentalWarning',
    main,
    '--data',
    data,
    '--port',
    '0',
    '--log',
    'silent',
    '--workers',
    '1',
  ];
  const done = spawnSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000 });
  return { code: done.status, said: done.stderr };
}

/** Its last words; before them it may say that it builds the pages. */
const oneSentence = /(?:^|\n)Rennsteig: [^\n]+\.\n$/;

test('a second start on the same data says so and leaves the first one alone; a lost database is 503 and comes back by itself', async () => {
  const instance = await startInstance(data);
  try {
    const client = davClient(instance.port, anna);
    await client.put('vorher.txt', 'vorher');
    const { code, said } = tryStart();
    assert.equal(code, 2);
    assert.match(said, oneSentence);
    assert.equal(await client.status('GET', 'vorher.txt'), 200);

    const seen = new Set<number>();
    process.kill(databasePid(data) as number, 'SIGKILL');
    // Nobody tells a client that the database is back: it asks.
    for (const end = Date.now() + 30_000; !seen.has(201) && Date.now() < end; ) {
      const answer = await client.put('nachher.txt', 'nachher');
      await answer.arrayBuffer();
      seen.add(answer.status === 204 ? 201 : answer.status);
      if (answer.status === 503) assert.ok(Number(answer.headers.get('retry-after')) > 0);
      assert.ok([201, 204, 503].includes(answer.status), String(answer.status));
    }
    assert.ok(seen.has(201), 'it came back');
    assert.equal(await (await client.get('vorher.txt')).text(), 'vorher');
  } finally {
    assert.equal(await instance.stop(), 0);
  }
});

test('a failure nobody waits for does not end the process that serves the others', async () => {
  const [trap, mark] = [join(data, 'trap.mjs'), join(data, 'lived')];
  const reject = `Promise.reject(new Error('nobody waits for this'))`;
  const live = `setImmediate(() => writeFileSync(${JSON.stringify(mark)}, ''))`;
  writeFileSync(trap, `import { writeFileSync } from 'node:fs';\nprocess.on('SIGUSR2', () => { ${reject}; ${live}; });\n`);
  const instance = await startInstance(data, { env: { NODE_OPTIONS: `--import ${trap}` }, workers: 1, log: 'silent' });
  try {
    const [worker] = processesOf({ pid: instance.pid, data }).filter(
      ({ parent, command }) => parent === instance.pid && /\/main\.(ts|js) /.test(command),
    );
    assert.ok(worker);
    const watcher = watch(data);
    const changes = on(watcher, 'change', { signal: AbortSignal.timeout(20_000) });
    process.kill(worker.pid, 'SIGUSR2');
    for await (const [, name] of changes) if (name === basename(mark)) break; // it lived on
    watcher.close();
    assert.equal(await davClient(instance.port, anna).status('GET', 'vorher.txt'), 200);
  } finally {
    await instance.stop();
  }
});

test('a wrong key stops the start with one sentence; the right one opens everything as before', async () => {
  const file = join(data, 'keys', 'instance.key');
  const key = readFileSync(file);
  writeFileSync(file, `${randomBytes(32).toString('base64')}\n`);
  const { code, said } = tryStart();
  assert.equal(code, 2);
  assert.match(said, oneSentence);
  writeFileSync(file, 'kein Schlüssel');
  assert.match(tryStart().said, oneSentence);
  writeFileSync(file, key);
  const instance = await startInstance(data);
  assert.equal(await (await davClient(instance.port, anna).get('vorher.txt')).text(), 'vorher');
  await instance.stop();
});

test('data of a newer version stops the start with one sentence and is not touched', async () => {
  const instance = await startInstance(data);
  const sql = connect((await reachEmbedded(join(data, 'postgres'))).owner, { max: 1 });
  await sql`insert into platform.migration (room, name, hash) values ('files', '9999-morgen.sql', 'x')`;
  await sql.end();
  await instance.stop();
  const { code, said } = tryStart();
  assert.equal(code, 2);
  assert.match(said, /newer version/);
  assert.match(said, oneSentence);
});
