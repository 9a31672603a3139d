import { createHash } from 'node:crypto';
import type { Content, Node, Path, Person, Role } from './tree.ts';

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

/** The bytes a step writes. */
export function bytesOf({ size, fill }: { size: number; fill: number }): Uint8Array<ArrayBuffer> {
  return new Uint8Array(size).fill(fill);
}

export function contentOf(step: { size: number; fill: number }): Content {
  return { size: step.size, sha1: createHash('sha1').update(bytesOf(step)).digest('hex') };
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
