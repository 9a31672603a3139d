import { beginIdentity, type IdentityAttribute, takeProof } from '#modules/accounts';
import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import { ensure } from '#platform/errors';
import { type ProofNeed, proofNeed } from './assurance.ts';
import { holdDraft, openDraft } from './draft.ts';
import { onRecord } from './gate.ts';
import { attributesFor, levelToAsk, prefilled } from './rules-assurance.ts';
import type { Text } from './rules-definition.ts';
import { type Draft, updateDraft } from './store/draft.ts';
import { readProof, writeProof } from './store/proof.ts';

/** The way of an applicant to the state identity and back; the draft waits meanwhile, and nothing of it goes along. */

export type ProveView = {
  readonly form: string;
  readonly title: Text;
  readonly need: ProofNeed;
  /** What is taken over from the identity into the form. */
  readonly attributes: readonly IdentityAttribute[];
  /** Where it goes on once it is shown. */
  readonly goTo: string;
};

/** Why a draft needs to know who applies, and how that is shown. Throws `notFound`. */
export async function lookAtProof(ctx: Context, token: string): Promise<ProveView> {
  const open = await openDraft(ctx, token);
  const { draft, form, way } = open;
  const goTo = draft.state === 'sent' ? 'status' : (way.next ?? 'pruefen');
  const need = await proofNeed(ctx, open);
  return { form: draft.form, title: form.definition.title, need, attributes: attributesFor(form.definition), goTo };
}

/** Begins to show it at the state identity; resolves with the browser's secret. Throws as `beginIdentity`; `conflict` when it is not needed. */
export async function beginProof(ctx: Context, token: string): Promise<string> {
  const { definition } = (await openDraft(ctx, token)).form;
  const level = levelToAsk(definition.assurance.level);
  ensure(level !== null, 'conflict', 'forms.proofNotNeeded');
  return beginIdentity(ctx, { purpose: 'prove', level, attributes: attributesFor(definition) });
}

/**
 * Takes what was confirmed in this browser for a draft: fills in what the form takes over and nobody has typed, and notes how surely
 * it is known. It may run twice, and again after a crash in between. False: nothing was confirmed here for this draft.
 */
export async function proveDraft(ctx: Context, token: string, secret: string): Promise<boolean> {
  const { tenant, id } = (await openDraft(ctx, token)).draft;
  const given = await takeProof(ctx, { secret, usedFor: `draft ${tenant} ${id}` });
  if (!given) return false;
  return ctx.platform.db.write(tenant, async (tx) => {
    const { draft, form } = await holdDraft(ctx, tx, token);
    if (draft.state === 'sent') return false;
    const known = await readProof(tx, tenant, id);
    if (known && known.at >= given.at) return true;
    const { plain, confirmed } = prefilled(form.definition, draft.answers.plain, given.facts);
    const { level, source, at } = given;
    const answers: Draft['answers'] = { ...draft.answers, plain };
    await updateDraft(tx, { ...draft, answers, edition: draft.edition + 1, at: ctx.platform.clock.now() });
    await writeProof(tx, tenant, id, { level, source, at, confirmed });
    await audit(tx, onRecord(ctx, draft), [{ action: 'forms.prove', thing: `draft:${id}`, details: { level, source } }]);
    return true;
  });
}
