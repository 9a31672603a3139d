import { data, redirect, useActionData, useLoaderData, useParams } from 'react-router';
import { Alert } from '#ui/alert';
import { Button, LinkButton, TextLink } from '#ui/button';
import { TextField } from '#ui/field';
import { Form } from '#ui/form';
import { Page, Section } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, load, text } from '#web/context';
import { linkTexts } from './applicant-texts.ts';
import { formTexts, put } from './form-texts.ts';
import { signInFor, Take } from './link.tsx';
import { About, shownBy } from './parts.tsx';
import './forms.css';

export const loader = load(async (house, { params }) => {
  const { token = '' } = params;
  const view = await house.rooms.forms.lookAtResume(house.ctx, token);
  if ('goTo' in view) throw redirect(`/antrag/status/${token}`);
  return { view, isCitizen: house.ctx.actor.kind === 'citizen', ...(await shownBy(house, token)) };
});

export const action = act(async (house, { form, params }) => {
  const { forms } = house.rooms;
  const { token = '' } = params;
  const act = text(form, '_form');
  if (act === 'signIn') return signInFor(house, token);
  if (act === 'take') {
    const { form: name, key } = await forms.takeIntoAccount(house.ctx, token);
    return redirect(`/antrag/${name}/${key}/speichern`);
  }
  const mail = text(form, 'mail');
  await forms.mailLink(house.ctx, token, mail);
  return data({ mailed: mail });
});

/** The link under which it goes on, to keep or to have sent. */
export default function SavePage() {
  const { view, isCitizen } = useLoaderData<typeof loader>();
  const answer = useActionData() as { readonly mailed?: string } | undefined;
  const { form, token } = useParams();
  const labels = useWords(formTexts);
  const links = useWords(linkTexts);
  const { locale } = useView();
  const base = `/antrag/${form}/${token}`;
  return (
    <Page title={labels.laterTitle}>
      <p className="progress">{view.title[locale]}</p>
      {answer?.mailed && <Alert tone="success">{put(labels.mailed, { mail: answer.mailed })}</Alert>}
      {view.isFree && isCitizen && <Alert>{links.notYetTaken}</Alert>}
      {view.link === null ? <OwnLater isCounter={!isCitizen} /> : <ByLink link={view.link} />}
      {view.isFree && (
        <Section title={links.take}>
          <Take isCitizen={isCitizen} />
        </Section>
      )}
      <p>
        <LinkButton kind="primary" to={base}>
          {labels.goOn}
        </LinkButton>
      </p>
      <About office={view.office} keptUntil={view.keptUntil} base={null} />
    </Page>
  );
}

/** What lies in an account, or on the list of the counter, is found there. */
function OwnLater({ isCounter }: { readonly isCounter: boolean }) {
  const links = useWords(linkTexts);
  return (
    <p>
      {isCounter ? links.counter : links.ownLater}{' '}
      <TextLink to={isCounter ? '/eingang/am-schalter' : '/postfach/antraege'}>
        {isCounter ? links.counterList : links.list}
      </TextLink>
    </p>
  );
}

function ByLink({ link }: { readonly link: string }) {
  const labels = useWords(formTexts);
  return (
    <>
      <p>{labels.laterLead}</p>
      <p className="resume-link">
        <a href={link}>{link}</a>
      </p>
      <Alert tone="warning">{labels.laterWarning}</Alert>
      <Section title={labels.laterMail}>
        <Form isInline labels={{ mail: labels.address }}>
          <TextField name="mail" type="email" autoComplete="email" label={labels.address} />
          <Button>{labels.sendLink}</Button>
        </Form>
      </Section>
    </>
  );
}
