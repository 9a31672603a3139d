import { readConfig } from '../../src/config.ts';
import { openPlatform } from '../../src/house.ts';
import { operate } from '../../src/modules/files/operation-step.ts';
import { operationLimits } from '../../src/modules/files/rules-operation.ts';
import { systemContext } from '../../src/platform/context.ts';
import type { WorkerSettings } from './endless.ts';

/**
 * A process that works on one operation in small steps, says where in each it is, and is killed somewhere. It ends by itself when
 * the operation is over.
 */
const { app, owner, environment, tenant, operation } = JSON.parse(process.argv[2] ?? '') as WorkerSettings & {
  readonly tenant: number;
  readonly operation: number;
};
operationLimits.step = 7;
operationLimits.folders = 3;
const platform = await openPlatform({ config: readConfig([], environment), app, owner });
const say = (word: string) => process.stdout.write(`${word}\n`);
const { db } = platform;
const told: typeof db = {
  ...db,
  write: async (number, run) => {
    say('begins');
    const result = await db.write(number, async (tx) => {
      const made = await run(tx);
      say('commits');
      return made;
    });
    say('committed');
    return result;
  },
};
await operate.run(systemContext({ ...platform, db: told }, tenant, 'files.operate'), { operation });
await platform.signals.close();
await db.close();
