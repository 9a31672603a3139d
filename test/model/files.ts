import { Forest, loosen } from './forest.ts';
import { contentOf, type Facts, Refusals, type Seen, type Step, type Tokens, type Verdict } from './step.ts';
import {
  allBytes,
  type Content,
  calledLike,
  currentBytes,
  fits,
  freeName,
  isFree,
  isSamePath,
  isSubtreeFree,
  type Lock,
  locksBelow,
  locksOver,
  may,
  type Node,
  type Path,
  type Person,
  type Space,
  topOf,
  within,
} from './tree.ts';

/**
 * The file interface as a model: a tree in memory that says for every step what must come of it. It knows no database, no
 * network and no time. Where several refusals are right at once it names them all; which one the server looks at first is
 * its own business.
 */

export class Model extends Forest {
  /** What somebody sees of a file whose ETag they take along. */
  seenAt(who: Person, at: Path): Seen | null {
    const node = this.find(who, at);
    return node && { node: node.id, stamp: node.stamp, moves: node.moves };
  }

  apply(step: Step, facts: Facts = {}): Verdict {
    switch (step.op) {
      case 'put':
        return this.#put(step, facts);
      case 'mkcol':
        return this.#mkcol(step, facts);
      case 'delete':
        return this.#delete(step, facts);
      case 'move':
      case 'copy':
        return this.#carry(step, facts);
      case 'mark':
        return this.#mark(step, facts);
      case 'lock':
        return this.#lock(step, facts);
      case 'unlock':
        return this.#unlock(step, facts);
      case 'restore':
      case 'purge':
        return this.#fromTrash(step, facts);
      case 'version':
        return this.#version(step, facts);
      case 'role':
        return this.#role(step);
      case 'quota':
        (this.spaces[step.space] as Space).quota = step.quota;
        return { statuses: [] };
    }
  }

  #put(step: Step & { op: 'put' }, facts: Facts): Verdict {
    const folder = this.parentOf(step.who, step.at);
    if (!folder) return { statuses: [409] };
    const name = step.at.at(-1) as string;
    const old = calledLike(folder, name);
    const modified = step.modified === null ? null : step.modified * 1_000;
    const content = { ...contentOf(step), id: this.nextId(), modified };
    const no = new Refusals();
    no.unless(may(folder, step.who, old ? 'editor' : 'uploader'), 403);
    no.unless(may(folder, step.who, 'uploader'), 403);
    no.when(old?.content === null, 405);
    no.when((old !== null && old.name !== name) || facts.lostFolder, 409);
    no.when(isUnfulfilled(step, old, facts), 412);
    // The same bytes once more need no room: who asked before others had used it up is not refused.
    const isSame = facts.status === 204 && old?.content?.sha1 === content.sha1;
    no.unless(isSame || fits(folder.space, content.size + (facts.status === 507 ? (facts.onTheWay ?? 0) : 0)), 507);
    no.unless(isFree(old ?? folder, tokensOf(this, step, facts)), 423);
    if (no.isRefused) return no.verdict;
    if (!old) {
      const node = this.makeNode(name, content);
      this.place(node, folder, name);
      return { statuses: [201], node };
    }
    const before = old.content as Content;
    if (before.sha1 !== content.sha1 && before.size > 0) old.versions.unshift(before);
    old.content = content;
    this.touch(old);
    return { statuses: [204], node: old };
  }

  #mkcol(step: Step & { op: 'mkcol' | 'delete' }, facts: Facts): Verdict {
    const folder = this.parentOf(step.who, step.at);
    if (!folder) return { statuses: [409] };
    const name = step.at.at(-1) as string;
    const no = new Refusals();
    no.unless(may(folder, step.who, 'uploader'), 403);
    no.when(calledLike(folder, name), 405);
    no.when(facts.lostFolder, 409);
    no.when(isUnfulfilled(step, null, facts), 412);
    no.unless(isFree(folder, tokensOf(this, step, facts)), 423);
    if (no.isRefused) return no.verdict;
    const node = this.makeNode(name, null);
    this.place(node, folder, name);
    return { statuses: [201], node };
  }

  #delete(step: Step & { op: 'mkcol' | 'delete' }, facts: Facts): Verdict {
    const node = this.find(step.who, step.at);
    if (!node) return { statuses: [404] };
    const tokens = tokensOf(this, step, facts);
    const no = new Refusals();
    no.unless(may(node, step.who, 'editor'), 403);
    no.when(isUnfulfilled(step, node, facts), 412);
    no.unless(isSubtreeFree(node, tokens) && isFree(node.parent as Node, tokens), 423);
    if (no.isRefused) return no.verdict;
    this.trash(node);
    return { statuses: [204] };
  }

  #carry(step: Step & { op: 'move' | 'copy' }, facts: Facts): Verdict {
    const { who, op } = step;
    const node = this.find(who, step.at);
    if (!node) return { statuses: [404, ...(isSamePath(step.at, step.to) ? [403] : [])] };
    const folder = this.parentOf(who, step.to);
    const no = new Refusals();
    no.when(isSamePath(step.at, step.to), 403);
    no.unless(folder, 409);
    no.unless(op === 'copy' || may(node, who, 'editor'), 403);
    no.when(isUnfulfilled(step, node, facts), 412);
    if (!folder) return no.verdict;
    const name = step.to.at(-1) as string;
    const old = calledLike(folder, name);
    const isAlone = op === 'copy' && step.isAlone && node.content === null;
    const tokens = tokensOf(this, step, facts);
    no.unless(may(folder, who, 'uploader'), 403);
    no.when(!isAlone && within(node).includes(folder), 409);
    no.when(old && old.name !== name && (op === 'copy' || old !== node), 409);
    no.when(old !== null && old !== node && !step.overwrites, 412);
    no.when(old !== null && old !== node && !may(folder, who, 'editor'), 403);
    no.unless(old ? isSubtreeFree(old, tokens) : isFree(folder, tokens), 423);
    if (op === 'move') no.unless(isSubtreeFree(node, tokens) && isFree(node.parent as Node, tokens), 423);
    const bytes = isAlone ? 0 : op === 'copy' ? currentBytes(node) : node.space === folder.space ? 0 : allBytes(node);
    no.unless(fits(folder.space, bytes), 507);
    if (no.isRefused) return no.verdict;
    const isReplacing = old !== null && old !== node;
    if (isReplacing) this.trash(old);
    const made = op === 'copy' ? this.copyOf(node, { isAlone }) : this.moved(node, folder.space);
    this.place(made, folder, name);
    return { statuses: [isReplacing ? 204 : 201], node: made };
  }

  #mark(step: Step & { op: 'mark' }, facts: Facts): Verdict {
    const node = this.find(step.who, step.at);
    if (!node) return { statuses: [404] };
    const no = new Refusals();
    no.unless(may(node, step.who, 'editor'), 403);
    no.when(isUnfulfilled(step, node, facts), 412);
    no.unless(isFree(node, tokensOf(this, step, facts)), 423);
    if (no.isRefused) return no.verdict;
    node.mark = step.value;
    return { statuses: [207] };
  }

  #lock(step: Step & { op: 'lock' }, facts: Facts): Verdict {
    const { token = '' } = facts;
    const node = this.find(step.who, step.at);
    if (!node) return this.#lockNothing(step, facts);
    const isInfinite = step.isInfinite && node.content === null;
    const others = [...locksOver(node), ...(isInfinite ? locksBelow(node) : [])];
    const no = new Refusals();
    no.unless(may(node, step.who, 'editor'), 403);
    no.when(isUnfulfilled(step, node, facts), 412);
    no.when(
      others.some((other) => !other.isShared || !step.isShared),
      423,
    );
    if (no.isRefused) return no.verdict;
    node.space.locks.push({ node, person: step.who, isShared: step.isShared, isInfinite, token });
    return { statuses: [200] };
  }

  /** RFC 4918, 9.10.4: where nothing is, a lock makes an empty file. Two who do so at once are not told who made it. */
  #lockNothing(step: Step & { op: 'lock' }, facts: Facts): Verdict {
    const folder = this.parentOf(step.who, step.at);
    if (!folder) return { statuses: [409] };
    const no = new Refusals();
    no.unless(may(folder, step.who, 'editor'), 403);
    no.unless(isFree(folder, []), 423);
    const name = step.at.at(-1) as string;
    const other = calledLike(folder, name);
    no.when(other, 409);
    no.when(other?.content === null, 405);
    no.when(isUnfulfilled(step, null, facts), 412);
    if (no.isRefused) return no.verdict;
    const node = this.makeNode(name, { ...contentOf({ size: 0, fill: 0 }), id: this.nextId(), modified: null });
    this.place(node, folder, name);
    const { token = '' } = facts;
    node.space.locks.push({ node, person: step.who, isShared: step.isShared, isInfinite: false, token });
    return { statuses: [201, 200], node };
  }

  /** The lock an unlocking step means: the first one over the node. */
  lockMeant({ who, at }: { who: Person; at: Path }): Lock | null {
    const node = this.find(who, at);
    return (node && locksOver(node)[0]) ?? null;
  }

  #unlock(step: Step & { op: 'unlock' }, { unlocks }: Facts): Verdict {
    const node = this.find(step.who, step.at);
    if (!node) return { statuses: [404] };
    const named = locksOver(node).find(({ token }) => token === unlocks) ?? null;
    const meant = unlocks === undefined ? this.lockMeant(step) : named;
    if (!meant) return { statuses: [409] };
    if (!may(node, step.who, meant.person === step.who ? 'editor' : 'manager')) return { statuses: [403] };
    node.space.locks = node.space.locks.filter((lock) => lock !== meant);
    return { statuses: [204] };
  }

  /** The thing a step on the trash means. */
  trashMeant({ pick }: { pick: number }): Node | null {
    const all = this.trashed();
    return all[pick % Math.max(1, all.length)] ?? null;
  }

  #fromTrash(step: Step & { op: 'restore' | 'purge' }, { trashed }: Facts): Verdict {
    const node = trashed === undefined ? this.trashMeant(step) : this.trashed().find(({ id }) => id === trashed);
    if (!node) return trashed === undefined ? null : { statuses: [404] };
    const { space } = node;
    if (!space.roles.has(step.who)) return { statuses: [404] };
    const no = new Refusals();
    no.unless(may(node, step.who, step.op === 'purge' ? 'manager' : 'editor'), 403);
    const wanted = space.trash.get(node) as Node;
    const folder = topOf(wanted) === space.root ? wanted : space.root;
    if (step.op === 'restore') no.unless(isFree(folder, []), 423);
    if (no.isRefused) return no.verdict;
    space.trash.delete(node);
    if (step.op === 'purge') return { statuses: [204] };
    loosen(node);
    this.place(node, folder, freeName(folder, node.name));
    return { statuses: [201], node };
  }

  #version(step: Step & { op: 'version' }, { version: named, movedMeanwhile }: Facts): Verdict {
    const node = named === undefined ? this.find(step.who, step.at) : this.byId(named.node);
    const content = node?.content;
    if (named === undefined && !(content && node.versions.length > 0)) return null;
    const found = node?.versions.findIndex(({ id }) => id === named?.content) ?? -1;
    const isGone = !node || !content || !node.space.roles.has(step.who) || (named !== undefined && found < 0);
    if (isGone) return { statuses: [404, ...(node && !may(node, step.who, 'editor') ? [403] : [])] };
    const no = new Refusals();
    no.unless(may(node, step.who, 'editor'), 403);
    no.unless(isFree(node, []), 423);
    no.when(movedMeanwhile, 409);
    if (no.isRefused) return no.verdict;
    const index = named === undefined ? step.pick % node.versions.length : found;
    const [version] = node.versions.splice(index, 1) as [Content];
    node.versions.unshift(content);
    node.content = version;
    this.touch(node);
    return { statuses: [201], node };
  }

  #role({ who, space, role }: Step & { op: 'role' }): Verdict {
    const { roles: members } = this.spaces[space] as Space;
    if (who === 'dora') return null; // somebody has to see everything
    const isThere = members.has(who);
    if (role === null) members.delete(who);
    else members.set(who, role);
    return { statuses: [role === null && !isThere ? 404 : 200] };
  }
}

/** Whether what a request demands of the state of the thing is not so: RFC 9110, 13.1. */
function isUnfulfilled({ when }: Pick<Step & { op: 'put' }, 'when'>, node: Node | null, facts: Facts): boolean {
  if (when === 'current') return !isAsSeen(node, facts);
  return when === 'stale' || (when === 'absent' && node !== null);
}

/** Whether a file still has the ETag somebody saw. Of one that was moved meanwhile nobody knows: then the answer says it. */
function isAsSeen(node: Node | null, { seen, status, isFollowed }: Facts): boolean {
  if (seen === undefined || seen === null || !node) return seen === undefined && node !== null;
  if (node.id !== seen.node) return false;
  if (isFollowed) return true;
  if (node.stamp === null && node.moves !== seen.moves) return status !== 412;
  return node.stamp === seen.stamp;
}

/** Every token of the person's own locks, when the step submits them. */
export function tokensOf(
  model: Model,
  { who, tokens }: { who: Person; tokens: Tokens },
  { submitted }: Facts = {},
): readonly string[] {
  if (!tokens) return [];
  if (submitted) return submitted;
  return model.spaces.flatMap(({ locks }) => locks.filter(({ person }) => person === who).map(({ token }) => token));
}
