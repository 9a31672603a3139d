import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const mebibyte = 2 ** 20;

/**
 * What the disk alone takes, in MiB/s: a GiB written and synced. Measured right behind large uploads, as many disks of virtual machines take
 * the first gigabytes fast and are held back from then on.
 */
export async function measureDisk(mebibytes = 1_024): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'rennsteig-disk-'));
  const block = Buffer.alloc(mebibyte, 'Rennsteig');
  try {
    const started = performance.now();
    const file = await open(join(folder, 'large.bin'), 'wx');
    for (let written = 0; written < mebibytes; written += 1) await file.write(block);
    await file.sync();
    await file.close();
    return mebibytes / ((performance.now() - started) / 1_000);
  } finally {
    await rm(folder, { recursive: true });
  }
}
