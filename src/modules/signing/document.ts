import type { Context } from '#platform/context';
import { sha256 } from '#platform/crypto';
import { signatureSize } from './cms.ts';
import { draw } from './drawing.ts';
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
    content,
    seal: seal && { name: seal.name, at: ctx.platform.clock.now(), bytes: signatureSize(seal) },
  });
  const bytes = seal ? sealDocument(seal, drawn) : Buffer.from(drawn.bytes);
  return { bytes, sha256: sha256(bytes).toString('hex'), pages: drawn.pages, replaced: drawn.replaced };
}
