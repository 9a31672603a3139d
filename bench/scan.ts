import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as scanning from '#modules/scanning';
import { Failure } from '#platform/errors';
import { startClamd } from '../test/clamd.ts';
import { settle } from '../test/people.ts';
import { openStand } from '../test/stand.ts';

/**
 * `node bench/scan.ts [MEBIBYTES]`: how fast a stored content goes through a real clamd (with the one signature of the tests: what is measured
 * is reading, decrypting and handing over, and clamd's own hashing; a full signature database takes longer), and how much memory of ours it
 * takes. Written to `bench/results/scan.json`.
 */

const mebibytes = Number(process.argv[2] ?? 1_024);
const size = mebibytes * 1_048_576;

async function* pieces() {
  const piece = randomBytes(1_048_576);
  for (let sent = 0; sent < size; sent += piece.length) yield piece;
}

/** The most memory this process had while something was done, in bytes beyond what it had before. */
async function growthDuring(work: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage.rss();
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 50);
  await work();
  clearInterval(timer);
  return most - before;
}

test('a large content through clamd', async () => {
  const limits = ['StreamMaxLength 2000M', 'MaxScanSize 2000M', 'MaxFileSize 2000M', 'MaxScanTime 600000'];
  const clamd = await startClamd(['AlertEncrypted yes', 'AlertExceedsMax yes', ...limits]);
  const stand = await openStand({ settings: { RENNSTEIG_CLAMD: clamd.address } });
  const { anna, ellrich } = await settle(stand);
  const { platform } = stand.house;
  const tooLarge = () => new Failure('tooLarge', 'platform.tooLarge');
  const { id: blob, sha256 } = await platform.blobs.write(ellrich, pieces(), { maxBytes: size, tooLarge });
  await platform.db.write(ellrich, (tx) => scanning.requestScan(tx, anna, { blob, size, sha256, reference: 'bench:1' }));
  let scan: scanning.Scan | null = null;
  const started = performance.now();
  const growth = await growthDuring(async () => {
    scan = await scanning.scan(anna, blob);
  });
  const seconds = (performance.now() - started) / 1000;
  const { state, obstacle } = scan as unknown as scanning.Scan;
  const report = {
    mebibytes,
    state,
    obstacle,
    seconds: Math.round(seconds * 10) / 10,
    mebibytesPerSecond: Math.round(mebibytes / seconds),
    memoryGrowthMebibytes: Math.round(growth / 1_048_576),
  };
  const folder = join(dirname(fileURLToPath(import.meta.url)), 'results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'scan.json'), `${JSON.stringify(report, null, 2)}\n`);
  process.stdout.write(`${JSON.stringify(report)}\n`);
});
