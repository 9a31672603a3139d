import { hash } from 'node:crypto';
import { profile, tenantNumbers } from '#modules/tenants';
import { type AccountActor, actorSeconds, type Platform, systemContext } from '#platform/context';
import { Failure } from '#platform/errors';
import type { Job } from '#platform/jobs';
import { type ShortMemory, shortMemory } from '#platform/memory';
import { forgetOldAttempts, networkOf, takeAttempt } from '#platform/throttle';
import { limits, throttles } from './rules.ts';
import { readAppPassword, tenantOfToken } from './rules-token.ts';
import { deleteOldLinks } from './store/link.ts';
import { deletePicturesOfLeavers } from './store/picture.ts';
import {
  type ActorRow,
  deleteOldSessions,
  noteAppPasswordUse,
  noteSessionUse,
  readAccountActor,
  readAppPasswordActor,
  readAppPasswordHolder,
  readSessionActor,
} from './store/session.ts';

/** Callers a process remembers; about one kilobyte each. */
const mostCallers = 10_000;

/** A caller as the database knew it a moment ago. */
type Caller = { readonly actor: AccountActor; readonly createdAt: Date; readonly lastUsedAt: Date | null };

type Memories = { sessions: ShortMemory<string, Caller | null>; appPasswords: ShortMemory<string, Caller | null> };

const memories = new WeakMap<Platform, Memories>();

function memoriesOf(platform: Platform): Memories {
  const known = memories.get(platform);
  if (known) return known;
  const empty = () =>
    shortMemory<string, Caller | null>({ seconds: actorSeconds, most: mostCallers, isWorthIt: (caller) => caller !== null });
  const made: Memories = { sessions: empty(), appPasswords: empty() };
  memories.set(platform, made);
  return made;
}

function callerOf(row: ActorRow, tenant: number, via: AccountActor['via']): Caller {
  const { account, credential, handle, address, name, roles, groups, units, createdAt, lastUsedAt } = row;
  const principals = [account, ...groups, ...units];
  const actor: AccountActor = { kind: 'account', tenant, account, principals, roles, handle, name, address, via, credential };
  return { actor, createdAt, lastUsedAt };
}

const secondsSince = (at: Date, now: Date) => (now.getTime() - at.getTime()) / 1000;

/**
 * The account behind a session's secret; null when it is unknown, revoked or over, or its tenant is suspended (the sign-in
 * says so). What was revoked, disabled or suspended is without access after `actorSeconds`, in every process.
 */
export async function bySession(platform: Platform, token: string, network: string): Promise<AccountActor | null> {
  const tenant = tenantOfToken(token);
  if (tenant === null) return null;
  const now = platform.clock.now();
  const load = () => loadSession(platform, { tenant, token, network, now });
  const caller = await memoriesOf(platform).sessions.recall(hash('sha256', token, 'base64url'), now, load);
  if (caller === null) return null;
  // Asked at every request and never older than half a second, however long ago the caller was looked up.
  const home = await profile(platform, tenant);
  return home?.state === 'active' ? caller.actor : null;
}

type SessionLook = { readonly tenant: number; readonly token: string; readonly network: string; readonly now: Date };

async function loadSession(platform: Platform, { tenant, token, network, now }: SessionLook): Promise<Caller | null> {
  const sql = platform.db.read(tenant);
  const row = await readSessionActor(sql, tenant, hash('sha256', token, 'buffer'));
  const home = row && (await profile(platform, tenant));
  if (!row?.lastUsedAt || !home) return null;
  // Judged by the policies of now: one that was tightened ends sessions that began before.
  const { sessionIdleSeconds, sessionLongestSeconds } = home.policies;
  const idle = secondsSince(row.lastUsedAt, now);
  if (idle > sessionIdleSeconds || secondsSince(row.createdAt, now) > sessionLongestSeconds) return null;
  if (idle >= limits.noteUseSeconds) await noteSessionUse(sql, tenant, { id: row.credential, at: now, network });
  return callerOf(row, tenant, 'session');
}

/**
 * The account behind an app password; null when it is wrong. The user name may be handle or address, in any case.
 * Throws `forbidden` when its tenant is suspended, `tooMany` when the network has failed too often.
 */
export async function byAppPassword(
  platform: Platform,
  user: string,
  password: string,
  network: string,
): Promise<AccountActor | null> {
  const given = readAppPassword(password);
  const now = platform.clock.now();
  const login = user.trim().toLowerCase();
  if (given !== null) {
    const key = hash('sha256', `${login}\n${given.secret}`, 'base64url');
    const load = () => loadAppPassword(platform, { ...given, login, network, now });
    const caller = await memoriesOf(platform).appPasswords.recall(key, now, load);
    if (caller !== null) {
      const home = await profile(platform, given.tenant);
      // A refusal of its own: a client that hears "wrong password" forgets the password.
      if (home?.state !== 'active') throw new Failure('forbidden', 'platform.tenantSuspended');
      if (home.policies.appPasswords) return caller.actor;
    }
  }
  // Only failures are counted: 150 random bits are not guessed, and one colleague's forgotten client must not lock out the
  // whole town hall behind the same address. It is told to wait instead of being asked for a password again and again.
  await takeAttempt(systemContext(platform, 0, 'identify'), throttles.basicNetwork, networkOf(network));
  return null;
}

type AppPasswordLook = {
  readonly tenant: number;
  readonly secret: string;
  readonly login: string;
  readonly network: string;
  readonly now: Date;
};

async function loadAppPassword(platform: Platform, look: AppPasswordLook): Promise<Caller | null> {
  const { tenant, secret, login, network, now } = look;
  const sql = platform.db.read(tenant);
  const row = await readAppPasswordActor(sql, tenant, hash('sha256', secret, 'buffer'));
  if (!row || (row.handle !== login && row.address !== login)) return null;
  const isToNote = row.lastUsedAt === null || secondsSince(row.lastUsedAt, now) >= limits.noteUseSeconds;
  if (isToNote) await noteAppPasswordUse(sql, tenant, { id: row.credential, at: now, network });
  return callerOf(row, tenant, 'appPassword');
}

/**
 * The account behind an app password that was shown a moment ago, by its number: for what goes on after a request, and has to end
 * when the password is revoked. Null when it was, or when its holder or the tenant may no longer use it.
 */
export async function byAppPasswordNumber(platform: Platform, tenant: number, id: number): Promise<AccountActor | null> {
  const row = await readAppPasswordHolder(platform.db.read(tenant), tenant, id);
  const home = row && (await profile(platform, tenant));
  return row && home?.state === 'active' && home.policies.appPasswords ? callerOf(row, tenant, 'appPassword').actor : null;
}

/** An active person as an actor, for jobs that go on in somebody's name; null when they have no access any more. */
export async function actorOf(platform: Platform, tenant: number, account: number): Promise<AccountActor | null> {
  const row = await readAccountActor(platform.db.read(tenant), tenant, account);
  const home = row && (await profile(platform, tenant));
  return row && home?.state === 'active' ? callerOf(row, tenant, 'session').actor : null;
}

const day = 86_400_000;
/** The bounds of the policies `sessionIdleSeconds` and `sessionLongestSeconds`: beyond them no tenant's session is valid. */
const longestIdle = day;
const longestSession = 90 * day;
const linkMemory = 30 * day;

/** Removes once a day what nobody can use any more. */
export const sweep: Job = {
  name: 'accounts.sweep',
  every: '23 2 * * *',
  run: async (ctx) => {
    const { platform } = ctx;
    const now = platform.clock.now().getTime();
    for (const tenant of await tenantNumbers(platform)) {
      const sql = platform.db.read(tenant);
      await deleteOldSessions(sql, tenant, {
        idleSince: new Date(now - longestIdle),
        createdBefore: new Date(now - longestSession),
      });
      await deleteOldLinks(sql, tenant, new Date(now - linkMemory));
      await deletePicturesOfLeavers(sql, tenant);
    }
    await forgetOldAttempts(ctx);
  },
};
