import { audit } from '#platform/audit';
import type { Context } from '#platform/context';
import { ensure } from '#platform/errors';
import { personOf } from './catalogue.ts';
import { lookAtOwnForm, type OwnFormView } from './edit.ts';
import { authorize } from './gate.ts';
import { type LeftLine, readLeft, updateLeft } from './store/own-left.ts';

/** What a form could not take over from the schema it was begun with: looked at one by one, and ticked off. */

export type LeftView = { readonly view: OwnFormView; readonly left: readonly LeftLine[] };

/** Everything of the schema that somebody has to look at, in its order. Throws `notFound`. */
export async function lookAtLeft(ctx: Context, form: string): Promise<LeftView> {
  const view = await lookAtOwnForm(ctx, form);
  const { tenant } = ctx.actor;
  return { view, left: await readLeft(ctx.platform.db.read(tenant), tenant, form) };
}

/** Ticks a point off, or not any more. It may be done again. Throws `notFound`. */
export async function tickLeft(
  ctx: Context,
  form: string,
  { number, isDone }: { number: number; isDone: boolean },
): Promise<void> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'editForms', { tenant });
  const { name } = personOf(ctx.actor);
  const tick = isDone ? { number, doneName: name, doneAt: ctx.platform.clock.now() } : { number, doneName: '', doneAt: null };
  await ctx.platform.db.write(tenant, async (tx) => {
    ensure(await updateLeft(tx, tenant, form, tick), 'notFound', 'forms.editLeftGone');
    await audit(tx, ctx, [{ action: 'forms.tickLeft', thing: `form:${form}`, details: { number, isDone } }]);
  });
}
