import { createFolder, type Entry, findNamed, locate, type Node, nameKey, trash, type Written } from '#modules/files';
import type { Context } from '#platform/context';
import { sha256 } from '#platform/crypto';
import { asFailure, Failure } from '#platform/errors';
import { say } from '#platform/words';
import { eachLimited, walk } from './many.ts';
import { begun, decide, type Known, targetNames, type Verdict, wanted } from './rules.ts';
import type { Source, SourceItem, SourceVersion } from './source.ts';
import { type ObjectRow, readKnown, readObjects } from './store.ts';
import { bring, bringAll, type FilePlace, isSame, mark } from './take.ts';
import type { Tally } from './tally.ts';

export type RunOptions = {
  readonly dryRun: boolean;
  /** Paths at the source that are to be taken once more, with all below; empty: everything that is new or changed. */
  readonly only: readonly string[];
  /** Replaces what stands in the way; its content becomes a version. */
  readonly overwrite: boolean;
  /** What was deleted at the source and not changed here goes to the trash. */
  readonly removes: boolean;
};

/** Everything a walk through the source needs to know. */
export type Run = {
  /** In whose name files are written. */
  readonly as: Context;
  readonly source: Source;
  /** Null in a dry run of something never imported. */
  readonly transfer: number | null;
  readonly number: number;
  readonly options: RunOptions;
  readonly tally: Tally;
  /** Paths whose inside was not seen: nothing below them can be called deleted. */
  readonly unseen: string[];
  /** Files in a row for which the source did not answer. */
  silences: number;
};

/** After so many the run ends: the next one goes on, and nobody waits for days. */
const mostSilences = 20;

type Task = { readonly item: SourceItem; readonly entry: Entry | null };

const foldersAtOnce = 4;

export const placeOf = (path: string): string => sha256(path).toString('hex');

/** Walks through the source and brings what is wanted. Throws only when our own house is away; everything else is a verdict. */
export async function runImport(run: Run, entry: Entry | null): Promise<void> {
  await walk({ item: run.source.top, entry }, foldersAtOnce, (task: Task) => visit(run, task));
  await run.tally.flush();
  if (run.options.only.length === 0 && !run.options.dryRun) await settleGone(run, entry as Entry);
  await run.tally.flush();
}

async function visit(run: Run, { item: folder, entry }: Task): Promise<Task[]> {
  const { as, source, transfer } = run;
  let items: SourceItem[];
  try {
    items = await source.list(folder);
  } catch (error) {
    if (folder.path === '') throw error;
    run.unseen.push(folder.path);
    await run.tally.add(
      rowOf(run, { item: folder, known: null, name: folder.name }, { verdict: 'failed', note: sentence(run, error) }),
    );
    return [];
  }
  const { tenant } = as.actor;
  const place = placeOf(folder.path);
  const rows = transfer === null ? [] : await readKnown(as.platform.db.read(tenant), tenant, transfer, place);
  const known = new Map(rows.map((row) => [row.name, row]));
  const names = targetNames(
    items.map(({ name }) => name),
    new Map(rows.map(({ name, targetName }) => [name, targetName])),
  );
  const asked = items.filter(({ path }) => wanted(path, run.options.only) !== 'no');
  const things = asked.map((item) => ({ item, known: known.get(item.name) ?? null, name: names.get(item.name) as string }));
  const here =
    entry === null
      ? new Map<string, Node>()
      : await findNamed(
          as,
          entry,
          things.map(({ name }) => name),
        );
  const presentOf = ({ name }: Thing) => here.get(nameKey(name)) ?? null;
  const files = things.filter(
    ({ item }) => !item.isFolder && (run.options.only.length === 0 || wanted(item.path, run.options.only) === 'yes'),
  );
  await eachLimited(files, source.parallel, (thing) => takeFile(run, { ...thing, entry, present: presentOf(thing) }));
  const tasks: Task[] = [];
  for (const thing of things.filter(({ item }) => item.isFolder)) {
    const task = await takeFolder(run, { ...thing, entry, present: presentOf(thing) });
    if (task) tasks.push(task);
  }
  return tasks;
}

type Thing = { readonly item: SourceItem; readonly known: Known | null; readonly name: string };
type PlacedThing = Thing & { readonly entry: Entry | null; readonly present: Node | null };
type Result = { readonly verdict: Verdict; readonly note?: string | null; readonly node?: Pick<Node, 'id' | 'sha256'> | null };

function rowOf(run: Run, { item, known, name }: Thing, { verdict, note = null, node = null }: Result): ObjectRow {
  const isHere = node !== null;
  const { path } = item;
  return {
    place: placeOf(path.slice(0, Math.max(0, path.length - item.name.length - 1))),
    name: item.name,
    path,
    isFolder: item.isFolder,
    sourceId: item.id,
    size: item.size,
    modified: item.modified,
    sourceHash: item.hash && `${item.hash.algorithm}:${item.hash.hex}`,
    // What was not taken now keeps what is known of the last time it was.
    fingerprint: isHere ? item.fingerprint : (known?.fingerprint ?? ''),
    sha256: isHere ? node.sha256 : (known?.sha256 ?? null),
    node: isHere ? node.id : (known?.node ?? null),
    targetName: name,
    verdict,
    note,
    run: run.number,
    seen: run.number,
  };
}

const isOurTrouble = (error: unknown) =>
  asFailure(error).kind === 'unavailable' || (error instanceof Failure && error.code === 'platform.diskFull');

/** Why something could not be taken, for the report. */
function sentence({ as }: Run, error: unknown): string {
  if (error instanceof Failure) return `${error.code}: ${say(as.platform.words, 'en', error.code, error.params)}`;
  const { code, message } = error as NodeJS.ErrnoException;
  return code ?? message;
}

/** A failure as a verdict. Throws it on when going on makes no sense: our own house is in trouble, or the source is gone. */
function failed(run: Run, error: unknown, before = ''): Result {
  if (error instanceof Failure && error.code === 'migration.unreachable') run.silences += 1;
  if (isOurTrouble(error) || run.silences >= mostSilences) throw error;
  return { verdict: 'failed', note: before + sentence(run, error) };
}

async function takeFile(run: Run, thing: PlacedThing): Promise<void> {
  let result: Result;
  try {
    result = await judgeFile(run, thing);
    if (result.verdict !== 'failed') run.silences = 0;
  } catch (error) {
    result = failed(run, error);
  }
  await run.tally.add(rowOf(run, thing, result));
}

async function judgeFile(run: Run, thing: PlacedThing): Promise<Result> {
  const { source, options, as } = run;
  const { item, known, present, entry, name } = thing;
  const again = options.only.length > 0;
  const { step, ...left } = decide(item, known, present, { again, overwrite: options.overwrite });
  if (step === 'leave') return left as Result;
  if (step === 'compare') {
    if (present && (await isSame(source, item, present))) {
      if (!options.dryRun) await mark({ as, folder: entry as Entry, name }, present, item);
      return { verdict: 'taken', note: 'wasThere', node: present };
    }
    return { verdict: 'conflict', note: isNewer(present, item) ? 'newerHere' : 'otherHere' };
  }
  const verdict = step === 'update' ? 'updated' : 'taken';
  if (options.dryRun || entry === null) return { verdict };
  const place: FilePlace = { as, folder: entry, name };
  const versions = step === 'update' ? [] : await source.versions(item);
  const node = await (versions.length > 0
    ? bringVersions(run, thing, { place, versions })
    : written(bring(source, item, place, present)));
  if ('verdict' in node) return node;
  await mark(place, node, item);
  return { verdict, node };
}

const written = async (work: Promise<Written>): Promise<Node> => (await work).node;

/** The file with its versions. What fails on the way leaves a note by which the next run goes on. */
async function bringVersions(
  run: Run,
  thing: PlacedThing,
  { place, versions }: { place: FilePlace; versions: readonly SourceVersion[] },
): Promise<Node | Result> {
  await begin(run, thing);
  try {
    return await written(bringAll(run.source, thing.item, place, { versions, present: thing.present }));
  } catch (error) {
    return failed(run, error, `${begun} `);
  }
}

/** Remembers before the first version is written that what will stand there is ours. */
async function begin(run: Run, thing: Thing): Promise<void> {
  await run.tally.note(rowOf(run, thing, { verdict: 'failed', note: begun }));
  await run.tally.flush();
}

const isNewer = (present: Node | null, item: SourceItem) => (present?.modified ?? 0) > (item.modified ?? 0);

async function takeFolder(run: Run, thing: PlacedThing): Promise<Task | null> {
  const { item, present } = thing;
  try {
    const result = await judgeFolder(run, thing);
    await run.tally.add(rowOf(run, thing, result));
    if (result.verdict === 'conflict' || result.note === 'goneHere') run.unseen.push(item.path);
    else return { item, entry: result.folder };
  } catch (error) {
    if (isOurTrouble(error)) throw error;
    run.unseen.push(item.path);
    await run.tally.add(rowOf(run, thing, { verdict: 'failed', note: sentence(run, error), node: present }));
  }
  return null;
}

async function judgeFolder(
  run: Run,
  { item, known, present, entry, name }: PlacedThing,
): Promise<Result & { folder: Entry | null }> {
  const entryOf = (node: Node): Entry => ({ ...(entry as Entry), node, isRoot: false });
  if (present && !present.isFolder) return { verdict: 'conflict', note: 'fileHere', folder: null };
  if (present) {
    const isOurs = known?.node === present.id;
    return { verdict: isOurs ? 'unchanged' : 'taken', note: isOurs ? null : 'wasThere', node: present, folder: entryOf(present) };
  }
  const isBrought = known !== null && known.node !== null;
  if (isBrought && run.options.only.length === 0) return { verdict: 'unchanged', note: 'goneHere', folder: null };
  if (run.options.dryRun || entry === null) return { verdict: 'taken', folder: null };
  const node = await createFolder(run.as, { folder: entry, name }, { modified: item.modified });
  await mark({ as: run.as, folder: entry, name }, node, item);
  return { verdict: 'taken', node, folder: entryOf(node) };
}

const pageOfGone = 1_000;

/** What earlier runs saw at the source and this one did not: reported, and removed here only when that is wanted. */
async function settleGone(run: Run, top: Entry): Promise<void> {
  const { as, transfer, tally, number: unseenIn, unseen } = run;
  const { tenant } = as.actor;
  const isHidden = (path: string) => unseen.some((hidden) => hidden === '' || path === hidden || path.startsWith(`${hidden}/`));
  for (let after: ObjectRow | null = null; ; ) {
    const query = { after, limit: pageOfGone, unseenIn };
    const rows: ObjectRow[] = await readObjects(as.platform.db.read(tenant), tenant, transfer as number, query);
    for (const row of rows.filter(({ verdict, path }) => verdict !== 'removed' && !isHidden(path))) {
      const isRemoved = run.options.removes && (await remove(run, top, row));
      const verdict = isRemoved ? 'removed' : 'gone';
      if (verdict !== row.verdict) await tally.add({ ...row, verdict, note: null, run: run.number });
    }
    if (rows.length < pageOfGone) return;
    after = rows.at(-1) as ObjectRow;
  }
}

/** Puts what is gone at the source into the trash, unless somebody worked on it here. Folders stay: others may use them. */
async function remove({ as }: Run, top: Entry, row: ObjectRow): Promise<boolean> {
  if (row.isFolder || row.node === null) return false;
  const found = await locateIn(as, top, row.node);
  if (!found || found.node.sha256 !== row.sha256) return false;
  await trash(as, found);
  return true;
}

async function locateIn(as: Context, top: Entry, node: number): Promise<Entry | null> {
  try {
    const found = await locate(as, node);
    return found.space.id === top.space.id ? found : null;
  } catch (error) {
    if (asFailure(error).kind === 'notFound') return null;
    throw error;
  }
}
