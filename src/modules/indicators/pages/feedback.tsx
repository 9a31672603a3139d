import { redirect, useLoaderData, useParams } from 'react-router';
import { Alert } from '#ui/alert';
import { Button, Buttons, LinkButton, TextLink } from '#ui/button';
import { Radios } from '#ui/choice';
import { TextArea } from '#ui/field';
import { Form } from '#ui/form';
import { Page } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, load, text } from '#web/context';
import { feedbackTexts } from './indicator-texts.ts';

export const loader = load(async (house, { params }) => house.rooms.indicators.lookAtFeedback(house.ctx, params.token ?? ''));

export const action = act(async (house, { params, form }) => {
  const { token = '' } = params;
  await house.rooms.indicators.giveFeedback(house.ctx, token, { points: text(form, 'points'), text: text(form, 'text') });
  return redirect(`/rueckmeldung/${token}`);
});

/** One question when an application has been sent, for whoever wants to answer it. */
export default function FeedbackPage() {
  const { title, isDone } = useLoaderData<typeof loader>();
  const { token } = useParams();
  const labels = useWords(feedbackTexts);
  const { locale } = useView();
  const status = `/antrag/status/${token}`;
  if (isDone)
    return (
      <Page title={labels.title}>
        <Alert tone="success" title={labels.thanks}>
          <p>{labels.done}</p>
        </Alert>
        <p>
          <TextLink to={status}>{labels.back}</TextLink>
        </p>
      </Page>
    );
  return (
    <Page title={labels.title} lead={labels.lead}>
      <p>
        {labels.about} <strong>{title[locale]}</strong>
      </p>
      <Form name="feedback" labels={{ points: labels.legend, text: labels.text }}>
        <Radios
          name="points"
          legend={labels.legend}
          options={(['five', 'four', 'three', 'two', 'one'] as const).map((word, index) => ({
            value: String(5 - index),
            label: labels[word],
          }))}
        />
        <TextArea name="text" label={labels.text} hint={labels.textHint} rows={4} isOptional />
        <Buttons>
          <Button kind="primary">{labels.send}</Button>
          <LinkButton kind="tertiary" to={status}>
            {labels.back}
          </LinkButton>
        </Buttons>
      </Form>
    </Page>
  );
}
