import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { type Config, readConfig } from '../src/config.ts';
import { type House, openHouse } from '../src/house.ts';
import type { Clock } from '../src/platform/clock.ts';
import { type Connection, openDatabase } from '../src/platform/db.ts';
import { noteDemo } from '../src/platform/demo.ts';
import { appRole, ownerRole } from '../src/platform/embedded.ts';
import { openLog } from '../src/platform/log.ts';
import { asRole, copyTemplate, joinCluster } from './cluster.ts';

/** A clock that stands still until it is moved. */
export type FakeClock = Clock & { advance(seconds: number): void };

function fakeClock(): FakeClock {
  let now = Date.parse('2026-11-23T08:00:00Z'); // a Monday morning
  return {
    now: () => new Date(now),
    advance: (seconds) => {
      now += seconds * 1000;
    },
  };
}

/** A whole house of its own: database copied from the template, temporary blobs, a clock that stands still. */
export type Stand = {
  readonly house: House;
  readonly config: Config;
  readonly clock: FakeClock;
  /** When it was opened by the clock on the wall, which the database and its queue keep to. */
  readonly openedAt: Date;
  /** As the owner of the schema, for tests that look behind the rooms or damage something on purpose. */
  readonly owner: Connection;
  readonly app: Connection;
  close(): Promise<void>;
};

export type StandOptions = {
  /** Works on the queue as a real process does; without it jobs wait. */
  readonly worksOnJobs?: boolean;
  readonly settings?: Readonly<Record<string, string>>;
};

/** A demonstration without its content: what `RENNSTEIG_DEMO` alone does not make of an instance. */
async function markAsDemo(app: Connection): Promise<void> {
  const db = openDatabase(app);
  await noteDemo(db.instance, 'complete');
  await db.close();
}

/** Opens a stand and closes it when the test file ends. */
export async function openStand(options: StandOptions = {}): Promise<Stand> {
  const cluster = await joinCluster();
  const database = await copyTemplate(cluster);
  const data = await mkdtemp(join(tmpdir(), 'rennsteig-test-'));
  const clock = fakeClock();
  const openedAt = new Date();
  const key = randomBytes(32).toString('base64');
  const config = readConfig([], {
    RENNSTEIG_DATA: data,
    RENNSTEIG_PORT: '0',
    RENNSTEIG_LOG: 'silent',
    RENNSTEIG_KEY: key,
    ...options.settings,
  });
  const app = asRole(cluster, appRole, database.name);
  const owner = asRole(cluster, ownerRole, database.name);
  if (config.demo) await markAsDemo(app);
  const house = await openHouse({
    config,
    app,
    owner,
    clock,
    log: openLog(config.logLevel),
    worksOnJobs: options.worksOnJobs ?? false,
  });
  let isClosed = false;
  const close = async () => {
    if (isClosed) return;
    isClosed = true;
    await house.close();
    await database.drop();
    await rm(data, { recursive: true, force: true });
    await cluster.stop();
  };
  after(close);
  return { house, config, clock, openedAt, owner, app, close };
}
