import { createHash, randomUUID } from 'node:crypto';
import { type ArrivedFile, arriveSubmission } from '#modules/forms';
import { audit } from '#platform/audit';
import type { StoredBlob } from '#platform/blobs';
import type { Context } from '#platform/context';
import { Failure } from '#platform/errors';
import { emit } from '#platform/events';
import type { Job } from '#platform/jobs';
import type { Locale } from '#platform/words';
import { reportsIn } from './content.ts';
import { type Opener, open, openStream } from './envelope.ts';
import { arrivalDecided } from './events.ts';
import { rowsOfXml } from './foreign-xml.ts';
import { type KeyRing, openRing } from './key-ring.ts';
import type { PrivateKey } from './keys.ts';
import { limits } from './rules.ts';
import { aboutSection } from './rules-about.ts';
import { rowsOfJson, sectionOf } from './rules-foreign.ts';
import {
  type Metadata,
  type MetadataAttachment,
  ourSchema,
  readMetadata,
  readOurData,
  type SpecialistData,
} from './rules-metadata.ts';
import { type Problem, type ProblemKind, problem } from './rules-problem.ts';
import { differingParts } from './rules-tags.ts';
import { type Arrival, dropPieces, lockArrival, readArrival, readArrivalPieces, setDecided } from './store/arrival.ts';
import { type Inbox, readInboxes, readSender } from './store/inbox.ts';
import { noteOldKeyUse } from './store/old-key.ts';
import { readSource } from './store/source.ts';
import { tagsOf } from './tags.ts';
import { signEvent } from './token.ts';

/** What arrived is opened, checked, and taken into the tray of its office – or refused with everything that is wrong. */

/** Something is wrong with what arrived; it is said to who has sent it. */
class Refused extends Error {
  readonly problem: Problem;
  constructor(kind: ProblemKind, instance: string, detail: string) {
    super(kind);
    this.problem = problem(kind, instance, detail);
  }
}

/** What the envelope refuses becomes a problem of that part; everything else is our own failure and tried again. */
function asProblem(error: unknown, instance: string): Problem {
  if (error instanceof Refused) return error.problem;
  if (error instanceof Failure && error.code === 'delivery.undecipherable')
    return problem('encryption-issue', instance, 'nicht für diesen Schlüssel, verändert oder unvollständig');
  if (error instanceof Failure && error.code === 'delivery.tooLarge')
    return problem(instance === 'data' ? 'syntax-violation' : 'attachment-too-large', instance, 'zu groß');
  throw error;
}

const sha512 = (bytes: Uint8Array) => createHash('sha512').update(bytes).digest('hex');

async function openMetadata(key: Opener, { metadata }: Arrival): Promise<Metadata> {
  const text = (await open(key, metadata ?? '', limits.dataBytes)).toString();
  const read = readMetadata(text);
  if (!('fault' in read)) return read;
  throw new Refused(read.isSyntax ? 'syntax-violation' : 'schema-violation', 'metadata', read.fault);
}

type Understood = {
  readonly text: string;
  readonly type: string;
  readonly ours: SpecialistData | null;
  readonly summary: SpecialistData['summary'];
};

async function openData(key: Opener, { data }: Arrival, { contentStructure }: Metadata): Promise<Understood> {
  const about = contentStructure.data;
  if (!about) throw new Refused('missing-data', 'data', 'keine Angabe in den Metadaten');
  const bytes = await open(key, data ?? '', limits.dataBytes);
  if (sha512(bytes) !== about.hash.content) throw new Refused('hash-mismatch', 'data', 'SHA-512');
  const text = bytes.toString();
  const { schemaUri, mimeType: type } = about.submissionSchema;
  if (schemaUri === ourSchema) {
    const ours = type === 'application/json' ? readOurData(text) : null;
    if (!ours) throw new Refused('schema-violation', 'data', ourSchema);
    return { text, type, ours, summary: ours.summary };
  }
  const rows = type === 'application/json' ? rowsOfJson(text) : rowsOfXml(text);
  if (rows === null) throw new Refused('syntax-violation', 'data', type);
  return { text, type, ours: null, summary: sectionOf(rows) };
}

/** Opens one file while it is read, into the store; it is there only when its tag and its sum are right. */
async function openFile(
  ctx: Context,
  key: Opener,
  { about, blob }: { about: MetadataAttachment; blob: string },
): Promise<ArrivedFile> {
  const { tenant } = ctx.actor;
  const { attachmentId: id, hash, mimeType: type, filename = 'anlage' } = about;
  async function* plain(): AsyncGenerator<Uint8Array> {
    const reader = await ctx.platform.blobs.open(tenant, blob);
    const sum = createHash('sha512');
    try {
      for await (const part of openStream(key, reader.read(0, reader.size), limits.fileBytes)) {
        sum.update(part);
        yield part;
      }
    } finally {
      await reader.close();
    }
    if (sum.digest('hex') !== hash.content) throw new Refused('hash-mismatch', `attachment:${id}`, 'SHA-512');
  }
  const tooLarge = () => new Failure('tooLarge', 'delivery.tooLarge', { limit: limits.fileBytes });
  const stored = await ctx.platform.blobs.write(tenant, plain(), { maxBytes: limits.fileBytes, tooLarge });
  return { name: filename, type, stored };
}

type Opened = { readonly metadata: Metadata; readonly understood: Understood; readonly files: readonly ArrivedFile[] };

/** Parts that are not what the delivery service has signed for when they were submitted. */
async function swappedIn(ctx: Context, arrival: Arrival): Promise<Problem[]> {
  const { tenant } = ctx.actor;
  const tags = tagsOf(arrival, await readArrivalPieces(ctx.platform.db.read(tenant), tenant, arrival.id));
  if (!arrival.saidTags || !tags) return [];
  const parts = differingParts(tags, arrival.saidTags);
  return parts.map((part) => problem('incorrect-authentication-tag', part, 'nicht das, was eingereicht wurde'));
}

/** Opens everything. What was stored on the way is in `stored` also when it ends with problems. */
async function openAll(ctx: Context, key: Opener, arrival: Arrival, stored: StoredBlob[]): Promise<Opened | readonly Problem[]> {
  const swapped = await swappedIn(ctx, arrival);
  if (swapped.length > 0) return swapped;
  const opened = await openMetadata(key, arrival).catch((error: unknown) => asProblem(error, 'metadata'));
  if ('type' in opened) return [opened];
  const problems: Problem[] = [];
  const note = (instance: string) => (error: unknown) => {
    problems.push(asProblem(error, instance));
    return null;
  };
  const understood = await openData(key, arrival, opened).catch(note('data'));
  const { tenant } = ctx.actor;
  const pieces = await readArrivalPieces(ctx.platform.db.read(tenant), tenant, arrival.id);
  const named = new Set(opened.contentStructure.attachments.map(({ attachmentId }) => attachmentId));
  const isAllNamed = named.size === pieces.length && named.size === opened.contentStructure.attachments.length;
  if (!isAllNamed || !pieces.every(({ id }) => named.has(id)))
    problems.push(problem('missing-attachment', 'metadata', 'angekündigte und genannte Anlagen sind nicht dieselben'));
  const files: ArrivedFile[] = [];
  for (const about of problems.length === 0 ? opened.contentStructure.attachments : []) {
    const instance = `attachment:${about.attachmentId}`;
    const blob = pieces.find(({ id }) => id === about.attachmentId)?.blob ?? null;
    // Only what was fetched can lack one: it was not taken in because of its size.
    if (blob === null) problems.push(problem('attachment-too-large', instance, 'zu groß'));
    const file = blob === null ? null : await openFile(ctx, key, { about, blob }).catch(note(instance));
    if (file) {
      files.push(file);
      stored.push(file.stored);
    }
  }
  return understood && problems.length === 0 ? { metadata: opened, understood, files } : problems;
}

async function* bytesOf(text: string) {
  yield Buffer.from(text);
}

/** Data in a form we do not know are kept as they came, beside what we could read of them. */
async function keepOriginal(ctx: Context, { text, type, ours }: Understood, stored: StoredBlob[]): Promise<ArrivedFile[]> {
  if (ours) return [];
  const tooLarge = () => new Failure('tooLarge', 'delivery.tooLarge', { limit: limits.dataBytes });
  const blob = await ctx.platform.blobs.write(ctx.actor.tenant, bytesOf(text), { maxBytes: limits.dataBytes + 1, tooLarge });
  stored.push(blob);
  return [{ name: `fachdaten.${type === 'application/json' ? 'json' : 'xml'}`, type, stored: blob }];
}

/** A number of ours: the sender's may be taken here. */
const referenceOf = (arrival: Arrival, now: Date) =>
  `EIN-${now.getUTCFullYear()}-${arrival.id.replaceAll('-', '').slice(0, 12).toUpperCase()}`;

type Taking = { readonly arrival: Arrival; readonly inbox: Inbox; readonly from: string };

function arrivedOf(ctx: Context, { arrival, inbox, from }: Taking, { metadata, understood, files }: Opened) {
  const { ours, summary } = understood;
  const now = ctx.platform.clock.now();
  const name = metadata.publicServiceType?.name || inbox.title;
  const said = ours ? new Date(ours.sentAt) : now;
  // Neither no day at all, nor one the database does not know, nor one that is still to come.
  const sent = said.getTime() >= 0 && said <= now ? said : now;
  const reports = reportsIn(metadata);
  const withAbout = (sections: SpecialistData['summary']['de'], locale: Locale) => {
    const about = aboutSection({ metadata, ours, reports }, locale);
    return about ? [...sections, about] : sections;
  };
  return {
    form: ours?.form ?? 'fremd',
    version: ours?.version ?? 0,
    title: ours?.title ?? { de: name, en: name },
    data: ours?.data ?? {},
    summary: { de: withAbout(summary.de, 'de'), en: withAbout(summary.en, 'en') },
    applicant: ours?.applicant ?? metadata.additionalReferenceInfo?.senderReference ?? from,
    mail: metadata.replyChannel?.eMail?.address ?? null,
    locale: ours?.locale ?? ('de' as const),
    works: inbox.works,
    reference: referenceOf(arrival, now),
    sentAt: sent,
    from,
    files,
  };
}

type Decision = {
  readonly taking: Taking;
  readonly opened: Opened | readonly Problem[];
  readonly ring: KeyRing;
  /** Its id where it lives. */
  readonly destination: string;
};

/** The verdict and what follows from it, in one transaction. False: somebody else was faster. */
async function decide(
  ctx: Context,
  { taking, opened, ring, destination }: Decision,
): Promise<{ isDone: boolean; gone: readonly string[] }> {
  const { tenant } = ctx.actor;
  const { id, caseId, inbox, sender, remote, remoteCase } = taking.arrival;
  return ctx.platform.db.write(tenant, async (tx) => {
    const held = await lockArrival(tx, tenant, id);
    if (held?.state !== 'submitted') return { isDone: false, gone: [] };
    const isGood = 'metadata' in opened;
    const at = ctx.platform.clock.now();
    const submission = isGood ? await arriveSubmission(tx, ctx, arrivedOf(ctx, taking, opened)) : null;
    const problems = isGood ? [] : opened;
    const tags = tagsOf(held, await readArrivalPieces(tx, tenant, id));
    const sign = (key: PrivateKey) =>
      signEvent(key, {
        id: randomUUID(),
        at,
        kind: isGood ? 'accept' : 'reject',
        problems,
        submission: remote ?? id,
        caseId: remoteCase ?? caseId,
        issuer: destination,
        tags,
        schema: held.tokenSchema,
      });
    const verdicts = { verdict: sign(ring.signing), verdictOld: ring.oldSigning && sign(ring.oldSigning) };
    await setDecided(tx, tenant, { id, state: isGood ? 'accepted' : 'rejected', problems, submission, ...verdicts, at });
    if (sender !== null && ring.wasOldUsed()) await noteOldKeyUse(tx, tenant, sender, at);
    const details = { submission, problems: problems.map(({ type }) => type) };
    await audit(tx, ctx, [
      { action: isGood ? 'delivery.acceptArrival' : 'delivery.rejectArrival', thing: `arrival:${id}`, details },
    ]);
    if (remote !== null) await emit(tx, ctx, arrivalDecided, { tenant, inbox });
    return { isDone: true, gone: await dropPieces(tx, tenant, id) };
  });
}

/** Looks at what was submitted, once: accepted, it is an application of ours; rejected, its sender has the reasons. */
export async function receiveOne(ctx: Context, id: string): Promise<void> {
  const { tenant } = ctx.actor;
  const sql = ctx.platform.db.read(tenant);
  const arrival = await readArrival(sql, tenant, id);
  if (arrival?.state !== 'submitted') return;
  const [[inbox], sender, source] = await Promise.all([
    readInboxes(sql, tenant, arrival.inbox),
    arrival.sender === null ? null : readSender(sql, tenant, arrival.sender),
    readSource(sql, tenant, arrival.inbox),
  ]);
  if (!inbox || inbox.kind === 'kept') return;
  const stored: StoredBlob[] = [];
  const ring = await openRing(ctx, inbox);
  try {
    const opened = await openWhole(ctx, ring.opener, arrival, stored);
    const taking = { arrival, inbox, from: sender?.name ?? inbox.title };
    const { isDone, gone } = await decide(ctx, { taking, opened, ring, destination: source?.destination ?? inbox.id });
    for (const blob of gone) await ctx.platform.blobs.remove(tenant, blob);
    if (!isDone || !('metadata' in opened)) await removeStored(ctx, stored);
  } catch (error) {
    if (await isUndecided(ctx, id)) await removeStored(ctx, stored);
    throw error;
  }
}

async function openWhole(
  ctx: Context,
  key: Opener,
  arrival: Arrival,
  stored: StoredBlob[],
): Promise<Opened | readonly Problem[]> {
  const opened = await openAll(ctx, key, arrival, stored);
  if (!('metadata' in opened)) return opened;
  return { ...opened, files: [...opened.files, ...(await keepOriginal(ctx, opened.understood, stored))] };
}

async function removeStored(ctx: Context, stored: readonly StoredBlob[]): Promise<void> {
  for (const { id } of stored) await ctx.platform.blobs.remove(ctx.actor.tenant, id);
}

/**
 * Whether what an attempt has stored is certainly nobody's: the answer to its commit may have got lost, and the row, which waits for the
 * end of that transaction, knows how it went. Without a database nobody knows, and the weekly sweep sees to it.
 */
const isUndecided = ({ platform, actor: { tenant } }: Context, id: string): Promise<boolean> =>
  platform.db
    .write(tenant, (tx) => lockArrival(tx, tenant, id))
    .then(
      (held) => held?.state === 'submitted',
      () => false,
    );

type One = { readonly arrival: string };
export const receive: Job<One> = { name: 'delivery.receive', run: (ctx, { arrival }) => receiveOne(ctx, arrival) };
