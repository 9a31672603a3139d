import { redirect, useLoaderData } from 'react-router';
import { Alert } from '#ui/alert';
import { Button, TextLink } from '#ui/button';
import { TextField } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { Page, Section } from '#ui/page';
import { useWords } from '#ui/view';
import { act, filled, load, localPath, text } from '#web/context';
import { filledSecret } from './begin.ts';
import { beginCitizen } from './citizen-begin.ts';
import { citizenTexts } from './citizen-texts.ts';
import { DemoPeople } from './demo-people.tsx';
import { goToIdentity } from './identity-begin.ts';
import { put } from './sign-in-texts.ts';

export const loader = load(async (house, { request }) => {
  const { searchParams } = new URL(request.url);
  const onward = localPath(searchParams.get('weiter'), '/postfach');
  if (house.ctx.actor.kind === 'citizen') throw redirect(onward);
  const identity = house.rooms.accounts.identityName(house.ctx);
  const isDemo = house.ctx.platform.config.demo;
  return { onward, identity, isDemo, isSignedOut: searchParams.has('abgemeldet'), isRemoved: searchParams.has('geloescht') };
});

export const action = act(async (house, { form }) => {
  const onward = localPath(form.get('weiter'), '/postfach');
  if (text(form, '_form') === 'identity') {
    const secret = await house.rooms.accounts.beginIdentity(house.ctx, { purpose: 'signIn', level: 'basic' });
    return goToIdentity(house, { secret, onward });
  }
  const given = await house.checkAll({
    address: () => filled(house, form, 'address'),
    password: () => filledSecret(house, form, 'password'),
  });
  return beginCitizen(house, { ...given, to: onward });
});

export default function CitizenSignIn() {
  const { onward, identity, isDemo, isSignedOut, isRemoved } = useLoaderData<typeof loader>();
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
      {identity && (
        <Section title={labels.or}>
          <Form name="identity">
            <Hidden name="weiter" value={onward} />
            <Button>{put(labels.signInWith, { name: identity })}</Button>
          </Form>
        </Section>
      )}
      <p>
        <TextLink to="/postfach/passwort-vergessen">{labels.forgotten}</TextLink>
      </p>
      <p>
        {labels.noAccount} <TextLink to="/postfach/anlegen">{labels.register}</TextLink>
      </p>
      {isDemo && <DemoPeople who="citizens" />}
    </Page>
  );
}
