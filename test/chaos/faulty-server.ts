import { readConfig } from '../../src/config.ts';
import { openHouse } from '../../src/house.ts';
import { httpLimits } from '../../src/platform/http.ts';
import type { WorkerSettings } from './endless.ts';

/** A house in a process of its own, whose system calls may be made to fail by a library loaded before it. Says its port. */
const { app, owner, environment, idleSeconds } = JSON.parse(process.argv[2] ?? '') as WorkerSettings & {
  readonly idleSeconds?: number;
};
if (idleSeconds !== undefined) httpLimits.idleSeconds = idleSeconds;
const house = await openHouse({ config: readConfig([], environment), app, owner, worksOnJobs: false });
process.stdout.write(`${await house.listen()}\n`);
process.once('SIGTERM', () => void house.close().then(() => process.exit()));
