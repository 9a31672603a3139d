import { type AuditEntry, auditTexts } from '#platform/audit';
import type { Context } from '#platform/context';
import type { Tx } from '#platform/db';
import { Failure } from '#platform/errors';
import { type EventType, emit } from '#platform/events';
import { spaceChanged } from './events.ts';
import type { Space } from './node.ts';
import { policyOf } from './policy.ts';
import { freeBytes } from './rules.ts';
import { writeBooks } from './store/change.ts';
import { lockSpaces } from './store/spaces.ts';

type Ledger = { readonly space: Space; seq: number; used: number };

/**
 * One transaction that changes spaces: holds their locks, hands out the numbers of changes, remembers which folders to stamp,
 * and writes the books at the end: stamps, numbers, bytes, events, audit, in this order in every transaction.
 */
export class Change {
  readonly tx: Tx;
  readonly tenant: number;
  readonly now: Date;
  readonly #tenantQuota: number | null;
  readonly #ledgers: ReadonlyMap<number, Ledger>;
  readonly #touches = new Map<number, { seq: number; bytes: number }>();
  readonly #audit: { ctx: Context; entry: AuditEntry }[] = [];
  readonly #news: (() => Promise<void>)[] = [];
  readonly #sent: Promise<unknown>[] = [];
  readonly #nodes = new Map<number, number[]>();

  constructor(tx: Tx, ctx: Context, spaces: readonly Space[], tenantQuota: number | null) {
    this.tx = tx;
    this.tenant = ctx.actor.tenant;
    this.now = ctx.platform.clock.now();
    this.#tenantQuota = tenantQuota;
    this.#ledgers = new Map(spaces.map((space) => [space.id, { space, seq: space.seq, used: space.used }]));
  }

  /** The space as it was when its lock was taken. Throws `conflict` when the caller did not lock it. */
  space(id: number): Space {
    return this.#ledger(id).space;
  }

  /** The number of the next change of a space. */
  next(space: number): number {
    const ledger = this.#ledger(space);
    ledger.seq += 1;
    return ledger.seq;
  }

  #ledger(id: number): Ledger {
    const ledger = this.#ledgers.get(id);
    // The tree moved between the look and the lock: the caller's request is still right, so it is asked to repeat it.
    if (!ledger) throw new Failure('conflict', 'files.movedMeanwhile');
    return ledger;
  }

  /** Something changed in this folder: it and all above get the number; their sizes grow by so many bytes. */
  touch(folder: number, seq: number, bytes: number): void {
    const known = this.#touches.get(folder);
    this.#touches.set(folder, { seq: Math.max(seq, known?.seq ?? 0), bytes: bytes + (known?.bytes ?? 0) });
  }

  /** The space now keeps so many bytes more (or less). Throws `quotaExceeded` when they do not fit. */
  charge(space: number, bytes: number): void {
    const ledger = this.#ledger(space);
    const free = freeBytes([{ used: ledger.used, quota: ledger.space.quota }]);
    if (bytes > 0 && free !== null && bytes > free) throw new Failure('quotaExceeded', 'files.spaceFull', { free });
    ledger.used += bytes;
  }

  /** A node of a space is not what it was: whoever is connected hears of it after the commit. */
  changed(space: number, node: number): void {
    this.#nodes.set(space, [...(this.#nodes.get(space) ?? []), node]);
  }

  /** Tells those who are connected; called after the commit. */
  signal(ctx: Context): void {
    for (const [about, ids] of this.#nodes) ctx.platform.signals.send({ topic: spaceChanged, tenant: this.tenant, about, ids });
  }

  /** Statements that are under way and need not be waited for: they travel together with the books. */
  send(...work: readonly Promise<unknown>[]): void {
    for (const each of work) each.catch(() => {}); // reported when the books are written
    this.#sent.push(...work);
  }

  audit(ctx: Context, entry: AuditEntry): void {
    this.#audit.push({ ctx, entry });
  }

  emit<Payload extends object>(ctx: Context, event: EventType<Payload>, payload: Payload): void {
    this.#news.push(() => emit(this.tx, ctx, event, payload));
  }

  /** Writes the books. */
  async finish(): Promise<void> {
    const { tx, tenant } = this;
    const ledgers = [...this.#ledgers.values()];
    const changed = ledgers.filter(({ space, seq, used }) => seq !== space.seq || used !== space.used);
    const growth = changed.reduce((sum, { space, used }) => sum + used - space.used, 0);
    const touches = [...this.#touches].map(([folder, touch]) => ({ folder, ...touch }));
    const spaces = changed.map(({ space, seq, used }) => ({ id: space.id, seq, used }));
    const audit = auditTexts(this.#audit);
    const [fits] = await Promise.all([
      writeBooks(tx, tenant, { touches, spaces, growth, quota: this.#tenantQuota, audit }),
      ...this.#news.map((tell) => tell()),
      ...this.#sent,
    ]);
    if (!fits) throw new Failure('quotaExceeded', 'files.tenantFull');
  }
}

/** Runs a change of the given spaces in one transaction. All statements of `work` go through its transaction. */
export async function changeSpaces<T>(ctx: Context, spaces: readonly number[], work: (change: Change) => Promise<T>): Promise<T> {
  const { quota } = await policyOf(ctx.platform, ctx.actor.tenant);
  const { change, result } = await ctx.platform.db.write(ctx.actor.tenant, async (tx) => {
    const made = new Change(tx, ctx, await lockSpaces(tx, ctx.actor.tenant, [...new Set(spaces)]), quota);
    const done = await work(made);
    await made.finish();
    return { change: made, result: done };
  });
  change.signal(ctx);
  return result;
}
