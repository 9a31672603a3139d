import { Readable } from 'node:stream';
import { forgetScan, requestScan, scanned } from '#modules/scanning';
import type { StoredBlob } from '#platform/blobs';
import { type Context, systemContext } from '#platform/context';
import { ensure, Failure } from '#platform/errors';
import { on } from '#platform/events';
import { networkOf, type ThrottleRule, takeAttempt } from '#platform/throttle';
import { holdDraft, openDraft } from './draft.ts';
import { readToken, within } from './gate.ts';
import type { Field } from './rules-definition.ts';
import { plainFileName, type Recognised, recognise, sniffBytes } from './rules-file.ts';
import { limits } from './rules-status.ts';
import { deleteAttachment, insertAttachment, updateAttachmentState } from './store/draft.ts';

const uploading: ThrottleRule = {
  name: 'forms.upload',
  free: 300,
  windowSeconds: 600,
  firstWaitSeconds: 30,
  longestWaitSeconds: 3_600,
};
const defaultBytes = 20_000_000;
const defaultFiles = 5;

export type NewFile = {
  readonly page: string;
  readonly field: string;
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array> | NodeJS.ReadableStream;
};

/**
 * Adds a file to a question. The bytes are durable before anything points to them, and are looked at for malware before the
 * office reads them. The same file twice is one. Throws `invalid` for a kind of file that is not taken (by its content), `tooLarge`,
 * `conflict` when there are enough or it was sent already.
 */
export async function addFile(ctx: Context, token: string, file: NewFile): Promise<void> {
  await takeAttempt(ctx, uploading, networkOf(ctx.network));
  const { draft, form, files } = await openDraft(ctx, token);
  ensure(draft.state === 'open', 'conflict', 'forms.sentAlready');
  const page = form.definition.pages.find(({ key }) => key === file.page);
  const field = page?.fields.find(({ key, kind }) => key === file.field && kind === 'file');
  ensure(field, 'notFound', 'forms.pageGone');
  checkCount(field, files.filter((one) => one.field === field.key).length, files.length);
  const { stored, found } = await store(ctx, draft.tenant, field, file);
  const isNew = await keep(ctx, token, { field, found, stored, name: plainFileName(file.name) }).catch(async (error) => {
    await ctx.platform.blobs.remove(draft.tenant, stored.id);
    throw error;
  });
  if (!isNew) await ctx.platform.blobs.remove(draft.tenant, stored.id);
}

function checkCount({ key, mostFiles = defaultFiles }: Field, mine: number, all: number): void {
  ensure(mine < mostFiles, 'conflict', 'forms.enoughFiles', { field: key, limit: mostFiles });
  ensure(all < limits.files, 'conflict', 'forms.enoughFiles', { field: key, limit: limits.files });
}

async function store(ctx: Context, tenant: number, field: Field, { bytes, name }: NewFile) {
  const limit = field.mostBytes ?? defaultBytes;
  const sniffer = sniffing(piecesOf(bytes), field, name);
  const tooLarge = () => new Failure('tooLarge', 'forms.fileTooLarge', { field: field.key, name: plainFileName(name), limit });
  const stored = await ctx.platform.blobs.write(tenant, sniffer.bytes, { maxBytes: limit, tooLarge });
  return { stored, found: sniffer.found() };
}

/** A refused file is passed over and not cut off: what comes behind it in the same form is still wanted. */
function piecesOf(bytes: NewFile['bytes']): AsyncIterable<Uint8Array> {
  return bytes instanceof Readable ? bytes.iterator({ destroyOnReturn: false }) : (bytes as AsyncIterable<Uint8Array>);
}

/** Looks at the first bytes before any of them is stored. */
function sniffing(bytes: AsyncIterable<Uint8Array>, { key, types = ['pdf', 'picture'] }: Field, name: string) {
  let found: Recognised | null = null;
  const check = (head: Uint8Array) => {
    found = recognise(head);
    const isTaken = found !== null && types.includes(found.kind);
    ensure(isTaken, 'invalid', 'forms.fileKind', { field: key, name: plainFileName(name) });
  };
  async function* pass(): AsyncGenerator<Uint8Array> {
    let head: Buffer | null = Buffer.alloc(0);
    for await (const piece of bytes) {
      if (head === null) {
        yield piece;
        continue;
      }
      head = Buffer.concat([head, piece]);
      if (head.length < sniffBytes) continue;
      check(head);
      yield head;
      head = null;
    }
    if (head === null) return;
    check(head);
    yield head;
  }
  return { bytes: pass(), found: () => found as unknown as Recognised };
}

type Kept = { readonly field: Field; readonly found: Recognised; readonly stored: StoredBlob; readonly name: string };

async function keep(ctx: Context, token: string, { field, found, stored, name }: Kept): Promise<boolean> {
  const { tenant } = readToken(token);
  return ctx.platform.db.write(tenant, async (tx) => {
    const { draft, files } = await holdDraft(ctx, tx, token);
    ensure(draft.state === 'open', 'conflict', 'forms.sentAlready');
    if (files.some((one) => one.field === field.key && one.sha256 === stored.sha256)) return false;
    checkCount(field, files.filter((one) => one.field === field.key).length, files.length);
    const row = { draft: draft.id, field: field.key, name, type: found.type, addedAt: ctx.platform.clock.now() };
    const id = await insertAttachment(tx, tenant, { ...row, size: stored.size, sha256: stored.sha256, blob: stored.id });
    const scan = { blob: stored.id, size: stored.size, sha256: stored.sha256, reference: `form-attachment:${id}` };
    await requestScan(tx, within(ctx, tenant), scan);
    return true;
  });
}

/** Takes a file away again. One that is gone already is no error. Throws `conflict` once it was sent. */
export async function removeFile(ctx: Context, token: string, attachment: number): Promise<void> {
  const { tenant } = readToken(token);
  const blob = await ctx.platform.db.write(tenant, async (tx) => {
    const { draft } = await holdDraft(ctx, tx, token);
    ensure(draft.state === 'open', 'conflict', 'forms.sentAlready');
    const gone = await deleteAttachment(tx, tenant, draft.id, attachment);
    if (gone) await forgetScan(tx, within(ctx, tenant), [gone]);
    return gone;
  });
  if (blob) await ctx.platform.blobs.remove(tenant, blob);
}

/** What the scanner said is seen beside the file. */
export const noteScan = on(scanned, 'forms.noteScan', async (ctx, { tenant, blob, state }) => {
  const own = systemContext(ctx.platform, tenant, 'forms.noteScan');
  await own.platform.db.write(tenant, (tx) => updateAttachmentState(tx, tenant, blob, state));
});
