import type { Sql, Tx } from '#platform/db';
import type { Obstacle, Scan, ScannerVersion, Verdict } from './rules.ts';

type NewScan = Pick<Scan, 'blob' | 'size' | 'sha256' | 'reference' | 'requestedAt'>;

/** True when the blob was not known here. */
export async function insertScan(tx: Tx, tenant: number, scan: NewScan): Promise<boolean> {
  const { blob, size, sha256, reference, requestedAt } = scan;
  const rows = await tx`
    insert into scanning.scan (tenant, blob, size, sha256, reference, requested_at)
    values (${tenant}, ${blob}, ${size}, ${sha256}, ${reference}, ${requestedAt})
    on conflict (tenant, blob) do nothing returning blob`;
  return rows.length > 0;
}

export async function readScans(sql: Sql, tenant: number, blobs: readonly string[]): Promise<Scan[]> {
  const rows = await sql<Scan>`
    select blob, size, sha256, reference, state, obstacle, malware, engine, signatures, signatures_at as "signaturesAt",
      requested_at as "requestedAt", scanned_at as "scannedAt"
    from scanning.scan where tenant = ${tenant} and blob = any (${blobs as string[]}::text[])`;
  return [...rows];
}

/** The scan, locked until the transaction ends. */
export async function lockScan(tx: Tx, tenant: number, blob: string): Promise<Pick<Scan, 'state' | 'obstacle'> | null> {
  const [row] = await tx<Pick<Scan, 'state' | 'obstacle'>[]>`
    select state, obstacle from scanning.scan where tenant = ${tenant} and blob = ${blob} for update`;
  return row ?? null;
}

export type Outcome = { readonly verdict: Verdict; readonly version: ScannerVersion; readonly at: Date };

export async function updateScan(tx: Tx, tenant: number, blob: string, { verdict, version, at }: Outcome): Promise<void> {
  const obstacle = verdict.state === 'notScannable' ? verdict.obstacle : null;
  const malware = verdict.state === 'infected' ? verdict.malware : null;
  await tx`
    update scanning.scan set state = ${verdict.state}, obstacle = ${obstacle}, malware = ${malware}, scanned_at = ${at},
      engine = ${version.engine}, signatures = ${version.signatures}, signatures_at = ${version.signaturesAt}
    where tenant = ${tenant} and blob = ${blob}`;
}

export async function deleteScans(tx: Tx, tenant: number, blobs: readonly string[]): Promise<void> {
  await tx`delete from scanning.scan where tenant = ${tenant} and blob = any (${blobs as string[]}::text[])`;
}

/** Makes contents that failed for one of these reasons wait again, the oldest first; the blobs. */
export async function resetObstacles(
  tx: Tx,
  tenant: number,
  { among, most }: { among: readonly Obstacle[]; most: number },
): Promise<string[]> {
  const rows = await tx<{ blob: string }[]>`
    update scanning.scan s set state = 'waiting', obstacle = null
    from (
      select o.blob from scanning.scan o
      where o.tenant = ${tenant} and o.obstacle = any (${among as string[]}::text[])
      order by o.requested_at limit ${most} for update skip locked
    ) old
    where s.tenant = ${tenant} and s.blob = old.blob returning s.blob`;
  return rows.map(({ blob }) => blob);
}

/** Contents that came in since, and whose last look was with other signatures, the oldest look first. */
export async function readOutdated(
  sql: Sql,
  tenant: number,
  { since, signatures, most }: { since: Date; signatures: string; most: number },
): Promise<string[]> {
  const rows = await sql<{ blob: string }>`
    select blob from scanning.scan
    where tenant = ${tenant} and requested_at >= ${since} and state in ('clean', 'infected') and signatures <> ${signatures}
    order by scanned_at limit ${most}`;
  return rows.map(({ blob }) => blob);
}
