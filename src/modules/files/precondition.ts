import { Failure } from '#platform/errors';
import type { Node } from './node.ts';
import { etagOf } from './rules.ts';

/**
 * What must be true of the thing before a request may change it: RFC 9110, 13.1. Entity tags without quotes.
 * `'*'` means: something is there (ifMatch), nothing is there (ifNoneMatch).
 */
export type Precondition = {
  readonly ifMatch?: readonly string[] | '*';
  readonly ifNoneMatch?: readonly string[] | '*';
};

/** Throws `precondition` when the state is another one than the caller saw. Evaluated under the space's lock. */
export function checkPrecondition(precondition: Precondition, current: Pick<Node, 'space' | 'id' | 'etag'> | null): void {
  const etag = current && etagOf(current);
  const { ifMatch, ifNoneMatch } = precondition;
  const isMatched = ifMatch === undefined || (etag !== null && (ifMatch === '*' || ifMatch.includes(etag)));
  const isUnmatched = ifNoneMatch === undefined || etag === null || (ifNoneMatch !== '*' && !ifNoneMatch.includes(etag));
  if (!isMatched || !isUnmatched) throw new Failure('precondition', 'files.changedMeanwhile');
}
