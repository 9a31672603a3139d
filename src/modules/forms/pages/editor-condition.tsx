import { useLoaderData } from 'react-router';
import { Button } from '#ui/button';
import { Radios } from '#ui/choice';
import { Select, TextField } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { Section } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, load, signedIn, text } from '#web/context';
import type { ConditionView } from '../edit-condition.ts';
import { choiceTexts } from './editor-names.ts';
import { addressOf, at, EditorPage, stepped } from './editor-parts.tsx';
import { sumTexts } from './editor-sum-texts.ts';
import { editorTexts } from './editor-texts.ts';
import { put } from './form-texts.ts';

type Params = Readonly<Partial<Record<'form' | 'page' | 'field' | 'item', string>>>;

/** What the condition is about, where that is, and where the condition itself is. */
function placeOf({ page, field, item }: Params) {
  if (field) return { spot: { field }, part: `/frage/${field}`, here: `/frage/${field}/wann`, isFee: false };
  if (page) return { spot: { page }, part: `/seite/${page}`, here: `/seite/${page}/wann`, isFee: false };
  if (item) return { spot: { item }, part: `/gebuehr/posten/${item}`, here: `/gebuehr/posten/${item}/wann`, isFee: true };
  return { spot: { free: true } as const, part: '/gebuehr?art=items', here: '/gebuehr/frei', isFee: true };
}

export const loader = load(async (house, { request, params }) => {
  signedIn(house);
  const subject = new URL(request.url).searchParams.get('frage') ?? '';
  const shown = await house.rooms.forms.lookAtCondition(house.ctx, params.form ?? '', placeOf(params).spot, subject);
  return { ...shown, ...placeOf(params) };
});

/** What the button that was pressed asks for. */
function stepOf(form: FormData) {
  const [, index] = /^drop:(\d{1,3})$/.exec(text(form, 'act')) ?? [];
  if (index) return { act: 'drop', index: Number(index) } as const;
  if (text(form, 'act') === 'clear') return { act: 'clear' } as const;
  if (text(form, '_form') === 'join') return { act: 'join', join: text(form, 'join') === 'any' ? 'any' : 'all' } as const;
  const rule = { subject: text(form, 'subject'), compare: text(form, 'compare'), value: text(form, 'value') };
  return { act: 'add', ...rule, among: text(form, 'among') } as const;
}

export const action = act(async (house, { form, params }) => {
  signedIn(house);
  const where = at(form, params);
  const { spot, here } = placeOf(params);
  const edition = await house.rooms.forms.saveCondition(house.ctx, where, spot, stepOf(form));
  return stepped(house, addressOf(where.form, here), { form: where.form, edition });
});

/** When a page or question is asked: put together from a question, a comparison and a value. */
export default function EditorConditionPage() {
  const shown = useLoaderData<typeof loader>();
  const labels = useWords(editorTexts);
  const { locale } = useView();
  const sums = useWords(sumTexts);
  const { view, part, subjects, isFee } = shown;
  const isFree = 'free' in shown.spot;
  const name = shown.name[locale] || shown.name.de;
  const isOpen = view.state !== 'proposed';
  return (
    <EditorPage
      view={view}
      here={isFee ? '/gebuehr' : ''}
      title={isFree ? sums.freeTitle : isFee ? sums.dueTitle : labels.asked}
      above={[
        ...(isFee ? [{ to: addressOf(view.key, '/gebuehr?art=items'), label: labels.fee }] : []),
        ...(isFree ? [] : [{ to: addressOf(view.key, part), label: name }]),
      ]}
      lead={isFree ? sums.freeLead : put(isFee ? sums.dueLead : labels.conditionLead, { name })}
    >
      <Current shown={shown} isOpen={isOpen} none={isFree ? sums.never : isFee ? sums.alwaysDue : labels.always} />
      {isOpen && shown.rules && (
        <Section title={labels.addRule}>
          {subjects.length === 0 ? <p>{isFee ? sums.noSubjects : labels.noSubjects}</p> : <NextRule shown={shown} />}
        </Section>
      )}
    </EditorPage>
  );
}

type ShownProps = { readonly shown: ConditionView };

function Current({ shown, isOpen, none }: ShownProps & { readonly isOpen: boolean; readonly none: string }) {
  const labels = useWords(editorTexts);
  const { locale } = useView();
  const { view, rules, whole, join } = shown;
  return (
    <Section title={labels.rules}>
      {!whole && <p>{none}</p>}
      {whole && !rules && (
        <>
          <p>{put(labels.onlyWhen, { condition: whole[locale] })}</p>
          <p className="muted">{labels.otherCondition}</p>
        </>
      )}
      {whole && (
        <Form name="rules">
          <Hidden name="edition" value={view.edition} />
          {rules && (
            <ul className="editor-rows">
              {rules.map((rule, index) => (
                <li key={rule.de}>
                  <span>{rule[locale]}</span>
                  {isOpen && (
                    <Button isSmall kind="tertiary" name="act" value={`drop:${index}`} about={rule[locale]}>
                      {labels.remove}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )}
          {isOpen && !rules && (
            <Button name="act" value="clear">
              {labels.clear}
            </Button>
          )}
        </Form>
      )}
      {isOpen && rules && rules.length > 1 && (
        <Form name="join">
          <Hidden name="edition" value={view.edition} />
          <Radios
            name="join"
            legend={labels.join}
            value={join}
            options={[
              { value: 'all', label: labels.joinAll },
              { value: 'any', label: labels.joinAny },
            ]}
          />
          <Button>{labels.save}</Button>
        </Form>
      )}
    </Section>
  );
}

/** First the question, then what it is compared with: what fits depends on the question. */
function NextRule({ shown }: ShownProps) {
  const labels = useWords(editorTexts);
  const { locale } = useView();
  const { subjects, chosen } = shown;
  const choices = useWords(choiceTexts);
  const nameOf = ({ key, label, page, part }: ConditionView['subjects'][number]) => {
    const own = label[locale] || label.de;
    const name = part === null ? own : `${own}: ${choices[part]}`;
    return key.startsWith('count:') ? put(labels.number, { label: name }) : `${name} (${page[locale] || page.de})`;
  };
  const options = subjects.map((subject) => ({ value: subject.key, label: nameOf(subject) }));
  const subject = subjects.find(({ key }) => key === chosen?.key);
  return (
    <>
      <Form isSearch isInline label={labels.subject}>
        <Select name="frage" label={labels.subject} value={chosen?.key ?? options[0]?.value ?? ''} options={options} />
        <Button>{labels.choose}</Button>
      </Form>
      {subject && <Compare shown={shown} name={nameOf(subject)} />}
    </>
  );
}

function Compare({ shown: { view, chosen }, name }: ShownProps & { readonly name: string }) {
  const labels = useWords(editorTexts);
  const choices = useWords(choiceTexts);
  const sums = useWords(sumTexts);
  const { locale } = useView();
  if (!chosen) return null;
  const values =
    chosen.kind === 'yesNo'
      ? (['yes', 'no'] as const).map((value) => ({ value, label: choices[value] }))
      : chosen.options.map(({ value, label }) => ({ value, label: label[locale] || label.de }));
  const hasValue = chosen.comparisons.some((one) => one.hasValue);
  const hint = chosen.kind === 'date' ? sums.dayHint : chosen.kind === 'money' ? labels.euroHint : undefined;
  return (
    <Form name="add" labels={{ subject: labels.subject, compare: labels.compare, value: labels.value }}>
      <Hidden name="edition" value={view.edition} />
      <Hidden name="subject" value={chosen.key} />
      {chosen.isMany && (
        <Radios
          name="among"
          legend={sums.among}
          value="some"
          options={[
            { value: 'some', label: choices.some },
            { value: 'every', label: choices.every },
            { value: 'none', label: choices.noEntry },
          ]}
        />
      )}
      <Radios
        name="compare"
        legend={name}
        value={chosen.comparisons[0]?.name ?? ''}
        options={chosen.comparisons.map((one) => ({ value: one.name, label: choices[one.name] }))}
      />
      {hasValue && values.length > 0 && (
        <Select name="value" label={labels.value} value={values[0]?.value ?? ''} options={values} />
      )}
      {hasValue && values.length === 0 && <TextField name="value" label={labels.value} hint={hint} width="medium" isOptional />}
      <Button kind="primary">{labels.addRule}</Button>
    </Form>
  );
}
