import { Readable } from 'node:stream';
import type { Context } from '#platform/context';
import { authorize } from './access.ts';
import { Change } from './change.ts';
import { grantLock, type Lock, type LockRequest } from './lock.ts';
import type { Node } from './node.ts';
import { lockSpaces } from './store/spaces.ts';
import { type Target, writeFile } from './write.ts';

/** A file that was made to be locked. */
export type LockedFile = { readonly node: Node; readonly lock: Lock };

export type LockedFileRequest = LockRequest & {
  /** Tokens of locks the client holds. */
  readonly tokens: readonly string[];
};

/**
 * RFC 4918, 9.10.4: makes an empty file where nothing is, and locks it in the same transaction. Nobody finds it unlocked, and
 * nothing is left when it cannot be locked. Throws what {@link writeFile} throws, `precondition` where something is, and `forbidden`
 * for whoever may make files in the folder but not lock them.
 */
export async function makeLocked(ctx: Context, target: Target, request: LockedFileRequest): Promise<LockedFile> {
  authorize(ctx.actor, 'lock', target.folder);
  const given: Lock[] = [];
  const { node } = await writeFile(ctx, target, Readable.from([]), {
    tokens: request.tokens,
    precondition: { ...request.precondition, ifNoneMatch: '*' },
    also: async (tx, { id, space }) => {
      const change = new Change(tx, ctx, await lockSpaces(tx, ctx.actor.tenant, [space]), null);
      given.push(await grantLock(change, ctx, { id, space }, request));
      await change.finish();
    },
  });
  return { node, lock: given[0] as Lock };
}
