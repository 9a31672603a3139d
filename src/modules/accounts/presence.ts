import type { Context } from '#platform/context';
import { ensure, Failure } from '#platform/errors';
import { oneLine } from '#platform/text';
import { authorize } from './gate.ts';
import { checkIcon, checkPresenceState, momentOf, type PresenceState, presenceLimits, readyMessages } from './rules-presence.ts';
import { type Colleague, type PresenceRow, putPresence, readColleague, readPresence, readPresences } from './store/presence.ts';

export type { Colleague } from './store/presence.ts';

/**
 * What people want their colleagues to know: whether they may be disturbed, and a few words. It is set by them and never
 * measured: a client's sign of life changes nothing, nobody keeps when somebody was last there, and there is no trail of it —
 * an employer must not get a record of presence by the way (BPersVG § 80 Abs. 1 Nr. 21).
 */
export type Presence = {
  readonly handle: string;
  readonly status: PresenceState;
  readonly icon: string | null;
  readonly message: string | null;
  readonly messageId: string | null;
  readonly clearAt: Date | null;
};

const nothing: PresenceRow = { status: 'online', icon: null, message: null, messageId: null, clearAt: null };

function self(ctx: Context) {
  const { actor } = ctx;
  if (actor.kind !== 'account') throw new Failure('unauthenticated', 'platform.signInFirst');
  authorize(actor, 'own', { tenant: actor.tenant, account: actor.account });
  return actor;
}

/** As it is shown: what has cleared by now is gone, and a ready-made message speaks the reader's language. */
function shown(ctx: Context, handle: string, row: PresenceRow): Presence {
  const isOver = row.clearAt !== null && row.clearAt <= ctx.platform.clock.now();
  const { icon, message, messageId, clearAt } = isOver ? nothing : row;
  const ready = readyMessages.find(({ id }) => id === messageId);
  const text = ready ? ready.message[ctx.locale] : message;
  return { handle, status: row.status as PresenceState, icon: ready?.icon ?? icon, message: text, messageId, clearAt };
}

/** What could be a handle or an address; anything else is nobody, and need not be looked up. */
const loginForm = /^[^\p{C}]{1,254}$/u;

/** A colleague of one's own tenant by handle or address, oneself included. Throws `notFound`. */
export async function findColleague(ctx: Context, login: string): Promise<Colleague> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'find', { tenant });
  const isName = loginForm.test(login);
  const found = isName && (await readColleague(ctx.platform.db.read(tenant), tenant, login.trim().toLowerCase()));
  ensure(found, 'notFound', 'platform.notFound');
  return found;
}

/** What a colleague says; null when they say nothing, or do not want to be seen. Throws `notFound` when there is nobody. */
export async function presenceOf(ctx: Context, login: string): Promise<Presence | null> {
  const { account, handle } = await findColleague(ctx, login);
  const { tenant } = ctx.actor;
  const row = await readPresence(ctx.platform.db.read(tenant), tenant, account);
  return row && row.status !== 'invisible' ? shown(ctx, handle, row) : null;
}

/** What one says oneself; `online` before anything was said. */
export async function ownPresence(ctx: Context): Promise<Presence> {
  const { tenant, account, handle } = self(ctx);
  return shown(ctx, handle, (await readPresence(ctx.platform.db.read(tenant), tenant, account)) ?? nothing);
}

/** What colleagues said, the latest first. */
export async function listPresences(
  ctx: Context,
  page: { readonly limit: number; readonly offset: number },
): Promise<Presence[]> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'find', { tenant });
  const rows = await readPresences(ctx.platform.db.read(tenant), tenant, page);
  return rows.map((row) => shown(ctx, row.handle, row));
}

async function change(ctx: Context, next: (now: PresenceRow) => PresenceRow): Promise<Presence> {
  const { tenant, account, handle } = self(ctx);
  const at = ctx.platform.clock.now();
  const row = await ctx.platform.db.write(tenant, async (tx) => {
    const changed = next((await readPresence(tx, tenant, account)) ?? nothing);
    await putPresence(tx, tenant, account, { row: changed, at });
    return changed;
  });
  return shown(ctx, handle, row);
}

/** Sets whether one may be disturbed. Throws `invalid`. */
export async function setPresence(ctx: Context, status: string | undefined): Promise<Presence> {
  const checked = checkPresenceState(status);
  return change(ctx, (now) => ({ ...now, status: checked }));
}

export type OwnMessage = {
  readonly icon?: string | undefined;
  readonly message?: string | undefined;
  /** When it goes by itself; null: when it is taken away. */
  readonly clearAt: Date | null;
};

/** Sets words of one's own. Throws `invalid` for too many of them, for an icon that is none, and for a past moment. */
export async function setPresenceMessage(ctx: Context, { icon, message, clearAt }: OwnMessage): Promise<Presence> {
  const checked = {
    icon: checkIcon(icon),
    message: message ? oneLine(message, 'message', { most: presenceLimits.message }) : null,
  };
  ensure(clearAt === null || clearAt > ctx.platform.clock.now(), 'invalid', 'accounts.presencePast');
  return change(ctx, (now) => ({ ...now, ...checked, messageId: null, clearAt }));
}

/** Sets one of the ready-made messages; it goes when its own rule says, unless another moment is given. Throws `invalid`. */
export async function setReadyMessage(ctx: Context, id: string, clearAt?: Date | null): Promise<Presence> {
  const ready = readyMessages.find((message) => message.id === id);
  ensure(ready, 'invalid', 'accounts.presenceUnknown');
  const now = ctx.platform.clock.now();
  const until = clearAt === undefined ? momentOf(ready.clearAt, now) : clearAt;
  ensure(until === null || until > now, 'invalid', 'accounts.presencePast');
  return change(ctx, (row) => ({ ...row, icon: null, message: null, messageId: id, clearAt: until }));
}

/** Takes the words away. */
export async function clearPresenceMessage(ctx: Context): Promise<void> {
  await change(ctx, (now) => ({ ...nothing, status: now.status }));
}
