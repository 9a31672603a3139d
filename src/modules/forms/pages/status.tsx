import { data, redirect, useActionData, useLoaderData, useParams } from 'react-router';
import { Alert, State } from '#ui/alert';
import { Button, LinkButton, TextLink } from '#ui/button';
import { Checkbox } from '#ui/choice';
import { TextArea } from '#ui/field';
import { Form } from '#ui/form';
import { Moment } from '#ui/format';
import { type Fact, Facts, Page, Section } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, load, text } from '#web/context';
import type { StatusView } from '../status.ts';
import { answerTexts, correctTexts, linkTexts } from './applicant-texts.ts';
import { counterTexts } from './counter-texts.ts';
import { formTexts, put, stateTexts, statusTexts, stepTexts } from './form-texts.ts';
import { Keep, signInFor, wayBack } from './link.tsx';
import { FileNames, Fold, officeName, shownBy, stateTones, useDay, useEuros } from './parts.tsx';
import './forms.css';

/** What was just done, as the address says. */
const news = ['berichtigt', 'adresse', 'ergaenzt', 'gebuehr', 'geantwortet', 'geschrieben', 'uebernommen'] as const;

export const loader = load(async (house, { request, params }) => {
  const { token = '' } = params;
  const view = await house.rooms.forms.lookAtStatus(house.ctx, token);
  const { searchParams } = new URL(request.url);
  const done = news.find((known) => searchParams.has(known)) ?? null;
  return { view, done, isCitizen: house.ctx.actor.kind === 'citizen', ...(await shownBy(house, token)) };
});

export const action = act(async (house, { form, params }) => {
  const { forms } = house.rooms;
  const { token = '' } = params;
  const here = `/antrag/status/${token}`;
  const act = text(form, '_form');
  if (act === 'pay') {
    const headers = { 'Set-Cookie': wayBack(house, token) };
    return redirect(await forms.payAgain(house.ctx, token), { headers });
  }
  if (act === 'signIn') return signInFor(house, token);
  if (act === 'take') return redirect(`/antrag/status/${(await forms.takeIntoAccount(house.ctx, token)).key}?uebernommen`);
  if (act === 'correct') return redirect(`/antrag/${(await forms.beginCorrection(house.ctx, token)).form}/${token}/pruefen`);
  if (act === 'mail') {
    const mailed = text(form, 'mail');
    await forms.mailLink(house.ctx, token, mailed);
    return data({ mailed });
  }
  if (act === 'drop') await forms.dropCorrection(house.ctx, token);
  if (act === 'supplement') {
    await forms.supplementSubmission(house.ctx, token, text(form, 'text'));
    return redirect(`${here}?geschrieben`);
  }
  if (act === 'withdraw') {
    if (text(form, 'sure') !== 'yes') throw house.refuse(statusTexts[house.ctx.locale].withdrawMissing, 'sure');
    await forms.withdrawSubmission(house.ctx, token);
  }
  return redirect(here);
});

type Props = { readonly view: StatusView };

/** How it stands, who has it, what is missing, when it is decided. */
export default function StatusPage() {
  const { view, isCitizen } = useLoaderData<typeof loader>();
  const { token = '' } = useParams();
  const counter = useWords(counterTexts);
  const labels = useWords(statusTexts);
  const states = useWords(stateTexts);
  const { locale } = useView();
  const day = useDay();
  const { state, handlerName, expectedOn, office } = view;
  const isOpen = state === 'received' || state === 'inProgress' || state === 'evidenceRequested';
  const facts: readonly (Fact | null)[] = [
    [
      labels.state,
      <State key="state" tone={stateTones[state]}>
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
      <Done />
      {view.state === 'unpaid' && <Money view={view} />}
      <Requests view={view} />
      <div className="review">
        <Facts facts={facts.filter((fact) => fact !== null)} />
      </div>
      {view.state !== 'unpaid' && <Money view={view} />}
      <Receipt view={view} />
      {token.startsWith('schalter-') ? (
        <p>
          <LinkButton to={`/eingang/am-schalter/beleg/${token}`}>{counter.paper}</LinkButton>
        </p>
      ) : (
        <Keep link={view.link} isFree={view.isFree} isCitizen={isCitizen} />
      )}
      <FileList view={view} />
      <Story view={view} />
      <Acts view={view} />
      {view.state !== 'unpaid' && <Rate />}
    </Page>
  );
}

/** What was just done. */
function Done() {
  const { done } = useLoaderData<typeof loader>();
  const answer = useActionData() as { readonly mailed?: string } | undefined;
  const labels = useWords(formTexts);
  const corrected = useWords(correctTexts);
  const said = {
    geantwortet: useWords(answerTexts).sent,
    geschrieben: useWords(statusTexts).supplemented,
    uebernommen: useWords(linkTexts).taken,
  };
  if (answer?.mailed) return <Alert tone="success">{put(labels.mailed, { mail: answer.mailed })}</Alert>;
  if (done === null) return null;
  const text = {
    ...said,
    berichtigt: corrected.done,
    adresse: corrected.doneAddress,
    ergaenzt: corrected.asSupplement,
    gebuehr: corrected.asFee,
  }[done];
  return <Alert tone={done === 'ergaenzt' || done === 'gebuehr' ? 'info' : 'success'}>{text}</Alert>;
}

function Money({ view: { payment, state, link, reference } }: Props) {
  const labels = useWords(statusTexts);
  const euros = useEuros();
  if (!payment) return null;
  const sum = euros(payment.cents ?? 0);
  // Also whoever has withdrawn reads that the money came back.
  if (payment.state === 'refunded') return <p>{put(labels.refunded, { sum: euros(payment.refundedCents) })}</p>;
  if (state === 'withdrawn') return null;
  if (payment.state === 'awaitingFee') return <p>{labels.feeOpen}</p>;
  if (payment.state === 'paid')
    return (
      <p>
        {put(labels.paid, { sum })}
        {payment.refundedCents > 0 && ` ${put(labels.refunded, { sum: euros(payment.refundedCents) })}`}
      </p>
    );
  if (payment.state === 'underWay' || payment.state === 'disputed') return <Alert>{labels.payUnderWay}</Alert>;
  if (payment.state !== 'open' && payment.state !== 'expired') return null;
  return (
    <div className="step-box">
      {state === 'unpaid' && <p>{link === null ? labels.storedOwn : labels.stored}</p>}
      <p>{put(state === 'unpaid' ? labels.payText : labels.payLater, { sum })}</p>
      {payment.state === 'expired' && <p>{labels.payExpired}</p>}
      <Form name="pay">
        <Button kind="primary" about={put(labels.payAbout, { reference, sum })}>
          {labels.pay}
        </Button>
      </Form>
    </div>
  );
}

function Requests({ view: { requests, state } }: Props) {
  const labels = useWords(statusTexts);
  const answers = useWords(answerTexts);
  const { token } = useParams();
  const day = useDay();
  const open = state === 'evidenceRequested' ? requests.filter(({ answeredAt }) => answeredAt === null) : [];
  return open.map(({ id, text: asked, dueOn }) => (
    <div className="step-box" key={id}>
      <h2>{labels.asked}</h2>
      <p className="prose">{asked}</p>
      <p>
        {put(labels.due, { day: day(dueOn) })} {labels.pause}
      </p>
      <p>
        <LinkButton kind="primary" to={`/antrag/status/${token}/antworten/${id}`}>
          {answers.go}
        </LinkButton>
      </p>
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
  if (files.length === 0) return null;
  return (
    <Section title={labels.files}>
      <FileNames files={files} />
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
function Acts({ view: { steps, isCorrecting } }: Props) {
  const labels = useWords(statusTexts);
  return (
    <>
      {(isCorrecting || steps.includes('correct')) && <Correct isBegun={isCorrecting} />}
      {steps.includes('supplement') && (
        <Fold name="supplement" title={labels.supplement}>
          <Form name="supplement" labels={{ text: labels.supplementText }}>
            <TextArea name="text" label={labels.supplementText} rows={5} />
            <Button>{labels.sendSupplement}</Button>
          </Form>
        </Fold>
      )}
      {steps.includes('withdraw') && (
        <Fold name="withdraw" title={labels.withdraw}>
          <Form name="withdraw">
            <p>{labels.withdrawText}</p>
            <Checkbox name="sure" label={labels.withdrawYes} />
            <Button kind="danger">{labels.withdraw}</Button>
          </Form>
        </Fold>
      )}
    </>
  );
}

/** Changing an answer, as long as nobody works on it. */
function Correct({ isBegun }: { readonly isBegun: boolean }) {
  const labels = useWords(correctTexts);
  return (
    <div className="step-box">
      <p>{isBegun ? labels.begun : labels.lead}</p>
      <Form name="correct">
        <Button>{isBegun ? labels.goOn : labels.act}</Button>
      </Form>
      {isBegun && (
        <Form name="drop">
          <Button kind="tertiary">{labels.drop}</Button>
        </Form>
      )}
    </div>
  );
}
