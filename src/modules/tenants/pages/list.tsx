import { useLoaderData } from 'react-router';
import { State } from '#ui/alert';
import { Button, LinkButton, TextLink } from '#ui/button';
import { TextField } from '#ui/field';
import { Form } from '#ui/form';
import { Bytes } from '#ui/format';
import { Empty, Page } from '#ui/page';
import { type Column, Pager, Table } from '#ui/table';
import { useWords } from '#ui/view';
import { load } from '#web/context';
import type { Tenant } from '../store.ts';
import { kindTexts, tenantTexts } from './tenant-texts.ts';

const pageSize = 50;

export const loader = load(async (house, { request }) => {
  const { searchParams } = new URL(request.url);
  const [search, cursor] = [searchParams.get('suche') ?? '', searchParams.get('ab')];
  const { items, next } = await house.rooms.tenants.list(house.ctx, { search, cursor, limit: pageSize });
  return { search, items, next, isFirst: cursor === null };
});

export default function Tenants() {
  const { search, items, next, isFirst } = useLoaderData<typeof loader>();
  const labels = useWords(tenantTexts);
  const columns = useColumns();
  const address = (ab: string | null) =>
    `/anbieter?${new URLSearchParams({ ...(search && { suche: search }), ...(ab && { ab }) })}`;
  const add = (
    <LinkButton kind="primary" icon="add" to="/anbieter/neu">
      {labels.add}
    </LinkButton>
  );
  return (
    <Page title={labels.tenants} lead={labels.lead} width="wide" actions={add}>
      <Form isSearch isInline label={labels.search}>
        <TextField name="suche" type="search" label={labels.searchHint} value={search} />
        <Button icon="search">{labels.search}</Button>
      </Form>
      {items.length === 0 ? (
        <Empty icon="building" title={labels.none}>
          <p>{labels.noneHint}</p>
        </Empty>
      ) : (
        <Table caption={labels.tenants} rows={items} keyOf={({ tenant }) => tenant} columns={columns} />
      )}
      <Pager shown="" first={isFirst ? null : address(null)} next={next === null ? null : address(next)} />
    </Page>
  );
}

function useColumns(): readonly Column<Tenant>[] {
  const labels = useWords(tenantTexts);
  const kinds = useWords(kindTexts);
  return [
    {
      key: 'name',
      label: labels.name,
      kind: 'name',
      cell: ({ tenant, name }) => <TextLink to={`/anbieter/${tenant}`}>{name}</TextLink>,
    },
    { key: 'kind', label: labels.kind, cell: ({ kind }) => kinds[kind] },
    { key: 'slug', label: labels.slug, cell: ({ slug }) => slug },
    { key: 'key', label: labels.municipalityKey, cell: ({ municipalityKey }) => municipalityKey },
    {
      key: 'state',
      label: labels.state,
      cell: ({ state }) => <State tone={state === 'active' ? 'success' : 'danger'}>{labels[state]}</State>,
    },
    {
      key: 'quota',
      label: labels.quota,
      kind: 'number',
      cell: ({ quota }) => (quota === null ? labels.unlimited : <Bytes value={quota} />),
    },
  ];
}
