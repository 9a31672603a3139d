import type { Permissions, Predicate } from '#platform/authorize';
import { ensure } from '#platform/errors';

/** What somebody may be in a space, from least to most. */
export const spaceRoles = ['viewer', 'uploader', 'editor', 'manager'] as const;
export type SpaceRole = (typeof spaceRoles)[number];

/** What somebody is where a thing lies; null: nothing. */
export type Standing = { readonly role: SpaceRole | null };

const atLeast =
  (needed: SpaceRole): Predicate<Standing> =>
  (_actor, { role }) =>
    role !== null && spaceRoles.indexOf(role) >= spaceRoles.indexOf(needed);

/** What can be done with files and folders, and from which role on. */
export const permissions = {
  see: atLeast('viewer'),
  may: {
    see: atLeast('viewer'),
    read: atLeast('viewer'),
    comment: atLeast('viewer'),
    create: atLeast('uploader'),
    write: atLeast('editor'),
    rename: atLeast('editor'),
    move: atLeast('editor'),
    delete: atLeast('editor'),
    restore: atLeast('editor'),
    lock: atLeast('editor'),
    describe: atLeast('editor'), // tags and dead properties
    purge: atLeast('manager'),
    manage: atLeast('manager'), // members, name
  },
} satisfies Permissions<string, Standing>;
export type Action = keyof typeof permissions.may;

const isAdministrator: Predicate<null> = (actor) =>
  actor.kind === 'system' || (actor.kind === 'account' && actor.roles.includes('tenantAdministrator'));

const isAuditor: Predicate<null> = (actor) => actor.kind === 'account' && actor.roles.includes('auditor');

/** Whoever administers the tenant manages its spaces, members and quotas, and reads nothing in them; auditors know their names. */
export const administration = {
  see: (actor) => actor.kind === 'account' || actor.kind === 'system',
  may: {
    administer: isAdministrator,
    inspect: (actor, thing) => isAdministrator(actor, thing) || isAuditor(actor, thing),
  },
} satisfies Permissions<string, null>;

/** Whether a role is enough for an action; for clients that are told beforehand what they may do. */
export function allows(role: SpaceRole, action: Action): boolean {
  return permissions.may[action]({ kind: 'nobody', tenant: 0 }, { role });
}

/** The highest of several roles (through a person's groups and units); null without any. */
export function highestRole(roles: readonly SpaceRole[]): SpaceRole | null {
  return roles.reduce<SpaceRole | null>(
    (best, role) => (best === null || spaceRoles.indexOf(role) > spaceRoles.indexOf(best) ? role : best),
    null,
  );
}

/** Limits of the tree; each has its own sentence in `words.ts`. */
export const limits = {
  /** Longest name in bytes of UTF-8: what Linux file systems hold; Windows and macOS hold 255 UTF-16 units, which is never less here. */
  nameBytes: 255,
  /** Deepest nesting of folders. */
  depth: 100,
  /** Nodes that one request copies, moves between spaces or removes for good while the caller waits; more go in the background. */
  nodesAtOnce: 20_000,
  /** Files and folders in one ZIP. */
  zipEntries: 100_000,
  /** Longest path in a ZIP, in characters: a hundred thousand of the longest there can be would be gigabytes, and no system opens them. */
  zipPathCharacters: 2_000,
  /** Dead properties of one node, characters of all their values together (they count against no quota), and of one name. */
  properties: 200,
  propertyCharacters: 65_536,
  propertyNameCharacters: 500,
  tagCharacters: 100,
  tagsPerNode: 50,
  commentCharacters: 4_000,
  locksPerNode: 50,
  spaceNameCharacters: 100,
  /** Versions of one file that are kept at most, whatever the policy says. */
  versions: 2_000,
  members: 1_000,
};

// Windows: "< > : " / \ | ? *" and control characters; a name must not end with a dot or a space.
// https://learn.microsoft.com/windows/win32/fileio/naming-a-file
const forbiddenCharacters = /[\p{Cc}<>:"/\\|?*]/u;
// Unicode, UAX 9, 2: explicit embeddings, overrides and isolates. “Rechnung\u202efdp.exe” reads as “Rechnungexe.pdf”.
const turningCharacters = /[\u202a-\u202e\u2066-\u2069]/u;
const reservedNames = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$/i;

/**
 * A name as it is stored: composed (NFC), because macOS sends decomposed names and Linux composed ones for the same text.
 * Throws `invalid` with a sentence that says what Windows, macOS or Linux could not hold.
 */
export function checkName(given: string): string {
  ensure(given.isWellFormed(), 'invalid', 'files.nameNotText');
  const name = given.normalize('NFC');
  ensure(name !== '' && name !== '.' && name !== '..', 'invalid', 'files.nameEmpty');
  const [character] = forbiddenCharacters.exec(name) ?? [];
  ensure(character === undefined, 'invalid', 'files.nameCharacter', {
    name: printable(name),
    character: printable(character ?? ''),
  });
  ensure(!turningCharacters.test(name), 'invalid', 'files.nameTurns');
  ensure(!/[. ]$/.test(name), 'invalid', 'files.nameEnd', { name });
  ensure(!reservedNames.test(name), 'invalid', 'files.nameReserved', { name });
  ensure(Buffer.byteLength(name) <= limits.nameBytes, 'invalid', 'files.nameLong', { limit: limits.nameBytes });
  return name;
}

function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) => `U+${character.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`);
}

/** The name of the space that a person's own files become when they are handed over. */
export function spaceNameFor(person: string): string {
  // Room for a number behind it; bytes are the narrower limit for scripts with three of them a character.
  const fits = (text: string) => text.length <= limits.spaceNameCharacters - 6 && Buffer.byteLength(text) <= limits.nameBytes - 6;
  let name = 'Dateien von ';
  for (const character of person.normalize('NFC')) {
    const next = name + (forbiddenCharacters.test(character) ? '-' : character);
    if (!fits(next)) break;
    name = next;
  }
  return checkName(name.replace(/[. ]+$/, ''));
}

/** What two names share when Windows or macOS take them for the same: two such names cannot stand in one folder. */
export function nameKey(name: string): string {
  return name.normalize('NFC').toLowerCase().normalize('NFC');
}

/** `Bericht.pdf` → `Bericht (2).pdf`, for a copy beside the original or a restored file whose place is taken. */
export function numberedName(name: string, number: number): string {
  const dot = name.lastIndexOf('.');
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  const suffix = ` (${number})`;
  let short = stem;
  while (Buffer.byteLength(short + suffix + extension) > limits.nameBytes) short = short.slice(0, -1);
  return `${short.trimEnd()}${suffix}${extension}`;
}

/**
 * The ETag of a node: which it is, and the number of its last change, within its space. Numbers of two spaces must not be taken for
 * each other when a node moves between them; nor those of a folder and of what was changed in it last, which share a number, when
 * one takes the place of the other.
 */
export function etagOf({ space, id, etag }: { readonly space: number; readonly id: number; readonly etag: number }): string {
  return [space, id, etag].map((number) => number.toString(36)).join('-');
}

/** Bytes that still fit, or null for no limit. */
export function freeBytes(limits_: readonly { readonly used: number; readonly quota: number | null }[]): number | null {
  const left = limits_.flatMap(({ used, quota }) => (quota === null ? [] : [Math.max(0, quota - used)]));
  return left.length === 0 ? null : Math.min(...left);
}

/** How versions become fewer with age: `standard` keeps the last of each span, spans growing with age. */
export type Thinning = 'standard' | 'all' | 'none';

const hour = 3_600_000;
const day = 24 * hour;

/** Up to this age (milliseconds) one version is kept per span; span 0 keeps all. */
const spans = [
  { upTo: day, span: 0 },
  { upTo: 7 * day, span: hour },
  { upTo: 90 * day, span: day },
  { upTo: Number.POSITIVE_INFINITY, span: 30 * day },
] as const;

/**
 * The versions that can go: by age, by thinning, and beyond the largest number. One with a label never goes by itself.
 * @param versions newest first
 * @returns ids
 */
export function doomedVersions(
  versions: readonly { readonly id: number; readonly replacedAt: Date; readonly label: string | null }[],
  policy: { readonly versions: Thinning; readonly versionDays: number },
  now: Date,
): number[] {
  const kept = new Set<string>();
  return versions
    .filter(({ replacedAt, label }, index) => {
      if (label !== null) return false;
      const age = now.getTime() - replacedAt.getTime();
      if (policy.versions === 'none' || age > policy.versionDays * day || index >= limits.versions) return true;
      if (policy.versions === 'all') return false;
      const { span } = spans.find(({ upTo }) => age <= upTo) as (typeof spans)[number];
      if (span === 0) return false;
      const slot = `${span} ${Math.floor(replacedAt.getTime() / span)}`;
      const isSecond = kept.has(slot);
      kept.add(slot);
      return isSecond;
    })
    .map(({ id }) => id);
}
