import { redirect, useLoaderData } from 'react-router';
import { Button, LinkButton, TextLink } from '#ui/button';
import { TextField } from '#ui/field';
import { Form } from '#ui/form';
import { Page } from '#ui/page';
import { useWords } from '#ui/view';
import { act, filled, load } from '#web/context';
import { citizenTexts } from './citizen-texts.ts';

export const loader = load(async (_house, { request }) => ({ isSent: new URL(request.url).searchParams.has('gesendet') }));

/** Answers alike whether or not there is such an account. */
export const action = act(async (house, { form }) => {
  await house.rooms.accounts.requestCitizenReset(house.ctx, filled(house, form, 'address'));
  return redirect('/postfach/passwort-vergessen?gesendet');
});

export default function CitizenForgotten() {
  const { isSent } = useLoaderData<typeof loader>();
  const labels = useWords(citizenTexts);
  return (
    <Page title={isSent ? labels.sent : labels.forgottenTitle} lead={isSent ? labels.sentLead : labels.forgottenLead}>
      {isSent ? (
        <LinkButton to="/postfach/anmelden">{labels.back}</LinkButton>
      ) : (
        <>
          <Form name="forgotten" labels={labels}>
            <TextField name="address" type="email" label={labels.address} autoComplete="username" />
            <Button kind="primary">{labels.send}</Button>
          </Form>
          <p>
            <TextLink to="/postfach/anmelden">{labels.back}</TextLink>
          </p>
        </>
      )}
    </Page>
  );
}
