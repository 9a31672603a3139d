import { useLoaderData } from 'react-router';
import { Button } from '#ui/button';
import { FieldGroup, Radios } from '#ui/choice';
import { Select, TextField } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { Section } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, load, signedIn, text } from '#web/context';
import type { FeeView } from '../edit-sum.ts';
import { FeeItems } from './editor-fee-items.tsx';
import { addressOf, arranged, at, both, bothLabels, EditorPage, InBoth, stepped } from './editor-parts.tsx';
import { editorTexts } from './editor-texts.ts';
import { put } from './form-texts.ts';

const kinds = ['none', 'fixed', 'choice', 'items', 'later'] as const;
type Kind = (typeof kinds)[number];

export const loader = load(async (house, { request, params }) => {
  signedIn(house);
  const { searchParams } = new URL(request.url);
  const shown = await house.rooms.forms.lookAtFee(house.ctx, params.form ?? '');
  const kind: Kind = kinds.find((one) => one === searchParams.get('art')) ?? shown.shape.kind;
  const own = shown.shape.kind === 'choice' ? shown.shape.field : null;
  const wanted = searchParams.get('frage') ?? own;
  return { ...shown, kind, subject: shown.subjects.find(({ key }) => key === wanted) ?? null };
});

export const action = act(async (house, { form, params }) => {
  signedIn(house);
  const { forms } = house.rooms;
  const where = at(form, params);
  const toItems = (edition: number) => stepped(house, addressOf(where.form, '/gebuehr?art=items'), { form: where.form, edition });
  const row = arranged(form);
  if (row) return toItems(await forms.arrangeSum(house.ctx, where, { item: row.id }, row.how));
  if (text(form, '_form') === 'addItem') return toItems(await forms.addFeeItem(house.ctx, where, both(form, 'label')));
  const amounts = [...form].flatMap(([name, value]) =>
    name.startsWith('amount.') && typeof value === 'string' ? [[name.slice('amount.'.length), value]] : [],
  );
  const edition = await forms.saveFee(house.ctx, where, {
    kind: text(form, 'kind'),
    amount: text(form, 'amount'),
    label: both(form, 'label'),
    source: text(form, 'source'),
    hint: both(form, 'hint'),
    field: text(form, 'field'),
    amounts: Object.fromEntries(amounts),
  });
  return stepped(house, addressOf(where.form, '/gebuehr'), { form: where.form, edition });
});

/** What the form costs. */
export default function EditorFeePage() {
  const shown = useLoaderData<typeof loader>();
  const { view, subjects, kind, subject } = shown;
  const labels = useWords(editorTexts);
  const names = {
    none: labels.feeNone,
    fixed: labels.feeFixed,
    choice: labels.feeChoice,
    items: labels.feeItems,
    later: labels.feeLater,
  };
  const options = kinds.map((value) => ({ value, label: names[value] }));
  const isOpen = view.state !== 'proposed';
  return (
    <EditorPage view={view} here="/gebuehr" lead={labels.feeStep}>
      {isOpen && (
        <>
          <Form isSearch label={labels.feeKind}>
            <Radios name="art" legend={labels.feeKind} value={kind} options={options} />
            <Button>{labels.choose}</Button>
          </Form>
          {kind !== 'items' && (
            <Section title={names[kind]}>
              {kind === 'choice' && <Question subjects={subjects} subject={subject} />}
              {(kind !== 'choice' || subject) && <Amounts {...{ shown, kind, subject }} />}
            </Section>
          )}
        </>
      )}
      {kind === 'items' && <FeeItems shown={shown} isOpen={isOpen} />}
    </EditorPage>
  );
}

type Subject = FeeView['subjects'][number];

function Question({ subjects, subject }: { readonly subjects: readonly Subject[]; readonly subject: Subject | null }) {
  const labels = useWords(editorTexts);
  const { locale } = useView();
  if (subjects.length === 0) return <p>{labels.noFeeQuestion}</p>;
  const options = subjects.map(({ key, label }) => ({ value: key, label: label[locale] || label.de }));
  return (
    <Form isSearch isInline label={labels.feeQuestion}>
      <Hidden name="art" value="choice" />
      <Select name="frage" label={labels.feeQuestion} value={subject?.key ?? options[0]?.value ?? ''} options={options} />
      <Button>{labels.choose}</Button>
    </Form>
  );
}

type AmountsProps = { readonly shown: FeeView; readonly kind: Kind; readonly subject: Subject | null };

function Amounts({ shown: { view, shape }, kind, subject }: AmountsProps) {
  const labels = useWords(editorTexts);
  const { locale } = useView();
  const { fee } = view.definition;
  const [item] = fee.kind === 'sum' ? fee.items : [];
  const euros = (cents: number) => (cents / 100).toLocaleString(locale, { minimumFractionDigits: 2, useGrouping: false });
  const nameOf = ({ label }: Pick<Subject, 'label'>) => label[locale] || label.de;
  const ofChoice = shape.kind === 'choice' && shape.field === subject?.key ? shape.cents : {};
  const amounts = Object.fromEntries(subject?.options.map((option) => [`amount.${option.value}`, nameOf(option)]) ?? []);
  return (
    <Form
      name="fee"
      labels={{
        ...amounts,
        amount: labels.amount,
        source: labels.source,
        ...bothLabels(labels, { label: labels.feeLabel, hint: labels.feeHint }),
      }}
    >
      <Hidden name="edition" value={view.edition} />
      <Hidden name="kind" value={kind} />
      {kind === 'fixed' && (
        <>
          <TextField name="amount" label={labels.amount} value={shape.kind === 'fixed' ? euros(shape.cents) : ''} width="short" />
          <InBoth name="label" label={labels.feeLabel} value={shape.kind === 'fixed' ? item?.label : undefined} isOptional />
        </>
      )}
      {kind === 'choice' && subject && (
        <FieldGroup name="amounts" legend={put(labels.amounts, { name: nameOf(subject) })}>
          <div className="form">
            <Hidden name="field" value={subject.key} />
            {subject.options.map((option) => {
              const cents = (ofChoice as Readonly<Record<string, number>>)[option.value];
              const value = cents === undefined ? '' : euros(cents);
              return (
                <TextField
                  key={option.value}
                  name={`amount.${option.value}`}
                  label={nameOf(option)}
                  hint={labels.amount}
                  value={value}
                  width="short"
                />
              );
            })}
          </div>
        </FieldGroup>
      )}
      {(kind === 'fixed' || kind === 'choice') && (
        <TextField name="source" label={labels.source} value={item?.source ?? ''} isOptional />
      )}
      {kind === 'later' && (
        <InBoth name="hint" label={labels.feeHint} value={fee.kind === 'later' ? fee.hint : undefined} isLong />
      )}
      <Button kind="primary">{labels.save}</Button>
    </Form>
  );
}
