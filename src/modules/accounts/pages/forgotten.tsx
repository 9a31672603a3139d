import { redirect, useLoaderData } from 'react-router';
import { Button, LinkButton, TextLink } from '#ui/button';
import { TextField } from '#ui/field';
import { Form } from '#ui/form';
import { Page } from '#ui/page';
import { useWords } from '#ui/view';
import { act, filled, load } from '#web/context';
import { signInTexts } from './sign-in-texts.ts';

export const loader = load(async (_house, { request }) => ({ isSent: new URL(request.url).searchParams.has('gesendet') }));

/** Answers alike whether or not there is such an account. */
export const action = act(async (house, { form }) => {
  await house.rooms.accounts.requestReset(house.ctx, filled(house, form, 'address'));
  return redirect('/passwort-vergessen?gesendet');
});

export default function Forgotten() {
  const { isSent } = useLoaderData<typeof loader>();
  const labels = useWords(signInTexts);
  if (isSent) {
    return (
      <Page title={labels.sent} lead={labels.sentLead}>
        <LinkButton to="/anmelden">{labels.back}</LinkButton>
      </Page>
    );
  }
  return (
    <Page title={labels.forgottenTitle} lead={labels.forgottenLead}>
      <Form name="forgotten" labels={{ address: labels.mailAddress }}>
        <TextField name="address" type="email" label={labels.mailAddress} autoComplete="username" />
        <Button kind="primary">{labels.send}</Button>
      </Form>
      <p>
        <TextLink to="/anmelden">{labels.back}</TextLink>
      </p>
    </Page>
  );
}
