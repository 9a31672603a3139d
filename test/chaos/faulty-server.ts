import { readConfig } from '../../src/config.ts';
import { openHouse } from '../../src/house.ts';
import type { WorkerSettings } from './endless.ts';

/** A house in a process of its own, whose system calls are made to fail by a library loaded before it. Says its port. */
const { app, owner, environment } = JSON.parse(process.argv[2] ?? '') as WorkerSettings;
const house = await openHouse({ config: readConfig([], environment), app, owner, worksOnJobs: false });
process.stdout.write(`${await house.listen()}\n`);
process.once('SIGTERM', () => void house.close().then(() => process.exit()));
