import type { Tx } from '#platform/db';

/** More payments than any instance asks for between two looks at its backup. */
const gap = 100_000;

/** Moves the number of the next payment far ahead. */
export async function skipNumbers(tx: Tx): Promise<void> {
  await tx`select setval('payments.number', (select last_value from payments.number) + ${gap}::bigint)`;
}
