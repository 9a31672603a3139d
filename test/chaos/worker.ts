import { readConfig } from '../../src/config.ts';
import { openPlatform } from '../../src/house.ts';
import { openJobs } from '../../src/platform/jobs.ts';
import { endless, type WorkerSettings } from './endless.ts';

/** A process that takes a job and never finishes it; it says so, and is killed then. */
const { app, owner, environment } = JSON.parse(process.argv[2] ?? '') as WorkerSettings;
const platform = await openPlatform({ config: readConfig([], environment), app, owner });
await openJobs(platform, owner, [endless(() => process.stdout.write('taken\n'))]);
