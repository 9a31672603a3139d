import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress, createZstdDecompress } from 'node:zlib';
import { shardOf } from './blobs.ts';
import { OperatorError } from './errors.ts';
import { syncPath } from './files-local.ts';

/**
 * How a backup lies in its directory:
 *
 *   blobs/TENANT/xx/NAME        stored files as they are, encrypted; shared by all dumps of the directory
 *   dumps/TIME/*.zst            the rows of each table as COPY writes them, the waiting jobs, the list of blobs
 *   dumps/TIME/manifest.json    written last: names every file with size and SHA-256. Without it the dump was not finished.
 *   keys/instance.key           only when asked for
 */
export const places = {
  blobs: (directory: string) => join(directory, 'blobs'),
  dumps: (directory: string) => join(directory, 'dumps'),
  dump: (directory: string, name: string) => join(directory, 'dumps', name),
  key: (directory: string) => join(directory, 'keys', 'instance.key'),
};

const format = 1;
const manifestName = 'manifest.json';

/** A file of a dump. */
export type DumpFile = { readonly file: string; readonly bytes: number; readonly sha256: string };

export type DumpTable = DumpFile & { readonly table: string; readonly columns: readonly string[] };

export type Manifest = {
  readonly format: number;
  readonly begun: string;
  readonly finished: string;
  /** Short fingerprint of the instance's key that opens it. */
  readonly key: string;
  /** Whether that key lies in the directory. */
  readonly hasKey: boolean;
  readonly migrations: readonly { readonly room: string; readonly name: string; readonly hash: string }[];
  readonly tables: readonly DumpTable[];
  readonly sequences: readonly { readonly sequence: string; readonly value: number }[];
  readonly jobs: DumpFile;
  readonly blobs: DumpFile & { readonly count: number; readonly total: number };
};

/** A stored object as the list of blobs names it. */
export type BlobLine = { readonly tenant: number; readonly name: string; readonly size: number; readonly sha256: string };

/** Place of an object in the list: by tenant, then in the order of the store. */
export const comparePlaces = (a: Pick<BlobLine, 'tenant' | 'name'>, b: Pick<BlobLine, 'tenant' | 'name'>): number => {
  if (a.tenant !== b.tenant) return a.tenant - b.tenant;
  const [left, right] = [`${shardOf(a.name)} ${a.name}`, `${shardOf(b.name)} ${b.name}`];
  return left < right ? -1 : Number(left > right);
};

/** Writes a stream into a compressed file of the dump; durable when it resolves. */
export async function writeDumpFile(folder: string, file: string, source: AsyncIterable<Uint8Array | string>): Promise<DumpFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  const counting = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  const path = join(folder, file);
  await pipeline(Readable.from(source), createZstdCompress(), counting, createWriteStream(path, { mode: 0o600, flush: true }));
  return { file, bytes, sha256: hash.digest('hex') };
}

/** The content of a file of the dump. */
export function readDumpFile(folder: string, { file }: DumpFile): Readable {
  const source = createReadStream(join(folder, file));
  const content = createZstdDecompress();
  source.on('error', (error) => content.destroy(error));
  return source.pipe(content);
}

/** The lines of a file of the dump. */
export async function* readLines(folder: string, file: DumpFile): AsyncGenerator<string> {
  const input = readDumpFile(folder, file);
  const failed = new Promise<never>((_resolve, reject) => input.once('error', reject));
  failed.catch(() => {});
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]();
  for (;;) {
    const { value, done } = await Promise.race([lines.next(), failed]);
    if (done) return;
    yield value;
  }
}

/** The objects of a finished dump, in order. */
export async function* readBlobLines(folder: string, manifest: Manifest): AsyncGenerator<BlobLine> {
  for await (const line of readLines(folder, manifest.blobs)) {
    const [tenant, name = '', size, sha256 = ''] = line.split(' ');
    yield { tenant: Number(tenant), name, size: Number(size), sha256 };
  }
}

export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 2 ** 20 }), hash);
  return hash.digest('hex');
}

/** Finishes a dump: the manifest appears whole or not at all. */
export async function writeManifest(folder: string, manifest: Omit<Manifest, 'format'>): Promise<void> {
  const path = join(folder, manifestName);
  await writeFile(`${path}.part`, `${JSON.stringify({ format, ...manifest }, null, 1)}\n`, { mode: 0o600, flush: true });
  await rename(`${path}.part`, path);
  await syncPath(folder);
}

export type Dump = { readonly name: string; readonly folder: string; readonly manifest: Manifest | null };

/** All dumps of a directory, newest first; those that were not finished have no manifest. */
export async function listDumps(directory: string): Promise<Dump[]> {
  const names = await readdir(places.dumps(directory)).catch(() => []);
  const dumps = names
    .sort()
    .reverse()
    .map(async (name) => {
      const folder = places.dump(directory, name);
      const text = await readFile(join(folder, manifestName), 'utf8').catch(() => null);
      return { name, folder, manifest: text === null ? null : (JSON.parse(text) as Manifest) };
    });
  return Promise.all(dumps);
}

/** The dump that is asked for, or the newest finished one. Throws {@link OperatorError} when there is none, or it is unfinished. */
export async function findDump(directory: string, name: string | null): Promise<Dump & { readonly manifest: Manifest }> {
  const dumps = await listDumps(directory);
  if (dumps.length === 0) throw new OperatorError(`There is no backup in ${directory}.`);
  const dump = name === null ? dumps.find(({ manifest }) => manifest !== null) : dumps.find((each) => each.name === name);
  if (!dump && name !== null)
    throw new OperatorError(
      `There is no backup ${name} in ${directory}; there are: ${dumps.map((each) => each.name).join(', ')}.`,
    );
  if (!dump?.manifest) {
    throw new OperatorError(
      `The backup ${dump?.name ?? dumps[0]?.name} in ${directory} was not finished; nothing can be restored from it. Please use another one.`,
    );
  }
  if (dump.manifest.format !== format)
    throw new OperatorError(
      `The backup ${dump.name} was written by another version of Rennsteig (format ${dump.manifest.format}).`,
    );
  return { ...dump, manifest: dump.manifest };
}

/** Reads every file of a dump and every blob it lists. Throws {@link OperatorError} with the first that is not as it was written. */
export async function verifyDump(
  directory: string,
  { name, folder, manifest }: Dump & { readonly manifest: Manifest },
): Promise<void> {
  const complain = (what: string) => new OperatorError(`The backup ${name} is damaged: ${what}. Nothing was restored.`);
  for (const { file, bytes, sha256 } of [...manifest.tables, manifest.jobs, manifest.blobs]) {
    const path = join(folder, file);
    const found = await stat(path).catch(() => null);
    if (found?.size !== bytes) throw complain(`${path} ${found ? 'has another size' : 'is missing'}`);
    if ((await hashFile(path)) !== sha256) throw complain(`${path} has another content`);
  }
  let count = 0;
  for await (const line of readBlobLines(folder, manifest)) {
    const path = blobPath(directory, line);
    const found = await stat(path).catch(() => null);
    if (found?.size !== line.size) throw complain(`${path} ${found ? 'has another size' : 'is missing'}`);
    if ((await hashFile(path)) !== line.sha256) throw complain(`${path} has another content`);
    count += 1;
  }
  if (count !== manifest.blobs.count) throw complain('its list of blobs is incomplete');
}

/** Where a blob lies in the directory: as the local store has it. */
export function blobPath(directory: string, { tenant, name }: Pick<BlobLine, 'tenant' | 'name'>): string {
  return join(places.blobs(directory), String(tenant), shardOf(name), name);
}
