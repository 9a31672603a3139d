import { requestScan } from '#modules/scanning';
import { audit } from '#platform/audit';
import type { StoredBlob } from '#platform/blobs';
import type { Context } from '#platform/context';
import { randomToken, sha256 } from '#platform/crypto';
import type { Tx } from '#platform/db';
import { ensure } from '#platform/errors';
import { emit } from '#platform/events';
import { enqueue } from '#platform/jobs';
import { seenLine } from '#platform/text';
import { formSubmitted } from './events.ts';
import { makeReceipt } from './receipt.ts';
import { isMail } from './rules-field.ts';
import { plainFileName } from './rules-file.ts';
import { limits, periodEnd } from './rules-status.ts';
import { closeDraft } from './store/arrived.ts';
import { insertAttachment, insertDraft } from './store/draft.ts';
import { insertHappening, insertSubmission, type Submission } from './store/submission.ts';

/** Applications that were made elsewhere: another authority has taken them, and they are ours to decide. */

export type ArrivedFile = { readonly name: string; readonly type: string; readonly stored: StoredBlob };

export type Arrived = Pick<
  Submission,
  'form' | 'version' | 'title' | 'data' | 'summary' | 'applicant' | 'mail' | 'locale' | 'works' | 'reference' | 'sentAt'
> & {
  /** Who has sent it on. */
  readonly from: string;
  readonly files: readonly ArrivedFile[];
};

/** Days it may take, where nothing else is set. */
const usualDays = 28;

/**
 * Makes an application of the actor's tenant of what came from elsewhere, in the caller's transaction: the office has it as if it had
 * been made here, its files are looked at for malware, and the house hears of it. Nobody holds a link to it: the applicant hears
 * from the office, by mail where one whole address came along. Throws `conflict` when the reference is taken. For the house itself.
 */
export async function arriveSubmission(tx: Tx, ctx: Context, arrived: Arrived): Promise<number> {
  ensure(ctx.actor.kind === 'system', 'forbidden', 'platform.forbidden');
  const { tenant } = ctx.actor;
  const { form, version, locale, reference, from, files, sentAt } = arrived;
  ensure(files.length <= limits.files, 'tooLarge', 'forms.enoughFiles', { field: 'files', limit: limits.files });
  const now = ctx.platform.clock.now();
  const office = { name: '', unit: '', phone: '', mail: '' };
  const draft = await insertDraft(tx, {
    tenant,
    hash: sha256(randomToken()),
    form,
    version,
    area: '',
    office,
    locale,
    answers: {} as never,
    account: null,
    clerk: null,
    begunAt: sentAt,
  });
  await closeDraft(tx, tenant, draft);
  const { data, summary, works } = arrived;
  const title = { de: seenLine(arrived.title.de), en: seenLine(arrived.title.en) };
  const applicant = seenLine(arrived.applicant);
  const mail = arrived.mail !== null && isMail(arrived.mail) ? arrived.mail : null;
  const id = await insertSubmission(tx, {
    tenant,
    draft,
    form,
    version,
    title,
    data,
    summary,
    office,
    works,
    applicant,
    mail,
    locale,
    reference,
    sentAt,
    state: 'received',
    fee: { kind: 'none' },
    receivedAt: now,
    expectedOn: periodEnd(now, usualDays),
  });
  ensure(id !== null, 'conflict', 'forms.sentAlready');
  for (const file of files) await keep(tx, ctx, draft, file);
  await insertHappening(tx, tenant, id, { at: now, step: 'send', who: from, text: '' });
  await audit(tx, ctx, [{ action: 'forms.arrive', thing: `submission:${id}`, details: { form, reference, from } }]);
  await emit(tx, ctx, formSubmitted, { tenant, submission: id, form, reference });
  await enqueue(tx, makeReceipt, { submission: id }, { key: `receipt ${tenant} ${id}` });
  return id;
}

async function keep(tx: Tx, ctx: Context, draft: number, { name, type, stored }: ArrivedFile): Promise<void> {
  const { id: blob, size, sha256: sum } = stored;
  const addedAt = ctx.platform.clock.now();
  const row = { draft, field: 'arrived', name: plainFileName(name), type, size, sha256: sum, blob, addedAt };
  const id = await insertAttachment(tx, ctx.actor.tenant, row);
  if (id !== null) await requestScan(tx, ctx, { blob, size, sha256: sum, reference: `form-attachment:${id}` });
}
