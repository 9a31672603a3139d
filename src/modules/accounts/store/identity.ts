import type { Sql, Tx } from '#platform/db';
import type { IdentityAttribute, IdentityFacts, IdentityLevel, IdentityPurpose, IdentityRefusal } from '../rules-identity.ts';

/** Sign-ins with the state identity that are under way, and the accounts that are linked with one. */

export type IdentityRequest = {
  readonly id: string;
  readonly purpose: IdentityPurpose;
  readonly level: IdentityLevel;
  readonly attributes: readonly IdentityAttribute[];
  readonly citizen: number | null;
  readonly begunAt: Date;
  readonly answeredAt: Date | null;
  readonly refusal: IdentityRefusal | null;
  readonly reached: IdentityLevel | null;
  readonly pseudonymHash: Buffer | null;
  readonly facts: IdentityFacts | null;
  readonly usedFor: string | null;
  /** The browser that began has shown that the answer came with it. */
  readonly isClaimed: boolean;
};

export type NewIdentityRequest = Pick<IdentityRequest, 'id' | 'purpose' | 'level' | 'attributes' | 'citizen' | 'begunAt'> & {
  readonly browserHash: Buffer;
};

export async function insertRequest(tx: Tx, tenant: number, row: NewIdentityRequest): Promise<void> {
  await tx`
    insert into accounts.identity_request (tenant, id, browser_hash, purpose, level, attributes, citizen, begun_at)
    values (${tenant}, ${row.id}, ${row.browserHash}, ${row.purpose}, ${row.level}, ${row.attributes as string[]}::text[],
      ${row.citizen}, ${row.begunAt})`;
}

export async function readRequest(sql: Sql | Tx, tenant: number, id: string): Promise<IdentityRequest | null> {
  const [row] = await (sql as Sql)<IdentityRequest>`
    select id, purpose, level, attributes, citizen, begun_at as "begunAt", answered_at as "answeredAt", refusal, reached,
      pseudonym_hash as "pseudonymHash", facts, used_for as "usedFor", is_claimed as "isClaimed"
    from accounts.identity_request where tenant = ${tenant} and id = ${id}`;
  return row ?? null;
}

export async function readRequestOfBrowser(sql: Sql | Tx, tenant: number, browserHash: Buffer): Promise<IdentityRequest | null> {
  const [row] = await (sql as Sql)<IdentityRequest>`
    select id, purpose, level, attributes, citizen, begun_at as "begunAt", answered_at as "answeredAt", refusal, reached,
      pseudonym_hash as "pseudonymHash", facts, used_for as "usedFor", is_claimed as "isClaimed"
    from accounts.identity_request where tenant = ${tenant} and browser_hash = ${browserHash}`;
  return row ?? null;
}

export type IdentityAnswer = {
  readonly at: Date;
  readonly refusal: IdentityRefusal | null;
  readonly reached: IdentityLevel | null;
  readonly pseudonymHash: Buffer | null;
  readonly facts: IdentityFacts | null;
  /** SHA-256 of the secret of the browser it came with; null for a refusal. */
  readonly answerHash: Buffer | null;
};

/** Notes the answer to a request that has none and was begun after this; false: it was answered, or is gone. */
export async function answerRequest(
  tx: Tx,
  tenant: number,
  { id, begunAfter, answer }: { readonly id: string; readonly begunAfter: Date; readonly answer: IdentityAnswer },
): Promise<boolean> {
  const facts = answer.facts && JSON.stringify(answer.facts);
  const rows = await tx`
    update accounts.identity_request set answered_at = ${answer.at}, refusal = ${answer.refusal}, reached = ${answer.reached},
      pseudonym_hash = ${answer.pseudonymHash}, facts = ${facts}::text::jsonb, answer_hash = ${answer.answerHash}
    where tenant = ${tenant} and id = ${id} and answered_at is null and begun_at > ${begunAfter} returning id`;
  return rows.length > 0;
}

/** Notes that the browser that began is the one the answer came with; without effect when it is not. */
export async function claimRequest(
  sql: Sql,
  tenant: number,
  { browserHash, answerHash }: { readonly browserHash: Buffer; readonly answerHash: Buffer },
): Promise<void> {
  await sql`
    update accounts.identity_request set is_claimed = true
    where tenant = ${tenant} and browser_hash = ${browserHash} and answer_hash = ${answerHash} and not is_claimed`;
}

/** Uses a confirmed answer for one thing; for the same thing again, too. False: it was used for something else. */
export async function spendRequest(
  tx: Tx,
  tenant: number,
  { id, usedFor }: { readonly id: string; readonly usedFor: string },
): Promise<boolean> {
  const rows = await tx`
    update accounts.identity_request set used_for = ${usedFor}
    where tenant = ${tenant} and id = ${id} and refusal is null and reached is not null and is_claimed and (used_for is null or used_for = ${usedFor})
    returning id`;
  return rows.length > 0;
}

/** Removes what nobody can pick up any more, with everything that was said about a person. */
export async function deleteOldRequests(
  sql: Sql,
  tenant: number,
  { begunBefore, answeredBefore }: { readonly begunBefore: Date; readonly answeredBefore: Date },
): Promise<void> {
  await sql`
    delete from accounts.identity_request
    where tenant = ${tenant} and (begun_at < ${begunBefore} or answered_at < ${answeredBefore})`;
}

/** A link as its owner sees it. */
export type LinkedIdentity = { readonly id: number; readonly linkedAt: Date; readonly lastUsedAt: Date | null };

export async function readIdentities(sql: Sql | Tx, tenant: number, citizen: number): Promise<LinkedIdentity[]> {
  const rows = await (sql as Sql)<LinkedIdentity>`
    select id, linked_at as "linkedAt", last_used_at as "lastUsedAt" from accounts.citizen_identity
    where tenant = ${tenant} and citizen = ${citizen} order by id limit 100`;
  return [...rows];
}

/** Whose account it is; null: nobody's. */
export async function readOwner(sql: Sql | Tx, tenant: number, pseudonymHash: Buffer): Promise<number | null> {
  const [row] = await (sql as Sql)<{ citizen: number }>`
    select citizen from accounts.citizen_identity where tenant = ${tenant} and pseudonym_hash = ${pseudonymHash}`;
  return row?.citizen ?? null;
}

export type NewIdentity = {
  readonly citizen: number;
  readonly pseudonymHash: Buffer;
  readonly issuer: string;
  readonly at: Date;
};

/** False: it belongs to an account already. */
export async function insertIdentity(tx: Tx, tenant: number, row: NewIdentity): Promise<boolean> {
  const rows = await tx`
    insert into accounts.citizen_identity (tenant, citizen, pseudonym_hash, issuer, linked_at)
    values (${tenant}, ${row.citizen}, ${row.pseudonymHash}, ${row.issuer}, ${row.at})
    on conflict (tenant, pseudonym_hash) do nothing returning id`;
  return rows.length > 0;
}

export async function noteIdentityUse(
  tx: Tx,
  tenant: number,
  { pseudonymHash, at }: { pseudonymHash: Buffer; at: Date },
): Promise<void> {
  await tx`
    update accounts.citizen_identity set last_used_at = ${at} where tenant = ${tenant} and pseudonym_hash = ${pseudonymHash}`;
}

/** False: there is no such link of this account. */
export async function deleteIdentity(tx: Tx, tenant: number, { citizen, id }: { citizen: number; id: number }): Promise<boolean> {
  const rows = await tx`
    delete from accounts.citizen_identity where tenant = ${tenant} and citizen = ${citizen} and id = ${id} returning id`;
  return rows.length > 0;
}
