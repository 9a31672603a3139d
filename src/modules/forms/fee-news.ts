import { euros, feeSet, paymentPage, refunded } from '#modules/payments';
import { audit } from '#platform/audit';
import { systemContext } from '#platform/context';
import { emit, on } from '#platform/events';
import { submissionChanged } from './events.ts';
import { tell } from './office.ts';
import { paidKind } from './send.ts';
import { countSteps, insertHappening, insertHappeningOnce, lockSubmission } from './store/submission.ts';

/** What the treasury does with a fee reaches whoever owes it: by mail, and in the history of their application. */

/** The treasury said what it costs; the office that says it tells it itself (`setSubmissionFee`). Hearing it twice changes nothing. */
export const tellFee = on(feeSet, 'forms.tellFee', async ({ platform }, { tenant, thing, payment, cents }) => {
  if (thing.kind !== paidKind) return;
  const ctx = systemContext(platform, tenant, 'forms.tellFee');
  await platform.db.write(tenant, async (tx) => {
    const submission = await lockSubmission(tx, tenant, Number(thing.id));
    if (!submission || (await countSteps(tx, tenant, submission.id, 'setFee')) > 0) return;
    const { id } = submission;
    const text = `${euros(cents)} €`;
    await insertHappening(tx, tenant, id, { at: platform.clock.now(), step: 'setFee', who: 'house', text });
    await audit(tx, ctx, [{ action: 'forms.setFee', thing: `submission:${id}` }]);
    await emit(tx, ctx, submissionChanged, { tenant, submission: id, step: 'setFee' });
    const link = `${platform.config.url}${await paymentPage(ctx, tx, { tenant, payment })}`;
    await tell(ctx, tx, submission, 'fee', { link, sum: euros(cents, submission.locale) });
  });
});

/** The fee went back, or a part of it. Hearing it twice changes nothing. */
export const tellRefund = on(refunded, 'forms.tellRefund', async ({ platform }, { tenant, thing, refund, cents }) => {
  if (thing.kind !== paidKind) return;
  const ctx = systemContext(platform, tenant, 'forms.tellRefund');
  await platform.db.write(tenant, async (tx) => {
    const submission = await lockSubmission(tx, tenant, Number(thing.id));
    if (!submission) return;
    const text = `${euros(cents)} €`;
    const happening = { at: platform.clock.now(), step: 'refund', who: 'house', text, cause: `refund:${refund}` };
    if (!(await insertHappeningOnce(tx, tenant, submission.id, happening))) return;
    await audit(tx, ctx, [{ action: 'forms.refund', thing: `submission:${submission.id}`, details: { refund } }]);
    await tell(ctx, tx, submission, 'refund', { sum: euros(cents, submission.locale) });
  });
});
