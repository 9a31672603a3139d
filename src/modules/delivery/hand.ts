import { randomUUID } from 'node:crypto';
import { formSubmitted, getSubmission, submissionChanged } from '#modules/forms';
import { bringBack, layAside } from '#modules/intake';
import { systemContext } from '#platform/context';
import { on } from '#platform/events';
import { enqueue } from '#platform/jobs';
import { deliver } from './deliver.ts';
import { deliveryEdges } from './rules.ts';
import { takeStep } from './step.ts';
import { hasArrived } from './store/arrival.ts';
import { insertDelivery, insertStep, lockDelivery, readIdOf } from './store/delivery.ts';
import { readDestination } from './store/destination.ts';

/** How an application gets on its way, and what happens to it there when the applicant moves. */

/**
 * Where a destination is set for a form, what was submitted goes there. What came from elsewhere stays: two authorities that deliver to
 * each other would never end. Hearing it twice changes nothing.
 */
export const handOn = on(formSubmitted, 'delivery.handOn', async ({ platform }, { tenant, submission, form }) => {
  const ctx = systemContext(platform, tenant, 'delivery.handOn');
  const target = await readDestination(platform.db.read(tenant), tenant, form);
  if (!target?.isActive || (await hasArrived(platform.db.read(tenant), tenant, submission))) return;
  const { reference, title, works, state } = (await getSubmission(ctx, submission)).submission;
  if (state !== 'received') return;
  const [id, now] = [randomUUID(), platform.clock.now()];
  await platform.db.write(tenant, async (tx) => {
    const row = { tenant, id, submission, form, reference, title, works, receiver: target.title, createdAt: now };
    if (!(await insertDelivery(tx, row))) return;
    await insertStep(tx, tenant, id, { at: now, step: 'begin', who: 'house', reason: null });
    await layAside(tx, ctx, { submission, to: target.title });
    await enqueue(tx, deliver, { delivery: id }, { key: `deliver ${tenant} ${id}` });
  });
});

/**
 * The applicant has withdrawn, answered or added something: what has not left yet stays here; of what has, the office is told, for
 * the specialist system does not hear of it from us.
 */
export const keepUp = on(submissionChanged, 'delivery.keepUp', async ({ platform }, { tenant, submission, step }) => {
  if (step !== 'withdraw' && step !== 'supplement' && step !== 'answer' && step !== 'correct') return;
  const ctx = systemContext(platform, tenant, 'delivery.keepUp');
  const id = await readIdOf(platform.db.read(tenant), tenant, submission);
  if (id === null) return;
  await platform.db.write(tenant, async (tx) => {
    const held = await lockDelivery(tx, tenant, id);
    if (!held) return;
    const hasNotLeft = deliveryEdges.takeBack.from.includes(held.state);
    if (step === 'withdraw' && hasNotLeft)
      return takeStep(tx, ctx, held, { step: 'takeBack', who: 'house', reason: 'delivery.withdrawn' });
    if (held.state === 'submitted' || held.state === 'accepted')
      await bringBack(tx, ctx, { submission, code: 'delivery.movedSince', params: { receiver: held.receiver, detail: '' } });
  });
});
