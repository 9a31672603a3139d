import { domainToASCII } from 'node:url';
import type { Permissions } from '#platform/authorize';
import type { Actor } from '#platform/context';
import { ensure, Failure } from '#platform/errors';

/** The tenant that runs the instance. */
export const provider = 1;

export type TenantKind = 'provider' | 'state' | 'district' | 'municipality' | 'consortium' | 'authority';

export type TenantState = 'active' | 'suspended';

export const limits = {
  /** Levels of the hierarchy, the provider included. */
  depth: 8,
  hosts: 20,
  address: 500,
  reason: 500,
  quotaBytes: 2 ** 50,
};

/** Which kind may stand directly below which. */
const parentsOf: Readonly<Record<TenantKind, readonly TenantKind[]>> = {
  provider: [],
  state: ['provider'],
  district: ['provider', 'state'],
  consortium: ['provider', 'state', 'district'],
  municipality: ['provider', 'state', 'district', 'consortium'],
  authority: ['provider', 'state', 'district', 'consortium', 'municipality', 'authority'],
};

export const tenantKinds = Object.keys(parentsOf) as readonly TenantKind[];

/** Throws `invalid` for a word that is not a kind. */
export function checkKind(text: string): TenantKind {
  const kind = tenantKinds.find((known) => known === text);
  if (!kind) throw new Failure('invalid', 'tenants.kindUnknown', { field: 'kind' });
  return kind;
}

/** A tenant as the hierarchy knows it. */
export type Place = { readonly tenant: number; readonly kind: TenantKind };

/**
 * Refuses a place in the hierarchy that makes no sense. Throws `invalid`.
 * @param line the parent and its ancestors, nearest first
 * @param childKinds kinds of the tenants directly below, when the tenant is moved or changes its kind
 */
export function checkPlace(place: Place, line: readonly Place[], childKinds: readonly TenantKind[] = []): void {
  const parent = line[0];
  ensure(!line.some(({ tenant }) => tenant === place.tenant), 'invalid', 'tenants.cycle', { field: 'parent' });
  ensure(line.length < limits.depth, 'invalid', 'tenants.tooDeep', { field: 'parent', limit: limits.depth });
  const fitsAbove = parent ? parentsOf[place.kind].includes(parent.kind) : place.kind === 'provider';
  ensure(fitsAbove, 'invalid', 'tenants.parentKind', { field: 'parent' });
  ensure(
    childKinds.every((kind) => parentsOf[kind].includes(place.kind)),
    'invalid',
    'tenants.childKind',
    { field: 'kind' },
  );
}

const spelled: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };

/** A slug made of a name, for those who choose none: “Stadt Bad Köstritz” is `stadt-bad-koestritz`. Empty when nothing is left. */
export function slugFrom(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[äöüß]/g, (letter) => spelled[letter] ?? letter)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replaceAll(/^-+|-+$/g, '');
}

/** Throws `invalid` for a slug that could not be part of an address. */
export function checkSlug(text: string): string {
  const slug = text.trim().toLowerCase();
  ensure(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(slug), 'invalid', 'tenants.slugForm', { field: 'slug' });
  return slug;
}

/**
 * The official key: Amtlicher Gemeindeschlüssel (8 digits) or Amtlicher Regionalschlüssel (12 digits); both begin with the
 * state, 01 to 16. Null when empty. Throws `invalid`.
 */
export function checkMunicipalityKey(text: string | null): string | null {
  const key = (text ?? '').replaceAll(/\s/g, '');
  if (key === '') return null;
  const isKey = /^\d{8}(\d{4})?$/.test(key) && Number(key.slice(0, 2)) >= 1 && Number(key.slice(0, 2)) <= 16;
  ensure(isKey, 'invalid', 'tenants.keyForm', { field: 'municipalityKey' });
  return key;
}

/** Kinds that speak for an area: two of them with one key would edit each other's. An authority or a consortium may share a key. */
export const governingKinds: readonly string[] = ['state', 'district', 'municipality'] satisfies TenantKind[];

/** The area a key stands for. An ARS names the association between district and municipality, an AGS does not (Destatis, GV-ISys). */
export const agsOf = (key: string): string => (key.length === 12 ? `${key.slice(0, 5)}${key.slice(9)}` : key);

/** The part of the state a key's holder speaks for: a municipality by its AGS, a district by the first five digits. */
export const areaOfKey = (key: string): string => agsOf(key).slice(0, 8).replace(/000$/, '');

/** Bytes, or null for as much as there is. Throws `invalid`. */
export function checkQuota(quota: number | null): number | null {
  const isFine = quota === null || (Number.isSafeInteger(quota) && quota >= 0 && quota <= limits.quotaBytes);
  ensure(isFine, 'invalid', 'tenants.quotaForm', { field: 'quota', limit: limits.quotaBytes / 2 ** 40 });
  return quota;
}

/** A host name as browsers send it: lower case, punycode, without port. Throws `invalid`. */
export function checkHost(text: string): string {
  const host = domainToASCII(text.trim().toLowerCase().replace(/\.$/, ''));
  const isBare = !/[\s/?#@:%\\]/.test(text.trim()); // domainToASCII cuts off what follows one of these
  const isHost = isBare && host.length <= 253 && /^(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*$/.test(host);
  ensure(isHost, 'invalid', 'tenants.hostForm', { field: 'hosts', host: text.slice(0, 100) });
  return host;
}

export type TenantAction = 'create' | 'list' | 'read' | 'change' | 'suspend' | 'brand' | 'decide' | 'onboard';

/** What an actor wants to do something to. */
export type TenantThing = { readonly tenant: number };

const isHouse = (actor: Actor) => actor.kind === 'system';
const isMember = (actor: Actor, { tenant }: TenantThing) => actor.kind === 'account' && actor.tenant === tenant;
const isOperator = (actor: Actor) =>
  actor.kind === 'account' && actor.tenant === provider && actor.roles.includes('providerOperator');
const isAdministrator = (actor: Actor, thing: TenantThing) =>
  isMember(actor, thing) && actor.kind === 'account' && actor.roles.includes('tenantAdministrator');
const isAuditor = (actor: Actor, thing: TenantThing) =>
  isMember(actor, thing) && actor.kind === 'account' && actor.roles.includes('auditor');

const operates = (actor: Actor) => isHouse(actor) || isOperator(actor);
const administers = (actor: Actor, thing: TenantThing) => operates(actor) || isAdministrator(actor, thing);

/** Operators manage tenants and read no content; administrators decide about their own tenant's look and policies. */
export const tenantPermissions: Permissions<TenantAction, TenantThing> = {
  see: (actor, thing) => operates(actor) || isMember(actor, thing),
  may: {
    create: operates,
    list: operates,
    change: operates,
    suspend: operates,
    onboard: operates,
    brand: administers,
    decide: administers,
    read: (actor, thing) => administers(actor, thing) || isAuditor(actor, thing),
  },
};
