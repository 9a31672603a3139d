import sax from 'sax';
import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import { asFailure, ensure, Failure, type Params } from '#platform/errors';
import { checkWritable, createEntry, findEntry, getEntry, saveDraft } from './entry.ts';
import { authorize } from './gate.ts';
import { compare, entryKinds } from './rules-content.ts';
import {
  type Exchanged,
  exchangeLimits,
  fromElements,
  namespace,
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

async function takeOver(ctx: Context, { kind, key, content }: Exchanged, dryRun: boolean): Promise<ImportVerdict> {
  try {
    const id = await findEntry(ctx, { kind, key });
    // Also what is only checked has to hear what would be refused.
    await checkWritable(ctx, { tenant: ctx.actor.tenant, kind, key, content });
    if (id === null) {
      if (!dryRun) await createEntry(ctx, { kind, key, content });
      return { kind, key, verdict: 'created', reason: null };
    }
    const { draft, published } = await getEntry(ctx, { entry: id });
    const now = draft ?? published;
    if (now && compare(kind, now.content, content).length === 0) return { kind, key, verdict: 'unchanged', reason: null };
    ensure(draft?.state !== 'submitted', 'conflict', 'finder.waitsForApproval');
    if (!dryRun) await saveDraft(ctx, { entry: id }, { content, edition: draft?.edition ?? null });
    return { kind, key, verdict: 'changed', reason: null };
  } catch (error) {
    const failure = asFailure(error);
    if (failure.kind === 'internal' || failure.kind === 'unavailable') throw error;
    return { kind, key, verdict: 'refused', reason: { code: failure.code, params: failure.params } };
  }
}

type Open = { name: string; attributes: Record<string, string>; text: string; children: XmlElement[] };

const refuse = (detail: string): never => {
  throw new Failure('invalid', 'finder.exchangeForm', { detail });
};

/** Reads a document. One with a document type declaration is refused, and with it every entity but the five of XML itself. */
function readXml(text: string): XmlElement {
  ensure(text.length <= exchangeLimits.bytes, 'tooLarge', 'finder.listTooLarge', { limit: exchangeLimits.bytes });
  const parser = sax.parser(true, { xmlns: true, trim: false, normalize: false, position: false });
  const stack: Open[] = [{ name: '', attributes: {}, text: '', children: [] }];
  const top = () => stack.at(-1) as Open;
  parser.onerror = () => refuse('XML');
  parser.ondoctype = () => refuse('DOCTYPE');
  parser.onopentag = (tag) => {
    const { local, uri, attributes } = tag as sax.QualifiedTag;
    if (uri !== namespace) refuse(`namespace ${uri}`);
    if (stack.length > exchangeLimits.depth) refuse('depth');
    if (stack.length === 2 && top().children.length >= exchangeLimits.entries) refuse('entries');
    const given = Object.fromEntries(Object.values(attributes).map(({ name, value }) => [name, value]));
    stack.push({ name: local, attributes: given, text: '', children: [] });
  };
  parser.onclosetag = () => {
    const done = stack.pop() as Open;
    top().children.push(done);
  };
  parser.ontext = (piece) => {
    top().text += piece;
  };
  parser.oncdata = parser.ontext;
  try {
    parser.write(text).close();
  } catch (error) {
    if (error instanceof Failure) throw error;
    refuse('XML');
  }
  return top().children[0] ?? refuse('XML');
}
