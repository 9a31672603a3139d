import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import type { Tx } from '#platform/db';
import { ensure } from '#platform/errors';
import { pageLimit } from '#platform/page';
import { authorize, type Located, locate, personOf } from './access.ts';
import { changeSpaces } from './change.ts';
import { holdNode } from './hold.ts';
import { checkFree } from './lock.ts';
import type { Entry } from './node.ts';
import { checkPrecondition } from './precondition.ts';
import { limits, nameKey } from './rules.ts';
import type { Comment, Property, Tag } from './store/notes.ts';
import * as store from './store/notes.ts';
import { tellComment } from './tell.ts';
import type { DeleteOptions } from './trash.ts';

export type { Comment, Property, Tag } from './store/notes.ts';

const reader = (ctx: Context) => ctx.platform.db.read(ctx.actor.tenant);

/** One change of dead properties; a value of null removes. */
export type PropertyChange = { readonly namespace: string; readonly name: string; readonly value: string | null };

/**
 * Changes dead properties of a node, all or none (RFC 4918, 9.2). Throws `locked` without the tokens of the locks on it, and
 * `precondition`.
 */
export async function changeProperties(
  ctx: Context,
  target: Entry,
  changes: readonly PropertyChange[],
  { precondition = {}, tokens = [] }: DeleteOptions = {},
): Promise<void> {
  authorize(ctx.actor, 'describe', target);
  for (const { namespace, name } of changes) {
    const most = limits.propertyNameCharacters;
    ensure(namespace.length + name.length <= most, 'tooLarge', 'files.propertyNameLong', { limit: most });
  }
  await changeSpaces(ctx, [target.node.space], async (change) => {
    const { tx, tenant } = change;
    const node = await holdNode(change, target.node.id);
    checkPrecondition(precondition, node);
    await checkFree(change, node, { ctx, tokens });
    for (const { namespace, name, value } of changes) {
      if (value === null) await store.deleteProperty(tx, tenant, target.node.id, { namespace, name });
      else await store.putProperty(tx, tenant, target.node.id, { namespace, name, value });
    }
    const { count, characters } = await store.measureProperties(tx, tenant, target.node.id);
    ensure(count <= limits.properties, 'conflict', 'files.tooManyProperties', { limit: limits.properties });
    const most = limits.propertyCharacters;
    ensure(characters <= most, 'tooLarge', 'files.propertyLong', { limit: most });
    change.audit(ctx, { action: 'files.changeProperties', thing: `node:${node.id}`, details: { count: changes.length } });
  });
}

/** Dead properties of nodes the caller has listed, by node. */
export async function readProperties(ctx: Context, nodes: readonly number[]): Promise<Map<number, Property[]>> {
  return Map.groupBy(await store.readProperties(reader(ctx), ctx.actor.tenant, nodes), (property) => property.node);
}

/** Throws `notFound` for what was removed for good since it was found. */
async function checkStillThere(tx: Tx, ctx: Context, { node }: Entry): Promise<void> {
  ensure(await store.holdNoted(tx, ctx.actor.tenant, node.id), 'notFound', 'platform.notFound');
}

/** Marks a node as favourite of the person, or no longer. Nobody else sees it. */
export async function setFavourite(ctx: Context, target: Entry, isFavourite: boolean): Promise<void> {
  authorize(ctx.actor, 'see', target);
  const { account, tenant } = personOf(ctx);
  const put = isFavourite ? store.putFavourite : store.deleteFavourite;
  await ctx.platform.db.write(tenant, async (tx) => {
    await checkStillThere(tx, ctx, target);
    await put(tx, tenant, account, target.node.id);
    await audit(tx, ctx, [{ action: 'files.setFavourite', thing: `node:${target.node.id}`, details: { isFavourite } }]);
  });
}

/** Which of some nodes are favourites of the person. */
export async function favouritesAmong(ctx: Context, nodes: readonly number[]): Promise<ReadonlySet<number>> {
  const { account, tenant } = personOf(ctx);
  return new Set(nodes.length === 0 ? [] : await store.readFavourites(reader(ctx), tenant, account, nodes));
}

/** The person's favourites that they may (still) see. */
export async function listFavourites(ctx: Context, limit = 200): Promise<Located[]> {
  const { account, tenant } = personOf(ctx);
  const ids = await store.readAllFavourites(reader(ctx), tenant, account, pageLimit(limit));
  const found = await Promise.allSettled(ids.map((id) => locate(ctx, id)));
  return found.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
}

/** Puts a tag on a node; the tag is made when the tenant has none of that name. */
export async function addTag(ctx: Context, target: Entry, name: string): Promise<Tag> {
  authorize(ctx.actor, 'describe', target);
  const text = name.normalize('NFC').replace(/\s+/g, ' ').trim();
  ensure(text !== '' && text.length <= limits.tagCharacters, 'invalid', 'files.tagInvalid', { limit: limits.tagCharacters });
  const { tenant } = ctx.actor;
  return ctx.platform.db.write(tenant, async (tx) => {
    await checkStillThere(tx, ctx, target);
    const present = await store.readTags(tx, tenant, [target.node.id]);
    ensure(present.length < limits.tagsPerNode, 'conflict', 'files.tooManyTags', { limit: limits.tagsPerNode });
    const tag = await store.findOrMakeTag(tx, tenant, text, nameKey(text));
    await store.putNodeTag(tx, tenant, target.node.id, tag.id);
    await audit(tx, ctx, [{ action: 'files.addTag', thing: `node:${target.node.id}`, details: { tag: tag.id } }]);
    return tag;
  });
}

export async function removeTag(ctx: Context, target: Entry, tag: number): Promise<void> {
  authorize(ctx.actor, 'describe', target);
  const { tenant } = ctx.actor;
  await ctx.platform.db.write(tenant, async (tx) => {
    ensure(await store.deleteNodeTag(tx, tenant, target.node.id, tag), 'notFound', 'platform.notFound');
    await audit(tx, ctx, [{ action: 'files.removeTag', thing: `node:${target.node.id}`, details: { tag } }]);
  });
}

/** Tags of nodes the caller has listed, by node. */
export async function readTags(ctx: Context, nodes: readonly number[]): Promise<Map<number, Tag[]>> {
  return Map.groupBy(await store.readTags(reader(ctx), ctx.actor.tenant, nodes), (tag) => tag.node);
}

/** Tags of the tenant that begin so. */
export async function suggestTags(ctx: Context, start: string): Promise<Tag[]> {
  personOf(ctx);
  return store.searchTags(reader(ctx), ctx.actor.tenant, nameKey(start.trim()), 20);
}

function checkComment(text: string): string {
  const trimmed = text.trim();
  ensure(trimmed !== '' && trimmed.length <= limits.commentCharacters, 'invalid', 'files.commentInvalid', {
    limit: limits.commentCharacters,
  });
  return trimmed;
}

/** Writes a comment on a file or folder; everybody who may see it can read it. */
export async function comment(ctx: Context, target: Entry, text: string): Promise<Comment> {
  authorize(ctx.actor, 'comment', target);
  const { account, tenant } = personOf(ctx);
  const checked = checkComment(text);
  return ctx.platform.db.write(tenant, async (tx) => {
    await checkStillThere(tx, ctx, target);
    const written = await store.insertComment(tx, tenant, {
      node: target.node.id,
      account,
      text: checked,
      now: ctx.platform.clock.now(),
    });
    await tellComment(tx, ctx, target);
    await audit(tx, ctx, [{ action: 'files.comment', thing: `node:${target.node.id}`, details: { comment: written.id } }]);
    return written;
  });
}

/** Comments on a node, newest first; `before` is the id of the last one shown. */
export async function listComments(ctx: Context, target: Entry, before: number | null = null, limit = 50): Promise<Comment[]> {
  authorize(ctx.actor, 'read', target);
  const page = { before: before ?? Number.MAX_SAFE_INTEGER, limit: pageLimit(limit) };
  return store.readComments(reader(ctx), ctx.actor.tenant, target.node.id, page);
}

/** Changes one's own comment (null removes it); whoever manages the space can remove others'. */
export async function editComment(ctx: Context, target: Entry, id: number, text: string | null): Promise<void> {
  const { account, tenant } = personOf(ctx);
  const checked = text === null ? null : checkComment(text);
  await ctx.platform.db.write(tenant, async (tx) => {
    const found = await store.readComment(tx, tenant, id);
    ensure(found?.node === target.node.id, 'notFound', 'platform.notFound');
    if (found.account !== account) authorize(ctx.actor, 'manage', target);
    ensure(found.account === account || checked === null, 'forbidden', 'files.notYourComment');
    if (checked === null) await store.deleteComment(tx, tenant, id);
    else await store.updateComment(tx, tenant, id, checked, ctx.platform.clock.now());
    const action = checked === null ? 'files.removeComment' : 'files.editComment';
    await audit(tx, ctx, [{ action, thing: `node:${target.node.id}`, details: { comment: id } }]);
  });
}
