import { useActionData, useLocation } from 'react-router';
import { Alert } from '#ui/alert';
import { Button } from '#ui/button';
import { Select, TextField } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { Section } from '#ui/page';
import { type Column, Table } from '#ui/table';
import { useWords } from '#ui/view';
import type { Refused } from '#web/context';
import type { SpaceRole } from '../rules.ts';
import type { MembersData } from './members-data.ts';
import { spaceTexts } from './space-texts.ts';

const roles: readonly SpaceRole[] = ['viewer', 'uploader', 'editor', 'manager'];

type MembersProps = { readonly data: MembersData; readonly mayManage: boolean };

/** Who belongs to a space, with what role; and the way to take others in. */
export function Members({ data, mayManage }: MembersProps) {
  const labels = useWords(spaceTexts);
  const answer = useActionData() as Refused | undefined;
  return (
    <Section title={labels.members} lead={labels.membersLead}>
      {mayManage && <RoleHints />}
      {answer?.refused && isOfRow(answer.form) && (
        <Alert tone="danger" takesFocus>
          <p>{answer.refused.sentence}</p>
        </Alert>
      )}
      {mayManage && <FindMember data={data} />}
      {data.members.length === 0 ? (
        <p className="muted">{labels.noMembers}</p>
      ) : (
        <MemberTable data={data} mayManage={mayManage} />
      )}
    </Section>
  );
}

/** The forms of single rows have no room for a sentence: what they are refused stands above the table. */
const isOfRow = (form: string) => /^(add|change|remove)-/.test(form);

/** What each role may do, once for all the fields below. */
function RoleHints() {
  const { roles: names, roleHints } = useWords(spaceTexts);
  return <p className="muted">{roles.map((role) => `${names[role]}: ${roleHints[role]}`).join(' · ')}</p>;
}

function FindMember({ data }: { readonly data: MembersData }) {
  const labels = useWords(spaceTexts);
  return (
    <>
      <Form isSearch isInline label={labels.search}>
        <TextField name="suche" type="search" label={labels.searchHint} value={data.search} autoComplete="off" />
        <Button icon="search">{labels.search}</Button>
      </Form>
      {data.search !== '' && data.found.length === 0 && <p role="status">{labels.nobodyFound(data.search)}</p>}
      {data.found.length > 0 && (
        <Table
          caption={labels.found}
          showsCaption
          rows={data.found}
          keyOf={({ id }) => id}
          columns={[
            { key: 'name', label: labels.name, kind: 'name', cell: (found) => <Who who={found} /> },
            { key: 'add', label: labels.add, kind: 'actions', cell: (found) => <AddMember id={found.id} name={found.name} /> },
          ]}
        />
      )}
    </>
  );
}

function Who({
  who,
}: {
  readonly who: { readonly name: string; readonly kind: 'account' | 'group' | 'unit'; readonly address: string };
}) {
  const { kinds, gone } = useWords(spaceTexts);
  return (
    <>
      {who.name || gone}
      <span className="below">{who.address || kinds[who.kind]}</span>
    </>
  );
}

function useRoleOptions() {
  const { roles: names } = useWords(spaceTexts);
  return roles.map((value) => ({ value, label: names[value] }));
}

function AddMember({ id, name }: { readonly id: number; readonly name: string }) {
  const labels = useWords(spaceTexts);
  return (
    <Form name={`add-${id}`} isInline tellsElsewhere>
      <Hidden name="principal" value={id} />
      <Select name="role" label={labels.addAs} value="editor" options={useRoleOptions()} />
      <Button icon="add" about={name}>
        {labels.add}
      </Button>
    </Form>
  );
}

type Member = MembersData['members'][number];

function MemberTable({ data, mayManage }: MembersProps) {
  const labels = useWords(spaceTexts);
  const columns: Column<Member>[] = [
    { key: 'name', label: labels.name, kind: 'name', cell: (member) => <Who who={member} /> },
    {
      key: 'role',
      label: labels.addAs,
      cell: (member) => (mayManage ? <ChangeRole member={member} /> : <RoleName role={member.role} />),
    },
  ];
  const remove: Column<Member> = {
    key: 'remove',
    label: labels.removeMember,
    kind: 'actions',
    cell: ({ id, role, name }) => (
      <Form name={`remove-${id}`} isInline tellsElsewhere>
        <Hidden name="principal" value={id} />
        <Hidden name="was" value={role} />
        <Button isSmall kind="tertiary" about={name}>
          {labels.removeMember}
        </Button>
      </Form>
    ),
  };
  return (
    <Table
      caption={labels.members}
      rows={data.members}
      keyOf={({ id }) => id}
      columns={mayManage ? [...columns, remove] : columns}
    />
  );
}

function RoleName({ role }: { readonly role: SpaceRole }) {
  const labels = useWords(spaceTexts);
  return (
    <>
      {labels.roles[role]}
      <span className="below">{labels.roleHints[role]}</span>
    </>
  );
}

function ChangeRole({ member: { id, role, name } }: { readonly member: Member }) {
  const labels = useWords(spaceTexts);
  const { search } = useLocation();
  return (
    <Form name={`change-${id}`} isInline tellsElsewhere>
      <Hidden name="principal" value={id} />
      {/* Anew with the address: while somebody is asked whether they are sure, and after a no, it shows the role that still holds. */}
      <Select
        key={`${role} ${search}`}
        name="role"
        label={<span className="kern-sr-only">{`${labels.addAs}: ${name}`}</span>}
        value={role}
        options={useRoleOptions()}
      />
      <Button isSmall about={name}>
        {labels.change}
      </Button>
    </Form>
  );
}
