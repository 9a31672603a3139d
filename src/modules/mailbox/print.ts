import { type DocumentContent, letterheadOf, makeDocument } from '#modules/signing';
import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import { dayInWords } from '#platform/day-words';
import { ensure } from '#platform/errors';
import { move } from './deliver.ts';
import { authorize } from './gate.ts';
import { getSent } from './send.ts';

/** A letter as a sealed PDF, for the post and for the files. Throws `notFound`, `unavailable`. */
export async function letterPdf(ctx: Context, id: number): Promise<Buffer> {
  const letter = await getSent(ctx, id);
  const blocks: DocumentContent['blocks'] = letter.body.split(/\n{2,}/).map((text) => ({ kind: 'paragraph', text }));
  const enclosed = letter.files.map(({ name }) => name);
  const content: DocumentContent = {
    title: letter.subject,
    language: 'de',
    at: letter.sentAt,
    recipient: letter.recipient,
    letterhead: await letterheadOf(ctx),
    facts: [{ label: 'Datum', value: dayInWords('de', letter.sentAt) }],
    blocks:
      enclosed.length === 0
        ? blocks
        : [...blocks, { kind: 'heading', text: 'Anlagen', level: 3 }, { kind: 'list', items: enclosed }],
  };
  return (await makeDocument(ctx, content)).bytes;
}

/** Notes that a letter was put into an envelope and posted. Throws `notFound`, `conflict` when it does not wait for that. */
export async function markPosted(ctx: Context, id: number): Promise<void> {
  const { tenant } = ctx.actor;
  const { author } = await getSent(ctx, id);
  authorize(ctx.actor, 'print', { tenant, author });
  await ctx.platform.db.write(tenant, async (tx) => {
    const isDone = await move(tx, ctx, { id, to: 'printed', at: ctx.platform.clock.now() });
    ensure(isDone, 'conflict', 'mailbox.notWaiting');
    await audit(tx, ctx, [{ action: 'mailbox.post', thing: `letter:${id}` }]);
  });
}
