import { redirect, useLoaderData } from 'react-router';
import { Button } from '#ui/button';
import { TextField } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { Moment } from '#ui/format';
import { Facts, Page, Section } from '#ui/page';
import { useWords } from '#ui/view';
import { act, load, text } from '#web/context';
import { filledSecret } from './begin.ts';
import { citizenTexts } from './citizen-texts.ts';
import { goToIdentity } from './identity-begin.ts';
import { put } from './sign-in-texts.ts';

export const loader = load(async (house) => {
  const { accounts } = house.rooms;
  const { name, address } = accounts.citizenIn(house.ctx);
  const identity = accounts.identityName(house.ctx);
  return { name, address, identity, links: await accounts.listIdentities(house.ctx) };
});

export const action = act(async (house, { form }) => {
  const { accounts } = house.rooms;
  const what = text(form, '_form');
  if (what === 'link') {
    const secret = await accounts.beginIdentity(house.ctx, { purpose: 'link', level: 'basic' });
    return goToIdentity(house, { secret, onward: '/postfach/konto' });
  }
  if (what === 'unlink') {
    await accounts.unlinkIdentity(house.ctx, Number(text(form, 'link')));
    return redirect('/postfach/konto');
  }
  await accounts.removeCitizen(house.ctx, filledSecret(house, form, 'password'));
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
      <Identities />
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

/** The user accounts of the state one can sign in with here, and the way to link one. */
function Identities() {
  const { identity, links } = useLoaderData<typeof loader>();
  const labels = useWords(citizenTexts);
  const name = identity ?? 'BundID';
  if (identity === null && links.length === 0) return null;
  return (
    <Section title={put(labels.linked, { name })} lead={labels.linkedLead}>
      {links.map(({ id, linkedAt, lastUsedAt }) => (
        <div key={id} className="flow">
          <Facts
            facts={[
              [labels.linkedSince, <Moment key="since" at={linkedAt} />],
              [labels.lastUsed, lastUsedAt ? <Moment key="used" at={lastUsedAt} /> : labels.never],
            ]}
          />
          <Form name="unlink">
            <Hidden name="link" value={id} />
            <Button>{labels.unlink}</Button>
          </Form>
        </div>
      ))}
      {identity !== null && links.length === 0 && (
        <Form name="link">
          <Button>{put(labels.linkAction, { name })}</Button>
        </Form>
      )}
    </Section>
  );
}
