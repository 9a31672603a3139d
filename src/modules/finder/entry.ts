import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import type { Sql, Tx } from '#platform/db';
import { ensure, Failure } from '#platform/errors';
import { emit } from '#platform/events';
import { type Page, pageLimit, readCursor, toPage } from '#platform/page';
import { entryPublished } from './events.ts';
import { authorize, checkOwn, personOf } from './gate.ts';
import { withTitles } from './naming.ts';
import { limits, patternOf, type Step, steps } from './rules.ts';
import {
  type AuthorityContent,
  type Content,
  checkContent,
  checkEntryKey,
  checkEntryKind,
  compare,
  type Difference,
  type EntryKind,
  titleOf,
} from './rules-content.ts';
import { checkDay, checkPeriod, reviewDay } from './rules-day.ts';
import { readHours } from './rules-hours.ts';
import {
  type Days,
  type Entry,
  type EntryFilter,
  insertEntry,
  insertVersion,
  lockEntry,
  readEntries,
  readEntry,
  readEntryId,
  readVersion,
  readVersions,
  updateDraft,
  updateEntry,
  updateVersionState,
  type Version,
} from './store/entries.ts';

const thingOf = (id: number) => `entry:${id}`;
const tenantIn = ({ actor }: Context, tenant?: number) => tenant ?? actor.tenant;

/** An entry of a tenant; without `tenant`: of one's own. */
export type EntryRef = { readonly tenant?: number; readonly entry: number };

function checked(kind: EntryKind, content: unknown): Content {
  const clean = checkContent(kind, content);
  if (kind === 'authority') readHours((clean as AuthorityContent).hours);
  return clean;
}

/** Days an author proposes, as typed. */
export type Proposal = {
  /** From which day on it is to be shown (ISO); left out: from the approval on. */
  readonly validFrom?: string | null;
  readonly validTo?: string | null;
  /** When somebody has to look again; left out: in a year. */
  readonly reviewOn?: string | null;
};

function checkDays({ validFrom, validTo, reviewOn }: Proposal): Days {
  const [from, to] = [checkDay(validFrom, 'validFrom'), checkDay(validTo, 'validTo')];
  checkPeriod(from, to);
  return { validFrom: from, validTo: to, reviewOn: checkDay(reviewOn, 'reviewOn') };
}

type Written = { readonly tenant: number; readonly kind: EntryKind; readonly key: string; readonly content: unknown };

/** The content as it would be stored. Throws what writing it would throw: `invalid` with the field, `forbidden` for another's area. */
export async function checkWritable(ctx: Context, { tenant, kind, key, content }: Written): Promise<Content> {
  const clean = checked(kind, content);
  await checkOwn(ctx, { tenant, kind, key, content: clean });
  return clean;
}

export type NewEntry = {
  readonly tenant?: number;
  readonly kind: string;
  /** Small letters, digits, dots, dashes; it stands in addresses and never changes. */
  readonly key: string;
  readonly content: unknown;
  readonly note?: string;
  /** What the author proposes; the second person approves it with the text. */
  readonly days?: Proposal;
};

/**
 * Begins something new as a draft. Resolves with its id. Throws `conflict` when there is one with this key, `forbidden` for what
 * is not the tenant's to write, `invalid` with the field.
 */
export async function createEntry(ctx: Context, input: NewEntry): Promise<number> {
  const tenant = tenantIn(ctx, input.tenant);
  authorize(ctx.actor, 'write', { tenant });
  const [kind, key] = [checkEntryKind(input.kind), checkEntryKey(input.key)];
  const days = checkDays(input.days ?? {});
  const content = await checkWritable(ctx, { tenant, kind, key, content: input.content });
  const author = personOf(ctx.actor);
  return ctx.platform.db.write(tenant, async (tx) => {
    const id = await insertEntry(tx, tenant, { kind, key, title: titleOf(kind, key, content) });
    if (id === null) throw new Failure('conflict', 'finder.keyTaken', { field: 'key', key });
    const draft = await insertDraft(tx, ctx, { tenant, entry: id, content, note: input.note ?? '', days });
    await updateEntry(tx, tenant, { ...(await existing(tx, tenant, id)), draft });
    await audit(tx, ctx, [{ action: 'finder.create', thing: thingOf(id), details: { kind, key, author: author.id } }]);
    return id;
  });
}

type DraftInput = {
  readonly tenant: number;
  readonly entry: number;
  readonly content: Content;
  readonly note: string;
  readonly days: Days;
};

async function insertDraft(tx: Tx, ctx: Context, { tenant, entry, content, note, days }: DraftInput): Promise<number> {
  const { id: author, name: authorName } = personOf(ctx.actor);
  const changedAt = ctx.platform.clock.now();
  const cut = note.slice(0, limits.note);
  return insertVersion(tx, tenant, { ...days, entry, content, author, authorName, note: cut, state: 'draft', changedAt });
}

async function existing(tx: Tx, tenant: number, id: number): Promise<Entry> {
  const found = await lockEntry(tx, tenant, id);
  if (!found) throw new Failure('notFound', 'platform.notFound');
  return found;
}

export type DraftChange = {
  readonly content: unknown;
  /** What was changed and why; the second person reads it. */
  readonly note?: string;
  /** Edition of the draft the author saw; null: there was no draft yet. */
  readonly edition: number | null;
  /** Left out: as they are. */
  readonly days?: Proposal;
};

/**
 * Writes the draft, and begins one when there is none. Nobody overwrites what they have not seen: throws `conflict` when the
 * draft has changed since `edition`, or waits for approval.
 */
export async function saveDraft(ctx: Context, ref: EntryRef, change: DraftChange): Promise<void> {
  const tenant = tenantIn(ctx, ref.tenant);
  authorize(ctx.actor, 'write', { tenant });
  const found = await readEntry(ctx.platform.db.read(tenant), tenant, ref.entry);
  ensure(found, 'notFound', 'platform.notFound');
  const content = await checkWritable(ctx, { tenant, kind: found.kind, key: found.key, content: change.content });
  const given = change.days && checkDays(change.days);
  await ctx.platform.db.write(tenant, async (tx) => {
    const entry = await existing(tx, tenant, ref.entry);
    const note = change.note ?? '';
    if (entry.draft === null) {
      ensure(change.edition === null, 'conflict', 'finder.changedMeanwhile');
      const { validFrom, validTo } = entry;
      // The last review day is behind the next text: it gets one of its own.
      const days = given ?? { validFrom, validTo, reviewOn: null };
      const draft = await insertDraft(tx, ctx, { tenant, entry: entry.id, content, note, days });
      ensure(draft <= limits.versions, 'tooLarge', 'finder.tooManyVersions', { limit: limits.versions });
      await updateEntry(tx, tenant, { ...entry, draft });
    } else {
      await changeDraft(tx, ctx, { tenant, entry, draft: entry.draft, content, note, given, edition: change.edition ?? 0 });
    }
    await audit(tx, ctx, [{ action: 'finder.saveDraft', thing: thingOf(entry.id) }]);
  });
}

type Rewritten = Omit<DraftInput, 'entry' | 'days'> & {
  readonly entry: Entry;
  readonly draft: number;
  readonly given: Days | undefined;
  readonly edition: number;
};

async function changeDraft(
  tx: Tx,
  ctx: Context,
  { tenant, entry, draft, content, note, given, edition }: Rewritten,
): Promise<void> {
  ensure(entry.draftState === 'draft', 'conflict', 'finder.waitsForApproval');
  const { id: author, name: authorName } = personOf(ctx.actor);
  const old = await readVersion(tx as unknown as Sql, tenant, entry.id, draft);
  const days = given ?? { validFrom: old?.validFrom ?? null, validTo: old?.validTo ?? null, reviewOn: old?.reviewOn ?? null };
  const row = { entry: entry.id, version: draft, edition, content, author, authorName, days };
  const done = await updateDraft(tx, tenant, { ...row, note: note.slice(0, limits.note), at: ctx.platform.clock.now() });
  ensure(done, 'conflict', 'finder.changedMeanwhile');
}

/** What goes with a step; days left out are those the author proposed. */
export type Decision = Proposal & {
  /** Why it is sent back. */
  readonly answer?: string;
};

type Move = {
  readonly tenant: number;
  readonly step: Step;
  readonly entry: Entry;
  readonly version: Version;
  readonly decision: Decision;
};

/**
 * Takes a step with what is being worked on (`withdraw`: with what is published). Four eyes: nobody approves what they wrote or
 * last changed; `forbidden` otherwise. Throws `conflict` when the step is not possible now, `invalid` for days that make no sense.
 */
export async function takeStep(ctx: Context, ref: EntryRef, step: Step, decision: Decision = {}): Promise<void> {
  const tenant = tenantIn(ctx, ref.tenant);
  authorize(ctx.actor, step === 'approve' || step === 'sendBack' ? 'decide' : 'write', { tenant });
  await ctx.platform.db.write(tenant, async (tx) => {
    const entry = await existing(tx, tenant, ref.entry);
    const number = step === 'withdraw' ? entry.published : entry.draft;
    const version = number === null ? null : await readVersion(tx as unknown as Sql, tenant, entry.id, number);
    if (!version || !steps[step].from.includes(version.state)) throw new Failure('conflict', 'finder.stepImpossible');
    checkWho(ctx, step, version);
    await apply(tx, ctx, { tenant, step, entry, version, decision });
    const details = { version: version.version, to: steps[step].to };
    await audit(tx, ctx, [{ action: `finder.${step}`, thing: thingOf(entry.id), details }]);
    if (step === 'approve' || step === 'withdraw') await emit(tx, ctx, entryPublished, { tenant, entry: entry.id });
  });
}

function checkWho({ actor }: Context, step: Step, { author }: Version): void {
  const { who } = steps[step];
  const me = personOf(actor).id;
  ensure(who !== 'other' || me !== author, 'forbidden', 'finder.fourEyes');
  ensure(who !== 'author' || me === author, 'forbidden', 'finder.authorOnly');
}

async function apply(tx: Tx, ctx: Context, { tenant, step, entry, version, decision }: Move): Promise<void> {
  const at = ctx.platform.clock.now();
  const { id, name } = personOf(ctx.actor);
  const { to } = steps[step];
  const approver = steps[step].who === 'other' && step === 'approve' ? { approver: id, approverName: name } : {};
  const answer = step === 'sendBack' ? { answer: (decision.answer ?? '').trim().slice(0, limits.note) } : {};
  ensure(step !== 'sendBack' || answer.answer !== '', 'invalid', 'platform.textMissing', { field: 'answer' });
  await updateVersionState(tx, tenant, { entry: entry.id, version: version.version, state: to, at, ...approver, ...answer });
  if (step === 'approve') {
    if (entry.published !== null)
      await updateVersionState(tx, tenant, { entry: entry.id, version: entry.published, state: 'superseded', at });
    await updateEntry(tx, tenant, { ...entry, ...published(ctx, entry, version, decision) });
  } else if (step === 'discard') await updateEntry(tx, tenant, { ...entry, draft: null });
  else if (step === 'withdraw') await updateEntry(tx, tenant, { ...entry, published: null });
}

function published(ctx: Context, { kind, key }: Entry, { version, content, ...proposed }: Version, decision: Decision) {
  const at = ctx.platform.clock.now();
  const days = checkDays({
    validFrom: decision.validFrom ?? proposed.validFrom,
    validTo: decision.validTo ?? proposed.validTo,
    reviewOn: decision.reviewOn ?? proposed.reviewOn,
  });
  const reviewOn = days.reviewOn ?? reviewDay(at, limits.reviewDays);
  const title = titleOf(kind, key, content);
  return { ...days, reviewOn, title, published: version, draft: null, checkedOn: null, publishedAt: at };
}

/** An entry with everything its editors need. */
export type EntryView = {
  readonly entry: Entry;
  readonly published: Version | null;
  readonly draft: Version | null;
  readonly versions: readonly Omit<Version, 'content'>[];
  /** What the draft changes. */
  readonly differences: readonly Difference[];
};

/** One entry with its versions. Throws `notFound`. */
export async function getEntry(ctx: Context, ref: EntryRef): Promise<EntryView> {
  const tenant = tenantIn(ctx, ref.tenant);
  authorize(ctx.actor, 'read', { tenant });
  const sql = ctx.platform.db.read(tenant);
  const entry = await readEntry(sql, tenant, ref.entry);
  ensure(entry, 'notFound', 'platform.notFound');
  const read = (number: number | null) => (number === null ? null : readVersion(sql, tenant, entry.id, number));
  const [published, draft, versions] = await Promise.all([
    read(entry.published),
    read(entry.draft),
    readVersions(sql, tenant, entry.id, limits.versions),
  ]);
  const differences = draft ? compare(entry.kind, published?.content ?? null, draft.content) : [];
  const [titled = entry] = await withTitles(ctx, [entry]);
  return { entry: titled, published, draft, versions, differences };
}

export type EntryQuery = {
  readonly tenant?: number;
  readonly kind?: string | null;
  /** Part of a title or key. */
  readonly search?: string;
  readonly only?: EntryFilter['only'];
  readonly cursor?: string | null;
  readonly limit?: number;
};

/** What a tenant's editors write, by title, page by page. `due`: reviews of the next 30 days and those that are late. */
export async function listEntries(ctx: Context, query: EntryQuery = {}): Promise<Page<Entry>> {
  const tenant = tenantIn(ctx, query.tenant);
  authorize(ctx.actor, 'read', { tenant });
  const limit = pageLimit(query.limit, 50);
  const cursor = readCursor(query.cursor, 2);
  const rows = await readEntries(ctx.platform.db.read(tenant), tenant, {
    kind: query.kind ? checkEntryKind(query.kind) : null,
    pattern: patternOf(query.search ?? ''),
    only: query.only ?? 'all',
    until: reviewDay(ctx.platform.clock.now(), limits.remindDaysBefore),
    after: cursor && { title: String(cursor[0]), id: Number(cursor[1]) },
    limit: limit + 1,
  });
  const page = toPage(rows, limit, (last) => [last.title, last.id]);
  return { ...page, items: await withTitles(ctx, page.items) };
}

/** The id of the entry with this kind and key; null when the tenant has none. */
export async function findEntry(
  ctx: Context,
  { tenant, kind, key }: { tenant?: number; kind: EntryKind; key: string },
): Promise<number | null> {
  const own = tenantIn(ctx, tenant);
  authorize(ctx.actor, 'read', { tenant: own });
  return readEntryId(ctx.platform.db.read(own), own, kind, key);
}
