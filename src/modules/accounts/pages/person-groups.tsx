import { Button, TextLink } from '#ui/button';
import { Select, TextField } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { Section } from '#ui/page';
import { Table } from '#ui/table';
import { useWords } from '#ui/view';
import { go, type PageHouse, text } from '#web/context';
import type { Person } from '../store/account.ts';
import { type GroupChoice, type GroupChoices, groupChoices } from './group-fields.tsx';
import { groupTexts } from './group-texts.ts';
import { put } from './sign-in-texts.ts';

/** What the section knows: the groups the person is not in, as far as a search narrows them. */
export type PersonGroupsData = GroupChoices & { readonly search: string };

export async function readPersonGroups(house: PageHouse, { groups }: Person, search: string): Promise<PersonGroupsData> {
  const choices = await groupChoices(house, search);
  const isIn = new Set(groups.map(({ id }) => id));
  return { search, groups: choices.groups.filter(({ id }) => !isIn.has(id)), isMore: choices.isMore };
}

type Change = { readonly form: FormData; readonly account: number; readonly here: string };

/** Puts the person into a group or takes them out of one; null when the form was another one. */
export async function actOnPersonGroups(house: PageHouse, { form, account, here }: Change): Promise<Response | null> {
  const { accounts } = house.rooms;
  const labels = groupTexts[house.ctx.locale];
  const name = text(form, '_form').replace(/-\d+$/, '');
  if (name !== 'join' && name !== 'leave') return null;
  const found = await accounts.getGroup(house.ctx, { group: Number(text(form, 'group')) || 0 });
  const member = { group: found.id, account };
  await (name === 'join' ? accounts.addMember(house.ctx, member) : accounts.removeMember(house.ctx, member));
  const undo = { action: here, fields: { _form: name === 'join' ? 'leave' : 'join', group: String(found.id) } };
  return go(house, here, { text: put(name === 'join' ? labels.joined : labels.left, found), undo });
}

type PersonGroupsProps = { readonly groups: readonly GroupChoice[]; readonly data: PersonGroupsData };

/** The groups of a person, and the way into others; with many groups there is a search. */
export function PersonGroups({ groups, data }: PersonGroupsProps) {
  const labels = useWords(groupTexts);
  const options = data.groups.map(({ id, name }) => ({ value: String(id), label: name }));
  return (
    <Section title={labels.groups} lead={labels.groupsLead}>
      {groups.length === 0 ? <p className="muted">{labels.inNone}</p> : <GroupTable groups={groups} />}
      {(data.isMore || data.search !== '') && (
        <Form isSearch isInline label={labels.findGroup}>
          <TextField
            name="gruppe"
            type="search"
            label={labels.searchHint}
            value={data.search}
            maxLength={100}
            autoComplete="off"
          />
          <Button icon="search">{labels.findGroup}</Button>
        </Form>
      )}
      {options.length > 0 ? (
        <Form key={data.search} name="join" isInline>
          <Select name="group" label={labels.newGroup} options={options} />
          <Button icon="add">{labels.join}</Button>
        </Form>
      ) : (
        <p className="muted" role="status">
          {labels.noOtherGroup}
        </p>
      )}
      {data.isMore && <p className="muted">{labels.moreFound}</p>}
    </Section>
  );
}

function GroupTable({ groups }: Pick<PersonGroupsProps, 'groups'>) {
  const labels = useWords(groupTexts);
  return (
    <Table
      caption={labels.groups}
      rows={groups}
      keyOf={({ id }) => id}
      columns={[
        {
          key: 'name',
          label: labels.name,
          kind: 'name',
          cell: ({ id, name }) => <TextLink to={`/verwaltung/gruppen/${id}`}>{name}</TextLink>,
        },
        {
          key: 'leave',
          label: labels.memberRemove,
          kind: 'actions',
          cell: ({ id, name }) => (
            <Form name={`leave-${id}`} isInline>
              <Hidden name="group" value={id} />
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
