import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { describeSettings, readConfig } from './config.ts';
import { OperatorError } from './platform/errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'rennsteig-test-config-'));
after(() => rmSync(folder, { recursive: true }));

function fileWith(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test('defaults serve on this machine only', () => {
  const config = readConfig([], {});
  assert.equal(config.url, 'http://127.0.0.1:8080');
  assert.equal(config.databaseUrl, null);
  assert.ok(config.workers >= 1);
});

test('flags win over the environment, the environment over the file', () => {
  const file = fileWith('settings', '# ours\nRENNSTEIG_PORT=1\nRENNSTEIG_HOST = 0.0.0.0\nRENNSTEIG_LOG=warn\n');
  const config = readConfig(['--config', file, '--port=3'], { RENNSTEIG_PORT: '2', RENNSTEIG_LOG: 'error' });
  assert.deepEqual([config.port, config.host, config.logLevel], [3, '0.0.0.0', 'error']);
});

test('a secret may stand in a file of its own, but not in two places', () => {
  const file = fileWith('key', `${Buffer.alloc(32, 1).toString('base64')}\n`);
  assert.equal(readConfig([], { RENNSTEIG_KEY_FILE: file }).key?.length, 32);
  assert.throws(() => readConfig([], { RENNSTEIG_KEY_FILE: file, RENNSTEIG_KEY: 'x' }), /both set/);
});

test('a wrong or contradictory setting stops the start with one sentence', () => {
  const wrong: [string[], NodeJS.ProcessEnv, RegExp][] = [
    [['--prot', '1'], {}, /--prot is not an option/],
    [['--port'], {}, /needs a value/],
    [[], { RENNSTEIG_PORT: '80 80' }, /RENNSTEIG_PORT must be a whole number/],
    [[], { RENNSTEIG_WORKERS: '0' }, /RENNSTEIG_WORKERS/],
    [[], { RENNSTEIG_DEMO: 'perhaps' }, /true or false/],
    [[], { RENNSTEIG_LOG: 'loud' }, /one of debug/],
    [[], { RENNSTEIG_URL: 'cloud.example' }, /RENNSTEIG_URL must be an address/],
    [[], { DATABASE_URL: 'mysql://x' }, /DATABASE_URL/],
    [[], { RENNSTEIG_DATABASE_APP_URL: 'postgres://x' }, /without DATABASE_URL/],
    [[], { RENNSTEIG_KEY: 'c2hvcnQ=' }, /32 bytes/],
    [[], { RENNSTEIG_DATA: '/srv/a', RENNSTEIG_BACKUP: '/srv/a/backup' }, /must not lie in the data directory/],
    [[], { RENNSTEIG_BACKUP: '/srv/b', RENNSTEIG_BACKUP_DAYS: '0' }, /RENNSTEIG_BACKUP_DAYS/],
    [[], { RENNSTEIG_S3_BUCKET: 'b' }, /missing: RENNSTEIG_S3_ENDPOINT/],
    [[], { RENNSTEIG_METRICS_TOKEN: 'kurz' }, /RENNSTEIG_METRICS_TOKEN must have 16/],
    [[], { RENNSTEIG_METRICS_TOKEN: 'mit Leerzeichen darin' }, /without spaces/],
    [['--config', '/nowhere'], {}, /cannot be read/],
    [['--config', fileWith('bad', 'PORT=1')], {}, /Line 1 .* does not set anything we know/],
  ];
  for (const [argv, env, message] of wrong) {
    assert.throws(
      () => readConfig(argv, env),
      (error: Error) => error instanceof OperatorError && message.test(error.message) && !error.message.includes('\n'),
    );
  }
});

test('the configuration reference is the one made from the settings', () => {
  const text = readFileSync(new URL('../deploy/configuration.md', import.meta.url), 'utf8');
  assert.ok(text.endsWith(`${describeSettings()}\n`), 'deploy/configuration.md is stale; copy the output of describeSettings()');
});
