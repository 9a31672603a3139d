/**
 * Is it signed: receipts, letters and invoices as PDF, with the electronic seal of the authority.
 *
 * Keeps: of each tenant the keys and certificates of its seal; the private keys wrapped by the tenant's key.
 *
 * Promises: one content makes one document: tagged for screen readers, its fonts inside, marked as PDF/A-3a and PDF/UA-1 (marked: no
 * validator has confirmed it), with the machine-readable data inside where the caller gives it. Without a seal the same content makes
 * the same bytes. It is laid out in a thread of its own, so that nobody waits for it; call it from a job all the same, because a long
 * document takes a second. A sealed document that was changed afterwards by a single byte is told apart by every PDF program.
 *
 * Never: keeps documents (the caller stores the bytes), decides who may see one, signs in the name of a person. The seal is an advanced
 * electronic seal of an authority (eIDAS article 36) under a certificate of its own, or one that the operator brings; we claim no qualified
 * one.
 */
export { bringSeal, type SealStatus, sealStatus } from './bring.ts';
export { type DocumentStack, type MadeDocument, makeDocument, makeStack } from './document.ts';
export { sealEnds } from './events.ts';
export { letterheadOf } from './letterhead.ts';
export {
  type DocumentBlock,
  type DocumentContent,
  documentLimits,
  type EmbeddedFile,
  type Letterhead,
} from './rules-content.ts';
export { type Seal, sealOf } from './seal.ts';
export { readSealed, type SealedStatement, sealToken } from './token.ts';
