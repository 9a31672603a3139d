import type { Sql, Tx } from '#platform/db';
import type { Area, AreaKind } from '../rules-area.ts';

type AreaRow = {
  key: string;
  kind: AreaKind;
  name: string;
  designation: string;
  parent: string | null;
  postcodes: string[];
  population: number | null;
  ended_on: string | null;
  successors: string[];
};

const toArea = ({ ended_on, ...rest }: AreaRow): Area => ({ ...rest, endedOn: ended_on });

/** The whole register, a few thousand rows. */
export async function readAreas(sql: Sql, tenant: number): Promise<Area[]> {
  const rows = await sql<AreaRow>`
    select key, kind, name, designation, parent, postcodes, population, ended_on::text, successors
    from finder.area where tenant = ${tenant} order by key`;
  return rows.map(toArea);
}

/** Adds areas or brings them up to date. */
export async function upsertAreas(tx: Tx, tenant: number, areas: readonly Area[]): Promise<void> {
  const json = JSON.stringify(areas.map(({ endedOn, ...area }) => ({ ...area, ended_on: endedOn })));
  await tx`
    insert into finder.area (tenant, key, kind, name, designation, parent, postcodes, population, ended_on, successors)
    select ${tenant}, a.key, a.kind, a.name, a.designation, a.parent, a.postcodes, a.population, a.ended_on, a.successors
    from jsonb_to_recordset(${json}::text::jsonb) as a(key text, kind text, name text, designation text, parent text,
      postcodes text[], population integer, ended_on date, successors text[])
    on conflict (tenant, key) do update set kind = excluded.kind, name = excluded.name, designation = excluded.designation,
      parent = excluded.parent, postcodes = excluded.postcodes, population = excluded.population,
      ended_on = excluded.ended_on, successors = excluded.successors`;
}
