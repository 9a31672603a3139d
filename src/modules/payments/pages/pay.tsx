import { useLoaderData } from 'react-router';
import { Alert } from '#ui/alert';
import { Button, Buttons, LinkButton } from '#ui/button';
import { Form } from '#ui/form';
import { dayInWords } from '#ui/format';
import { type Fact, Facts, Page, Section } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, go, load, shownTenant, text } from '#web/context';
import { debtorTexts } from './debtor-texts.ts';
import { Items } from './items.tsx';
import { money } from './money.tsx';
import './payments.css';

export const loader = load(async (house, { request, params }) => {
  const { token = '' } = params;
  const view = await house.rooms.payments.viewByLink(house.ctx, token);
  const isAsked = new URL(request.url).searchParams.has('gefragt');
  return { ...view, isAsked, ...(await shownTenant(house, house.rooms.accounts.tenantOfToken(token))) };
});

/**
 * Paying begins with a form, because it changes something; the way to the service is a link on the next page: a form must not lead
 * to another server (`form-action 'self'` of our policy), and people see first where they are going.
 */
export const action = act(async (house, { params, form }) => {
  const { payments } = house.rooms;
  const token = params.token ?? '';
  if (text(form, '_form') === 'check') {
    await payments.comeBack(house.ctx, token);
    return go(house, `/bezahlung/${token}?gefragt`);
  }
  await payments.pay(house.ctx, token);
  return go(house, `/bezahlung/${token}`);
});

type View = Awaited<ReturnType<typeof loader>>;

/** What somebody owes, how it stands, and the one thing to do next. */
export default function PayPage() {
  const view = useLoaderData<typeof loader>();
  const labels = useWords(debtorTexts);
  // Begun, and no answer yet: for whoever pays nothing has happened.
  const isUnanswered = view.state === 'underWay' && view.payAddress === null;
  const { title, lead } = labels.states[isUnanswered ? 'open' : view.state];
  const failed = (view.state === 'open' || isUnanswered) && view.lastAttempt ? labels.last[view.lastAttempt] : undefined;
  return (
    <Page title={title} {...(view.state !== 'paid' && { lead })}>
      {view.state === 'paid' && <Alert tone="success" title={lead} />}
      {failed && <Alert tone="warning">{failed}</Alert>}
      {view.isAsked && view.state === 'underWay' && <Alert tone="info">{labels.notYet}</Alert>}
      <Facts facts={useFacts(view)} />
      <Items items={view.items} labels={labels} />
      <Next view={view} />
      <Transfer view={view} />
    </Page>
  );
}

function useFacts(view: View): Fact[] {
  const labels = useWords(debtorTexts);
  const { locale } = useView();
  const { state, cents, outstandingCents, refundedCents, expiresAt, dueOn, paidAt } = view;
  const isOwed = state === 'open' || state === 'underWay' || state === 'expired';
  const isPart = isOwed && outstandingCents !== cents;
  return [
    ...(cents === null ? [] : [[labels.amount, <strong key="cents">{money(locale, cents)}</strong>] as const]),
    ...(isPart ? [[labels.rest, <strong key="rest">{money(locale, outstandingCents)}</strong>] as const] : []),
    ...(refundedCents > 0 ? [[labels.givenBack, money(locale, refundedCents)] as const] : []),
    [labels.what, view.purpose],
    [labels.whom, view.authority],
    [labels.reference, view.reference],
    ...(isOwed && dueOn ? [[labels.due, dayInWords(locale, dueOn)] as const] : []),
    ...(state === 'open' && !dueOn && expiresAt ? [[labels.until, dayInWords(locale, expiresAt)] as const] : []),
    ...(paidAt ? [[labels.paidOn, dayInWords(locale, paidAt)] as const] : []),
  ];
}

/** The one thing to do next. */
function Next({ view }: { readonly view: View }) {
  const labels = useWords(debtorTexts);
  const { locale } = useView();
  const { state, canPay, payAddress, returnTo } = view;
  const isOpen = state === 'open' || state === 'expired' || state === 'underWay';
  const later = (
    <LinkButton kind={isOpen ? 'tertiary' : 'primary'} to={returnTo}>
      {isOpen ? labels.furtherUnpaid : labels.further}
    </LinkButton>
  );
  if (!isOpen) return <Buttons>{later}</Buttons>;
  if (state === 'underWay' && payAddress) return <GoOn address={payAddress} />;
  if (!canPay)
    return (
      <>
        <Alert tone="info">{labels.noOnline}</Alert>
        <Buttons>{later}</Buttons>
      </>
    );
  const label = state === 'expired' ? labels.reopen : view.lastAttempt ? labels.payAgain : labels.pay;
  return (
    <Form name="pay">
      <Buttons>
        <Button kind="primary" about={`${view.purpose}, ${money(locale, view.outstandingCents)}`}>
          {label}
        </Button>
        {later}
      </Buttons>
    </Form>
  );
}

/** The way to the service that the authority has chosen; its name is shown, so that nobody is led astray. */
function GoOn({ address }: { readonly address: string }) {
  const labels = useWords(debtorTexts);
  return (
    <>
      <div className="go-on">
        <p>{labels.goOnLead}</p>
        <a className="kern-btn kern-btn--primary" href={address} rel="noreferrer">
          <span className="kern-label">{labels.goOn(new URL(address).host)}</span>
        </a>
      </div>
      <Form name="check">
        <Button>{labels.check}</Button>
      </Form>
    </>
  );
}

function Transfer({ view: { state, account, dueOn, reference } }: { readonly view: View }) {
  const labels = useWords(debtorTexts);
  if (!account || !dueOn || state !== 'open') return null;
  return (
    <Section title={labels.transfer} lead={labels.transferLead}>
      <Facts
        facts={[
          [labels.payee, account.payee],
          ['IBAN', account.iban.replaceAll(/(.{4})(?=.)/g, '$1 ')],
          ...(account.bic ? [['BIC', account.bic] as const] : []),
          [labels.reference, reference],
        ]}
      />
    </Section>
  );
}
