import { redirect, useLoaderData, useParams } from 'react-router';
import { Alert, State, type Tone } from '#ui/alert';
import { Button, TextLink } from '#ui/button';
import { Checkbox } from '#ui/choice';
import { TextArea } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { Bytes, Moment } from '#ui/format';
import { type Fact, Facts, Page, Section } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, load, text } from '#web/context';
import type { StatusView } from '../status.ts';
import { formTexts, put, stateTexts, statusTexts, stepTexts } from './form-texts.ts';
import { officeName, shownBy, useDay, useEuros } from './parts.tsx';
import './forms.css';

export const loader = load(async (house, { params }) => {
  const { token = '' } = params;
  return { view: await house.rooms.forms.lookAtStatus(house.ctx, token), ...(await shownBy(house, token)) };
});

export const action = act(async (house, { form, params }) => {
  const { forms } = house.rooms;
  const { token = '' } = params;
  const here = `/antrag/status/${token}`;
  const act = text(form, '_form');
  if (act === 'pay') return redirect(await forms.payAgain(house.ctx, token));
  if (act === 'answer')
    await forms.answerEvidence(house.ctx, token, { request: Number(text(form, 'request')) || 0, text: text(form, 'text') });
  if (act === 'supplement') await forms.supplementSubmission(house.ctx, token, text(form, 'text'));
  if (act === 'withdraw') {
    if (text(form, 'sure') !== 'yes') throw house.refuse(statusTexts[house.ctx.locale].withdrawMissing, 'sure');
    await forms.withdrawSubmission(house.ctx, token);
  }
  return redirect(here);
});

type Props = { readonly view: StatusView };

const tones: Readonly<Record<StatusView['state'], Tone>> = {
  ...{ unpaid: 'warning', received: 'info', inProgress: 'info', evidenceRequested: 'warning' },
  ...{ decided: 'success', closed: 'neutral', withdrawn: 'neutral' },
};

/** How it stands, who has it, what is missing, when it is decided. */
export default function StatusPage() {
  const { view } = useLoaderData<typeof loader>();
  const labels = useWords(statusTexts);
  const states = useWords(stateTexts);
  const { locale } = useView();
  const day = useDay();
  const { state, handlerName, expectedOn, office } = view;
  const isOpen = state === 'received' || state === 'inProgress' || state === 'evidenceRequested';
  const facts: readonly (Fact | null)[] = [
    [
      labels.state,
      <State key="state" tone={tones[state]}>
        {states[state]}
      </State>,
    ],
    [labels.reference, view.reference],
    [labels.recipient, [officeName(office), office.phone].filter(Boolean).join(', ')],
    isOpen ? [labels.handler, handlerName || labels.nobody] : null,
    [labels.sent, <Moment key="sent" at={view.sentAt} />],
    isOpen && expectedOn ? [labels.expected, day(expectedOn)] : null,
    view.result ? [labels.result, view.result] : null,
  ];
  return (
    <Page title={`${labels.title}: ${view.title[locale]}`}>
      <div className="review">
        <Facts facts={facts.filter((fact) => fact !== null)} />
      </div>
      <Money view={view} />
      <Requests view={view} />
      <Receipt view={view} />
      <FileList view={view} />
      <Story view={view} />
      <Acts view={view} />
      {view.state !== 'unpaid' && <Rate />}
      <p className="muted">{labels.keep}</p>
    </Page>
  );
}

function Money({ view: { payment, state } }: Props) {
  const labels = useWords(statusTexts);
  const euros = useEuros();
  if (!payment || state === 'withdrawn') return null;
  const sum = euros(payment.cents ?? 0);
  if (payment.state === 'awaitingFee') return <p>{labels.feeOpen}</p>;
  if (payment.state === 'paid') return <p>{put(labels.paid, { sum })}</p>;
  if (payment.state === 'underWay' || payment.state === 'disputed') return <Alert>{labels.payUnderWay}</Alert>;
  if (payment.state !== 'open' && payment.state !== 'expired') return null;
  return (
    <div className="step-box">
      <p>{put(state === 'unpaid' ? labels.payText : labels.payLater, { sum })}</p>
      {payment.state === 'expired' && <p>{labels.payExpired}</p>}
      <Form name="pay">
        <Button kind="primary">{labels.pay}</Button>
      </Form>
    </div>
  );
}

function Requests({ view: { requests, state } }: Props) {
  const labels = useWords(statusTexts);
  const day = useDay();
  const open = state === 'evidenceRequested' ? requests.filter(({ answeredAt }) => answeredAt === null) : [];
  return open.map(({ id, text: asked, dueOn }) => (
    <div className="step-box" key={id}>
      <h2>{labels.asked}</h2>
      <p className="prose">{asked}</p>
      <p>{put(labels.due, { day: day(dueOn) })}</p>
      <Form name="answer" labels={{ text: labels.answer }}>
        <Hidden name="request" value={id} />
        <TextArea name="text" label={labels.answer} rows={5} />
        <Button kind="primary">{labels.sendAnswer}</Button>
      </Form>
    </div>
  ));
}

function Receipt({ view: { hasReceipt, state } }: Props) {
  const labels = useWords(statusTexts);
  const { token } = useParams();
  if (hasReceipt)
    return (
      <p>
        <a href={`/antrag/status/${token}/quittung.pdf`}>{labels.receipt}</a>
      </p>
    );
  return state === 'unpaid' || state === 'withdrawn' ? null : <p>{labels.receiptSoon}</p>;
}

/** The one voluntary question at the end. */
function Rate() {
  const labels = useWords(statusTexts);
  const { token } = useParams();
  return (
    <p>
      <TextLink to={`/rueckmeldung/${token}`}>{labels.rate}</TextLink>
    </p>
  );
}

function FileList({ view: { files } }: Props) {
  const labels = useWords(statusTexts);
  const words = useWords(formTexts);
  if (files.length === 0) return null;
  return (
    <Section title={labels.files}>
      <ul className="file-list">
        {files.map(({ id, name, size, state }) => (
          <li key={id}>
            <span>
              {name} (<Bytes value={size} />)
            </span>
            <span>{words[state]}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Story({ view: { happenings } }: Props) {
  const labels = useWords(statusTexts);
  const steps = useWords(stepTexts);
  const names: Readonly<Record<string, string>> = { applicant: labels.applicant, house: labels.house };
  return (
    <Section title={labels.history}>
      <ol className="story">
        {happenings.map(({ at, step, who, text: said }) => (
          <li key={`${new Date(at).toISOString()} ${step}`}>
            <strong>{steps[step] ?? step}</strong>{' '}
            <span className="muted">
              <Moment at={at} />, {names[who] ?? who}
            </span>
            {said !== '' && <p className="said">{said}</p>}
          </li>
        ))}
      </ol>
    </Section>
  );
}

/** What the applicant can do; folded, since most people come to look. */
function Acts({ view: { steps } }: Props) {
  const labels = useWords(statusTexts);
  return (
    <>
      {steps.includes('supplement') && (
        <details>
          <summary>{labels.supplement}</summary>
          <Form name="supplement" labels={{ text: labels.supplementText }}>
            <TextArea name="text" label={labels.supplementText} rows={5} />
            <Button>{labels.sendSupplement}</Button>
          </Form>
        </details>
      )}
      {steps.includes('withdraw') && (
        <details>
          <summary>{labels.withdraw}</summary>
          <Form name="withdraw">
            <p>{labels.withdrawText}</p>
            <Checkbox name="sure" label={labels.withdrawYes} />
            <Button kind="danger">{labels.withdraw}</Button>
          </Form>
        </details>
      )}
    </>
  );
}
