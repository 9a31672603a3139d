import { Gauge } from 'prom-client';
import type { Platform } from './context.ts';
import { type BackupNote, readBackupNote } from './continuous.ts';
import type { HealthCheck } from './http.ts';

/** What an operator sees of the continuous backup: two figures at `/metrics`, one word at `/readyz`. */

/** A backup that is further behind than this is late. Rounds take ten seconds and more, depending on what is stored. */
const lateMilliseconds = 15 * 60_000;

const isLate = (note: BackupNote | null) =>
  note?.until == null || Date.now() - Date.parse(note.until) > lateMilliseconds || note.problem !== null;

/** Adds the figures. Every process of a machine has the same: of several, the highest counts. */
export function watchBackup({ metrics, db }: Platform): void {
  const read = () => readBackupNote(db.instance).catch(() => null);
  new Gauge({
    name: 'rennsteig_backup_until_seconds',
    help: 'Up to when everything is in the continuous backup, as seconds since 1970; alarm when it falls behind',
    aggregator: 'max',
    registers: [metrics.registry],
    async collect() {
      const { until } = (await read()) ?? { until: null };
      this.set(until === null ? 0 : Date.parse(until) / 1000);
    },
  });
  new Gauge({
    name: 'rennsteig_backup_failing',
    help: 'Whether the last round of the continuous backup failed; alarm when it stays 1',
    aggregator: 'max',
    registers: [metrics.registry],
    async collect() {
      this.set(Number(((await read())?.problem ?? null) !== null));
    },
  });
}

/** An instance serves without its backup, and says so. */
export const backupCheck: HealthCheck = {
  name: 'backup',
  check: async ({ db }) => (isLate(await readBackupNote(db.instance)) ? 'late' : undefined),
};
