import type { Config } from './config.ts';
import { readIdentity } from './config-identity.ts';
import { type Ground, openGround, reachGround } from './ground.ts';
import { checkStore, migrationSources, openPlatform } from './house.ts';
import { systemContext } from './platform/context.ts';
import { readMasterKeys } from './platform/keys.ts';
import { DirectoryTaken } from './platform/lock.ts';
import { openLog } from './platform/log.ts';
import { checkMigrated, migrate } from './platform/migrate.ts';
import { rewrapKeys } from './platform/rotation.ts';
import { rooms } from './rooms.ts';
import { ensurePages } from './web/build.ts';

/** An instance whose schema and keys are those of this version, whoever works on it: a worker, the command line, a test. */

type Connections = Pick<Ground, 'app' | 'owner'>;

/** Brings the schema up to date, checks the store, and finishes a rotation of the instance's key. Throws `OperatorError`. */
export async function prepare(config: Config, { owner }: Pick<Connections, 'owner'>): Promise<void> {
  await migrate(owner, migrationSources);
  await checkStore(config);
  await rewrapKeys(owner, await readMasterKeys(config));
}

/** Takes an instance's ground and prepares it. Throws `OperatorError` with one sentence when something has to be put right first. */
export async function openInstance(config: Config): Promise<Ground> {
  const ground = await openGround(config, openLog(config.logLevel));
  try {
    await prepare(config, ground);
    return ground;
  } catch (error) {
    await ground.close();
    throw error;
  }
}

/** An instance as the command line works on it. */
export type Visit = Connections & {
  /** Whether it is serving at the same time. */
  readonly isRunning: boolean;
};

/** Works on an instance: on its running database when it serves, otherwise the database is started for as long as the work takes. */
export async function visitInstance<T>(config: Config, work: (visit: Visit) => Promise<T>): Promise<T> {
  const quiet = { ...config, logLevel: 'silent' } as const;
  const own = await openInstance(quiet).catch((error) => {
    if (error instanceof DirectoryTaken) return null;
    throw error;
  });
  if (own === null) {
    const running = await reachGround(quiet, openLog('silent'));
    await checkMigrated(running.owner, migrationSources);
    return work({ app: running.app, owner: running.owner, isRunning: true });
  }
  try {
    return await work({ app: own.app, owner: own.owner, isRunning: false });
  } finally {
    await own.close();
  }
}

/** The path at which the first operator sets up an empty instance; null when there is an operator. See `accounts.setUpLink`. */
export async function setUpAddress(config: Config, connections: Connections): Promise<string | null> {
  const platform = await openPlatform({ config, ...connections, log: openLog('silent') });
  try {
    return await rooms.accounts.setUpLink(systemContext(platform, rooms.tenants.provider, 'start'));
  } finally {
    await platform.db.close();
  }
}

/** A demonstration that is being filled while it serves already. */
export type Demonstration = {
  /** The state identity people practise with; null: the instance has one of its own, or no address yet. */
  readonly identity: Config['identity'];
  /** Who can sign in, and what to try. */
  guide(url: string): string;
  /** Fills the large folder; comes back early when `signal` says so. */
  finish(signal: AbortSignal): Promise<boolean>;
  close(): Promise<void>;
};

/** Makes an empty instance a demonstration; null when this one was in use before. Loaded only here: nobody else needs it. */
export async function openDemonstration(config: Config, connections: Connections): Promise<Demonstration | null> {
  const { fillDemo, finishDemo, guide, openIdentityBeside, openPractice } = await import('./demo/index.ts');
  await prepare(config, connections);
  // Should the power fail while it is filled, it is begun anew: thousands of commits need not wait for the disk.
  const platform = await openPlatform({ config, ...connections, app: { ...connections.app, commitsLater: true } });
  const practice = await openPractice(config.port);
  const beside = config.identity === null && config.port !== 0 ? await openIdentityBeside(config) : null;
  const identity = beside && readIdentity(new Map(Object.entries(beside.settings)));
  const close = async () => {
    await practice.close();
    await beside?.close();
    await platform.db.close();
  };
  try {
    // The pages are built by a process of their own: on two cores both are ready sooner.
    const [isDemo] = await Promise.all([fillDemo(platform, practice), ensurePages()]);
    if (isDemo) return { identity, guide, close, finish: (signal) => finishDemo(platform, signal) };
  } catch (error) {
    await close();
    throw error;
  }
  await close();
  return null;
}
