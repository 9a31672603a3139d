import { createHash, type Hash } from 'node:crypto';
import { type Entry, locate, type Node, nameKey, openContent, streamChildren } from '#modules/files';
import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import { ensure } from '#platform/errors';
import { eachLimited } from './many.ts';
import type { Known } from './rules.ts';
import { placeOf } from './run.ts';
import type { Source, SourceItem } from './source.ts';
import { readKnown } from './store.ts';
import { hashOf } from './take.ts';
import { openTarget, type TargetInput } from './target.ts';
import { authorize, begin, end } from './transfer.ts';

/** Something that is not here as it is at the source. */
export type Difference = {
  readonly path: string;
  readonly what: 'missing' | 'differs' | 'unreadable' | 'notTaken';
  readonly note: string;
};

export type Reconciliation = {
  readonly transfer: number;
  readonly run: number;
  readonly tenant: number;
  readonly source: { readonly files: number; readonly folders: number; readonly bytes: number; readonly digest: string };
  readonly target: { readonly files: number; readonly folders: number; readonly bytes: number; readonly digest: string };
  /** Here and not from the source. */
  readonly extra: number;
  readonly differences: number;
  /** The first of them, see {@link keptDifferences}. */
  readonly examples: readonly Difference[];
  readonly isComplete: boolean;
  /** Who signed it off; null: nobody, or it is not complete. */
  readonly signedBy: string | null;
};

/** Differences that are kept in the summary. */
const keptDifferences = 1_000;

export type ReconcileInput = {
  readonly source: Source;
  readonly target: Omit<TargetInput, 'dryRun' | 'makesSpace'>;
  /** Reads every byte back from our store as well, not only the hash it had when it was stored. */
  readonly readsBack: boolean;
  /** Whoever answers for it, by name; kept with the summary in the audit trail when everything is here. */
  readonly signedBy: string | null;
  readonly told?: (difference: Difference) => void;
};

type Side = { files: number; folders: number; bytes: number; readonly hash: Hash };

/** A check under way. The digests are over lines `sha256 size path`, in the order of the walk, the same on both sides. */
type Check = {
  readonly as: Context;
  readonly source: Source;
  readonly transfer: number;
  readonly readsBack: boolean;
  readonly here: Side;
  readonly there: Side;
  extra: number;
  differ(difference: Difference): void;
};

const side = (): Side => ({ files: 0, folders: 0, bytes: 0, hash: createHash('sha256') });
const closed = ({ hash, ...numbers }: Side) => ({ ...numbers, digest: hash.digest('hex') });

/**
 * Compares everything the source has now with what is here: counts, bytes, and the hash of every file, from the source where it
 * gives one we have too, otherwise by reading it again. Changes nothing here.
 */
export async function reconcile(ctx: Context, input: ReconcileInput): Promise<Reconciliation> {
  authorize(ctx.actor, 'migrate', null);
  const { source, told = () => {}, signedBy } = input;
  const target = await openTarget(ctx, { ...input.target, makesSpace: false, dryRun: true });
  const { as, entry } = target;
  ensure(entry, 'notFound', 'migration.nothingHere', { source: source.label });
  const begun = await begin(ctx, target, source, 'check');
  const examples: Difference[] = [];
  let differences = 0;
  const differ = (difference: Difference) => {
    differences += 1;
    if (examples.length < keptDifferences) examples.push(difference);
    told(difference);
  };
  const check: Check = {
    as,
    source,
    transfer: begun.transfer,
    readsBack: input.readsBack,
    differ,
    here: side(),
    there: side(),
    extra: 0,
  };
  await compareFolder(check, source.top, entry);
  const isComplete = differences === 0;
  const found = { source: closed(check.there), target: closed(check.here), extra: check.extra, differences, isComplete };
  const signed = { ...found, signedBy: isComplete ? signedBy : null };
  await end(ctx, as.actor.tenant, begun, { ...signed, examples });
  if (signed.signedBy !== null) await sign(ctx, as.actor.tenant, { ...begun, ...signed });
  return { ...begun, tenant: as.actor.tenant, ...signed, examples };
}

async function sign(ctx: Context, tenant: number, { transfer, ...summary }: { transfer: number }): Promise<void> {
  await ctx.platform.db.write(tenant, (tx) =>
    audit(tx, ctx, [{ action: 'migration.signOff', thing: `transfer:${transfer}`, details: summary }]),
  );
}

async function compareFolder(check: Check, folder: SourceItem, entry: Entry | null): Promise<void> {
  const items = await listOrDiffer(check, folder);
  if (items === null) return;
  const { tenant } = check.as.actor;
  const rows = await readKnown(check.as.platform.db.read(tenant), tenant, check.transfer, placeOf(folder.path));
  const known = new Map(rows.map((row) => [row.name, row]));
  const children = new Map<string, Node>();
  if (entry)
    for await (const page of streamChildren(check.as, entry)) for (const node of page) children.set(nameKey(node.name), node);
  const pairs = items.map((item) => {
    const row = known.get(item.name) ?? null;
    const key = nameKey(row?.targetName ?? item.name);
    const node = children.get(key) ?? null;
    children.delete(key);
    return { item, row, node };
  });
  check.extra += children.size;
  const files = pairs.filter(({ item }) => !item.isFolder);
  const lines = await eachLimited(files, check.source.parallel, (pair) => compareFile(check, pair));
  for (const line of lines) count(check, line);
  for (const { item, row, node } of pairs.filter((pair) => pair.item.isFolder)) {
    check.there.folders += 1;
    if (node?.isFolder) check.here.folders += 1;
    else check.differ(node ? differs(item, 'fileHere') : missing(item, row));
    await compareFolder(check, item, node?.isFolder && entry ? { ...entry, node, isRoot: false } : null);
  }
}

async function listOrDiffer(check: Check, folder: SourceItem): Promise<SourceItem[] | null> {
  try {
    return await check.source.list(folder);
  } catch (error) {
    check.differ({ path: folder.path, what: 'unreadable', note: (error as Error).message });
    return null;
  }
}

type Pair = { readonly item: SourceItem; readonly row: Known | null; readonly node: Node | null };

const differs = ({ path }: SourceItem, note: string): Difference => ({ path, what: 'differs', note });
const missing = ({ path }: SourceItem, row: Known | null): Difference => ({
  path,
  what: row && row.node === null ? 'notTaken' : 'missing',
  note: row?.note ?? (row ? '' : 'new'),
});

/** What both sides say of a file: hash and size, null where it is not. */
type Lines = { readonly item: SourceItem; readonly there: string | null; readonly here: { sha256: string; size: number } | null };

async function compareFile(check: Check, { item, row, node }: Pair): Promise<Lines> {
  if (item.obstacle !== null || !node || node.isFolder) {
    check.differ(node ? differs(item, 'folderHere') : missing(item, row));
    return { item, there: null, here: null };
  }
  try {
    const sha256 = check.readsBack ? await hashHere(check.as, node) : (node.sha256 as string);
    const isVouched = item.hash !== null && node[item.hash.algorithm] === item.hash.hex && item.size === node.size;
    const there = isVouched ? (node.sha256 as string) : await hashOf(check.source, item);
    if (there !== sha256) check.differ(differs(item, row && row.sha256 !== node.sha256 ? 'changedHere' : 'changedThere'));
    return { item, there, here: { sha256, size: node.size } };
  } catch (error) {
    check.differ({ path: item.path, what: 'unreadable', note: (error as Error).message });
    return { item, there: null, here: null };
  }
}

function count({ there, here }: Check, lines: Lines): void {
  there.files += 1;
  there.bytes += lines.item.size;
  there.hash.update(`${lines.there ?? '-'} ${lines.item.size} ${lines.item.path}\n`);
  if (!lines.here) return;
  here.files += 1;
  here.bytes += lines.here.size;
  here.hash.update(`${lines.here.sha256} ${lines.here.size} ${lines.item.path}\n`);
}

async function hashHere(as: Context, node: Node): Promise<string> {
  const content = await openContent(as, await locate(as, node.id));
  const hash = createHash('sha256');
  try {
    for await (const piece of content.read(0, content.size)) hash.update(piece);
  } finally {
    await content.close();
  }
  return hash.digest('hex');
}
