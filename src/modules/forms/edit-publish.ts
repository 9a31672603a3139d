import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import { ensure } from '#platform/errors';
import { defineEvent, emit, on } from '#platform/events';
import { definitionOf, personOf, publishIn } from './catalogue.ts';
import { holdOwn, lookAtOwnForm, type OwnFormView } from './edit.ts';
import { tellDecided, tellProposed } from './edit-tell.ts';
import { authorize, stateTenant } from './gate.ts';
import type { Text } from './rules-definition.ts';
import { checkDefinition } from './rules-definition.ts';
import { completed } from './rules-edit.ts';
import { findingsOf, isWhole } from './rules-edit-check.ts';
import { differencesBetween } from './rules-edit-diff.ts';
import { tidy } from './rules-edit-field.ts';
import { editLimits } from './rules-edit-list.ts';
import { ownEdges } from './rules-edit-state.ts';
import { lastSourceEdition, lockForm } from './store/catalogue.ts';
import { readEdition, updateOwnForm } from './store/own-form.ts';

/** Publishing by four eyes: one person proposes, another one publishes; the catalogue of the state hears of it by an event. */

type Approved = {
  readonly tenant: number;
  readonly form: string;
  readonly edition: number;
  readonly author: string;
  readonly authorName: string;
  readonly approver: string;
  readonly approverName: string;
};

/** Two persons of a tenant have agreed on an edition. Heard in this room: the catalogue is another tenant's. */
const formApproved = defineEvent<Approved>('forms.formApproved');

export type ProposalView = {
  readonly view: OwnFormView;
  /** In words; null: it was never published. */
  readonly differences: readonly Text[] | null;
  /** The actor proposed it, and somebody else has to publish it. */
  readonly isMine: boolean;
  /** Nothing is wrong that keeps it from being published. */
  readonly isWhole: boolean;
};

/** What would be published, and how it differs from what is. Throws `notFound`. */
export async function lookAtProposal(ctx: Context, form: string): Promise<ProposalView> {
  const view = await lookAtOwnForm(ctx, form);
  const was = view.version === null ? null : await definitionOf(ctx, { form, version: view.version });
  return {
    view,
    differences: was && differencesBetween(was, completed(view.definition)),
    isMine: view.proposedBy === personOf(ctx.actor).id,
    isWhole: isWhole(view.findings),
  };
}

/** Proposes a form as it stands. Throws `conflict` while something is wrong with it, or it is proposed already. */
export async function proposeForm(
  ctx: Context,
  form: string,
  { edition, note }: { edition: number; note: string },
): Promise<void> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'editForms', { tenant });
  const said = tidy(note, 'note', editLimits.note);
  await ctx.platform.db.write(tenant, async (tx) => {
    const row = await holdOwn(ctx, tx, { form, edition, step: 'propose' });
    const content = await readEdition(tx, tenant, { form, edition });
    ensure(content && isWhole(findingsOf(content.definition)), 'conflict', 'forms.editNotWhole');
    const { id, name } = personOf(ctx.actor);
    const by = { proposedBy: id, proposedName: name, approvedBy: null, note: said, refusedName: '', refusal: '' };
    await updateOwnForm(tx, tenant, { ...row, ...by, state: ownEdges.propose.to ?? row.state });
    await tellProposed(tx, ctx, row);
    await audit(tx, ctx, [{ action: 'forms.propose', thing: `form:${form}`, details: { edition } }]);
  });
}

/**
 * Back to work: taken back by whoever proposed it, or not agreed to by somebody else, who says why and of which the author hears. Throws
 * `conflict` when there is no proposal, `invalid` without a reason.
 */
export async function takeBackProposal(
  ctx: Context,
  form: string,
  { edition, reason }: { edition: number; reason: string },
): Promise<void> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'editForms', { tenant });
  const said = tidy(reason, 'reason', editLimits.note);
  await ctx.platform.db.write(tenant, async (tx) => {
    const row = await holdOwn(ctx, tx, { form, edition, step: 'takeBack' });
    const { id, name } = personOf(ctx.actor);
    const isMine = row.proposedBy === id;
    ensure(isMine || said !== '', 'invalid', 'platform.textMissing', { field: 'reason' });
    const nobody = { proposedBy: null, proposedName: '', approvedBy: null, note: '' };
    const refused = isMine ? {} : { refusedName: name, refusal: said };
    await updateOwnForm(tx, tenant, { ...row, ...nobody, ...refused, state: ownEdges.takeBack.to ?? row.state });
    const action = isMine ? 'forms.takeBackProposal' : 'forms.refuse';
    await audit(tx, ctx, [{ action, thing: `form:${form}`, details: { edition } }]);
    if (!isMine) await tellDecided(tx, ctx, row, said);
  });
}

/**
 * Publishes what another person has proposed. Applications that have been begun stay on the version they were begun with. Throws
 * `forbidden` for one's own proposal, `conflict` when it is not proposed, has changed, or is wrong after all.
 */
export async function approveForm(ctx: Context, form: string, edition: number): Promise<void> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'publishForms', { tenant });
  await ctx.platform.db.write(tenant, async (tx) => {
    const row = await holdOwn(ctx, tx, { form, edition, step: 'approve' });
    const { id } = personOf(ctx.actor);
    ensure(row.proposedBy !== id, 'forbidden', 'forms.editOwnProposal');
    const content = await readEdition(tx, tenant, { form, edition });
    ensure(content && isWhole(findingsOf(content.definition)), 'conflict', 'forms.editNotWhole');
    checkDefinition(completed(content.definition));
    await updateOwnForm(tx, tenant, { ...row, state: ownEdges.approve.to ?? row.state, published: edition, approvedBy: id });
    await audit(tx, ctx, [{ action: 'forms.approve', thing: `form:${form}`, details: { edition, proposedBy: row.proposedBy } }]);
    const who = {
      author: row.proposedBy ?? '',
      authorName: row.proposedName,
      approver: id,
      approverName: personOf(ctx.actor).name,
    };
    await tellDecided(tx, ctx, row, null);
    await emit(tx, ctx, formApproved, { tenant, form, edition, ...who });
  });
}

/**
 * Brings an approved edition into the catalogue, from which citizens begin. May run twice and late: an edition is published once, and
 * never after a later one. A form of another authority is left alone.
 */
export async function publishOwnForm(ctx: Context, approved: Approved): Promise<void> {
  const { tenant, form, edition, ...who } = approved;
  const content = await readEdition(ctx.platform.db.read(tenant), tenant, { form, edition });
  if (!content) return;
  const definition = checkDefinition(completed(content.definition));
  await ctx.platform.db.write(stateTenant, async (tx) => {
    const known = await lockForm(tx, stateTenant, form);
    if (known && (known.source ?? stateTenant) !== tenant) return;
    if (((await lastSourceEdition(tx, stateTenant, form)) ?? 0) >= edition) return;
    const source = tenant === stateTenant ? null : tenant;
    const version = await publishIn(tx, ctx, known, { definition, who, source, sourceEdition: edition });
    await audit(tx, ctx, [{ action: 'forms.publish', thing: `form:${form}`, details: { version, tenant, edition } }]);
  });
}

export const followApprovals = on(formApproved, 'forms.publishOwnForm', publishOwnForm);
