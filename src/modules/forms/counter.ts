import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import { sha256 } from '#platform/crypto';
import { daysAfter } from '#platform/day';
import { ensure } from '#platform/errors';
import { oneLine } from '#platform/text';
import { type Begun, openNew } from './begin.ts';
import { definitionOf, listForms, personOf, publishedForm } from './catalogue.ts';
import { openDraft } from './draft.ts';
import { authorize, counterKey, counterToken } from './gate.ts';
import { areaOf } from './offer.ts';
import { counterLimits, identityProofs } from './rules-counter.ts';
import type { Text } from './rules-definition.ts';
import { insertServed, readServed, readServedAmong, readServedBy, type Served, setHash } from './store/counter.ts';
import type { Draft } from './store/draft.ts';
import { readOverlay } from './store/overlay.ts';
import { readIdOfDraft, readSubmission, type Submission } from './store/submission.ts';

/** Assisted digital: a clerk fills a form in at the counter for somebody, on record. */

export type CounterForm = { readonly key: string; readonly title: string };
export type CounterLine = {
  readonly key: string;
  readonly form: string;
  readonly title: Text;
  readonly served: string;
  readonly state: Draft['state'];
  readonly reference: string | null;
  readonly begunAt: Date;
};

/** What this authority takes, and what the clerk has begun or sent here lately. Throws `forbidden` for whoever has not this role. */
export async function lookAtCounter(ctx: Context): Promise<{ forms: CounterForm[]; lines: CounterLine[] }> {
  const { actor, platform } = ctx;
  const { tenant } = actor;
  authorize(actor, 'serve', { tenant });
  const sql = platform.db.read(tenant);
  const all = (await listForms(ctx)).filter(({ published }) => published !== null);
  const taken = await Promise.all(all.map(async ({ key }) => (await readOverlay(sql, tenant, key))?.content.isOffered ?? false));
  const since = daysAfter(platform.clock.now(), -counterLimits.days);
  const clerk = actor.kind === 'account' ? actor.account : 0;
  const rows = await readServedBy(sql, tenant, { clerk, since, limit: counterLimits.lines });
  const lines = rows.map(async ({ id, version, ...row }) => {
    const { title } = await definitionOf(ctx, { form: row.form, version });
    return { ...row, title, key: counterKey(tenant, id) };
  });
  const forms = all.filter((_, index) => taken[index]).map(({ key, title }) => ({ key, title }));
  return { forms, lines: await Promise.all(lines) };
}

/** What one form asks for before it is begun at the counter. Throws `forbidden`, `notFound`. */
export async function lookAtCounterForm(ctx: Context, form: string): Promise<{ title: Text; needs: readonly Text[] }> {
  authorize(ctx.actor, 'serve', { tenant: ctx.actor.tenant });
  const { title, needs } = (await publishedForm(ctx, form)).definition;
  return { title, needs };
}

export type CounterInput = { readonly form: string; readonly served: string; readonly identity: string };

/**
 * Begins a form for somebody who stands at the counter: who that is, how they showed it, and who serves them is on record. Throws
 * `forbidden`, `invalid`, `conflict` when this authority does not take the form.
 */
export async function beginAtCounter(ctx: Context, { form, served: typed, identity: how }: CounterInput): Promise<Begun> {
  const { actor } = ctx;
  const { tenant } = actor;
  authorize(actor, 'serve', { tenant });
  const served = oneLine(typed, 'served', { most: counterLimits.served });
  const identity = identityProofs.find((known) => known === how);
  ensure(identity, 'invalid', 'forms.identityMissing', { field: 'identity' });
  const [place, { id: clerk, name }] = [await areaOf(ctx, tenant), clerkOf(ctx)];
  ensure(place !== null, 'conflict', 'forms.noArea');
  return openNew(ctx, {
    form,
    place,
    account: null,
    clerk,
    more: async (tx, draft) => {
      // The office that takes it may be another authority's: then it is not served here.
      ensure(draft.tenant === tenant, 'conflict', 'forms.notOffered');
      const row: Served = { clerk, clerkName: name, served, identity, begunAt: ctx.platform.clock.now() };
      await insertServed(tx, tenant, draft.draft, row);
      await setHash(tx, tenant, draft.draft, sha256(counterToken(ctx, tenant, draft.draft)));
      const details = { form, identity };
      await audit(tx, ctx, [{ action: 'forms.serve', thing: `draft:${draft.draft}`, details }]);
    },
  });
}

function clerkOf({ actor }: Context): { id: number; name: string } {
  ensure(actor.kind === 'account', 'forbidden', 'platform.forbidden');
  return { id: actor.account, name: actor.name };
}

/** What is printed for whoever was served. */
export type CounterPaper = Pick<
  Submission,
  'reference' | 'title' | 'state' | 'office' | 'sentAt' | 'fee' | 'summary' | 'expectedOn'
> & {
  readonly served: Served;
  /** Where it can be looked at; whoever has it sees the application. */
  readonly link: string;
};

/** Which of some submissions of the actor's authority were filled in at its counter; the caller has checked that they may be seen. */
export async function servedAmong(ctx: Context, submissions: readonly number[]): Promise<ReadonlySet<number>> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'list', { tenant });
  return new Set(await readServedAmong(ctx.platform.db.read(tenant), tenant, submissions));
}

/** The paper for whoever was served; that it was made is on record. Throws `notFound`, `conflict` while it is not sent. */
export async function paperOf(ctx: Context, key: string): Promise<CounterPaper> {
  authorize(ctx.actor, 'serve', { tenant: ctx.actor.tenant });
  const { tenant, id: draft } = (await openDraft(ctx, key)).draft;
  const sql = ctx.platform.db.read(tenant);
  const [served, number] = await Promise.all([readServed(sql, tenant, draft), readIdOfDraft(sql, tenant, draft)]);
  const submission = number === null ? null : await readSubmission(sql, tenant, number);
  ensure(served && tenant === ctx.actor.tenant, 'notFound', 'forms.linkUnknown');
  ensure(submission, 'conflict', 'forms.notSent');
  const entry = { action: 'forms.printPaper', thing: `submission:${submission.id}`, details: { by: personOf(ctx.actor).name } };
  await ctx.platform.db.write(tenant, (tx) => audit(tx, ctx, [entry]));
  const { reference, title, state, office, sentAt, fee, summary, expectedOn } = submission;
  const link = `${ctx.platform.config.url}/antrag/status/${counterToken(ctx, tenant, draft)}`;
  return { reference, title, state, office, sentAt, fee, summary, expectedOn, served, link };
}
