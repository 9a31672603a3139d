import { useLoaderData } from 'react-router';
import { Button, Buttons, LinkButton } from '#ui/button';
import { Select, TextField } from '#ui/field';
import { Form } from '#ui/form';
import { Page } from '#ui/page';
import { useWords } from '#ui/view';
import { act, go, load, signedIn, text } from '#web/context';
import { GroupFields, groupChoices, readGroups } from './group-fields.tsx';
import { peopleTexts } from './people-texts.ts';
import { RoleFields, readRoles, readUnit, rolesOffered, UnitField, unitPaths } from './person-fields.tsx';
import { put } from './sign-in-texts.ts';

export const loader = load(async (house) => {
  const { roles } = signedIn(house);
  const [units, groups] = await Promise.all([house.rooms.accounts.listUnits(house.ctx), groupChoices(house)]);
  return { units: unitPaths(units), groups, offered: rolesOffered(roles) };
});

export const action = act(async (house, { form }) => {
  const name = text(form, 'name');
  await house.rooms.accounts.invite(house.ctx, {
    name,
    address: text(form, 'address'),
    unit: readUnit(form),
    groups: readGroups(form),
    roles: readRoles(form),
    locale: text(form, 'locale'),
  });
  return go(house, '/verwaltung/personen', { text: put(peopleTexts[house.ctx.locale].sent, { name }) });
});

const languages = [
  { value: 'de', label: 'Deutsch' },
  { value: 'en', label: 'English' },
];

export default function Invite() {
  const { units, groups, offered } = useLoaderData<typeof loader>();
  const labels = useWords(peopleTexts);
  return (
    <Page title={labels.invite} lead={labels.inviteLead} above={[{ to: '/verwaltung/personen', label: labels.people }]}>
      <Form name="invite" labels={labels}>
        <TextField name="name" label={labels.name} maxLength={200} autoComplete="off" />
        <TextField name="address" type="email" label={labels.address} maxLength={254} autoComplete="off" />
        <div className="form-pair">
          <UnitField units={units} value={null} />
          <Select name="locale" label={labels.locale} value="de" options={languages} />
        </div>
        <GroupFields choices={groups} />
        <RoleFields value={[]} offered={offered} />
        <Buttons>
          <Button kind="primary" icon="mail">
            {labels.send}
          </Button>
          <LinkButton kind="tertiary" to="/verwaltung/personen">
            {labels.cancel}
          </LinkButton>
        </Buttons>
      </Form>
    </Page>
  );
}
