import { citizenIn, citizenRemoved } from '#modules/accounts';
import { audit } from '#platform/audit';
import { type Context, systemContext } from '#platform/context';
import { sha256 } from '#platform/crypto';
import { ensure } from '#platform/errors';
import { emit, on } from '#platform/events';
import { removeDraftOf } from './care.ts';
import { definitionOf } from './catalogue.ts';
import { holdDraft, keptUntil } from './draft.ts';
import { draftOwned } from './events.ts';
import { accountKey, stateTenant, tenantFor, within } from './gate.ts';
import type { Text } from './rules-definition.ts';
import { limits, type SubmissionState } from './rules-status.ts';
import { deletePointers, leaveAccount, type OwnRow, putPointer, readOwn, readPointers, setAccount } from './store/account.ts';
import type { Office } from './store/draft.ts';
import { noteTaken } from './store/mailed-link.ts';

/** One's own applications, wherever they lie, for a citizen who is signed in. */

export type OwnApplication = {
  readonly title: Text;
  readonly office: Office;
  /** `draft`: not sent yet; `correcting`: sent, and a correction was begun. */
  readonly state: 'draft' | 'correcting' | SubmissionState;
  readonly reference: string | null;
  readonly at: Date;
  /** A draft is kept until then. */
  readonly keptUntil: Date | null;
  readonly expectedOn: string | null;
  readonly dueOn: string | null;
  /** Where it goes on; holds no secret. */
  readonly path: string;
};

/** What needs the citizen comes first. */
const order: readonly OwnApplication['state'][] = [
  ...(['evidenceRequested', 'unpaid', 'correcting', 'draft'] as const),
  ...(['received', 'inProgress', 'decided', 'closed', 'withdrawn'] as const),
];

/** All applications and drafts in the citizen's account: first what waits for them. Throws `unauthenticated`. */
export async function listApplications(ctx: Context): Promise<OwnApplication[]> {
  const { citizen } = citizenIn(ctx);
  const pointers = await readPointers(ctx.platform.db.read(stateTenant), stateTenant, citizen, limits.own);
  const sources = [...new Set(pointers.map(({ source }) => source))];
  const found = await Promise.all(
    sources.map(async (source) => {
      const drafts = pointers.filter((pointer) => pointer.source === source).map(({ draft }) => draft);
      const rows = await readOwn(ctx.platform.db.read(source), source, { citizen, drafts });
      return Promise.all(rows.map((row) => lineOf(ctx, source, row)));
    }),
  );
  const rank = ({ state }: OwnApplication) => order.indexOf(state);
  return found.flat().sort((one, other) => rank(one) - rank(other) || other.at.getTime() - one.at.getTime());
}

async function lineOf(ctx: Context, source: number, row: OwnRow): Promise<OwnApplication> {
  const { title } = await definitionOf(ctx, row);
  const { draft, form, office, reference, submissionState, changedAt, sentAt, expectedOn, dueOn } = row;
  const key = accountKey(source, draft);
  const isSent = submissionState !== null;
  const state = !isSent ? 'draft' : row.state === 'correcting' && submissionState === 'received' ? 'correcting' : submissionState;
  return {
    title,
    office,
    reference,
    state,
    expectedOn,
    dueOn,
    at: sentAt ?? changedAt,
    keptUntil: isSent ? null : keptUntil(row),
    path: isSent ? `/antrag/status/${key}` : `/antrag/${form}/${key}`,
  };
}

/**
 * Takes what a link opens into the account of the citizen who is signed in; the link goes on working. Twice is no error. Resolves with
 * its key there. Throws `conflict` when it is in another account, `unauthenticated`, `notFound`.
 */
export async function takeIntoAccount(ctx: Context, token: string): Promise<{ readonly form: string; readonly key: string }> {
  const { citizen } = citizenIn(ctx);
  const tenant = tenantFor(token);
  return ctx.platform.db.write(tenant, async (tx) => {
    const { draft } = await holdDraft(ctx, tx, token);
    const taken = { form: draft.form, key: accountKey(tenant, draft.id) };
    if (draft.account === citizen) return taken;
    ensure(draft.account === null, 'conflict', 'forms.inOtherAccount');
    await setAccount(tx, tenant, draft.id, citizen);
    await noteTaken(tx, tenant, sha256(token), citizen);
    await emit(tx, within(ctx, tenant), draftOwned, { tenant, draft: draft.id, citizen });
    await audit(tx, within(ctx, tenant), [{ action: 'forms.takeIntoAccount', thing: `draft:${draft.id}` }]);
    return taken;
  });
}

/** The state's portal notes where a citizen has something. Hearing it twice changes nothing. */
export const noteOwn = on(draftOwned, 'forms.noteOwn', async ({ platform }, { tenant: source, draft, citizen }) => {
  const since = platform.clock.now();
  await platform.db.write(stateTenant, (tx) => putPointer(tx, stateTenant, { citizen, source, draft, since }));
});

/** An account is gone: its drafts go with it; what was sent stays with its offices, and in nobody's account. */
export const leaveOwn = on(citizenRemoved, 'forms.leaveOwn', async ({ platform }, { citizen }) => {
  const pointers = await readPointers(platform.db.read(stateTenant), stateTenant, citizen, limits.forgotten);
  for (const source of new Set(pointers.map((pointer) => pointer.source))) {
    const own = systemContext(platform, source, 'forms.leaveOwn');
    const open = await platform.db.write(source, (tx) => leaveAccount(tx, source, citizen));
    for (const draft of open) await removeDraftOf(own, draft);
  }
  await platform.db.write(stateTenant, (tx) => deletePointers(tx, stateTenant, citizen));
});
