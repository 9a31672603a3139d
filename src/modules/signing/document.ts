import type { Context } from '#platform/context';
import { sha256 } from '#platform/crypto';
import { ensure } from '#platform/errors';
import { signatureSize } from './cms.ts';
import { type Drawn, draw } from './drawing.ts';
import { checkContent, type DocumentContent } from './rules-content.ts';
import { openSeal, sealDocument } from './seal.ts';

export type MadeDocument = {
  readonly bytes: Buffer;
  /** Hexadecimal, of the bytes. */
  readonly sha256: string;
  readonly pages: number;
  /** Characters our font cannot show, each once; in the document a mark stands in their place. Usually empty. */
  readonly replaced: readonly string[];
};

export type MakeOptions = {
  /** Default true: sealed by the actor's tenant. */
  readonly isSealed?: boolean;
};

/**
 * Makes the PDF of a content, sealed by the actor's tenant. Throws `tooLarge` beyond `documentLimits`, `unavailable` when too much is
 * being made at the moment; a job is then repeated.
 */
export async function makeDocument(
  ctx: Context,
  content: DocumentContent,
  { isSealed = true }: MakeOptions = {},
): Promise<MadeDocument> {
  checkContent(content);
  const seal = isSealed ? await openSeal(ctx) : null;
  const drawn = await draw({
    title: content.title,
    contents: [content],
    seal: seal && { name: seal.name, at: ctx.platform.clock.now(), bytes: signatureSize(seal) },
  });
  return made(drawn, seal ? sealDocument(seal, drawn) : Buffer.from(drawn.bytes));
}

const made = ({ pages, replaced }: Drawn, bytes: Buffer): MadeDocument => ({
  bytes,
  sha256: sha256(bytes).toString('hex'),
  pages,
  replaced,
});

/** Documents in one file, at least one, and what the file is called. */
export type DocumentStack = {
  readonly title: string;
  readonly contents: readonly [DocumentContent, ...DocumentContent[]];
};

/**
 * Makes one PDF of several contents, for a printer: each begins on an odd page and counts its own pages. It is made anew and bears no
 * seal, since a seal ends on paper; documents made before stay as they are. Throws as {@link makeDocument}, and `internal` for contents
 * with files inside.
 */
export async function makeStack({ title, contents }: DocumentStack): Promise<MadeDocument> {
  for (const content of contents) checkContent(content);
  ensure(!contents.some(({ files }) => files), 'internal', 'platform.internal');
  const drawn = await draw({ title, contents, seal: null });
  return made(drawn, Buffer.from(drawn.bytes));
}
