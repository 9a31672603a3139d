import { storedBytes } from '#platform/blob-format';
import { blobIdOf, type StoredEntry, shardOf } from '#platform/blobs';
import type { Context } from '#platform/context';
import type { Tx } from '#platform/db';
import { asFailure } from '#platform/errors';
import { keptAmong } from '#platform/keepers';
import { readReferenced } from './store/care.ts';
import { type RefRow, readDamage, stillReferenced, streamRefs } from './store/check.ts';

/** Limits of the comparison of books and store. */
const limits = {
  page: 5_000,
  /** Blobs that are read at once with `isDeep`. */
  readers: 4,
  /** The weekly sweep removes what is older than two days: what is older than this, it has overlooked. */
  staleDays: 10,
};

export type BlobCounts = {
  /** Distinct blobs something refers to. */
  blobs: number;
  /** Objects nobody refers to; not a problem, the weekly sweep removes them. */
  orphans: number;
  orphanBytes: number;
  /** Objects that are being written, or whose writing broke off. */
  unfinished: number;
};

type Report = (thing: string, problem: string) => void;

/** All that is referred to of one blob: usually one name, for an upload one for each part. */
type Wanted = { readonly id: string; readonly refs: ReadonlyMap<string, RefRow> };
/** All that is stored of one blob: itself, its parts, unfinished ones. */
type Stored = { readonly id: string; readonly entries: ReadonlyMap<string, StoredEntry> };

const positionOf = (id: string) => `${shardOf(id)} ${id}`;

/**
 * Walks over what the books refer to and what the store has, side by side in the same order, so that memory stays flat.
 * What does not fit is asked for once more: it may have been given up since the books' moment (rows go before bytes).
 * @param tx the moment the books are read at; the store is listed later, so a younger blob is no problem
 */
export async function checkBlobs(ctx: Context, tx: Tx, isDeep: boolean, report: Report): Promise<BlobCounts> {
  const comparison = new Comparison(ctx, isDeep, report);
  const wanted = wantedBlobs(tx, ctx.actor.tenant, report);
  const stored = storedBlobs(ctx);
  let [a, b] = [await wanted.next(), await stored.next()];
  while (!a.done || !b.done) {
    const [left, right] = [a.done ? null : positionOf(a.value.id), b.done ? null : positionOf(b.value.id)];
    const takesLeft = left !== null && (right === null || left <= right);
    const takesRight = right !== null && (left === null || right <= left);
    await comparison.compare(takesLeft && !a.done ? a.value : null, takesRight && !b.done ? b.value : null);
    if (takesLeft) a = await wanted.next();
    if (takesRight) b = await stored.next();
  }
  await comparison.lookAtDamage(await readDamage(tx, ctx.actor.tenant, limits.page));
  return comparison.finish();
}

/** References gathered by blob. Two references to one name must agree on what it contains. */
async function* wantedBlobs(tx: Tx, tenant: number, report: Report): AsyncGenerator<Wanted> {
  let id = '';
  let refs = new Map<string, RefRow>();
  for await (const rows of streamRefs(tx, tenant, limits.page)) {
    for (const row of rows) {
      if (blobIdOf(row.blob) !== id) {
        if (refs.size > 0) yield { id, refs };
        id = blobIdOf(row.blob);
        refs = new Map();
      }
      const known = refs.get(row.blob);
      if (!known) refs.set(row.blob, row);
      else if (known.size !== row.size || known.sha256 !== row.sha256)
        report(`blob:${row.blob}`, `${known.thing} and ${row.thing} disagree on its size or hash`);
    }
  }
  if (refs.size > 0) yield { id, refs };
}

async function* storedBlobs(ctx: Context): AsyncGenerator<Stored> {
  let id = '';
  let entries = new Map<string, StoredEntry>();
  for await (const entry of ctx.platform.blobs.list(ctx.actor.tenant)) {
    if (blobIdOf(entry.name) !== id) {
      if (entries.size > 0) yield { id, entries };
      id = blobIdOf(entry.name);
      entries = new Map();
    }
    entries.set(entry.name, entry);
  }
  if (entries.size > 0) yield { id, entries };
}

class Comparison {
  readonly #ctx: Context;
  readonly #isDeep: boolean;
  readonly #stale: number;
  readonly #counts: BlobCounts = { blobs: 0, orphans: 0, orphanBytes: 0, unfinished: 0 };
  /** What does not fit, by stored name. */
  #suspects = new Map<string, string>();
  readonly #overlooked: string[] = [];
  #unclaimed: Stored[] = [];
  readonly #reading = new Set<Promise<void>>();
  readonly #failures: unknown[] = [];

  readonly #report: Report;

  constructor(ctx: Context, isDeep: boolean, report: Report) {
    this.#ctx = ctx;
    this.#isDeep = isDeep;
    this.#report = report;
    this.#stale = ctx.platform.clock.now().getTime() - limits.staleDays * 86_400_000;
  }

  async compare(wanted: Wanted | null, stored: Stored | null): Promise<void> {
    for (const entry of stored?.entries.values() ?? []) if (entry.isPartial) this.#noteUnfinished(entry);
    if (wanted === null && stored !== null) return this.#noteUnclaimed(stored);
    for (const ref of wanted?.refs.values() ?? []) {
      this.#counts.blobs += 1;
      const problem = await this.#judge(ref, stored?.entries ?? new Map());
      if (problem) this.#suspects.set(ref.blob, `${ref.thing}: ${problem}`);
      else if (this.#isDeep) await this.#readLater(ref);
    }
    if (this.#suspects.size >= limits.page) await this.#settleSuspects();
  }

  /** Whether what is stored under a name has the size it was referred to with. */
  async #judge(ref: RefRow, entries: ReadonlyMap<string, StoredEntry>): Promise<string | null> {
    const entry = entries.get(ref.blob);
    if (!entry) return 'its bytes are missing';
    const isComposed = ref.blob === blobIdOf(ref.blob) && [...entries.keys()].some((name) => /\.\d+$/.test(name));
    if (isComposed) return this.#judgeParts(ref, entries);
    return entry.size === storedBytes(ref.size)
      ? null
      : `its bytes have another size (${entry.size} instead of ${storedBytes(ref.size)})`;
  }

  async #judgeParts(ref: RefRow, entries: ReadonlyMap<string, StoredEntry>): Promise<string | null> {
    try {
      const parts = (await this.#ctx.platform.blobs.parts(this.#ctx.actor.tenant, ref.blob)) ?? [];
      if (parts.reduce((sum, part) => sum + part.size, 0) !== ref.size) return 'its parts have another size together';
      const wrong = parts.find(({ index, size }) => entries.get(`${ref.blob}.${index}`)?.size !== storedBytes(size));
      return wrong ? `its part ${wrong.index} is missing or has another size` : null;
    } catch (error) {
      return whatIsDamaged(error);
    }
  }

  async #readLater(ref: RefRow): Promise<void> {
    while (this.#reading.size >= limits.readers) await Promise.race(this.#reading);
    const reading = this.#read(ref)
      .catch((error: unknown) => {
        this.#failures.push(error); // thrown in finish: what could not be read was not found to be right
      })
      .finally(() => this.#reading.delete(reading));
    this.#reading.add(reading);
  }

  async #read(ref: Pick<RefRow, 'blob' | 'sha256' | 'thing'>): Promise<void> {
    try {
      const { sha256 } = await this.#ctx.platform.blobs.verify(this.#ctx.actor.tenant, ref.blob);
      if (ref.sha256 !== '' && sha256 !== ref.sha256) this.#suspects.set(ref.blob, `${ref.thing}: its bytes have another hash`);
    } catch (error) {
      this.#suspects.set(ref.blob, `${ref.thing}: ${whatIsDamaged(error)}`);
    }
  }

  /** What the nightly reading found is read again: it may have been put right. */
  async lookAtDamage(damage: readonly { blob: string; found_at: Date }[]): Promise<void> {
    for (const { blob, found_at } of damage)
      await this.#read({
        blob,
        sha256: '',
        thing: `found damaged by the nightly reading on ${found_at.toISOString().slice(0, 10)}`,
      });
  }

  #noteUnfinished(entry: StoredEntry): void {
    this.#counts.unfinished += 1;
    if (entry.modified.getTime() < this.#stale) this.#overlooked.push(entry.name);
  }

  async #noteUnclaimed(stored: Stored): Promise<void> {
    this.#unclaimed.push(stored);
    if (this.#unclaimed.length >= limits.page) await this.#settleUnclaimed();
  }

  /** Objects the books' moment does not know: younger than it, waiting for their removal, or orphans. */
  async #settleUnclaimed(): Promise<void> {
    const group = this.#unclaimed;
    this.#unclaimed = [];
    const sql = this.#ctx.platform.db.read(this.#ctx.actor.tenant);
    const ids = group.map(({ id }) => id);
    const referenced = group.length === 0 ? new Set() : await readReferenced(sql, this.#ctx.actor.tenant, ids);
    const kept = await keptAmong(this.#ctx, ids);
    const whole = group.filter(({ id }) => !referenced.has(id) && !kept.has(id)).flatMap(({ entries }) => [...entries.values()]);
    for (const entry of whole.filter(({ isPartial }) => !isPartial)) {
      this.#counts.orphans += 1;
      this.#counts.orphanBytes += entry.size;
      if (entry.modified.getTime() < this.#stale) this.#overlooked.push(entry.name);
    }
  }

  async #settleSuspects(): Promise<void> {
    const suspects = this.#suspects;
    this.#suspects = new Map();
    const { tenant } = this.#ctx.actor;
    const still = await stillReferenced(this.#ctx.platform.db.read(tenant), tenant, [...suspects.keys()]);
    for (const [name, problem] of suspects) if (still.has(name)) this.#report(`blob:${name}`, problem);
  }

  async finish(): Promise<BlobCounts> {
    await Promise.all(this.#reading);
    if (this.#failures.length > 0) throw this.#failures[0];
    await this.#settleUnclaimed();
    await this.#settleSuspects();
    const why = `nobody refers to it, and the weekly sweep has not removed it for ${limits.staleDays} days`;
    for (const name of this.#overlooked) this.#report(`blob:${name}`, why);
    return this.#counts;
  }
}

/** Says what is damaged; anything else (the store is away) ends the check, because nothing true could be said. */
function whatIsDamaged(error: unknown): string {
  const failure = asFailure(error);
  if (failure.kind !== 'damaged') throw error;
  return `its bytes are damaged (${failure.cause instanceof Error ? failure.cause.message : failure.code})`;
}
