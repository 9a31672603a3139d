import { redirect, useLoaderData } from 'react-router';
import { Alert } from '#ui/alert';
import { Button, TextLink } from '#ui/button';
import { TextField } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { Page } from '#ui/page';
import { useWords } from '#ui/view';
import { act, filled, load, localPath } from '#web/context';
import { filledSecret } from './begin.ts';
import { beginCitizen } from './citizen-begin.ts';
import { citizenTexts } from './citizen-texts.ts';

export const loader = load(async (house, { request }) => {
  const { searchParams } = new URL(request.url);
  const onward = localPath(searchParams.get('weiter'), '/postfach');
  if (house.ctx.actor.kind === 'citizen') throw redirect(onward);
  return { onward, isSignedOut: searchParams.has('abgemeldet'), isRemoved: searchParams.has('geloescht') };
});

export const action = act(async (house, { form }) => {
  const given = await house.checkAll({
    address: () => filled(house, form, 'address'),
    password: () => filledSecret(house, form, 'password'),
  });
  return beginCitizen(house, { ...given, to: localPath(form.get('weiter'), '/postfach') });
});

export default function CitizenSignIn() {
  const { onward, isSignedOut, isRemoved } = useLoaderData<typeof loader>();
  const labels = useWords(citizenTexts);
  return (
    <Page title={labels.signIn} lead={labels.signInLead}>
      {(isSignedOut || isRemoved) && (
        <Alert tone="success">
          <p>{isRemoved ? labels.removed : labels.signedOut}</p>
        </Alert>
      )}
      <Form name="signIn" labels={labels}>
        <Hidden name="weiter" value={onward} />
        <TextField name="address" type="email" label={labels.address} autoComplete="username" />
        <TextField name="password" type="password" label={labels.password} autoComplete="current-password" />
        <Button kind="primary">{labels.signInAction}</Button>
      </Form>
      <p>
        <TextLink to="/postfach/passwort-vergessen">{labels.forgotten}</TextLink>
      </p>
      <p>
        {labels.noAccount} <TextLink to="/postfach/anlegen">{labels.register}</TextLink>
      </p>
    </Page>
  );
}
