import { useLoaderData } from 'react-router';
import { Button, Buttons, LinkButton } from '#ui/button';
import { Checkbox, Radios } from '#ui/choice';
import { Select, TextArea, TextField } from '#ui/field';
import { Form } from '#ui/form';
import { Page } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, go, load, type PageHouse, signedIn, text } from '#web/context';
import { actTexts, intakeTexts, outcomeTexts } from './intake-texts.ts';

const acts = { uebergeben: 'hand', nachfragen: 'ask', gebuehr: 'fee', entscheiden: 'answer' } as const;
const feeLines = [1, 2, 3] as const;
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
  const { item, acts: open, address } = await intake.getItem(house.ctx, id);
  if (!open.includes(what)) throw house.missing();
  const colleagues = what === 'hand' ? await intake.colleaguesFor(house.ctx, id) : [];
  return {
    what,
    id,
    reference: item.reference,
    title: item.title,
    applicant: item.applicant,
    colleagues,
    address: address.join('\n'),
    usual: intake.usualAnswerDay(house.ctx),
  };
});

export const action = act(async (house, { params, form }) => {
  const { intake } = house.rooms;
  const { what, id } = actOf(house, params);
  if (what === 'hand') await intake.handTo(house.ctx, id, Number(text(form, 'account')));
  else if (what === 'ask') await intake.askBack(house.ctx, id, { text: text(form, 'text'), dueOn: text(form, 'dueOn') });
  else if (what === 'fee')
    await intake.setFee(
      house.ctx,
      id,
      feeLines.map((line) => ({ text: text(form, `text${line}`), amount: text(form, `amount${line}`) })),
    );
  else {
    const recipient = text(form, 'post') === 'yes' ? text(form, 'recipient').split('\n') : null;
    await intake.answer(house.ctx, id, { outcome: text(form, 'outcome'), text: text(form, 'text'), recipient });
  }
  return go(house, `/eingang/${id}`, { text: actTexts[house.ctx.locale][what].done });
});

/** One thing the office does with one submission. */
export default function ActPage() {
  const { what, id, reference, title, applicant } = useLoaderData<typeof loader>();
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
        <Fields />
        <Buttons>
          <Button kind="primary">{name}</Button>
          <LinkButton kind="tertiary" to={`/eingang/${id}`}>
            {labels.back}
          </LinkButton>
        </Buttons>
      </Form>
    </Page>
  );
}

const feeLabels = ({ feeText, feeAmount }: { readonly feeText: string; readonly feeAmount: string }) =>
  Object.fromEntries(
    feeLines.flatMap((line) => [
      [`text${line}`, line === 1 ? feeText : `${feeText} (${line})`],
      [`amount${line}`, line === 1 ? feeAmount : `${feeAmount} (${line})`],
    ]),
  );

/** Up to three lines: what for, how much. */
function FeeFields() {
  const labels = useWords(intakeTexts);
  const names = feeLabels(labels);
  return feeLines.map((line) => (
    <div key={line} className="flow">
      <TextField name={`text${line}`} label={names[`text${line}`] ?? ''} isOptional={line > 1} maxLength={200} />
      <TextField
        name={`amount${line}`}
        label={names[`amount${line}`] ?? ''}
        hint={labels.feeHint}
        isOptional={line > 1}
        width="short"
      />
    </div>
  ));
}

function Fields() {
  const { what, colleagues, usual, address } = useLoaderData<typeof loader>();
  const labels = useWords(intakeTexts);
  const outcomes = useWords(outcomeTexts);
  if (what === 'hand')
    return colleagues.length === 0 ? (
      <p>{labels.nobodyElse}</p>
    ) : (
      <Select
        name="account"
        label={labels.account}
        options={colleagues.map(({ account, name }) => ({ value: String(account), label: name }))}
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
      <Radios
        name="outcome"
        legend={labels.outcomeLegend}
        options={(['granted', 'refused', 'withdrawn'] as const).map((value) => ({ value, label: outcomes[value] }))}
      />
      <TextArea name="text" label={labels.text} rows={8} />
      <Checkbox name="post" label={labels.post} hint={labels.postHint} />
      <TextArea name="recipient" label={labels.recipient} value={address} rows={4} isOptional />
    </>
  );
}
