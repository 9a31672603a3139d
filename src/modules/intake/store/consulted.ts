import type { Sql, Tx } from '#platform/db';

export type ConsultedOffice = { readonly source: number; readonly office: number; readonly name: string };

export async function readConsulted(sql: Sql | Tx, tenant: number, limit: number): Promise<ConsultedOffice[]> {
  const rows = await (sql as Sql)<ConsultedOffice>`
    select source, office, name from intake.consulted_office where tenant = ${tenant} order by name, source, office limit ${limit}`;
  return [...rows];
}

/** Takes the place of all that was there of a source. */
export async function writeConsulted(tx: Tx, tenant: number, source: number, offices: readonly ConsultedOffice[]): Promise<void> {
  await tx`delete from intake.consulted_office where tenant = ${tenant} and source = ${source}`;
  for (const { office, name } of offices)
    await tx`insert into intake.consulted_office (tenant, source, office, name) values (${tenant}, ${source}, ${office}, ${name})`;
}
