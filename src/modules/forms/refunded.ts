import { euros, refunded } from '#modules/payments';
import { audit } from '#platform/audit';
import { systemContext } from '#platform/context';
import { on } from '#platform/events';
import { tell } from './office.ts';
import { paidKind } from './send.ts';
import { insertHappeningOnce, lockSubmission } from './store/submission.ts';

/** The fee went back, or a part of it: its applicant gets a mail, and reads it in the history. Hearing it twice changes nothing. */
export const tellRefund = on(refunded, 'forms.tellRefund', async ({ platform }, { tenant, thing, refund, cents }) => {
  if (thing.kind !== paidKind) return;
  const ctx = systemContext(platform, tenant, 'forms.tellRefund');
  await platform.db.write(tenant, async (tx) => {
    const submission = await lockSubmission(tx, tenant, Number(thing.id));
    if (!submission) return;
    const sum = euros(cents);
    const happening = { at: platform.clock.now(), step: 'refund', who: 'house', text: `${sum} €`, cause: `refund:${refund}` };
    if (!(await insertHappeningOnce(tx, tenant, submission.id, happening))) return;
    await audit(tx, ctx, [{ action: 'forms.refund', thing: `submission:${submission.id}`, details: { refund } }]);
    await tell(ctx, tx, submission, 'refund', { sum });
  });
});
