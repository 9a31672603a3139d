import { createHash } from 'node:crypto';

/**
 * The file interface as a model: a tree in memory that says for every step what must come of it. It knows no database, no
 * network and no time. Where several refusals are right at once it names them all; which one the server looks at first is
 * its own business.
 */

export const people = ['dora', 'anna', 'bernd'] as const;
export type Person = (typeof people)[number];
export const roles = ['viewer', 'uploader', 'editor', 'manager'] as const;
export type Role = (typeof roles)[number];

export type Content = { readonly sha1: string; readonly size: number };

export type Node = {
  readonly id: number;
  name: string;
  parent: Node | null;
  space: Space;
  /** Null: a folder. */
  content: Content | null;
  readonly children: Map<string, Node>;
  /** Earlier contents, newest first. */
  versions: Content[];
  /** Changes when the ETag has to; null: moved just now, and any ETag is fine. */
  stamp: number | null;
};

export type Lock = {
  readonly node: Node;
  readonly person: Person;
  readonly isShared: boolean;
  readonly isInfinite: boolean;
  readonly token: string;
};

export type Space = {
  readonly number: number;
  readonly quota: number | null;
  readonly roles: Map<Person, Role>;
  readonly root: Node;
  readonly trash: Map<Node, Node>;
  locks: Lock[];
};

export type Path = readonly [space: number, ...names: string[]];

/** What somebody does. Paths name things that may not be there; the model says what follows then. */
export type Step =
  | {
      readonly op: 'put';
      readonly who: Person;
      readonly at: Path;
      readonly size: number;
      readonly fill: number;
      readonly when: 'always' | 'absent' | 'current' | 'stale';
      readonly tokens: boolean;
    }
  | { readonly op: 'mkcol' | 'delete'; readonly who: Person; readonly at: Path; readonly tokens: boolean }
  | {
      readonly op: 'move' | 'copy';
      readonly who: Person;
      readonly at: Path;
      readonly to: Path;
      readonly overwrites: boolean;
      readonly tokens: boolean;
    }
  | { readonly op: 'lock'; readonly who: Person; readonly at: Path; readonly isShared: boolean; readonly isInfinite: boolean }
  | { readonly op: 'unlock'; readonly who: Person; readonly at: Path }
  | { readonly op: 'restore' | 'purge'; readonly who: Person; readonly pick: number }
  | { readonly op: 'version'; readonly who: Person; readonly at: Path; readonly pick: number }
  | { readonly op: 'role'; readonly who: Person; readonly space: number; readonly role: Role | null };

/** Statuses the server may answer with; null: there is nothing to ask it. */
export type Verdict = { readonly statuses: readonly number[]; readonly node?: Node | undefined } | null;

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

  #makeNode(name: string, content: Content | null): Node {
    this.#ids += 1;
    // The place is set by `place`.
    return {
      id: this.#ids,
      name,
      parent: null,
      space: null as never,
      content,
      children: new Map(),
      versions: [],
      stamp: this.#stamp(),
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

  apply(step: Step, token: () => string = () => ''): Verdict {
    switch (step.op) {
      case 'put':
        return this.#put(step);
      case 'mkcol':
        return this.#mkcol(step);
      case 'delete':
        return this.#delete(step);
      case 'move':
      case 'copy':
        return this.#carry(step);
      case 'lock':
        return this.#lock(step, token);
      case 'unlock':
        return this.#unlock(step);
      case 'restore':
      case 'purge':
        return this.#fromTrash(step);
      case 'version':
        return this.#version(step);
      case 'role':
        return this.#role(step);
    }
  }

  #put(step: Step & { op: 'put' }): Verdict {
    const folder = this.#parentOf(step.who, step.at);
    if (!folder) return { statuses: [409] };
    const name = step.at.at(-1) as string;
    const old = folder.children.get(name) ?? null;
    const content = contentOf(step);
    const no = new Refusals();
    no.unless(may(folder, step.who, old ? 'editor' : 'uploader'), 403);
    no.unless(may(folder, step.who, 'uploader'), 403);
    no.when(old?.content === null, 405);
    no.when(step.when === 'stale' || (step.when === 'absent' && old !== null) || (step.when === 'current' && old === null), 412);
    no.unless(fits(folder.space, content.size), 507);
    no.unless(isFree(old ?? folder, tokensOf(this, step)), 423);
    if (no.any) return no.verdict;
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

  #mkcol(step: Step & { op: 'mkcol' | 'delete' }): Verdict {
    const folder = this.#parentOf(step.who, step.at);
    if (!folder) return { statuses: [409] };
    const name = step.at.at(-1) as string;
    const no = new Refusals();
    no.unless(may(folder, step.who, 'uploader'), 403);
    no.when(folder.children.has(name), 405);
    no.unless(isFree(folder, tokensOf(this, step)), 423);
    if (no.any) return no.verdict;
    const node = this.#makeNode(name, null);
    this.#place(node, folder, name);
    return { statuses: [201], node };
  }

  #delete(step: Step & { op: 'mkcol' | 'delete' }): Verdict {
    const node = this.find(step.who, step.at);
    if (!node) return { statuses: [404] };
    const tokens = tokensOf(this, step);
    const no = new Refusals();
    no.unless(may(node, step.who, 'editor'), 403);
    no.unless(isSubtreeFree(node, tokens) && isFree(node.parent as Node, tokens), 423);
    if (no.any) return no.verdict;
    this.#trash(node);
    return { statuses: [204] };
  }

  #carry(step: Step & { op: 'move' | 'copy' }): Verdict {
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
    const tokens = tokensOf(this, step);
    no.unless(may(folder, who, 'uploader'), 403);
    no.when(within(node).includes(folder), 409);
    no.when(old !== null && old !== node && !step.overwrites, 412);
    no.when(old !== null && old !== node && !may(folder, who, 'editor'), 403);
    no.unless(old ? isSubtreeFree(old, tokens) : isFree(folder, tokens), 423);
    if (op === 'move') no.unless(isSubtreeFree(node, tokens) && isFree(node.parent as Node, tokens), 423);
    const bytes = op === 'copy' ? currentBytes(node) : node.space === folder.space ? 0 : allBytes(node);
    no.unless(fits(folder.space, bytes), 507);
    if (no.any) return no.verdict;
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
    for (const each of space === to ? [node] : moving) each.stamp = null;
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

  #lock(step: Step & { op: 'lock' }, token: () => string): Verdict {
    const node = this.find(step.who, step.at);
    if (!node) return null; // it would make an empty file
    const isInfinite = step.isInfinite && node.content === null;
    const others = [...locksOver(node), ...(isInfinite ? locksBelow(node) : [])];
    const no = new Refusals();
    no.unless(may(node, step.who, 'editor'), 403);
    no.when(
      others.some((other) => !other.isShared || !step.isShared),
      423,
    );
    if (no.any) return no.verdict;
    node.space.locks.push({ node, person: step.who, isShared: step.isShared, isInfinite, token: token() });
    return { statuses: [200] };
  }

  /** The lock an unlocking step means: the first one over the node. */
  lockMeant({ who, at }: { who: Person; at: Path }): Lock | null {
    const node = this.find(who, at);
    return (node && locksOver(node)[0]) ?? null;
  }

  #unlock(step: Step & { op: 'unlock' }): Verdict {
    const node = this.find(step.who, step.at);
    if (!node) return { statuses: [404] };
    const meant = this.lockMeant(step);
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

  #fromTrash(step: Step & { op: 'restore' | 'purge' }): Verdict {
    const node = this.trashMeant(step);
    if (!node) return null;
    const { space } = node;
    if (!space.roles.has(step.who)) return { statuses: [404] };
    const no = new Refusals();
    no.unless(may(node, step.who, step.op === 'purge' ? 'manager' : 'editor'), 403);
    const wanted = space.trash.get(node) as Node;
    const folder = topOf(wanted) === space.root ? wanted : space.root;
    if (step.op === 'restore') no.unless(isFree(folder, []), 423);
    if (no.any) return no.verdict;
    space.trash.delete(node);
    if (step.op === 'purge') return { statuses: [204] };
    node.stamp = null;
    this.#place(node, folder, freeName(folder, node.name));
    return { statuses: [201], node };
  }

  #version(step: Step & { op: 'version' }): Verdict {
    const node = this.find(step.who, step.at);
    const content = node?.content;
    if (!node || !content || node.versions.length === 0) return null;
    const no = new Refusals();
    no.unless(may(node, step.who, 'editor'), 403);
    no.unless(isFree(node, []), 423);
    if (no.any) return no.verdict;
    const index = step.pick % node.versions.length;
    const [version] = node.versions.splice(index, 1) as [Content];
    node.versions.unshift(content);
    node.content = version;
    this.#touch(node);
    return { statuses: [201], node };
  }

  #role({ who, space, role }: Step & { op: 'role' }): Verdict {
    const { roles: members } = this.spaces[space] as Space;
    if (who === 'dora') return null; // somebody has to see everything
    if (role === null) members.delete(who);
    else members.set(who, role);
    return { statuses: [] };
  }
}

/** Collects the reasons for which a step may be refused. */
class Refusals {
  readonly #statuses = new Set<number>();

  when(isRefused: unknown, status: number): void {
    if (isRefused) this.#statuses.add(status);
  }

  unless(isFine: unknown, status: number): void {
    this.when(!isFine, status);
  }

  get any(): boolean {
    return this.#statuses.size > 0;
  }

  get verdict(): Verdict {
    return { statuses: [...this.#statuses] };
  }
}

export function within(node: Node): Node[] {
  return [node, ...[...node.children.values()].flatMap(within)];
}

function topOf(node: Node): Node {
  return node.parent ? topOf(node.parent) : node;
}

const isSamePath = (a: Path, b: Path) => a.join('/') === b.join('/');

function may(node: Node, who: Person, needed: Role): boolean {
  const role = node.space.roles.get(who);
  return role !== undefined && roles.indexOf(role) >= roles.indexOf(needed);
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

function currentBytes(node: Node): number {
  return sum(within(node).map(({ content }) => content?.size ?? 0));
}

/** Current and earlier contents. */
function allBytes(node: Node): number {
  return currentBytes(node) + sum(within(node).flatMap(({ versions }) => versions.map(({ size }) => size)));
}

/** Bytes that count against the quota: what is in the trash does too. */
export function usedBytes({ root, trash }: Space): number {
  return sum([root, ...trash.keys()].map(allBytes));
}

function fits(space: Space, bytes: number): boolean {
  return space.quota === null || bytes <= space.quota - usedBytes(space);
}

/** Locks on the node itself, and infinite ones above it; in the order of their tokens. */
export function locksOver(node: Node): Lock[] {
  const above = new Set<Node>();
  for (let each = node.parent; each; each = each.parent) above.add(each);
  return node.space.locks
    .filter((lock) => lock.node === node || (lock.isInfinite && above.has(lock.node)))
    .sort((a, b) => (a.token < b.token ? -1 : 1));
}

function locksBelow(node: Node): Lock[] {
  const below = new Set(within(node).slice(1));
  return node.space.locks.filter((lock) => below.has(lock.node));
}

const isOpened = (locks: readonly Lock[], tokens: readonly string[]) =>
  locks.length === 0 || locks.some(({ token }) => tokens.includes(token));

const isFree = (node: Node, tokens: readonly string[]) => isOpened(locksOver(node), tokens);

const isSubtreeFree = (node: Node, tokens: readonly string[]) =>
  isFree(node, tokens) && locksBelow(node).every((lock) => isOpened([lock], tokens));

/** Every token of the person's own locks, when the step submits them. */
export function tokensOf(model: Model, { who, tokens }: { who: Person; tokens: boolean }): string[] {
  if (!tokens) return [];
  return model.spaces.flatMap(({ locks }) => locks.filter(({ person }) => person === who).map(({ token }) => token));
}

function freeName(folder: Node, name: string): string {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name} (${number})`;
    if (!folder.children.has(candidate)) return candidate;
  }
}

/** The bytes a step writes. */
export function bytesOf({ size, fill }: { size: number; fill: number }): Uint8Array<ArrayBuffer> {
  return new Uint8Array(size).fill(fill);
}

function contentOf(step: { size: number; fill: number }): Content {
  return { size: step.size, sha1: createHash('sha1').update(bytesOf(step)).digest('hex') };
}
