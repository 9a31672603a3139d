import { describeScan, forgetScan, requestScan, type Scan, scansOf } from '#modules/scanning';
import { type Context, systemContext } from '#platform/context';
import type { Tx } from '#platform/db';
import { ensure, Failure, isUndone } from '#platform/errors';
import { limits, plainFileName } from './rules.ts';
import type { HeldFile, Holder } from './store/file.ts';

export type { HeldFile } from './store/file.ts';

/** A file as somebody hands it in. */
export type NewFile = { readonly name: string; readonly type: string; readonly bytes: AsyncIterable<Uint8Array> };

const tooLarge = () => new Failure('tooLarge', 'mailbox.fileTooLarge', { field: 'file', limit: limits.fileBytes });

const mediaType = (type: string) =>
  /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(type) ? type.toLowerCase() : 'application/octet-stream';

/** Stores files of a tenant before anything points to them. Leaves nothing behind when it throws: too large, too many. */
export async function storeFiles(
  ctx: Context,
  tenant: number,
  files: AsyncIterable<NewFile>,
  most = { files: limits.files, bytes: limits.fileBytes },
): Promise<HeldFile[]> {
  const stored: HeldFile[] = [];
  try {
    for await (const { name, type, bytes } of files) {
      ensure(stored.length < most.files, 'tooLarge', 'mailbox.tooManyFiles', { field: 'file', limit: most.files });
      const { id: blob, size, sha256 } = await ctx.platform.blobs.write(tenant, bytes, { maxBytes: most.bytes, tooLarge });
      stored.push({ position: stored.length, blob, name: plainFileName(name), type: mediaType(type), size, sha256 });
    }
    return stored;
  } catch (error) {
    await removeBlobs(
      ctx,
      tenant,
      stored.map(({ blob }) => blob),
    );
    throw error;
  }
}

type Given = { readonly files: readonly HeldFile[]; readonly error: unknown };

/**
 * Removes what was stored for something that was refused, and throws why. When the database has gone away in between nobody knows whether
 * it was committed: then the bytes stay, and the weekly sweep decides.
 */
export async function giveUpFiles(ctx: Context, tenant: number, { files, error }: Given): Promise<never> {
  const blobs = files.map(({ blob }) => blob);
  if (isUndone(error)) await removeBlobs(ctx, tenant, blobs);
  throw error;
}

export async function removeBlobs({ platform }: Context, tenant: number, blobs: readonly string[]): Promise<void> {
  for (const blob of blobs) await platform.blobs.remove(tenant, blob);
}

/** Copies files from one tenant's store into another's: each is encrypted with the key of the tenant it lies with. */
export async function copyFiles(
  ctx: Context,
  files: readonly HeldFile[],
  { from, to }: { readonly from: number; readonly to: number },
): Promise<HeldFile[]> {
  async function* sources(): AsyncGenerator<NewFile> {
    for (const { blob, name, type } of files) {
      const reader = await ctx.platform.blobs.open(from, blob);
      try {
        yield { name, type, bytes: reader.read(0, reader.size) };
      } finally {
        await reader.close();
      }
    }
  }
  // They were accepted where they came in.
  return storeFiles(ctx, to, sources(), { files: files.length, bytes: Math.max(0, ...files.map(({ size }) => size)) });
}

/** Has files looked at before anybody reads them, in the transaction of their rows. */
export async function scanFiles(
  tx: Tx,
  ctx: Context,
  { tenant, holder, id, files }: { tenant: number; holder: Holder; id: number; files: readonly HeldFile[] },
): Promise<void> {
  const within = systemContext(ctx.platform, tenant, 'mailbox');
  for (const { blob, size, sha256, position } of files)
    await requestScan(tx, within, { blob, size, sha256, reference: `mailbox-${holder}:${id}:${position}` });
}

/** Forgets what the scanner said of files that go, in the transaction in which they go. */
export async function forgetFiles(tx: Tx, ctx: Context, tenant: number, blobs: readonly string[]): Promise<void> {
  await forgetScan(tx, systemContext(ctx.platform, tenant, 'mailbox'), blobs);
}

/** An attachment with what is known of it. */
export type ScannedFile = HeldFile & {
  readonly id: number;
  readonly scan: Scan | null;
  /** One sentence: how it stands, what to do. */
  readonly says: string;
  /** Whether it may be saved: yes, after being told of the risk, or not (yet). */
  readonly door: 'open' | 'atRisk' | 'shut';
};

function doorOf(scan: Scan | null): ScannedFile['door'] {
  if (scan?.state === 'clean') return 'open';
  return scan?.state === 'notScannable' && scan.obstacle !== 'damaged' ? 'atRisk' : 'shut';
}

/** Files of the actor's tenant with what the scanner says of them. */
export async function withScans<File extends HeldFile & { readonly id: number }>(
  ctx: Context,
  files: readonly File[],
): Promise<(File & ScannedFile)[]> {
  const scans = await scansOf(
    ctx,
    files.map(({ blob }) => blob),
  );
  return files.map((file) => {
    const scan = scans.get(file.blob) ?? null;
    return { ...file, scan, says: describeScan(ctx, scan), door: doorOf(scan) };
  });
}
