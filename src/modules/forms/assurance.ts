import { identityName } from '#modules/accounts';
import type { Context } from '#platform/context';
import type { Sql, Tx } from '#platform/db';
import { ensure } from '#platform/errors';
import { definitionOf } from './catalogue.ts';
import type { OpenDraft } from './draft.ts';
import { onRecord } from './gate.ts';
import { type AssuranceLevel, confirmedFields, type Proof, suffices } from './rules-assurance.ts';
import type { FormPage, Text } from './rules-definition.ts';
import { proofInWords } from './rules-proof-words.ts';
import { readServed } from './store/counter.ts';
import { readProof, writeProof } from './store/proof.ts';
import type { Submission } from './store/submission.ts';

/** How surely an applicant must be known, asked where the form says so or before sending, and never before. */

export type ProofNeed = {
  readonly level: AssuranceLevel;
  /** The law that asks for it. */
  readonly law: Text;
  readonly isMet: boolean;
  /** What people call the state identity; null: there is none here. */
  readonly identity: string | null;
  /** What was shown and still holds, and which answers it confirms as they stand; null: nothing. */
  readonly inWords: Text | null;
};

type Opened = Pick<OpenDraft, 'draft' | 'form'>;

/** What holds for a draft now: what was shown at the state identity, at the counter, or the account that is signed in. */
async function proofFor(ctx: Context, sql: Sql | Tx, { draft, form }: Opened): Promise<Proof | null> {
  const { level } = form.definition.assurance;
  const now = ctx.platform.clock.now();
  const stored = await readProof(sql, draft.tenant, draft.id);
  if (suffices(stored, level, now)) return stored;
  if (level === 'account' && ctx.actor.kind === 'citizen') return { level: 'account', source: 'account', at: now, confirmed: {} };
  const isClerk = draft.clerk !== null && onRecord(ctx, draft).actor.kind === 'account';
  const served = isClerk ? await readServed(sql, draft.tenant, draft.id) : null;
  const shown = served && atCounter[served.identity];
  return shown ? { level: shown, source: 'counter', at: now, confirmed: {} } : stored;
}

/** Somebody stands before the clerk with their identity card: nothing is surer. */
const atCounter: Readonly<Record<string, Proof['level'] | undefined>> = {
  idCard: 'high',
  passport: 'high',
  residenceTitle: 'high',
  known: 'basic',
};

/** What a draft needs before it can be sent. */
export async function proofNeed(ctx: Context, open: Opened): Promise<ProofNeed> {
  const { draft, form } = open;
  const { level, source: law } = form.definition.assurance;
  const identity = identityName(ctx);
  if (level === 'none') return { level, law, isMet: true, identity, inWords: null };
  const proof = await proofFor(ctx, ctx.platform.db.read(draft.tenant), open);
  const isMet = suffices(proof, level, ctx.platform.clock.now());
  const confirmed = proof ? confirmedFields(form.definition, draft.answers.plain, proof) : [];
  return { level, law, isMet, identity, inWords: isMet && proof ? proofInWords({ ...proof, confirmed }) : null };
}

/** What of a page's answers was confirmed, as people read it; null: nothing. */
export async function confirmedOn(ctx: Context, { draft }: Opened, page: FormPage): Promise<Text | null> {
  if (!page.fields.some(({ identity }) => identity)) return null;
  const proof = await readProof(ctx.platform.db.read(draft.tenant), draft.tenant, draft.id);
  const confirmed = proof ? confirmedFields({ pages: [page] }, draft.answers.plain, proof) : [];
  return proof && confirmed.length > 0 ? proofInWords({ ...proof, confirmed }) : null;
}

/** Whether it is asked for before a page is shown: from the page on that the form names. */
export async function stopsBefore(ctx: Context, { draft, form, way }: OpenDraft, page: string): Promise<boolean> {
  const { page: from, level } = form.definition.assurance;
  if (from === undefined || level === 'none') return false;
  const keys = form.definition.pages.map(({ key }) => key);
  const isBehind = keys.indexOf(page) >= keys.indexOf(from) && way.pages.some(({ page: { key } }) => key === page);
  return isBehind && !(await proofNeed(ctx, { draft, form })).isMet;
}

/** Lets nothing be sent that nobody has stood up for, and puts on record how it was shown. Throws `conflict` (`forms.proofMissing`). */
export async function settleProof(ctx: Context, tx: Tx, open: Opened): Promise<void> {
  const { draft, form } = open;
  const { level } = form.definition.assurance;
  if (level === 'none') return;
  const proof = await proofFor(ctx, tx, open);
  ensure(proof && suffices(proof, level, ctx.platform.clock.now()), 'conflict', 'forms.proofMissing');
  // What was changed since is not confirmed any more, and of the rest the answers themselves hold it.
  const { plain } = draft.answers;
  const confirmed = Object.fromEntries(Object.entries(proof.confirmed).filter(([name, value]) => plain[name] === value));
  await writeProof(tx, draft.tenant, draft.id, { ...proof, confirmed });
}

/** How it was shown, as it is on record with what was sent. */
export type SentProof = Omit<Proof, 'confirmed'> & { readonly law: Text; readonly inWords: Text };

/** With what a submission was made; null: nothing was asked for. */
export async function proofOfSent(
  ctx: Pick<Context, 'platform'>,
  { tenant, draft, form, version }: Pick<Submission, 'tenant' | 'draft' | 'form' | 'version'>,
): Promise<SentProof | null> {
  const proof = await readProof(ctx.platform.db.read(tenant), tenant, draft);
  if (!proof) return null;
  const definition = await definitionOf(ctx, { form, version });
  const { level, source, at } = proof;
  const confirmed = confirmedFields(definition, proof.confirmed, proof);
  return { level, source, at, law: definition.assurance.source, inWords: proofInWords({ level, source, confirmed }) };
}
