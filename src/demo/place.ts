import type { SpaceRole } from '#modules/files';
import type { PolicyInput } from '#modules/tenants';
import type { TenantName } from './cast.ts';
import type { Shield } from './paper/crest.ts';

/** What a demonstration says about one tenant, as data: who works there, which spaces there are, and what lies in them. */

/** Somebody's short name: the part of their address before the @. */
export type Short = string;

export type Colleague = { readonly name: string; readonly unit?: string; readonly isAdministrator?: boolean };

export type SpacePlan = {
  readonly name: string;
  readonly description: string;
  /** The unit that owns it; left out: the authority. */
  readonly unit?: string;
  /** People, groups or units, by name. */
  readonly members: Readonly<Record<string, SpaceRole>>;
  /** How full it is to look, from 0 to 1: for spaces in which nobody will try an upload first. */
  readonly full?: number;
  /** Its limit in bytes instead. With neither, it has none of its own. */
  readonly room?: number;
};

/** Makes the bytes of a file. `draft` counts its versions from 1; `day` is when this version was written. */
export type Maker = (facts: { readonly draft: number; readonly drafts: number; readonly day: Date }) => Buffer | Promise<Buffer>;

/** One file and its life. Days count back from the day on which the demonstration is made. */
export type Paper = {
  /** Begins with the name of the space; without one it lies in the personal space. */
  readonly path: string;
  readonly by: Short;
  /** Days ago; of several numbers each is a version. */
  readonly ago: number | readonly number[];
  readonly make: Maker;
  readonly tags?: readonly string[];
  readonly comments?: readonly (readonly [by: Short, ago: number, text: string])[];
  /** Whose favourite it is. */
  readonly stars?: readonly Short[];
  /** When it was put into the trash, days ago. */
  readonly trashed?: number;
  /** Somebody is working on it right now. */
  readonly lockedBy?: Short;
};

export type Place = {
  readonly tenant: TenantName;
  readonly domain: string;
  readonly colours?: { readonly shield: Shield; readonly colour: string };
  readonly policies?: readonly Omit<PolicyInput, 'tenant'>[];
  /** Bytes of all files together. */
  readonly quota?: number;
  readonly colleagues?: Readonly<Record<Short, Colleague>>;
  /** Units of the cast's people. */
  readonly units?: readonly (readonly [name: string, above: string | null])[];
  readonly unitOf?: Readonly<Record<Short, string>>;
  readonly groups?: Readonly<Record<string, readonly Short[]>>;
  readonly spaces?: readonly SpacePlan[];
  readonly papers?: (today: Date) => readonly Paper[];
};
