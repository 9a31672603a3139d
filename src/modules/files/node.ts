import type { SpaceRole } from './rules.ts';

/** A file or a folder. */
export type Node = {
  readonly id: number;
  readonly space: number;
  /** Null for the root of a space and of its trash. */
  readonly parent: number | null;
  readonly name: string;
  readonly isFolder: boolean;
  /** Bytes; of a folder: everything below. */
  readonly size: number;
  /** Number of the last change at or below this node; see `etagOf`. */
  readonly etag: number;
  /** Number of the last change of the node itself: its position in the change feed. */
  readonly changed: number;
  /** When the content was last modified, as the client said; milliseconds since 1970. */
  readonly modified: number;
  readonly created: number;
  /** Account that wrote the content last. */
  readonly author: number | null;
  /** Where the bytes are; null for folders. */
  readonly blob: string | null;
  /** Hexadecimal. */
  readonly sha256: string | null;
  readonly sha1: string | null;
};

/** A space as somebody sees it. */
export type Space = {
  readonly id: number;
  readonly kind: 'personal' | 'shared';
  /** Personal: the account. Shared: the org unit, or null for the authority. */
  readonly owner: number | null;
  readonly name: string;
  readonly description: string;
  readonly root: number;
  readonly trash: number;
  readonly seq: number;
  readonly used: number;
  readonly quota: number | null;
  readonly locks: number;
};

/** A node together with its space, and what the actor may do there. */
export type Entry = {
  readonly node: Node;
  readonly space: Space;
  readonly role: SpaceRole;
  /** True for the root folder of a space. */
  readonly isRoot: boolean;
};
