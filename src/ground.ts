import { join } from 'node:path';
import type { Config } from './config.ts';
import { type ContinuousBackup, forgetBackup, keepBackup } from './platform/continuous.ts';
import type { Connection } from './platform/db.ts';
import { appRole, openEmbedded, reachEmbedded } from './platform/embedded.ts';
import { lockDirectory } from './platform/lock.ts';
import { type Log, openLog } from './platform/log.ts';
import { openStore } from './platform/store.ts';
import { type Serving, Workers } from './platform/workers.ts';
import { ensureProgram } from './program.ts';
import { ensurePages } from './web/build.ts';

export { OperatorError } from './platform/errors.ts';
export { isWorker, joinWorkers } from './platform/workers.ts';

/**
 * What belongs to the machine and not to one process: the data directory, the database server, the workers. The first process
 * lives on this alone and never loads a room, so that it starts at once and stays small.
 */

/** A database server that can be used, and the data directory with it. */
export type Ground = {
  /** As the powerless role. */
  readonly app: Connection;
  /** As the owner of the schema. */
  readonly owner: Connection;
  /** The database server, where it is ours. */
  readonly server: { readonly superuser: Connection; readonly data: string } | null;
  /** Stops the database server where it is ours, and frees the directory. */
  close(): Promise<void>;
};

/** Where the embedded database server lies. */
export const embeddedHome = (config: Config) => join(config.data, 'postgres');

async function openServer(config: Config, log: Log): Promise<Ground> {
  if (config.databaseUrl) {
    const owner = { url: config.databaseUrl };
    const app = config.databaseAppUrl ? { url: config.databaseAppUrl } : { url: config.databaseUrl, role: appRole };
    return { app, owner, server: null, close: async () => {} };
  }
  const embedded = await openEmbedded(embeddedHome(config), log);
  return { app: embedded.app, owner: embedded.owner, server: embedded, close: () => embedded.stop() };
}

/**
 * Takes the data directory and starts (or adopts, or reaches) the database server. Throws `DirectoryTaken` when another process
 * has the directory, `OperatorError` with one sentence when the operator has to put something right first.
 */
export async function openGround(config: Config, log: Log): Promise<Ground> {
  const lock = await lockDirectory(config.data);
  try {
    const server = await openServer(config, log);
    const close = async () => {
      await server.close();
      await lock.release();
    };
    return { ...server, close };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** The database of an instance that another process holds. */
export async function reachGround(config: Config, log: Log): Promise<Pick<Ground, 'app' | 'owner'>> {
  return config.databaseUrl ? openServer(config, log) : reachEmbedded(embeddedHome(config));
}

/** The first process of an instance. */
export type FirstProcess = Ground & {
  readonly log: Log;
  /** Lets the workers bring the schema up to date and serve; comes back when the first one does. */
  serve(identity?: Config['identity']): Promise<Serving>;
};

/**
 * Takes the ground, starts the first worker and builds the pages, all at the same time: it loads its rooms while the database
 * starts. Throws like {@link openGround}.
 */
export async function openFirstProcess(config: Config): Promise<FirstProcess> {
  const log = openLog(config.logLevel);
  const workers = new Workers(config.workers, log);
  const pages = ensurePages();
  pages.catch(() => {}); // told where it is awaited
  const ground = await openGround(config, log).catch(async (error) => {
    await workers.close();
    throw error;
  });
  let backup: ContinuousBackup | null = null;
  const closing = new AbortController();
  let program: Promise<void> = Promise.resolve();
  return {
    ...ground,
    log,
    serve: async (identity = null) => {
      await pages;
      const serving = await workers.serve({ app: ground.app, owner: ground.owner, identity });
      backup = await startBackup(config, ground, log);
      // For the next start; whoever is served meanwhile goes first.
      program = ensureProgram(closing.signal).catch((error: Error) =>
        log.info({ reason: error.message }, 'the program could not be packed; the next start takes longer'),
      );
      return serving;
    },
    close: async () => {
      closing.abort();
      await workers.close();
      await program;
      await backup?.close(); // what was acknowledged last is in it
      await pages.catch(() => {});
      await ground.close();
    },
  };
}

/** Once the schema is up to date: the backup that goes on as long as the instance serves. */
async function startBackup(config: Config, { owner, server }: Ground, log: Log): Promise<ContinuousBackup | null> {
  if (config.backup) return keepBackup({ ...config.backup, owner, server, store: await openStore(config), log });
  if (server)
    forgetBackup(server.superuser).catch((error: Error) =>
      log.warn({ reason: error.message }, 'an earlier backup holds the log'),
    );
  return null;
}
