import { useLoaderData } from 'react-router';
import { Button, TextLink } from '#ui/button';
import { TextField } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { Page, Section } from '#ui/page';
import { Table } from '#ui/table';
import { useWords } from '#ui/view';
import { act, go, load, type PageHouse, text } from '#web/context';
import { groupTexts } from './group-texts.ts';
import { put } from './sign-in-texts.ts';

const mostMembers = 1_000;

export const loader = load(async (house, { params }) => {
  const { accounts } = house.rooms;
  const group = Number(params.id) || 0;
  const [{ id, name }, { items }] = await Promise.all([
    accounts.getGroup(house.ctx, { group }),
    accounts.listPeople(house.ctx, { group, limit: mostMembers }),
  ]);
  return { id, name, people: items };
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
      const found = await findPerson(house, text(form, 'address'));
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

/** The one person with exactly this address or handle. */
async function findPerson(house: PageHouse, wanted: string) {
  const { items } = await house.rooms.accounts.listPeople(house.ctx, { search: wanted, limit: 20 });
  const folded = wanted.toLowerCase();
  const found = items.find(({ address, handle }) => address === folded || handle === folded);
  if (!found) throw house.refuse(groupTexts[house.ctx.locale].unknown, 'address');
  return found;
}

export default function GroupPage() {
  const { name, people } = useLoaderData<typeof loader>();
  const labels = useWords(groupTexts);
  return (
    <Page title={name} above={[{ to: '/verwaltung/gruppen', label: labels.groups }]}>
      <Section title={labels.members}>
        <Form name="add" isInline>
          <TextField name="address" label={labels.memberAddress} autoComplete="off" />
          <Button icon="add">{labels.addMember}</Button>
        </Form>
        {people.length === 0 ? <p className="muted">{labels.noMembers}</p> : <Members />}
      </Section>
      <Section title={labels.rename}>
        <Form name="rename" isInline labels={labels}>
          <TextField name="name" label={labels.name} value={name} maxLength={200} autoComplete="off" />
          <Button>{labels.rename}</Button>
        </Form>
      </Section>
      <Section title={labels.remove} lead={labels.removeLead}>
        <Form name="remove">
          <Button kind="danger" icon="trash">
            {labels.remove}
          </Button>
        </Form>
      </Section>
    </Page>
  );
}

function Members() {
  const { people } = useLoaderData<typeof loader>();
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
