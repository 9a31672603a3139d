import { audit } from '#platform/audit';
import { authorizer } from '#platform/authorize';
import type { Context } from '#platform/context';
import { ensure } from '#platform/errors';
import { type Run, type RunOptions, runImport } from './run.ts';
import type { Source } from './source.ts';
import type { ObjectRow, Transfer } from './store.ts';
import * as store from './store.ts';
import { type Counts, Tally } from './tally.ts';
import { openTarget, type Target, type TargetInput } from './target.ts';

/** Migration is the business of whoever runs the machine: it reads and writes in other people's names. */
export const authorize = authorizer({
  see: (actor) => actor.kind === 'system',
  may: { migrate: (actor) => actor.kind === 'system' },
});

export type ImportInput = {
  readonly source: Source;
  readonly target: Omit<TargetInput, 'dryRun'>;
  readonly options: RunOptions;
  /** Hears of every object as it is dealt with. */
  readonly told?: (row: ObjectRow) => void;
};

export type ImportResult = {
  /** Null in a dry run of something never imported. */
  readonly transfer: number | null;
  readonly tenant: number;
  /** 0 in a dry run. */
  readonly run: number;
  readonly counts: Counts;
};

/**
 * Brings what a source has into a folder: everything the first time, afterwards what is new or changed. Broken off at any
 * point, the next call goes on. Content that is here and did not come from this source is never replaced unless
 * `overwrite` says so, and then it becomes a version. A dry run changes nothing (the person's own space is made on first sight).
 * Throws `notFound` and `conflict` for the target, also while another import into this folder is running; what is wrong with single
 * objects is their verdict.
 */
export async function importFrom(
  ctx: Context,
  { source, target: input, options, told = () => {} }: ImportInput,
): Promise<ImportResult> {
  authorize(ctx.actor, 'migrate', null);
  const target = await openTarget(ctx, { ...input, dryRun: options.dryRun });
  if (options.dryRun) return tryOut(target, { source, options, told });
  ensure(target.entry, 'notFound', 'platform.notFound');
  const { tenant } = target.as.actor;
  // Two at once would not harm a file, but each would take the other one's for somebody else's work, and report it.
  const name = `migration.import ${tenant} ${target.entry.node.id}`;
  return ctx.platform.db.alone(name, 'migration.running', () => bringIn(ctx, target, { source, options, told }));
}

type Bringing = { readonly source: Source; readonly options: RunOptions; readonly told: (row: ObjectRow) => void };

async function bringIn(ctx: Context, target: Target, { source, options, told }: Bringing): Promise<ImportResult> {
  const { as, entry } = target;
  const { tenant } = as.actor;
  const begun = await begin(ctx, target, source, 'import');
  const tally = new Tally(as, begun.transfer, told);
  const run: Run = { as, source, transfer: begun.transfer, number: begun.run, options, tally, unseen: [], silences: 0 };
  await runImport(run, entry);
  await end(ctx, tenant, begun, { ...tally.counts, unseen: run.unseen.length });
  return { ...begun, tenant, counts: tally.counts };
}

async function tryOut({ as, entry }: Target, { source, options, told }: Bringing): Promise<ImportResult> {
  const { tenant } = as.actor;
  const known = entry && (await store.findTransfer(as.platform.db.read(tenant), tenant, entry.node.id, source.label));
  const tally = new Tally(as, null, told);
  await runImport({ as, source, transfer: known?.id ?? null, number: 0, options, tally, unseen: [], silences: 0 }, entry);
  return { transfer: known?.id ?? null, tenant, run: 0, counts: tally.counts };
}

export type Begun = { readonly transfer: number; readonly run: number };

/** Notes that a run begins, in the trail too: the files' own entries name the person they were brought for. */
export async function begin(ctx: Context, { as, entry }: Target, source: Source, kind: 'import' | 'check'): Promise<Begun> {
  ensure(entry, 'notFound', 'platform.notFound');
  ensure(as.actor.kind === 'account', 'unauthenticated', 'platform.signInFirst');
  const { tenant, account } = as.actor;
  const now = ctx.platform.clock.now();
  const wanted = { kind: source.kind, source: source.label, space: entry.space.id, folder: entry.node.id, account };
  return ctx.platform.db.write(tenant, async (tx) => {
    const transfer = await store.ensureTransfer(tx, tenant, wanted, now);
    const run = await store.insertRun(tx, tenant, { transfer: transfer.id, kind, now });
    const details = { run, source: source.label, kind: source.kind, space: entry.space.id, folder: entry.node.id, account };
    await audit(tx, ctx, [{ action: `migration.${kind}`, thing: `transfer:${transfer.id}`, details }]);
    return { transfer: transfer.id, run };
  });
}

/** Notes how a run ended. */
export async function end(ctx: Context, tenant: number, { transfer, run }: Begun, summary: object): Promise<void> {
  await ctx.platform.db.write(tenant, async (tx) => {
    await store.finishRun(tx, tenant, run, { summary, now: ctx.platform.clock.now() });
    await audit(tx, ctx, [{ action: 'migration.end', thing: `transfer:${transfer}`, details: { run, ...summary } }]);
  });
}

export type TransferView = Transfer & { readonly runs: readonly store.RunRow[] };

/** What came from where in a tenant, with every run. */
export async function listTransfers(ctx: Context, tenant: number): Promise<TransferView[]> {
  authorize(ctx.actor, 'migrate', null);
  const sql = ctx.platform.db.read(tenant);
  const transfers = await store.readTransfers(sql, tenant);
  return Promise.all(transfers.map(async (transfer) => ({ ...transfer, runs: await store.readRuns(sql, tenant, transfer.id) })));
}

const pageOfObjects = 1_000;

/** Every object of a transfer with its last verdict, in pages. */
export async function* listObjects(
  ctx: Context,
  { tenant, transfer }: { tenant: number; transfer: number },
): AsyncGenerator<ObjectRow[]> {
  authorize(ctx.actor, 'migrate', null);
  for (let after: ObjectRow | null = null; ; ) {
    const page: ObjectRow[] = await store.readObjects(ctx.platform.db.read(tenant), tenant, transfer, {
      after,
      limit: pageOfObjects,
    });
    yield page;
    if (page.length < pageOfObjects) return;
    after = page.at(-1) as ObjectRow;
  }
}
