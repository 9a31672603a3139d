import type { Tx } from '#platform/db';

/** More changes of one space than were ever made between an instant and its restore; 2^53 has room for two million such gaps. */
const changes = 2 ** 32;
/** More files and versions than were. */
const ids = 2 ** 24;

/** Of every tenant. */
export async function leaveGap(tx: Tx): Promise<void> {
  await tx`select setval('files.node_id', nextval('files.node_id') + ${ids}), setval('files.version_id', nextval('files.version_id') + ${ids})`;
  await tx`update files.space set seq = seq + ${changes}, feed_floor = seq + ${changes}`;
}
