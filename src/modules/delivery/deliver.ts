import { createHash, randomUUID } from 'node:crypto';
import { getSubmission, readableAttachment, type SubmissionView } from '#modules/forms';
import { bringBack } from '#modules/intake';
import type { Context } from '#platform/context';
import { dayAt } from '#platform/day';
import type { Tx } from '#platform/db';
import { asFailure, ensure, type Failure } from '#platform/errors';
import { enqueue, type Job } from '#platform/jobs';
import { dataOf, paidFor, reportFor } from './content.ts';
import { serviceOf } from './destination.ts';
import { seal, sealStream } from './envelope.ts';
import { isUuid } from './gate.ts';
import { publicKey } from './keys.ts';
import { limits, lookAfter, movingStates, pauseAfter } from './rules.ts';
import { type SentFile, writeMetadata } from './rules-metadata.ts';
import { tagOf } from './rules-tags.ts';
import type { Service } from './service-http.ts';
import { takeStep } from './step.ts';
import {
  type Delivery,
  insertPiece,
  insertTry,
  lockDelivery,
  markPiece,
  type Piece,
  readDelivery,
  readPieces,
  updateDelivery,
} from './store/delivery.ts';
import { type Destination, readDestination } from './store/destination.ts';
import { lookForVerdict } from './verdict.ts';

/**
 * The way of one application to its specialist system: announce, bring the files, submit, wait for the verdict. Every step is noted
 * as soon as it is done, and can be done again: killed anywhere, it goes on from there, and nothing is submitted twice.
 */

type One = { readonly delivery: string };

/** Does what can be done for a delivery now, and sets the time of the next try. Doing it twice does no harm. */
export async function advance(ctx: Context, id: string): Promise<void> {
  try {
    for (const state of movingStates) {
      const found = await readDelivery(ctx.platform.db.read(ctx.actor.tenant), ctx.actor.tenant, id);
      if (found?.state === state) await work[state as keyof typeof work](ctx, found);
    }
  } catch (error) {
    await setBack(ctx, id, asFailure(error));
  }
}

export const deliver: Job<One> = { name: 'delivery.deliver', run: (ctx, { delivery }) => advance(ctx, delivery) };

/** The next try, instead of the one that was waited for. */
const keyOf = (tenant: number, id: string) => `deliver ${tenant} ${id}`;

async function setBack(ctx: Context, id: string, failure: Failure): Promise<void> {
  const { tenant } = ctx.actor;
  const now = ctx.platform.clock.now();
  await ctx.platform.db.write(tenant, async (tx) => {
    const held = await lockDelivery(tx, tenant, id);
    if (!held || !movingStates.includes(held.state)) return;
    const isWaiting = failure.code === 'delivery.notReady';
    const failures = held.failures + (isWaiting ? 0 : 1);
    const isLate = isWaiting && now.getTime() - held.createdAt.getTime() > limits.readyHours * 3_600_000;
    const isHopeless = failure.kind !== 'unavailable' || failures >= limits.failures || isLate;
    if (isHopeless) return takeStep(tx, ctx, held, { step: 'fail', who: 'house', reason: failure.code });
    const nextAt = new Date(now.getTime() + pauseAfter(isWaiting ? 1 : failures) * 1_000);
    await updateDelivery(tx, { ...held, failures, nextAt, reason: failure.code });
    await enqueue(tx, deliver, { delivery: id }, { runAt: nextAt, key: keyOf(tenant, id) });
  });
}

type Ready = {
  readonly view: SubmissionView;
  readonly target: Destination;
  readonly service: Service;
};

/** Throws `unavailable` while the receipt is made or a file is looked at, `conflict` when a file must not go anywhere. */
async function prepare(ctx: Context, { submission, form }: Delivery): Promise<Ready> {
  const { tenant } = ctx.actor;
  const [view, target] = await Promise.all([
    getSubmission(ctx, submission),
    readDestination(ctx.platform.db.read(tenant), tenant, form),
  ]);
  ensure(target?.isActive, 'conflict', 'delivery.noDestination');
  ensure(view.files.length < limits.files, 'conflict', 'delivery.tooManyFiles', { limit: limits.files - 1 });
  const isReady = view.submission.receiptBlob !== null && view.files.every(({ state }) => state !== 'waiting');
  ensure(isReady, 'unavailable', 'delivery.notReady');
  ensure(
    view.files.every(({ state }) => state === 'clean'),
    'conflict',
    'delivery.unsafeFile',
  );
  ensure(
    view.files.every(({ size }) => size <= limits.fileBytes),
    'conflict',
    'delivery.fileTooLarge',
    { limit: limits.fileBytes },
  );
  return { view, target, service: await serviceOf(ctx, tenant, target) };
}

/** The pieces of this round get their ids once, before anybody is told of them. */
async function piecesFor(ctx: Context, delivery: Delivery, { files }: SubmissionView): Promise<Piece[]> {
  return ctx.platform.db.write(delivery.tenant, async (tx) => {
    const held = await lockDelivery(tx, delivery.tenant, delivery.id);
    ensure(held && held.round === delivery.round, 'conflict', 'delivery.stepImpossible');
    const known = await readPieces(tx, held);
    if (known.length > 0) return known;
    for (const attachment of [null, ...files.map(({ id }) => id)]) await insertPiece(tx, held, { id: randomUUID(), attachment });
    return readPieces(tx, held);
  });
}

async function announce(ctx: Context, delivery: Delivery): Promise<void> {
  const { view, target, service } = await prepare(ctx, delivery);
  const pieces = await piecesFor(ctx, delivery, view);
  const { body } = await service.ask({
    method: 'POST',
    path: '/v1/submissions',
    // Should the answer get lost, the same round is the same submission: a service that knows this header gives the same id again, and
    // at another one an announcement is left over that nobody submits.
    headers: { 'idempotency-key': `${delivery.id}.${delivery.round}` },
    json: {
      destinationId: target.destination,
      announcedAttachments: pieces.map(({ id }) => id),
      serviceType: { identifier: target.service, name: view.submission.title.de },
    },
  });
  const { submissionId: remote, caseId: remoteCase } = body;
  ensure(isUuid(remote) && isUuid(remoteCase), 'conflict', 'delivery.serviceOdd');
  await step(ctx, delivery, { step: 'announce', remote, remoteCase });
}

type Move = { readonly step: 'announce' | 'submit'; readonly remote?: string; readonly remoteCase?: string };

async function step(ctx: Context, { tenant, id, edition }: Delivery, { step: name, ...more }: Move): Promise<void> {
  await ctx.platform.db.write(tenant, async (tx) => {
    const held = await lockDelivery(tx, tenant, id);
    const isSubmitted = name === 'submit';
    if (held && isSubmitted && held.state !== 'announced') return tellOfCrossing(ctx, tx, held);
    // Somebody else has gone on with it: what they did counts.
    ensure(held && (held.edition === edition || isSubmitted), 'unavailable', 'delivery.stepImpossible');
    const submittedAt = isSubmitted ? ctx.platform.clock.now() : held.submittedAt;
    await takeStep(tx, ctx, { ...held, ...more, submittedAt }, { step: name, who: 'house', reason: null });
  });
}

/** It was called back at the very moment at which it was submitted: it is over there, and the office has to know. */
async function tellOfCrossing(ctx: Context, tx: Tx, { state, submission, receiver }: Delivery): Promise<void> {
  if (state === 'recalled') await bringBack(tx, ctx, { submission, code: 'delivery.crossed', params: { receiver, detail: '' } });
}

type StoredFile = { readonly blob: string; readonly size: number; readonly type: string; readonly name: string };

/** What a piece stands for. Throws as `readableAttachment` for one that must not be handed out. */
async function fileOf(ctx: Context, { submission }: SubmissionView, { attachment }: Piece): Promise<StoredFile> {
  if (attachment !== null) return readableAttachment(ctx, { submission: submission.id, attachment });
  const { receiptBlob: blob, receiptSize: size, reference } = submission;
  ensure(blob !== null && size !== null, 'unavailable', 'delivery.notReady');
  return { blob, size, type: 'application/pdf', name: `Antrag-${reference}.pdf` };
}

/** Brings one file, encrypted while it is read; its sum is made on the way. */
async function bring(ctx: Context, { view, target, service }: Ready, delivery: Delivery, piece: Piece): Promise<void> {
  const { tenant } = ctx.actor;
  const { blob, size, type } = await fileOf(ctx, view, piece);
  const sum = createHash('sha512');
  async function* read() {
    const reader = await ctx.platform.blobs.open(tenant, blob);
    try {
      for await (const part of reader.read(0, size)) {
        sum.update(part);
        yield part;
      }
    } finally {
      await reader.close();
    }
  }
  const { length, stream, tag } = sealStream(publicKey(target.encryptionKey), read(), { size, type });
  await service.ask({
    method: 'PUT',
    path: `/v1/submissions/${delivery.remote}/attachments/${piece.id}`,
    headers: { 'content-type': 'application/jose' },
    stream: { bytes: stream, length },
  });
  const brought = { id: piece.id, sha512: sum.digest('hex'), tag: tag() };
  await ctx.platform.db.write(tenant, (tx) => markPiece(tx, delivery, brought));
}

const sentAs = async (ctx: Context, view: SubmissionView, piece: Piece): Promise<SentFile> => {
  const { type, name } = await fileOf(ctx, view, piece);
  return {
    hash: { type: 'sha512', content: piece.sha512 as string },
    purpose: piece.attachment === null ? 'form' : 'attachment',
    mimeType: type,
    attachmentId: piece.id,
    filename: name,
  };
};

async function bringAndSubmit(ctx: Context, delivery: Delivery): Promise<void> {
  const ready = await prepare(ctx, delivery);
  const { view, target, service } = ready;
  const sql = ctx.platform.db.read(ctx.actor.tenant);
  for (const piece of await readPieces(sql, delivery)) if (piece.sha512 === null) await bring(ctx, ready, delivery, piece);
  // An applicant may have withdrawn, or the office called it back, while a file was under way.
  const now = await readDelivery(sql, delivery.tenant, delivery.id);
  ensure(now?.state === 'announced' && now.round === delivery.round, 'unavailable', 'delivery.stepImpossible');
  const pieces = await readPieces(sql, delivery);
  const data = dataOf(view);
  ensure(Buffer.byteLength(data) <= limits.dataBytes, 'conflict', 'delivery.dataTooLarge', { limit: limits.dataBytes });
  const sum = createHash('sha512').update(data).digest('hex');
  const { reference, mail, title, sentAt } = view.submission;
  const metadata = writeMetadata({
    service: target.service,
    name: title.de,
    reference,
    day: dayAt(sentAt),
    mail,
    sum,
    files: await Promise.all(pieces.map((piece) => sentAs(ctx, view, piece))),
    payment: await paidFor(ctx, view),
    report: await reportFor(ctx, view, sum),
  });
  const key = publicKey(target.encryptionKey);
  const encryptedMetadata = seal(key, JSON.stringify(metadata), 'application/json');
  const encryptedData = seal(key, data, 'application/json');
  const tags = { metadata: tagOf(encryptedMetadata), data: tagOf(encryptedData) };
  // Before anybody has them: should the answer get lost, these may be what arrived.
  await ctx.platform.db.write(delivery.tenant, (tx) => insertTry(tx, delivery, tags));
  await service.ask({
    method: 'PUT',
    path: `/v1/submissions/${delivery.remote}`,
    json: { encryptedMetadata, encryptedData },
    // It is there already: the answer to an earlier try was lost.
    expects: [409],
  });
  await step(ctx, delivery, { step: 'submit' });
}

/** Looks for the verdict; later ones later. */
async function look(ctx: Context, delivery: Delivery): Promise<void> {
  const { tenant, id, form, steppedAt } = delivery;
  const target = await readDestination(ctx.platform.db.read(tenant), tenant, form);
  ensure(target, 'conflict', 'delivery.noDestination');
  const isDecided = await lookForVerdict(ctx, delivery, { target, service: await serviceOf(ctx, tenant, target) });
  if (isDecided) return;
  const now = ctx.platform.clock.now();
  const waited = (now.getTime() - steppedAt.getTime()) / 1_000;
  ensure(waited < limits.verdictDays * 86_400, 'conflict', 'delivery.noVerdict', { days: limits.verdictDays });
  const nextAt = new Date(now.getTime() + lookAfter(waited) * 1_000);
  await ctx.platform.db.write(tenant, async (tx) => {
    const held = await lockDelivery(tx, tenant, id);
    if (held?.state !== 'submitted') return;
    await updateDelivery(tx, { ...held, failures: 0, nextAt, reason: null });
    await enqueue(tx, deliver, { delivery: id }, { runAt: nextAt, key: keyOf(tenant, id) });
  });
}

const work = { waiting: announce, announced: bringAndSubmit, submitted: look } as const;
