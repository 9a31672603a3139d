import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import type { Tx } from '#platform/db';
import { ensure } from '#platform/errors';
import { emit } from '#platform/events';
import { networkOf, type ThrottleRule, takeAttempt } from '#platform/throttle';
import { admitAnonymous } from './anonymous.ts';
import { publishedForm } from './catalogue.ts';
import { today } from './draft.ts';
import { type DraftRef, draftOwned } from './events.ts';
import { accountKey, counterKey, makeToken, onRecord, stateTenant, within } from './gate.ts';
import { localForm, type Receiver, receiverOf } from './offer.ts';
import type { Definition } from './rules-definition.ts';
import { noAnswers, walk } from './rules-flow.ts';
import { limits } from './rules-status.ts';
import { insertDraft } from './store/draft.ts';

/** A household, a school, a town hall behind one address: many; a robot: more. */
const beginning: ThrottleRule = {
  name: 'forms.begin',
  free: 120,
  windowSeconds: 600,
  firstWaitSeconds: 30,
  longestWaitSeconds: 3_600,
};

/** What one should know before the first question. */
export type StartView = Receiver & {
  readonly definition: Definition;
  /** Whether the responsible office takes it here. */
  readonly isOffered: boolean;
  /** Pages that are asked at most. */
  readonly pages: number;
  readonly keepDays: number;
};

/** A form before it is begun, for a place. Public. Throws `notFound`. */
export async function lookAtStart(ctx: Context, form: string, place: string): Promise<StartView> {
  const { definition } = await publishedForm(ctx, form);
  const receiver = await receiverOf(ctx, definition, place);
  const { tenant } = receiver;
  ctx.platform.tally.count(tenant ?? stateTenant, 'visited', definition.service);
  const local = tenant === null ? definition : (await localForm(ctx, tenant, definition)).definition;
  return { ...receiver, definition: local, isOffered: tenant !== null, pages: local.pages.length, keepDays: limits.draftDays };
}

export type BeginInput = {
  readonly form: string;
  /** Place as the finder knows it: an official key, a name, a postcode. */
  readonly place: string;
  /** What people do not see; whoever fills it in is a robot. */
  readonly trap: string;
};

/** Refuses whoever fills in what people do not see. */
export function checkTrap(trap: string): void {
  ensure(trap === '', 'invalid', 'forms.trap');
}

/** A draft that was begun: its key in addresses, and its first page. */
export type Begun = { readonly token: string; readonly page: string };

/**
 * Begins a draft. Resolves with its token, which is kept nowhere else, and its first page. Of a citizen who is signed in it is in their
 * account and needs no link. Throws `conflict` when nobody takes this form for the place, `notFound`, and `tooMany` for whoever begins
 * again and again, or when too many drafts of people without an account lie there.
 */
export async function beginDraft(ctx: Context, { form, place, trap }: BeginInput): Promise<Begun> {
  checkTrap(trap);
  await takeAttempt(ctx, beginning, networkOf(ctx.network));
  const account = ctx.actor.kind === 'citizen' ? ctx.actor.citizen : null;
  return openNew(ctx, { form, place, account, clerk: null });
}

export type NewDraftInput = {
  readonly form: string;
  readonly place: string;
  /** The citizen in whose account it is. */
  readonly account: number | null;
  /** The clerk at the counter, who is the actor. */
  readonly clerk: number | null;
  /** What else belongs to it, in the same transaction. */
  readonly more?: (tx: Tx, draft: DraftRef) => Promise<void>;
};

/** Opens a draft at the office that takes this form for the place. Throws `conflict` when there is none, `notFound`. */
export async function openNew(ctx: Context, { form, place, account, clerk, more }: NewDraftInput): Promise<Begun> {
  const { definition, version } = await publishedForm(ctx, form);
  const { tenant, office, place: where } = await receiverOf(ctx, definition, place);
  ensure(tenant !== null && office && where.kind === 'found', 'conflict', 'forms.notOffered');
  const local = await localForm(ctx, tenant, definition);
  if (account === null && clerk === null) await admitAnonymous(ctx, tenant);
  const { token, hash } = makeToken(tenant);
  const begunAt = ctx.platform.clock.now();
  const row = { tenant, hash, form, version, area: where.area.key, office, locale: ctx.locale, answers: noAnswers, begunAt };
  const id = await ctx.platform.db.write(tenant, async (tx) => {
    const draft = await insertDraft(tx, { ...row, account, clerk });
    if (account !== null) await emit(tx, within(ctx, tenant), draftOwned, { tenant, draft, citizen: account });
    await more?.(tx, { tenant, draft });
    const details = { form, version, ...(clerk !== null && { clerk }) };
    await audit(tx, onRecord(ctx, { tenant, clerk }), [{ action: 'forms.begin', thing: `draft:${draft}`, details }]);
    return draft;
  });
  ctx.platform.tally.count(tenant, 'started', definition.service);
  const given = { answers: noAnswers, files: [], seen: new Set<string>(), today: today(ctx), params: local.params };
  const page = walk(local.definition, given).next ?? '';
  if (account !== null) return { token: accountKey(tenant, id), page };
  return { token: clerk === null ? token : counterKey(tenant, id), page };
}
