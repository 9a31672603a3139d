import { useLoaderData } from 'react-router';
import { Alert } from '#ui/alert';
import { Button, Buttons, LinkButton } from '#ui/button';
import { Checkbox, Radios } from '#ui/choice';
import { Select, TextArea, TextField } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { Page } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, go, load, type PageHouse, signedIn, text } from '#web/context';
import { FeeFields, feeLabels, feeLinesOf } from './fee-fields.tsx';
import { actTexts, intakeTexts, outcomeTexts } from './intake-texts.ts';

const acts = { uebergeben: 'hand', nachfragen: 'ask', gebuehr: 'fee', entscheiden: 'answer' } as const;
type Path = keyof typeof acts;
type Named = { readonly id?: string | undefined; readonly act?: string | undefined };

function actOf(house: PageHouse, { id, act: named }: Named) {
  signedIn(house);
  const path = (Object.keys(acts) as Path[]).find((known) => known === named);
  if (!path) throw house.missing();
  return { what: acts[path], id: Number(id) };
}

export const loader = load(async (house, { params }) => {
  const { what, id } = actOf(house, params);
  const { intake } = house.rooms;
  const { item, acts: open, address, submission, payment } = await intake.getItem(house.ctx, id);
  // Somebody else may have been faster: whoever is refused here reads why, and not that there is no such page.
  const isOpen = open.includes(what);
  const colleagues = isOpen && what === 'hand' ? await intake.colleaguesFor(house.ctx, id) : [];
  const awaited = isOpen && what === 'answer' ? await intake.awaitedOffices(house.ctx, id) : [];
  return {
    what,
    id,
    isOpen,
    reference: item.reference,
    title: item.title,
    applicant: item.applicant,
    colleagues,
    awaited,
    isFeeAwaited: payment?.state === 'awaitingFee',
    address: address.join('\n'),
    usual: intake.usualAnswerDay(house.ctx),
    edition: submission.edition,
  };
});

export const action = act(async (house, { params, form }) => {
  const { intake } = house.rooms;
  const { what, id } = actOf(house, params);
  const { done } = actTexts[house.ctx.locale][what];
  const said = (sentence: string) => go(house, `/eingang/${id}`, { text: sentence });
  if (what === 'hand') {
    const name = await intake.handTo(house.ctx, id, Number(text(form, 'account')));
    return said(done.replace('{name}', () => name));
  }
  if (what === 'ask') await intake.askBack(house.ctx, id, { text: text(form, 'text'), dueOn: text(form, 'dueOn') });
  else if (what === 'fee') await intake.setFee(house.ctx, id, feeLinesOf(form));
  else {
    const recipient = text(form, 'post') === 'yes' ? text(form, 'recipient').split('\n') : null;
    const edition = Number(text(form, 'edition'));
    await intake.answer(house.ctx, id, { outcome: text(form, 'outcome'), text: text(form, 'text'), edition, recipient });
  }
  return said(done);
});

/** Whoever is refused because something has come in has then been told: sending again counts for how it stands now. */
export const shouldRevalidate = () => true;

/** One thing the office does with one submission. */
export default function ActPage() {
  const { what, id, isOpen, reference, title, applicant } = useLoaderData<typeof loader>();
  const labels = useWords(intakeTexts);
  const { locale } = useView();
  const { name, lead } = useWords(actTexts)[what];
  const above = [
    { to: '/eingang', label: labels.title },
    { to: `/eingang/${id}`, label: reference },
  ];
  return (
    <Page title={name} lead={lead} above={above}>
      <p>
        {title[locale]}: {applicant}
      </p>
      <Form name="act" labels={{ ...labels, outcome: labels.outcomeLegend, items: labels.feeAmount, ...feeLabels(labels) }}>
        {isOpen ? <Fields /> : <p>{labels.notNow}</p>}
        <Buttons>
          {isOpen && <Button kind="primary">{name}</Button>}
          <LinkButton kind="tertiary" to={`/eingang/${id}`}>
            {labels.back}
          </LinkButton>
        </Buttons>
      </Form>
    </Page>
  );
}

function Fields() {
  const { what, colleagues, usual, address, edition } = useLoaderData<typeof loader>();
  const labels = useWords(intakeTexts);
  const outcomes = useWords(outcomeTexts);
  if (what === 'hand')
    return colleagues.length === 0 ? (
      <p>{labels.nobodyElse}</p>
    ) : (
      <Select
        name="account"
        label={labels.account}
        options={[
          { value: '', label: labels.choose },
          ...colleagues.map(({ account, name }) => ({ value: String(account), label: name })),
        ]}
      />
    );
  if (what === 'fee') return <FeeFields />;
  if (what === 'ask')
    return (
      <>
        <TextArea name="text" label={labels.text} rows={6} />
        <TextField name="dueOn" type="date" label={labels.dueOn} hint={labels.dueOnHint} value={usual} width="medium" />
      </>
    );
  return (
    <>
      <StillOpen />
      <Hidden name="edition" value={edition} />
      <Radios
        name="outcome"
        legend={labels.outcomeLegend}
        options={(['granted', 'refused'] as const).map((value) => ({ value, label: outcomes[value] }))}
      />
      <TextArea name="text" label={labels.text} rows={8} />
      <Checkbox name="post" label={labels.post} hint={labels.postHint} />
      <TextArea name="recipient" label={labels.recipient} hint={labels.recipientHint} value={address} rows={4} />
    </>
  );
}

/** What a decision leaves open. It holds nobody up: a statement may be needed no more, and a fee can follow. */
function StillOpen() {
  const { awaited, isFeeAwaited } = useLoaderData<typeof loader>();
  const labels = useWords(intakeTexts);
  if (awaited.length === 0 && !isFeeAwaited) return null;
  return (
    <Alert title={labels.stillOpen}>
      {awaited.length > 0 && <p>{labels.awaitedStatements.replace('{offices}', () => awaited.join('; '))}</p>}
      {isFeeAwaited && <p>{labels.awaitedFee}</p>}
    </Alert>
  );
}
