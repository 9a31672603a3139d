import type { Sql, Tx } from '#platform/db';
import type { Definition } from '../rules-definition.ts';

/** Forms and their versions; rows of the state's tenant. */

export type VersionState = 'draft' | 'submitted' | 'published' | 'superseded' | 'discarded';

export type FormRow = {
  readonly key: string;
  readonly title: string;
  readonly published: number | null;
  readonly draft: number | null;
  /** The authority that writes it; null: the state. */
  readonly source: number | null;
};

export type VersionRow = {
  readonly form: string;
  readonly version: number;
  readonly state: VersionState;
  readonly definition: Definition;
  readonly digest: string;
  readonly edition: number;
  readonly author: string;
  readonly authorName: string;
  readonly approver: string | null;
  readonly approverName: string | null;
  readonly note: string;
  readonly changedAt: Date;
};

export async function readForm(sql: Sql | Tx, tenant: number, key: string): Promise<FormRow | null> {
  const [row] = await (sql as Sql)<FormRow>`
    select key, title, published, draft, source from forms.form where tenant = ${tenant} and key = ${key}`;
  return row ?? null;
}

/** A form as it is listed, with the days a decision takes by its published version; null: there is none. */
export type ListedForm = FormRow & { readonly days: number | null };

export async function readForms(sql: Sql, tenant: number, limit: number): Promise<ListedForm[]> {
  const rows = await sql<ListedForm>`
    select f.key, f.title, f.published, f.draft, f.source, (v.definition ->> 'days')::int as days
    from forms.form f
    left join forms.version v on v.tenant = f.tenant and v.form = f.key and v.version = f.published
    where f.tenant = ${tenant} order by f.title limit ${limit}`;
  return [...rows];
}

/** Holds the form until the transaction ends; null: there is none. */
export async function lockForm(tx: Tx, tenant: number, key: string): Promise<FormRow | null> {
  const [row] = await tx<FormRow[]>`
    select key, title, published, draft, source from forms.form where tenant = ${tenant} and key = ${key} for update`;
  return row ?? null;
}

export async function upsertForm(tx: Tx, tenant: number, row: FormRow): Promise<void> {
  await tx`
    insert into forms.form (tenant, key, title, published, draft, source)
    values (${tenant}, ${row.key}, ${row.title}, ${row.published}, ${row.draft}, ${row.source})
    on conflict (tenant, key) do update set title = excluded.title, published = excluded.published, draft = excluded.draft,
      source = excluded.source`;
}

export async function readVersion(
  sql: Sql | Tx,
  tenant: number,
  { form, version }: Pick<VersionRow, 'form' | 'version'>,
): Promise<VersionRow | null> {
  const [row] = await (sql as Sql)<VersionRow>`
    select form, version, state, definition, digest, edition, author, author_name as "authorName", approver,
      approver_name as "approverName", note, changed_at as "changedAt"
    from forms.version where tenant = ${tenant} and form = ${form} and version = ${version}`;
  return row ?? null;
}

export async function lastVersion(tx: Tx, tenant: number, form: string): Promise<number> {
  const [row] = await tx<{ last: number | null }[]>`
    select max(version) as last from forms.version where tenant = ${tenant} and form = ${form}`;
  return row?.last ?? 0;
}

/** The newest edition of its authors that was published; null: none was. */
export async function lastSourceEdition(tx: Tx, tenant: number, form: string): Promise<number | null> {
  const [row] = await tx<{ last: number | null }[]>`
    select max(source_edition) as last from forms.version where tenant = ${tenant} and form = ${form}`;
  return row?.last ?? null;
}

export type NewVersion = Omit<VersionRow, 'edition'> & { readonly sourceEdition: number | null };

export async function insertVersion(tx: Tx, tenant: number, row: NewVersion): Promise<void> {
  await tx`
    insert into forms.version (tenant, form, version, state, definition, digest, author, author_name, approver, approver_name, note,
      changed_at, source_edition)
    values (${tenant}, ${row.form}, ${row.version}, ${row.state}, ${JSON.stringify(row.definition)}::text::jsonb, ${row.digest},
      ${row.author}, ${row.authorName}, ${row.approver}, ${row.approverName}, ${row.note}, ${row.changedAt}, ${row.sourceEdition})`;
}

export async function updateVersionState(
  tx: Tx,
  tenant: number,
  { form, version, state }: Pick<VersionRow, 'form' | 'version' | 'state'>,
): Promise<void> {
  await tx`update forms.version set state = ${state} where tenant = ${tenant} and form = ${form} and version = ${version}`;
}
