import type { Tx } from '#platform/db';

/** The links in mails about what was sent; of each only its hash is kept. */

export type MailedLink = { readonly draft: number; readonly hash: Buffer };

export async function insertMailedLinks(tx: Tx, tenant: number, links: readonly MailedLink[]): Promise<void> {
  if (links.length === 0) return;
  await tx`
    insert into forms.mailed_link (tenant, hash, draft)
    select ${tenant}, decode(l.hash, 'hex'), l.draft
    from unnest(${links.map(({ hash }) => hash.toString('hex'))}::text[], ${links.map(({ draft }) => draft)}::bigint[]) as l (hash, draft)`;
}

/** Somebody takes an application into their account by this link; nothing, when it is its applicant's own. */
export async function noteTaken(tx: Tx, tenant: number, hash: Buffer, citizen: number): Promise<void> {
  await tx`update forms.mailed_link set citizen = ${citizen} where tenant = ${tenant} and hash = ${hash}`;
}

/**
 * Ends all mailed links of an application but the one that was used just now; it leaves an account that took it by one of them. Resolves
 * with how many have ended.
 */
export async function endMailedLinks(tx: Tx, tenant: number, draft: number, used: Buffer): Promise<number> {
  const ended = await tx<{ citizen: number | null }[]>`
    delete from forms.mailed_link where tenant = ${tenant} and draft = ${draft} and hash <> ${used} returning citizen`;
  const takers = ended.flatMap(({ citizen }) => citizen ?? []);
  if (takers.length > 0)
    await tx`
      update forms.draft set account = null
      where tenant = ${tenant} and id = ${draft} and account = any(${takers}::bigint[])`;
  return ended.length;
}
