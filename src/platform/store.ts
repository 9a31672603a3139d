import type { Config } from '../config.ts';
import type { ByteStore } from './blobs.ts';
import { openLocalStore } from './blobs-local.ts';

/** Where the bytes lie. The S3 client is loaded only where it is used: it is as large as all the rest. */
export async function openStore({ s3, data }: Pick<Config, 's3' | 'data'>): Promise<ByteStore> {
  if (!s3) return openLocalStore(`${data}/blobs`);
  const { openS3Store } = await import('./blobs-s3.ts');
  return openS3Store(s3);
}
