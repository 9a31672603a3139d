import { useLoaderData } from 'react-router';
import { Button, Buttons, LinkButton } from '#ui/button';
import { TextField } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { Page } from '#ui/page';
import { type Dictionary, useView, useWords } from '#ui/view';
import { act, go, load, type PageHouse, signedIn, text } from '#web/context';
import type { TreasurerStep } from '../treasury.ts';
import { type Act, acts, actTexts } from './acts.ts';
import { money } from './money.tsx';
import { treasuryTexts } from './treasury-texts.ts';

async function find(house: PageHouse, params: { readonly id?: string | undefined; readonly act?: string | undefined }) {
  signedIn(house);
  const what = acts.find((known) => known === params.act);
  if (!what) throw house.missing();
  return { what, file: await house.rooms.payments.getPayment(house.ctx, Number(params.id)) };
}

export const loader = load(async (house, { params }) => {
  const { what, file } = await find(house, params);
  const { payment, outstandingCents, refundableCents, surplusCents } = file;
  const today = house.ctx.platform.clock.now().toISOString().slice(0, 10);
  const suggested = what === 'erstatten' ? surplusCents || refundableCents : outstandingCents;
  const plain = (suggested / 100).toFixed(2).replace('.', ',');
  return {
    what,
    id: payment.id,
    reference: payment.reference,
    purpose: payment.purpose,
    today,
    suggested: plain,
    refundableCents,
    seen: file.history.at(-1)?.id ?? 0,
  };
});

const steps: Readonly<Partial<Record<Act, TreasurerStep>>> = {
  annehmen: 'accept',
  nachfordern: 'claimRest',
  aufnehmen: 'reopen',
  aufgeben: 'withdraw',
};

export const action = act(async (house, { params, form }) => {
  const { payments } = house.rooms;
  const { what, file } = await find(house, params);
  const { id: payment } = file.payment;
  const cents = payments.readCents(text(form, 'amount'));
  const reason = text(form, 'reason');
  const seen = Number(text(form, 'seen')) || 0;
  const step = steps[what];
  if (step) await payments.takeTreasurerStep(house.ctx, { payment, step, reason });
  else if (what === 'gebuehr') await payments.setFeeAtTreasury(house.ctx, { payment, text: text(form, 'text'), cents });
  else if (what === 'rechnung') await payments.issueInvoice(house.ctx, { payment, days: Number(text(form, 'days')) });
  else if (what === 'erstatten') await payments.refund(house.ctx, { payment, cents, reason, seen });
  else
    await payments.bookTransfer(house.ctx, {
      payment,
      cents,
      bookedOn: text(form, 'bookedOn'),
      note: text(form, 'note'),
      seen,
    });
  return go(house, `/kasse/${payment}`, { text: actTexts[house.ctx.locale][what].done });
});

const words: Dictionary<Readonly<Record<string, string>>> = {
  de: {
    amount: 'Betrag in Euro',
    text: 'Wofür',
    days: 'Zahlbar in Tagen',
    bookedOn: 'Buchungstag auf dem Kontoauszug',
    note: 'Bemerkung',
    reason: 'Grund',
    reasonHint: 'Steht im Verlauf und im Protokoll.',
    back: 'Zurück',
    most: 'höchstens',
  },
  en: {
    amount: 'Amount in euros',
    text: 'For',
    days: 'To be paid within days',
    bookedOn: 'Day on the bank statement',
    note: 'Note',
    reason: 'Reason',
    reasonHint: 'Stands in the history and the audit trail.',
    back: 'Back',
    most: 'at most',
  },
};

/** One thing the treasury does with one payment. */
export default function ActPage() {
  const { what, id, reference, purpose, seen } = useLoaderData<typeof loader>();
  const labels = useWords(words);
  const treasury = useWords(treasuryTexts);
  const { name, lead, button } = useWords(actTexts)[what];
  const above = [
    { to: '/kasse', label: treasury.title },
    { to: `/kasse/${id}`, label: reference },
  ];
  return (
    <Page title={name} lead={lead} above={above}>
      <p>
        {reference}: {purpose}
      </p>
      <Form name="act" labels={labels}>
        <Hidden name="seen" value={seen} />
        <Fields />
        <Buttons>
          <Button kind={what === 'aufgeben' ? 'danger' : 'primary'}>{button}</Button>
          <LinkButton kind="tertiary" to={`/kasse/${id}`}>
            {labels.back}
          </LinkButton>
        </Buttons>
      </Form>
    </Page>
  );
}

function Fields() {
  const { what, today, suggested, refundableCents } = useLoaderData<typeof loader>();
  const { locale } = useView();
  const labels = useWords(words);
  const amount = (hint?: string) => (
    <TextField name="amount" label={labels.amount} value={suggested} width="short" hint={hint} maxLength={12} />
  );
  const reason = <TextField name="reason" label={labels.reason} hint={labels.reasonHint} maxLength={500} />;
  if (what === 'rechnung') return <TextField name="days" type="number" label={labels.days} value="14" width="short" />;
  if (what === 'gebuehr')
    return (
      <>
        <TextField name="text" label={labels.text} maxLength={200} />
        <TextField name="amount" label={labels.amount} width="short" maxLength={12} />
      </>
    );
  if (what === 'buchen')
    return (
      <>
        {amount()}
        <TextField name="bookedOn" type="date" label={labels.bookedOn} value={today} />
        <TextField name="note" label={labels.note} isOptional maxLength={200} />
      </>
    );
  if (what !== 'erstatten') return reason;
  return (
    <>
      {amount(`${labels.most} ${money(locale, refundableCents)}`)}
      {reason}
    </>
  );
}
