import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { ByteSink } from './blobs.ts';
import { asStoreFailure, type Bucket, headMetadata, isMissing } from './blobs-s3-bucket.ts';
import { giveBack } from './bytes.ts';
import { Failure } from './errors.ts';

type UploadedPart = { readonly PartNumber: number; readonly ETag: string | undefined };

/** Takes bytes for one object: what fits into one part goes in one request at the end, more goes as a multipart upload. */
export class S3Sink implements ByteSink {
  readonly #bucket: Bucket;
  readonly #path: string;
  readonly #head: Buffer;
  #gathered: Buffer[] = [];
  #count = 0;
  #size = 0;
  #uploadId: string | null = null;
  #partNumber = 0;
  readonly #parts: UploadedPart[] = [];
  readonly #inFlight = new Set<Promise<void>>();
  #failure: unknown = null;
  #isCommitting = false;
  #writing: Promise<void> = Promise.resolve();

  constructor(bucket: Bucket, path: string, head: Buffer) {
    this.#bucket = bucket;
    this.#path = path;
    this.#head = head;
  }

  get #where() {
    return { Bucket: this.#bucket.name, Key: this.#path };
  }

  write(buffers: readonly Buffer[]): Promise<void> {
    this.#writing = this.#gather(buffers);
    return this.#writing;
  }

  async #gather(buffers: readonly Buffer[]): Promise<void> {
    for (const buffer of buffers) {
      this.#gathered.push(buffer);
      this.#count += buffer.length;
      this.#size += buffer.length;
    }
    while (this.#count >= this.#partBytes()) await this.#sendPart(this.#take(this.#partBytes()));
  }

  /** Size of the next part: larger the later, because their number is limited and the length of a stream is not known. */
  #partBytes(): number {
    const { partBytes, partsOfOneSize } = this.#bucket.limits;
    return partBytes * 2 ** Math.floor(this.#partNumber / partsOfOneSize);
  }

  #take(length: number): Buffer {
    const all = this.#concat();
    const rest = all.subarray(length);
    this.#gathered = rest.length > 0 ? [Buffer.from(rest)] : []; // a copy: the rest must not keep the whole part in memory
    this.#count = rest.length;
    return all.subarray(0, length);
  }

  #concat(): Buffer {
    const all = Buffer.concat(this.#gathered);
    for (const buffer of this.#gathered) giveBack(buffer);
    return all;
  }

  async #sendPart(bytes: Buffer): Promise<void> {
    const { limits } = this.#bucket;
    if (this.#partNumber === limits.mostParts)
      throw new Failure('tooLarge', 'platform.tooLarge', { limit: this.#size - bytes.length });
    const UploadId = await this.#uploadOf();
    while (this.#inFlight.size >= limits.partsInFlight) await Promise.race(this.#inFlight);
    if (this.#failure !== null) asStoreFailure(this.#failure);
    this.#partNumber += 1;
    const PartNumber = this.#partNumber;
    const sending = this.#bucket.client
      .send(new UploadPartCommand({ ...this.#where, UploadId, PartNumber, Body: bytes }))
      .then(
        ({ ETag }) => void this.#parts.push({ PartNumber, ETag }),
        (error) => {
          this.#failure ??= error; // thrown at the next part, or at the end
        },
      )
      .finally(() => this.#inFlight.delete(sending));
    this.#inFlight.add(sending);
  }

  async #uploadOf(): Promise<string> {
    if (this.#uploadId !== null) return this.#uploadId;
    const begin = new CreateMultipartUploadCommand({ ...this.#where, Metadata: headMetadata(this.#head) });
    const { UploadId } = await this.#bucket.client.send(begin).catch(asStoreFailure);
    this.#uploadId = UploadId as string;
    return this.#uploadId;
  }

  async commit(): Promise<void> {
    this.#isCommitting = true;
    if (this.#uploadId === null) {
      const Body = this.#concat();
      const put = new PutObjectCommand({ ...this.#where, Body, Metadata: headMetadata(this.#head) });
      await this.#bucket.client.send(put).catch(asStoreFailure);
      return;
    }
    if (this.#count > 0) await this.#sendPart(this.#take(this.#count));
    await Promise.all(this.#inFlight);
    if (this.#failure !== null) asStoreFailure(this.#failure);
    const parts = this.#parts.sort((a, b) => a.PartNumber - b.PartNumber);
    await completeParts(this.#bucket, this.#path, { UploadId: this.#uploadId, parts, size: this.#size }).catch(asStoreFailure);
  }

  async abort(): Promise<void> {
    // Whoever writes ahead gives up in the middle of it: an upload that begins, or a part that arrives, after everything was given
    // up would stay in the store until the sweep.
    await this.#writing.catch(() => {}); // whoever wrote has heard of it
    await Promise.all(this.#inFlight);
    this.#gathered = [];
    const { client } = this.#bucket;
    // The answer to the last request may have been lost, and the object be there. Nobody has heard of it yet.
    if (this.#isCommitting) await client.send(new DeleteObjectCommand(this.#where)).catch(() => {});
    if (this.#uploadId === null) return;
    const giveUp = new AbortMultipartUploadCommand({ ...this.#where, UploadId: this.#uploadId });
    // What cannot be given up now is an unfinished object: the weekly sweep removes it.
    await client.send(giveUp).catch(() => {});
  }
}

/** Makes one object of the parts. When the answer to a first try was lost, a repeated one finds no upload, but the object. */
export async function completeParts(
  bucket: Bucket,
  path: string,
  upload: { readonly UploadId: string | undefined; readonly parts: readonly UploadedPart[]; readonly size: number },
): Promise<void> {
  const where = { Bucket: bucket.name, Key: path };
  const { UploadId, parts, size } = upload;
  try {
    await bucket.client.send(
      new CompleteMultipartUploadCommand({ ...where, UploadId, MultipartUpload: { Parts: parts as UploadedPart[] } }),
    );
  } catch (error) {
    if (!isMissing(error)) throw error;
    const { ContentLength } = await bucket.client.send(new HeadObjectCommand(where));
    if (ContentLength !== size) throw error;
  }
}
