import type { Config } from '../config.ts';
import type { Blobs } from './blobs.ts';
import type { Clock } from './clock.ts';
import type { Database } from './db.ts';
import type { Events } from './events.ts';
import type { Keeper } from './keepers.ts';
import type { Keys } from './keys.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Namers } from './names.ts';
import type { Rush } from './rush.ts';
import type { Signals } from './signals.ts';
import type { Tally } from './tally.ts';
import type { Locale, Words } from './words.ts';

/** The ground as the rooms get it. */
export type Platform = {
  readonly config: Config;
  readonly db: Database;
  readonly keys: Keys;
  readonly blobs: Blobs;
  /** What the rooms refer to in the blob store. */
  readonly keepers: readonly Keeper[];
  readonly events: Events;
  readonly signals: Signals;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Who is served first when everybody comes at once. */
  readonly rush: Rush;
  /** News in numbers. */
  readonly tally: Tally;
  /** When the instance was last brought back from a backup; see `restored.ts`. */
  readonly restored: string;
  /** Every sentence the house can say. */
  readonly words: Words;
  /** What things of the rooms are called, by their kind. */
  readonly names: Namers;
};

/** What an account may be beyond a person who works here. */
export type Role = 'providerOperator' | 'tenantAdministrator' | 'auditor' | 'editor' | 'treasurer' | 'counter';

/** A person who is signed in, as resolved once per request; not older than {@link actorSeconds}. */
export type AccountActor = {
  readonly kind: 'account';
  readonly tenant: number;
  /** Id of the account. */
  readonly account: number;
  /** The account itself and its groups: whatever a role can be granted to. */
  readonly principals: readonly number[];
  readonly roles: readonly Role[];
  /** Name in DAV paths. */
  readonly handle: string;
  readonly name: string;
  readonly address: string;
  readonly via: 'session' | 'appPassword';
  /** Id of the session or app password, so that it can be shown and revoked. */
  readonly credential: number;
};

/** Somebody from outside with an account of the portal: has what is theirs there, and is nobody in the cloud of any authority. */
export type CitizenActor = {
  readonly kind: 'citizen';
  /** The state's tenant, which runs the portal. */
  readonly tenant: number;
  /** Id of the account; no account of somebody who works here has the same. */
  readonly citizen: number;
  readonly name: string;
  readonly address: string;
  readonly isCompany: boolean;
  /** Id of the session. */
  readonly credential: number;
};

/** The house itself, working for one tenant (0: for the instance). */
export type SystemActor = { readonly kind: 'system'; readonly tenant: number; readonly job: string };

/** Nobody is signed in; `tenant` is the one whose pages are shown. */
export type NobodyActor = { readonly kind: 'nobody'; readonly tenant: number };

export type Actor = AccountActor | CitizenActor | SystemActor | NobodyActor;

/** Who is asking, in which request, in which language; the first argument of every verb. */
export type Context = {
  readonly platform: Platform;
  readonly actor: Actor;
  /** Id of the request or job, for logs, audit and support. */
  readonly request: string;
  readonly locale: Locale;
  /** Where the request came from (address of the client), for throttling and audit. */
  readonly network: string;
};

/** How long a resolved actor is believed: what was disabled or revoked is without access after this, everywhere. */
export const actorSeconds = 0.5;

/** A context of the house itself, for jobs, handlers and the command line. */
export function systemContext(platform: Platform, tenant: number, job: string): Context {
  const actor: SystemActor = { kind: 'system', tenant, job };
  return { platform, actor, request: `${job}-${platform.clock.now().getTime().toString(36)}`, locale: 'de', network: 'local' };
}
