import { redirect, useLoaderData, useParams } from 'react-router';
import { Alert } from '#ui/alert';
import { TextLink } from '#ui/button';
import { Facts, Page, Section } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, load, signedIn } from '#web/context';
import { addressOf } from './editor-parts.tsx';
import { editorTexts } from './editor-texts.ts';
import { formTexts } from './form-texts.ts';
import { useEuros } from './parts.tsx';
import { TrialSign } from './trial-sign.tsx';

export const loader = load(async (house, { params }) => {
  signedIn(house);
  const { form = '' } = params;
  const view = await house.rooms.forms.lookAtTrialEnd(house.ctx, form);
  if ('goTo' in view) throw redirect(addressOf(form, `/probe/${view.goTo}`));
  return view;
});

export const action = act(async (house, { params }) => {
  signedIn(house);
  const { form = '' } = params;
  await house.rooms.forms.endTrial(house.ctx, form);
  return redirect(addressOf(form, '/probe'));
});

/** The end of a test run: the answers once more, what it would cost, the declaration. */
export default function EditorTrialEndPage() {
  const view = useLoaderData<typeof loader>();
  const { form = '' } = useParams();
  const labels = useWords(formTexts);
  const words = useWords(editorTexts);
  const { locale } = useView();
  const euros = useEuros();
  const { fee } = view;
  const facts =
    fee?.kind === 'sum'
      ? [
          ...fee.lines.map(({ label, cents }) => [label[locale], euros(cents)] as const),
          [labels.total, euros(fee.cents)] as const,
        ]
      : [];
  return (
    <Page title={labels.check}>
      <TrialSign form={form} page={null} />
      <p className="progress">{view.title[locale]}</p>
      {view.last && (
        <p>
          <TextLink to={addressOf(form, `/probe/${view.last}`)}>{labels.back}</TextLink>
        </p>
      )}
      {view.sections.map(({ page, item, title, rows }) => (
        <Section key={`${page} ${item}`} title={title}>
          {rows.length > 0 ? <Facts facts={rows.map(({ label, value }) => [label, value] as const)} /> : <p>{labels.nothing}</p>}
        </Section>
      ))}
      {fee?.kind === 'sum' && (
        <Section title={labels.fee}>
          <Facts facts={facts} />
        </Section>
      )}
      {fee?.kind === 'later' && (
        <Section title={labels.fee}>
          <p>{fee.hint[locale]}</p>
        </Section>
      )}
      <Section title={labels.declaration}>
        <p className="prose">{view.declaration[locale]}</p>
      </Section>
      <Alert tone="success">{words.trialDone}</Alert>
    </Page>
  );
}
