import { S3Client } from '@aws-sdk/client-s3';
import type { S3Config } from '../config.ts';
import { Failure } from './errors.ts';

/** Limits of S3 itself, and how we use it. */
export const s3Limits = {
  /** Parts of a multipart upload; two in flight and one being gathered bound the memory of one upload. */
  partBytes: 8 * 2 ** 20,
  partsInFlight: 2,
  /** S3 takes 10,000 parts at most: after so many the size doubles, which makes room for 496 GiB. */
  partsOfOneSize: 2_000,
  mostParts: 10_000,
  /** Larger objects cannot be copied in one request. */
  copyBytes: 5 * 2 ** 30,
  copyPartBytes: 2 ** 30,
  /** Opening an object brings this much of it, so that a small one needs no second request. */
  openBytes: 64 * 2 ** 10,
  /** How often one reading is taken up again after the connection broke. */
  resumptions: 4,
  /** Requests are tried so often, with growing pauses. */
  attempts: 4,
  connectMilliseconds: 3_000,
  /** Silence after which a request counts as failed. */
  silenceMilliseconds: 30_000,
  sockets: 64,
};
export type S3Limits = typeof s3Limits;

/** What the parts of this store share. */
export type Bucket = { readonly client: S3Client; readonly name: string; readonly limits: S3Limits };

/** Metadata under which the head of an object lies beside it: there it can be replaced without touching the bytes. */
export const headMetadata = (head: Buffer) => ({ head: head.toString('base64') });

/** A client with our time limits. Nothing connects before it is used. */
export function connectS3(config: S3Config, limits: S3Limits): S3Client {
  return new S3Client({
    endpoint: config.endpoint,
    region: config.region,
    credentials: { accessKeyId: config.accessKeyId, secretAccessKey: config.secretAccessKey },
    forcePathStyle: true,
    // The payload's SHA-256 is signed with every request, and our own tags are checked on every read: a third checksum is not
    // needed, and not every service knows it.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: limits.attempts,
    retryMode: 'standard',
    requestHandler: {
      connectionTimeout: limits.connectMilliseconds,
      requestTimeout: limits.silenceMilliseconds,
      throwOnRequestTimeout: true,
      socketTimeout: limits.silenceMilliseconds,
      httpAgent: { keepAlive: true, maxSockets: limits.sockets },
      httpsAgent: { keepAlive: true, maxSockets: limits.sockets },
    },
  });
}

/** What the SDK throws: a name from the service's answer, the status, or a code of the network. */
type S3Error = { readonly name?: string; readonly $metadata?: { readonly httpStatusCode?: number } };

const nameOf = (error: unknown) => String((error as S3Error | null)?.name ?? '');
const statusOf = (error: unknown) => (error as S3Error | null)?.$metadata?.httpStatusCode ?? 0;

/** There is no such object, upload or bucket. */
export function isMissing(error: unknown): boolean {
  return ['NoSuchKey', 'NotFound', 'NoSuchUpload', 'NoSuchBucket'].includes(nameOf(error)) || statusOf(error) === 404;
}

/** The range begins behind the end: of an object without bytes every range does. */
export function isRangeEmpty(error: unknown): boolean {
  return nameOf(error) === 'InvalidRange' || statusOf(error) === 416;
}

/** The service knows us not, or does not let us. */
export function isRefused(error: unknown): boolean {
  return [401, 403].includes(statusOf(error));
}

const fullNames = ['QuotaExceeded', 'InsufficientCapacity', 'XMinioStorageFull'];

/**
 * Throws what the house understands: the store is full, or (whatever else it says) cannot be used right now. Answers the
 * request cannot change, such as a withdrawn key, are the operator's to mend and may come right, so they are `unavailable` too.
 */
export function asStoreFailure(error: unknown): never {
  if (error instanceof Failure) throw error;
  const isFull = fullNames.includes(nameOf(error)) || statusOf(error) === 507;
  if (isFull) throw new Failure('quotaExceeded', 'platform.diskFull', {}, error);
  throw new Failure('unavailable', 'platform.unavailable', {}, error);
}
