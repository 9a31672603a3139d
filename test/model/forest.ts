import { type Content, type Node, type Path, type Person, type Space, within } from './tree.ts';

/** Spaces and what stands in them, for the model: how nodes are found, made, moved and put away. Nothing here is refused. */
export class Forest {
  readonly spaces: readonly Space[];
  #ids = 0;
  #stamps = 0;

  constructor(quotas: readonly (number | null)[]) {
    this.spaces = quotas.map((quota, number) => {
      const root = this.makeNode('', null);
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

  nextId(): number {
    this.#ids += 1;
    return this.#ids;
  }

  makeNode(name: string, content: Content | null): Node {
    // The place is set by `place`.
    return {
      id: this.nextId(),
      name,
      parent: null,
      space: null as never,
      content,
      children: new Map(),
      versions: [],
      mark: null,
      stamp: this.#stamp(),
      moves: 0,
    };
  }

  #stamp(): number {
    this.#stamps += 1;
    return this.#stamps;
  }

  /** The node and every folder above it get a new ETag. */
  touch(node: Node | null): void {
    for (let each = node; each; each = each.parent) each.stamp = this.#stamp();
  }

  place(node: Node, folder: Node, name: string): void {
    node.name = name;
    node.parent = folder;
    for (const each of within(node)) each.space = folder.space;
    folder.children.set(name, node);
    this.touch(folder);
  }

  take(node: Node): void {
    const { parent } = node;
    parent?.children.delete(node.name);
    node.parent = null;
    this.touch(parent);
  }

  trash(node: Node): void {
    const { space, parent } = node;
    this.take(node);
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

  parentOf(who: Person, path: Path): Node | null {
    const found = this.find(who, path.slice(0, -1) as unknown as Path);
    return found && found.content === null ? found : null;
  }

  /** Things in the trash, oldest first. */
  trashed(): Node[] {
    return this.spaces.flatMap(({ trash }) => [...trash.keys()]).sort((a, b) => a.id - b.id);
  }

  /** A node in the tree, not in a trash. */
  byId(id: number): Node | null {
    return this.spaces.flatMap(({ root }) => within(root)).find((node) => node.id === id) ?? null;
  }

  /** Takes a node out to be put elsewhere. Locks do not move with it: RFC 4918, 7.7. */
  moved(node: Node, to: Space): Node {
    const { space } = node;
    const moving = within(node);
    this.take(node);
    space.locks = space.locks.filter((lock) => !moving.includes(lock.node));
    for (const each of space === to ? [node] : moving) loosen(each);
    return node;
  }

  /** New nodes with the same contents and dead properties, without the earlier contents. */
  copyOf(node: Node, { isAlone = false } = {}): Node {
    const made = this.makeNode(node.name, node.content);
    made.mark = node.mark;
    for (const child of isAlone ? [] : node.children.values()) {
      const copied = this.copyOf(child);
      copied.parent = made;
      made.children.set(copied.name, copied);
    }
    return made;
  }
}

/** Moved, with an ETag that is kept or not. */
export function loosen(node: Node): void {
  node.stamp = null;
  node.moves += 1;
}
