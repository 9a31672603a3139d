import { randomUUID } from 'node:crypto';
import { listGroups, listUnits, principalsById } from '#modules/accounts';
import { audit } from '#platform/audit';
import { checkAll } from '#platform/checks';
import type { Context } from '#platform/context';
import { randomToken, sha256 } from '#platform/crypto';
import { ensure } from '#platform/errors';
import { authorize, isUuid } from './gate.ts';
import { makeInboxKeys } from './key-ring.ts';
import { type Jwk, readJwk } from './keys.ts';
import { oneLine } from './remote.ts';
import { limits } from './rules.ts';
import { type ArrivalLine, readLatest } from './store/arrival.ts';
import { readCallbackOf } from './store/callback.ts';
import {
  type Inbox,
  type InboxKeys,
  type InboxKind,
  insertInbox,
  insertSender,
  readInboxes,
  readSenders,
  revokeSenderRow,
  type Sender,
  updateInbox,
} from './store/inbox.ts';
import { type OldKey, readOldKeys } from './store/old-key.ts';
import { readSource, type Source } from './store/source.ts';

/** Our own destinations, as an administrator sets them up: where others deliver to, and who may. */

export type InboxLine = Pick<Inbox, 'id' | 'kind' | 'title' | 'works' | 'isOpen'>;

/** As people see it: the secret is never shown again. */
export type SourceView = Omit<Source, 'secret' | 'secretKey' | 'inbox'>;

const viewOf = (source: Source | null): SourceView | null => {
  if (!source) return null;
  const { secret: _secret, secretKey: _key, inbox: _inbox, ...view } = source;
  return view;
};

export type InboxView = InboxLine & {
  /** What a sender enters: base address of the service, and the keys. */
  readonly address: string;
  readonly encryptionKey: Jwk;
  readonly signingKey: Jwk;
  /** Since when these keys count, and those they have replaced, as long as they still count. */
  readonly keysAt: Date;
  readonly oldKeys: readonly Pick<OldKey, 'use' | 'jwk' | 'endsAt'>[];
  readonly senders: readonly Omit<Sender, 'inbox' | 'secretHash'>[];
  /** Where a foreign one lives; null: not said yet, or it is none. */
  readonly source: SourceView | null;
  /** Who is called about new submissions: an address of theirs, or (`foreign`) this one of ours; null: nobody. */
  readonly callAddress: string | null;
  readonly isCalled: boolean;
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
  return rows.map(({ id, kind, title, works, isOpen }) => ({ id, kind, title, works, isOpen }));
}

/** A destination of the actor's tenant, for its administrators. Throws `notFound`, `forbidden`. */
export async function findInbox(ctx: Context, id: string): Promise<Inbox> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'configure', { tenant });
  const [found] = isUuid(id) ? await readInboxes(ctx.platform.db.read(tenant), tenant, id) : [];
  ensure(found, 'notFound', 'platform.notFound');
  return found;
}

/** Units and groups that can work on what arrives. */
async function officesFor(ctx: Context, works: number | null): Promise<{ id: number; name: string }[]> {
  const [units, groups] = await Promise.all([listUnits(ctx), listGroups(ctx, { limit: limits.offices })]);
  const found = [...units, ...groups.items];
  const isMissing = works !== null && !found.some(({ id }) => id === works);
  const more = isMissing ? [...(await principalsById(ctx, [works])).values()] : [];
  return [...found, ...more].map(({ id, name }) => ({ id, name }));
}

/** One destination with everything a sender needs. Throws `notFound`. */
export async function getInbox(ctx: Context, id: string): Promise<InboxView> {
  const { kind, title, works, isOpen, encryptionKey, signingKey, keysAt } = await findInbox(ctx, id);
  const sql = ctx.platform.db.read(ctx.actor.tenant);
  const [called, old, senders, source, latest, offices] = await Promise.all([
    readCallbackOf(sql, ctx.actor.tenant, id),
    readOldKeys(sql, ctx.actor.tenant, id, ctx.platform.clock.now()),
    readSenders(sql, ctx.actor.tenant, id),
    readSource(sql, ctx.actor.tenant, id),
    readLatest(sql, ctx.actor.tenant, id, limits.lines),
    officesFor(ctx, works),
  ]);
  return {
    id,
    kind,
    title,
    works,
    isOpen,
    encryptionKey,
    signingKey,
    address: addressOf(ctx),
    latest,
    offices,
    source: viewOf(source),
    keysAt,
    callAddress: kind === 'foreign' ? `${addressOf(ctx)}/callbacks/${id}` : (called?.address ?? null),
    isCalled: called !== null,
    oldKeys: old.map(({ use, jwk, endsAt }) => ({ use, jwk, endsAt })),
    senders: senders.map(({ inbox: _inbox, secretHash: _hash, ...sender }) => sender),
  };
}

const noSecrets = { encryptionSecret: null, encryptionSecretKey: null, signingSecret: null, signingSecretKey: null };

type Opening = { readonly title: string; readonly kind: InboxKind; readonly keys: (id: string) => Promise<InboxKeys> };

async function insert(ctx: Context, { title, kind, keys }: Opening): Promise<string> {
  const { tenant } = ctx.actor;
  const known = await readInboxes(ctx.platform.db.read(tenant), tenant);
  ensure(known.length < limits.inboxes, 'conflict', 'delivery.enough', { limit: limits.inboxes });
  const id = randomUUID();
  const now = ctx.platform.clock.now();
  const row = { id, kind, title, works: null, isOpen: true, createdAt: now, keysAt: now, ...(await keys(id)) };
  await ctx.platform.db.write(tenant, async (tx) => {
    await insertInbox(tx, tenant, row);
    await audit(tx, ctx, [{ action: 'delivery.openInbox', thing: `inbox:${id}`, details: { kind } }]);
  });
  return id;
}

/**
 * Makes a destination with keys of its own: here, where nobody may deliver yet, or (`foreign`) one that lives at another delivery
 * service, which has to be told the public keys. @returns its id
 */
export async function openInbox(ctx: Context, title: string, kind: 'own' | 'foreign' = 'own'): Promise<string> {
  authorize(ctx.actor, 'configure', { tenant: ctx.actor.tenant });
  return insert(ctx, { title: oneLine(title, 'title'), kind, keys: (id) => makeInboxKeys(ctx, id) });
}

export type KeptInput = { readonly title: string; readonly encryptionKey: string; readonly signingKey: string };

/** Makes a destination whose receiver holds the keys, and fetches. Throws `invalid` with everything that is wrong. @returns its id */
export async function keepInbox(ctx: Context, input: KeptInput): Promise<string> {
  authorize(ctx.actor, 'configure', { tenant: ctx.actor.tenant });
  const { title, ...keys } = await checkAll({
    title: () => oneLine(input.title, 'title'),
    encryptionKey: () => readJwk(input.encryptionKey, 'encrypt', 'encryptionKey'),
    signingKey: () => readJwk(input.signingKey, 'sign', 'signingKey'),
  });
  return insert(ctx, { title, kind: 'kept', keys: async () => ({ ...keys, ...noSecrets }) });
}

/** Renames it, says who works on what arrives, and whether anything may. */
export async function setInbox(
  ctx: Context,
  id: string,
  { title, works, isOpen }: { readonly title: string; readonly works: number | null; readonly isOpen: boolean },
): Promise<void> {
  const inbox = await findInbox(ctx, id);
  const { tenant } = ctx.actor;
  const offices = await officesFor(ctx, inbox.works);
  ensure(works === null || offices.some((office) => office.id === works), 'invalid', 'delivery.officeUnknown', {
    field: 'works',
  });
  const row = { id, title: oneLine(title, 'title'), works, isOpen };
  await ctx.platform.db.write(tenant, async (tx) => {
    await updateInbox(tx, tenant, row);
    await audit(tx, ctx, [{ action: 'delivery.setInbox', thing: `inbox:${id}`, details: { works, isOpen } }]);
  });
}

/**
 * Lets somebody deliver there, or fetch what others have delivered. The secret is shown this once; only its hash is kept. Throws
 * `conflict` where nobody can: at one that lives elsewhere, and fetching from one whose keys we hold.
 */
export async function addSender(
  ctx: Context,
  inbox: string,
  name: string,
  role: Sender['role'] = 'send',
): Promise<{ readonly role: Sender['role']; readonly client: string; readonly secret: string }> {
  const { kind } = await findInbox(ctx, inbox);
  ensure(kind === 'kept' || (kind === 'own' && role === 'send'), 'conflict', 'delivery.notHere');
  const { tenant } = ctx.actor;
  const clean = oneLine(name, 'name');
  const [id, secret] = [randomUUID(), randomToken()];
  await ctx.platform.db.write(tenant, async (tx) => {
    ensure((await readSenders(tx, tenant, inbox)).length < limits.senders, 'conflict', 'delivery.enough', {
      limit: limits.senders,
    });
    await insertSender(tx, tenant, {
      id,
      inbox,
      role,
      name: clean,
      secretHash: sha256(secret),
      createdAt: ctx.platform.clock.now(),
    });
    await audit(tx, ctx, [{ action: 'delivery.addSender', thing: `inbox:${inbox}`, details: { sender: id, role } }]);
  });
  return { role, client: id, secret };
}

/** From now on they cannot deliver any more; what has arrived stays. */
export async function revokeSender(ctx: Context, inbox: string, sender: string): Promise<void> {
  await findInbox(ctx, inbox);
  ensure(isUuid(sender), 'notFound', 'platform.notFound');
  const { tenant } = ctx.actor;
  await ctx.platform.db.write(tenant, async (tx) => {
    const isDone = await revokeSenderRow(tx, tenant, { id: sender, inbox, at: ctx.platform.clock.now() });
    ensure(isDone, 'notFound', 'platform.notFound');
    await audit(tx, ctx, [{ action: 'delivery.revokeSender', thing: `inbox:${inbox}`, details: { sender } }]);
  });
}
