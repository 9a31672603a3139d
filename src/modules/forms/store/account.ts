import type { Sql, Tx } from '#platform/db';
import type { SubmissionState } from '../rules-status.ts';
import type { Draft, Office } from './draft.ts';

/** What citizens have in their accounts: where to look (rows of the state's tenant), and what lies there (rows of the source). */

export type Pointer = { readonly source: number; readonly draft: number };

export async function putPointer(
  tx: Tx,
  tenant: number,
  { citizen, source, draft, since }: Pointer & { readonly citizen: number; readonly since: Date },
): Promise<void> {
  await tx`
    insert into forms.account_entry (tenant, citizen, source, draft, since) values (${tenant}, ${citizen}, ${source}, ${draft}, ${since})
    on conflict do nothing`;
}

/** The newest first. */
export async function readPointers(sql: Sql, tenant: number, citizen: number, limit: number): Promise<Pointer[]> {
  const rows = await sql<Pointer>`
    select source, draft from forms.account_entry where tenant = ${tenant} and citizen = ${citizen}
    order by since desc, source, draft limit ${limit}`;
  return [...rows];
}

export async function deletePointers(tx: Tx, tenant: number, citizen: number): Promise<void> {
  await tx`delete from forms.account_entry where tenant = ${tenant} and citizen = ${citizen}`;
}

/** One application of a citizen's as its municipality has it. */
export type OwnRow = {
  readonly draft: number;
  readonly form: string;
  readonly version: number;
  readonly state: Draft['state'];
  readonly office: Office;
  readonly changedAt: Date;
  readonly reference: string | null;
  readonly submissionState: SubmissionState | null;
  readonly sentAt: Date | null;
  readonly expectedOn: string | null;
  /** The day by which the office waits for an answer. */
  readonly dueOn: string | null;
};

/** Those of some drafts that are in this citizen's account. */
export async function readOwn(
  sql: Sql,
  tenant: number,
  { citizen, drafts }: { readonly citizen: number; readonly drafts: readonly number[] },
): Promise<OwnRow[]> {
  const rows = await sql<OwnRow>`
    select d.id as draft, d.form, d.version, d.state, d.office, d.changed_at as "changedAt", s.reference,
      s.state as "submissionState", s.sent_at as "sentAt", s.expected_on::text as "expectedOn",
      (select min(r.due_on)::text from forms.evidence_request r
        where r.tenant = ${tenant} and r.submission = s.id and r.answered_at is null) as "dueOn"
    from forms.draft d left join forms.submission s on s.tenant = ${tenant} and s.draft = d.id
    where d.tenant = ${tenant} and d.account = ${citizen} and d.id = any(${drafts as number[]}::bigint[])`;
  return [...rows];
}

/** Puts a draft that is in nobody's account into one. */
export async function setAccount(tx: Tx, tenant: number, draft: number, citizen: number): Promise<void> {
  await tx`update forms.draft set account = ${citizen} where tenant = ${tenant} and id = ${draft} and account is null`;
}

/** Takes what was sent out of an account that is no more; the open drafts among them, which are to go altogether. */
export async function leaveAccount(tx: Tx, tenant: number, citizen: number): Promise<number[]> {
  await tx`update forms.draft set account = null where tenant = ${tenant} and account = ${citizen} and state <> 'open'`;
  const rows = await tx<{ id: number }[]>`
    select id from forms.draft where tenant = ${tenant} and account = ${citizen} and state = 'open' limit 1000`;
  return rows.map(({ id }) => id);
}
