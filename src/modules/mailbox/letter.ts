import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { citizenIn } from '#modules/accounts';
import { assertReadable, type Reading } from '#modules/scanning';
import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import { ensure } from '#platform/errors';
import { emit } from '#platform/events';
import { giveUpFiles, type NewFile, type ScannedFile, scanFiles, storeFiles, withScans } from './attachment.ts';
import { removeLetters } from './deliver.ts';
import { letterRead, replyWritten } from './events.ts';
import { portal } from './gate.ts';
import { checkBody, limits } from './rules.ts';
import { deemedOn } from './rules-delivery.ts';
import { type HeldFile, insertFiles, readFiles } from './store/file.ts';
import {
  insertReply,
  type LetterRow,
  markRead,
  type ReplyRow,
  readLetter as readLetterRow,
  readLetters,
  readReplies,
} from './store/letter.ts';

/** One's own letters, newest first. Throws `unauthenticated` when no citizen asks. */
export async function listLetters(ctx: Context): Promise<LetterRow[]> {
  const { citizen } = citizenIn(ctx);
  return readLetters(ctx.platform.db.read(portal), portal, citizen, limits.letters);
}

export type LetterView = LetterRow & {
  readonly deemedOn: string | null;
  readonly files: readonly ScannedFile[];
  readonly replies: readonly (ReplyRow & { readonly files: readonly HeldFile[] })[];
};

async function find(ctx: Context, id: number): Promise<LetterRow> {
  const { citizen } = citizenIn(ctx);
  const row = await readLetterRow(ctx.platform.db.read(portal), portal, citizen, id);
  ensure(row, 'notFound', 'platform.notFound');
  return row;
}

/**
 * Opens one's own letter. The first time counts: the authority is told, and the law may begin to count days. Throws `unauthenticated`,
 * `notFound`.
 */
export async function openLetter(ctx: Context, id: number): Promise<LetterView> {
  const found = await find(ctx, id);
  const at = ctx.platform.clock.now();
  if (found.readAt === null)
    await ctx.platform.db.write(portal, async (tx) => {
      if (!(await markRead(tx, portal, id, at))) return;
      const { senderTenant, sent } = found;
      await emit(tx, ctx, letterRead, { senderTenant, sent, at: at.toISOString() });
      await audit(tx, ctx, [{ action: 'mailbox.open', thing: `letter:${id}` }]);
    });
  return view(ctx, await find(ctx, id));
}

async function view(ctx: Context, letter: LetterRow): Promise<LetterView> {
  const sql = ctx.platform.db.read(portal);
  const [files, replies] = await Promise.all([
    readFiles(sql, portal, 'letter', [letter.id]),
    readReplies(sql, portal, [letter.id]),
  ]);
  const theirs = await readFiles(
    sql,
    portal,
    'reply',
    replies.map((reply) => reply.id),
  );
  return {
    ...letter,
    deemedOn: deemedOn(letter),
    files: await withScans(ctx, files),
    replies: replies.map((reply) => ({ ...reply, files: theirs.filter((file) => file.id === reply.id) })),
  };
}

/** An attachment of one's own letter, after it was looked at. Throws `notFound`, and as `scanning.assertReadable`. */
export async function letterFile(
  ctx: Context,
  { letter, position }: { readonly letter: number; readonly position: number },
  reading: Reading = {},
): Promise<HeldFile> {
  const { id } = await find(ctx, letter);
  const files = await readFiles(ctx.platform.db.read(portal), portal, 'letter', [id]);
  const file = files.find((one) => one.position === position);
  ensure(file, 'notFound', 'platform.notFound');
  await assertReadable(ctx, file.blob, reading);
  return file;
}

/**
 * Answers one's own letter, with files. They are durable when it resolves, and looked at before the authority reads them. Throws
 * `notFound`, `invalid`, `tooLarge`, `conflict` after too many answers.
 */
export async function replyTo(
  ctx: Context,
  id: number,
  { body: given, files }: { readonly body: string; readonly files: AsyncIterable<NewFile> },
): Promise<void> {
  const letter = await find(ctx, id);
  const body = checkBody(given, 'body', limits.replyCharacters);
  const sql = ctx.platform.db.read(portal);
  ensure((await readReplies(sql, portal, [id])).length < limits.replies, 'conflict', 'mailbox.tooManyReplies', {
    limit: limits.replies,
  });
  const stored = await storeFiles(ctx, portal, files);
  try {
    await ctx.platform.db.write(portal, async (tx) => {
      const reply = await insertReply(tx, portal, { letter: id, body, at: ctx.platform.clock.now() });
      await insertFiles(tx, portal, { holder: 'reply', id: reply, files: stored });
      await scanFiles(tx, ctx, { tenant: portal, holder: 'reply', id: reply, files: stored });
      await emit(tx, ctx, replyWritten, { senderTenant: letter.senderTenant, sent: letter.sent, reply });
      await audit(tx, ctx, [{ action: 'mailbox.reply', thing: `letter:${id}`, details: { files: stored.length } }]);
    });
  } catch (error) {
    await giveUpFiles(ctx, portal, { files: stored, error });
  }
}

/** Deletes one's own letter for good; the authority keeps its copy and the answers it got. Throws `notFound`. */
export async function removeLetter(ctx: Context, id: number): Promise<void> {
  const { citizen } = citizenIn(ctx);
  ensure((await removeLetters(ctx, citizen, [id])) === 1, 'notFound', 'platform.notFound');
}

const stamp = (at: Date | null) => at?.toISOString() ?? null;

/** A letter as it is exported: for people as text, for programmes as JSON. */
function asText({ subject, senderName, providedAt, body, replies }: LetterView): string {
  const answers = replies.map((reply) => `\n\n--- ${reply.at.toISOString()}\n\n${reply.body}`);
  return `${senderName}\n${providedAt.toISOString()}\n\n${subject}\n\n${body}${answers.join('')}\n`;
}

/**
 * Everything in one's own mailbox as a ZIP that is made while it is read (GDPR, articles 15 and 20): each letter as text, all of them as
 * JSON, every attachment that may be handed out. Letters that were not opened are listed and stay unopened. Throws `unauthenticated`.
 */
export async function exportLetters(ctx: Context): Promise<Readable> {
  const rows = await listLetters(ctx);
  const views = await Promise.all(rows.filter(({ readAt }) => readAt !== null).map((row) => view(ctx, row)));
  const archive = new ZipFile();
  const output = archive.outputStream as Readable;
  archive.on('error', (error: Error) => output.destroy(error));
  const unopened = rows.filter(({ readAt }) => readAt === null);
  const book = {
    letters: views.map(({ files, replies, ...letter }) => ({
      id: letter.id,
      sender: letter.senderName,
      subject: letter.subject,
      body: letter.body,
      rule: letter.rule,
      providedAt: stamp(letter.providedAt),
      readAt: stamp(letter.readAt),
      deemedOn: letter.deemedOn,
      files: files.map(({ name, size, sha256, scan }) => ({ name, size, sha256, state: scan?.state ?? 'waiting' })),
      replies: replies.map(({ body, at }) => ({ body, at: stamp(at) })),
    })),
    unopened: unopened.map(({ id, senderName, providedAt }) => ({ id, sender: senderName, providedAt: stamp(providedAt) })),
  };
  archive.addBuffer(Buffer.from(JSON.stringify(book, null, 2)), 'postfach.json');
  for (const letter of views) {
    archive.addBuffer(Buffer.from(asText(letter)), `brief-${letter.id}.txt`);
    for (const file of letter.files.filter(({ scan }) => scan?.state === 'clean'))
      archive.addReadStreamLazy(
        `brief-${letter.id}/${file.position + 1}-${file.name}`,
        { size: file.size, compress: false },
        (give) => {
          const stream = Readable.from(contentOf(ctx, file), { objectMode: false });
          stream.once('error', (error) => output.destroy(error));
          give(null, stream);
        },
      );
  }
  archive.end();
  return output;
}

async function* contentOf({ platform }: Context, { blob }: HeldFile): AsyncGenerator<Buffer> {
  const reader = await platform.blobs.open(portal, blob);
  try {
    yield* reader.read(0, reader.size);
  } finally {
    await reader.close();
  }
}
