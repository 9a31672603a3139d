import { provider } from '#modules/tenants';
import { type AuditFilter, type AuditRecord, audit, listAudit } from '#platform/audit';
import type { Context } from '#platform/context';
import { pageLimit } from '#platform/page';
import { authorize, patternOf, thingOf } from './gate.ts';
import { periodOf, type TrailSearch, thingsOf } from './rules-trail.ts';
import { readNames, readPeople } from './store/account.ts';

export type { TrailSearch } from './rules-trail.ts';

export type TrailQuery = TrailSearch & {
  /** Show entries before this number. */
  readonly before?: number;
  readonly limit?: number;
};

/** An entry, with names where those it speaks of are people of the tenant or of the provider; null for the house itself. */
export type TrailEntry = AuditRecord & {
  readonly actorName: string | null;
  /** The person or the room's thing the entry is about, or the name it holds itself; null also for what is gone. */
  readonly thingName: string | null;
};

/** Most entries of one export: a spreadsheet still opens them. */
export const mostExported = 50_000;

const exportPage = 500;
/** People whose name fits what was typed; with more, the text says too little. */
const mostPeople = 100;

const accountOf = (actor: string) => Number(/^account:(\d+)$/.exec(actor)?.[1] ?? 0);

/**
 * The audit trail of one's own tenant, newest first, for administrators and auditors. That somebody looked is itself noted
 * (once for each look, not for each page of it). Throws `invalid` for days that do not exist.
 */
export async function auditTrail(ctx: Context, query: TrailQuery = {}): Promise<TrailEntry[]> {
  authorize(ctx.actor, 'inspect', { tenant: ctx.actor.tenant });
  const limit = pageLimit(query.limit, 100);
  const filter = await filterOf(ctx, query);
  const entries = await readEntries(ctx, { ...filter, limit, ...(query.before ? { before: query.before } : {}) });
  if (query.before === undefined) await note(ctx, 'accounts.readAudit', query);
  return entries;
}

/**
 * The same entries, all of them, page by page; at most {@link mostExported}. Noted before the first one leaves the house.
 * Throws `invalid` for days that do not exist.
 */
export async function exportTrail(ctx: Context, search: TrailSearch): Promise<AsyncGenerator<TrailEntry[]>> {
  authorize(ctx.actor, 'inspect', { tenant: ctx.actor.tenant });
  const filter = await filterOf(ctx, search);
  await note(ctx, 'accounts.exportAudit', search);
  return pagesOf(ctx, filter);
}

async function* pagesOf(ctx: Context, filter: Omit<AuditFilter, 'limit'>): AsyncGenerator<TrailEntry[]> {
  let before = Number.MAX_SAFE_INTEGER;
  for (let given = 0; given < mostExported; given += exportPage) {
    const entries = await readEntries(ctx, { ...filter, before, limit: exportPage });
    if (entries.length > 0) yield entries;
    const last = entries.at(-1);
    if (!last || entries.length < exportPage) return;
    before = last.seq;
  }
}

/** What was looked for by name stays out of the trail; the kind and the period say enough. */
async function note(ctx: Context, action: string, { action: filter = '', from = '', to = '' }: TrailSearch): Promise<void> {
  const { tenant } = ctx.actor;
  const details = { filter, ...(from && { since: from }), ...(to && { until: to }) };
  await ctx.platform.db.write(tenant, (tx) => audit(tx, ctx, [{ action, thing: `tenant:${tenant}`, details }]));
}

async function filterOf(ctx: Context, { action = '', person = '', thing = '', ...days }: TrailSearch) {
  const byNumber = thingsOf(thing.trim());
  const isNamed = thing.trim() !== '' && byNumber.length === 0;
  return {
    action,
    ...periodOf(days),
    ...(person.trim() && { actors: await peopleLike(ctx, person) }),
    ...(byNumber.length > 0 && { things: byNumber }),
    ...(isNamed && { things: [...(await peopleLike(ctx, thing)), ...(await thingsCalled(ctx, thing))], named: patternOf(thing) }),
  };
}

/** Things of the rooms above, by what they are called there. */
async function thingsCalled(ctx: Context, text: string): Promise<string[]> {
  const found = Object.entries(ctx.platform.names).map(async ([kind, { called }]) => {
    const ids = called ? await called(ctx, patternOf(text)) : [];
    return ids.map((id) => `${kind}:${id}`);
  });
  return (await Promise.all(found)).flat();
}

async function peopleLike(ctx: Context, text: string): Promise<string[]> {
  const { tenant } = ctx.actor;
  const filter = { pattern: patternOf(text), state: null, group: null, unit: null, after: null, limit: mostPeople };
  const people = await readPeople(ctx.platform.db.read(tenant), tenant, filter);
  return people.map(({ id }) => thingOf(id));
}

async function readEntries(ctx: Context, filter: AuditFilter): Promise<TrailEntry[]> {
  const { tenant } = ctx.actor;
  const entries = await listAudit(ctx.platform.db.read(tenant), tenant, filter);
  const [people, things] = await Promise.all([namesIn(ctx, tenant, entries), thingsIn(ctx, entries)]);
  return entries.map((entry) => ({
    ...entry,
    details: withNames(entry, people, things),
    actorName: people.get(accountOf(entry.actor)) ?? null,
    thingName: people.get(accountOf(entry.thing)) ?? things.get(entry.thing) ?? ownName(entry),
  }));
}

/** What things are called, by `kind:number`: it is known in the rooms above, which plug the ways to ask into the house. */
async function thingsIn(ctx: Context, entries: readonly AuditRecord[]): Promise<ThingNames> {
  const things = new Set(entries.flatMap(({ thing, details }) => [thing, `space:${details.space}`]));
  const named = Object.entries(ctx.platform.names).map(async ([kind, { namesOf }]) => {
    const ids = [...things].flatMap((thing) => (thing.startsWith(`${kind}:`) ? [Number(thing.slice(kind.length + 1))] : []));
    const own = ids.filter((id) => Number.isSafeInteger(id) && id > 0);
    const names = own.length > 0 ? await namesOf(ctx, own) : new Map<number, string>();
    return [...names].map(([id, name]) => [`${kind}:${id}`, name] as const);
  });
  return new Map((await Promise.all(named)).flat());
}

/** A payment has no name, but a reference. */
const ownName = ({ details: { name, reference } }: AuditRecord): string | null =>
  typeof name === 'string' ? name : typeof reference === 'string' ? reference : null;

/** Details that are the number of an account or of a group, and for a hand-over of two accounts. */
const personFields = ({ action }: AuditRecord) =>
  action === 'files.handOver' ? ['from', 'to'] : ['account', 'principal', 'author', 'member'];

const idsOf = (entry: AuditRecord): number[] => [
  ...[accountOf(entry.actor), accountOf(entry.thing)],
  ...personFields(entry).map((field) => Number(entry.details[field]) || 0),
];

type ThingNames = ReadonlyMap<string, string>;

function withNames(
  entry: AuditRecord,
  people: ReadonlyMap<number, string>,
  things: ThingNames,
): Readonly<Record<string, unknown>> {
  const named = personFields(entry).flatMap((field) => {
    const name = people.get(Number(entry.details[field]));
    return name === undefined ? [] : [[field, name] as const];
  });
  const space = things.get(`space:${entry.details.space}`);
  return { ...entry.details, ...Object.fromEntries(named), ...(space !== undefined && { space }) };
}

/** Operators of the provider act in other tenants' books; who they are is no secret there. */
async function namesIn(ctx: Context, tenant: number, entries: readonly AuditRecord[]): Promise<Map<number, string>> {
  const ids = [...new Set(entries.flatMap(idsOf))].filter((id) => Number.isSafeInteger(id) && id > 0);
  const actors = [...new Set(entries.map(({ actor }) => accountOf(actor)))].filter((id) => id > 0);
  const own = await readNames(ctx.platform.db.read(tenant), tenant, ids);
  const operators = await readNames(ctx.platform.db.read(provider), provider, actors);
  return new Map([...operators, ...own].map(({ id, name }) => [id, name]));
}
