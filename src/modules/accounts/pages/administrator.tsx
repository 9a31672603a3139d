import { useLoaderData } from 'react-router';
import { Button, Buttons, LinkButton } from '#ui/button';
import { TextField } from '#ui/field';
import { Form } from '#ui/form';
import { Page } from '#ui/page';
import { useWords } from '#ui/view';
import { act, go, load, text } from '#web/context';
import { peopleTexts } from './people-texts.ts';
import { put } from './sign-in-texts.ts';

/** The provider appoints a tenant's first administrator; everything else that tenant does itself. */
export const loader = load(async (house, { params }) => {
  const { tenant, name } = await house.rooms.tenants.get(house.ctx, Number(params.tenant) || 0);
  return { tenant, name };
});

export const action = act(async (house, { params, form }) => {
  const tenant = Number(params.tenant) || 0;
  const name = text(form, 'name');
  const person = { tenant, name, address: text(form, 'address'), roles: ['tenantAdministrator'] };
  await house.rooms.accounts.invite(house.ctx, person);
  return go(house, `/anbieter/${tenant}`, { text: put(peopleTexts[house.ctx.locale].sent, { name }) });
});

export default function Administrator() {
  const { tenant, name } = useLoaderData<typeof loader>();
  const labels = useWords(peopleTexts);
  return (
    <Page
      title={labels.administrator}
      lead={put(labels.administratorLead, { tenant: name })}
      above={[{ to: `/anbieter/${tenant}`, label: name }]}
    >
      <Form name="administrator" labels={labels}>
        <TextField name="name" label={labels.name} maxLength={200} autoComplete="off" />
        <TextField name="address" type="email" label={labels.address} maxLength={254} autoComplete="off" />
        <Buttons>
          <Button kind="primary" icon="mail">
            {labels.send}
          </Button>
          <LinkButton kind="tertiary" to={`/anbieter/${tenant}`}>
            {labels.cancel}
          </LinkButton>
        </Buttons>
      </Form>
    </Page>
  );
}
