import { useLoaderData } from 'react-router';
import { Button, LinkButton } from '#ui/button';
import { Checkbox, FieldGroup } from '#ui/choice';
import { Select, TextField } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { dayInFigures } from '#ui/format';
import { Section } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, load, signedIn, text } from '#web/context';
import type { OwnFormView } from '../edit.ts';
import { choiceTexts, kindTexts } from './editor-names.ts';
import { ArrangeButtons, addressOf, arranged, at, Box, both, bothLabels, EditorPage, InBoth, stepped } from './editor-parts.tsx';
import { editorTexts } from './editor-texts.ts';
import { put } from './form-texts.ts';

type Field = OwnFormView['definition']['pages'][number]['fields'][number];

export const loader = load(async (house, { params }) => {
  signedIn(house);
  const view = await house.rooms.forms.lookAtOwnForm(house.ctx, params.form ?? '');
  const page = view.definition.pages.find(({ fields }) => fields.some(({ key }) => key === params.field));
  const field = page?.fields.find(({ key }) => key === params.field);
  if (!page || !field) throw house.missing();
  const others = view.definition.pages.filter((one) => one !== page).map(({ key, title }) => ({ key, title }));
  return { view, page: { key: page.key, title: page.title }, field, others };
});

const limitNames = ['min', 'max', 'decimals', 'minLength', 'maxLength', 'format', 'mostFiles', 'megabytes'] as const;

/** The choices as they stand below each other: `value.0`, `option.0.de`, `option.0.en`, … */
function optionsOf(form: FormData) {
  const count = [...form.keys()].filter((name) => /^value\.\d+$/.test(name)).length;
  return Array.from({ length: count }, (_none, index) => ({
    value: text(form, `value.${index}`),
    ...both(form, `option.${index}`),
  }));
}

export const action = act(async (house, { form, params }) => {
  signedIn(house);
  const where = at(form, params);
  const { field = '' } = params;
  const row = arranged(form);
  const here = addressOf(where.form, `/frage/${field}`);
  if (text(form, '_form') === 'place') {
    const edition = await house.rooms.forms.placeQuestion(house.ctx, where, field, text(form, 'page'));
    return stepped(house, here, { form: where.form, edition });
  }
  const edition = await house.rooms.forms.saveQuestion(house.ctx, where, field, {
    label: both(form, 'label'),
    hint: both(form, 'hint'),
    isRequired: text(form, 'required') === 'yes',
    options: optionsOf(form),
    option: row && { act: row.how, at: Number(row.id) },
    types: form.getAll('types').filter((type) => typeof type === 'string'),
    limits: Object.fromEntries(limitNames.map((name) => [name, text(form, name)])),
  });
  return stepped(house, here, { form: where.form, edition });
});

/** One question: its words, whether it has to be answered, choices and limits. */
export default function EditorQuestionPage() {
  const { view, page, field, others } = useLoaderData<typeof loader>();
  const labels = useWords(editorTexts);
  const kinds = useWords(kindTexts);
  const { locale } = useView();
  const isOpen = view.state !== 'proposed';
  const condition = view.conditions[`field:${field.key}`];
  const above = [{ to: addressOf(view.key, `/seite/${page.key}`), label: page.title[locale] || page.title.de || page.key }];
  const names = Object.fromEntries(limitNames.map((name) => [name, labels[name]]));
  return (
    <EditorPage
      view={view}
      here=""
      title={field.label[locale] || field.label.de || field.key}
      above={above}
      lead={kinds[field.kind]}
    >
      {isOpen && (
        <Form labels={{ ...names, ...bothLabels(labels, { label: labels.label, hint: labels.hint }) }}>
          <Hidden name="edition" value={view.edition} />
          {/* Enter in a field presses the first button of a form: it must be the one that saves. */}
          <button className="default-button" type="submit" tabIndex={-1} aria-hidden="true">
            {labels.save}
          </button>
          <InBoth name="label" label={labels.label} value={field.label} />
          <InBoth name="hint" label={labels.hint} value={field.hint} isOptional isLong />
          <Checkbox name="required" label={labels.required} isChecked={!field.isOptional} />
          {(field.kind === 'choice' || field.kind === 'several') && <Options options={field.options ?? []} />}
          <Limits field={field} />
          <Button kind="primary">{labels.save}</Button>
        </Form>
      )}
      <Section title={labels.asked}>
        <p>{condition ? put(labels.onlyWhen, { condition: condition[locale] }) : labels.always}</p>
        {isOpen && <LinkButton to={addressOf(view.key, `/frage/${field.key}/wann`)}>{labels.editCondition}</LinkButton>}
      </Section>
      {isOpen && others.length > 0 && (
        <Section title={labels.placeQuestion}>
          <Form name="place">
            <Hidden name="edition" value={view.edition} />
            <Select
              name="page"
              label={labels.toWhichPage}
              hint={labels.placeQuestionHint}
              value={others[0]?.key ?? ''}
              options={others.map(({ key, title }) => ({ value: key, label: title[locale] || title.de || key }))}
            />
            <Button>{labels.place}</Button>
          </Form>
        </Section>
      )}
    </EditorPage>
  );
}

/** Empty lines below the choices there are. */
const spare = 3;

function Options({ options }: { readonly options: NonNullable<Field['options']> }) {
  const labels = useWords(editorTexts);
  const { locale } = useView();
  return (
    <FieldGroup name="options" legend={labels.options} hint={labels.optionsHint}>
      <div className="form">
        {options.map(({ value, label }, index) => (
          <div key={value} className="form">
            <Hidden name={`value.${index}`} value={value} />
            <InBoth name={`option.${index}`} label={put(labels.option, { number: index + 1 })} value={label} />
            <ArrangeButtons
              id={String(index)}
              about={label[locale] || label.de}
              isFirst={index === 0}
              isLast={index === options.length - 1}
            />
          </div>
        ))}
        {Array.from({ length: spare }, (_none, index) => options.length + index).map((index) => (
          <div key={`new${index}`} className="form">
            <Hidden name={`value.${index}`} value="" />
            <InBoth name={`option.${index}`} label={put(labels.newOption, { number: index + 1 })} value={undefined} isOptional />
          </div>
        ))}
      </div>
    </FieldGroup>
  );
}

/** A bound as people write it: amounts in euros, days as in a calendar. */
function shownBound({ kind }: Field, bound: number | string | undefined, locale: 'de' | 'en'): string {
  if (bound === undefined) return '';
  if (kind === 'money') return (Number(bound) / 100).toLocaleString(locale, { minimumFractionDigits: 2, useGrouping: false });
  if (bound === 'today') return locale === 'de' ? 'heute' : 'today';
  if (typeof bound === 'string') return dayInFigures('de', bound);
  return bound.toLocaleString(locale, { useGrouping: false, maximumFractionDigits: 6 });
}

type LimitsProps = { readonly field: Field };

function Limits({ field }: LimitsProps) {
  const labels = useWords(editorTexts);
  const { kind } = field;
  const isText = kind === 'text' || kind === 'longText';
  const isNumber = kind === 'number' || kind === 'money' || kind === 'date';
  if (!isText && !isNumber && kind !== 'file') return null;
  return (
    <Section title={labels.limits} lead={labels.limitsHint}>
      <div className="form">
        {isNumber && <Bounds field={field} />}
        {isText && <TextLimits field={field} />}
        {kind === 'file' && <FileLimits field={field} />}
      </div>
    </Section>
  );
}

function Bounds({ field }: LimitsProps) {
  const labels = useWords(editorTexts);
  const { locale } = useView();
  const isDay = field.kind === 'date';
  const hint = isDay ? labels.dayHint : field.kind === 'money' ? labels.euroHint : undefined;
  const common = { hint, isOptional: true, width: 'medium' } as const;
  return (
    <>
      <div className="form-pair">
        <TextField
          name="min"
          label={isDay ? labels.minDay : labels.min}
          value={shownBound(field, field.min, locale)}
          {...common}
        />
        <TextField
          name="max"
          label={isDay ? labels.maxDay : labels.max}
          value={shownBound(field, field.max, locale)}
          {...common}
        />
      </div>
      {field.kind === 'number' && (
        <TextField name="decimals" label={labels.decimals} value={String(field.decimals ?? '')} width="short" isOptional />
      )}
    </>
  );
}

function TextLimits({ field }: LimitsProps) {
  const labels = useWords(editorTexts);
  const choices = useWords(choiceTexts);
  const formats = ['postcode', 'plate', 'digits', 'name', 'chip'] as const;
  return (
    <>
      <div className="form-pair">
        <TextField name="minLength" label={labels.minLength} value={String(field.minLength ?? '')} width="short" isOptional />
        <TextField name="maxLength" label={labels.maxLength} value={String(field.maxLength ?? '')} width="short" isOptional />
      </div>
      <Select
        name="format"
        label={labels.format}
        value={field.format ?? ''}
        isOptional
        options={[{ value: '', label: labels.anyFormat }, ...formats.map((value) => ({ value, label: choices[value] }))]}
      />
    </>
  );
}

function FileLimits({ field }: LimitsProps) {
  const labels = useWords(editorTexts);
  const choices = useWords(choiceTexts);
  const chosen: readonly string[] = field.types ?? ['pdf', 'picture'];
  const types = ['pdf', 'picture', 'office', 'plan'] as const;
  const megabytes = field.mostBytes === undefined ? '' : String(Math.round(field.mostBytes / 1_000_000));
  return (
    <>
      <FieldGroup name="types" legend={labels.types}>
        {types.map((type) => (
          <Box key={type} name="types" value={type} label={choices[type]} isChecked={chosen.includes(type)} />
        ))}
      </FieldGroup>
      <div className="form-pair">
        <TextField name="mostFiles" label={labels.mostFiles} value={String(field.mostFiles ?? '')} width="short" isOptional />
        <TextField name="megabytes" label={labels.megabytes} value={megabytes} width="short" isOptional />
      </div>
    </>
  );
}
