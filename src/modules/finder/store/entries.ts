import type { Sql, Tx } from '#platform/db';
import type { VersionState } from '../rules.ts';
import type { Content, EntryKind } from '../rules-content.ts';

/** Something editors write, as its list shows it. */
export type Entry = {
  readonly id: number;
  readonly kind: EntryKind;
  readonly key: string;
  readonly title: string;
  /** Number of the version the public sees. */
  readonly published: number | null;
  /** Number of the version that is being worked on. */
  readonly draft: number | null;
  /** State of the draft. */
  readonly draftState: VersionState | null;
  /** Days as ISO texts. */
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly reviewOn: string | null;
  /** Day on which somebody last found it still true, without changing it. */
  readonly checkedOn: string | null;
  readonly publishedAt: Date | null;
  /** Who last changed the draft, and when. */
  readonly draftAuthorName: string | null;
  readonly draftChangedAt: Date | null;
};

/** From when to when a text holds, and when somebody has to look again; days as ISO texts. */
export type Days = { readonly validFrom: string | null; readonly validTo: string | null; readonly reviewOn: string | null };

export type Version = Days & {
  readonly entry: number;
  readonly version: number;
  readonly state: VersionState;
  readonly content: Content;
  readonly edition: number;
  readonly author: string;
  readonly authorName: string;
  readonly approver: string | null;
  readonly approverName: string | null;
  readonly note: string;
  readonly answer: string;
  readonly changedAt: Date;
  readonly decidedAt: Date | null;
};

export type EntryFilter = {
  readonly kind: EntryKind | null;
  readonly pattern: string;
  /** `all`, `open` (a draft that is being written), `waiting` (for the second pair of eyes), `due` (to be reviewed by `until`), `hidden` (never published). */
  readonly only: 'all' | 'open' | 'waiting' | 'due' | 'hidden';
  readonly until: string;
  readonly after: { readonly title: string; readonly id: number } | null;
  readonly limit: number;
};

export async function readEntries(sql: Sql, tenant: number, filter: EntryFilter): Promise<Entry[]> {
  const { kind, pattern, only, until, after, limit } = filter;
  const rows = await sql<Entry>`
    select e.id, e.kind, e.key, e.title, e.published, e.draft, d.state as "draftState", e.valid_from::text as "validFrom",
      e.valid_to::text as "validTo", e.review_on::text as "reviewOn", e.checked_on::text as "checkedOn",
      e.published_at as "publishedAt", d.author_name as "draftAuthorName", d.changed_at as "draftChangedAt"
    from finder.entry e left join finder.version d on d.tenant = ${tenant} and d.entry = e.id and d.version = e.draft
    where e.tenant = ${tenant} and (${kind}::text is null or e.kind = ${kind}) and (e.title ilike ${pattern} or e.key ilike ${pattern})
      and case ${only}::text when 'open' then d.state = 'draft' when 'waiting' then d.state = 'submitted'
        when 'due' then e.published is not null and e.review_on <= ${until}::date when 'hidden' then e.published is null else true end
      and (${after === null} or (e.title, e.id) > (${after?.title ?? ''}, ${after?.id ?? 0}))
    order by e.title, e.id limit ${limit}`;
  return [...rows];
}

export type OpenCounts = {
  readonly waiting: number;
  /** Of those that wait, what somebody else has written. */
  readonly waitingForMe: number;
  readonly due: number;
  readonly open: number;
  readonly hidden: number;
};

/** How much there is to do; `due`: to be reviewed by `until`. */
export async function countOpen(
  sql: Sql,
  tenant: number,
  { until, me }: { readonly until: string; readonly me: string },
): Promise<OpenCounts> {
  const [row] = await sql<OpenCounts>`
    select count(*) filter (where d.state = 'submitted')::int as waiting,
      count(*) filter (where d.state = 'submitted' and d.author <> ${me})::int as "waitingForMe", count(*) filter (where d.state = 'draft')::int as open,
      count(*) filter (where e.published is not null and e.review_on <= ${until}::date)::int as due,
      count(*) filter (where e.published is null)::int as hidden
    from finder.entry e left join finder.version d on d.tenant = ${tenant} and d.entry = e.id and d.version = e.draft
    where e.tenant = ${tenant}`;
  return row ?? { waiting: 0, waitingForMe: 0, due: 0, open: 0, hidden: 0 };
}

export async function readEntry(sql: Sql, tenant: number, id: number): Promise<Entry | null> {
  const [row] = await sql<Entry>`
    select e.id, e.kind, e.key, e.title, e.published, e.draft, d.state as "draftState", e.valid_from::text as "validFrom",
      e.valid_to::text as "validTo", e.review_on::text as "reviewOn", e.checked_on::text as "checkedOn",
      e.published_at as "publishedAt", d.author_name as "draftAuthorName", d.changed_at as "draftChangedAt"
    from finder.entry e left join finder.version d on d.tenant = ${tenant} and d.entry = e.id and d.version = e.draft
    where e.tenant = ${tenant} and e.id = ${id}`;
  return row ?? null;
}

/** Id of the entry with this kind and key; null when there is none. */
export async function readEntryId(sql: Sql, tenant: number, kind: EntryKind, key: string): Promise<number | null> {
  const [row] = await sql<{
    id: number;
  }>`select id from finder.entry where tenant = ${tenant} and kind = ${kind} and key = ${key}`;
  return row?.id ?? null;
}

/** Holds the entry until the transaction ends: one step at a time. */
export async function lockEntry(tx: Tx, tenant: number, id: number): Promise<Entry | null> {
  await tx`select 1 from finder.entry where tenant = ${tenant} and id = ${id} for update`;
  return readEntry(tx as unknown as Sql, tenant, id);
}

/** Null when the key is taken. */
export async function insertEntry(
  tx: Tx,
  tenant: number,
  { kind, key, title }: Pick<Entry, 'kind' | 'key' | 'title'>,
): Promise<number | null> {
  const [row] = await tx<{ id: number }[]>`
    insert into finder.entry (tenant, kind, key, title) values (${tenant}, ${kind}, ${key}, ${title})
    on conflict (tenant, kind, key) do nothing returning id`;
  return row?.id ?? null;
}

export type EntryChange = Days & Pick<Entry, 'title' | 'published' | 'draft' | 'checkedOn' | 'publishedAt'>;

export async function updateEntry(tx: Tx, tenant: number, { id, ...row }: EntryChange & { readonly id: number }): Promise<void> {
  await tx`
    update finder.entry set title = ${row.title}, published = ${row.published}, draft = ${row.draft}, valid_from = ${row.validFrom},
      valid_to = ${row.validTo}, review_on = ${row.reviewOn}, checked_on = ${row.checkedOn}, published_at = ${row.publishedAt}
    where tenant = ${tenant} and id = ${id}`;
}

export type NewVersion = Pick<Version, 'entry' | 'content' | 'author' | 'authorName' | 'note' | 'state' | 'changedAt'> &
  Partial<Days & Pick<Version, 'approver' | 'approverName' | 'decidedAt'>>;

/** Adds a version after the last one and resolves with its number. */
export async function insertVersion(tx: Tx, tenant: number, row: NewVersion): Promise<number> {
  const [made] = await tx<{ version: number }[]>`
    insert into finder.version (tenant, entry, version, state, content, author, author_name, approver, approver_name, note, changed_at, decided_at,
      valid_from, valid_to, review_on)
    select ${tenant}, ${row.entry}, coalesce(max(v.version), 0) + 1, ${row.state}, ${JSON.stringify(row.content)}::text::jsonb, ${row.author},
      ${row.authorName}, ${row.approver ?? null}, ${row.approverName ?? null}, ${row.note}, ${row.changedAt}, ${row.decidedAt ?? null},
      ${row.validFrom ?? null}, ${row.validTo ?? null}, ${row.reviewOn ?? null}
    from finder.version v where v.tenant = ${tenant} and v.entry = ${row.entry}
    returning version`;
  return made?.version ?? 0;
}

export type DraftChange = {
  readonly entry: number;
  readonly version: number;
  readonly edition: number;
  readonly content: Content;
  readonly author: string;
  readonly authorName: string;
  readonly note: string;
  readonly days: Days;
  readonly at: Date;
};

/** False when it is not a draft any more or was changed since `edition`. */
export async function updateDraft(tx: Tx, tenant: number, row: DraftChange): Promise<boolean> {
  const done = await tx`
    update finder.version set content = ${JSON.stringify(row.content)}::text::jsonb, edition = edition + 1, author = ${row.author},
      author_name = ${row.authorName}, note = ${row.note}, changed_at = ${row.at}, valid_from = ${row.days.validFrom},
      valid_to = ${row.days.validTo}, review_on = ${row.days.reviewOn}
    where tenant = ${tenant} and entry = ${row.entry} and version = ${row.version} and state = 'draft' and edition = ${row.edition}
    returning version`;
  return done.length > 0;
}

export type StateChange = {
  readonly entry: number;
  readonly version: number;
  readonly state: VersionState;
  readonly approver?: string | null;
  readonly approverName?: string | null;
  readonly answer?: string;
  readonly at: Date;
};

export async function updateVersionState(tx: Tx, tenant: number, row: StateChange): Promise<void> {
  await tx`
    update finder.version set state = ${row.state}, approver = coalesce(${row.approver ?? null}, approver),
      approver_name = coalesce(${row.approverName ?? null}, approver_name), answer = coalesce(${row.answer ?? null}, answer), decided_at = ${row.at}
    where tenant = ${tenant} and entry = ${row.entry} and version = ${row.version}`;
}

export async function readVersion(sql: Sql, tenant: number, entry: number, version: number): Promise<Version | null> {
  const [row] = await sql<Version>`
    select entry, version, state, content, edition, author, author_name as "authorName", approver, approver_name as "approverName",
      note, answer, changed_at as "changedAt", decided_at as "decidedAt", valid_from::text as "validFrom",
      valid_to::text as "validTo", review_on::text as "reviewOn"
    from finder.version where tenant = ${tenant} and entry = ${entry} and version = ${version}`;
  return row ?? null;
}

/** Every version, the newest first, without its content. */
export async function readVersions(sql: Sql, tenant: number, entry: number, limit: number): Promise<Omit<Version, 'content'>[]> {
  const rows = await sql<Omit<Version, 'content'>>`
    select entry, version, state, edition, author, author_name as "authorName", approver, approver_name as "approverName",
      note, answer, changed_at as "changedAt", decided_at as "decidedAt", valid_from::text as "validFrom",
      valid_to::text as "validTo", review_on::text as "reviewOn"
    from finder.version where tenant = ${tenant} and entry = ${entry} order by version desc limit ${limit}`;
  return [...rows];
}

/** Something published, as the public will see it. */
export type PublishedRow = Pick<
  Entry,
  'id' | 'kind' | 'key' | 'validFrom' | 'validTo' | 'publishedAt' | 'reviewOn' | 'checkedOn'
> & {
  readonly version: number;
  readonly content: Content;
};

/** What is published of a kind, page by page in the order of ids. */
export async function readPublishedRows(
  sql: Sql,
  tenant: number,
  { kind, after, limit }: { readonly kind: EntryKind; readonly after: number; readonly limit: number },
): Promise<PublishedRow[]> {
  const rows = await sql<PublishedRow>`
    select e.id, e.kind, e.key, e.valid_from::text as "validFrom", e.valid_to::text as "validTo", e.published_at as "publishedAt",
      e.review_on::text as "reviewOn", e.checked_on::text as "checkedOn", v.version, v.content
    from finder.entry e join finder.version v on v.tenant = ${tenant} and v.entry = e.id and v.version = e.published
    where e.tenant = ${tenant} and e.kind = ${kind} and e.id > ${after} order by e.id limit ${limit}`;
  return [...rows];
}

/** One published entry; null when the public sees nothing of it. */
export async function readPublishedRow(sql: Sql, tenant: number, id: number): Promise<PublishedRow | null> {
  const [row] = await sql<PublishedRow>`
    select e.id, e.kind, e.key, e.valid_from::text as "validFrom", e.valid_to::text as "validTo", e.published_at as "publishedAt",
      e.review_on::text as "reviewOn", e.checked_on::text as "checkedOn", v.version, v.content
    from finder.entry e join finder.version v on v.tenant = ${tenant} and v.entry = e.id and v.version = e.published
    where e.tenant = ${tenant} and e.id = ${id}`;
  return row ?? null;
}

/** Published entries whose review is near and whose editors do not know yet. */
export async function readToRemind(
  sql: Sql,
  tenant: number,
  until: string,
): Promise<{ id: number; title: string; reviewOn: string }[]> {
  const rows = await sql<{ id: number; title: string; reviewOn: string }>`
    select id, title, review_on::text as "reviewOn" from finder.entry
    where tenant = ${tenant} and published is not null and review_on <= ${until}::date and reminded_for is distinct from review_on
    order by review_on, id limit 500`;
  return [...rows];
}

export async function noteReminded(tx: Tx, tenant: number, ids: readonly number[]): Promise<void> {
  await tx`update finder.entry set reminded_for = review_on where tenant = ${tenant} and id = any(${ids as number[]}::bigint[])`;
}

/** How old the published texts are: counts for the freshness report. */
export async function readFreshness(sql: Sql, tenant: number, today: string): Promise<Freshness[]> {
  const rows = await sql<Freshness>`
    select kind, count(*)::int as total, count(*) filter (where review_on < ${today}::date)::int as overdue,
      count(*) filter (where review_on >= ${today}::date and review_on < ${today}::date + 30)::int as soon,
      count(*) filter (where valid_to < ${today}::date)::int as expired,
      coalesce(avg(${today}::date - published_at::date)::int, 0) as "meanAge"
    from finder.entry where tenant = ${tenant} and published is not null group by kind order by kind`;
  return [...rows];
}

export type Freshness = {
  readonly kind: EntryKind;
  readonly total: number;
  readonly overdue: number;
  readonly soon: number;
  readonly expired: number;
  /** Days since publishing, on average. */
  readonly meanAge: number;
};

/** The version that was withdrawn last; null when none was. */
export async function readWithdrawn(sql: Sql, tenant: number, entry: number): Promise<Version | null> {
  const [row] = await sql<{ version: number }>`
    select version from finder.version where tenant = ${tenant} and entry = ${entry} and state = 'withdrawn' order by version desc limit 1`;
  return row ? readVersion(sql, tenant, entry, row.version) : null;
}
