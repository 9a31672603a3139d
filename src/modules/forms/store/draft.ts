import type { Sql, Tx } from '#platform/db';
import type { Locale } from '#platform/words';
import type { FileFacts } from '../rules-field.ts';
import type { Answers } from '../rules-flow.ts';
import type { LastStep } from '../rules-step.ts';

/** Drafts and their attachments; rows of the tenant whose office gets them. */

/** Who gets it, as the finder said when it was begun. */
export type Office = { readonly name: string; readonly unit: string; readonly phone: string; readonly mail: string };

export type Draft = {
  readonly tenant: number;
  readonly id: number;
  readonly form: string;
  readonly version: number;
  readonly area: string;
  readonly office: Office;
  readonly locale: Locale;
  readonly answers: Answers;
  readonly steps: Readonly<Record<string, LastStep>>;
  /** Grows with every change. */
  readonly edition: number;
  /** `correcting`: it was sent, and its applicant is changing an answer; what was sent holds until that is sent, too. */
  readonly state: 'open' | 'sent' | 'correcting';
  /** The citizen of the state's tenant in whose account it is. */
  readonly account: number | null;
  /** The clerk who fills it in for somebody at the counter. */
  readonly clerk: number | null;
  /** The answers as they were sent, while they are being corrected. */
  readonly before: SentAnswers | null;
  readonly begunAt: Date;
  readonly changedAt: Date;
};

export type SentAnswers = Pick<Draft, 'answers' | 'steps'>;

export type NewDraft = Omit<Draft, 'id' | 'edition' | 'state' | 'steps' | 'changedAt' | 'before'> & { readonly hash: Buffer };

export async function insertDraft(tx: Tx, row: NewDraft): Promise<number> {
  const [made] = await tx<{ id: number }[]>`
    insert into forms.draft (tenant, token_hash, form, version, area, office, locale, answers, state, account, clerk, begun_at, changed_at)
    values (${row.tenant}, ${row.hash}, ${row.form}, ${row.version}, ${row.area}, ${JSON.stringify(row.office)}::text::jsonb,
      ${row.locale}, ${JSON.stringify(row.answers)}::text::jsonb, 'open', ${row.account}, ${row.clerk}, ${row.begunAt}, ${row.begunAt})
    returning id`;
  return made?.id ?? 0;
}

/** What opens a draft, see `gate.ts`: comparing with nothing finds nothing. */
export type DraftKey = {
  readonly tenant: number;
  readonly hash: Buffer | null;
  readonly draft: number | null;
  readonly citizen: number | null;
  readonly clerk: number | null;
};

const hashesOf = (keys: readonly DraftKey[]) => keys.flatMap(({ hash }) => (hash ? [hash.toString('hex')] : []));
const idsOf = (keys: readonly DraftKey[]) => keys.flatMap(({ draft }) => (draft === null ? [] : [draft]));

/** A draft that was found, and the hash of the link by which; null: by its number. */
type Found = Draft & { readonly opener: string | null };

const isOpenedBy = ({ hash, draft, citizen, clerk }: DraftKey, row: Found): boolean =>
  hash !== null
    ? row.opener === hash.toString('hex')
    : row.id === draft && ((citizen !== null && row.account === citizen) || (clerk !== null && row.clerk === clerk));

/**
 * The drafts that keys of this tenant open, in their order; null for a key that opens none. Asked for as one or the other in one
 * condition, no index would answer it: every draft of the tenant would be read.
 */
async function readDrafts(sql: Sql | Tx, tenant: number, keys: readonly DraftKey[]): Promise<(Draft | null)[]> {
  const rows = await (sql as Sql)<Found>`
    with wanted as (
      select id, token_hash as opener from forms.draft
      where tenant = ${tenant} and token_hash = any(array(select decode(hash, 'hex') from unnest(${hashesOf(keys)}::text[]) as hash))
      union all select draft, hash from forms.mailed_link
      where tenant = ${tenant} and hash = any(array(select decode(hash, 'hex') from unnest(${hashesOf(keys)}::text[]) as hash))
      union all select unnest(${idsOf(keys)}::bigint[]), null
    )
    select d.tenant, d.id, d.form, d.version, d.area, d.office, d.locale, d.answers, d.steps, d.edition, d.state, d.account, d.clerk,
      d.begun_at as "begunAt", d.changed_at as "changedAt", d.before, encode(wanted.opener, 'hex') as opener
    from wanted join forms.draft d on d.tenant = ${tenant} and d.id = wanted.id`;
  return keys.map((key) => {
    const found = rows.find((row) => isOpenedBy(key, row));
    if (!found) return null;
    const { opener: _, ...draft } = found;
    return draft;
  });
}

export async function readDraft(sql: Sql | Tx, key: DraftKey): Promise<Draft | null> {
  const [draft = null] = await readDrafts(sql, key.tenant, [key]);
  return draft;
}

/** Like {@link readDrafts}, held until the transaction ends; always in the same order, so that two who hold several do not wait in a circle. */
export async function lockDrafts(tx: Tx, tenant: number, keys: readonly DraftKey[]): Promise<(Draft | null)[]> {
  // Sent at once, and first: what is read after it is what the one before has left.
  const locked = tx`
    with wanted as (
      select id, token_hash as opener from forms.draft
      where tenant = ${tenant} and token_hash = any(array(select decode(hash, 'hex') from unnest(${hashesOf(keys)}::text[]) as hash))
      union all select draft, hash from forms.mailed_link
      where tenant = ${tenant} and hash = any(array(select decode(hash, 'hex') from unnest(${hashesOf(keys)}::text[]) as hash))
      union all select unnest(${idsOf(keys)}::bigint[]), null
    )
    select d.id from wanted join forms.draft d on d.tenant = ${tenant} and d.id = wanted.id order by d.id for update of d`.execute();
  const [, drafts] = await Promise.all([locked, readDrafts(tx, tenant, keys)]);
  return drafts;
}

export type DraftChange = Pick<Draft, 'tenant' | 'id' | 'answers' | 'steps' | 'edition' | 'state' | 'locale' | 'before'> & {
  readonly at: Date;
};

export async function updateDraft(tx: Tx, row: DraftChange): Promise<void> {
  await tx`
    update forms.draft set answers = ${JSON.stringify(row.answers)}::text::jsonb, steps = ${JSON.stringify(row.steps)}::text::jsonb,
      edition = ${row.edition}, state = ${row.state}, locale = ${row.locale}, changed_at = ${row.at},
      before = ${row.before && JSON.stringify(row.before)}::text::jsonb
    where tenant = ${row.tenant} and id = ${row.id}`;
}

/** Drafts that are held, and are sent now. */
export async function closeDrafts(tx: Tx, tenant: number, ids: readonly number[], at: Date): Promise<void> {
  await tx`
    update forms.draft set state = 'sent', edition = edition + 1, changed_at = ${at}
    where tenant = ${tenant} and id = any(${ids as number[]}::bigint[])`;
}

/** Drafts nobody has touched since then, without what belongs to a submission. */
export async function readIdleDrafts(sql: Sql, tenant: number, before: Date, limit: number): Promise<number[]> {
  const rows = await sql<{ id: number }>`
    select id from forms.draft where tenant = ${tenant} and state = 'open' and changed_at < ${before} order by changed_at limit ${limit}`;
  return rows.map(({ id }) => id);
}

/** Removes a draft that is still idle, with its attachments; the blobs that are to go after the commit. Null: it is not idle any more. */
export async function deleteDraft(tx: Tx, tenant: number, id: number, before: Date): Promise<string[] | null> {
  const gone = await tx`
    delete from forms.draft where tenant = ${tenant} and id = ${id} and state = 'open' and changed_at < ${before} returning id`;
  if (gone.length === 0) return null;
  const rows = await tx<{ blob: string }[]>`
    delete from forms.attachment where tenant = ${tenant} and draft = ${id} returning blob`;
  return rows.map(({ blob }) => blob);
}

export type Attachment = FileFacts & {
  readonly draft: number;
  readonly type: string;
  readonly sha256: string;
  readonly blob: string;
  readonly addedAt: Date;
  /** What a correction that was not sent yet does with it; null: nothing. */
  readonly correction: 'added' | 'removed' | null;
};
export type NewAttachment = Omit<Attachment, 'id' | 'state' | 'correction'> & Partial<Pick<Attachment, 'correction'>>;

/** Null: the same file is there already. */
export async function insertAttachment(tx: Tx, tenant: number, row: NewAttachment): Promise<number | null> {
  const [made] = await tx<{ id: number }[]>`
    insert into forms.attachment (tenant, draft, field, name, type, size, sha256, blob, state, added_at, correction)
    values (${tenant}, ${row.draft}, ${row.field}, ${row.name}, ${row.type}, ${row.size}, ${row.sha256}, ${row.blob}, 'waiting', ${row.addedAt}, ${row.correction ?? null})
    on conflict (tenant, draft, field, sha256) do nothing returning id`;
  return made?.id ?? null;
}

/** The files as they were sent, whatever a correction is about to do with them. */
export async function readSentFiles(sql: Sql | Tx, tenant: number, draft: number, limit: number): Promise<Attachment[]> {
  const rows = await (sql as Sql)<Attachment>`
    select id, draft, field, name, type, size, sha256, blob, state, added_at as "addedAt", correction from forms.attachment
    where tenant = ${tenant} and draft = ${draft} and correction is distinct from 'added' order by id limit ${limit}`;
  return [...rows];
}

/** What a correction does with a file; null: nothing. */
export async function markAttachment(tx: Tx, tenant: number, id: number, correction: Attachment['correction']): Promise<void> {
  await tx`update forms.attachment set correction = ${correction} where tenant = ${tenant} and id = ${id}`;
}

/** Removes what a correction has marked so; the blobs that are to go after the commit. Nothing is marked any more. */
export async function settleMarks(tx: Tx, tenant: number, draft: number, gone: Attachment['correction']): Promise<string[]> {
  const rows = await tx<{ blob: string }[]>`
    delete from forms.attachment where tenant = ${tenant} and draft = ${draft} and correction = ${gone} returning blob`;
  await tx`update forms.attachment set correction = null where tenant = ${tenant} and draft = ${draft} and correction is not null`;
  return rows.map(({ blob }) => blob);
}

/** The attachments of several drafts, of each in the order they were added. */
export async function readAttachmentsOf(
  sql: Sql | Tx,
  tenant: number,
  drafts: readonly number[],
): Promise<Map<number, Attachment[]>> {
  const rows = await (sql as Sql)<Attachment>`
    select id, draft, field, name, type, size, sha256, blob, state, added_at as "addedAt", correction from forms.attachment
    where tenant = ${tenant} and draft = any(${drafts as number[]}::bigint[]) order by id`;
  return Map.groupBy(rows, ({ draft }) => draft);
}

/** How many drafts of nobody in particular were not sent; counts no further than `most`. */
export async function countAnonymousDrafts(sql: Sql, tenant: number, most: number): Promise<number> {
  const [row] = await sql<{ drafts: number }>`
    select count(*)::int as drafts from (
      select 1 from forms.draft
      where tenant = ${tenant} and state = 'open' and account is null and clerk is null
      limit ${most}
    ) found`;
  return row?.drafts ?? 0;
}

/** Bytes that lie in drafts of nobody in particular that were not sent, also those of files that are still arriving. */
export async function readAnonymousBytes(sql: Sql, tenant: number): Promise<number> {
  const [row] = await sql<{ bytes: number }>`
    select coalesce(sum(given.bytes), 0)::float8 as bytes
    from forms.draft d
    join (
      select draft, size as bytes from forms.attachment where tenant = ${tenant}
      union all select draft, received from forms.upload where tenant = ${tenant} and not is_done
    ) given on given.draft = d.id
    where d.tenant = ${tenant} and d.state = 'open' and d.account is null and d.clerk is null`;
  return row?.bytes ?? 0;
}

/** The blob that is to go after the commit; null: it was gone. */
export async function deleteAttachment(tx: Tx, tenant: number, draft: number, id: number): Promise<string | null> {
  const [row] = await tx<{ blob: string }[]>`
    delete from forms.attachment where tenant = ${tenant} and draft = ${draft} and id = ${id} returning blob`;
  return row?.blob ?? null;
}

export async function updateAttachmentState(tx: Tx, tenant: number, blob: string, state: Attachment['state']): Promise<void> {
  await tx`update forms.attachment set state = ${state} where tenant = ${tenant} and blob = ${blob}`;
}

/** Which of some blobs are attachments. */
export async function readKept(sql: Sql, tenant: number, blobs: readonly string[]): Promise<string[]> {
  const rows = await sql<{ blob: string }>`
    select blob from forms.attachment where tenant = ${tenant} and blob = any(${blobs as string[]}::text[])`;
  return rows.map(({ blob }) => blob);
}
