import { globSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { inspect } from 'node:util';
import { hungExitCode, setVariable } from './environment.ts';

/**
 * Preloaded into every test file: when something fails that nobody waited for, the runner says that it did, but not where it
 * came from; and a file that waits for ever would keep all others waiting. Programs that a test starts are left as they are.
 */
const file = process.argv[1] ?? '';

/** The longest file takes two minutes, beside another one. */
const hungMilliseconds = 10 * 60_000;

/** Handed on to everything a file starts, also to what has lost its parent since. */
const mark = ['STARTED_BY_TEST', String(process.pid)] as const;

function say(event: string, reason: unknown): void {
  process.stderr.write(`${file}: ${event}: ${inspect(reason)}\n`);
}

/** What is left of the programs this file started holds the runner's pipes: it would wait for them. Where there is no /proc, nothing. */
function endStarted(): void {
  for (const path of globSync('/proc/[0-9]*/environ')) {
    const pid = Number(dirname(path).slice('/proc/'.length));
    try {
      if (pid !== process.pid && readFileSync(path, 'latin1').split('\0').includes(mark.join('='))) process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  }
}

if (file.endsWith('.test.ts')) {
  setVariable(...mark);
  process.on('uncaughtExceptionMonitor', (error) => say('uncaught', error));
  process.on('unhandledRejection', (reason) => say('nobody waited', reason));
  setTimeout(() => {
    say('hangs; still open', process.getActiveResourcesInfo());
    endStarted();
    process.exit(hungExitCode);
  }, hungMilliseconds).unref();
}
