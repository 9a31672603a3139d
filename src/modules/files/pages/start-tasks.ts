import type { AccountActor } from '#platform/context';
import type { PageHouse } from '#web/context';

/** What can wait for somebody, in the order of the start page. */
export type Task = 'overdue' | 'mine' | 'unassigned' | 'statements' | 'payments' | 'texts' | 'forms';

/** How much of each; what nobody waits for is left out. */
export type Tasks = readonly (readonly [task: Task, count: number])[];

/** Whoever has so many to settle need not know how many more there are. */
const mostPayments = 100;

/** What waits for this person in all rooms they work in, so that nobody has to look into each of them in the morning. */
export async function tasksOf({ ctx, rooms }: PageHouse, { roles }: AccountActor): Promise<Tasks> {
  const { finder, forms, intake, payments } = rooms;
  const has = (role: AccountActor['roles'][number]) => roles.includes(role);
  const [tray, statements, treasury, desk, own] = await Promise.all([
    intake.countTray(ctx),
    intake.countConsultations(ctx),
    has('treasurer') ? payments.listPayments(ctx, { list: 'needsCare', limit: mostPayments }) : null,
    has('editor') ? finder.openDesk(ctx) : null,
    has('editor') ? forms.listOwnForms(ctx) : [],
  ]);
  const all: Tasks = [
    ['overdue', tray.overdue],
    ['mine', tray.mine],
    ['unassigned', tray.unassigned],
    ['statements', statements],
    ['payments', treasury?.items.length ?? 0],
    ['texts', desk?.waitingForMe ?? 0],
    ['forms', own.filter(({ waitsForMe }) => waitsForMe).length],
  ];
  return all.filter(([, count]) => count > 0);
}
