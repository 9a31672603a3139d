import { createHash } from 'node:crypto';

/** Hexadecimal; SHA-256 is what we check by, SHA-1 what sync clients compare. */
export type Digests = { readonly sha256: string; readonly sha1: string };

/** Both hashes of a stream. */
export type Hashing = {
  /** Takes the next bytes; when it gives a promise, wait for it before the next ones. The bytes stay the caller's. */
  update(bytes: Uint8Array): Promise<void> | undefined;
  /** Ends it. */
  digest(): Promise<Digests>;
  /** Ends it without a result; allowed at any time. */
  abandon(): void;
};

/** In the calling thread: what small content, and everything that comes in drops, is best served by. */
export function hashHere(): Hashing {
  const sha256 = createHash('sha256');
  const sha1 = createHash('sha1');
  return {
    update: (bytes) => {
      sha256.update(bytes);
      sha1.update(bytes);
      return undefined;
    },
    digest: async () => ({ sha256: sha256.digest('hex'), sha1: sha1.digest('hex') }),
    abandon: () => {},
  };
}
