import { useLoaderData } from 'react-router';
import { Alert, State } from '#ui/alert';
import { Button, Buttons, LinkButton } from '#ui/button';
import { Form, Hidden } from '#ui/form';
import { dayInFigures, dayInWords, Moment } from '#ui/format';
import { type Fact, Facts, Page, Section } from '#ui/page';
import { Table } from '#ui/table';
import { useView, useWords } from '#ui/view';
import { act, go, load, signedIn, text } from '#web/context';
import type { RefundDecision } from '../refund.ts';
import type { Refund } from '../store/refund.ts';
import { actTexts, possibleActs } from './acts.ts';
import { History, Letter } from './history.tsx';
import { Items } from './items.tsx';
import { Money, money } from './money.tsx';
import { stateTones } from './treasury.tsx';
import { attemptTexts, methodTexts, refundTexts, stateTexts, thingTexts, treasuryTexts } from './treasury-texts.ts';
import './payments.css';

export const loader = load(async (house, { params }) => {
  const { roles, account, tenant } = signedIn(house);
  const { payments } = house.rooms;
  const file = await payments.getPayment(house.ctx, Number(params.id) || 0);
  const { id, invoicedAt } = file.payment;
  const letter = invoicedAt ? await payments.letterOf(house.ctx, { tenant, payment: id, page: null }) : null;
  return { file, letter, mayTreasure: roles.includes('treasurer'), me: `account:${account}` };
});

const decisions: readonly RefundDecision['step'][] = ['approve', 'reject', 'takeBack', 'finish', 'abandon'];

export const action = act(async (house, { params, form }) => {
  const { payments } = house.rooms;
  const labels = treasuryTexts[house.ctx.locale];
  const here = `/kasse/${Number(params.id)}`;
  if (text(form, '_form') === 'ask') {
    await payments.askAgain(house.ctx, Number(params.id) || 0);
    return go(house, here, { text: labels.askedAgain });
  }
  const step = decisions.find((known) => known === text(form, 'step'));
  if (!step) throw house.missing();
  await payments.decideRefund(house.ctx, { refund: Number(text(form, 'refund')), step });
  return go(house, here, { text: labels.decided });
});

/** One payment with everything that happened to it, and what can be done. */
export default function PaymentPage() {
  const { file, letter } = useLoaderData<typeof loader>();
  const labels = useWords(treasuryTexts);
  const { payment } = file;
  const facts = usePaymentFacts();
  return (
    <Page title={payment.reference} lead={payment.purpose} width="wide" above={[{ to: '/kasse', label: labels.title }]}>
      {payment.state === 'disputed' && <Alert tone="danger">{labels.disputedHint}</Alert>}
      <GiveBack />
      <Facts facts={facts} />
      <Acts />
      <Items items={file.payment.items} labels={labels} />
      <Refunds />
      <Attempts />
      <Receipts />
      {letter && <Letter letter={letter} />}
      <History events={file.history} />
    </Page>
  );
}

/** What the treasury still has to give back, or to transfer by hand because it was decided. */
function GiveBack() {
  const { file } = useLoaderData<typeof loader>();
  const labels = useWords(treasuryTexts);
  const { locale } = useView();
  const { payment, surplusCents, refunds } = file;
  const running = refunds.filter(({ state }) => state === 'requested' || state === 'approved');
  const sumOf = (some: typeof running) => some.reduce((sum, { cents }) => sum + cents, 0);
  const byHand = sumOf(running.filter(({ state, byGateway }) => state === 'approved' && !byGateway));
  const isTooMuch = payment.state !== 'disputed' && surplusCents > sumOf(running);
  return (
    <>
      {isTooMuch && <Alert tone="warning">{labels.surplusHint}</Alert>}
      {byHand > 0 && <Alert>{labels.transferHint.replace('{sum}', money(locale, byHand))}</Alert>}
    </>
  );
}

function usePaymentFacts(): Fact[] {
  const { file } = useLoaderData<typeof loader>();
  const labels = useWords(treasuryTexts);
  const states = useWords(stateTexts);
  const kinds = useWords(thingTexts);
  const { locale } = useView();
  const { payment, outstandingCents, surplusCents } = file;
  const { state, cents, debtor, dueOn, expiresAt, paidAt } = payment;
  const isOwed = state === 'open' || state === 'underWay' || state === 'expired' || state === 'disputed';
  const address = [debtor.street, `${debtor.postcode} ${debtor.town}`.trim()].filter((line) => line !== '').join(', ');
  const facts: readonly (Fact | false)[] = [
    [
      labels.state,
      <State key="state" tone={stateTones[state]}>
        {states[state]}
      </State>,
    ],
    cents !== null && [labels.amount, money(locale, cents)],
    payment.receivedCents > 0 && [labels.received, money(locale, payment.receivedCents)],
    payment.refundedCents > 0 && [labels.givenBack, money(locale, payment.refundedCents)],
    isOwed && outstandingCents > 0 && [labels.outstanding, money(locale, outstandingCents)],
    surplusCents > 0 && [labels.surplus, money(locale, surplusCents)],
    [labels.who, debtor.name],
    address !== '' && [labels.address, address],
    debtor.mail !== '' && [labels.mail, debtor.mail],
    [labels.thing, `${kinds[payment.kind] ?? payment.kind} ${payment.thingName}`.trim()],
    [labels.opened, dayInWords(locale, payment.openedAt)],
    isOwed && expiresAt !== null && [labels.ends, dayInWords(locale, expiresAt)],
    dueOn !== null && [labels.due, dayInWords(locale, dueOn)],
    payment.reminders > 0 && [labels.reminders, payment.reminders],
    paidAt !== null && [labels.paid, dayInWords(locale, paidAt)],
  ];
  return facts.filter((fact) => fact !== false);
}

function Acts() {
  const { file, mayTreasure } = useLoaderData<typeof loader>();
  const labels = useWords(treasuryTexts);
  const names = useWords(actTexts);
  const { id, state } = file.payment;
  const possible = mayTreasure ? possibleActs(file) : [];
  const isSettled = state === 'paid' || state === 'refunded' || state === 'withdrawn';
  return (
    <Section title={labels.todo}>
      <Buttons>
        {possible.map((what, index) => (
          <LinkButton key={what} kind={index === 0 && !isSettled ? 'primary' : 'secondary'} to={`/kasse/${id}/${what}`}>
            {names[what].name}
          </LinkButton>
        ))}
      </Buttons>
      {mayTreasure && file.attempts.length > 0 && (
        <Form name="ask">
          <Button icon="repeat">{labels.askAgain}</Button>
        </Form>
      )}
    </Section>
  );
}

function Refunds() {
  const { file } = useLoaderData<typeof loader>();
  const labels = useWords(treasuryTexts);
  const states = useWords(refundTexts);
  if (file.refunds.length === 0) return null;
  return (
    <Table
      caption={labels.refunds}
      showsCaption
      rows={file.refunds}
      keyOf={({ id }) => id}
      columns={[
        { key: 'cents', label: labels.amount, kind: 'name', cell: ({ cents }) => <Money cents={cents} /> },
        { key: 'state', label: labels.state, cell: ({ state }) => states[state] },
        { key: 'reason', label: labels.reason, cell: ({ reason }) => reason },
        { key: 'way', label: labels.how, cell: ({ byGateway }) => (byGateway ? labels.online : labels.transfer) },
        {
          key: 'who',
          label: labels.byWhom,
          cell: ({ requestedByName, decidedByName }) => [requestedByName || labels.house, decidedByName ?? '–'].join(' / '),
        },
        { key: 'when', label: labels.when, cell: ({ requestedAt }) => <Moment at={requestedAt} /> },
        { key: 'do', label: labels.todo, kind: 'actions', cell: (refund) => <Decisions refund={refund} /> },
      ]}
    />
  );
}

/** The buttons that make sense for this person; the verb decides again. */
function Decisions({ refund }: { readonly refund: Refund }) {
  const { mayTreasure, me } = useLoaderData<typeof loader>();
  const labels = useWords(treasuryTexts);
  if (!mayTreasure) return null;
  const isMine = refund.requestedBy === me;
  const steps: readonly RefundDecision['step'][] =
    refund.state === 'requested'
      ? isMine
        ? ['takeBack']
        : ['approve', 'reject']
      : refund.state === 'failed'
        ? ['finish', 'abandon']
        : refund.state === 'approved' && !refund.byGateway
          ? ['finish']
          : [];
  return steps.map((step) => (
    <Form key={step} name={`${step}-${refund.id}`} isInline>
      <Hidden name="refund" value={refund.id} />
      <Hidden name="step" value={step} />
      <Button isSmall kind={step === 'approve' || step === 'finish' ? 'primary' : 'secondary'}>
        {labels[step]}
      </Button>
    </Form>
  ));
}

function Attempts() {
  const { file } = useLoaderData<typeof loader>();
  const labels = useWords(treasuryTexts);
  const states = useWords(attemptTexts);
  const methods = useWords(methodTexts);
  if (file.attempts.length === 0) return null;
  return (
    <Table
      caption={labels.attempts}
      showsCaption
      rows={file.attempts}
      keyOf={({ id }) => id}
      columns={[
        { key: 'started', label: labels.started, kind: 'name', cell: ({ startedAt }) => <Moment at={startedAt} /> },
        { key: 'state', label: labels.state, cell: ({ state }) => states[state] },
        { key: 'asked', label: labels.asked, kind: 'number', cell: ({ cents }) => <Money cents={cents} /> },
        { key: 'reported', label: labels.reported, kind: 'number', cell: ({ reportedCents }) => <Money cents={reportedCents} /> },
        { key: 'way', label: labels.way, cell: ({ method }) => methods[method] ?? (method || null) },
        { key: 'transaction', label: labels.transaction, cell: ({ transaction }) => transaction && <code>{transaction}</code> },
      ]}
    />
  );
}

function Receipts() {
  const { file } = useLoaderData<typeof loader>();
  const labels = useWords(treasuryTexts);
  const { locale } = useView();
  if (file.receipts.length === 0) return null;
  return (
    <Table
      caption={labels.receipts}
      showsCaption
      rows={file.receipts}
      keyOf={({ id }) => id}
      columns={[
        {
          key: 'day',
          label: labels.day,
          kind: 'name',
          cell: ({ bookedOn }) => dayInFigures(locale, bookedOn),
        },
        { key: 'cents', label: labels.amount, kind: 'number', cell: ({ cents }) => <Money cents={cents} /> },
        { key: 'how', label: labels.how, cell: ({ attempt }) => (attempt === null ? labels.transfer : labels.online) },
        { key: 'note', label: labels.note, cell: ({ note }) => note || null },
      ]}
    />
  );
}
