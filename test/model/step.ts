import { createHash } from 'node:crypto';
import type { Bytes, Node, Path, Person, Role } from './tree.ts';

/** Which state of the thing a request depends on (RFC 9110, 13.1): whichever it is, none yet, the one its client saw, or one that never was. */
type Conditional = { readonly when: 'always' | 'absent' | 'current' | 'stale' };

/** Tokens of locks that go along: none, those of one's own, or everybody's, of which the others are worth nothing. */
export type Tokens = boolean | 'all';

/** What somebody does. Paths name things that may not be there; the model says what follows then. */
export type Step =
  | (Conditional & {
      readonly op: 'put';
      readonly who: Person;
      readonly at: Path;
      readonly size: number;
      readonly fill: number;
      /** When the client says it was modified, seconds since 1970; null: it says nothing. */
      readonly modified: number | null;
      /** Sent in so many chunks that a MOVE puts together; 0: in one request. */
      readonly chunks: number;
      readonly tokens: Tokens;
    })
  | (Conditional & { readonly op: 'mkcol' | 'delete'; readonly who: Person; readonly at: Path; readonly tokens: Tokens })
  | (Conditional & {
      readonly op: 'move' | 'copy';
      readonly who: Person;
      readonly at: Path;
      readonly to: Path;
      readonly overwrites: boolean;
      /** Copies a folder without what is in it (`Depth: 0`). */
      readonly isAlone: boolean;
      readonly tokens: Tokens;
    })
  | (Conditional & {
      readonly op: 'mark';
      readonly who: Person;
      readonly at: Path;
      readonly value: string | null;
      readonly tokens: Tokens;
    })
  | (Conditional & {
      readonly op: 'lock';
      readonly who: Person;
      readonly at: Path;
      readonly isShared: boolean;
      readonly isInfinite: boolean;
    })
  | { readonly op: 'unlock'; readonly who: Person; readonly at: Path }
  | { readonly op: 'restore' | 'purge'; readonly who: Person; readonly pick: number }
  | { readonly op: 'version'; readonly who: Person; readonly at: Path; readonly pick: number }
  | { readonly op: 'role'; readonly who: Person; readonly space: number; readonly role: Role | null }
  | { readonly op: 'quota'; readonly space: number; readonly quota: number };

/**
 * What the model is told beyond the step where it cannot look it up itself: of two things that several clients do at the same
 * moment, each was aimed at what its client knew before.
 */
export type Facts = {
  /** Of the lock that was given. */
  readonly token?: string;
  /** Tokens that went along. Absent: all that the person has. */
  readonly submitted?: readonly string[];
  /** The lock an UNLOCK named. */
  readonly unlocks?: string | null;
  /** The state of a file whose ETag went along in `If-Match`; null: an ETag of nothing. */
  readonly seen?: Seen | null;
  /** The node that somebody found in the trash. */
  readonly trashed?: number;
  /** An earlier content that somebody found. */
  readonly version?: { readonly node: number; readonly content: number };
  /** Bytes of the same person that are on their way elsewhere: they may count when a place is asked for, or not any more. */
  readonly onTheWay?: number;
  /** The folder was found, and then lost to somebody who deleted it or put another thing in its place: 409, to be tried again. */
  readonly lostFolder?: boolean;
  /** The file went to another space between the look and the lock: 409, to be tried again. */
  readonly movedMeanwhile?: boolean;
  /** Somebody has found a thing below it, changes it only after it is deleted, and it goes along: as if they had come a moment before. */
  readonly isFollowed?: boolean;
  /** What the server answered: where two answers are right, which of them it took. */
  readonly status?: number;
};

export type Seen = { readonly node: number; readonly stamp: number | null; readonly moves: number };

/** Statuses the server may answer with; null: there is nothing to ask it. */
export type Verdict = { readonly statuses: readonly number[]; readonly node?: Node | undefined } | null;

/** The bytes a step writes. */
export function bytesOf({ size, fill }: { size: number; fill: number }): Uint8Array<ArrayBuffer> {
  return new Uint8Array(size).fill(fill);
}

const known = new Map<string, Bytes>();

/** Size and hash of what a step writes. Remembered: programs of several clients are gone through in many orders. */
export function contentOf(step: { size: number; fill: number }): Bytes {
  const key = `${step.size} ${step.fill}`;
  const found = known.get(key) ?? { size: step.size, sha1: createHash('sha1').update(bytesOf(step)).digest('hex') };
  known.set(key, found);
  return found;
}

/** Collects the reasons for which a step may be refused. */
export class Refusals {
  readonly #statuses = new Set<number>();

  when(isWrong: unknown, status: number): void {
    if (isWrong) this.#statuses.add(status);
  }

  unless(isFine: unknown, status: number): void {
    this.when(!isFine, status);
  }

  get isRefused(): boolean {
    return this.#statuses.size > 0;
  }

  get verdict(): Verdict {
    return { statuses: [...this.#statuses] };
  }
}
