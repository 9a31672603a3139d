import type { Platform } from './context.ts';
import type { Handler } from './events.ts';
import type { HealthCheck, Routes } from './http.ts';
import type { Job } from './jobs.ts';
import type { Keeper } from './keepers.ts';
import type { MigrationSource } from './migrate.ts';
import type { Namers } from './names.ts';
import type { ApiRoute } from './openapi.ts';
import type { TallyKeeper } from './tally.ts';
import type { Words } from './words.ts';

/** What a room plugs into the house; exported by its `module.ts`, read by `house.ts` only. */
export type Module = {
  readonly name: string;
  readonly migrations?: MigrationSource;
  /** The sentences for the codes this room throws. */
  readonly words?: Words;
  /** What its things are called, for rooms below it that know only their numbers. */
  readonly names?: Namers;
  readonly routes?: Routes;
  /** Public reading operations, documented under `/api/openapi.json`. */
  readonly api?: readonly ApiRoute[];
  readonly handlers?: readonly Handler[];
  readonly jobs?: readonly Job<never>[];
  readonly checks?: readonly HealthCheck[];
  /** Adds figures of its own to `/metrics`. */
  readonly figures?: (platform: Platform) => void;
  /** The one room that keeps the numbers the others count. */
  readonly keepsTally?: (platform: Platform) => TallyKeeper;
  /** A room that stores blobs says which ones it refers to: the weekly sweep removes all others. */
  readonly keeps?: Keeper;
};
