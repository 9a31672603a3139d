import { redirect, useLoaderData } from 'react-router';
import { Alert } from '#ui/alert';
import { Button, TextLink } from '#ui/button';
import { TextField } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { Page } from '#ui/page';
import { useWords } from '#ui/view';
import { act, filled, load, localPath } from '#web/context';
import { begin, filledSecret } from './begin.ts';
import { DemoPeople } from './demo-people.tsx';
import { signInTexts } from './sign-in-texts.ts';

export const loader = load(async (house, { request }) => {
  const { searchParams } = new URL(request.url);
  const onward = localPath(searchParams.get('weiter'));
  if (house.ctx.actor.kind === 'account') throw redirect(onward);
  return { onward, isSignedOut: searchParams.has('abgemeldet'), isDemo: house.ctx.platform.config.demo };
});

export const action = act(async (house, { request, form }) => {
  const given = await house.checkAll({
    address: () => filled(house, form, 'address'),
    password: () => filledSecret(house, form, 'password'),
  });
  return begin(house, request, { ...given, to: localPath(form.get('weiter')) });
});

export default function SignIn() {
  const { onward, isSignedOut, isDemo } = useLoaderData<typeof loader>();
  const labels = useWords(signInTexts);
  return (
    <Page title={labels.signIn} lead={labels.forStaff}>
      {isSignedOut && (
        <Alert tone="success">
          <p>{labels.signedOut}</p>
        </Alert>
      )}
      {onward !== '/' && (
        <Alert tone="info">
          <p>{labels.ended}</p>
        </Alert>
      )}
      <Form name="signIn" labels={labels}>
        <Hidden name="weiter" value={onward} />
        <TextField name="address" label={labels.address} autoComplete="username" />
        <TextField name="password" type="password" label={labels.password} autoComplete="current-password" />
        <Button kind="primary">{labels.signIn}</Button>
      </Form>
      <p>
        <TextLink to="/passwort-vergessen">{labels.forgotten}</TextLink>
      </p>
      <p>
        {labels.forCitizens} <TextLink to="/postfach">{labels.toMailbox}</TextLink>
      </p>
      {isDemo && <DemoPeople who="staff" />}
    </Page>
  );
}
