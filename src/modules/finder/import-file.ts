import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import { ensure } from '#platform/errors';
import { publishOver } from './catalogue.ts';
import { checkWritable } from './entry.ts';
import { type ImportVerdict, judged, takeOver } from './exchange.ts';
import { openXmlReader } from './exchange-xml.ts';
import { authorize } from './gate.ts';
import { rebuild } from './rebuild.ts';
import { type Exchanged, exchangeLimits, fromElement, readJson, type XmlElement } from './rules-exchange.ts';

/** Whole editorial offices from a file, for the operator: a document of any length is read twice and never held. */

export type FileImport = {
  /** The file from its beginning, in pieces of text; it is asked for twice. */
  readonly open: () => AsyncIterable<string>;
  /** Nothing is written. */
  readonly dryRun: boolean;
  /** Published at once in the name of the house, because it was approved where it comes from; else everything is a draft. */
  readonly publishes: boolean;
  /** Hears what became of every entry, in the order of the file; `total` is how many there are. */
  readonly told: (verdict: ImportVerdict, total: number) => void;
};

export type ImportCounts = Readonly<Record<ImportVerdict['verdict'], number>>;

/**
 * Takes over the entries of a file (XML modelled on XZuFi of any length, or our JSON up to a limit) for the actor's tenant. What is
 * refused does not stop the others. Run again after a crash it goes on where it was: what is there already is `unchanged`. The whole
 * file is read before anything is written, so that one that is broken changes nothing. Only the house may. Throws `invalid`, `tooLarge`.
 */
export async function importFile(ctx: Context, { open, dryRun, publishes, told }: FileImport): Promise<ImportCounts> {
  const { tenant } = ctx.actor;
  ensure(ctx.actor.kind === 'system', 'forbidden', 'platform.forbidden');
  authorize(ctx.actor, 'write', { tenant });
  let total = 0;
  for await (const entries of readEntries(open())) total += entries.length;
  const details = { entries: total, publishes };
  if (!dryRun)
    await ctx.platform.db.write(tenant, (tx) =>
      audit(tx, ctx, [{ action: 'finder.importEntries', thing: 'finder:entries', details }]),
    );
  const counts: Record<ImportVerdict['verdict'], number> = { created: 0, changed: 0, unchanged: 0, refused: 0 };
  for await (const entries of readEntries(open())) {
    for (let from = 0; from < entries.length; from += atOnce) {
      const some = entries.slice(from, from + atOnce).map((entry) => () => takeOne(ctx, entry, { dryRun, publishes }));
      // Drafts are written one after the other: each is a step of its own on record.
      const verdicts = publishes ? await Promise.all(some.map((take) => take())) : await inTurn(some);
      for (const verdict of verdicts) {
        counts[verdict.verdict] += 1;
        told(verdict, total);
      }
    }
  }
  // Also when nothing was new: the run before this one may have been killed before it came here.
  if (publishes && !dryRun) await rebuild(ctx, tenant);
  return counts;
}

/** Entries that are on their way at the same time; what is published shares transactions. */
const atOnce = 50;

async function inTurn<T>(works: readonly (() => Promise<T>)[]): Promise<T[]> {
  const done: T[] = [];
  for (const work of works) done.push(await work());
  return done;
}

/** An entry whose fields have not been looked at yet. */
type Raw = { readonly kind: string; readonly key: string; readonly read: () => Exchanged };

const ofElement = (element: XmlElement): Raw => ({
  kind: element.name,
  key: element.attributes.id ?? '',
  read: () => fromElement(element),
});

const ofEntry = (entry: Exchanged): Raw => ({ kind: entry.kind, key: entry.key, read: () => entry });

/** The entries of a file, as many at a time as a piece of it holds. */
async function* readEntries(pieces: AsyncIterable<string>): AsyncGenerator<readonly Raw[]> {
  const ready: XmlElement[] = [];
  const reader = openXmlReader((entry) => ready.push(entry));
  let [isXml, json]: [boolean | null, string] = [null, ''];
  for await (const piece of pieces) {
    const text: string = isXml === null ? (json + piece).replace(/^\uFEFF/, '').trimStart() : piece;
    if (text === '') continue;
    isXml ??= text.startsWith('<');
    if (isXml) {
      reader.write(text);
      yield ready.splice(0).map(ofElement);
    } else {
      json += text;
      ensure(json.length <= exchangeLimits.bytes, 'tooLarge', 'finder.listTooLarge', { limit: exchangeLimits.bytes });
    }
  }
  if (!isXml) yield readJson(json).map(ofEntry);
  else {
    reader.close();
    yield ready.splice(0).map(ofElement);
  }
}

async function takeOne(
  ctx: Context,
  raw: Raw,
  { dryRun, publishes }: Pick<FileImport, 'dryRun' | 'publishes'>,
): Promise<ImportVerdict> {
  let entry: Exchanged | null = null;
  const read = async () => {
    entry = raw.read();
    return 'unchanged' as const;
  };
  const form = await judged(raw, read);
  if (entry === null) return form;
  const { kind, key, content }: Exchanged = entry;
  if (!publishes) return takeOver(ctx, { kind, key, content }, dryRun);
  const { tenant } = ctx.actor;
  return judged({ kind, key }, async () => {
    await checkWritable(ctx, { tenant, kind, key, content });
    return publishOver(ctx, tenant, { kind, key, content }, dryRun);
  });
}
