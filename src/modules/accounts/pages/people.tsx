import { useLoaderData } from 'react-router';
import { State, type Tone } from '#ui/alert';
import { Button, LinkButton, TextLink } from '#ui/button';
import { Select, TextField } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { Time } from '#ui/format';
import { Empty, Page } from '#ui/page';
import { type Column, Pager, Table } from '#ui/table';
import { useWords } from '#ui/view';
import { load } from '#web/context';
import type { AccountState } from '../rules.ts';
import type { Person } from '../store/account.ts';
import { peopleTexts, roleTexts } from './people-texts.ts';

const pageSize = 50;
const states: readonly AccountState[] = ['active', 'invited', 'disabled'];

export const loader = load(async (house, { request }) => {
  const { searchParams } = new URL(request.url);
  const search = searchParams.get('suche') ?? '';
  const state = states.find((known) => known === searchParams.get('zustand'));
  const cursor = searchParams.get('ab');
  const unit = Number(searchParams.get('einheit')) || null;
  const filter = { search, cursor, limit: pageSize, ...(state && { state }), ...(unit && { unit }) };
  const { items, next } = await house.rooms.accounts.listPeople(house.ctx, filter);
  const now = house.ctx.platform.clock.now().getTime();
  return { now, search, state: state ?? '', unit, items, next, isFirst: cursor === null };
});

/** A state's colour; its word says the same. */
export const stateTones: Readonly<Record<AccountState, Tone>> = { active: 'success', invited: 'info', disabled: 'danger' };

export default function People() {
  const { search, state, unit, items, next, isFirst } = useLoaderData<typeof loader>();
  const labels = useWords(peopleTexts);
  const filter = { ...(search && { suche: search }), ...(state && { zustand: state }), ...(unit && { einheit: String(unit) }) };
  const address = (ab: string | null) => `/verwaltung/personen?${new URLSearchParams({ ...filter, ...(ab && { ab }) })}`;
  const actions = (
    <>
      <LinkButton icon="upload" to="/verwaltung/personen/einlesen">
        {labels.importPeople}
      </LinkButton>
      <LinkButton kind="primary" icon="add" to="/verwaltung/personen/neu">
        {labels.invite}
      </LinkButton>
    </>
  );
  return (
    <Page title={labels.people} width="wide" actions={actions}>
      <Form isSearch isInline label={labels.search}>
        {unit && <Hidden name="einheit" value={unit} />}
        <TextField name="suche" type="search" label={labels.searchHint} value={search} />
        <Select
          name="zustand"
          label={labels.state}
          value={state}
          options={[{ value: '', label: labels.anyState }, ...states.map((value) => ({ value, label: labels[value] }))]}
        />
        <Button icon="search">{labels.search}</Button>
      </Form>
      {items.length === 0 ? (
        <Empty icon="group" title={labels.none}>
          <p>{labels.noneHint}</p>
        </Empty>
      ) : (
        <PeopleTable />
      )}
      <Pager shown="" first={isFirst ? null : address(null)} next={next === null ? null : address(next)} />
    </Page>
  );
}

function PeopleTable() {
  const { items, now } = useLoaderData<typeof loader>();
  const labels = useWords(peopleTexts);
  const roles = useWords(roleTexts);
  const columns: readonly Column<Person>[] = [
    {
      key: 'name',
      label: labels.name,
      kind: 'name',
      cell: ({ id, name, address }) => (
        <>
          <TextLink to={`/verwaltung/personen/${id}`}>{name}</TextLink>
          <span className="below">{address}</span>
        </>
      ),
    },
    { key: 'unit', label: labels.unit, cell: ({ unit }) => unit?.name },
    { key: 'groups', label: labels.groups, cell: ({ groups }) => groups.map(({ name }) => name).join(', ') || null },
    { key: 'roles', label: labels.roles, cell: (person) => person.roles.map((role) => roles[role].name).join(', ') || null },
    { key: 'state', label: labels.state, cell: ({ state }) => <State tone={stateTones[state]}>{labels[state]}</State> },
    { key: 'seen', label: labels.lastSignIn, cell: ({ lastSignInAt }) => <Time at={lastSignInAt} now={now} /> },
  ];
  return <Table caption={labels.people} rows={items} keyOf={({ id }) => id} columns={columns} />;
}
