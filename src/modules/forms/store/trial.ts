import type { Sql, Tx } from '#platform/db';
import type { FileFacts } from '../rules-field.ts';
import type { Answers } from '../rules-flow.ts';

/** Test runs through a form that is being written: one for each person and form, apart from the drafts of applicants. */

export type Trial = {
  readonly account: number;
  readonly form: string;
  readonly answers: Answers;
  /** Keys of the pages that were sent at least once. */
  readonly seen: readonly string[];
  /** Names and sizes of what was added; the bytes are kept nowhere. */
  readonly files: readonly FileFacts[];
};

type Key = Pick<Trial, 'account' | 'form'>;

export async function readTrial(sql: Sql | Tx, tenant: number, { account, form }: Key): Promise<Trial | null> {
  const [row] = await (sql as Sql)<Trial>`
    select account, form, answers, seen, files from forms.trial where tenant = ${tenant} and account = ${account} and form = ${form}`;
  return row ?? null;
}

export async function putTrial(tx: Tx, tenant: number, row: Trial, at: Date): Promise<void> {
  const [answers, seen, files] = [row.answers, row.seen, row.files].map((part) => JSON.stringify(part)) as [
    string,
    string,
    string,
  ];
  await tx`
    insert into forms.trial (tenant, account, form, answers, seen, files, changed_at)
    values (${tenant}, ${row.account}, ${row.form}, ${answers}::text::jsonb, ${seen}::text::jsonb, ${files}::text::jsonb, ${at})
    on conflict (tenant, account, form) do update set answers = excluded.answers, seen = excluded.seen, files = excluded.files,
      changed_at = excluded.changed_at`;
}

export async function deleteTrial(tx: Tx, tenant: number, { account, form }: Key): Promise<void> {
  await tx`delete from forms.trial where tenant = ${tenant} and account = ${account} and form = ${form}`;
}

/** Removes test runs nobody has touched since then. */
export async function deleteOldTrials(tx: Tx, tenant: number, before: Date): Promise<void> {
  await tx`delete from forms.trial where tenant = ${tenant} and changed_at < ${before}`;
}
