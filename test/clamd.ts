import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { requireProgram } from './tools.ts';

/** A real clamd with one signature: the test file of EICAR. */
export type Clamd = {
  /** Value of `RENNSTEIG_CLAMD`. */
  readonly address: string;
  readonly socket: string;
  stop(): Promise<void>;
};

/** The harmless file every scanner knows (<https://www.eicar.org>), put together here so that this source is not found by one. */
export const eicar = Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD-ANTIVIRUS-', 'TEST-FILE!$H+H*'].join(''));

const strict = ['AlertEncrypted yes', 'AlertExceedsMax yes'];

/** Largest stream it takes, so that a test can exceed it. */
export const streamBytes = 8 * 1_048_576;

function configuration(home: string, lines: readonly string[]): string {
  const limits = [
    `StreamMaxLength ${streamBytes}`,
    'MaxScanSize 4M',
    'MaxFileSize 16M',
    'MaxRecursion 10',
    'PhishingSignatures no',
  ];
  const place = [`LocalSocket ${home}/clamd.sock`, `DatabaseDirectory ${home}/db`, `TemporaryDirectory ${home}`];
  // clamd takes the first line of a kind.
  return [...lines, ...place, 'Foreground yes', 'MaxThreads 2', ...limits].join('\n');
}

/**
 * Starts Debian's clamd in a directory of its own and ends it when the test file ends.
 * @param settings further lines of `clamd.conf`; default: those Rennsteig asks for
 */
export async function startClamd(settings: readonly string[] = strict): Promise<Clamd> {
  const home = await mkdtemp(join(tmpdir(), 'rennsteig-test-clamd-'));
  await mkdir(join(home, 'db'));
  await writeFile(join(home, 'db/local.ndb'), `Eicar-Test-Signature:0:*:${eicar.toString('hex')}\n`);
  await writeFile(join(home, 'clamd.conf'), configuration(home, settings));
  const socket = join(home, 'clamd.sock');
  const child = spawn(requireProgram('clamd'), ['-c', join(home, 'clamd.conf')], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const listens = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text) => {
        said += text;
        if (said.includes('Self checking')) resolve(); // the last line before it takes connections
      });
  });
  const gone = once(child, 'exit').then(() => {
    throw new Error(`clamd ended: ${said}`);
  });
  gone.catch(() => {});
  await Promise.race([listens, gone]);
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    }
    await rm(home, { recursive: true, force: true });
  };
  after(stop);
  return { address: `unix:${socket}`, socket, stop };
}
