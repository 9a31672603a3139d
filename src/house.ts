import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Config } from './config.ts';
import { byAppPassword, callerBySession } from './modules/accounts/index.ts';
import { accounts } from './modules/accounts/module.ts';
import { dav } from './modules/dav/module.ts';
import { delivery } from './modules/delivery/module.ts';
import { files } from './modules/files/module.ts';
import { finder } from './modules/finder/module.ts';
import { forms } from './modules/forms/module.ts';
import { indicators } from './modules/indicators/module.ts';
import { intake } from './modules/intake/module.ts';
import { mailbox } from './modules/mailbox/module.ts';
import { migration } from './modules/migration/module.ts';
import { notifications } from './modules/notifications/module.ts';
import { payments } from './modules/payments/module.ts';
import { previews } from './modules/previews/module.ts';
import { scanning } from './modules/scanning/module.ts';
import { signing } from './modules/signing/module.ts';
import { tenantOfHost } from './modules/tenants/index.ts';
import { tenants } from './modules/tenants/module.ts';
import { openBlobs } from './platform/blobs.ts';
import { noting } from './platform/blobs-noted.ts';
import { type Clock, systemClock } from './platform/clock.ts';
import type { Platform } from './platform/context.ts';
import { backupCheck, watchBackup } from './platform/continuous-watch.ts';
import { type Connection, openDatabase } from './platform/db.ts';
import { readDemo } from './platform/demo.ts';
import { OperatorError } from './platform/errors.ts';
import { openEvents } from './platform/events.ts';
import { type FastifyInstance, type HealthCheck, openHttp } from './platform/http.ts';
import { openJobs } from './platform/jobs.ts';
import { openKeys, readMasterKeys } from './platform/keys.ts';
import { type Log, openLog } from './platform/log.ts';
import { mailJobs } from './platform/mail.ts';
import { openMetrics } from './platform/metrics.ts';
import type { MigrationSource } from './platform/migrate.ts';
import type { Module } from './platform/module.ts';
import { apiRoutes, openApiRoute } from './platform/openapi.ts';
import { readRestored } from './platform/restored.ts';
import { rotationJobs } from './platform/rotation.ts';
import { openRush, rushLimits } from './platform/rush.ts';
import { openSignals } from './platform/signals.ts';
import { openStore } from './platform/store.ts';
import { openTally } from './platform/tally.ts';
import { platformWords } from './platform/words.ts';
import { rooms } from './rooms.ts';
import { builtPages } from './web/build.ts';
import { pageRoutes } from './web/serve.ts';

export { OperatorError, openStore };

/** The rooms, floor by floor from the ground up: the order in which they migrate, and in which they may import each other. */
export const floors: readonly (readonly Module[])[] = [
  [tenants],
  [accounts, scanning, signing],
  [notifications, previews],
  [files, finder, mailbox, payments],
  [dav, forms],
  [indicators, intake, migration],
  [delivery],
];

const modules = floors.flat();

/** Every migration of the house, in the order in which they run. */
export const migrationSources: readonly MigrationSource[] = [
  { room: 'platform', directory: fileURLToPath(new URL('./platform/migrations', import.meta.url)) },
  ...modules.flatMap((module) => module.migrations ?? []),
];

/** Why nobody can be served here, as a sentence for whoever starts the instance. */
function cannotListen(host: string, port: number, error: NodeJS.ErrnoException): Error {
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: 'another programme is listening there',
    EACCES: 'this user may not listen there',
    EADDRNOTAVAIL: 'this machine does not have the address',
  };
  const reason = reasons[error.code ?? ''];
  if (!reason) return error;
  return new OperatorError(`cannot listen on ${host}, port ${port}: ${reason}. Choose another with --port or --host.`);
}

/** An open house: one process of an instance. */
export type House = {
  readonly platform: Platform;
  readonly app: FastifyInstance;
  /** Listens on the configured address; resolves with the port. */
  listen(): Promise<number>;
  close(): Promise<void>;
};

export type HouseOptions = {
  readonly config: Config;
  readonly app: Connection;
  readonly owner: Connection;
  readonly clock?: Clock;
  readonly log?: Log;
  /** Whether this process works on the queue. */
  readonly worksOnJobs?: boolean;
  /** The figures of all processes; default: of this one. */
  readonly metricsText?: () => Promise<string>;
};

/** Throws `OperatorError` when the store cannot be used with these settings. */
export async function checkStore({ s3 }: Pick<Config, 's3'>): Promise<void> {
  if (s3) await (await import('./platform/blobs-s3.ts')).checkS3(s3);
}

/** The parts below the rooms, without server and queue: what the command line needs too. */
export async function openPlatform({ config, app, clock, log }: HouseOptions): Promise<Platform> {
  const db = openDatabase(app);
  try {
    const opened = log ?? openLog(config.logLevel);
    const time = clock ?? systemClock;
    const keys = await openKeys(db, await readMasterKeys(config), () => readMasterKeys(config));
    return {
      // The instance says whether it is a demonstration; what was asked for at the start only fills an empty one.
      config: { ...config, demo: (await readDemo(db.instance)) !== null },
      db,
      keys,
      blobs: openBlobs(config.s3 ? noting(await openStore(config), db) : await openStore(config), keys),
      keepers: modules.flatMap((module) => module.keeps ?? []),
      events: openEvents(modules.flatMap((module) => module.handlers ?? [])),
      signals: openSignals(db, opened),
      clock: time,
      log: opened,
      metrics: openMetrics(),
      rush: openRush(rushLimits),
      tally: openTally(time.now, opened),
      restored: await readRestored(db.instance),
      words: Object.assign({}, platformWords, ...modules.map((module) => module.words ?? {})),
      names: Object.assign({}, ...modules.map((module) => module.names ?? {})),
    };
  } catch (error) {
    await db.close();
    throw error;
  }
}

const databaseCheck: HealthCheck = {
  name: 'database',
  check: async (platform) => {
    await platform.db.instance`select 1`;
  },
};

const storeCheck: HealthCheck = { name: 'store', check: (platform) => platform.blobs.check() };

/** Opens everything: database, keys, blobs, rooms, queue, server. The schema has been migrated before. */
export async function openHouse(options: HouseOptions): Promise<House> {
  const platform = await openPlatform(options);
  if (options.config.backup) watchBackup(platform);
  for (const { figures } of modules) figures?.(platform);
  for (const { keepsTally } of modules) if (keepsTally) platform.tally.keepWith(keepsTally(platform));
  const handlers = modules.flatMap((module) => module.handlers ?? []);
  const jobs = [
    ...mailJobs,
    ...rotationJobs,
    ...modules.flatMap((module) => module.jobs ?? []),
    ...handlers.map((handler) => handler.job),
  ];
  const queue = options.worksOnJobs === false ? null : await openJobs(platform, options.owner, jobs);
  const api = modules.flatMap((module) => module.api ?? []);
  const app = await openHttp(platform, {
    identify: { bySession: callerBySession, byAppPassword, tenantOfHost },
    routes: [
      ...modules.flatMap((module) => module.routes ?? []),
      apiRoutes(api),
      openApiRoute(api),
      pageRoutes({ rooms, folder: builtPages() }),
    ],
    checks: [
      databaseCheck,
      storeCheck,
      ...(options.config.backup ? [backupCheck] : []),
      ...modules.flatMap((module) => module.checks ?? []),
    ],
    metricsText: options.metricsText ?? (() => platform.metrics.text()),
  });
  return {
    platform,
    app,
    listen: async () => {
      const { host, port } = options.config;
      await app.listen({ host, port }).catch((error: NodeJS.ErrnoException) => {
        throw cannotListen(host, port, error);
      });
      return (app.server.address() as AddressInfo).port;
    },
    close: async () => {
      await app.close();
      await queue?.close();
      await platform.tally.flush();
      await platform.signals.close();
      await platform.db.close();
    },
  };
}
