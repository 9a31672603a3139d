import type { Sql, Tx } from '#platform/db';
import type { Overlay } from '../rules-overlay.ts';

/** What municipalities set, and where that is known to everybody. */

export type OverlayRow = { readonly content: Overlay; readonly edition: number };

export async function readOverlay(sql: Sql | Tx, tenant: number, form: string): Promise<OverlayRow | null> {
  const [row] = await (sql as Sql)<OverlayRow>`
    select content, edition from forms.overlay where tenant = ${tenant} and form = ${form}`;
  return row ?? null;
}

export type OverlayChange = { readonly form: string; readonly content: Overlay; readonly by: string; readonly at: Date };

/** False when it has changed since the edition that was seen (0: there was none). */
export async function writeOverlay(tx: Tx, tenant: number, seen: number, row: OverlayChange): Promise<boolean> {
  const content = JSON.stringify(row.content);
  const rows = await tx`
    insert into forms.overlay (tenant, form, content, changed_by, changed_at)
    values (${tenant}, ${row.form}, ${content}::text::jsonb, ${row.by}, ${row.at})
    on conflict (tenant, form) do update set content = excluded.content, changed_by = excluded.changed_by,
      changed_at = excluded.changed_at, edition = forms.overlay.edition + 1
    where forms.overlay.edition = ${seen} returning edition`;
  return rows.length > 0;
}

export type Offer = { readonly form: string; readonly area: string; readonly source: number };

/** Who takes the form for an area; null: nobody here. */
export async function readOffer(sql: Sql, tenant: number, { form, area }: Pick<Offer, 'form' | 'area'>): Promise<Offer | null> {
  const [row] = await sql<Offer>`
    select form, area, source from forms.offer where tenant = ${tenant} and form = ${form} and area = ${area}`;
  return row ?? null;
}

/** A form that is taken for an area, under the title of its published version. */
export type Taken = { readonly key: string; readonly title: Readonly<Record<'de' | 'en', string>> };

const takenAtOnce = 10;

/** What is taken for a service in an area: the form the service names, then the authority's own that are meant for it. */
export async function readTaken(
  sql: Sql,
  tenant: number,
  { service, form, area }: { readonly service: string; readonly form: string | null; readonly area: string },
): Promise<Taken[]> {
  const rows = await sql<Taken>`
    select o.form as key, v.definition -> 'title' as title
    from forms.offer o
    join forms.form f on f.tenant = o.tenant and f.key = o.form
    join forms.version v on v.tenant = o.tenant and v.form = o.form and v.version = f.published
    where o.tenant = ${tenant} and o.area = ${area}
      and (o.form = ${form} or (f.source = o.source and v.definition ->> 'service' = ${service}))
    order by o.form is distinct from ${form}, o.form limit ${takenAtOnce}`;
  return [...rows];
}

export async function putOffer(tx: Tx, tenant: number, { form, area, source }: Offer): Promise<void> {
  await tx`
    insert into forms.offer (tenant, form, area, source) values (${tenant}, ${form}, ${area}, ${source})
    on conflict (tenant, form, area) do update set source = excluded.source`;
}

/** Takes back what a tenant has offered of a form. */
export async function dropOffers(tx: Tx, tenant: number, { form, source }: Pick<Offer, 'form' | 'source'>): Promise<void> {
  await tx`delete from forms.offer where tenant = ${tenant} and form = ${form} and source = ${source}`;
}
