import * as files from '#modules/files';
import type { Context } from '#platform/context';
import { type Node, namesOf, type Space, within } from './tree.ts';

/**
 * Somebody who knows a space only by its change feed, from its very first change on. What they believe has to be what is there: a
 * feed that leaves something out would leave every client that lives by it wrong for ever.
 */

type Believed = { readonly parent: number; readonly name: string; readonly sha1: string };

export type Follower = {
  /** Reads what is new; null when everything is as in the model, otherwise what is not. */
  follow(space: Space): Promise<string | null>;
};

/** A small page, so that programs meet the seams between pages. */
const pageSize = 7;

/** @param space its name in the person's root folder */
export async function openFollower(ctx: Context, space: string): Promise<Follower> {
  const known = new Map<number, Believed>();
  const root = await files.resolvePath(ctx, [space]);
  let position = 0;
  const forget = (id: number): void => {
    known.delete(id);
    for (const [child, { parent }] of [...known]) if (parent === id) forget(child);
  };
  /** A folder that appears stands for everything below it. */
  const take = async (node: files.Node): Promise<void> => {
    const isNew = !known.has(node.id);
    known.set(node.id, { parent: node.parent as number, name: node.name, sha1: node.sha1 ?? '/' });
    if (!isNew || !node.isFolder) return;
    for await (const children of files.streamChildren(ctx, { ...root, node, isRoot: false }))
      for (const child of children) await take(child);
  };
  const readOn = async (): Promise<boolean> => {
    const changes = await files.readChanges(ctx, root, position, pageSize);
    for (const item of changes.items) item.isGone ? forget(item.id) : await take(item.node);
    position = changes.position;
    return changes.hasMore;
  };
  const pathOf = (id: number): string => {
    if (id === root.node.id) return '';
    const it = known.get(id);
    return it ? `${pathOf(it.parent)}/${it.name}` : '(nowhere)';
  };
  return {
    follow: async (space) => {
      while (await readOn());
      const is = [...known].map(([id, { sha1 }]) => `${pathOf(id)} ${sha1}`).sort();
      const should = within(space.root).slice(1).map(lineOf).sort();
      return is.join('\n') === should.join('\n')
        ? null
        : `the change feed tells of\n${is.join('\n')}\nshould tell of\n${should.join('\n')}`;
    },
  };
}

const lineOf = (node: Node) => `/${namesOf(node).join('/')} ${node.content?.sha1 ?? '/'}`;
