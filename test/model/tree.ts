/** What the model of the file interface is made of: spaces with their trees, people with their roles, and locks. */

export const people = ['dora', 'anna', 'bernd'] as const;
export type Person = (typeof people)[number];
export const roles = ['viewer', 'uploader', 'editor', 'manager'] as const;
export type Role = (typeof roles)[number];

export type Bytes = { readonly sha1: string; readonly size: number };
/**
 * Bytes that were written once: the id tells two writings of the same bytes apart. `modified` in milliseconds since 1970, as the
 * client said; null: it said nothing, and the server takes its own time.
 */
export type Content = Bytes & { readonly id: number; readonly modified: number | null };

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
  /** A dead property (RFC 4918, 4); null: it has none. */
  mark: string | null;
  /** Changes when the ETag has to; null: moved just now, and any ETag is fine. */
  stamp: number | null;
  /** How often it was moved. */
  moves: number;
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
  quota: number | null;
  readonly roles: Map<Person, Role>;
  readonly root: Node;
  readonly trash: Map<Node, Node>;
  locks: Lock[];
};

export type Path = readonly [space: number, ...names: string[]];

export function within(node: Node): Node[] {
  return [node, ...[...node.children.values()].flatMap(within)];
}

/** The root first. */
export function namesOf(node: Node): string[] {
  return node.parent ? [...namesOf(node.parent), node.name] : [];
}

export function topOf(node: Node): Node {
  return node.parent ? topOf(node.parent) : node;
}

export const isSamePath = (a: Path, b: Path) => a.join('/') === b.join('/');

export function may(node: Node, who: Person, needed: Role): boolean {
  const role = node.space.roles.get(who);
  return role !== undefined && roles.indexOf(role) >= roles.indexOf(needed);
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

export function currentBytes(node: Node): number {
  return sum(within(node).map(({ content }) => content?.size ?? 0));
}

/** Current and earlier contents. */
export function allBytes(node: Node): number {
  return currentBytes(node) + sum(within(node).flatMap(({ versions }) => versions.map(({ size }) => size)));
}

/** Bytes that count against the quota: what is in the trash does too. */
export function usedBytes({ root, trash }: Space): number {
  return sum([root, ...trash.keys()].map(allBytes));
}

/** What needs no room fits even where a quota was lowered below what is used. */
export function fits(space: Space, bytes: number): boolean {
  return space.quota === null || bytes <= Math.max(0, space.quota - usedBytes(space));
}

/** Locks on the node itself, and infinite ones above it; in the order of their tokens. */
export function locksOver(node: Node): Lock[] {
  const above = new Set<Node>();
  for (let each = node.parent; each; each = each.parent) above.add(each);
  return node.space.locks
    .filter((lock) => lock.node === node || (lock.isInfinite && above.has(lock.node)))
    .sort((a, b) => (a.token < b.token ? -1 : 1));
}

export function locksBelow(node: Node): Lock[] {
  const below = new Set(within(node).slice(1));
  return node.space.locks.filter((lock) => below.has(lock.node));
}

const isOpened = (locks: readonly Lock[], tokens: readonly string[]) =>
  locks.length === 0 || locks.some(({ token }) => tokens.includes(token));

export const isFree = (node: Node, tokens: readonly string[]) => isOpened(locksOver(node), tokens);

export const isSubtreeFree = (node: Node, tokens: readonly string[]) =>
  isFree(node, tokens) && locksBelow(node).every((lock) => isOpened([lock], tokens));

/** What has this name in a folder as Windows and macOS compare names. */
export function calledLike(folder: Node, name: string): Node | null {
  const key = name.toLowerCase();
  return folder.children.get(name) ?? [...folder.children.values()].find((child) => child.name.toLowerCase() === key) ?? null;
}

export function freeName(folder: Node, name: string): string {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name} (${number})`;
    if (!calledLike(folder, candidate)) return candidate;
  }
}
