import type { Sql, Tx } from '#platform/db';
import type { Definition } from '../rules-definition.ts';
import type { Did } from '../rules-edit.ts';
import type { OwnState } from '../rules-edit-state.ts';
import { deleteLeft } from './own-left.ts';

/** Forms an authority writes itself, with their editions; rows of the tenant that writes them. */

export type OwnForm = {
  readonly key: string;
  readonly title: string;
  readonly state: OwnState;
  readonly edition: number;
  /** The edition that was last approved; null: none was. */
  readonly published: number | null;
  readonly proposedBy: string | null;
  readonly proposedName: string;
  readonly note: string;
  /** Who did not agree to what was proposed last, and why; empty: nobody. */
  readonly refusedName: string;
  readonly refusal: string;
  readonly changedBy: string;
  readonly changedAt: Date;
};

export type Edition = {
  readonly edition: number;
  /** The edition a step back leads to; null: this is the first. */
  readonly before: number | null;
  readonly did: Did;
  readonly author: string;
  readonly authorName: string;
  readonly at: Date;
};

export async function readOwnForms(sql: Sql, tenant: number, limit: number): Promise<OwnForm[]> {
  const rows = await sql<OwnForm>`
    select key, title, state, edition, published, proposed_by as "proposedBy", proposed_name as "proposedName", note,
      refused_name as "refusedName", refusal,
      changed_by as "changedBy", changed_at as "changedAt"
    from forms.own_form where tenant = ${tenant} order by title, key limit ${limit}`;
  return [...rows];
}

export async function readOwnForm(sql: Sql, tenant: number, key: string): Promise<OwnForm | null> {
  const [row] = await sql<OwnForm>`
    select key, title, state, edition, published, proposed_by as "proposedBy", proposed_name as "proposedName", note,
      refused_name as "refusedName", refusal,
      changed_by as "changedBy", changed_at as "changedAt"
    from forms.own_form where tenant = ${tenant} and key = ${key}`;
  return row ?? null;
}

/** Holds the form until the transaction ends; null: there is none. */
export async function lockOwnForm(tx: Tx, tenant: number, key: string): Promise<OwnForm | null> {
  const [row] = await tx<OwnForm[]>`
    select key, title, state, edition, published, proposed_by as "proposedBy", proposed_name as "proposedName", note,
      refused_name as "refusedName", refusal,
      changed_by as "changedBy", changed_at as "changedAt"
    from forms.own_form where tenant = ${tenant} and key = ${key} for update`;
  return row ?? null;
}

/** False: there is one of that key already. */
export async function insertOwnForm(tx: Tx, tenant: number, row: OwnForm): Promise<boolean> {
  const made = await tx`
    insert into forms.own_form (tenant, key, title, state, edition, published, note, changed_by, changed_at)
    values (${tenant}, ${row.key}, ${row.title}, ${row.state}, ${row.edition}, ${row.published}, ${row.note}, ${row.changedBy}, ${row.changedAt})
    on conflict (tenant, key) do nothing returning key`;
  return made.length > 0;
}

export type OwnFormChange = OwnForm & { readonly approvedBy: string | null };

export async function updateOwnForm(tx: Tx, tenant: number, row: OwnFormChange): Promise<void> {
  await tx`
    update forms.own_form set title = ${row.title}, state = ${row.state}, edition = ${row.edition}, published = ${row.published},
      proposed_by = ${row.proposedBy}, proposed_name = ${row.proposedName}, approved_by = ${row.approvedBy}, note = ${row.note},
      refused_name = ${row.refusedName}, refusal = ${row.refusal}, changed_by = ${row.changedBy}, changed_at = ${row.changedAt}
    where tenant = ${tenant} and key = ${row.key}`;
}

/** Takes a form away with its editions and test runs. */
export async function deleteOwnForm(tx: Tx, tenant: number, key: string): Promise<void> {
  await deleteLeft(tx, tenant, key);
  await tx`delete from forms.trial where tenant = ${tenant} and form = ${key}`;
  await tx`delete from forms.own_edition where tenant = ${tenant} and form = ${key}`;
  await tx`delete from forms.own_form where tenant = ${tenant} and key = ${key}`;
}

export type NewEdition = Edition & { readonly form: string; readonly definition: Definition };

/** Adds an edition; of the old ones only so many stay, and the one that was published last. */
export async function insertEdition(tx: Tx, tenant: number, row: NewEdition, most: number): Promise<void> {
  await tx`
    insert into forms.own_edition (tenant, form, edition, before, definition, step, about, author, author_name, at)
    values (${tenant}, ${row.form}, ${row.edition}, ${row.before}, ${JSON.stringify(row.definition)}::text::jsonb, ${row.did.step},
      ${row.did.about}, ${row.author}, ${row.authorName}, ${row.at})`;
  await tx`
    delete from forms.own_edition e where e.tenant = ${tenant} and e.form = ${row.form} and e.edition <= ${row.edition - most}
      and e.edition is distinct from (select f.published from forms.own_form f where f.tenant = ${tenant} and f.key = ${row.form})`;
}

export type Content = Pick<Edition, 'before'> & { readonly definition: Definition };

/** The content of an edition; null: it is not kept any more. */
export async function readEdition(
  sql: Sql | Tx,
  tenant: number,
  { form, edition }: { form: string; edition: number },
): Promise<Content | null> {
  const [row] = await (sql as Sql)<Content>`
    select before, definition from forms.own_edition where tenant = ${tenant} and form = ${form} and edition = ${edition}`;
  return row ?? null;
}

/** What was done, newest first. */
export async function readEditions(sql: Sql, tenant: number, form: string, limit: number): Promise<Edition[]> {
  const rows = await sql<Omit<Edition, 'did'> & Edition['did']>`
    select edition, before, step, about, author, author_name as "authorName", at
    from forms.own_edition where tenant = ${tenant} and form = ${form} order by edition desc limit ${limit}`;
  return rows.map(({ step, about, ...row }) => ({ ...row, did: { step, about } }));
}
