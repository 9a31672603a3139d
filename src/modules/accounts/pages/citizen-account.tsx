import { redirect, useLoaderData } from 'react-router';
import { Button } from '#ui/button';
import { TextField } from '#ui/field';
import { Form } from '#ui/form';
import { Page, Section } from '#ui/page';
import { useWords } from '#ui/view';
import { act, load } from '#web/context';
import { filledSecret } from './begin.ts';
import { citizenTexts } from './citizen-texts.ts';
import { put } from './sign-in-texts.ts';

export const loader = load(async (house) => {
  const { name, address } = house.rooms.accounts.citizenIn(house.ctx);
  return { name, address };
});

export const action = act(async (house, { form }) => {
  await house.rooms.accounts.removeCitizen(house.ctx, filledSecret(house, form, 'password'));
  return redirect('/postfach/anmelden?geloescht', { headers: { 'Set-Cookie': house.cookies.signOut() } });
});

export default function CitizenAccount() {
  const me = useLoaderData<typeof loader>();
  const labels = useWords(citizenTexts);
  return (
    <Page title={labels.account} lead={put(labels.accountLead, me)} above={[{ to: '/postfach', label: labels.mailbox }]}>
      <Form name="signOut" action="/abmelden">
        <Button>{labels.signOut}</Button>
      </Form>
      <Section title={labels.export} lead={labels.exportLead}>
        <p>
          <a href="/postfach/alles.zip" download>
            {labels.download}
          </a>
        </p>
      </Section>
      <Section title={labels.remove} lead={labels.removeLead}>
        <Form name="remove" labels={labels}>
          <TextField name="password" type="password" label={labels.password} autoComplete="current-password" />
          <Button kind="danger">{labels.removeAction}</Button>
        </Form>
      </Section>
    </Page>
  );
}
