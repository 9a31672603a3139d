import { audit } from '#platform/audit';
import type { Context, Role } from '#platform/context';
import type { Tx } from '#platform/db';
import { ensure, Failure } from '#platform/errors';
import { emit } from '#platform/events';
import type { Locale } from '#platform/words';
import { accountCreated } from './events.ts';
import { thingOf } from './gate.ts';
import { mailLinks } from './link.ts';
import { handleCandidates } from './rules.ts';
import { insertAccounts, lockNames, takenAddresses, takenHandles } from './store/account.ts';

/** Somebody who is to get an account; everything checked. */
export type Newcomer = {
  readonly address: string;
  readonly name: string;
  /** Null: made from the address. */
  readonly handle: string | null;
  /** Null: they choose a password with the link of their invitation. */
  readonly passwordHash: string | null;
  readonly roles: readonly Role[];
  readonly unit: number | null;
  readonly locale: Locale;
};

export type Enrolled = { readonly account: number; readonly address: string; readonly handle: string };

/** How many candidates are tried at first: nearly always one of these is free. */
const firstCandidates = 2;

/** A free handle for each newcomer, no two alike. Throws `conflict` when a wished one is taken. */
async function chooseHandles(tx: Tx, newcomers: readonly Newcomer[]): Promise<string[]> {
  const wishes = newcomers.map(({ handle, address }) => (handle === null ? handleCandidates(address) : [handle]));
  const chosen: (string | null)[] = newcomers.map(() => null);
  const gone = new Set<string>();
  for (const most of [firstCandidates, Number.POSITIVE_INFINITY]) {
    const open = wishes.map((wish, index) => (chosen[index] === null ? wish.slice(0, most) : []));
    const taken = await takenHandles(tx, open.flat());
    for (const [index, candidates] of open.entries()) {
      const free = candidates.find((candidate) => !taken.has(candidate) && !gone.has(candidate));
      if (free === undefined) continue;
      chosen[index] = free;
      gone.add(free);
    }
  }
  return chosen.map((handle, index) => {
    if (handle === null)
      throw new Failure('conflict', 'accounts.handleTaken', { field: 'handle', handle: wishes[index]?.[0] ?? '' });
    return handle;
  });
}

/**
 * Creates accounts in the caller's transaction of the tenant: free handles, invitations by mail for those who have no password
 * yet, audit, news. Throws `conflict` when an address has an account, here or elsewhere.
 */
export async function enrol(
  tx: Tx,
  ctx: Context,
  { tenant, newcomers, sendsMail }: { tenant: number; newcomers: readonly Newcomer[]; sendsMail: boolean },
): Promise<Enrolled[]> {
  if (newcomers.length === 0) return [];
  await lockNames(tx);
  const addresses = newcomers.map(({ address }) => address);
  const [taken] = await takenAddresses(tx, addresses);
  ensure(taken === undefined, 'conflict', 'accounts.addressTaken', { field: 'address', address: taken ?? '' });
  const handles = await chooseHandles(tx, newcomers);
  const rows = newcomers.map((newcomer, index) => ({
    ...newcomer,
    handle: handles[index] as string,
    state: newcomer.passwordHash === null ? ('invited' as const) : ('active' as const),
  }));
  const made = await insertAccounts(tx, tenant, { rows, at: ctx.platform.clock.now() });
  const idOf = new Map(made.map(({ id, address }) => [address, id]));
  const enrolled = rows.map(({ address, handle }) => ({ account: idOf.get(address) as number, address, handle }));
  const invited = rows.flatMap((row, index) =>
    row.state === 'invited' ? [{ ...row, id: (enrolled[index] as Enrolled).account }] : [],
  );
  if (sendsMail && invited.length > 0) await mailLinks(tx, ctx, { tenant, purpose: 'invitation', people: invited });
  await Promise.all(enrolled.map(({ account }) => emit(tx, ctx, accountCreated, { tenant, account })));
  const entries = rows.map(({ handle, state, roles, unit }, index) => ({
    action: 'accounts.create',
    thing: thingOf((enrolled[index] as Enrolled).account),
    details: { handle, state, roles, unit },
  }));
  await audit(tx, ctx, entries);
  return enrolled;
}
