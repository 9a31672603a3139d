import { randomBytes } from 'node:crypto';
import type { Context } from '#platform/context';
import { sha256 } from '#platform/crypto';
import { dayAt, daysAfter } from '#platform/day';
import type { Sql, Tx } from '#platform/db';
import { ensure } from '#platform/errors';
import { confirmedOn, stopsBefore } from './assurance.ts';
import { definitionOf, type FormRef } from './catalogue.ts';
import { accountKey, type Opener, readKey, tenantFor } from './gate.ts';
import { type LocalForm, localForm } from './offer.ts';
import { counterLimits } from './rules-counter.ts';
import type { Field, FormPage } from './rules-definition.ts';
import { type Problem, type RawAnswers, takeRaw } from './rules-field.ts';
import { type Answers, type AskedPage, reach, type Walk, walk } from './rules-flow.ts';
import { type Position, positionOf } from './rules-length.ts';
import { limits } from './rules-status.ts';
import { judgeStep, readStepToken } from './rules-step.ts';
import { answered, isStored, itemsOf, onward, type PageGo } from './rules-way.ts';
import { servedIn } from './served.ts';
import { type ShownFile, shownFiles } from './shown-file.ts';
import { type Attachment, type Draft, lockDrafts, readAttachmentsOf, readDraft, updateDraft } from './store/draft.ts';

/** A draft with everything that decides how it goes on. */
export type OpenDraft = {
  readonly draft: Draft;
  readonly form: LocalForm;
  readonly files: readonly Attachment[];
  /** Files a correction takes away once it is sent. */
  readonly leaving: readonly Attachment[];
  readonly way: Walk;
};

/** The day it is where the offices are: an application at half past midnight is one of the new day. */
export function today({ platform }: Pick<Context, 'platform'>): string {
  return dayAt(platform.clock.now());
}

type Loaded = Pick<OpenDraft, 'draft' | 'form' | 'files'>;

const wayOf = (ctx: Context, { draft, form, files }: Loaded): Walk =>
  walk(form.definition, {
    answers: draft.answers,
    files,
    params: form.params,
    today: today(ctx),
    seen: new Set(Object.keys(draft.steps)),
  });

async function load(ctx: Context, sql: Sql | Tx, drafts: readonly Draft[]): Promise<OpenDraft[]> {
  const { tenant = 0 } = drafts[0] ?? {};
  const ids = drafts.map(({ id }) => id);
  const [all, forms] = await Promise.all([readAttachmentsOf(sql, tenant, ids), localForms(ctx, tenant, drafts)]);
  return drafts.map((draft) => {
    const { files = [], leaving = [] } = Object.groupBy(all.get(draft.id) ?? [], ({ correction }) =>
      correction === 'removed' ? 'leaving' : 'files',
    );
    const loaded = { draft, form: forms.get(nameOf(draft)) as LocalForm, files };
    return { ...loaded, leaving, way: wayOf(ctx, loaded) };
  });
}

const nameOf = ({ form, version }: FormRef): string => `${form} ${version}`;

/** The forms of some drafts as they are asked in their municipality, each read once. */
async function localForms(ctx: Context, tenant: number, drafts: readonly Draft[]): Promise<Map<string, LocalForm>> {
  const refs = new Map(drafts.map((draft) => [nameOf(draft), draft]));
  const forms = [...refs].map(async ([name, ref]) => [name, await localForm(ctx, tenant, await definitionOf(ctx, ref))] as const);
  return new Map(await Promise.all(forms));
}

/** What a clerk has filled in is open to them for some days, and then to its applicant alone. */
const isWithinDays = ({ platform }: Context, { clerk }: Opener, { begunAt }: Draft): boolean =>
  clerk === null || platform.clock.now().getTime() - begunAt.getTime() < counterLimits.days * 86_400_000;

/** The draft a key opens: the token of a link, or the key of one's own. Throws `notFound`, `unauthenticated`. */
export async function openDraft(ctx: Context, token: string): Promise<OpenDraft> {
  const key = readKey(ctx, token);
  const sql = ctx.platform.db.read(key.tenant);
  const draft = await readDraft(sql, key);
  ensure(draft && isWithinDays(ctx, key, draft), 'notFound', 'forms.linkUnknown');
  const [open] = await load(ctx, sql, [draft]);
  return open as OpenDraft;
}

/** Like {@link openDraft}, held until the transaction ends. */
export async function holdDraft(ctx: Context, tx: Tx, token: string): Promise<OpenDraft> {
  const key = readKey(ctx, token);
  const [open] = await holdDrafts(ctx, tx, [key]);
  ensure(open, 'notFound', 'forms.linkUnknown');
  return open;
}

/** Like {@link holdDraft}, for several keys of one tenant, in their order; null for one that opens nothing. */
export async function holdDrafts(ctx: Context, tx: Tx, keys: readonly Opener[]): Promise<(OpenDraft | null)[]> {
  const found = await lockDrafts(tx, keys[0]?.tenant ?? 0, keys);
  const drafts = found.map((draft, index) => (draft && isWithinDays(ctx, keys[index] as Opener, draft) ? draft : null));
  const opened = await load(
    ctx,
    tx,
    drafts.filter((draft) => draft !== null),
  );
  const byId = new Map(opened.map((open) => [open.draft.id, open]));
  return drafts.map((draft) => (draft && byId.get(draft.id)) ?? null);
}

const stepToken = ({ edition }: Pick<Draft, 'edition'>): string => `${edition}.${randomBytes(12).toString('base64url')}`;

/** Until when a draft is kept if nobody touches it. */
export const keptUntil = ({ changedAt }: Pick<Draft, 'changedAt'>): Date => daysAfter(changedAt, limits.draftDays);

/** One question with what was answered so far. */
export type Question = { readonly field: Field; readonly raw: RawAnswers; readonly files: readonly ShownFile[] };

/** Where somebody is to go instead: a page of the form, the summary (`pruefen`), or the status of what was sent. */
export type GoTo = { readonly goTo: string };

export type PageView = {
  readonly form: string;
  readonly title: { readonly de: string; readonly en: string };
  readonly office: Draft['office'];
  readonly keptUntil: Date;
  /** To be sent back with the answers. */
  readonly step: string;
  /** What its script has sent last of this page, by the token's chance and its turn; null: nothing. */
  readonly saved: string | null;
  readonly page: Pick<FormPage, 'key' | 'title' | 'hint' | 'repeat'>;
  readonly questions: readonly Question[];
  /** Which entry of a repeated page, and all there are by their first answer. */
  readonly item: number;
  readonly items: readonly string[];
  readonly position: Position;
  /** The page before; null: this is the first. */
  readonly back: string | null;
  /** It is in the account of whoever looks, and needs no link. */
  readonly isOwn: boolean;
  /** Whom a clerk fills it in for at the counter. */
  readonly served: string | null;
  /** Which answers a state identity has confirmed; null: none. */
  readonly confirmed: FormPage['title'] | null;
};

const summaryPage = 'pruefen';
const sent: GoTo = { goTo: 'status' };

/** A page of a draft, or where to go when it cannot be shown: answered before its turn, not asked any more, sent already. */
export async function lookAtPage(ctx: Context, token: string, at: { page: string; item: number }): Promise<PageView | GoTo> {
  const open = await openDraft(ctx, token);
  const { draft, form, way } = open;
  if (draft.state === 'sent') return sent;
  const reached = reach(way, at.page);
  if (!reached) return { goTo: way.next ?? summaryPage };
  if (await stopsBefore(ctx, open, at.page)) return { goTo: 'ausweisen' };
  const { asked, index } = reached;
  const item = asked.page.repeat
    ? Math.min(at.item, itemsOf(draft.answers, asked.page.key).length, asked.page.repeat.max - 1)
    : 0;
  const { key, title, hint, repeat } = asked.page;
  const last = draft.steps[key];
  const files = await shownFiles(ctx, draft.tenant, [...open.files, ...open.leaving]);
  return {
    form: draft.form,
    title: form.definition.title,
    office: draft.office,
    keptUntil: keptUntil(draft),
    step: stepToken(draft),
    saved: last?.turn ? `${last.id}.${last.turn}` : null,
    page: { key, title, ...(hint && { hint }), ...(repeat && { repeat }) },
    questions: questionsOf(asked, { answers: draft.answers, files, item }),
    item,
    items: namesOf(draft.answers, asked.page),
    position: positionOf(form.definition, way, index),
    back: way.pages[index - 1]?.page.key ?? null,
    isOwn: token === accountKey(draft.tenant, draft.id),
    served: await servedIn(ctx, draft),
    confirmed: await confirmedOn(ctx, open, asked.page),
  };
}

function namesOf(answers: Answers, { key, fields, repeat }: FormPage): string[] {
  const first = fields[0]?.key ?? '';
  return repeat ? itemsOf(answers, key).map((entry) => String(entry[first] ?? '')) : [];
}

type Shown = { readonly answers: Answers; readonly files: readonly ShownFile[]; readonly item: number };

function questionsOf({ page, entries }: AskedPage, { answers, files, item }: Shown): Question[] {
  const raw = page.repeat ? (itemsOf(answers, page.key)[item] ?? {}) : answers.plain;
  // The same questions are asked of every entry; a new one has none of its own yet.
  const readings = entries[0]?.readings ?? [];
  return readings.map(({ field }) => ({ field, raw, files: files.filter((file) => file.field === field.key) }));
}

export type SaveInput = PageGo & {
  readonly page: string;
  /** The token the page was shown with. */
  readonly step: string;
  /** Grows with everything the page sends, where a script counts: what is overtaken on its way changes nothing. */
  readonly turn?: number;
  /** What the browser sent, by name. Names that are not asked on this page are left alone. */
  readonly sent: ReadonlyMap<string, readonly string[]>;
};

export type Saved = {
  /** Where it goes on, with the number of the entry where there are several. */
  readonly goTo: string;
  readonly item: number;
  /** What keeps one on this page. What was typed is saved all the same. */
  readonly problems: readonly Problem[];
};

/**
 * Saves a page, once, whatever was typed: what is wrong is said and kept. Throws `conflict` (`forms.changedElsewhere`) when the page
 * was changed in another window since it was shown, `invalid` without a token, `notFound` for a page this form does not have.
 */
export async function savePage(ctx: Context, token: string, input: SaveInput): Promise<Saved> {
  return ctx.platform.db.write(tenantFor(token), async (tx) => {
    const open = await holdDraft(ctx, tx, token);
    if (open.draft.state === 'sent') return { ...sent, item: 0, problems: [] };
    const page = open.form.definition.pages.find(({ key }) => key === input.page);
    const step = readStepToken(input.step);
    ensure(page, 'notFound', 'forms.pageGone');
    ensure(step, 'invalid', 'forms.stepMissing');
    const raw = Object.fromEntries(page.fields.flatMap((field) => takeRaw(field, input.sent)));
    const last = open.draft.steps[page.key];
    const { turn = 0 } = input;
    const isNew = input.go !== 'leave' || last?.id === step.id || !isStored(open.draft.answers, page, raw, input.item);
    if (!isNew) return decide(ctx, open, page, input);
    const digest = sha256(JSON.stringify([input.go, input.item, raw])).toString('base64url');
    const verdict = judgeStep(last, step, { sent: digest, turn });
    ensure(verdict !== 'conflict', 'conflict', 'forms.changedElsewhere');
    if (verdict === 'repeat') return decide(ctx, open, page, input);
    const edition = open.draft.edition + 1;
    const answers = answered(open.draft.answers, page, raw, input);
    const steps = { ...open.draft.steps, [page.key]: { id: step.id, sent: digest, edition, ...(turn > 0 && { turn }) } };
    const draft: Draft = { ...open.draft, answers, steps, edition, locale: ctx.locale };
    await updateDraft(tx, { ...draft, at: ctx.platform.clock.now() });
    return decide(ctx, { ...open, draft }, page, input);
  });
}

/**
 * Keeps what is typed on a page so far, as somebody who leaves it half filled in finds it again. Throws as {@link savePage}, and `conflict`
 * for what was sent already: it would not be kept.
 */
export async function keepPage(
  ctx: Context,
  token: string,
  input: Omit<SaveInput, keyof PageGo> & Pick<PageGo, 'item'>,
): Promise<void> {
  const { goTo } = await savePage(ctx, token, { ...input, go: 'leave' });
  ensure(goTo !== sent.goTo, 'conflict', 'forms.sentAlready');
}

/** Where it goes on from a page as the draft stands now. */
function decide(ctx: Context, loaded: Loaded, page: FormPage, input: SaveInput): Saved {
  const { goTo, item, problems } = onward(wayOf(ctx, loaded), page, itemsOf(loaded.draft.answers, page.key).length, input);
  if (problems.length > 0) ctx.platform.tally.count(loaded.draft.tenant, 'corrected', loaded.form.definition.service);
  return { goTo: goTo ?? summaryPage, item, problems };
}
