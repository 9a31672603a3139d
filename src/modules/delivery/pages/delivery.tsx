import { useLoaderData } from 'react-router';
import { Alert, State } from '#ui/alert';
import { Button, Buttons, TextLink } from '#ui/button';
import { Form } from '#ui/form';
import { Moment } from '#ui/format';
import { type Fact, Facts, Page, Section } from '#ui/page';
import { Table } from '#ui/table';
import { useView, useWords } from '#ui/view';
import { act, go, load, signedIn, text } from '#web/context';
import { deliveryTexts, stateTexts, stateTones, stepTexts } from './delivery-texts.ts';

export const loader = load(async (house, { params }) => {
  signedIn(house);
  const found = await house.rooms.delivery.getDelivery(house.ctx, params.id ?? '');
  const { id, submission, reference, title, receiver, state, failures, nextAt, problems, remote, steppedAt, open } = found;
  const why = found.reason === null ? '' : house.say(found.reason);
  const steps = found.steps.map(({ reason, ...step }) => ({ ...step, why: reason === null ? '' : house.say(reason) }));
  return { id, submission, reference, title, receiver, state, failures, nextAt, problems, remote, steppedAt, open, why, steps };
});

export const action = act(async (house, { params, form }) => {
  signedIn(house);
  const { delivery } = house.rooms;
  const id = params.id ?? '';
  const labels = deliveryTexts[house.ctx.locale];
  const what = text(form, '_form');
  if (what === 'again') await delivery.sendAgain(house.ctx, id);
  else if (what === 'takeBack') await delivery.takeBack(house.ctx, id);
  else throw house.missing();
  return go(house, `/zustellungen/${id}`, { text: what === 'again' ? labels.againDone : labels.takeBackDone });
});

/** One delivery: how it stands, why, what happened, what can be done. */
export default function DeliveryPage() {
  const { title, reference, why, state, problems } = useLoaderData<typeof loader>();
  const labels = useWords(deliveryTexts);
  const { locale } = useView();
  const isBack = state === 'rejected' || state === 'failed';
  return (
    <Page title={title[locale]} lead={reference} width="wide" above={[{ to: '/zustellungen', label: labels.title }]}>
      {why !== '' && (
        <Alert tone={isBack ? 'danger' : 'info'}>
          <p>{why}</p>
        </Alert>
      )}
      <About />
      {problems.length > 0 && (
        <Section title={labels.problems}>
          <ul>
            {problems.map(({ title: said, detail, instance }) => (
              <li key={`${instance} ${said} ${detail}`}>{[said, detail, instance].filter(Boolean).join(' – ')}</li>
            ))}
          </ul>
        </Section>
      )}
      <Acts />
      <History />
    </Page>
  );
}

function About() {
  const { receiver, state, steppedAt, nextAt, failures, remote, submission } = useLoaderData<typeof loader>();
  const labels = useWords(deliveryTexts);
  const states = useWords(stateTexts);
  const facts: readonly (Fact | false)[] = [
    [
      labels.state,
      <State key="state" tone={stateTones[state]}>
        {states[state]}
      </State>,
    ],
    [labels.since, <Moment key="since" at={steppedAt} />],
    [labels.receiver, receiver],
    nextAt !== null && [labels.next, <Moment key="next" at={nextAt} />],
    failures > 0 && [labels.failures, String(failures)],
    remote !== null && [labels.number, remote],
    [
      labels.application,
      <TextLink key="open" to={`/eingang/${submission}`}>
        {labels.open}
      </TextLink>,
    ],
  ];
  return <Facts facts={facts.filter((fact) => fact !== false)} />;
}

function Acts() {
  const { open } = useLoaderData<typeof loader>();
  const labels = useWords(deliveryTexts);
  const acts = (['again', 'takeBack'] as const).filter((one) => open.includes(one));
  if (acts.length === 0) return null;
  return (
    <Section title={labels.todo}>
      <Buttons>
        {acts.map((one) => (
          <Form key={one} name={one}>
            <Button kind={one === 'again' ? 'primary' : 'secondary'}>{labels[one]}</Button>
          </Form>
        ))}
      </Buttons>
    </Section>
  );
}

function History() {
  const { steps } = useLoaderData<typeof loader>();
  const labels = useWords(deliveryTexts);
  const names = useWords(stepTexts);
  return (
    <Table
      caption={labels.history}
      showsCaption
      rows={steps.map((step, index) => ({ ...step, index }))}
      keyOf={({ index }) => index}
      columns={[
        { key: 'when', label: labels.when, kind: 'name', cell: ({ at }) => <Moment at={at} /> },
        {
          key: 'step',
          label: labels.step,
          cell: ({ step, why }) => (
            <>
              {names[step] ?? step}
              {why !== '' && <span className="below">{why}</span>}
            </>
          ),
        },
        { key: 'who', label: labels.who, cell: ({ who }) => names[who] ?? who },
      ]}
    />
  );
}
