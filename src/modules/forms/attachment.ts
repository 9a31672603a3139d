import { Readable } from 'node:stream';
import { forgetScan, requestScan, scanned } from '#modules/scanning';
import type { StoredBlob } from '#platform/blobs';
import { type Context, systemContext } from '#platform/context';
import type { Sql, Tx } from '#platform/db';
import { ensure, Failure, isUndone } from '#platform/errors';
import { on } from '#platform/events';
import { networkOf, type ThrottleRule, takeAttempt } from '#platform/throttle';
import { checkCeiling } from './anonymous.ts';
import { holdDraft, type OpenDraft, openDraft } from './draft.ts';
import { tenantFor, within } from './gate.ts';
import type { Field } from './rules-definition.ts';
import { plainFileName, type Recognised, recognise, sniffBytes } from './rules-file.ts';
import { limits } from './rules-status.ts';
import {
  type Attachment,
  type Draft,
  deleteAttachment,
  insertAttachment,
  markAttachment,
  updateAttachmentState,
} from './store/draft.ts';
import { readIdOfDraft, readRequests } from './store/submission.ts';

const uploading: ThrottleRule = {
  name: 'forms.upload',
  free: 300,
  windowSeconds: 600,
  firstWaitSeconds: 30,
  longestWaitSeconds: 3_600,
};
const defaultBytes = 20_000_000;
const defaultFiles = 5;

type Bytes = AsyncIterable<Uint8Array> | NodeJS.ReadableStream;

/** Where a file belongs: to a question of a page, or to the answer to what the office has asked. */
export type Where = { readonly page: string; readonly field: string } | { readonly request: number };
type Given = {
  readonly name: string;
  readonly bytes: Bytes;
  /** What else happens in the transaction in which it becomes an attachment. */
  readonly settle?: ((tx: Tx) => Promise<void>) | undefined;
};

/** A place for files: which of them it takes, and that it still does. Throws when it does not. */
type Place = { readonly field: Field; readonly check: (open: OpenDraft, sql: Sql | Tx) => Promise<void> };

/** Files of an answer to the office: under a name no form has for a question. */
export const evidenceField = (request: number): string => `evidence:${request}`;

/** Which request of the office a file answers; null: it belongs to a question. */
export function requestOf(field: string): number | null {
  const [, request] = /^evidence:(\d{1,15})$/.exec(field) ?? [];
  return request === undefined ? null : Number(request);
}

const label = { de: 'Nachweis', en: 'Evidence' };

function evidencePlace(request: number): Place {
  const limit = { mostFiles: limits.evidenceFiles, mostBytes: limits.evidenceBytes };
  const types: Field['types'] = ['pdf', 'picture', 'office', 'plan'];
  const check = async ({ draft: { tenant, id } }: OpenDraft, sql: Sql | Tx) => {
    const submission = await readIdOfDraft(sql, tenant, id);
    const requests = submission === null ? [] : await readRequests(sql, tenant, submission);
    const asked = requests.find((known) => known.id === request);
    ensure(asked, 'notFound', 'platform.notFound');
    ensure(asked.answeredAt === null, 'conflict', 'forms.answeredAlready');
  };
  return { field: { key: evidenceField(request), kind: 'file', label, types, ...limit }, check };
}

/** The place for files somebody names. Throws `notFound` for a question this form does not have. */
export function placeFor({ form: { definition } }: Pick<OpenDraft, 'form'>, where: Where): Place {
  if ('request' in where) return evidencePlace(where.request);
  const page = definition.pages.find((known) => known.key === where.page);
  const field = page?.fields.find((known) => known.key === where.field && known.kind === 'file');
  ensure(field, 'notFound', 'forms.pageGone');
  return { field, check: checkOpen };
}

async function checkOpen({ draft }: OpenDraft): Promise<void> {
  ensure(draft.state !== 'sent', 'conflict', 'forms.sentAlready');
}

/** Somebody who uploads again and again waits. Throws `tooMany`. */
export const takeTurn = (ctx: Context): Promise<void> => takeAttempt(ctx, uploading, networkOf(ctx.network));

/** The most one file of a question may have, in bytes. */
export const mostBytesOf = ({ mostBytes = defaultBytes }: Field): number => mostBytes;

/**
 * Adds a file to a question, or to the answer to what the office has asked. The bytes are durable before anything points to them, and are
 * looked at for malware before the office reads them. The same file twice is one. Throws `invalid` for a kind of file that is not taken
 * (by its content), `tooLarge`, `conflict` when there are enough or it was sent or answered already, `tooMany` when too much of people
 * without an account lies here.
 */
export async function addFile(ctx: Context, token: string, { name, bytes, ...where }: Where & Given): Promise<void> {
  await takeTurn(ctx);
  await addTo(ctx, token, where, { name, bytes });
}

/** Like {@link addFile}, without counting how often somebody does. */
export async function addTo(ctx: Context, token: string, where: Where, file: Given): Promise<void> {
  const open = await openDraft(ctx, token);
  const { draft, files } = open;
  const place = placeFor(open, where);
  const { field } = place;
  const sql = ctx.platform.db.read(draft.tenant);
  await place.check(open, sql);
  checkCount(field, files, 0);
  await checkCeiling(ctx, draft);
  const { stored, found } = await store(ctx, draft.tenant, field, file);
  const kept = { ...place, found, stored, name: plainFileName(file.name), settle: file.settle };
  const isNew = await keep(ctx, token, kept).catch(async (error) => {
    // When the database has gone away nobody knows whether it was committed: then the weekly sweep decides.
    if (isUndone(error)) await ctx.platform.blobs.remove(draft.tenant, stored.id);
    throw error;
  });
  if (!isNew) await ctx.platform.blobs.remove(draft.tenant, stored.id);
}

/** Room for one more file, beside so many that are on their way to the question. Throws `conflict`. */
export function checkCount({ key, mostFiles = defaultFiles }: Field, files: OpenDraft['files'], coming: number): void {
  const mine = files.filter((one) => one.field === key).length;
  ensure(mine + coming < mostFiles, 'conflict', 'forms.enoughFiles', { field: key, limit: mostFiles });
  ensure(files.length + coming < limits.files, 'conflict', 'forms.enoughFiles', { field: key, limit: limits.files });
}

export const tooLarge = (field: Field, name: string): Failure =>
  new Failure('tooLarge', 'forms.fileTooLarge', { field: field.key, name: plainFileName(name), limit: mostBytesOf(field) });

async function store(ctx: Context, tenant: number, field: Field, { bytes, name }: Given) {
  const sniffer = sniffing(piecesOf(bytes), field, name);
  const limit = { maxBytes: mostBytesOf(field), tooLarge: () => tooLarge(field, name) };
  const stored = await ctx.platform.blobs.write(tenant, sniffer.bytes, limit);
  return { stored, found: sniffer.found() };
}

/** A refused file is passed over and not cut off: what comes behind it in the same form is still wanted. */
function piecesOf(bytes: Bytes): AsyncIterable<Uint8Array> {
  return bytes instanceof Readable ? bytes.iterator({ destroyOnReturn: false }) : (bytes as AsyncIterable<Uint8Array>);
}

/** What the first bytes say. Throws `invalid` for a kind that is not taken here. */
export function checkKind(head: Uint8Array, { key, types = ['pdf', 'picture'] }: Field, name: string): Recognised {
  const found = recognise(head);
  ensure(found !== null && types.includes(found.kind), 'invalid', 'forms.fileKind', { field: key, name: plainFileName(name) });
  return found;
}

/** The bytes again, the first of them together, so that they can be judged. */
export async function* headFirst(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: Buffer | null = Buffer.alloc(0);
  for await (const piece of bytes) {
    if (head === null) {
      yield piece;
      continue;
    }
    head = Buffer.concat([head, piece]);
    if (head.length < sniffBytes) continue;
    yield head;
    head = null;
  }
  if (head !== null) yield head;
}

/** Looks at the first bytes before any of them is stored. */
function sniffing(bytes: AsyncIterable<Uint8Array>, field: Field, name: string) {
  let found: Recognised | null = null;
  async function* pass(): AsyncGenerator<Uint8Array> {
    for await (const piece of headFirst(bytes)) {
      found ??= checkKind(piece, field, name);
      yield piece;
    }
  }
  return { bytes: pass(), found: () => found as unknown as Recognised };
}

type Kept = Place & Pick<Given, 'name' | 'settle'> & { readonly found: Recognised; readonly stored: StoredBlob };

/** What a file of a question is marked with while what was sent is being corrected. */
const markFor = ({ state }: Draft, field: string) =>
  state === 'correcting' && requestOf(field) === null ? ('added' as const) : null;

async function keep(ctx: Context, token: string, { field, check, found, stored, name, settle }: Kept): Promise<boolean> {
  const tenant = tenantFor(token);
  return ctx.platform.db.write(tenant, async (tx) => {
    const open = await holdDraft(ctx, tx, token);
    const { draft, files, leaving } = open;
    await check(open, tx);
    await settle?.(tx);
    const isSame = (one: Attachment) => one.field === field.key && one.sha256 === stored.sha256;
    if (files.some(isSame)) return false;
    checkCount(field, files, 0);
    const back = leaving.find(isSame);
    if (back) {
      await markAttachment(tx, tenant, back.id, null);
      return false;
    }
    const facts = { size: stored.size, sha256: stored.sha256, blob: stored.id, correction: markFor(draft, field.key) };
    const row = { draft: draft.id, field: field.key, name, type: found.type, addedAt: ctx.platform.clock.now(), ...facts };
    const id = await insertAttachment(tx, tenant, row);
    const scan = { blob: stored.id, size: stored.size, sha256: stored.sha256, reference: `form-attachment:${id}` };
    await requestScan(tx, within(ctx, tenant), scan);
    return true;
  });
}

/**
 * Takes a file away again; of what is being corrected, once the correction is sent. One that is gone already is no error. Throws
 * `conflict` once it was sent, or answered with.
 */
export async function removeFile(ctx: Context, token: string, attachment: number): Promise<void> {
  const tenant = tenantFor(token);
  const blob = await ctx.platform.db.write(tenant, async (tx) => {
    const open = await holdDraft(ctx, tx, token);
    const { draft, files } = open;
    const file = files.find(({ id }) => id === attachment);
    if (!file) return null;
    const request = requestOf(file.field);
    const check = request === null ? checkOpen : evidencePlace(request).check;
    await check(open, tx);
    if (markFor(draft, file.field) !== file.correction) {
      await markAttachment(tx, tenant, file.id, 'removed');
      return null;
    }
    const gone = await deleteAttachment(tx, tenant, draft.id, attachment);
    if (gone) await forgetScan(tx, within(ctx, tenant), [gone]);
    return gone;
  });
  if (blob) await ctx.platform.blobs.remove(tenant, blob);
}

/** Keeps a file that was to go with a correction. One that stays anyway is no error. Throws `conflict` when there are enough by now. */
export async function keepFile(ctx: Context, token: string, attachment: number): Promise<void> {
  const tenant = tenantFor(token);
  await ctx.platform.db.write(tenant, async (tx) => {
    const { form, files, leaving } = await holdDraft(ctx, tx, token);
    const file = leaving.find(({ id }) => id === attachment);
    if (!file) return;
    const field = form.definition.pages.flatMap(({ fields }) => fields).find(({ key }) => key === file.field);
    if (field) checkCount(field, files, 0);
    await markAttachment(tx, tenant, file.id, null);
  });
}

/** What the scanner said is seen beside the file. */
export const noteScan = on(scanned, 'forms.noteScan', async (ctx, { tenant, blob, state }) => {
  const own = systemContext(ctx.platform, tenant, 'forms.noteScan');
  await own.platform.db.write(tenant, (tx) => updateAttachmentState(tx, tenant, blob, state));
});
