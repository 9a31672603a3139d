import { data, redirect, useActionData, useLoaderData, useParams } from 'react-router';
import { Alert } from '#ui/alert';
import { Button, LinkButton } from '#ui/button';
import { TextField } from '#ui/field';
import { Form } from '#ui/form';
import { Page, Section } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, load, text } from '#web/context';
import { formTexts, put } from './form-texts.ts';
import { About, shownBy } from './parts.tsx';
import './forms.css';

export const loader = load(async (house, { params }) => {
  const { token = '' } = params;
  const view = await house.rooms.forms.lookAtResume(house.ctx, token);
  if ('goTo' in view) throw redirect(`/antrag/status/${token}`);
  return { view, ...(await shownBy(house, token)) };
});

export const action = act(async (house, { form, params }) => {
  const mail = text(form, 'mail');
  await house.rooms.forms.mailLink(house.ctx, params.token ?? '', mail);
  return data({ mailed: mail });
});

/** The link under which it goes on, to keep or to have sent. */
export default function SavePage() {
  const { view } = useLoaderData<typeof loader>();
  const answer = useActionData() as { readonly mailed?: string } | undefined;
  const { form, token } = useParams();
  const labels = useWords(formTexts);
  const { locale } = useView();
  const base = `/antrag/${form}/${token}`;
  return (
    <Page title={labels.laterTitle}>
      <p className="progress">{view.title[locale]}</p>
      {answer?.mailed && <Alert tone="success">{put(labels.mailed, { mail: answer.mailed })}</Alert>}
      <p>{labels.laterLead}</p>
      <p className="resume-link">{view.link}</p>
      <Alert tone="warning">{labels.laterWarning}</Alert>
      <Section title={labels.laterMail}>
        <Form isInline labels={{ mail: labels.address }}>
          <TextField name="mail" type="email" autoComplete="email" label={labels.address} />
          <Button>{labels.sendLink}</Button>
        </Form>
      </Section>
      <p>
        <LinkButton kind="primary" to={base}>
          {labels.goOn}
        </LinkButton>
      </p>
      <About office={view.office} keptUntil={view.keptUntil} base={base} />
    </Page>
  );
}
