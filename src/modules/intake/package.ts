import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { readableAttachment } from '#modules/forms';
import { assertReadable } from '#modules/scanning';
import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import { ensure } from '#platform/errors';
import { say } from '#platform/words';
import { getItem, type ItemView } from './desk.ts';
import { toJson, toXml } from './rules-data.ts';

/** What an office takes with it: the receipt, the attachments, the data; each by itself or all in one. */

export type StoredFile = {
  readonly blob: string;
  readonly size: number;
  readonly sha256: string;
  readonly type: string;
  readonly name: string;
  readonly at: Date;
};

async function noteDownload(ctx: Context, submission: number, what: string): Promise<void> {
  const entry = { action: 'intake.download', thing: `submission:${submission}`, details: { what } };
  await ctx.platform.db.write(ctx.actor.tenant, (tx) => audit(tx, ctx, [entry]));
}

function receiptIn({ submission }: ItemView): StoredFile | null {
  const { receiptBlob: blob, receiptSize: size, receiptSha256: sha256, reference, sentAt: at } = submission;
  if (blob === null || size === null || sha256 === null) return null;
  return { blob, size, sha256, type: 'application/pdf', name: `Antrag-${reference}.pdf`, at };
}

/** The application as a PDF/A with every answer. Throws `conflict` while it is being made, `notFound`. */
export async function receiptOfItem(ctx: Context, id: number): Promise<StoredFile> {
  const receipt = receiptIn(await getItem(ctx, id));
  ensure(receipt, 'conflict', 'forms.receiptLater');
  await noteDownload(ctx, id, 'receipt');
  return receipt;
}

/** One attachment. Throws `conflict`, `forbidden` for one that was not found clean, `notFound`. */
export async function attachmentOfItem(ctx: Context, id: number, attachment: number): Promise<StoredFile> {
  const { sentAt: at } = (await getItem(ctx, id)).submission;
  const { blob, size, sha256, type, name } = await readableAttachment(ctx, { submission: id, attachment });
  await noteDownload(ctx, id, `attachment:${attachment}`);
  return { blob, size, sha256, type, name, at };
}

/** The answers for programs. */
export async function dataOfItem(ctx: Context, id: number, format: 'xml' | 'json'): Promise<{ name: string; text: string }> {
  const { submission, proof } = await getItem(ctx, id);
  await noteDownload(ctx, id, format);
  return {
    name: `Antrag-${submission.reference}.${format}`,
    text: (format === 'xml' ? toXml : toJson)({ ...submission, proof }),
  };
}

async function* bytesOf({ platform, actor }: Context, blob: string): AsyncGenerator<Uint8Array> {
  const reader = await platform.blobs.open(actor.tenant, blob);
  try {
    yield* reader.read(0, reader.size);
  } finally {
    await reader.close();
  }
}

/**
 * Everything as one ZIP stream, made while it is read. An attachment that was not found clean is not in it; a text says which
 * ones that are, and why. When a file turns out damaged the stream breaks off.
 */
export async function packageOfItem(ctx: Context, id: number): Promise<{ readonly name: string; readonly stream: Readable }> {
  const view = await getItem(ctx, id);
  const { submission, files, proof } = view;
  const data = { ...submission, proof };
  const archive = new ZipFile();
  const stream = archive.outputStream as Readable;
  archive.on('error', (error: Error) => stream.destroy(error));
  const addText = (name: string, text: string) => archive.addBuffer(Buffer.from(text), name, { mtime: submission.sentAt });
  const addFile = (path: string, { blob, size, at }: StoredFile) =>
    archive.addReadStreamLazy(path, { mtime: at, compress: false, size }, (give) => {
      const source = Readable.from(bytesOf(ctx, blob), { objectMode: false });
      source.once('error', (error) => stream.destroy(error));
      give(null, source);
    });
  const receipt = receiptIn(view);
  if (receipt) addFile(receipt.name, receipt);
  addText(`Antrag-${submission.reference}.xml`, toXml(data));
  addText(`Antrag-${submission.reference}.json`, toJson(data));
  const left: string[] = [];
  for (const [index, file] of files.entries()) {
    const isClean = await assertReadable(ctx, file.blob).then(
      () => true,
      () => false,
    );
    const number = String(index + 1).padStart(2, '0');
    if (isClean) addFile(`anlagen/${number}-${file.name}`, { ...file, at: submission.sentAt });
    else left.push(`${file.name}: ${say(ctx.platform.words, ctx.locale, `intake.scan.${file.state}`, {})}`);
  }
  if (left.length > 0) addText('nicht-enthalten.txt', `${left.join('\r\n')}\r\n`);
  archive.end();
  await noteDownload(ctx, id, 'all');
  return { name: `Antrag-${submission.reference}.zip`, stream };
}
