import { useLoaderData } from 'react-router';
import { Alert, State } from '#ui/alert';
import { Button, Buttons, LinkButton } from '#ui/button';
import { TextField } from '#ui/field';
import { Form } from '#ui/form';
import { Moment, Time } from '#ui/format';
import { Facts, Page, Section } from '#ui/page';
import { useWords } from '#ui/view';
import { act, go, load, signedIn, text } from '#web/context';
import { stateTones } from './people.tsx';
import { peopleTexts } from './people-texts.ts';
import { RoleFields, readRoles, readUnit, rolesOffered, UnitField, unitPaths } from './person-fields.tsx';
import { actOnPersonGroups, PersonGroups, readPersonGroups } from './person-groups.tsx';
import { put } from './sign-in-texts.ts';

export const loader = load(async (house, { params, request }) => {
  const { roles } = signedIn(house);
  const search = new URL(request.url).searchParams.get('gruppe')?.trim() ?? '';
  const { accounts } = house.rooms;
  const [person, units] = await Promise.all([
    accounts.getPerson(house.ctx, { account: Number(params.id) || 0 }),
    accounts.listUnits(house.ctx),
  ]);
  const isArranged = roles.includes('tenantAdministrator');
  return {
    now: house.ctx.platform.clock.now().getTime(),
    person,
    units: unitPaths(units),
    offered: rolesOffered(roles),
    groups: isArranged ? await readPersonGroups(house, person, search) : null,
  };
});

export const action = act(async (house, { params, form }) => {
  const { accounts } = house.rooms;
  const ref = { account: Number(params.id) || 0 };
  const labels = peopleTexts[house.ctx.locale];
  const { name } = await accounts.getPerson(house.ctx, ref);
  const here = `/verwaltung/personen/${ref.account}`;
  const say = (sentence: string) => go(house, here, { text: put(sentence, { name }) });
  const answer = await actOnPersonGroups(house, { form, account: ref.account, here });
  if (answer) return answer;
  switch (text(form, '_form')) {
    case 'enable':
      await accounts.enable(house.ctx, ref);
      return say(labels.enabled);
    case 'link':
      return say((await accounts.sendLink(house.ctx, ref)) === 'invitation' ? labels.invitedAgain : labels.resetSent);
    case 'sessions':
      await accounts.endSessions(house.ctx, ref);
      return say(labels.sessionsEnded);
    case 'data':
      await accounts.updatePerson(house.ctx, ref, { name: text(form, 'name'), address: text(form, 'address') });
      return say(labels.saved);
    default:
      await accounts.setRoles(house.ctx, ref, readRoles(form));
      await accounts.moveToUnit(house.ctx, ref, readUnit(form));
      return say(labels.saved);
  }
});

export default function PersonPage() {
  const { now, person, units, offered, groups } = useLoaderData<typeof loader>();
  const labels = useWords(peopleTexts);
  const disable = person.state !== 'disabled' && (
    <LinkButton kind="danger" icon="stop" to={`/verwaltung/personen/${person.id}/sperren`}>
      {labels.disable}
    </LinkButton>
  );
  return (
    <Page title={person.name} above={[{ to: '/verwaltung/personen', label: labels.people }]} actions={disable}>
      <StateAlert />
      <Facts
        facts={[
          [labels.address, person.address],
          [labels.handle, <code key="handle">{person.handle}</code>],
          [
            labels.state,
            <State key="state" tone={stateTones[person.state]}>
              {labels[person.state]}
            </State>,
          ],
          [labels.created, <Moment key="created" at={person.createdAt} />],
          [labels.lastSignIn, <Time key="seen" at={person.lastSignInAt} now={now} />],
        ]}
      />
      <Section title={labels.data}>
        <Form name="data" labels={labels}>
          <TextField name="name" label={labels.name} value={person.name} maxLength={200} autoComplete="off" />
          <TextField
            name="address"
            type="email"
            label={labels.address}
            value={person.address}
            maxLength={254}
            autoComplete="off"
          />
          <Button>{labels.save}</Button>
        </Form>
      </Section>
      <Section title={labels.rights}>
        <Form name="rights" labels={labels}>
          <UnitField units={units} value={person.unit?.id ?? null} />
          <RoleFields value={person.roles} offered={offered} />
          <Button>{labels.save}</Button>
        </Form>
      </Section>
      {groups && <PersonGroups groups={person.groups} data={groups} />}
      {person.state === 'active' && <Access />}
      <Section title={labels.devices} lead={labels.devicesLead}>
        <LinkButton to={`/verwaltung/personen/${person.id}/geraete`} icon="key">
          {labels.showDevices}
        </LinkButton>
      </Section>
    </Page>
  );
}

/** What helps when a device or a password is lost. */
function Access() {
  const labels = useWords(peopleTexts);
  return (
    <Section title={labels.access} lead={labels.accessLead}>
      <div className="buttons">
        <Form name="link">
          <Button icon="mail">{labels.sendReset}</Button>
        </Form>
        <Form name="sessions">
          <Button icon="signOut">{labels.endSessions}</Button>
        </Form>
      </div>
    </Section>
  );
}

function StateAlert() {
  const { person } = useLoaderData<typeof loader>();
  const labels = useWords(peopleTexts);
  if (person.state === 'disabled') {
    return (
      <Alert tone="warning" title={labels.isDisabled}>
        <p>{labels.isDisabledHint}</p>
        <Buttons>
          <Form name="enable">
            <Button icon="undo">{labels.enable}</Button>
          </Form>
          <LinkButton to={`/verwaltung/bereiche/personen/${person.id}`} icon="folder">
            {labels.handOver}
          </LinkButton>
        </Buttons>
      </Alert>
    );
  }
  if (person.state === 'active') return null;
  return (
    <Alert tone="info" title={labels.isInvited}>
      <Form name="link">
        <Button icon="mail">{labels.inviteAgain}</Button>
      </Form>
    </Alert>
  );
}
