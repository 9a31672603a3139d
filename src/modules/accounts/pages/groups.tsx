import { useLoaderData } from 'react-router';
import { Button, TextLink } from '#ui/button';
import { TextField } from '#ui/field';
import { Form } from '#ui/form';
import { Empty, Page, Section } from '#ui/page';
import { Pager, Table } from '#ui/table';
import { useWords } from '#ui/view';
import { act, go, load, text } from '#web/context';
import { groupTexts } from './group-texts.ts';
import { put } from './sign-in-texts.ts';

const pageSize = 100;

export const loader = load(async (house, { request }) => {
  const { searchParams } = new URL(request.url);
  const [search, cursor] = [searchParams.get('suche') ?? '', searchParams.get('ab')];
  const { items, next } = await house.rooms.accounts.listGroups(house.ctx, { search, cursor, limit: pageSize });
  return { search, items, next, isFirst: cursor === null };
});

export const action = act(async (house, { form }) => {
  const name = text(form, 'name');
  const id = await house.rooms.accounts.createGroup(house.ctx, { name });
  return go(house, `/verwaltung/gruppen/${id}`, { text: put(groupTexts[house.ctx.locale].added, { name }) });
});

export default function Groups() {
  const { search, items, next, isFirst } = useLoaderData<typeof loader>();
  const labels = useWords(groupTexts);
  const address = (ab: string | null) =>
    `/verwaltung/gruppen?${new URLSearchParams({ ...(search && { suche: search }), ...(ab && { ab }) })}`;
  return (
    <Page title={labels.groups} lead={labels.groupsLead} width="wide">
      <Form isSearch isInline label={labels.search}>
        <TextField name="suche" type="search" label={labels.searchHint} value={search} />
        <Button icon="search">{labels.search}</Button>
      </Form>
      {items.length === 0 ? (
        <Empty icon="group" title={labels.none}>
          <p>{labels.noneHint}</p>
        </Empty>
      ) : (
        <Table
          caption={labels.groups}
          rows={items}
          keyOf={({ id }) => id}
          columns={[
            {
              key: 'name',
              label: labels.name,
              kind: 'name',
              cell: ({ id, name }) => <TextLink to={`/verwaltung/gruppen/${id}`}>{name}</TextLink>,
            },
            { key: 'members', label: labels.members, kind: 'number', cell: ({ members }) => members },
          ]}
        />
      )}
      <Pager shown="" first={isFirst ? null : address(null)} next={next === null ? null : address(next)} />
      <Section title={labels.add}>
        <Form name="add" isInline labels={{ name: labels.newName }}>
          <TextField name="name" label={labels.newName} maxLength={200} autoComplete="off" />
          <Button icon="add">{labels.add}</Button>
        </Form>
      </Section>
    </Page>
  );
}
