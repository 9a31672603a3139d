import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import { asFailure, ensure, type Params } from '#platform/errors';
import { checkWritable, createEntry, findEntry, getEntry, saveDraft } from './entry.ts';
import { openXmlReader } from './exchange-xml.ts';
import { authorize } from './gate.ts';
import { compare, entryKinds } from './rules-content.ts';
import {
  type Exchanged,
  exchangeLimits,
  fromElements,
  readJson,
  writeJson,
  writeXml,
  type XmlElement,
} from './rules-exchange.ts';
import { readPublishedRows } from './store/entries.ts';

const pageSize = 500;

/** Everything a tenant has published, as JSON or XML: what it leaves with. */
export async function exportEntries(ctx: Context, as: 'json' | 'xml', tenant = ctx.actor.tenant): Promise<string> {
  authorize(ctx.actor, 'read', { tenant });
  const sql = ctx.platform.db.read(tenant);
  const all: Exchanged[] = [];
  for (const kind of entryKinds) {
    for (let after = 0; ; ) {
      const rows = await readPublishedRows(sql, tenant, { kind, after, limit: pageSize });
      all.push(...rows.map(({ key, content }) => ({ kind, key, content })));
      const last = rows.at(-1);
      if (!last) break;
      after = last.id;
    }
  }
  return as === 'json' ? writeJson(all) : writeXml(all, ctx.platform.clock.now());
}

export type ImportVerdict = {
  readonly kind: string;
  readonly key: string;
  readonly verdict: 'created' | 'changed' | 'unchanged' | 'refused';
  /** The sentence that says why it was refused. */
  readonly reason: { readonly code: string; readonly params: Params } | null;
};

/**
 * Takes entries from a file as drafts: nothing is published without a second pair of eyes. With `dryRun` nothing is written. A
 * refused entry does not stop the others. Throws `invalid` for what is no such file.
 */
export async function importEntries(
  ctx: Context,
  input: { readonly text: string; readonly dryRun: boolean },
): Promise<ImportVerdict[]> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'write', { tenant });
  const entries = input.text.trimStart().startsWith('<') ? fromElements(readXml(input.text)) : readJson(input.text);
  const verdicts: ImportVerdict[] = [];
  for (const entry of entries) verdicts.push(await takeOver(ctx, entry, input.dryRun));
  const details = { entries: entries.length };
  if (!input.dryRun)
    await ctx.platform.db.write(tenant, (tx) =>
      audit(tx, ctx, [{ action: 'finder.importEntries', thing: 'finder:entries', details }]),
    );
  return verdicts;
}

/** One entry as a draft, with what became of it. */
export async function takeOver(ctx: Context, { kind, key, content }: Exchanged, dryRun: boolean): Promise<ImportVerdict> {
  return judged({ kind, key }, async () => {
    const id = await findEntry(ctx, { kind, key });
    // Also what is only checked has to hear what would be refused.
    await checkWritable(ctx, { tenant: ctx.actor.tenant, kind, key, content });
    if (id === null) {
      if (!dryRun) await createEntry(ctx, { kind, key, content });
      return 'created';
    }
    const { draft, published } = await getEntry(ctx, { entry: id });
    const now = draft ?? published;
    if (now && compare(kind, now.content, content).length === 0) return 'unchanged';
    ensure(draft?.state !== 'submitted', 'conflict', 'finder.waitsForApproval');
    if (!dryRun) await saveDraft(ctx, { entry: id }, { content, edition: draft?.edition ?? null });
    return 'changed';
  });
}

/** The verdict of some work on an entry; a refusal is one of them. Throws only when we ourselves are at fault. */
export async function judged(
  { kind, key }: { readonly kind: string; readonly key: string },
  work: () => Promise<Exclude<ImportVerdict['verdict'], 'refused'>>,
): Promise<ImportVerdict> {
  try {
    return { kind, key, verdict: await work(), reason: null };
  } catch (error) {
    const failure = asFailure(error);
    if (failure.kind === 'internal' || failure.kind === 'unavailable') throw error;
    return { kind, key, verdict: 'refused', reason: { code: failure.code, params: failure.params } };
  }
}

/** The root with its entries. Throws `invalid`, `tooLarge`. */
function readXml(text: string): XmlElement {
  ensure(text.length <= exchangeLimits.bytes, 'tooLarge', 'finder.listTooLarge', { limit: exchangeLimits.bytes });
  const children: XmlElement[] = [];
  const reader = openXmlReader((entry) => children.push(entry));
  reader.write(text);
  return { ...reader.close(), children };
}
