import { profile, provider } from '#modules/tenants';
import { type AuditFilter, type AuditRecord, audit, listAudit } from '#platform/audit';
import type { Context } from '#platform/context';
import { dayInFigures, momentInFigures } from '#platform/day-words';
import { ensure } from '#platform/errors';
import type { Namer } from '#platform/names';
import { pageLimit } from '#platform/page';
import { type Locale, say, type Words } from '#platform/words';
import { authorize, patternOf, thingOf } from './gate.ts';
import { meaningOf, numbered } from './pages/trail-meanings.ts';
import { periodOf, type TrailSearch, thingsOf } from './rules-trail.ts';
import { readNames, readPeople } from './store/account.ts';
import { readArranged, readPrincipals } from './store/principal.ts';

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
/** Groups and units whose name fits. */
const mostArranged = 1_000;

const accountOf = (actor: string) => Number(/^account:(\d+)$/.exec(actor)?.[1] ?? 0);

/**
 * The audit trail of one's own tenant, newest first, for administrators and auditors. That somebody looked is itself noted
 * (once for each look, not for each page of it). Throws `invalid` for days that do not exist, and for a last day before the first.
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
 * Throws `invalid` for days that do not exist, and for a last day before the first.
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
  const period = periodOf(days);
  ensure(!days.from || !days.to || days.from <= days.to, 'invalid', 'accounts.trailPeriod', { field: 'bis' });
  const byNumber = thingsOf(thing.trim());
  const isNamed = thing.trim() !== '' && byNumber.length === 0;
  return {
    action,
    ...period,
    ...(person.trim() && { actors: await peopleLike(ctx, person) }),
    ...(byNumber.length > 0 && { things: byNumber }),
    ...(isNamed && { things: [...(await peopleLike(ctx, thing)), ...(await thingsCalled(ctx, thing))], named: patternOf(thing) }),
  };
}

/** Groups and units by their names, and things of the rooms above by what they are called there. */
async function thingsCalled(ctx: Context, text: string): Promise<string[]> {
  const { tenant } = ctx.actor;
  const own = readArranged(ctx.platform.db.read(tenant), tenant, { pattern: patternOf(text), limit: mostArranged });
  const found = Object.entries(ctx.platform.names).map(async ([kind, { called }]) => {
    const ids = called ? await called(ctx, patternOf(text)) : [];
    return ids.map((id) => `${kind}:${id}`);
  });
  const arranged = (await own).map(({ id, kind }) => (kind === 'unit' ? `orgUnit:${id}` : `group:${id}`));
  return [...arranged, ...(await Promise.all(found)).flat()];
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
  const [operators, names] = await Promise.all([operatorsIn(ctx, entries), namesIn(ctx, entries)]);
  return entries.map((entry) => ({
    ...entry,
    details: inWords(
      ctx,
      withNames(entry, (thing) => names.get(thing)),
    ),
    actorName: names.get(byNumber(entry.actor)) ?? operators.get(accountOf(entry.actor)) ?? null,
    thingName: names.get(byNumber(entry.thing)) ?? ownName(entry),
  }));
}

type ThingNames = ReadonlyMap<string, string>;

/** People, groups and units are numbered together, and some details say no more than that number. */
const byNumber = (thing: string) => thing.replace(/^(account|group|orgUnit):/, 'principal:');

/** What everything is called that entries speak of, by `kind:number`. */
async function namesIn(ctx: Context, entries: readonly AuditRecord[]): Promise<ThingNames> {
  const things = new Set(entries.flatMap(({ actor, thing }) => [byNumber(actor), byNumber(thing)]));
  for (const entry of entries) withNames(entry, (thing) => void things.add(thing));
  const named = Object.entries({ ...ctx.platform.names, principal: principals, tenant: tenants }).map(
    async ([kind, { namesOf }]) => {
      const ids = [...things].flatMap((thing) => (thing.startsWith(`${kind}:`) ? [Number(thing.slice(kind.length + 1))] : []));
      const own = ids.filter((id) => Number.isSafeInteger(id) && id > 0);
      const names = own.length > 0 ? await namesOf(ctx, own) : new Map<number, string>();
      return [...names].map(([id, name]) => [`${kind}:${id}`, name] as const);
    },
  );
  return new Map((await Promise.all(named)).flat());
}

const principals: Namer = {
  namesOf: async (ctx, ids) => {
    const { tenant } = ctx.actor;
    const found = await readPrincipals(ctx.platform.db.read(tenant), tenant, ids);
    return new Map(found.map(({ id, name }) => [id, name]));
  },
};

const tenants: Namer = {
  namesOf: async ({ platform }, ids) => {
    const found = await Promise.all(ids.map((id) => profile(platform, id)));
    return new Map(found.flatMap((one) => (one ? [[one.tenant, one.name] as const] : [])));
  },
};

/** Operators of the provider act in other tenants' books; who they are is no secret there. */
async function operatorsIn(ctx: Context, entries: readonly AuditRecord[]): Promise<ReadonlyMap<number, string>> {
  const actors = [...new Set(entries.map(({ actor }) => accountOf(actor)))].filter((id) => id > 0);
  const found = await readNames(ctx.platform.db.read(provider), provider, actors);
  return new Map(found.map(({ id, name }) => [id, name]));
}

/** A payment has no name, but a reference. */
const ownName = ({ details: { name, reference } }: AuditRecord): string | null =>
  typeof name === 'string' ? name : typeof reference === 'string' ? reference : null;

const day = /^\d{4}-\d{2}-\d{2}$/;
const moment = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

/** Days, moments, and what a room gives as its reason by a code, as people of the language say them. */
function inWords({ platform, locale }: Context, details: AuditRecord['details']): AuditRecord['details'] {
  const said = Object.entries(details).map(([name, value]) => {
    if (typeof value !== 'string') return [name, value];
    if (day.test(value)) return [name, dayInFigures(locale, value)];
    if (moment.test(value)) return [name, momentInFigures(locale, new Date(value))];
    return [name, Object.hasOwn(platform.words, value) ? sentenceOf(platform.words, locale, value) : value];
  });
  return Object.fromEntries(said);
}

/** The sentence people are told for a code; the code where it takes more than that to say it. */
function sentenceOf(words: Words, locale: Locale, code: string): string {
  const sentence = say(words, locale, code);
  return sentence.includes('{') ? code : sentence;
}

type Look = (thing: string) => string | undefined;

/** The details, with names instead of the numbers of what can be looked up. */
function withNames(entry: AuditRecord, look: Look): Readonly<Record<string, unknown>> {
  const named = Object.entries(entry.details).map(([name, value]) => [name, nameIn(value, meaningOf(entry, name).as, look)]);
  return Object.fromEntries(named);
}

function nameIn(value: unknown, as: string, look: Look): unknown {
  if (typeof value === 'number') return (numbered[as] && look(`${numbered[as]}:${value}`)) ?? value;
  if (typeof value === 'string') return (/^account:\d+$/.test(value) && look(byNumber(value))) || value;
  if (Array.isArray(value)) return value.map((each) => nameIn(each, as, look));
  if (typeof value !== 'object' || value === null) return value;
  const isChange = 'from' in value && 'to' in value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, nameIn(part, isChange ? as : name, look)]));
}
