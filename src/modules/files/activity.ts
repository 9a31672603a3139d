import { namesOf } from '#modules/accounts';
import { type AuditRecord, listAudit } from '#platform/audit';
import type { Context } from '#platform/context';
import { type Located, personOf } from './access.ts';
import { locateAmong } from './search.ts';

/** What people did with files, as those who may see the files are told. */
const deedKinds = ['created', 'changed', 'moved', 'deleted', 'restored', 'commented'] as const;
export type DeedKind = (typeof deedKinds)[number];

export type Deed = {
  /** Position in the tenant's audit trail. */
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly kind: DeedKind;
  /** Who did it; empty for the house itself. */
  readonly by: string;
  readonly isOwn: boolean;
  readonly entry: Located;
};

const kinds: Readonly<Record<string, DeedKind>> = {
  'files.create': 'created',
  'files.createFolder': 'created',
  'files.copy': 'created',
  'files.write': 'changed',
  'files.restoreVersion': 'changed',
  'files.move': 'moved',
  'files.trash': 'deleted',
  'files.restore': 'restored',
  'files.comment': 'commented',
};

/** Entries of the trail that are read at once, and how often at most for one answer. */
const reading = { step: 500, rounds: 4 };

const nodeOf = ({ thing }: AuditRecord) => Number(/^node:(\d{1,15})$/.exec(thing)?.[1] ?? 0);
const accountOf = ({ actor }: AuditRecord) => Number(/^account:(\d{1,15})$/.exec(actor)?.[1] ?? 0);

export type ActivityQuery = {
  /** Deeds before this position. */
  readonly before?: number | undefined;
  /** Only what was done to this node. */
  readonly node?: number | undefined;
  /** Only what others (false) or the person themselves (true) did. */
  readonly isOwn?: boolean | undefined;
  readonly limit: number;
};

/**
 * What was done lately, newest first, to files the person may see now; also to those in the trash. Read from the audit trail, so
 * that there is no second history: a bounded stretch of it for each answer, `last` is where to go on.
 */
export async function listActivity(
  ctx: Context,
  { before, node, isOwn, limit }: ActivityQuery,
): Promise<{ deeds: Deed[]; last: number | null }> {
  const { tenant, account } = personOf(ctx);
  const deeds: Deed[] = [];
  let position = before;
  for (let round = 0; round < reading.rounds && deeds.length < limit; round += 1) {
    const filter = { action: 'files.', limit: reading.step, ...(position === undefined ? {} : { before: position }) };
    const records = await listAudit(ctx.platform.db.read(tenant), tenant, filter);
    const wanted = records.filter((record) => {
      if (!(record.action in kinds) || (node !== undefined && nodeOf(record) !== node)) return false;
      return isOwn === undefined || (accountOf(record) === account) === isOwn;
    });
    deeds.push(...(await asDeeds(ctx, wanted)));
    if (records.length < reading.step) return { deeds: deeds.slice(0, limit), last: deeds[limit - 1]?.seq ?? null };
    position = records.at(-1)?.seq;
  }
  return { deeds: deeds.slice(0, limit), last: deeds[limit - 1]?.seq ?? position ?? null };
}

async function asDeeds(ctx: Context, records: readonly AuditRecord[]): Promise<Deed[]> {
  const found = await locateAmong(ctx, records.map(nodeOf), { withTrash: true });
  const entries = new Map(found.map((entry) => [entry.node.id, entry]));
  const names = await namesOf(ctx, [...new Set(records.map(accountOf))]);
  const { account } = personOf(ctx);
  return records.flatMap((record) => {
    const entry = entries.get(nodeOf(record));
    const kind = kinds[record.action];
    if (!entry || !kind) return [];
    const by = names.get(accountOf(record)) ?? '';
    return [{ seq: record.seq, at: Date.parse(record.at), kind, by, isOwn: accountOf(record) === account, entry }];
  });
}
