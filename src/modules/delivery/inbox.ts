import { randomUUID } from 'node:crypto';
import { findPrincipals, principalsById } from '#modules/accounts';
import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import { randomToken, sha256 } from '#platform/crypto';
import { ensure } from '#platform/errors';
import { authorize, isUuid } from './gate.ts';
import { type Jwk, makeKeys, wrap } from './keys.ts';
import { limits } from './rules.ts';
import { type ArrivalLine, readLatest } from './store/arrival.ts';
import {
  type Inbox,
  insertInbox,
  insertSender,
  readInboxes,
  readSenders,
  revokeSenderRow,
  type Sender,
  updateInbox,
} from './store/inbox.ts';

/** Our own destinations, as an administrator sets them up: where other authorities deliver to, and who may. */

export type InboxLine = Pick<Inbox, 'id' | 'title' | 'works' | 'isOpen'>;

export type InboxView = InboxLine & {
  /** What a sender enters: base address of the service, and the keys. */
  readonly address: string;
  readonly encryptionKey: Jwk;
  readonly signingKey: Jwk;
  readonly senders: readonly Pick<Sender, 'id' | 'name' | 'createdAt' | 'revokedAt'>[];
  /** What came last. */
  readonly latest: readonly ArrivalLine[];
  readonly offices: readonly { readonly id: number; readonly name: string }[];
};

/** Where senders reach the destinations of a tenant. */
const addressOf = ({ platform, actor }: Context) => `${platform.config.url}/zustelldienst/${actor.tenant}`;

/** The destinations of the actor's tenant. */
export async function listInboxes(ctx: Context): Promise<InboxLine[]> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'configure', { tenant });
  const rows = await readInboxes(ctx.platform.db.read(tenant), tenant);
  return rows.map(({ id, title, works, isOpen }) => ({ id, title, works, isOpen }));
}

async function find(ctx: Context, id: string): Promise<Inbox> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'configure', { tenant });
  const [found] = isUuid(id) ? await readInboxes(ctx.platform.db.read(tenant), tenant, id) : [];
  ensure(found, 'notFound', 'platform.notFound');
  return found;
}

/** Units and groups that can work on what arrives. */
async function officesFor(ctx: Context, works: number | null): Promise<{ id: number; name: string }[]> {
  const found = (await findPrincipals(ctx, '', 50)).filter(({ kind }) => kind !== 'account');
  const isMissing = works !== null && !found.some(({ id }) => id === works);
  const more = isMissing ? [...(await principalsById(ctx, [works])).values()] : [];
  return [...found, ...more].map(({ id, name }) => ({ id, name }));
}

/** One destination with everything a sender needs. Throws `notFound`. */
export async function getInbox(ctx: Context, id: string): Promise<InboxView> {
  const { title, works, isOpen, encryptionKey, signingKey } = await find(ctx, id);
  const sql = ctx.platform.db.read(ctx.actor.tenant);
  const [senders, latest, offices] = await Promise.all([
    readSenders(sql, ctx.actor.tenant, id),
    readLatest(sql, ctx.actor.tenant, id, limits.lines),
    officesFor(ctx, works),
  ]);
  return {
    ...{ id, title, works, isOpen, encryptionKey, signingKey, address: addressOf(ctx), latest, offices },
    senders: senders.map(({ id: sender, name, createdAt, revokedAt }) => ({ id: sender, name, createdAt, revokedAt })),
  };
}

const titled = (text: string, field: string): string => {
  const clean = text.trim();
  ensure(clean !== '', 'invalid', 'platform.textMissing', { field });
  ensure(clean.length <= limits.title && !/\p{Cc}/u.test(clean), 'invalid', 'delivery.lineForm', { field, limit: limits.title });
  return clean;
};

/** Makes a destination with keys of its own; nobody may deliver there yet. @returns its id */
export async function openInbox(ctx: Context, title: string): Promise<string> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'configure', { tenant });
  const name = titled(title, 'title');
  const known = await readInboxes(ctx.platform.db.read(tenant), tenant);
  ensure(known.length < limits.inboxes, 'conflict', 'delivery.enough', { limit: limits.inboxes });
  const [encryption, signing, id] = [await makeKeys('encrypt'), await makeKeys('sign'), randomUUID()];
  const [sealed, other] = [
    await wrap(ctx.platform, tenant, encryption.secret, `inbox ${id} encryption`),
    await wrap(ctx.platform, tenant, signing.secret, `inbox ${id} signing`),
  ];
  await ctx.platform.db.write(tenant, async (tx) => {
    await insertInbox(tx, tenant, {
      ...{ id, title: name, works: null, isOpen: true, createdAt: ctx.platform.clock.now() },
      ...{ encryptionKey: encryption.jwk, encryptionSecret: sealed.bytes, encryptionSecretKey: sealed.key },
      ...{ signingKey: signing.jwk, signingSecret: other.bytes, signingSecretKey: other.key },
    });
    await audit(tx, ctx, [{ action: 'delivery.openInbox', thing: `inbox:${id}` }]);
  });
  return id;
}

/** Renames it, says who works on what arrives, and whether anything may. */
export async function setInbox(
  ctx: Context,
  id: string,
  { title, works, isOpen }: { readonly title: string; readonly works: number | null; readonly isOpen: boolean },
): Promise<void> {
  const inbox = await find(ctx, id);
  const { tenant } = ctx.actor;
  const offices = await officesFor(ctx, inbox.works);
  ensure(works === null || offices.some((office) => office.id === works), 'invalid', 'delivery.officeUnknown', {
    field: 'works',
  });
  const row = { id, title: titled(title, 'title'), works, isOpen };
  await ctx.platform.db.write(tenant, async (tx) => {
    await updateInbox(tx, tenant, row);
    await audit(tx, ctx, [{ action: 'delivery.setInbox', thing: `inbox:${id}`, details: { works, isOpen } }]);
  });
}

/** Lets somebody deliver there. The secret is shown this once; only its hash is kept. */
export async function addSender(
  ctx: Context,
  inbox: string,
  name: string,
): Promise<{ readonly client: string; readonly secret: string }> {
  await find(ctx, inbox);
  const { tenant } = ctx.actor;
  const clean = titled(name, 'name');
  const [id, secret] = [randomUUID(), randomToken()];
  await ctx.platform.db.write(tenant, async (tx) => {
    ensure((await readSenders(tx, tenant, inbox)).length < limits.senders, 'conflict', 'delivery.enough', {
      limit: limits.senders,
    });
    await insertSender(tx, tenant, { id, inbox, name: clean, secretHash: sha256(secret), createdAt: ctx.platform.clock.now() });
    await audit(tx, ctx, [{ action: 'delivery.addSender', thing: `inbox:${inbox}`, details: { sender: id } }]);
  });
  return { client: id, secret };
}

/** From now on they cannot deliver any more; what has arrived stays. */
export async function revokeSender(ctx: Context, inbox: string, sender: string): Promise<void> {
  await find(ctx, inbox);
  ensure(isUuid(sender), 'notFound', 'platform.notFound');
  const { tenant } = ctx.actor;
  await ctx.platform.db.write(tenant, async (tx) => {
    const isDone = await revokeSenderRow(tx, tenant, { id: sender, inbox, at: ctx.platform.clock.now() });
    ensure(isDone, 'notFound', 'platform.notFound');
    await audit(tx, ctx, [{ action: 'delivery.revokeSender', thing: `inbox:${inbox}`, details: { sender } }]);
  });
}
