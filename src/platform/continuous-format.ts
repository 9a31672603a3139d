import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { OperatorError } from './errors.ts';
import { syncPath } from './files-local.ts';

/**
 * How a continuous backup lies in its directory, beside the single backups (`backup-format.ts`):
 *
 *   continuous/instance.json                  whose it is
 *   continuous/keys.json                      the tenants' keys of all generations, wrapped by the instance's key, which is not here
 *   continuous/blobs/TENANT/xx/NAME           stored files as they are, encrypted
 *   continuous/removed/DAY/TENANT/xx/NAME     those the instance has no more, by the day on which that was seen
 *   continuous/lines/LINE/line.json           one unbroken time: from when, until when
 *   continuous/lines/LINE/base/TIME/          the database's files (base.tar.zst), and base.json, written last
 *   continuous/lines/LINE/wal/SEGMENT[.zst]   the database's log; the one without .zst is growing
 *
 * A new line begins when what came since the last one cannot be joined to it: after a restore, or after the backup could not be
 * written for most of a day.
 */
export const archive = {
  root: (directory: string) => join(directory, 'continuous'),
  blobs: (directory: string) => join(directory, 'continuous', 'blobs'),
  removed: (directory: string) => join(directory, 'continuous', 'removed'),
  keys: (directory: string) => join(directory, 'continuous', 'keys.json'),
  instance: (directory: string) => join(directory, 'continuous', 'instance.json'),
  lines: (directory: string) => join(directory, 'continuous', 'lines'),
  line: (directory: string, line: string) => join(directory, 'continuous', 'lines', line),
  wal: (directory: string, line: string) => join(directory, 'continuous', 'lines', line, 'wal'),
  bases: (directory: string, line: string) => join(directory, 'continuous', 'lines', line, 'base'),
};

export const format = 1;

/** One unbroken time. Instants are ISO 8601 in UTC. */
export type Line = {
  readonly format: number;
  readonly line: string;
  /** Up to when everything that was acknowledged is here; null before the first round is complete. */
  readonly until: string | null;
  /** When the first complete round began. */
  readonly since: string | null;
  /** Whether the database's log is here too, or the blobs alone: then the rows are the operator's database server's. */
  readonly hasRows: boolean;
  /** Fingerprint of the instance's key that opens it. */
  readonly key: string;
};

/** The database's files as they were while they were copied; the log from `start` on makes them those of one moment. */
export type Base = {
  readonly name: string;
  /** From this instant on the line can be restored with it. */
  readonly finished: string;
  /** First segment of the log that is needed. */
  readonly firstSegment: string;
  readonly segmentBytes: number;
  readonly version: string;
  readonly bytes: number;
  readonly sha256: string;
};

/** A tenant's key as the database holds it. */
export type WrappedKey = {
  readonly tenant: number;
  readonly id: number;
  /** Base64. */
  readonly wrapped: string;
  readonly by: string;
};

/** A name that sorts as the times do. */
export const nameOf = (at: string) => at.replace(/[:.]/g, '-');

/** Replaces a file: whole or not at all, and durable. */
export async function putJson(path: string, value: object): Promise<void> {
  await writeFile(`${path}.part`, `${JSON.stringify(value, null, 1)}\n`, { mode: 0o600, flush: true });
  await rename(`${path}.part`, path);
  await syncPath(dirname(path));
}

/** Null when there is no such file. */
export async function readJson<T>(path: string): Promise<T | null> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return text === null ? null : (JSON.parse(text) as T);
}

/** The names in a directory, sorted; none when there is no such directory. */
export async function namesIn(directory: string): Promise<string[]> {
  const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.sort();
}

/** All lines, newest first. */
export async function listLines(directory: string): Promise<Line[]> {
  const names = (await namesIn(archive.lines(directory))).reverse();
  const all = await Promise.all(names.map((name) => readJson<Line>(join(archive.line(directory, name), 'line.json'))));
  return all.filter((line) => line !== null);
}

export async function putLine(directory: string, line: Line): Promise<void> {
  const folder = archive.line(directory, line.line);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await putJson(join(folder, 'line.json'), line);
}

/** The finished bases of a line, oldest first. */
export async function listBases(directory: string, line: string): Promise<Base[]> {
  const folder = archive.bases(directory, line);
  const all = (await namesIn(folder)).map((name) => readJson<Base>(join(folder, name, 'base.json')));
  return (await Promise.all(all)).filter((base) => base !== null);
}

/** From when to when a line can be restored; null: not yet. */
export async function spanOf(directory: string, line: Line): Promise<{ from: string; until: string } | null> {
  const from = line.hasRows ? ((await listBases(directory, line.line))[0]?.finished ?? null) : line.since;
  return from !== null && line.until !== null && from <= line.until ? { from, until: line.until } : null;
}

/** All that can be restored, newest first. */
export async function spansOf(directory: string): Promise<{ line: Line; from: string; until: string }[]> {
  const all = await Promise.all(
    (await listLines(directory)).map(async (line) => ({ line, span: await spanOf(directory, line) })),
  );
  return all.flatMap(({ line, span }) => (span === null ? [] : [{ line, ...span }]));
}

/** What an instant is restored from; `base` is null where the rows are not ours to restore. */
export type Found = { readonly line: Line; readonly base: Base | null; readonly after: readonly Base[] };

/** Line and base with which an instant is restored. Throws {@link OperatorError} that says which instants there are. */
export async function findInstant(directory: string, at: string): Promise<Found> {
  const spans = await spansOf(directory);
  const found = spans.find(({ from, until }) => from <= at && at <= until);
  if (found) {
    if (found.line.format !== format)
      throw new OperatorError(`This backup was written by another version of Rennsteig (format ${found.line.format}).`);
    const bases = await listBases(directory, found.line.line);
    const base = bases.findLast(({ finished }) => finished <= at) ?? null;
    return { line: found.line, base, after: bases.filter(({ finished }) => finished > at) };
  }
  if (spans.length === 0) throw new OperatorError(`There is no continuous backup in ${directory} that could be restored.`);
  const known = spans.map(({ from, until }) => `from ${from} to ${until}`).join('; ');
  throw new OperatorError(`${at} cannot be restored from ${directory}; it holds what was ${known}.`);
}

const day = 86_400_000;

/**
 * Removes what no instant after `oldest` needs: lines that ended before, all bases but the newest before it, the log before the
 * first base that stays, and blobs the instance had removed before.
 */
export async function pruneArchive(directory: string, current: string, oldest: Date): Promise<void> {
  const limit = oldest.toISOString();
  for (const { line, until } of await listLines(directory)) {
    const isPast = line !== current && (until ?? '') < limit;
    if (isPast) await rm(archive.line(directory, line), { recursive: true, force: true });
    else await pruneLine(directory, line, limit);
  }
  for (const seen of await namesIn(archive.removed(directory))) {
    if (Date.parse(seen) + day < oldest.getTime())
      await rm(join(archive.removed(directory), seen), { recursive: true, force: true });
  }
}

async function pruneLine(directory: string, line: string, limit: string): Promise<void> {
  const bases = await listBases(directory, line);
  const first = bases.findLast(({ finished }) => finished <= limit) ?? bases[0];
  if (!first) return;
  for (const name of await namesIn(archive.bases(directory, line)))
    if (name < first.name) await rm(join(archive.bases(directory, line), name), { recursive: true, force: true });
  for (const name of await namesIn(archive.wal(directory, line)))
    if (name.slice(0, 24) < first.firstSegment) await rm(join(archive.wal(directory, line), name), { force: true });
}
