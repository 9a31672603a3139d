import { areaOfKey } from '#modules/tenants';
import type { Permissions } from '#platform/authorize';
import type { Actor } from '#platform/context';
import { isWithin } from './rules-area.ts';
import type { EntryKind } from './rules-content.ts';

/** The tenant that runs the finder for the whole state; published rows are its own. */
export const stateTenant = 1;

/** The area everything stands in: Thüringen. */
export const stateArea = '16';

export const limits = {
  /** Hits of one search. */
  hits: 50,
  /** Hits whose competence is resolved. */
  answers: 20,
  note: 1_000,
  synonyms: 5_000,
  versions: 500,
  /** A search that was made less often than this is not shown to anybody: it could be about somebody. */
  rareMisses: 3,
  missDays: 90,
  missesPerDay: 20_000,
  /** Days after publishing until somebody has to look again, when the author does not say. */
  reviewDays: 365,
  remindDaysBefore: 30,
  /** Answers for the public that a process keeps: texts, authorities, who is responsible in a place. */
  shelved: 1_000,
  /** What a process keeps of the index: postings, some eight bytes each, and lines of services. */
  keptPostings: 1_000_000,
  keptHeads: 5_000,
  /** Pages in one part of the list for search engines; each is named up to three times, and 50,000 are allowed. */
  sitemapPages: 2_000,
};

export type VersionState = 'draft' | 'submitted' | 'published' | 'superseded' | 'discarded' | 'withdrawn';

export type Step = 'submit' | 'takeBack' | 'sendBack' | 'approve' | 'discard' | 'withdraw';

/** Every step a version can take, from where, to where, and who may take it besides being an editor of the tenant. */
export const steps: Readonly<
  Record<Step, { from: readonly VersionState[]; to: VersionState; who: 'author' | 'other' | 'editor' }>
> = {
  submit: { from: ['draft'], to: 'submitted', who: 'editor' },
  takeBack: { from: ['submitted'], to: 'draft', who: 'author' },
  sendBack: { from: ['submitted'], to: 'draft', who: 'other' },
  approve: { from: ['submitted'], to: 'published', who: 'other' },
  discard: { from: ['draft', 'submitted'], to: 'discarded', who: 'editor' },
  withdraw: { from: ['published'], to: 'withdrawn', who: 'editor' },
};

export type FinderAction = 'read' | 'write' | 'decide' | 'manage';
export type FinderThing = { readonly tenant: number };

const isHouse = (actor: Actor) => actor.kind === 'system';
const isMember = (actor: Actor, { tenant }: FinderThing) => actor.kind === 'account' && actor.tenant === tenant;
const edits = (actor: Actor, thing: FinderThing) =>
  isHouse(actor) || (isMember(actor, thing) && actor.kind === 'account' && actor.roles.includes('editor'));
const looks = (actor: Actor, thing: FinderThing) =>
  edits(actor, thing) || (isMember(actor, thing) && actor.kind === 'account' && actor.roles.includes('auditor'));

/** Editors write for their own tenant only; register, synonyms and imports belong to the state's editors. */
export const finderPermissions: Permissions<FinderAction, FinderThing> = {
  see: (actor, thing) => isHouse(actor) || isMember(actor, thing),
  may: {
    read: looks,
    write: edits,
    decide: edits,
    manage: (actor, thing) => thing.tenant === stateTenant && edits(actor, thing),
  },
};

/** The part of the state a tenant may speak for: its municipality or district; the state's tenant for all of it. */
export function ownArea(tenant: number, municipalityKey: string | null): string | null {
  if (tenant === stateTenant) return stateArea;
  return municipalityKey === null ? null : areaOfKey(municipalityKey);
}

/** What only the state's editors write, for everybody. */
export const isStateKind = (kind: EntryKind): boolean => kind === 'service' || kind === 'lifeEvent';

/** Kinds a tenant may write: master texts and situations in life are the state's. */
export function mayWriteKind(tenant: number, kind: EntryKind): boolean {
  return !isStateKind(kind) || tenant === stateTenant;
}

/** An authority's key begins with the area it works for, so that nobody can publish one in another's name. */
export function isAuthorityKeyOf(key: string, area: string): boolean {
  return isWithin(key.split('.', 1)[0] ?? '', area);
}

/** Part of a text, as a pattern that finds it anywhere; what would be a wildcard stands for itself. */
export const patternOf = (part: string): string =>
  `%${part
    .trim()
    .slice(0, 100)
    .replaceAll('\0', '')
    .replaceAll(/[\\%_]/g, '\\$&')}%`;
