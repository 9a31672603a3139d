import { join } from 'node:path';
import type { Config } from './config.ts';
import { checkStore, migrationSources, openPlatform } from './house.ts';
import { systemContext } from './platform/context.ts';
import type { Connection } from './platform/db.ts';
import { appRole, openEmbedded, reachEmbedded } from './platform/embedded.ts';
import { readMasterKeys } from './platform/keys.ts';
import { DirectoryTaken, lockDirectory } from './platform/lock.ts';
import { type Log, openLog } from './platform/log.ts';
import { checkMigrated, migrate } from './platform/migrate.ts';
import { rewrapKeys } from './platform/rotation.ts';
import { Workers } from './platform/workers.ts';
import { rooms } from './rooms.ts';
import { ensurePages } from './web/build.ts';

/** What belongs to the machine and not to one process: the data directory, the database server, the schema, the workers. */
export type Instance = {
  /** As the powerless role. */
  readonly app: Connection;
  /** As the owner of the schema. */
  readonly owner: Connection;
  readonly log: Log;
  /** Starts the workers; resolves with the port when all of them serve. */
  serve(): Promise<number>;
  /** Lets the workers finish, stops the database, frees the directory. */
  close(): Promise<void>;
};

type Server = { readonly app: Connection; readonly owner: Connection; close(): Promise<void> };

const embeddedHome = (config: Config) => join(config.data, 'postgres');

async function openServer(config: Config, log: Log): Promise<Server> {
  if (config.databaseUrl) {
    const owner = { url: config.databaseUrl };
    const app = config.databaseAppUrl ? { url: config.databaseAppUrl } : { url: config.databaseUrl, role: appRole };
    return { app, owner, close: async () => {} };
  }
  const embedded = await openEmbedded(embeddedHome(config), log);
  return { app: embedded.app, owner: embedded.owner, close: () => embedded.stop() };
}

/** Takes the data directory and the database, and brings the schema up to date; no worker yet. */
async function openGround(config: Config, log: Log): Promise<Server> {
  const lock = await lockDirectory(config.data);
  const server = await openServer(config, log).catch(async (error) => {
    await lock.release();
    throw error;
  });
  const close = async () => {
    await server.close();
    await lock.release();
  };
  try {
    await migrate(server.owner, migrationSources);
    await checkStore(config);
    // Makes the key file once, before several workers look for it; finishes a rotation of the instance's key.
    await rewrapKeys(server.owner, await readMasterKeys(config));
  } catch (error) {
    await close();
    throw error;
  }
  return { app: server.app, owner: server.owner, close };
}

/**
 * Takes the data directory, starts (or adopts, or reaches) the database and brings the schema up to date.
 * Throws `OperatorError` with one sentence when the operator has to put something right first.
 */
export async function openInstance(config: Config): Promise<Instance> {
  const log = openLog(config.logLevel);
  const ground = await openGround(config, log);
  const workers = new Workers({ app: ground.app, owner: ground.owner }, log);
  const close = async () => {
    await workers.close();
    await ground.close();
  };
  const serve = async () => {
    await ensurePages();
    return workers.open(config.workers);
  };
  return { app: ground.app, owner: ground.owner, log, serve, close };
}

/** An instance as the command line works on it. */
export type Visit = {
  readonly app: Connection;
  readonly owner: Connection;
  /** Whether it is serving at the same time. */
  readonly isRunning: boolean;
};

/** Works on an instance: on its running database when it serves, otherwise the database is started for as long as the work takes. */
export async function visitInstance<T>(config: Config, work: (visit: Visit) => Promise<T>): Promise<T> {
  const log = openLog('silent');
  const ground = await openGround(config, log).catch((error) => {
    if (error instanceof DirectoryTaken) return null;
    throw error;
  });
  if (ground === null) {
    const running = config.databaseUrl ? await openServer(config, log) : await reachEmbedded(embeddedHome(config));
    await checkMigrated(running.owner, migrationSources);
    return work({ app: running.app, owner: running.owner, isRunning: true });
  }
  try {
    return await work({ app: ground.app, owner: ground.owner, isRunning: false });
  } finally {
    await ground.close();
  }
}

/** The address at which the first operator sets up an empty instance; null when there is an operator. See `accounts.setUpLink`. */
export async function setUpAddress(config: Config, { app, owner, log }: Instance): Promise<string | null> {
  const platform = await openPlatform({ config, app, owner, log });
  try {
    return await rooms.accounts.setUpLink(systemContext(platform, rooms.tenants.provider, 'start'));
  } finally {
    await platform.db.close();
  }
}

/** A demonstration that is being filled while it serves already. */
export type Demonstration = {
  /** Who can sign in, and what to try. */
  guide(url: string): string;
  /** Fills the large folder; comes back early when `signal` says so. */
  finish(signal: AbortSignal): Promise<boolean>;
  close(): Promise<void>;
};

/** Makes an empty instance a demonstration; null when this one was in use before. Loaded only here: nobody else needs it. */
export async function openDemonstration(config: Config, { app, owner, log }: Instance): Promise<Demonstration | null> {
  const { fillDemo, finishDemo, guide } = await import('./demo/index.ts');
  const platform = await openPlatform({ config, app, owner, log });
  const close = () => platform.db.close();
  try {
    // The pages are built by a process of their own: on two cores both are ready sooner.
    const [isDemo] = await Promise.all([fillDemo(platform), ensurePages()]);
    if (isDemo) return { guide, close, finish: (signal) => finishDemo(platform, signal) };
  } catch (error) {
    await close();
    throw error;
  }
  await close();
  return null;
}
