import { randomUUID } from 'node:crypto';
import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import { ensure, Failure, isUndone } from '#platform/errors';
import { enqueue } from '#platform/jobs';
import { tellOfNew } from './callback.ts';
import { isUuid } from './gate.ts';
import type { Jwk } from './keys.ts';
import { receive } from './receive.ts';
import { largestEnvelope, limits } from './rules.ts';
import { say, serviceSigner } from './service-log.ts';
import {
  type Arrival,
  countAnnounced,
  insertArrival,
  insertArrivalPiece,
  lockArrival,
  readArrival,
  readArrivalOfCase,
  readArrivalPieces,
  setPiece,
  setSubmitted,
} from './store/arrival.ts';
import { type Inbox, readInboxes, type Sender } from './store/inbox.ts';
import { readOldKeys } from './store/old-key.ts';
import { readServiceEvents } from './store/service-log.ts';
import { tagOfStored, tagsOf } from './tags.ts';

/**
 * What others deliver to us, modelled on the submission interface of FIT-Connect: announce, bring the files, submit, ask for the
 * verdict. Everything may be said twice.
 */

/** Whoever delivers has shown who they are; what they do is done for the tenant they deliver to. */
export type Delivering = { readonly tenant: number; readonly sender: Sender };

/** The house acts for who has shown who they are. */
export const within = (ctx: Context, { tenant }: Delivering): Context => ({
  ...ctx,
  actor: { kind: 'system', tenant, job: 'delivery' },
});

/** Throws `notFound` for one they are not known to. */
export async function inboxOf(ctx: Context, { tenant, sender }: Delivering, id: unknown): Promise<Inbox> {
  const [inbox] = isUuid(id) && id === sender.inbox ? await readInboxes(ctx.platform.db.read(tenant), tenant, id) : [];
  ensure(inbox, 'notFound', 'platform.notFound');
  return inbox;
}

/** What a sender has to know of a destination. */
export async function describeInbox(ctx: Context, by: Delivering, id: string): Promise<object> {
  const { isOpen, encryptionKey } = await inboxOf(ctx, by, id);
  return {
    destinationId: id,
    status: isOpen ? 'active' : 'inactive',
    encryptionKid: encryptionKey.kid,
    metadataVersions: ['1.0.0'],
    replyChannels: { eMail: {} },
  };
}

/** The public keys for the content and for verdicts: those that count, and those they have replaced while they still do (RFC 7517, 5). */
export async function keysOfInbox(ctx: Context, by: Delivering, id: string): Promise<{ readonly keys: readonly Jwk[] }> {
  const { encryptionKey, signingKey } = await inboxOf(ctx, by, id);
  const old = await readOldKeys(ctx.platform.db.read(by.tenant), by.tenant, id, ctx.platform.clock.now());
  return { keys: [encryptionKey, signingKey, ...old.map(({ jwk }) => jwk)] };
}

/** The public key of that name. */
export async function keyOfInbox(ctx: Context, by: Delivering, { id, kid }: { id: string; kid: string }): Promise<object> {
  const found = (await keysOfInbox(ctx, by, id)).keys.find((key) => key.kid === kid);
  ensure(found, 'notFound', 'platform.notFound');
  return found;
}

export type Announcement = {
  readonly destinationId: string;
  readonly announcedAttachments: readonly string[];
  readonly service: string;
  /** Given by the sender: announced again, it is the same. Null: each announcement is another one. */
  readonly key: string | null;
};

/** Announces a submission with its files. Throws `conflict` for a closed destination, `tooMany` with too many begun ones. */
export async function announceArrival(ctx: Context, by: Delivering, given: Announcement): Promise<object> {
  const { tenant, sender } = by;
  const inbox = await inboxOf(ctx, by, given.destinationId);
  ensure(sender.role === 'send', 'forbidden', 'platform.forbidden');
  ensure(inbox.isOpen, 'conflict', 'delivery.destinationClosed');
  const files = [...new Set(given.announcedAttachments)];
  ensure(files.every(isUuid), 'invalid', 'delivery.idForm', { field: 'announcedAttachments' });
  ensure(files.length <= limits.files, 'tooLarge', 'delivery.tooManyFiles', { limit: limits.files });
  const row = {
    id: randomUUID(),
    caseId: randomUUID(),
    inbox: inbox.id,
    sender: sender.id,
    service: given.service.slice(0, 255),
    key: given.key ?? randomUUID(),
    announcedAt: ctx.platform.clock.now(),
  };
  const found = await ctx.platform.db.write(tenant, async (tx) => {
    const { id, isNew } = await insertArrival(tx, tenant, row);
    if (isNew) {
      const isTooMany = (await countAnnounced(tx, tenant, sender.id)) > limits.announced;
      if (isTooMany) throw new Failure('tooMany', 'delivery.tooManyAnnounced', { seconds: 3_600, limit: limits.announced });
      for (const file of files) await insertArrivalPiece(tx, tenant, id, file);
    }
    return readArrival(tx, tenant, id);
  });
  ensure(found, 'internal', 'platform.internal');
  return { submissionId: found.id, caseId: found.caseId, destinationId: inbox.id };
}

/** Throws `notFound` for what is another sender's. */
function mine({ sender }: Delivering, found: Arrival | null): Arrival {
  ensure(found && found.sender === sender.id && sender.role === 'send', 'notFound', 'platform.notFound');
  return found;
}

/** Throws `notFound` for what is at another destination, or nobody has submitted. */
export function theirs({ sender }: Delivering, found: Arrival | null): Arrival {
  const isTheirs = found && sender.role === 'fetch' && found.inbox === sender.inbox && found.state !== 'announced';
  ensure(isTheirs, 'notFound', 'platform.notFound');
  return found;
}

const find = async (ctx: Context, by: Delivering, id: string): Promise<Arrival> =>
  mine(by, isUuid(id) ? await readArrival(ctx.platform.db.read(by.tenant), by.tenant, id) : null);

type File = { readonly submission: string; readonly id: string; readonly bytes: AsyncIterable<Uint8Array> };

/** Stores one file as it comes, encrypted. Brought again it takes the place of the one before. Throws `notFound`, `conflict`, `tooLarge`. */
export async function takeFile(ctx: Context, by: Delivering, { submission, id, bytes }: File): Promise<void> {
  const { tenant } = by;
  const { state } = await find(ctx, by, submission);
  const pieces = await readArrivalPieces(ctx.platform.db.read(tenant), tenant, submission);
  ensure(
    pieces.some((piece) => piece.id === id),
    'notFound',
    'platform.notFound',
  );
  ensure(state === 'announced', 'conflict', 'delivery.submittedAlready');
  const tooLarge = () => new Failure('tooLarge', 'delivery.tooLarge', { limit: limits.fileBytes });
  const stored = await ctx.platform.blobs.write(tenant, bytes, { maxBytes: largestEnvelope, tooLarge });
  const tag = await tagOfStored(ctx, tenant, stored);
  const before = await ctx.platform.db
    .write(tenant, async (tx) => {
      const held = await lockArrival(tx, tenant, submission);
      ensure(held?.state === 'announced', 'conflict', 'delivery.submittedAlready');
      return setPiece(tx, tenant, { arrival: submission, id, blob: stored.id, size: stored.size, tag });
    })
    .catch(async (error: unknown) => {
      // Where nobody knows whether it was committed, the bytes stay: they may be a file. The sweep takes what nobody names.
      if (isUndone(error)) await ctx.platform.blobs.remove(tenant, stored.id);
      throw error;
    });
  if (before !== null) await ctx.platform.blobs.remove(tenant, before);
}

export type Submitted = { readonly encryptedMetadata: string; readonly encryptedData: string };

/** Submits it: from now on it is here, and will be looked at. Said again it changes nothing. Throws `conflict` when a file is missing. */
export async function submitArrival(ctx: Context, by: Delivering, id: string, given: Submitted): Promise<object> {
  const { tenant } = by;
  const { caseId, inbox } = await find(ctx, by, id);
  const { kind } = await inboxOf(ctx, by, inbox);
  const signer = await serviceSigner(ctx, tenant);
  await ctx.platform.db.write(tenant, async (tx) => {
    const held = await lockArrival(tx, tenant, id);
    ensure(held, 'notFound', 'platform.notFound');
    if (held.state !== 'announced') return;
    const pieces = await readArrivalPieces(tx, tenant, id);
    ensure(
      pieces.every(({ blob }) => blob !== null),
      'conflict',
      'delivery.fileMissing',
    );
    const { encryptedMetadata: metadata, encryptedData: data } = given;
    const at = ctx.platform.clock.now();
    await setSubmitted(tx, tenant, { id, metadata, data, at });
    const tags = tagsOf({ metadata, data }, pieces);
    await say(tx, tenant, signer, { kind: 'submit', arrival: id, caseId, at, tags, problems: [] });
    await audit(tx, within(ctx, by), [{ action: 'delivery.arrive', thing: `arrival:${id}`, details: { sender: by.sender.id } }]);
    // At one that is fetched from, it waits for its receiver, who may want to hear of it.
    if (kind === 'own') await enqueue(tx, receive, { arrival: id }, { key: `receive ${tenant} ${id}` });
    else await tellOfNew(tx, tenant, id);
  });
  return { submissionId: id, caseId, destinationId: inbox };
}

/** How it stands, for who has sent it. */
export async function describeArrival(ctx: Context, by: Delivering, id: string): Promise<object> {
  const { caseId, inbox, state } = await find(ctx, by, id);
  return { submissionId: id, caseId, destinationId: inbox, status: state };
}

/**
 * The event log of a case: what our service says of it, and the signed verdict if there is one; while keys are being renewed with both.
 * Throws `notFound` for what is neither the sender's nor their destination's.
 */
export async function eventsOfCase(ctx: Context, by: Delivering, caseId: string): Promise<object> {
  const { tenant } = by;
  const sql = ctx.platform.db.read(tenant);
  const known = isUuid(caseId) ? await readArrivalOfCase(sql, tenant, caseId) : null;
  const found = by.sender.role === 'fetch' ? theirs(by, known) : mine(by, known);
  const said = await readServiceEvents(sql, tenant, found.id);
  const eventLog = [...said, found.verdictOld, found.verdict].filter((token) => token !== null);
  return { offset: 0, count: eventLog.length, totalCount: eventLog.length, eventLog };
}
