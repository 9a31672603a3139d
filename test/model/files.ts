import { contentOf, type Facts, Refusals, type Seen, type Step, type Verdict } from './step.ts';
import {
  allBytes,
  type Content,
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

export class Model {
  readonly spaces: readonly Space[];
  #ids = 0;
  #stamps = 0;

  constructor(quotas: readonly (number | null)[]) {
    this.spaces = quotas.map((quota, number) => {
      const root = this.#makeNode('', null);
      const space: Space = {
        number,
        quota,
        roles: new Map([
          ['dora', 'manager'],
          ['anna', 'editor'],
          ['bernd', number === 0 ? 'uploader' : 'viewer'],
        ]),
        root,
        trash: new Map(),
        locks: [],
      };
      root.space = space;
      return space;
    });
  }

  #nextId(): number {
    this.#ids += 1;
    return this.#ids;
  }

  #makeNode(name: string, content: Content | null): Node {
    // The place is set by `place`.
    return {
      id: this.#nextId(),
      name,
      parent: null,
      space: null as never,
      content,
      children: new Map(),
      versions: [],
      stamp: this.#stamp(),
      moves: 0,
    };
  }

  #stamp(): number {
    this.#stamps += 1;
    return this.#stamps;
  }

  /** The node and every folder above it get a new ETag. */
  #touch(node: Node | null): void {
    for (let each = node; each; each = each.parent) each.stamp = this.#stamp();
  }

  #place(node: Node, folder: Node, name: string): void {
    node.name = name;
    node.parent = folder;
    for (const each of within(node)) each.space = folder.space;
    folder.children.set(name, node);
    this.#touch(folder);
  }

  #take(node: Node): void {
    const { parent } = node;
    parent?.children.delete(node.name);
    node.parent = null;
    this.#touch(parent);
  }

  #trash(node: Node): void {
    const { space, parent } = node;
    this.#take(node);
    space.trash.set(node, parent as Node);
    const gone = new Set(within(node));
    space.locks = space.locks.filter((lock) => !gone.has(lock.node));
  }

  /** What is at a path for this person. */
  find(who: Person, [number, ...names]: Path): Node | null {
    const space = this.spaces[number] as Space;
    if (!space.roles.has(who)) return null;
    return names.reduce<Node | null>((folder, name) => folder?.children.get(name) ?? null, space.root);
  }

  #parentOf(who: Person, path: Path): Node | null {
    const found = this.find(who, path.slice(0, -1) as unknown as Path);
    return found && found.content === null ? found : null;
  }

  /** Things in the trash, oldest first. */
  trashed(): Node[] {
    return this.spaces.flatMap(({ trash }) => [...trash.keys()]).sort((a, b) => a.id - b.id);
  }

  /** What somebody sees of a file whose ETag they take along. */
  seenAt(who: Person, at: Path): Seen | null {
    const node = this.find(who, at);
    return node && { node: node.id, stamp: node.stamp, moves: node.moves };
  }

  /** A node in the tree, not in a trash. */
  byId(id: number): Node | null {
    return this.spaces.flatMap(({ root }) => within(root)).find((node) => node.id === id) ?? null;
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
    const folder = this.#parentOf(step.who, step.at);
    if (!folder) return { statuses: [409] };
    const name = step.at.at(-1) as string;
    const old = folder.children.get(name) ?? null;
    const content = { ...contentOf(step), id: this.#nextId() };
    const no = new Refusals();
    no.unless(may(folder, step.who, old ? 'editor' : 'uploader'), 403);
    no.unless(may(folder, step.who, 'uploader'), 403);
    no.when(old?.content === null, 405);
    no.when(step.when === 'stale' || (step.when === 'absent' && old !== null), 412);
    no.unless(step.when !== 'current' || isAsSeen(old, facts), 412);
    no.unless(fits(folder.space, content.size + (facts.status === 507 ? (facts.onTheWay ?? 0) : 0)), 507);
    no.unless(isFree(old ?? folder, tokensOf(this, step, facts)), 423);
    if (no.isRefused) return no.verdict;
    if (!old) {
      const node = this.#makeNode(name, content);
      this.#place(node, folder, name);
      return { statuses: [201], node };
    }
    const before = old.content as Content;
    if (before.sha1 !== content.sha1 && before.size > 0) old.versions.unshift(before);
    old.content = content;
    this.#touch(old);
    return { statuses: [204], node: old };
  }

  #mkcol(step: Step & { op: 'mkcol' | 'delete' }, facts: Facts): Verdict {
    const folder = this.#parentOf(step.who, step.at);
    if (!folder) return { statuses: [409] };
    const name = step.at.at(-1) as string;
    const no = new Refusals();
    no.unless(may(folder, step.who, 'uploader'), 403);
    no.when(folder.children.has(name), 405);
    no.unless(isFree(folder, tokensOf(this, step, facts)), 423);
    if (no.isRefused) return no.verdict;
    const node = this.#makeNode(name, null);
    this.#place(node, folder, name);
    return { statuses: [201], node };
  }

  #delete(step: Step & { op: 'mkcol' | 'delete' }, facts: Facts): Verdict {
    const node = this.find(step.who, step.at);
    if (!node) return { statuses: [404] };
    const tokens = tokensOf(this, step, facts);
    const no = new Refusals();
    no.unless(may(node, step.who, 'editor'), 403);
    no.unless(isSubtreeFree(node, tokens) && isFree(node.parent as Node, tokens), 423);
    if (no.isRefused) return no.verdict;
    this.#trash(node);
    return { statuses: [204] };
  }

  #carry(step: Step & { op: 'move' | 'copy' }, facts: Facts): Verdict {
    const { who, op } = step;
    const node = this.find(who, step.at);
    if (!node) return { statuses: [404, ...(isSamePath(step.at, step.to) ? [403] : [])] };
    const folder = this.#parentOf(who, step.to);
    const no = new Refusals();
    no.when(isSamePath(step.at, step.to), 403);
    no.unless(folder, 409);
    no.unless(op === 'copy' || may(node, who, 'editor'), 403);
    if (!folder) return no.verdict;
    const name = step.to.at(-1) as string;
    const old = folder.children.get(name) ?? null;
    const tokens = tokensOf(this, step, facts);
    no.unless(may(folder, who, 'uploader'), 403);
    no.when(within(node).includes(folder), 409);
    no.when(old !== null && old !== node && !step.overwrites, 412);
    no.when(old !== null && old !== node && !may(folder, who, 'editor'), 403);
    no.unless(old ? isSubtreeFree(old, tokens) : isFree(folder, tokens), 423);
    if (op === 'move') no.unless(isSubtreeFree(node, tokens) && isFree(node.parent as Node, tokens), 423);
    const bytes = op === 'copy' ? currentBytes(node) : node.space === folder.space ? 0 : allBytes(node);
    no.unless(fits(folder.space, bytes), 507);
    if (no.isRefused) return no.verdict;
    if (old) this.#trash(old);
    const made = op === 'copy' ? this.#copyOf(node) : this.#moved(node, folder.space);
    this.#place(made, folder, name);
    return { statuses: [old ? 204 : 201], node: made };
  }

  /** Takes a node out to be put elsewhere. Locks do not move with it: RFC 4918, 7.7. */
  #moved(node: Node, to: Space): Node {
    const { space } = node;
    const moving = within(node);
    this.#take(node);
    space.locks = space.locks.filter((lock) => !moving.includes(lock.node));
    for (const each of space === to ? [node] : moving) loosen(each);
    return node;
  }

  #copyOf(node: Node): Node {
    const made = this.#makeNode(node.name, node.content);
    for (const child of node.children.values()) {
      const copied = this.#copyOf(child);
      copied.parent = made;
      made.children.set(copied.name, copied);
    }
    return made;
  }

  #lock(step: Step & { op: 'lock' }, { token = '' }: Facts): Verdict {
    const node = this.find(step.who, step.at);
    if (!node) return this.#lockNothing(step, token);
    const isInfinite = step.isInfinite && node.content === null;
    const others = [...locksOver(node), ...(isInfinite ? locksBelow(node) : [])];
    const no = new Refusals();
    no.unless(may(node, step.who, 'editor'), 403);
    no.when(
      others.some((other) => !other.isShared || !step.isShared),
      423,
    );
    if (no.isRefused) return no.verdict;
    node.space.locks.push({ node, person: step.who, isShared: step.isShared, isInfinite, token });
    return { statuses: [200] };
  }

  /** RFC 4918, 9.10.4: where nothing is, a lock makes an empty file. Two who do so at once are not told who made it. */
  #lockNothing(step: Step & { op: 'lock' }, token: string): Verdict {
    const folder = this.#parentOf(step.who, step.at);
    if (!folder) return { statuses: [409] };
    const no = new Refusals();
    no.unless(may(folder, step.who, 'editor'), 403);
    no.unless(isFree(folder, []), 423);
    if (no.isRefused) return no.verdict;
    const name = step.at.at(-1) as string;
    const node = this.#makeNode(name, { ...contentOf({ size: 0, fill: 0 }), id: this.#nextId() });
    this.#place(node, folder, name);
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
    this.#place(node, folder, freeName(folder, node.name));
    return { statuses: [201], node };
  }

  #version(step: Step & { op: 'version' }, { version: named }: Facts): Verdict {
    const node = named === undefined ? this.find(step.who, step.at) : this.byId(named.node);
    const content = node?.content;
    if (named === undefined && !(content && node.versions.length > 0)) return null;
    const found = node?.versions.findIndex(({ id }) => id === named?.content) ?? -1;
    const isGone = !node || !content || !node.space.roles.has(step.who) || (named !== undefined && found < 0);
    if (isGone) return { statuses: [404, ...(node && !may(node, step.who, 'editor') ? [403] : [])] };
    const no = new Refusals();
    no.unless(may(node, step.who, 'editor'), 403);
    no.unless(isFree(node, []), 423);
    if (no.isRefused) return no.verdict;
    const index = named === undefined ? step.pick % node.versions.length : found;
    const [version] = node.versions.splice(index, 1) as [Content];
    node.versions.unshift(content);
    node.content = version;
    this.#touch(node);
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

/** Moved, with an ETag that is kept or not. */
function loosen(node: Node): void {
  node.stamp = null;
  node.moves += 1;
}

/** Whether a file still has the ETag somebody saw. Of one that was moved meanwhile nobody knows: then the answer says it. */
function isAsSeen(node: Node | null, { seen, status }: Facts): boolean {
  if (seen === undefined || seen === null || !node) return seen === undefined && node !== null;
  if (node.id !== seen.node) return false;
  if (node.stamp === null && node.moves !== seen.moves) return status !== 412;
  return node.stamp === seen.stamp;
}

/** Every token of the person's own locks, when the step submits them. */
export function tokensOf(
  model: Model,
  { who, tokens }: { who: Person; tokens: boolean },
  { submitted }: Facts = {},
): readonly string[] {
  if (!tokens) return [];
  if (submitted) return submitted;
  return model.spaces.flatMap(({ locks }) => locks.filter(({ person }) => person === who).map(({ token }) => token));
}
