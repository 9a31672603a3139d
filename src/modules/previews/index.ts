/**
 * How it looks: small pictures of stored contents, of pictures and of the first pages of PDF.
 *
 * Keeps: what was drawn, as encrypted blobs, by the blob it shows and one of a few sizes; also that something cannot be drawn.
 *
 * Promises: hostile files hurt nobody, since they are decoded in a process apart and sent on only as pictures drawn anew; what is kept
 * goes when its content goes, and after some weeks by itself. It can always be drawn again: nothing here needs a backup.
 *
 * Never: decides who may see it. Whoever asks here has asked whether the content may be read.
 */
export { forgetPreviews, mayHavePreview, type Preview, preview, type Source } from './preview.ts';
