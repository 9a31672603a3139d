import { Readable } from 'node:stream';
import type { Context } from '#platform/context';
import { ensure, Failure } from '#platform/errors';
import { drawingOf } from '#platform/picture-kind';
import { drawSmall } from '#platform/pictures';
import { openRush } from '#platform/rush';
import { limits, mayBeDrawn, type Step, stepFor } from './rules.ts';
import * as store from './store.ts';

/** A stored content, as whoever may read it hands it in. */
export type Source = {
  readonly blob: string;
  readonly name: string;
  readonly size: number;
  /** All its bytes. */
  readonly read: () => Promise<Buffer>;
};

/** A WebP. */
export type Preview = {
  readonly bytes: Buffer;
  /** Entity tag without quotes. */
  readonly etag: string;
};

/** Whether there may be a preview of a file of this name and size, as far as these tell. */
export function mayHavePreview({ name, size }: Pick<Source, 'name' | 'size'>): boolean {
  return mayBeDrawn(name, size);
}

/** Drawings under way in this process: many who ask for one wait for the same. */
const running = new Map<string, Promise<Buffer | null>>();

/**
 * What a content looks like, at most so many pixels wide and high (rounded up to one of a few sizes); null when there is no picture of
 * it. Throws `unavailable` when too much is being drawn. The caller has asked whether the content may be read.
 */
export async function preview(ctx: Context, source: Source, pixels: number): Promise<Preview | null> {
  if (!mayHavePreview(source)) return null;
  const step = stepFor(pixels);
  const key = `${ctx.actor.tenant} ${source.blob} ${step}`;
  const work = running.get(key) ?? find(ctx, source, step).finally(() => running.delete(key));
  running.set(key, work);
  const bytes = await work;
  return bytes && { bytes, etag: `${source.blob}-${step}` };
}

async function find(ctx: Context, source: Source, step: Step): Promise<Buffer | null> {
  const { tenant } = ctx.actor;
  const known = await store.readPicture(ctx.platform.db.read(tenant), tenant, source.blob, step);
  if (known && known.blob === null) return null;
  const kept = known?.blob && (await readKept(ctx, known.blob));
  return kept || make(ctx, source, step);
}

/** A picture that went missing or is damaged is no trouble: it is drawn again. */
async function readKept(ctx: Context, blob: string): Promise<Buffer | null> {
  try {
    const reader = await ctx.platform.blobs.open(ctx.actor.tenant, blob);
    try {
      return Buffer.concat(await Array.fromAsync(reader.read(0, reader.size)));
    } finally {
      await reader.close();
    }
  } catch (error) {
    if (error instanceof Failure && error.kind === 'damaged') return null;
    throw error;
  }
}

/** So many contents are in memory at once, and so many callers wait for theirs. */
const turns = openRush({ underWay: 4, lull: 1, asks: 100, answers: 0 });
const stays = new AbortController().signal;

/** Waits before the content is read and not behind it: a hundred of them would be three gigabytes. Throws `unavailable`. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const leave = await turns.enter('asks', stays);
  ensure(leave, 'unavailable', 'platform.unavailable');
  try {
    return await work();
  } finally {
    leave();
  }
}

const day = 86_400_000;

/** Largest picture we keep: 1024 pixels of noise stay below. */
const mostBytes = 4 * 1_048_576;

async function draw(source: Source, step: Step): Promise<Uint8Array | null> {
  const content = await source.read();
  const kind = drawingOf(content);
  return kind && drawSmall(kind, content, step);
}

async function make(ctx: Context, source: Source, step: Step): Promise<Buffer | null> {
  const drawn = await inTurn(() => draw(source, step));
  const bytes = drawn && drawn.length <= mostBytes ? Buffer.from(drawn) : null;
  await keep(ctx, { source: source.blob, step, bytes });
  return bytes;
}

async function keep(ctx: Context, { source, step, bytes }: { source: string; step: Step; bytes: Buffer | null }): Promise<void> {
  const { platform, actor } = ctx;
  const { tenant } = actor;
  const tooLarge = () => new Failure('internal', 'platform.internal');
  const stored = bytes && (await platform.blobs.write(tenant, Readable.from([bytes]), { maxBytes: mostBytes, tooLarge }));
  // What failed may have been too slow on a busy machine: it is forgotten soon, as if it were old already.
  const age = stored ? 0 : (limits.days - limits.failedDays) * day;
  const at = new Date(platform.clock.now().getTime() - age);
  const row = { source, step, blob: stored?.id ?? null, size: bytes?.length ?? 0, at };
  const old = await platform.db.write(tenant, (tx) => store.putPicture(tx, tenant, row));
  if (old) await platform.blobs.remove(tenant, old);
}

/** Forgets what was drawn of contents that are gone for good. */
export async function forgetPreviews(ctx: Context, sources: readonly string[]): Promise<void> {
  if (sources.length === 0) return;
  const { tenant } = ctx.actor;
  const blobs = await ctx.platform.db.write(tenant, (tx) => store.deleteOf(tx, tenant, sources));
  for (const blob of blobs) await ctx.platform.blobs.remove(tenant, blob);
}

/** Which of some blobs are pictures of ours, for the sweeps that look for what nobody needs. */
export async function keptAmong(ctx: Context, blobs: readonly string[]): Promise<ReadonlySet<string>> {
  const { tenant } = ctx.actor;
  return new Set(await store.readKept(ctx.platform.db.read(tenant), tenant, blobs));
}
