import { randomUUID } from 'node:crypto';
import { tenantNumbers } from '#modules/tenants';
import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import { daysAfter } from '#platform/day';
import type { Tx } from '#platform/db';
import { asFailure, ensure, Failure } from '#platform/errors';
import { on } from '#platform/events';
import { enqueue, type Job } from '#platform/jobs';
import { arrivalDecided } from './events.ts';
import { type Content, readContent, readListing } from './listing.ts';
import { receive } from './receive.ts';
import { serviceAt, sourcePlace } from './remote.ts';
import { largestEnvelope, limits, pauseAfter } from './rules.ts';
import type { Service } from './service-http.ts';
import {
  type Arrival,
  dropPieces,
  insertArrivalPiece,
  lockArrival,
  readArrivalPieces,
  setPiece,
  setSubmitted,
} from './store/arrival.ts';
import {
  countOpen,
  insertFetched,
  type Listed,
  readDue,
  readKnown,
  setBackArrival,
  setSaid,
  setService,
  setTold,
  untell,
} from './store/fetched.ts';
import { readInboxes } from './store/inbox.ts';
import { readDueSources, readSource, type Source, setOutcome } from './store/source.ts';
import { tagOfStored } from './tags.ts';
import { saidByService, tokensOf } from './their-log.ts';

/**
 * Fetches what others have delivered to a destination of ours at another delivery service: list, read, fetch the files; what is here
 * as a whole goes the way of everything that arrives (`receive`), and its verdict is told there. Each part is noted as soon as it is
 * done, and can be done again: killed anywhere, it goes on from there. What one submission or one service does wrong holds up nobody
 * else for long: both have pauses of their own, and a run ends after some time.
 */

type One = { readonly inbox: string };

const keyOf = (tenant: number, inbox: string) => `fetch ${tenant} ${inbox}`;

/** Has a destination fetched from soon, in the caller's transaction. */
export const fetchSoon = (tx: Tx, tenant: number, inbox: string): Promise<void> =>
  enqueue(tx, fetchJob, { inbox }, { key: keyOf(tenant, inbox) });

/** Fetches what there is now. Doing it twice does no harm. */
export async function fetchInbox(ctx: Context, inbox: string): Promise<void> {
  const { tenant } = ctx.actor;
  const sql = ctx.platform.db.read(tenant);
  const [[found], source] = await Promise.all([readInboxes(sql, tenant, inbox), readSource(sql, tenant, inbox)]);
  if (!found || !source) return;
  // Closed, it only tells what was decided before.
  const told = { what: 'tell', inbox, now: ctx.platform.clock.now(), limit: 1 } as const;
  if (!found.isOpen && (await readDue(sql, tenant, told)).length === 0) return;
  try {
    const isOver = clockOf();
    const service = await serviceAt(ctx, tenant, source, sourcePlace(inbox));
    await tellAll(ctx, source, service);
    if (found.isOpen) await look(ctx, source, service);
    const isMore = found.isOpen && (await fetchAll(ctx, { source, service, isOver }));
    const lookedAt = ctx.platform.clock.now();
    await ctx.platform.db.write(tenant, async (tx) => {
      await setOutcome(tx, tenant, { inbox, failures: 0, nextAt: null, reason: null, lookedAt });
      if (isMore) await fetchSoon(tx, tenant, inbox);
    });
  } catch (error) {
    await setBack(ctx, source, asFailure(error));
  }
}

export const fetchJob: Job<One> = { name: 'delivery.fetch', run: (ctx, { inbox }) => fetchInbox(ctx, inbox) };

export const fetchDue: Job = {
  name: 'delivery.fetchDue',
  every: '*/5 * * * *',
  run: async ({ platform }) => {
    for (const tenant of await tenantNumbers(platform)) {
      const due = await readDueSources(platform.db.read(tenant), tenant, platform.clock.now());
      if (due.length === 0) continue;
      await platform.db.write(tenant, async (tx) => {
        for (const inbox of due) await fetchSoon(tx, tenant, inbox);
      });
    }
  },
};

/** There is a verdict on something that was fetched: it is told where it came from. */
export const tellThem = on(arrivalDecided, 'delivery.tellThem', async ({ platform }, { tenant, inbox }) => {
  await platform.db.write(tenant, (tx) => fetchSoon(tx, tenant, inbox));
});

function clockOf(): () => boolean {
  const begun = performance.now();
  return () => performance.now() - begun > limits.runSeconds * 1_000;
}

const laterBy = (ctx: Context, failures: number) => new Date(ctx.platform.clock.now().getTime() + pauseAfter(failures) * 1_000);

async function setBack(ctx: Context, { inbox, failures: before }: Source, { code: reason }: Failure): Promise<void> {
  const failures = before + 1;
  const row = { inbox, failures, nextAt: laterBy(ctx, failures), reason, lookedAt: null };
  await ctx.platform.db.write(ctx.actor.tenant, (tx) => setOutcome(tx, ctx.actor.tenant, row));
}

/** Notes what is listed there and not known here, up to as many as may wait. */
async function look(ctx: Context, { inbox, destination }: Source, service: Service): Promise<void> {
  const { tenant } = ctx.actor;
  for (let page = 0; page < limits.listings; page += 1) {
    const query = new URLSearchParams({
      destinationId: destination,
      offset: String(page * limits.listed),
      limit: String(limits.listed),
    });
    const { body } = await service.ask({ method: 'GET', path: `/v1/submissions?${query}` });
    const { listed, isLast } = readListing(body, destination);
    const isFull = await ctx.platform.db.write(tenant, (tx) => noteListed(tx, ctx, inbox, listed));
    if (isLast || isFull) return;
  }
}

/** @returns whether there is no room for more */
async function noteListed(tx: Tx, ctx: Context, inbox: string, listed: readonly Listed[]): Promise<boolean> {
  const { tenant } = ctx.actor;
  const at = ctx.platform.clock.now();
  const remotes = listed.map(({ submission }) => submission);
  await untell(tx, tenant, { inbox, remotes, before: daysAfter(at, -limits.tellAgainDays) });
  const known = await readKnown(tx, tenant, inbox, remotes);
  const fresh = listed.filter(({ submission }) => !known.has(submission));
  const room = limits.openFetches - (await countOpen(tx, tenant, inbox));
  const rows = fresh.slice(0, Math.max(0, room)).map((one) => ({ ...one, id: randomUUID(), ownCase: randomUUID() }));
  await insertFetched(tx, tenant, { inbox, at, rows });
  return fresh.length >= room;
}

type At = { readonly source: Source; readonly service: Service };

/** Does something for each arrival that is due. What fails for one comes later; when it may be the service itself, for all. */
async function forEachDue(
  ctx: Context,
  { source: { inbox }, what, isOver }: { source: Source; what: 'fetch' | 'tell'; isOver: () => boolean },
  run: (arrival: Arrival) => Promise<void>,
): Promise<boolean> {
  const { tenant } = ctx.actor;
  const given = { what, inbox, now: ctx.platform.clock.now(), limit: limits.listed };
  const due = await readDue(ctx.platform.db.read(tenant), tenant, given);
  for (const arrival of due) {
    if (isOver()) return true;
    try {
      await run(arrival);
    } catch (error) {
      const failure = asFailure(error);
      const failures = arrival.failures + 1;
      const row = { id: arrival.id, failures, nextAt: laterBy(ctx, failures), reason: failure.code };
      await ctx.platform.db.write(tenant, (tx) => setBackArrival(tx, tenant, row));
      const isItsOwn = failure.code === 'delivery.serviceRefuses' || failure.code === 'delivery.serviceOdd';
      if (!isItsOwn) throw failure;
    }
  }
  return due.length === limits.listed;
}

const fetchAll = (ctx: Context, { source, service, isOver }: At & { readonly isOver: () => boolean }): Promise<boolean> =>
  forEachDue(ctx, { source, what: 'fetch', isOver }, (arrival) => fetchOne(ctx, { source, service }, arrival));

/** Metadata and data together, in Base64, and what is around them. */
const largestContent = Math.ceil((limits.dataBytes * 4) / 3) * 2 + 65_536;

async function fetchOne(ctx: Context, { source, service }: At, arrival: Arrival): Promise<void> {
  const { remote, remoteCase } = arrival;
  ensure(remote !== null && remoteCase !== null, 'internal', 'platform.internal');
  const { body } = await service.ask({ method: 'GET', path: `/v1/submissions/${remote}`, largest: largestContent });
  const content = readContent(body, { submission: remote, caseId: remoteCase, destination: source.destination });
  if (!content) throw new Failure('conflict', 'delivery.serviceOdd');
  const missing = await announce(ctx, arrival, content);
  for (const piece of missing) await fetchFile(ctx, { service, arrival }, piece);
  await noteSaid(ctx, arrival, service);
  await submit(ctx, arrival, content);
}

/** What the service says was submitted there; it may say nothing. */
async function noteSaid(ctx: Context, { id, remote, remoteCase }: Arrival, service: Service): Promise<void> {
  // It may have come there long before we have looked.
  const about = { submission: remote ?? '', caseId: remoteCase ?? '', since: new Date(0), now: ctx.platform.clock.now() };
  const said = await tokensOf(service, about.caseId)
    .then((tokens) => saidByService(service, tokens, { ...about, kind: 'submit' }))
    .catch((error: unknown) => {
      if (error instanceof Failure && error.code === 'delivery.serviceRefuses') return null;
      throw error;
    });
  if (!said) return;
  const { tenant } = ctx.actor;
  await ctx.platform.db.write(tenant, (tx) => setSaid(tx, tenant, { id, tags: said.tags, schema: said.schema }));
}

/** Its files are announced: from now on they are fetched one by one. @returns those that are not here yet */
async function announce(ctx: Context, { id }: Arrival, { files, service }: Content): Promise<readonly string[]> {
  const { tenant } = ctx.actor;
  const { missing, gone } = await ctx.platform.db.write(tenant, async (tx) => {
    if ((await lockArrival(tx, tenant, id))?.state !== 'announced') return { missing: [], gone: [] };
    const known = await readArrivalPieces(tx, tenant, id);
    // They list other files than before: what was fetched is of another content.
    const isOther = known.length > 0 && (known.length !== files.length || known.some((piece) => !files.includes(piece.id)));
    const gone = isOther ? await dropPieces(tx, tenant, id) : [];
    await setService(tx, tenant, id, service);
    for (const file of files) await insertArrivalPiece(tx, tenant, id, file);
    const now = await readArrivalPieces(tx, tenant, id);
    return { missing: now.filter(({ blob }) => blob === null).map((piece) => piece.id), gone };
  });
  for (const blob of gone) await ctx.platform.blobs.remove(tenant, blob);
  return missing;
}

const tooLarge = () => new Failure('tooLarge', 'delivery.tooLarge', { limit: limits.fileBytes });

/** What is too large stays away: it is then said of the whole. */
async function fetchFile(
  ctx: Context,
  { service, arrival }: { service: Service; arrival: Arrival },
  piece: string,
): Promise<void> {
  const { tenant } = ctx.actor;
  const bytes = service.read(`/v1/submissions/${arrival.remote}/attachments/${piece}`);
  const stored = await ctx.platform.blobs
    .write(tenant, bytes, { maxBytes: largestEnvelope, tooLarge })
    .catch((error: unknown) => {
      if (error instanceof Failure && error.code === 'delivery.tooLarge') return null;
      throw error;
    });
  if (!stored) return;
  const tag = await tagOfStored(ctx, tenant, stored);
  const gone = await ctx.platform.db.write(tenant, async (tx) => {
    const held = await lockArrival(tx, tenant, arrival.id);
    if (held?.state !== 'announced') return stored.id;
    return setPiece(tx, tenant, { arrival: arrival.id, id: piece, blob: stored.id, size: stored.size, tag });
  });
  if (gone !== null) await ctx.platform.blobs.remove(tenant, gone);
}

async function submit(ctx: Context, { id }: Arrival, { metadata, data }: Content): Promise<void> {
  const { tenant } = ctx.actor;
  await ctx.platform.db.write(tenant, async (tx) => {
    if ((await lockArrival(tx, tenant, id))?.state !== 'announced') return;
    await setSubmitted(tx, tenant, { id, metadata, data, at: ctx.platform.clock.now() });
    await audit(tx, ctx, [{ action: 'delivery.fetch', thing: `arrival:${id}` }]);
    await enqueue(tx, receive, { arrival: id }, { key: `receive ${tenant} ${id}` });
  });
}

/**
 * Tells the verdicts that were not told yet; the same told twice is the same token. A service that does not know our new key yet is
 * told with the one before.
 */
const tellAll = (ctx: Context, source: Source, service: Service): Promise<boolean> =>
  forEachDue(ctx, { source, what: 'tell', isOver: () => false }, async ({ id, remoteCase, verdict, verdictOld }) => {
    const tell = (token: string) =>
      service.ask({
        method: 'POST',
        path: `/v1/cases/${remoteCase}/events`,
        headers: { 'content-type': 'application/jose' },
        stream: { bytes: once(Buffer.from(token)), length: Buffer.byteLength(token) },
      });
    await tell(verdict ?? '').catch((error: unknown) => {
      if (verdictOld === null || !(error instanceof Failure) || error.code !== 'delivery.serviceRefuses') throw error;
      return tell(verdictOld);
    });
    const { tenant } = ctx.actor;
    await ctx.platform.db.write(tenant, (tx) => setTold(tx, tenant, id, ctx.platform.clock.now()));
  });

async function* once(bytes: Uint8Array) {
  yield bytes;
}
