import {
  AbortMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import type { S3Config } from '../config.ts';
import { headBytes } from './blob-format.ts';
import { type ByteObject, type ByteStore, type StoredEntry, type StoredKey, shardOf } from './blobs.ts';
import {
  asStoreFailure,
  type Bucket,
  connectS3,
  headMetadata,
  isMissing,
  isRangeEmpty,
  isRefused,
  type S3Limits,
  s3Limits,
} from './blobs-s3-bucket.ts';
import { completeParts, S3Sink } from './blobs-s3-sink.ts';
import { OperatorError } from './errors.ts';

const partSuffix = '.part';

const prefixOf = (tenant: number) => `${tenant}/`;
const pathOf = ({ tenant, name }: StoredKey) => `${prefixOf(tenant)}${shardOf(name)}/${name}`;
const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/**
 * Blobs as objects of an S3 bucket: `TENANT/xx/NAME`, as on the disk. The head lies in the metadata. A success status means
 * durable. Failures of the network and of the service are tried again and then become `unavailable`.
 */
export function openS3Store(config: S3Config, limits: S3Limits = s3Limits): ByteStore {
  const bucket: Bucket = { client: connectS3(config, limits), name: config.bucket, limits };
  const target = (path: string) => ({ Bucket: bucket.name, Key: path });
  return {
    create: async (key, head) => new S3Sink(bucket, pathOf(key), head),
    open: (key) => openObject(bucket, pathOf(key)),
    replaceHead: (key, head) => replaceHead(bucket, pathOf(key), head).catch(asStoreFailure),
    remove: async (key) => {
      if (key.name.endsWith(partSuffix))
        await abortUploads(bucket, pathOf({ ...key, name: key.name.slice(0, -partSuffix.length) }));
      else await bucket.client.send(new DeleteObjectCommand(target(pathOf(key)))).catch(asStoreFailure);
    },
    removeTenant: (tenant) => removeAll(bucket, prefixOf(tenant)),
    list: (tenant, shard) => {
      const prefix = prefixOf(tenant) + (shard === undefined ? '' : `${shard}/`);
      return mergeEntries(listObjects(bucket, prefix), listUploads(bucket, prefix));
    },
    check: async () => {
      await bucket.client.send(new HeadBucketCommand({ Bucket: bucket.name })).catch(asStoreFailure);
    },
  };
}

/**
 * Asks for the bucket once, before the start. Throws {@link OperatorError} with one sentence when address, bucket or keys are
 * wrong; a service that is merely away does not keep us from starting.
 */
export async function checkS3(config: S3Config): Promise<void> {
  const client = connectS3(config, { ...s3Limits, attempts: 1 });
  try {
    await client.send(new HeadBucketCommand({ Bucket: config.bucket }));
  } catch (error) {
    if (isMissing(error))
      throw new OperatorError(
        `There is no bucket ${config.bucket} at ${config.endpoint}; please make it, or correct RENNSTEIG_S3_BUCKET.`,
      );
    if (isRefused(error))
      throw new OperatorError(
        `The S3 service at ${config.endpoint} refuses the access key for the bucket ${config.bucket}; please check RENNSTEIG_S3_ACCESS_KEY_ID and RENNSTEIG_S3_SECRET_ACCESS_KEY.`,
      );
  } finally {
    client.destroy();
  }
}

/** An object: its head from the metadata, the first bytes that came with it, and the rest on demand. */
class S3Object implements ByteObject {
  readonly #bucket: Bucket;
  readonly #path: string;
  readonly #start: Buffer;
  readonly #size: number;

  /** @param start head and first bytes; @param size of the whole, head included */
  constructor(bucket: Bucket, path: string, start: Buffer, size: number) {
    this.#bucket = bucket;
    this.#path = path;
    this.#start = start;
    this.#size = size;
  }

  async size(): Promise<number> {
    return this.#size;
  }

  async read(start: number, length: number): Promise<Buffer> {
    const end = Math.min(this.#size, start + length);
    if (start >= end) return Buffer.alloc(0);
    if (end <= this.#start.length) return this.#start.subarray(start, end);
    return Buffer.concat(await Array.fromAsync(this.#pieces(start, end)));
  }

  async *blocks(start: number, end: number, blockBytes: number): AsyncGenerator<Buffer> {
    let gathered: Buffer[] = [];
    let count = 0;
    for await (const piece of this.#pieces(start, Math.min(end, this.#size))) {
      for (let rest = piece; rest.length > 0; ) {
        const taken = rest.subarray(0, blockBytes - count);
        rest = rest.subarray(taken.length);
        gathered.push(taken);
        count += taken.length;
        if (count < blockBytes) continue;
        yield Buffer.concat(gathered);
        [gathered, count] = [[], 0];
      }
    }
    if (count > 0) yield Buffer.concat(gathered);
  }

  /** The bytes in order as they come; a broken connection is taken up again where it broke. */
  async *#pieces(start: number, end: number): AsyncGenerator<Buffer> {
    let position = start;
    const known = this.#start.subarray(position, Math.min(end, this.#start.length));
    if (known.length > 0) yield known;
    position += known.length;
    for (let tries = 0; position < end; ) {
      try {
        for await (const piece of this.#stream(position, end)) {
          position += piece.length;
          yield piece;
        }
        if (position < end) throw Object.assign(new Error('the answer was cut off'), { code: 'ECONNRESET' });
      } catch (error) {
        tries += 1;
        if (isMissing(error) || tries > this.#bucket.limits.resumptions) asStoreFailure(error);
      }
    }
  }

  async *#stream(start: number, end: number): AsyncGenerator<Buffer> {
    const Range = `bytes=${start - headBytes}-${end - headBytes - 1}`;
    const { Body } = await this.#bucket.client.send(new GetObjectCommand({ Bucket: this.#bucket.name, Key: this.#path, Range }));
    // Leaving the loop early destroys the stream, and with it the connection that still has bytes coming.
    yield* Body as unknown as AsyncIterable<Buffer>;
  }

  async close(): Promise<void> {}
}

async function openObject(bucket: Bucket, path: string): Promise<S3Object | null> {
  const where = { Bucket: bucket.name, Key: path };
  try {
    const answer = await bucket.client.send(new GetObjectCommand({ ...where, Range: `bytes=0-${bucket.limits.openBytes - 1}` }));
    const first = Buffer.from((await answer.Body?.transformToByteArray()) ?? []);
    const size = Number(answer.ContentRange?.split('/')[1] ?? first.length);
    return new S3Object(bucket, path, Buffer.concat([headOf(answer.Metadata), first]), size + headBytes);
  } catch (error) {
    if (isMissing(error)) return null;
    if (!isRangeEmpty(error)) return asStoreFailure(error);
  }
  const { Metadata } = await bucket.client.send(new HeadObjectCommand(where)).catch(asStoreFailure);
  return new S3Object(bucket, path, headOf(Metadata), headBytes);
}

/** An object that is not ours has no head; zeros are no valid one, and the reader says so. */
function headOf(metadata: Record<string, string> | undefined): Buffer {
  const head = Buffer.from(metadata?.head ?? '', 'base64');
  return head.length === headBytes ? head : Buffer.alloc(headBytes);
}

async function replaceHead(bucket: Bucket, path: string, head: Buffer): Promise<void> {
  const { client, name, limits } = bucket;
  const where = { Bucket: name, Key: path };
  const CopySource = `${name}/${path}`;
  const { ContentLength: size = 0, Metadata } = await client.send(new HeadObjectCommand(where));
  // What is copied in parts is as long as this answer says: one that is not about our object (a proxy's) would cut it off.
  if (Metadata?.head === undefined) throw new Error('the service did not say what is stored');
  if (size <= limits.copyBytes) {
    await client.send(
      new CopyObjectCommand({ ...where, CopySource, MetadataDirective: 'REPLACE', Metadata: headMetadata(head) }),
    );
    return;
  }
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...where, Metadata: headMetadata(head) }));
  try {
    const parts: { PartNumber: number; ETag: string | undefined }[] = [];
    for (let start = 0; start < size; start += limits.copyPartBytes) {
      const CopySourceRange = `bytes=${start}-${Math.min(size, start + limits.copyPartBytes) - 1}`;
      const PartNumber = parts.length + 1;
      const done = await client.send(new UploadPartCopyCommand({ ...where, UploadId, CopySource, CopySourceRange, PartNumber }));
      parts.push({ PartNumber, ETag: done.CopyPartResult?.ETag });
    }
    await completeParts(bucket, path, { UploadId, parts, size });
  } catch (error) {
    await client.send(new AbortMultipartUploadCommand({ ...where, UploadId })).catch(() => {});
    throw error;
  }
}

async function* listObjects(bucket: Bucket, prefix: string): AsyncGenerator<{ path: string; entry: StoredEntry }> {
  let ContinuationToken: string | undefined;
  do {
    const command = new ListObjectsV2Command({ Bucket: bucket.name, Prefix: prefix, ContinuationToken });
    const page = await bucket.client.send(command).catch(asStoreFailure);
    for (const { Key = '', Size = 0, LastModified = new Date() } of page.Contents ?? [])
      yield { path: Key, entry: { name: nameOf(Key), size: Size + headBytes, modified: LastModified, isPartial: false } };
    ContinuationToken = page.IsTruncated ? page.NextContinuationToken : undefined;
  } while (ContinuationToken !== undefined);
}

/** Uploads that were begun and not completed. How much of them has arrived is not asked: their size counts as 0. */
async function* listUploads(bucket: Bucket, prefix: string): AsyncGenerator<{ path: string; id: string; entry: StoredEntry }> {
  let markers: { KeyMarker?: string | undefined; UploadIdMarker?: string | undefined } | null = {};
  while (markers !== null) {
    const command: ListMultipartUploadsCommand = new ListMultipartUploadsCommand({
      Bucket: bucket.name,
      Prefix: prefix,
      ...markers,
    });
    const page = await bucket.client.send(command).catch(asStoreFailure);
    for (const { Key = '', UploadId = '', Initiated = new Date() } of page.Uploads ?? []) {
      const entry = { name: `${nameOf(Key)}${partSuffix}`, size: 0, modified: Initiated, isPartial: true };
      yield { path: `${Key}${partSuffix}`, id: UploadId, entry };
    }
    markers = page.IsTruncated ? { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker } : null;
  }
}

/** Two lists, each in order of the paths, as one in order. */
async function* mergeEntries(
  one: AsyncGenerator<{ path: string; entry: StoredEntry }>,
  two: AsyncGenerator<{ path: string; entry: StoredEntry }>,
): AsyncGenerator<StoredEntry> {
  let [a, b] = [await one.next(), await two.next()];
  while (!a.done || !b.done) {
    if (!a.done && (b.done || a.value.path <= b.value.path)) {
      yield a.value.entry;
      a = await one.next();
    } else if (!b.done) {
      yield b.value.entry;
      b = await two.next();
    }
  }
}

/** Gives up the unfinished uploads of one object; S3 keeps (and bills) their parts until then. */
async function abortUploads(bucket: Bucket, path: string): Promise<void> {
  for await (const upload of listUploads(bucket, path)) {
    if (upload.path === `${path}${partSuffix}`) await abortUpload(bucket, path, upload.id);
  }
}

async function abortUpload(bucket: Bucket, path: string, UploadId: string): Promise<void> {
  await bucket.client.send(new AbortMultipartUploadCommand({ Bucket: bucket.name, Key: path, UploadId })).catch((error) => {
    if (!isMissing(error)) asStoreFailure(error); // somebody else was faster
  });
}

/** Removes everything under a prefix, a page of the list at a time. */
async function removeAll(bucket: Bucket, prefix: string): Promise<void> {
  for await (const { path, id } of listUploads(bucket, prefix)) await abortUpload(bucket, path.slice(0, -partSuffix.length), id);
  for (;;) {
    const { Contents = [] } = await bucket.client
      .send(new ListObjectsV2Command({ Bucket: bucket.name, Prefix: prefix }))
      .catch(asStoreFailure);
    if (Contents.length === 0) return;
    const Delete = { Objects: Contents.map(({ Key }) => ({ Key })), Quiet: true };
    const { Errors = [] } = await bucket.client
      .send(new DeleteObjectsCommand({ Bucket: bucket.name, Delete }))
      .catch(asStoreFailure);
    if (Errors.length > 0)
      asStoreFailure(Object.assign(new Error(`${Errors.length} objects stay: ${Errors[0]?.Code}`), { code: 'ECONNRESET' }));
  }
}
