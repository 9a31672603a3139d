import type { Sql, Tx } from '#platform/db';
import type { Proof } from '../rules-assurance.ts';

/** How applicants have shown who they are, by draft. */

export async function readProof(sql: Sql | Tx, tenant: number, draft: number): Promise<Proof | null> {
  const [row] = await (sql as Sql)<Proof>`
    select level, source, at, confirmed from forms.proof where tenant = ${tenant} and draft = ${draft}`;
  return row ?? null;
}

/** Puts a proof in the place of an earlier one. */
export async function writeProof(tx: Tx, tenant: number, draft: number, proof: Proof): Promise<void> {
  await tx`
    insert into forms.proof (tenant, draft, level, source, at, confirmed)
    values (${tenant}, ${draft}, ${proof.level}, ${proof.source}, ${proof.at}, ${JSON.stringify(proof.confirmed)}::text::jsonb)
    on conflict (tenant, draft) do update set level = excluded.level, source = excluded.source, at = excluded.at,
      confirmed = excluded.confirmed`;
}
