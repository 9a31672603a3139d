import { join } from 'node:path';
import type { Config } from './config.ts';
import { migrationSources } from './house.ts';
import type { Connection } from './platform/db.ts';
import { appRole, openEmbedded } from './platform/embedded.ts';
import { readMasterKeys } from './platform/keys.ts';
import { lockDirectory } from './platform/lock.ts';
import { type Log, openLog } from './platform/log.ts';
import { migrate } from './platform/migrate.ts';
import { Workers } from './platform/workers.ts';
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

async function openServer(config: Config, log: Log): Promise<Server> {
  if (config.databaseUrl) {
    const owner = { url: config.databaseUrl };
    const app = config.databaseAppUrl ? { url: config.databaseAppUrl } : { url: config.databaseUrl, role: appRole };
    return { app, owner, close: async () => {} };
  }
  const embedded = await openEmbedded(join(config.data, 'postgres'), log);
  return { app: embedded.app, owner: embedded.owner, close: () => embedded.stop() };
}

/**
 * Takes the data directory, starts (or adopts, or reaches) the database and brings the schema up to date.
 * Throws `OperatorError` with one sentence when the operator has to put something right first.
 */
export async function openInstance(config: Config): Promise<Instance> {
  const log = openLog(config.logLevel);
  const lock = await lockDirectory(config.data);
  const server = await openServer(config, log).catch(async (error) => {
    await lock.release();
    throw error;
  });
  const workers = new Workers({ app: server.app, owner: server.owner }, log);
  const close = async () => {
    await workers.close();
    await server.close();
    await lock.release();
  };
  try {
    await migrate(server.owner, migrationSources);
    await readMasterKeys(config); // makes the key file once, before several workers look for it
  } catch (error) {
    await close();
    throw error;
  }
  const serve = async () => {
    await ensurePages();
    return workers.open(config.workers);
  };
  return { app: server.app, owner: server.owner, log, serve, close };
}
