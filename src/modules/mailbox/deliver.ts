import { citizenRemoved, getCitizen } from '#modules/accounts';
import { profile, tenantNumbers } from '#modules/tenants';
import { audit } from '#platform/audit';
import { type Context, systemContext } from '#platform/context';
import { daysAfter } from '#platform/day';
import type { Tx } from '#platform/db';
import { emit, on } from '#platform/events';
import type { Job } from '#platform/jobs';
import { queueMail } from '#platform/mail';
import { copyFiles, forgetFiles, removeBlobs, scanFiles } from './attachment.ts';
import { answerReceived, letterMoved, letterRead, replyWritten } from './events.ts';
import { portal } from './gate.ts';
import { writeNotice } from './mail-texts.ts';
import { type SentState, statesBefore } from './rules.ts';
import { deliveryRules, hasEnded } from './rules-delivery.ts';
import { deleteFiles, insertFiles, readFiles } from './store/file.ts';
import {
  deleteLetters,
  deleteOrphanReplies,
  endLetter,
  insertLetter,
  markDelivered,
  readProvided,
  readReply,
} from './store/letter.ts';
import { hasAnswer, insertAnswer, moveSent, readSent, readUnread, type SentRow } from './store/sent.ts';

/** Moves a letter on the authority's side and tells its house; nothing happens when it stands elsewhere by now. */
export async function move(tx: Tx, ctx: Context, { id, to, at }: { id: number; to: SentState; at: Date }): Promise<boolean> {
  const { tenant } = ctx.actor;
  const reference = await moveSent(tx, tenant, { id, to, at, from: statesBefore(to) });
  if (reference === null) return false;
  await emit(tx, ctx, letterMoved, { tenant, sent: id, reference, state: to });
  return true;
}

/** Puts the letter into the mailbox, in the portal's tenant; when it came in. */
async function provide(ctx: Context, letter: SentRow, citizen: { address: string; locale: 'de' | 'en' }): Promise<Date> {
  const { platform, actor } = ctx;
  const { tenant } = actor;
  const before = await readProvided(platform.db.read(portal), portal, tenant, letter.id);
  if (before) return before;
  const own = await readFiles(platform.db.read(tenant), tenant, 'sent', [letter.id]);
  const files = await copyFiles(ctx, own, { from: tenant, to: portal });
  const at = platform.clock.now();
  const senderName = (await profile(platform, tenant))?.branding.name ?? '';
  const within = systemContext(platform, portal, 'mailbox.deliver');
  const { id: sent, subject, body, rule } = letter;
  const row = { citizen: letter.citizen as number, senderTenant: tenant, senderName, sent, subject, body, rule, providedAt: at };
  await platform.db.write(portal, async (tx) => {
    const id = await insertLetter(tx, portal, row);
    if (id === null) return;
    await insertFiles(tx, portal, { holder: 'letter', id, files });
    await scanFiles(tx, within, { tenant: portal, holder: 'letter', id, files });
    await queueMail(tx, within, writeNotice(citizen.locale, { to: citizen.address, link: `${platform.config.url}/postfach` }));
    await audit(tx, within, [{ action: 'mailbox.provide', thing: `letter:${id}`, details: { sender: tenant, sent } }]);
  });
  return at;
}

/** Brings a letter into the mailbox, or onto the list for the post when the account is gone. Doing it twice does no harm. */
export const deliverLetter: Job<{ sent: number }> = {
  name: 'mailbox.deliver',
  run: async (ctx, { sent: id }) => {
    const { platform, actor } = ctx;
    const letter = await readSent(platform.db.read(actor.tenant), actor.tenant, id);
    if (letter?.state !== 'queued' || letter.citizen === null) return;
    const citizen = await getCitizen(ctx, letter.citizen);
    const at = citizen ? await provide(ctx, letter, citizen) : platform.clock.now();
    const otherwise = letter.recipient.length >= 2 ? 'toPrint' : 'undeliverable';
    const to: SentState = citizen ? 'provided' : otherwise;
    await platform.db.write(actor.tenant, (tx) => move(tx, ctx, { id, to, at }));
  },
};

/** The authority learns that its letter was opened. */
const noteRead = on(letterRead, 'mailbox.noteRead', async ({ platform }, { senderTenant, sent, at }) => {
  const ctx = systemContext(platform, senderTenant, 'mailbox.noteRead');
  await platform.db.write(senderTenant, async (tx) => {
    const isFirst = await move(tx, ctx, { id: sent, to: 'read', at: new Date(at) });
    if (isFirst) await audit(tx, ctx, [{ action: 'mailbox.read', thing: `letter:${sent}`, details: { at } }]);
  });
});

/** Brings an answer to the authority, with its files; they are looked at before anybody there reads them. */
const bringReply = on(replyWritten, 'mailbox.bringReply', async ({ platform }, { senderTenant, sent, reply: id }) => {
  const ctx = systemContext(platform, senderTenant, 'mailbox.bringReply');
  const reply = await readReply(platform.db.read(portal), portal, id);
  if (!reply) return;
  if (!(await hasAnswer(platform.db.read(senderTenant), senderTenant, id))) {
    const theirs = await readFiles(platform.db.read(portal), portal, 'reply', [id]);
    const files = await copyFiles(ctx, theirs, { from: portal, to: senderTenant });
    await platform.db.write(senderTenant, async (tx) => {
      const answer = await insertAnswer(tx, senderTenant, { sent, reply: id, body: reply.body, at: reply.at });
      if (answer === null) return;
      await insertFiles(tx, senderTenant, { holder: 'answer', id: answer, files });
      await scanFiles(tx, ctx, { tenant: senderTenant, holder: 'answer', id: answer, files });
      const reference = (await readSent(tx, senderTenant, sent))?.reference ?? '';
      await emit(tx, ctx, answerReceived, { tenant: senderTenant, sent, reference, answer });
      await audit(tx, ctx, [{ action: 'mailbox.receive', thing: `answer:${answer}`, details: { sent } }]);
    });
  }
  await platform.db.write(portal, (tx) => markDelivered(tx, portal, id, platform.clock.now()));
  await clearReplies(systemContext(platform, portal, 'mailbox.bringReply'));
});

/** Removes answers whose letter was deleted, once the authority has them. */
async function clearReplies(ctx: Context): Promise<void> {
  const blobs = await ctx.platform.db.write(portal, async (tx) => {
    const gone = await deleteFiles(tx, portal, 'reply', await deleteOrphanReplies(tx, portal));
    await forgetFiles(tx, ctx, portal, gone);
    return gone;
  });
  await removeBlobs(ctx, portal, blobs);
}

/** Deletes letters of a mailbox (null: all) with their files; how many that were. */
export async function removeLetters(ctx: Context, citizen: number, ids: readonly number[] | null): Promise<number> {
  const { count, blobs } = await ctx.platform.db.write(portal, async (tx) => {
    const gone = await deleteLetters(tx, portal, citizen, ids);
    const files = await deleteFiles(tx, portal, 'letter', gone);
    await forgetFiles(tx, ctx, portal, files);
    if (gone.length > 0)
      await audit(
        tx,
        ctx,
        gone.map((id) => ({ action: 'mailbox.remove', thing: `letter:${id}` })),
      );
    return { count: gone.length, blobs: files };
  });
  await removeBlobs(ctx, portal, blobs);
  await clearReplies(systemContext(ctx.platform, portal, 'mailbox.remove'));
  return count;
}

const emptyMailbox = on(
  citizenRemoved,
  'mailbox.empty',
  async (ctx, { citizen }) => void (await removeLetters(ctx, citizen, null)),
);

export const handlers = [noteRead, bringReply, emptyMailbox];

const step = 500;

/** Ends letters that the law ends unread, of the actor's tenant; how many. */
export async function endUnread(ctx: Context): Promise<number> {
  const { platform, actor } = ctx;
  const { tenant } = actor;
  const now = platform.clock.now();
  const before = daysAfter(now, -deliveryRules.vwvfg41.endsAfterDays);
  const unread = await readUnread(platform.db.read(tenant), tenant, { rule: 'vwvfg41', before, most: step });
  let count = 0;
  for (const { id, providedAt } of unread) {
    if (!hasEnded({ rule: 'vwvfg41', providedAt, readAt: null }, now)) continue;
    // The citizen's side decides: whoever opens it at the same moment has opened it.
    const isOurs = await platform.db.write(portal, (tx) => endLetter(tx, portal, { senderTenant: tenant, sent: id, at: now }));
    if (!isOurs) continue;
    await platform.db.write(tenant, (tx) => move(tx, ctx, { id, to: 'ended', at: now }));
    count += 1;
  }
  return count;
}

export const endProvision: Job = {
  name: 'mailbox.endProvision',
  every: '10 1 * * *',
  run: async ({ platform }) => {
    for (const tenant of await tenantNumbers(platform)) await endUnread(systemContext(platform, tenant, 'mailbox.endProvision'));
  },
};
