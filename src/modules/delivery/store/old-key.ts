import type { Sql, Tx } from '#platform/db';
import type { Jwk, KeyUse } from '../keys.ts';

/** A key of one of our destinations that was replaced and still counts. */
export type OldKey = {
  readonly inbox: string;
  readonly kid: string;
  readonly use: KeyUse;
  readonly jwk: Jwk;
  readonly secret: Uint8Array;
  readonly secretKey: number;
  readonly replacedAt: Date;
  readonly endsAt: Date;
};

export async function insertOldKey(tx: Tx, tenant: number, row: OldKey): Promise<void> {
  await tx`
    insert into delivery.old_key (tenant, inbox, kid, use, jwk, secret, secret_key, replaced_at, ends_at)
    values (${tenant}, ${row.inbox}, ${row.kid}, ${row.use}, ${JSON.stringify(row.jwk)}::text::jsonb, ${row.secret}, ${row.secretKey},
      ${row.replacedAt}, ${row.endsAt})`;
}

/** Those of a destination that still count at a moment: whatever the clean-up has done, a key is never good for longer. */
export async function readOldKeys(sql: Sql | Tx, tenant: number, inbox: string, now: Date): Promise<OldKey[]> {
  const rows = await (sql as Sql)<OldKey>`
    select inbox, kid, use, jwk, secret, secret_key as "secretKey", replaced_at as "replacedAt", ends_at as "endsAt"
    from delivery.old_key where tenant = ${tenant} and inbox = ${inbox} and secret is not null and ends_at > ${now}
    order by replaced_at desc, kid limit 20`;
  return [...rows];
}

/** Destroys the secrets of those whose time is over, or of one destination at once. @returns the destinations */
export async function endOldKeys(tx: Tx, tenant: number, { now, inbox }: { now: Date; inbox: string | null }): Promise<string[]> {
  const rows = await tx<{ inbox: string }[]>`
    update delivery.old_key set secret = null, secret_key = null, ended_at = ${now}, ends_at = least(ends_at, ${now})
    where tenant = ${tenant} and secret is not null
      and case when ${inbox}::uuid is null then ends_at <= ${now} else inbox = ${inbox}::uuid end
    returning inbox`;
  return [...new Set(rows.map((row) => row.inbox))];
}

export type Ending = { readonly inbox: string; readonly title: string; readonly endsAt: Date };

/** Destinations whose old keys end before a moment, and nobody was told yet; from now on somebody was. */
export async function takeEnding(tx: Tx, tenant: number, { before, now }: { before: Date; now: Date }): Promise<Ending[]> {
  const rows = await tx<Ending[]>`
    update delivery.old_key k set warned_at = ${now} from delivery.inbox i
    where k.tenant = ${tenant} and i.tenant = k.tenant and i.id = k.inbox and k.secret is not null and k.warned_at is null
      and k.use = 'encrypt' and k.ends_at <= ${before}
    returning k.inbox, i.title, k.ends_at as "endsAt"`;
  return [...rows];
}

export async function noteOldKeyUse(tx: Tx, tenant: number, sender: string, at: Date): Promise<void> {
  await tx`update delivery.sender set old_key_at = ${at} where tenant = ${tenant} and id = ${sender}`;
}
