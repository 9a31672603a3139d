import type { Context } from '#platform/context';
import type { Tx } from '#platform/db';
import { ensure } from '#platform/errors';
import { type BlobCounts, checkBlobs } from './check-blobs.ts';
import { checkName, nameKey } from './rules.ts';
import * as store from './store/check.ts';

/** Limits of a check. */
const checkLimits = {
  /** Problems of one tenant that are named; further ones are counted. */
  problems: 1_000,
  page: 5_000,
};

export type Problem = {
  readonly tenant: number;
  /** Kind and id of the thing, e.g. `node:4711`. */
  readonly thing: string;
  /** What is wrong with it. */
  readonly problem: string;
};

export type CheckReport = {
  readonly problems: readonly Problem[];
  /** Problems beyond those that are named. */
  readonly more: number;
  readonly counts: store.Totals & BlobCounts;
};

type Rule = { readonly kind: string; readonly look: store.Look; say(finding: store.Finding): string };

const differs =
  (what: string) =>
  ({ found, expected }: store.Finding) =>
    `${what} is ${found} and should be ${expected}`;

/** What must hold in the books of a tenant. */
const rules: readonly Rule[] = [
  { kind: 'space', look: store.wrongRoots, say: () => 'its root or trash folder is missing or misplaced' },
  { kind: 'node', look: store.unreachable, say: ({ found }) => `no way leads to it (its folder is ${found ?? 'none'})` },
  { kind: 'node', look: store.wrongSpaces, say: differs('its space') },
  {
    kind: 'node',
    look: store.doubleNames,
    say: ({ found, expected }) => `${expected} entries in it share the name key “${found}”`,
  },
  { kind: 'node', look: store.wrongFolderSizes, say: differs('its size') },
  { kind: 'space', look: store.wrongSpaceBytes, say: differs('its number of bytes') },
  { kind: 'tenant', look: store.wrongTenantBytes, say: differs('its number of bytes') },
  { kind: 'blob', look: store.wrongShares, say: differs('its number of references') },
  {
    kind: 'blob',
    look: store.releasedInUse,
    say: ({ found }) => `is about to be removed (since ${found}) although it is in use`,
  },
  { kind: 'space', look: store.wrongLocks, say: differs('its number of locks') },
  {
    kind: 'node',
    look: store.numbersAhead,
    say: ({ found, expected }) => `its number ${found} is beyond its space's ${expected}`,
  },
  {
    kind: 'node',
    look: store.numbersBehind,
    say: ({ found, expected }) => `its number ${found} is below ${expected} of something in it`,
  },
  {
    kind: 'space',
    look: store.feedAhead,
    say: ({ found, expected }) => `its change feed is at ${found}, beyond its number ${expected}`,
  },
  { kind: 'node', look: store.wrongTrash, say: () => 'the list of deleted things and the trash disagree on it' },
  { kind: 'upload', look: store.wrongUploads, say: differs('its number of bytes') },
  { kind: 'node', look: store.versionsOfFolders, say: () => 'is a folder and has versions' },
];

/** Problems as they are found: so many by name, the rest as a number. */
class Findings {
  readonly #tenant: number;
  readonly problems: Problem[] = [];
  more = 0;

  constructor(tenant: number) {
    this.#tenant = tenant;
  }

  readonly report = (thing: string, problem: string): void => {
    if (this.problems.length < checkLimits.problems) this.problems.push({ tenant: this.#tenant, thing, problem });
    else this.more += 1;
  };
}

/**
 * Checks everything the room keeps for the actor's tenant: that the tree, its books and its numbers agree, and that the store
 * has the bytes. All books are read at one moment, so it can run while people work; memory stays flat.
 * For the house itself only. Throws `unavailable` when database or store go away.
 * @param isDeep reads, decrypts and hashes all bytes as well
 */
export async function check(ctx: Context, { isDeep }: { readonly isDeep: boolean }): Promise<CheckReport> {
  ensure(ctx.actor.kind === 'system', 'forbidden', 'platform.forbidden');
  const { tenant } = ctx.actor;
  const findings = new Findings(tenant);
  const counts = await ctx.platform.db.snapshot(tenant, async (tx) => {
    for (const { kind, look, say } of rules) {
      const found = await look(tx, tenant, checkLimits.problems);
      for (const finding of found) findings.report(`${kind}:${finding.id}`, say(finding));
    }
    await checkNames(tx, tenant, findings);
    const totals = await store.countAll(tx, tenant);
    return { ...totals, ...(await checkBlobs(ctx, tx, isDeep, findings.report)) };
  });
  return { problems: findings.problems, more: findings.more, counts };
}

async function checkNames(tx: Tx, tenant: number, { report }: Findings): Promise<void> {
  for await (const rows of store.streamNames(tx, tenant, checkLimits.page)) {
    for (const row of rows) {
      const problem = judgeName(row);
      if (problem) report(`node:${row.id}`, problem);
    }
  }
}

/** What is wrong with a name, if something is. A root has none; in the trash the key is the id, since names may repeat there. */
function judgeName({ id, parent, name, name_key, is_trashed }: store.NameRow): string | null {
  if (parent === null) return name === '' && name_key === '' ? null : 'is the top of a space and has a name';
  const key = is_trashed ? String(id) : nameKey(name);
  if (key !== name_key) return `its name key is “${name_key}” and should be “${key}”`;
  try {
    return checkName(name) === name ? null : 'its name is not composed (NFC)';
  } catch {
    return 'its name is one that Windows, macOS or Linux cannot hold';
  }
}
