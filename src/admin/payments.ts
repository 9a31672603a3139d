import { euros, type Reconciled, reconcile } from '#modules/payments';
import { type Call, type Command, type Outcome, table } from './command.ts';

const meanings: Readonly<Record<Reconciled['verdict'], string>> = {
  paid: 'paid, booked now',
  over: 'over, not paid',
  open: 'can still be paid',
  unknown: 'the service does not say',
};

async function ask({ platform }: Call): Promise<Outcome> {
  const all = await reconcile(platform);
  const count = (verdict: Reconciled['verdict']) => all.filter((each) => each.verdict === verdict).length;
  const rows = all
    .filter(({ verdict }) => verdict !== 'over')
    .map(({ tenant, reference, cents, startedAt, verdict }) => [
      ...[String(tenant), reference, `${euros(cents)} EUR`, startedAt.toISOString(), meanings[verdict]],
    ]);
  const summary = `Asked about ${all.length} attempts: ${count('paid')} were paid and are booked now, ${count('over')} are over, ${count('open')} can still be paid, about ${count('unknown')} the service did not say.`;
  const text = rows.length > 0 ? `${table([['tenant', 'reference', 'amount', 'begun', 'now'], ...rows])}\n${summary}` : summary;
  return { text, json: { ok: count('unknown') === 0, attempts: all }, isBad: count('unknown') > 0 };
}

/** Commands about payments. */
export const paymentCommands: readonly Command[] = [
  {
    name: 'payments ask',
    takes: [],
    meaning:
      'asks the payment services about everything they may know more of than we (after a restore), and books what was paid; exit code 1 when one does not say',
    run: ask,
  },
];
