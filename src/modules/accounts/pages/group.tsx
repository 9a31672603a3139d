import { useLoaderData } from 'react-router';
import { Alert } from '#ui/alert';
import { Button, Buttons, LinkButton, TextLink } from '#ui/button';
import { TextField } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { formatCount } from '#ui/format';
import { Page, Section } from '#ui/page';
import { Pager, Table } from '#ui/table';
import { useView, useWords } from '#ui/view';
import { act, filled, go, load, type PageHouse, text } from '#web/context';
import type { Person } from '../store/account.ts';
import { groupTexts } from './group-texts.ts';
import { put } from './sign-in-texts.ts';

const pageSize = 50;

export const loader = load(async (house, { params, request }) => {
  const { accounts } = house.rooms;
  const { searchParams } = new URL(request.url);
  const [search, cursor] = [searchParams.get('suche')?.trim() ?? '', searchParams.get('ab')];
  const isAsked = searchParams.has('aufloesen');
  const group = Number(params.id) || 0;
  const [{ id, name, members }, { items, next }] = await Promise.all([
    accounts.getGroup(house.ctx, { group }),
    accounts.listPeople(house.ctx, { group, search, cursor, limit: pageSize }),
  ]);
  return { id, name, members, people: items, search, next, isFirst: cursor === null, isAsked };
});

export const action = act(async (house, { params, form }) => {
  const { accounts } = house.rooms;
  const group = Number(params.id) || 0;
  const labels = groupTexts[house.ctx.locale];
  const here = `/verwaltung/gruppen/${group}`;
  switch (text(form, '_form')) {
    case 'rename': {
      const name = text(form, 'name');
      await accounts.renameGroup(house.ctx, { group }, name);
      return go(house, here, { text: put(labels.renamed, { name }) });
    }
    case 'remove': {
      const { name } = await accounts.getGroup(house.ctx, { group });
      await accounts.removeGroup(house.ctx, { group });
      return go(house, '/verwaltung/gruppen', { text: put(labels.removed, { name }) });
    }
    case 'add': {
      const found = await findPerson(house, filled(house, form, 'address'));
      await accounts.addMember(house.ctx, { group, account: found.id });
      return go(house, here, { text: put(labels.memberAdded, found) });
    }
    default: {
      const account = Number(text(form, 'account'));
      const { name } = await accounts.getPerson(house.ctx, { account });
      await accounts.removeMember(house.ctx, { group, account });
      const undo = { action: here, fields: { _form: 'add', address: text(form, 'was') } };
      return go(house, here, { text: put(labels.memberRemoved, { name }), undo });
    }
  }
});

/** The one person with exactly this address, handle or name. */
async function findPerson(house: PageHouse, wanted: string) {
  const { items } = await house.rooms.accounts.listPeople(house.ctx, { search: wanted, limit: 20 });
  const labels = groupTexts[house.ctx.locale];
  const folded = wanted.toLocaleLowerCase('de');
  const found = items.find(({ address, handle }) => address === folded || handle === folded);
  const namesakes = items.filter(({ name }) => name.toLocaleLowerCase('de') === folded);
  if (!found && namesakes.length > 1) throw house.refuse(labels.several, 'address');
  const [only = found] = found ? [] : namesakes;
  if (!only) throw house.refuse(labels.unknown, 'address');
  return only;
}

export default function GroupPage() {
  const { id, name, people, members, search, isAsked } = useLoaderData<typeof loader>();
  const labels = useWords(groupTexts);
  if (isAsked) return <Question />;
  return (
    <Page title={name} above={[{ to: '/verwaltung/gruppen', label: labels.groups }]}>
      <Section title={labels.members}>
        <Form key={members} name="add" isInline labels={{ address: labels.memberAddress }}>
          <TextField name="address" label={labels.memberAddress} autoComplete="off" />
          <Button icon="add">{labels.addMember}</Button>
        </Form>
        {(members > pageSize || search !== '') && <FindMember />}
        {people.length > 0 ? <Members /> : <p className="muted">{search === '' ? labels.noMembers : labels.nobodyFound}</p>}
      </Section>
      <Section title={labels.rename}>
        <Form name="rename" isInline labels={labels}>
          <TextField name="name" label={labels.name} value={name} maxLength={200} autoComplete="off" />
          <Button>{labels.rename}</Button>
        </Form>
      </Section>
      <Section title={labels.remove} lead={labels.removeLead}>
        <LinkButton kind="danger" icon="trash" to={`/verwaltung/gruppen/${id}?aufloesen=1`}>
          {labels.remove}
        </LinkButton>
      </Section>
    </Page>
  );
}

/** What cannot be undone is asked for once more, on a page that needs no script. */
function Question() {
  const { id, name } = useLoaderData<typeof loader>();
  const labels = useWords(groupTexts);
  const here = `/verwaltung/gruppen/${id}`;
  const above = [
    { to: '/verwaltung/gruppen', label: labels.groups },
    { to: here, label: name },
  ];
  return (
    <Page title={put(labels.removeTitle, { name })} above={above}>
      <Alert tone="warning">
        <p>{labels.removeLead}</p>
      </Alert>
      <Form name="remove">
        <Buttons>
          <Button kind="danger" icon="trash">
            {labels.remove}
          </Button>
          <LinkButton kind="tertiary" to={here}>
            {labels.cancel}
          </LinkButton>
        </Buttons>
      </Form>
    </Page>
  );
}

function FindMember() {
  const { search, members } = useLoaderData<typeof loader>();
  const { locale } = useView();
  const labels = useWords(groupTexts);
  const [one = '', many = ''] = labels.memberCount;
  return (
    <>
      <p className="muted">{formatCount(locale, members, [one, many])}</p>
      <Form isSearch isInline label={labels.findMember}>
        <TextField name="suche" type="search" label={labels.memberHint} value={search} maxLength={100} autoComplete="off" />
        <Button icon="search">{labels.findMember}</Button>
      </Form>
    </>
  );
}

function Members() {
  const { id: group, people, search, next, isFirst } = useLoaderData<typeof loader>();
  const address = (ab: string | null) =>
    `/verwaltung/gruppen/${group}?${new URLSearchParams({ ...(search && { suche: search }), ...(ab && { ab }) })}`;
  return (
    <>
      <MemberTable people={people} />
      <Pager shown="" first={isFirst ? null : address(null)} next={next === null ? null : address(next)} />
    </>
  );
}

function MemberTable({ people }: { readonly people: readonly Person[] }) {
  const labels = useWords(groupTexts);
  return (
    <Table
      caption={labels.members}
      rows={people}
      keyOf={({ id }) => id}
      columns={[
        {
          key: 'name',
          label: labels.name,
          kind: 'name',
          cell: ({ id, name }) => <TextLink to={`/verwaltung/personen/${id}`}>{name}</TextLink>,
        },
        { key: 'address', label: labels.address, cell: ({ address }) => address },
        {
          key: 'remove',
          label: labels.memberRemove,
          kind: 'actions',
          cell: ({ id, name, address }) => (
            <Form name={`member-${id}`} isInline>
              <Hidden name="account" value={id} />
              <Hidden name="was" value={address} />
              <Button isSmall about={name}>
                {labels.memberRemove}
              </Button>
            </Form>
          ),
        },
      ]}
    />
  );
}
