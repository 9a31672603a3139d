import { inspect } from 'node:util';

/**
 * Preloaded into every test file: when something fails that nobody waited for, the runner says that it did, but not where it
 * came from. Programs that a test starts are left as they are.
 */
const file = process.argv[1] ?? '';

function say(event: string, reason: unknown): void {
  process.stderr.write(`${file}: ${event}: ${inspect(reason)}\n`);
}

if (file.endsWith('.test.ts')) {
  process.on('uncaughtExceptionMonitor', (error) => say('uncaught', error));
  process.on('unhandledRejection', (reason) => say('nobody waited', reason));
}
