import type { Tx } from '#platform/db';

/** What came whole from somewhere else was never a draft that anybody could go on with. */
export async function closeDraft(tx: Tx, tenant: number, id: number): Promise<void> {
  await tx`update forms.draft set state = 'sent' where tenant = ${tenant} and id = ${id} and state = 'open'`;
}
