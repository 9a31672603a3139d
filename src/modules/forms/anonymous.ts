import type { Context, Platform } from '#platform/context';
import { Failure } from '#platform/errors';
import { type ShortMemory, shortMemory } from '#platform/memory';
import type { Draft } from './store/draft.ts';
import { countAnonymousDrafts, readAnonymousBytes } from './store/draft.ts';

/**
 * Whoever is nobody shares one ceiling with all the others: each network may do only so much, but many networks together could fill the
 * database of a municipality. A robot that does keeps those out who have no account, and nobody else; drafts that were begun go on.
 */

/** How long a process goes by what it has counted; drafts it begins meanwhile it adds itself. */
const seconds = 10;
/** More municipalities than there are in a state. */
const most = 2_000;
/** When to come back, in seconds: drafts are sent or removed, never at once. */
const comeBack = { draft: 600, file: 86_400 };

type Lying = { drafts: number };
type Held = { readonly drafts: ShortMemory<number, Lying>; readonly bytes: ShortMemory<number, number> };

const held = new WeakMap<Platform, Held>();

function heldOf(platform: Platform): Held {
  const known = held.get(platform);
  if (known) return known;
  const made: Held = { drafts: shortMemory({ seconds, most }), bytes: shortMemory({ seconds, most }) };
  held.set(platform, made);
  return made;
}

/** Makes room for one more draft of somebody without an account. Throws `tooMany` when the municipality has too many of them. */
export async function admitAnonymous({ platform }: Context, tenant: number): Promise<void> {
  const limit = platform.config.anonymousDrafts;
  const lying = await heldOf(platform).drafts.recall(tenant, platform.clock.now(), async () => ({
    drafts: await countAnonymousDrafts(platform.db.read(tenant), tenant, limit),
  }));
  if (lying.drafts < limit) {
    lying.drafts += 1;
    return;
  }
  platform.metrics.count('anonymous_drafts_refused_total', {});
  throw new Failure('tooMany', 'forms.anonymousMany', { seconds: comeBack.draft });
}

/** Room for more bytes of a draft of somebody without an account. Throws `tooMany` when too many lie here. */
export async function checkCeiling({ platform }: Context, { tenant, account, clerk, state }: Draft): Promise<void> {
  if (account !== null || clerk !== null || state !== 'open') return;
  const bytes = await heldOf(platform).bytes.recall(tenant, platform.clock.now(), () =>
    readAnonymousBytes(platform.db.read(tenant), tenant),
  );
  if (bytes < platform.config.anonymousBytes) return;
  platform.metrics.count('anonymous_uploads_refused_total', {});
  throw new Failure('tooMany', 'forms.anonymousFull', { seconds: comeBack.file });
}
