import { domainToASCII } from 'node:url';
import type { Permissions } from '#platform/authorize';
import type { Actor, Role } from '#platform/context';
import { ensure, Failure } from '#platform/errors';
import type { Locale } from '#platform/words';

export type AccountState = 'invited' | 'active' | 'disabled';

export const limits = {
  /** RFC 5321, 4.5.3.1.3: a path of 256 with its angle brackets. */
  address: 254,
  /** Links a person can have open at the same time are one of each purpose. */
  invitationSeconds: 7 * 86_400,
  resetSeconds: 3_600,
  setUpSeconds: 86_400,
  sessionsPerAccount: 100,
  appPasswordsPerAccount: 100,
  groupsPerTenant: 5_000,
  /** Groups somebody is put into with their invitation. */
  groupsAtOnce: 200,
  unitsPerTenant: 5_000,
  unitDepth: 12,
  /** Last use is noted at most this often. */
  noteUseSeconds: 60,
};

/** Every change of an account's state: who may make it, and what it is called in the audit trail. */
export const stateEdges = [
  { from: 'invited', to: 'active', by: 'the person', action: 'accounts.accept' },
  { from: 'invited', to: 'disabled', by: 'an administrator', action: 'accounts.disable' },
  { from: 'active', to: 'disabled', by: 'an administrator', action: 'accounts.disable' },
  { from: 'disabled', to: 'active', by: 'an administrator', action: 'accounts.enable' },
  // Disabled before the invitation was accepted: there is no password to come back to.
  { from: 'disabled', to: 'invited', by: 'an administrator', action: 'accounts.enable' },
] as const satisfies readonly { from: AccountState; to: AccountState; by: string; action: string }[];

/** Throws `conflict` when no edge leads from one state to the other. */
export function checkEdge(from: AccountState, to: AccountState): void {
  const isEdge = stateEdges.some((edge) => edge.from === from && edge.to === to);
  if (!isEdge) throw new Failure('conflict', `accounts.stays.${from}`);
}

/** How often secrets may be tried. `pair`: one address from one network; so that a stranger elsewhere cannot lock a person out. */
export const throttles = {
  signInPair: { name: 'signIn.pair', free: 5, windowSeconds: 900, firstWaitSeconds: 30, longestWaitSeconds: 900 },
  signInAddress: { name: 'signIn.address', free: 50, windowSeconds: 3_600, firstWaitSeconds: 30, longestWaitSeconds: 300 },
  signInNetwork: { name: 'signIn.network', free: 100, windowSeconds: 900, firstWaitSeconds: 10, longestWaitSeconds: 900 },
  basicNetwork: { name: 'basic.network', free: 60, windowSeconds: 300, firstWaitSeconds: 5, longestWaitSeconds: 300 },
  resetAddress: { name: 'reset.address', free: 3, windowSeconds: 3_600, firstWaitSeconds: 300, longestWaitSeconds: 3_600 },
  resetNetwork: { name: 'reset.network', free: 30, windowSeconds: 3_600, firstWaitSeconds: 60, longestWaitSeconds: 3_600 },
  deviceLogin: { name: 'deviceLogin.network', free: 100, windowSeconds: 900, firstWaitSeconds: 30, longestWaitSeconds: 900 },
  findCitizen: { name: 'citizen.find', free: 60, windowSeconds: 3_600, firstWaitSeconds: 60, longestWaitSeconds: 3_600 },
  linkNetwork: { name: 'link.network', free: 30, windowSeconds: 3_600, firstWaitSeconds: 30, longestWaitSeconds: 3_600 },
} as const;

const localPart = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}$/;
const domainPart = /^(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*$/;

/**
 * A mail address in the one form in which it is kept and compared: lower case, its domain in punycode.
 * Throws `invalid`. Quoted local parts (RFC 5321) are not accepted: no authority has them, and they hide line breaks.
 */
export function checkAddress(text: string): string {
  const trimmed = text.trim().toLowerCase();
  const at = trimmed.lastIndexOf('@');
  const [local, rawDomain] = [trimmed.slice(0, Math.max(0, at)), trimmed.slice(at + 1)];
  const domain = /[\s/?#@:%\\]/.test(rawDomain) ? '' : domainToASCII(rawDomain);
  const address = `${local}@${domain}`;
  const isAddress =
    localPart.test(local) && !/^\.|\.\.|\.$/.test(local) && domainPart.test(domain) && address.length <= limits.address;
  ensure(isAddress, 'invalid', 'accounts.addressForm', { field: 'address' });
  return address;
}

const folded: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', æ: 'ae', ø: 'o', å: 'a', ł: 'l', đ: 'd' };

function slug(text: string): string {
  const plain = text.toLowerCase().replaceAll(/[äöüßæøåłđ]/g, (letter) => folded[letter] ?? letter);
  const bare = plain.normalize('NFD').replaceAll(/\p{M}/gu, '');
  return bare.replaceAll(/[^a-z0-9._]+/g, '-').replaceAll(/^[._-]+|[._-]+$/g, '');
}

/** Names in paths that would fit an address, best first: `anna`, `anna-ellrich`, `anna-ellrich-2`, … */
export function handleCandidates(address: string, most = 50): string[] {
  const [local = '', domain = ''] = address.split('@');
  const person = slug(local).slice(0, 40) || 'person';
  const place = slug(domain.split('.')[0] ?? '').slice(0, 18);
  const both = place === '' ? person : `${person}-${place}`;
  const numbered = Array.from({ length: most }, (_, index) => `${both}-${index + 2}`);
  return [...new Set([person, both, ...numbered])];
}

/** A handle given by hand (import, command line). Throws `invalid`. */
export function checkHandle(text: string): string {
  const handle = text.trim().toLowerCase();
  ensure(/^[a-z0-9][a-z0-9._-]{0,63}$/.test(handle), 'invalid', 'accounts.handleForm', { field: 'handle' });
  return handle;
}

/** Throws `invalid` for a language we do not speak. */
export function checkLocale(text: string): Locale {
  if (text === 'de' || text === 'en') return text;
  throw new Failure('invalid', 'accounts.localeUnknown', { field: 'locale' });
}

const roles: readonly Role[] = ['providerOperator', 'tenantAdministrator', 'auditor', 'editor', 'treasurer', 'counter'];

/** The roles in their fixed order, each once. Throws `invalid` for unknown ones, and for operators outside the provider. */
export function checkRoles(given: readonly string[], { isProvider }: { isProvider: boolean }): Role[] {
  const unknown = given.find((role) => !roles.some((known) => known === role));
  ensure(unknown === undefined, 'invalid', 'accounts.roleUnknown', {
    field: 'roles',
    role: unknown ?? '',
    roles: roles.join(', '),
  });
  const chosen = roles.filter((role) => given.includes(role));
  ensure(isProvider || !chosen.includes('providerOperator'), 'invalid', 'accounts.operatorElsewhere', { field: 'roles' });
  return chosen;
}

/** Roles of which at least one active person must be left in the tenant. */
export const neverNobody: readonly Role[] = ['providerOperator', 'tenantAdministrator'];

/** What an actor wants to do something to: a tenant's people as a whole, or one of them. */
export type PeopleThing = {
  readonly tenant: number;
  readonly account?: number;
  /** Roles the account has, or would have afterwards. */
  readonly roles?: readonly Role[];
};

export type PeopleAction = 'find' | 'manage' | 'arrange' | 'inspect' | 'own' | 'house';

const isHouse = (actor: Actor) => actor.kind === 'system';
const isMember = (actor: Actor, { tenant }: PeopleThing) => actor.kind === 'account' && actor.tenant === tenant;
const has = (actor: Actor, role: Role) => actor.kind === 'account' && actor.roles.includes(role);
const isOperator = (actor: Actor) => has(actor, 'providerOperator') && actor.tenant === 1;
const isAdministrator = (actor: Actor, thing: PeopleThing) => isMember(actor, thing) && has(actor, 'tenantAdministrator');

/** Operators are managed by operators only: who can reset a password or give a role has the other one's power. */
const isWithinReach = (actor: Actor, thing: PeopleThing) => isOperator(actor) || !thing.roles?.includes('providerOperator');

/** Colleagues find each other; administrators manage their tenant's people; operators those of every tenant. */
export const peoplePermissions: Permissions<PeopleAction, PeopleThing> = {
  see: (actor, thing) => isHouse(actor) || isMember(actor, thing) || isOperator(actor),
  may: {
    /** Look somebody up by name, to work with them. */
    find: (actor, thing) => isHouse(actor) || isMember(actor, thing),
    /** Invite, disable, give roles: operators too, because they appoint a new tenant's first administrator. */
    manage: (actor, thing) =>
      isHouse(actor) || ((isAdministrator(actor, thing) || isOperator(actor)) && isWithinReach(actor, thing)),
    /** Groups and units. */
    arrange: (actor, thing) => isHouse(actor) || isAdministrator(actor, thing),
    /** The audit trail. */
    inspect: (actor, thing) =>
      isHouse(actor) || isAdministrator(actor, thing) || (isMember(actor, thing) && has(actor, 'auditor')),
    /** Sessions, passwords, one's own profile: the person alone. */
    own: (actor, thing) => actor.kind === 'account' && isMember(actor, thing) && actor.account === thing.account,
    /** What only whoever runs the machine may do. */
    house: isHouse,
  },
};
