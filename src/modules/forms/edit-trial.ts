import * as tenants from '#modules/tenants';
import { type Context, systemContext } from '#platform/context';
import { daysAfter } from '#platform/day';
import { ensure, Failure } from '#platform/errors';
import type { Job } from '#platform/jobs';
import { type PageView, today } from './draft.ts';
import { lookAtOwnForm } from './edit.ts';
import { authorize } from './gate.ts';
import type { Definition, Text } from './rules-definition.ts';
import { completed } from './rules-edit.ts';
import { editLimits } from './rules-edit-list.ts';
import type { Scope } from './rules-expression.ts';
import { type FileFacts, type Problem, takeRaw } from './rules-field.ts';
import { type Fee, noAnswers, reach, type Walk, walk } from './rules-flow.ts';
import { positionOf } from './rules-length.ts';
import { noOverlay, valuesOf } from './rules-overlay.ts';
import { limits } from './rules-status.ts';
import { type SummarySection, summaryOf } from './rules-summary.ts';
import { answered, itemsOf, onward, type PageGo } from './rules-way.ts';
import type { ShownFile } from './shown-file.ts';
import { deleteOldTrials, deleteTrial, putTrial, readTrial, type Trial } from './store/trial.ts';

/**
 * Going through a form that is being written as a citizen would: the same engine and the same pages. Nothing is sent, nothing stands among
 * the drafts and submissions, and the bytes of a file are not kept.
 */

/** The person whose test run it is. Throws as `authorize`. */
function tester(ctx: Context): number {
  const { actor } = ctx;
  authorize(actor, 'editForms', { tenant: actor.tenant });
  if (actor.kind !== 'account') throw new Failure('forbidden', 'platform.forbidden');
  return actor.account;
}

type Run = { readonly trial: Trial; readonly definition: Definition };

async function openRun(ctx: Context, form: string): Promise<Run> {
  const account = tester(ctx);
  const { tenant } = ctx.actor;
  const { definition } = await lookAtOwnForm(ctx, form);
  const kept = await readTrial(ctx.platform.db.read(tenant), tenant, { account, form });
  const trial: Trial = kept ?? { account, form, answers: noAnswers, seen: [], files: [] };
  return { trial, definition: completed(definition) };
}

const wayOf = (ctx: Context, { trial, definition }: Run): Walk =>
  walk(definition, {
    answers: trial.answers,
    files: trial.files,
    seen: new Set(trial.seen),
    today: today(ctx),
    params: valuesOf(definition, noOverlay),
  });

/**
 * What the actor's test run says, for explaining amounts, and what it would cost; null: nothing was answered yet, or what costs
 * something cannot be reckoned at all. Throws as {@link lookAtTrial}.
 */
export async function trialScope(
  ctx: Context,
  form: string,
): Promise<{ readonly scope: Scope; readonly cents: number | null } | null> {
  const run = await openRun(ctx, form);
  if (run.trial.seen.length === 0) return null;
  const { scope, fee } = wayOf(ctx, run);
  return { scope, cents: fee === null ? null : fee.kind === 'sum' ? fee.cents : 0 };
}

/** Nobody looks into a file whose bytes are gone: it counts as clean. */
const asShown = ({ id, field, name, size }: FileFacts): ShownFile => ({ id, field, name, size, says: 'clean' });

/** What an applicant sees of a page, as far as there is no application. */
export type TrialPage = Pick<PageView, 'title' | 'page' | 'questions' | 'item' | 'items' | 'position' | 'back'>;

/** A page of a test run, or where it goes on: a page, or null for the summary. Throws `conflict` for a form without pages. */
export async function lookAtTrial(
  ctx: Context,
  form: string,
  at: { page: string; item: number },
): Promise<TrialPage | { readonly goTo: string | null }> {
  const run = await openRun(ctx, form);
  ensure(run.definition.pages.length > 0, 'conflict', 'forms.editNoPage');
  const way = wayOf(ctx, run);
  const reached = reach(way, at.page);
  if (!reached) return { goTo: way.next };
  const { asked, index } = reached;
  const { key, title, hint, repeat, fields } = asked.page;
  const { answers, files } = run.trial;
  const entries = itemsOf(answers, key);
  const item = repeat ? Math.min(at.item, entries.length, repeat.max - 1) : 0;
  const raw = repeat ? (entries[item] ?? {}) : answers.plain;
  return {
    title: run.definition.title,
    page: { key, title, ...(hint && { hint }), ...(repeat && { repeat }) },
    questions: (asked.entries[0]?.readings ?? []).map(({ field }) => ({
      field,
      raw,
      files: files.filter((file) => file.field === field.key).map(asShown),
    })),
    item,
    items: repeat ? entries.map((entry) => String(entry[fields[0]?.key ?? ''] ?? '')) : [],
    position: positionOf(run.definition, way, index),
    back: way.pages[index - 1]?.page.key ?? null,
  };
}

export type TrialInput = PageGo & {
  readonly page: string;
  readonly sent: ReadonlyMap<string, readonly string[]>;
  /** Files that were chosen: their names and sizes. */
  readonly files: readonly Pick<FileFacts, 'field' | 'name' | 'size'>[];
  /** Number of a file that is to go. */
  readonly removed: number;
};

export type TrialSaved = { readonly goTo: string | null; readonly item: number; readonly problems: readonly Problem[] };

const longestName = 200;

/** Answers a page of a test run. Throws `notFound` for a page the form does not have. */
export async function answerTrial(ctx: Context, form: string, input: TrialInput): Promise<TrialSaved> {
  const { tenant } = ctx.actor;
  const run = await openRun(ctx, form);
  const page = run.definition.pages.find(({ key }) => key === input.page);
  ensure(page, 'notFound', 'forms.editPageGone');
  const raw = Object.fromEntries(page.fields.flatMap((field) => takeRaw(field, input.sent)));
  const last = Math.max(0, ...run.trial.files.map(({ id }) => id));
  const asked = new Set(page.fields.filter(({ kind }) => kind === 'file').map(({ key }) => key));
  const added = input.files
    .filter(({ field }) => asked.has(field))
    .map(({ field, name, size }, index) => ({
      id: last + index + 1,
      field,
      name: name.slice(0, longestName),
      size,
      state: 'clean' as const,
    }));
  const trial: Trial = {
    ...run.trial,
    answers: answered(run.trial.answers, page, raw, input),
    seen: [...new Set([...run.trial.seen, page.key])],
    files: [...run.trial.files, ...added].filter(({ id }) => id !== input.removed).slice(0, limits.files),
  };
  await ctx.platform.db.write(tenant, (tx) => putTrial(tx, tenant, trial, ctx.platform.clock.now()));
  const way = wayOf(ctx, { ...run, trial });
  return onward(way, page, itemsOf(trial.answers, page.key).length, input);
}

export type TrialEnd = {
  readonly title: Text;
  readonly sections: readonly SummarySection[];
  readonly fee: Fee | null;
  readonly declaration: Text;
  readonly last: string | null;
};

/** The summary of a test run, or the page on which something is missing. */
export async function lookAtTrialEnd(ctx: Context, form: string): Promise<TrialEnd | { readonly goTo: string }> {
  const run = await openRun(ctx, form);
  ensure(run.definition.pages.length > 0, 'conflict', 'forms.editNoPage');
  const way = wayOf(ctx, run);
  if (way.next !== null) return { goTo: way.next };
  const { title, declaration } = run.definition;
  const last = way.pages.at(-1)?.page.key ?? null;
  return { title, sections: summaryOf(way, ctx.locale), fee: way.fee, declaration, last };
}

/** Ends the actor's test run of a form: what was typed is gone. */
export async function endTrial(ctx: Context, form: string): Promise<void> {
  const account = tester(ctx);
  const { tenant } = ctx.actor;
  await ctx.platform.db.write(tenant, (tx) => deleteTrial(tx, tenant, { account, form }));
}

export const sweepTrials: Job = {
  name: 'forms.sweepTrials',
  every: '50 2 * * *',
  run: async ({ platform }) => {
    const before = daysAfter(platform.clock.now(), -editLimits.trialDays);
    for (const tenant of await tenants.tenantNumbers(platform)) {
      const { db } = systemContext(platform, tenant, 'forms.sweepTrials').platform;
      await db.write(tenant, (tx) => deleteOldTrials(tx, tenant, before));
    }
  },
};
