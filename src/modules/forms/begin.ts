import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import { ensure } from '#platform/errors';
import { networkOf, type ThrottleRule, takeAttempt } from '#platform/throttle';
import { publishedForm } from './catalogue.ts';
import { makeToken, stateTenant, within } from './gate.ts';
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
export type StartView = Omit<Receiver, 'tenant'> & {
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
  const { tenant, ...receiver } = await receiverOf(ctx, definition, place);
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

/**
 * Begins a draft. Resolves with its token, which is kept nowhere else, and its first page. The citizen's account that is signed in
 * is noted with it. Throws `conflict` when nobody takes this form for the place, `tooMany`, `notFound`.
 */
export async function beginDraft(ctx: Context, { form, place, trap }: BeginInput): Promise<{ token: string; page: string }> {
  checkTrap(trap);
  await takeAttempt(ctx, beginning, networkOf(ctx.network));
  const { definition, version } = await publishedForm(ctx, form);
  const { tenant, office, place: where } = await receiverOf(ctx, definition, place);
  ensure(tenant !== null && office && where.kind === 'found', 'conflict', 'forms.notOffered');
  const local = await localForm(ctx, tenant, definition);
  const { token, hash } = makeToken(tenant);
  const now = ctx.platform.clock.now();
  const { actor } = ctx;
  const account = actor.kind === 'citizen' ? actor.citizen : null;
  // A clerk of this office fills it in for somebody at the counter: on record.
  const clerk = actor.kind === 'account' && actor.tenant === tenant ? actor.account : null;
  await ctx.platform.db.write(tenant, async (tx) => {
    const area = where.area.key;
    const row = {
      tenant,
      hash,
      form,
      version,
      area,
      office,
      locale: ctx.locale,
      answers: noAnswers,
      account,
      clerk,
      begunAt: now,
    };
    const id = await insertDraft(tx, row);
    const details = { form, version, ...(clerk !== null && { clerk }) };
    await audit(tx, clerk === null ? within(ctx, tenant) : ctx, [{ action: 'forms.begin', thing: `draft:${id}`, details }]);
  });
  ctx.platform.tally.count(tenant, 'started', definition.service);
  const given = {
    answers: noAnswers,
    files: [],
    seen: new Set<string>(),
    today: now.toISOString().slice(0, 10),
    params: local.params,
  };
  return { token, page: walk(local.definition, given).next ?? '' };
}
