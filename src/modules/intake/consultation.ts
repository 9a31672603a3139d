import { peopleBehind } from '#modules/accounts';
import { noteStatement } from '#modules/forms';
import {
  checkBody,
  copyFiles,
  giveUpFiles,
  type HeldFile,
  type NewFile,
  removeBlobs,
  type ScannedFile,
  storeFiles,
  withScans,
} from '#modules/mailbox';
import { notify } from '#modules/notifications';
import { assertReadable, forgetScan, requestScan } from '#modules/scanning';
import { profile } from '#modules/tenants';
import { audit } from '#platform/audit';
import { type Context, systemContext } from '#platform/context';
import type { Tx } from '#platform/db';
import { ensure } from '#platform/errors';
import { emit, on } from '#platform/events';
import { consultationAnswered, statementAsked, statementReminded, statementWithdrawn } from './events.ts';
import { authorize, today } from './gate.ts';
import { consultationEdges, statementEdges, statementLimits } from './rules-statement.ts';
import { readItem } from './store/item.ts';
import {
  type Consultation,
  countOpen,
  insertConsultation,
  moveConsultation,
  moveStatement,
  readConsultations,
  readStatements,
} from './store/statement.ts';
import {
  deleteStatementFiles,
  type FileHolder,
  insertStatementFiles,
  readStatementBlobs,
  readStatementFiles,
  type StatementFile,
} from './store/statement-file.ts';
import { tell } from './tray.ts';

/** What an office does that was asked for its statement; and how question and answer get from one authority to the other. */

export type ConsultationLine = Consultation & { readonly isOverdue: boolean };
export type ConsultationView = ConsultationLine & {
  readonly files: readonly (ScannedFile & StatementFile)[];
  readonly written: readonly (ScannedFile & StatementFile)[];
};

const lineOf = (ctx: Context, row: Consultation): ConsultationLine => ({
  ...row,
  isOverdue: row.state === 'open' && row.dueOn < today(ctx),
});

/** What the actor's offices were asked, open ones first. That somebody has looked is noted. */
export async function listConsultations(ctx: Context): Promise<ConsultationLine[]> {
  const { actor } = ctx;
  const { tenant } = actor;
  authorize(actor, 'list', { tenant });
  const offices = actor.kind === 'account' ? actor.principals : [];
  const rows = await readConsultations(ctx.platform.db.read(tenant), tenant, { offices });
  const details = { list: 'consultations', count: rows.length };
  await ctx.platform.db.write(tenant, (tx) => audit(tx, ctx, [{ action: 'intake.list', thing: 'intake:tray', details }]));
  return rows.map((row) => lineOf(ctx, row));
}

/** How many of them wait for an answer. */
export async function countConsultations(ctx: Context): Promise<number> {
  const { tenant, ...actor } = ctx.actor;
  authorize(ctx.actor, 'list', { tenant });
  return countOpen(ctx.platform.db.read(tenant), tenant, 'principals' in actor ? actor.principals : []);
}

async function find(ctx: Context, id: number): Promise<Consultation> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'list', { tenant });
  const isNumber = Number.isSafeInteger(id) && id > 0;
  const [found] = isNumber ? await readConsultations(ctx.platform.db.read(tenant), tenant, { id }) : [];
  ensure(found, 'notFound', 'platform.notFound');
  authorize(ctx.actor, 'read', { tenant, works: found.office });
  return found;
}

const filesOf = async (ctx: Context, holder: FileHolder, id: number) => {
  const { tenant } = ctx.actor;
  return withScans(ctx, await readStatementFiles(ctx.platform.db.read(tenant), tenant, { holder, ids: [id] }));
};

/** One question with what was shown along. Whoever reads it is noted. Throws `notFound`, also for another office's. */
export async function getConsultation(ctx: Context, id: number): Promise<ConsultationView> {
  const found = await find(ctx, id);
  const [files, written] = await Promise.all([filesOf(ctx, 'received', id), filesOf(ctx, 'written', id)]);
  const entry = { action: 'intake.readConsultation', thing: `consultation:${id}` };
  await ctx.platform.db.write(found.tenant, (tx) => audit(tx, ctx, [entry]));
  return { ...lineOf(ctx, found), files, written };
}

/** A document that was shown along or that one's own office has written, found clean. Throws `notFound`, and as the scanner. */
export async function fileOfConsultation(ctx: Context, { id, file }: { id: number; file: number }): Promise<HeldFile> {
  const { files, written } = await getConsultation(ctx, id);
  const found = [...files, ...written].find((one) => one.id === file);
  ensure(found, 'notFound', 'platform.notFound');
  await assertReadable(ctx, found.blob);
  const entry = { action: 'intake.download', thing: `consultation:${id}`, details: { file } };
  await ctx.platform.db.write(ctx.actor.tenant, (tx) => audit(tx, ctx, [entry]));
  return found;
}

async function keepFiles(
  tx: Tx,
  ctx: Context,
  { holder, id, files }: { readonly holder: FileHolder; readonly id: number; readonly files: readonly HeldFile[] },
): Promise<void> {
  const { tenant } = ctx.actor;
  await insertStatementFiles(tx, tenant, { holder, id, files });
  for (const { blob, size, sha256, position } of files)
    await requestScan(tx, ctx, { blob, size, sha256, reference: `intake-${holder}:${id}:${position}` });
}

export type ConsultationAnswer = { readonly text: string; readonly files: AsyncIterable<NewFile> };

/**
 * Gives the statement, once: text and documents, which the scanner looks at on either side. Throws `conflict` when it was given or
 * withdrawn meanwhile, `invalid`, `tooLarge`; nothing is stored then.
 */
export async function answerConsultation(ctx: Context, id: number, { text, files }: ConsultationAnswer): Promise<void> {
  const found = await find(ctx, id);
  const { from, to } = consultationEdges.answer;
  ensure(found.state === 'open', 'conflict', 'intake.statementDone');
  const clean = checkBody(text, 'text', statementLimits.answer);
  const { tenant } = ctx.actor;
  const stored = await storeFiles(ctx, tenant, files);
  try {
    await ctx.platform.db.write(tenant, async (tx) => {
      const by = ctx.actor.kind === 'account' ? ctx.actor.name : '';
      const answer = { text: clean, at: ctx.platform.clock.now(), by };
      ensure(await moveConsultation(tx, tenant, { id, from, to, answer }), 'conflict', 'intake.statementDone');
      await keepFiles(tx, ctx, { holder: 'written', id, files: stored });
      await audit(tx, ctx, [
        { action: 'intake.answerConsultation', thing: `consultation:${id}`, details: { to: found.source, files: stored.length } },
      ]);
      await emit(tx, ctx, consultationAnswered, { tenant, consultation: id, to: found.source, statement: found.statement });
    });
  } catch (error) {
    await giveUpFiles(ctx, tenant, { files: stored, error });
  }
}

type Ringing = {
  readonly code: string;
  readonly consultation: Pick<Consultation, 'id' | 'office' | 'title' | 'fromName' | 'dueOn'>;
};

/** Rings at the office that was asked; the sentence names no applicant. */
export async function ring(tx: Tx, ctx: Context, { code, consultation }: Ringing): Promise<void> {
  const { id, office, title, fromName, dueOn } = consultation;
  await notify(tx, ctx, {
    accounts: await peopleBehind(ctx, office),
    code,
    params: { title: title[ctx.locale], from: fromName, day: dueOn },
    link: `/stellungnahmen/${id}`,
    about: `consultation:${id}`,
  });
}

type Asked = { readonly tenant: number; readonly statement: number; readonly to: number };

/** Brings a question to the authority that is asked, with a copy of what it is to see. Twice is once; withdrawn meanwhile is never. */
export async function bringStatement(
  { platform }: Pick<Context, 'platform'>,
  { tenant: source, statement: number, to }: Asked,
): Promise<void> {
  const sql = platform.db.read(source);
  const [asked] = await readStatements(sql, source, { id: number });
  const item = asked && (await readItem(sql, source, asked.submission));
  if (!asked || !item || asked.state !== 'asked') return;
  const ctx = systemContext(platform, to, 'intake.bringQuestion');
  const of = { source, statement: number };
  if ((await readConsultations(platform.db.read(to), to, { of })).length > 0) return;
  const shown = await readStatementFiles(sql, source, { holder: 'shown', ids: [number] });
  const files = await copyFiles(ctx, shown, { from: source, to });
  const row = {
    tenant: to,
    ...of,
    office: asked.askedOffice,
    fromPerson: asked.askedBy,
    reference: item.reference,
    title: item.title,
    fromName: (await profile(platform, source))?.branding.name ?? '',
    question: asked.question,
    shown: asked.shown,
    dueOn: asked.dueOn,
    receivedAt: platform.clock.now(),
  };
  const isNew = await platform.db.write(to, async (tx) => {
    const id = await insertConsultation(tx, row);
    if (id === null) return false;
    await keepFiles(tx, ctx, { holder: 'received', id, files });
    const details = { from: source, statement: number, files: files.length };
    await audit(tx, ctx, [{ action: 'intake.receiveConsultation', thing: `consultation:${id}`, details }]);
    await ring(tx, ctx, { code: 'intake.consulted', consultation: { ...row, id } });
    return true;
  });
  const blobs = files.map(({ blob }) => blob);
  if (!isNew) await removeBlobs(ctx, to, blobs);
}

const bringQuestion = on(statementAsked, 'intake.bringQuestion', bringStatement);

const bringReminder = on(statementReminded, 'intake.bringReminder', async ({ platform }, { tenant, statement, to }) => {
  const ctx = systemContext(platform, to, 'intake.bringReminder');
  await platform.db.write(to, async (tx) => {
    const [found] = await readConsultations(tx, to, { of: { source: tenant, statement } });
    if (found?.state !== 'open') return;
    await ring(tx, ctx, { code: 'intake.consultationReminded', consultation: found });
    await audit(tx, ctx, [
      { action: 'intake.remindedConsultation', thing: `consultation:${found.id}`, details: { from: tenant } },
    ]);
  });
});

/** It is over for the office that was asked, and what it was shown is taken away. An answer that was given stays given. */
const bringWithdrawal = on(
  statementWithdrawn,
  'intake.bringWithdrawal',
  async ({ platform }, { tenant, statement, to, isOver }) => {
    const ctx = systemContext(platform, to, 'intake.bringWithdrawal');
    const { from, to: state } = consultationEdges.withdraw;
    const blobs = await platform.db.write(to, async (tx) => {
      const [found] = await readConsultations(tx, to, { of: { source: tenant, statement } });
      if (!found || !(await moveConsultation(tx, to, { id: found.id, from, to: state }))) return [];
      const gone = await deleteStatementFiles(tx, to, 'received', found.id);
      await forgetScan(tx, ctx, gone);
      await ring(tx, ctx, { code: isOver ? 'intake.consultationOver' : 'intake.consultationWithdrawn', consultation: found });
      await audit(tx, ctx, [
        { action: 'intake.withdrawnConsultation', thing: `consultation:${found.id}`, details: { from: tenant } },
      ]);
      return gone;
    });
    // After the commit: should we die here, the bytes are orphans, and the weekly sweep removes them.
    await removeBlobs(ctx, to, blobs);
  },
);

/** Brings an answer to the office that asked, with its documents. Twice is once. */
const bringAnswer = on(
  consultationAnswered,
  'intake.bringAnswer',
  async ({ platform }, { tenant: asked, consultation, to, statement }) => {
    const sql = platform.db.read(asked);
    const [given] = await readConsultations(sql, asked, { id: consultation });
    const [known] = await readStatements(platform.db.read(to), to, { id: statement });
    // The row that asks names whom it has asked: nobody else's answer belongs to it.
    if (given?.state !== 'answered' || !known || known.state === 'answered' || known.askedTenant !== asked) return;
    const ctx = systemContext(platform, to, 'intake.bringAnswer');
    const written = await readStatementFiles(sql, asked, { holder: 'written', ids: [consultation] });
    const files = await copyFiles(ctx, written, { from: asked, to });
    const answer = { text: given.answer, at: given.answeredAt ?? platform.clock.now(), by: given.answeredBy };
    const { from, to: state } = statementEdges.receive;
    const isNew = await platform.db.write(to, async (tx) => {
      if (!(await moveStatement(tx, to, { id: statement, from, to: state, answer }))) return false;
      await noteStatement(tx, ctx, { submission: known.submission, step: 'consulted', office: known.officeName });
      await keepFiles(tx, ctx, { holder: 'answer', id: statement, files });
      const details = { statement, from: asked, files: files.length };
      await audit(tx, ctx, [{ action: 'intake.receiveStatement', thing: `submission:${known.submission}`, details }]);
      const item = await readItem(tx, to, known.submission);
      if (item) await tell(tx, ctx, item, 'intake.statementCame');
      return true;
    });
    const blobs = files.map(({ blob }) => blob);
    if (!isNew) await removeBlobs(ctx, to, blobs);
  },
);

export const bringing = [bringQuestion, bringReminder, bringWithdrawal, bringAnswer];

/** Which of some blobs belong to statements, for the sweeps. */
export async function heldAmong(ctx: Context, blobs: readonly string[]): Promise<ReadonlySet<string>> {
  const { tenant } = ctx.actor;
  return new Set(await readStatementBlobs(ctx.platform.db.read(tenant), tenant, blobs));
}
