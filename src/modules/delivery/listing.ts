import { isUuid } from './gate.ts';
import { limits } from './rules.ts';
import type { Listed } from './store/fetched.ts';

/** What a delivery service we fetch from says; it may say anything. */

type Body = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Body => typeof value === 'object' && value !== null;

/**
 * The submissions an answer lists for a destination, each once. What belongs to another one, has no id or comes after the hundredth is
 * not there.
 * @returns `isLast`: nothing comes after these
 */
export function readListing(body: Body, destination: string): { readonly listed: readonly Listed[]; readonly isLast: boolean } {
  const all: readonly unknown[] = Array.isArray(body.submissions) ? body.submissions.slice(0, limits.listed) : [];
  const known = new Map<string, Listed>();
  for (const one of all) {
    if (!isRecord(one) || one.destinationId !== destination) continue;
    const { submissionId: submission, caseId } = one;
    if (isUuid(submission) && isUuid(caseId) && !known.has(submission)) known.set(submission, { submission, caseId });
  }
  return { listed: [...known.values()], isLast: all.length < limits.listed };
}

export type Content = {
  readonly service: string;
  readonly metadata: string;
  readonly data: string;
  readonly files: readonly string[];
};

/** One submission; null: it is not what was asked for. An empty text where something encrypted is missing: it cannot be opened then. */
export function readContent(
  body: Body,
  { submission, caseId, destination }: Listed & { readonly destination: string },
): Content | null {
  const isIt = body.submissionId === submission && body.caseId === caseId && body.destinationId === destination;
  const files: readonly unknown[] | null =
    body.attachments === undefined ? [] : Array.isArray(body.attachments) ? body.attachments : null;
  if (!isIt || files === null || files.length > limits.files || !files.every(isUuid)) return null;
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  const { serviceType } = body;
  return {
    service: isRecord(serviceType) ? text(serviceType.identifier).slice(0, 255) : '',
    metadata: text(body.encryptedMetadata),
    data: text(body.encryptedData),
    files: [...new Set(files)],
  };
}
