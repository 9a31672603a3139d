import { redirect, useLoaderData } from 'react-router';
import { Button, LinkButton, TextLink } from '#ui/button';
import { Radios } from '#ui/choice';
import { TextField } from '#ui/field';
import { Form } from '#ui/form';
import { Page } from '#ui/page';
import { useWords } from '#ui/view';
import { act, load, text } from '#web/context';
import { citizenTexts } from './citizen-texts.ts';

export const loader = load(async (_house, { request }) => ({ isSent: new URL(request.url).searchParams.has('gesendet') }));

/** Answers alike whether or not there is such an account. */
export const action = act(async (house, { form }) => {
  const kind = text(form, 'kind') === 'company' ? 'company' : 'person';
  await house.rooms.accounts.registerCitizen(house.ctx, { address: text(form, 'address'), name: text(form, 'name'), kind });
  return redirect('/postfach/anlegen?gesendet');
});

export default function CitizenRegister() {
  const { isSent } = useLoaderData<typeof loader>();
  const labels = useWords(citizenTexts);
  if (isSent) {
    return (
      <Page title={labels.sent} lead={labels.sentLead}>
        <LinkButton to="/postfach/anmelden">{labels.back}</LinkButton>
      </Page>
    );
  }
  const kinds = [
    { value: 'person', label: labels.person },
    { value: 'company', label: labels.company },
  ];
  return (
    <Page title={labels.register} lead={labels.registerLead}>
      <Form name="register" labels={labels}>
        <Radios name="kind" legend={labels.kind} value="person" options={kinds} />
        <TextField name="name" label={labels.name} maxLength={200} autoComplete="name" />
        <TextField name="address" type="email" label={labels.address} maxLength={254} autoComplete="email" />
        <Button kind="primary">{labels.send}</Button>
      </Form>
      <p>
        <TextLink to="/postfach/anmelden">{labels.back}</TextLink>
      </p>
    </Page>
  );
}
