import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import { Failure } from '#platform/errors';
import { say } from '#platform/words';
import type { Scan } from './rules.ts';
import { readScans } from './store.ts';

/** What is known of a content of the actor's tenant; null when it was never handed in here. */
export async function scanOf(ctx: Context, blob: string): Promise<Scan | null> {
  return (await scansOf(ctx, [blob])).get(blob) ?? null;
}

/** What is known of several contents, by blob; those never handed in are absent. */
export async function scansOf(ctx: Context, blobs: readonly string[]): Promise<ReadonlyMap<string, Scan>> {
  if (blobs.length === 0) return new Map();
  const { tenant } = ctx.actor;
  const scans = await readScans(ctx.platform.db.read(tenant), tenant, blobs);
  return new Map(scans.map((scan) => [scan.blob, scan]));
}

/** Which of some blobs were handed in here and not forgotten: whoever handed them in still needs them. */
export async function handedInAmong(ctx: Context, blobs: readonly string[]): Promise<ReadonlySet<string>> {
  return new Set((await scansOf(ctx, blobs)).keys());
}

/** The code of the sentence that says how it stands. */
const codeOf = ({ state, obstacle }: Pick<Scan, 'state' | 'obstacle'>) =>
  obstacle === null ? `scanning.is.${state}` : `scanning.is.${obstacle}`;

/** One sentence in the language of who asks: how it stands with a content, and what to do. Null: it was never handed in. */
export function describeScan(ctx: Context, scan: Scan | null): string {
  const known = scan ?? { state: 'waiting' as const, obstacle: null, malware: null };
  return say(ctx.platform.words, ctx.locale, codeOf(known), { malware: known.malware ?? '' });
}

export type Reading = {
  /** The reader was told that nobody could look into it, and wants it all the same; noted in the audit trail. */
  readonly atOwnRisk?: boolean;
};

/**
 * Resolves when a content may be handed out. Throws `conflict`: `scanning.is.waiting` as long as nobody has looked (also for one that
 * was never handed in here), `scanning.is.<obstacle>` for one nobody could look into, unless the reader takes that upon themselves;
 * `forbidden` `scanning.is.infected`, whatever the reader wants.
 */
export async function assertReadable(ctx: Context, blob: string, { atOwnRisk = false }: Reading = {}): Promise<void> {
  const scan = await scanOf(ctx, blob);
  if (scan?.state === 'clean') return;
  const known = scan ?? { state: 'waiting' as const, obstacle: null };
  if (known.state === 'infected') throw new Failure('forbidden', codeOf(known), { malware: scan?.malware ?? '' });
  if (known.state === 'waiting' || !atOwnRisk) throw new Failure('conflict', codeOf(known));
  const details = { obstacle: known.obstacle, reference: scan?.reference };
  await ctx.platform.db.write(ctx.actor.tenant, (tx) =>
    audit(tx, ctx, [{ action: 'scanning.readAtOwnRisk', thing: `blob:${blob}`, details }]),
  );
}
