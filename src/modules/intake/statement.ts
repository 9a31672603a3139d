import { noteStatement, readableAttachment, whyNot } from '#modules/forms';
import { checkBody, type HeldFile, type ScannedFile, withScans } from '#modules/mailbox';
import { assertReadable } from '#modules/scanning';
import { audit } from '#platform/audit';
import { checkAll } from '#platform/checks';
import type { Context } from '#platform/context';
import type { Tx } from '#platform/db';
import { ensure } from '#platform/errors';
import { emit } from '#platform/events';
import { officesToAsk } from './consulted.ts';
import { answerDay, find, getItem, type ItemView } from './desk.ts';
import { statementAsked, statementReminded, statementWithdrawn } from './events.ts';
import { authorize, standsInFor, today } from './gate.ts';
import { openStates } from './rules.ts';
import { chosenSections, type ShownSection, sectionKey, statementEdges, statementLimits } from './rules-statement.ts';
import type { ConsultedOffice } from './store/consulted.ts';
import { insertStatement, moveStatement, readStatements, type Statement } from './store/statement.ts';
import { insertStatementFiles, readStatementFiles, type StatementFile } from './store/statement-file.ts';

/** What the office that decides asks of others. */

export type StatementView = Statement & {
  readonly isOverdue: boolean;
  /** What was shown along. */
  readonly files: readonly StatementFile[];
  /** What came with the answer. */
  readonly answerFiles: readonly (ScannedFile & StatementFile)[];
};

export type StatementsView = {
  readonly item: ItemView['item'];
  readonly statements: readonly StatementView[];
  /** Whether the reader can ask, remind and withdraw now. */
  readonly mayAsk: boolean;
  /** Whom one can ask, and what can be shown along. */
  readonly offices: readonly ConsultedOffice[];
  readonly sections: readonly (ShownSection & { readonly key: string })[];
  readonly attachments: readonly { readonly id: number; readonly name: string }[];
};

async function mayHandle(ctx: Context, { item }: ItemView): Promise<boolean> {
  const { actor } = ctx;
  if (actor.kind !== 'account' || item.handler === null) return false;
  return item.handler === actor.account || (await standsInFor(ctx)).includes(item.handler);
}

async function viewsOf(ctx: Context, submission: number): Promise<StatementView[]> {
  const { tenant } = ctx.actor;
  const sql = ctx.platform.db.read(tenant);
  const statements = await readStatements(sql, tenant, { submission });
  const ids = statements.map(({ id }) => id);
  const [shown, answers] = await Promise.all([
    readStatementFiles(sql, tenant, { holder: 'shown', ids }),
    readStatementFiles(sql, tenant, { holder: 'answer', ids }).then((files) => withScans(ctx, files)),
  ]);
  const day = today(ctx);
  return statements.map((statement) => ({
    ...statement,
    isOverdue: statement.state === 'asked' && statement.dueOn < day,
    files: shown.filter(({ of }) => of === statement.id),
    answerFiles: answers.filter(({ of }) => of === statement.id),
  }));
}

/** The statements on one submission, and what is needed to ask for another. Throws `notFound`, also for another office's. */
export async function listStatements(ctx: Context, submission: number): Promise<StatementsView> {
  const view = await getItem(ctx, submission);
  const [statements, mayAct] = await Promise.all([viewsOf(ctx, submission), mayHandle(ctx, view)]);
  const mayAsk = mayAct && openStates.includes(view.item.state);
  const sections = view.submission.summary[view.item.locale].filter(({ rows }) => rows.length > 0);
  return {
    item: view.item,
    statements,
    mayAsk,
    offices: mayAsk ? await officesToAsk(ctx) : [],
    sections: sections.map((section) => ({ key: sectionKey(section), title: section.title, rows: section.rows })),
    attachments: view.files.filter(({ state }) => state === 'clean').map(({ id, name }) => ({ id, name })),
  };
}

/** The offices whose statement on it is still to come. Throws `notFound`, also for another office's submission. */
export async function awaitedOffices(ctx: Context, submission: number): Promise<string[]> {
  const { tenant } = await find(ctx, submission);
  const statements = await readStatements(ctx.platform.db.read(tenant), tenant, { submission });
  return statements.filter(({ state }) => state === 'asked').map(({ officeName }) => officeName);
}

export type StatementInput = {
  /** `tenant:office`, as the list of offices has it. */
  readonly office: string;
  readonly question: string;
  readonly dueOn: string;
  /** Keys of the sections, and numbers of the attachments, that the other office may see. Nothing else reaches it. */
  readonly sections: readonly string[];
  readonly attachments: readonly number[];
};

/** The item, for whoever works on it. Throws `notFound`, `forbidden` (`intake.takeFirst`). */
async function handled(ctx: Context, submission: number): Promise<ItemView> {
  const view = await getItem(ctx, submission);
  ensure(await mayHandle(ctx, view), 'forbidden', 'intake.takeFirst');
  return view;
}

async function officeOf(ctx: Context, chosen: string): Promise<ConsultedOffice> {
  const office = (await officesToAsk(ctx)).find(({ source, office: id }) => `${source}:${id}` === chosen);
  ensure(office, 'invalid', 'intake.officeMissing', { field: 'office' });
  return office;
}

/**
 * Asks an office for its statement until a day, and shows it what was chosen. The other authority gets a copy of exactly that, by the
 * house, once. Throws `invalid` for all that is wrong at once, `conflict` when it is decided or exactly that is asked already, and as the scanner
 * for an attachment that is not clean.
 */
export async function askForStatement(ctx: Context, submission: number, input: StatementInput): Promise<number> {
  const { item, submission: sent } = await handled(ctx, submission);
  ensure(openStates.includes(item.state), 'conflict', whyNot(item.state));
  const { office, question, dueOn } = await checkAll({
    office: () => officeOf(ctx, input.office),
    question: () => checkBody(input.question, 'question', statementLimits.question),
    dueOn: () => answerDay(ctx, input.dueOn),
  });
  const files: HeldFile[] = [];
  for (const attachment of new Set(input.attachments)) {
    const { blob, name, type, size, sha256 } = await readableAttachment(ctx, { submission, attachment });
    files.push({ position: files.length, blob, name, type, size, sha256 });
  }
  const { tenant } = ctx.actor;
  const askedBy = ctx.actor.kind === 'account' ? ctx.actor.name : '';
  return ctx.platform.db.write(tenant, async (tx) => {
    await noteStatement(tx, ctx, { submission, step: 'consult', office: office.name });
    const before = await readStatements(tx, tenant, { submission });
    const isTwice = before.some(
      (one) =>
        one.state === 'asked' &&
        one.askedTenant === office.source &&
        one.askedOffice === office.office &&
        one.question === question,
    );
    ensure(!isTwice, 'conflict', 'intake.statementAsked');
    ensure(before.length < statementLimits.statements, 'invalid', 'intake.tooManyStatements', {
      field: 'office',
      limit: statementLimits.statements,
    });
    const id = await insertStatement(tx, {
      tenant,
      submission,
      askedTenant: office.source,
      askedOffice: office.office,
      officeName: office.name,
      question,
      shown: chosenSections(sent.summary[item.locale], input.sections),
      dueOn,
      askedAt: ctx.platform.clock.now(),
      askedBy,
    });
    await insertStatementFiles(tx, tenant, { holder: 'shown', id, files });
    const details = {
      statement: id,
      to: office.source,
      office: office.office,
      dueOn,
      sections: input.sections.length,
      files: files.length,
    };
    await audit(tx, ctx, [{ action: 'intake.askForStatement', thing: `submission:${submission}`, details }]);
    await emit(tx, ctx, statementAsked, { tenant, statement: id, to: office.source });
    return id;
  });
}

type Step = { readonly submission: number; readonly statement: number };

/** One step of the side that asks. Throws `notFound`, `forbidden`, `conflict` when it was answered or withdrawn. */
async function move(
  ctx: Context,
  { submission, statement }: Step,
  { step, more }: { step: 'remind' | 'withdraw'; more: (tx: Tx, asked: Statement) => Promise<void> },
): Promise<void> {
  await handled(ctx, submission);
  const { tenant } = ctx.actor;
  await ctx.platform.db.write(tenant, async (tx) => {
    const isNumber = Number.isSafeInteger(statement) && statement > 0;
    const [asked] = isNumber ? await readStatements(tx, tenant, { submission, id: statement }) : [];
    ensure(asked, 'notFound', 'platform.notFound');
    const { from, to } = statementEdges[step];
    const remindedAt = step === 'remind' ? { remindedAt: ctx.platform.clock.now() } : {};
    ensure(await moveStatement(tx, tenant, { id: statement, from, to, ...remindedAt }), 'conflict', 'intake.statementDone');
    await audit(tx, ctx, [{ action: `intake.${step}Statement`, thing: `submission:${submission}`, details: { statement } }]);
    await more(tx, asked);
  });
}

/** Reminds the office that was asked; its bell rings. */
export async function remindOfStatement(ctx: Context, step: Step): Promise<void> {
  await move(ctx, step, {
    step: 'remind',
    more: (tx, { tenant, id, askedTenant }) => emit(tx, ctx, statementReminded, { tenant, statement: id, to: askedTenant }),
  });
}

/** It is needed no more: what was shown along is taken away from the other office again. */
export async function withdrawStatement(ctx: Context, step: Step): Promise<void> {
  await move(ctx, step, {
    step: 'withdraw',
    more: (tx, { tenant, id, askedTenant }) => emit(tx, ctx, statementWithdrawn, { tenant, statement: id, to: askedTenant }),
  });
}

/** A file of an answer, found clean. Throws `notFound`, and as the scanner. */
export async function fileOfStatement(
  ctx: Context,
  { submission, file }: { submission: number; file: number },
): Promise<HeldFile> {
  authorize(ctx.actor, 'list', { tenant: ctx.actor.tenant });
  await getItem(ctx, submission);
  const found = (await viewsOf(ctx, submission)).flatMap(({ answerFiles }) => answerFiles).find(({ id }) => id === file);
  ensure(found, 'notFound', 'platform.notFound');
  await assertReadable(ctx, found.blob);
  const entry = {
    action: 'intake.download',
    thing: `submission:${submission}`,
    details: { what: `statement:${found.of}`, file },
  };
  await ctx.platform.db.write(ctx.actor.tenant, (tx) => audit(tx, ctx, [entry]));
  return found;
}
