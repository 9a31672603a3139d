import type { Actor, Context } from './context.ts';
import { hmac, isSameSecret, sha256 } from './crypto.ts';
import type { Sql, Tx } from './db.ts';

/** What was done to what. Never put content, secrets or search words into it. */
export type AuditEntry = {
  /** `room.verb`, e.g. `files.write`. */
  readonly action: string;
  /** Kind and id of the thing, e.g. `node:4711`. */
  readonly thing: string;
  readonly details?: Readonly<Record<string, unknown>>;
};

/** One entry as it is read back. */
export type AuditRecord = {
  readonly seq: number;
  readonly at: string;
  readonly action: string;
  readonly actor: string;
  readonly thing: string;
  readonly details: Readonly<Record<string, unknown>>;
};

/** The actor as the chain names it: by id, so that a later change of name or address does not rewrite history. */
function actorName(actor: Actor): string {
  if (actor.kind === 'account') return `account:${actor.account}`;
  if (actor.kind === 'citizen') return `citizen:${actor.citizen}`;
  return actor.kind === 'system' ? `system:${actor.job}` : 'nobody';
}

/** Appends entries to the tenant's chain; belongs into the transaction of the change, as its last statement but one. */
export async function audit(tx: Tx, ctx: Context, entries: readonly AuditEntry[]): Promise<void> {
  await auditAll(
    tx,
    entries.map((entry) => ({ ctx, entry })),
  );
}

/** Like {@link audit}, for what several people do in one transaction. */
export async function auditAll(tx: Tx, items: readonly { ctx: Context; entry: AuditEntry }[]): Promise<void> {
  if (items.length > 0) await tx`select platform.append_audit(${auditTexts(items)}::text[])`;
}

/** Entries as `platform.append_audit` takes them, for stores that append them in a statement of their own. */
export function auditTexts(items: readonly { ctx: Context; entry: AuditEntry }[]): string[] {
  return items.map(({ ctx, entry }) =>
    JSON.stringify({
      at: ctx.platform.clock.now().toISOString(),
      actor: actorName(ctx.actor),
      action: entry.action,
      thing: entry.thing,
      ...(entry.details ? { details: entry.details } : {}),
      request: ctx.request,
    }),
  );
}

export type AuditProblem = { readonly tenant: number; readonly seq: number; readonly problem: string };

const genesis = (tenant: number) => sha256(`rennsteig audit ${tenant}`);
const anchorText = (tenant: number, seq: number, hash: Uint8Array) => `${tenant}:${seq}:${Buffer.from(hash).toString('hex')}`;
const pageSize = 5_000;

type Position = { seq: number; hash: Buffer };

/**
 * Recomputes the tenant's chain and names the first entry that was changed, removed or moved, or the tail that is missing.
 * @param anchorKey key of the signed heads, see {@link signAuditHead}
 */
export async function verifyAudit(
  sql: Sql,
  tenant: number,
  anchorKey: Uint8Array,
): Promise<{ entries: number; problems: AuditProblem[] }> {
  const anchors = await readAnchors(sql, tenant, anchorKey);
  const problems: AuditProblem[] = [...anchors.problems];
  const position: Position = { seq: 0, hash: genesis(tenant) };
  for (;;) {
    const rows = await sql<{ seq: number; entry: string; hash: Buffer }>`
      select seq, entry, hash from platform.audit where tenant = ${tenant} and seq > ${position.seq} order by seq limit ${pageSize}`;
    for (const row of rows) {
      const problem = follow(position, row) ?? anchors.contradiction(row);
      if (problem) return { entries: position.seq, problems: [...problems, { tenant, seq: row.seq, problem }] };
    }
    if (rows.length < pageSize) break;
  }
  const [head] = await sql<{ seq: number; hash: Buffer }>`select seq, hash from platform.audit_head where tenant = ${tenant}`;
  const last = Math.max(head?.seq ?? 0, anchors.last);
  if (last > position.seq)
    problems.push({ tenant, seq: position.seq + 1, problem: `the entries ${position.seq + 1} to ${last} are missing` });
  else if (head && !isSameSecret(head.hash, position.hash))
    problems.push({ tenant, seq: head.seq, problem: 'the head was changed' });
  else if (!head && position.seq > 0) problems.push({ tenant, seq: position.seq, problem: 'the head is missing' });
  return { entries: position.seq, problems };
}

/** Advances the position over one entry; returns what is wrong with it instead, if something is. */
function follow(position: Position, row: { seq: number; entry: string; hash: Buffer }): string | null {
  if (row.seq !== position.seq + 1) return `the entries ${position.seq + 1} to ${row.seq - 1} are missing`;
  const expected = sha256(Buffer.concat([position.hash, Buffer.from(row.entry)]));
  if (!isSameSecret(expected, row.hash)) return 'this entry was changed, or stands in another place than it was written';
  position.seq = row.seq;
  position.hash = row.hash;
  return null;
}

async function readAnchors(sql: Sql, tenant: number, key: Uint8Array) {
  const rows = await sql<{ seq: number; hash: Buffer; mac: Buffer }>`
    select seq, hash, mac from platform.audit_anchor where tenant = ${tenant} order by seq`;
  const problems: AuditProblem[] = [];
  const hashes = new Map<number, Buffer>();
  for (const row of rows) {
    if (isSameSecret(hmac(key, anchorText(tenant, row.seq, row.hash)), row.mac)) hashes.set(row.seq, row.hash);
    else problems.push({ tenant, seq: row.seq, problem: 'the signed head at this entry was forged' });
  }
  const contradiction = (row: { seq: number; hash: Buffer }) => {
    const signed = hashes.get(row.seq);
    return signed && !isSameSecret(signed, row.hash)
      ? 'the chain up to this entry was rewritten: it contradicts a signed head'
      : null;
  };
  return { problems, contradiction, last: Math.max(0, ...hashes.keys()) };
}

/**
 * Signs the head of the tenant's chain with a key that is not in the database. Returns what was signed, for the log: a copy
 * outside the machine proves the chain even against whoever holds both. Null when nothing was added since.
 */
export async function signAuditHead(
  tx: Tx,
  tenant: number,
  anchorKey: Uint8Array,
): Promise<{ seq: number; hash: string } | null> {
  const [head] = await tx<{ seq: number; hash: Buffer }[]>`select seq, hash from platform.audit_head where tenant = ${tenant}`;
  if (!head) return null;
  const mac = hmac(anchorKey, anchorText(tenant, head.seq, head.hash));
  const done = await tx`
    insert into platform.audit_anchor (tenant, seq, hash, mac) values (${tenant}, ${head.seq}, ${head.hash}, ${mac})
    on conflict (tenant, seq) do nothing returning seq`;
  return done.length > 0 ? { seq: head.seq, hash: head.hash.toString('hex') } : null;
}

/** Which entries of the trail; what is absent does not restrict. */
export type AuditFilter = {
  /** A `seq`: only older ones. */
  readonly before?: number;
  /** Beginning of an action, such as `files.`. */
  readonly action?: string;
  /** Moments as ISO 8601 in UTC: from the first on, before the second. */
  readonly since?: string;
  readonly until?: string;
  /** Who did it, as the chain names them. */
  readonly actors?: readonly string[];
  /** What it was done to: one of these things, or one whose entry holds a name or a reference like this pattern. */
  readonly things?: readonly string[];
  readonly named?: string;
  readonly limit: number;
};

/** The tenant's entries, newest first, for people who may see them. */
export async function listAudit(
  sql: Sql,
  tenant: number,
  { before, action = '', since = '', until, actors, things, named, limit }: AuditFilter,
): Promise<AuditRecord[]> {
  const rows = await sql<{ seq: number; entry: string }>`
    select seq, entry from platform.audit
    where tenant = ${tenant} and seq < ${before ?? Number.MAX_SAFE_INTEGER} and action like ${`${action.replace(/[\\%_]/g, '\\$&')}%`}
      and at >= ${since} and (${until ?? null}::text is null or at < ${until ?? null})
      and (${actors === undefined} or entry::jsonb ->> 'actor' = any (${[...(actors ?? [])]}::text[]))
      and (${things === undefined && named === undefined} or entry::jsonb ->> 'thing' = any (${[...(things ?? [])]}::text[])
        or entry::jsonb #>> '{details,name}' ilike ${named ?? null}::text
        or entry::jsonb #>> '{details,reference}' ilike ${named ?? null}::text)
    order by seq desc limit ${Math.min(limit, 500)}`;
  return rows.map((row) => ({ details: {}, ...JSON.parse(row.entry), seq: row.seq }));
}
