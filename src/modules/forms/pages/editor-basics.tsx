import { useLoaderData } from 'react-router';
import { Button } from '#ui/button';
import { FieldGroup, Radios } from '#ui/choice';
import { Select, TextArea, TextField } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { Section } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, load, signedIn, text } from '#web/context';
import type { OwnFormView } from '../edit.ts';
import { choiceTexts } from './editor-names.ts';
import { addressOf, at, Box, both, bothLabels, EditorPage, InBoth, stepped } from './editor-parts.tsx';
import { editorTexts } from './editor-texts.ts';

export const loader = load(async (house, { params }) => {
  signedIn(house);
  return house.rooms.forms.lookAtOwnForm(house.ctx, params.form ?? '');
});

export const action = act(async (house, { form, params }) => {
  signedIn(house);
  const where = at(form, params);
  const edition = await house.rooms.forms.saveBasics(house.ctx, where, {
    title: both(form, 'title'),
    intro: both(form, 'intro'),
    needs: both(form, 'needs'),
    legal: text(form, 'legal'),
    level: text(form, 'level'),
    levelSource: both(form, 'levelSource'),
    declaration: both(form, 'declaration'),
    minutes: text(form, 'minutes'),
    days: text(form, 'days'),
    mail: text(form, 'mail'),
    address: text(form, 'address'),
    names: form.getAll('names').filter((name) => typeof name === 'string'),
  });
  return stepped(house, addressOf(where.form, '/angaben'), { form: where.form, edition });
});

const levels = ['none', 'account', 'basic', 'substantial', 'high'] as const;
const lines = (texts: readonly { readonly de: string; readonly en: string }[]) => ({
  de: texts.map(({ de }) => de).join('\n'),
  en: texts.map(({ en }) => en).join('\n'),
});

/** What is said about the whole form. */
export default function EditorBasicsPage() {
  const view = useLoaderData<typeof loader>();
  const labels = useWords(editorTexts);
  const choices = useWords(choiceTexts);
  const { definition: form } = view;
  const names = {
    title: labels.name,
    intro: labels.intro,
    needs: labels.needs,
    levelSource: labels.levelSource,
    declaration: labels.declaration,
  };
  if (view.state === 'proposed')
    return (
      <EditorPage view={view} here="/angaben">
        {null}
      </EditorPage>
    );
  return (
    <EditorPage view={view} here="/angaben" lead={labels.englishHint}>
      <Form labels={{ ...labels, ...bothLabels(labels, names) }}>
        <Hidden name="edition" value={view.edition} />
        <InBoth name="title" label={labels.name} value={form.title} />
        <InBoth name="intro" label={labels.intro} value={form.intro} isOptional isLong />
        <InBoth name="needs" label={labels.needs} value={lines(form.needs)} hint={labels.linesHint} isOptional isLong />
        <TextArea name="legal" label={labels.legal} hint={labels.linesHint} value={form.legal.join('\n')} />
        <div className="form-pair">
          <TextField name="minutes" label={labels.minutes} value={String(form.minutes)} width="short" />
          <TextField name="days" label={labels.days} value={String(form.days)} width="short" />
        </div>
        <Radios
          name="level"
          legend={labels.level}
          hint={labels.levelHint}
          value={form.assurance.level}
          options={levels.map((value) => ({ value, label: choices[value] }))}
        />
        <InBoth name="levelSource" label={labels.levelSource} value={form.assurance.source} isOptional />
        <Who form={form} />
        <InBoth name="declaration" label={labels.declaration} value={form.declaration} isLong />
        <Button kind="primary">{labels.save}</Button>
      </Form>
    </EditorPage>
  );
}

/** Which answers say who applies: for the receipt, the office and the mails. */
function Who({ form }: { readonly form: OwnFormView['definition'] }) {
  const labels = useWords(editorTexts);
  const { locale } = useView();
  const fields = form.pages.filter(({ repeat }) => !repeat).flatMap((page) => page.fields);
  const ofKind = (kind: string) =>
    fields.filter((field) => field.kind === kind).map(({ key, label }) => ({ value: key, label: label[locale] || label.de }));
  const nobody = { value: '', label: labels.nobody };
  const texts = ofKind('text');
  return (
    <Section title={labels.who}>
      <div className="form">
        {texts.length > 0 && (
          <FieldGroup name="names" legend={labels.names}>
            {texts.map(({ value, label }) => (
              <Box key={value} name="names" value={value} label={label} isChecked={form.contact.name.includes(value)} />
            ))}
          </FieldGroup>
        )}
        <Select
          name="mail"
          label={labels.mail}
          value={form.contact.mail ?? ''}
          isOptional
          options={[nobody, ...ofKind('email')]}
        />
        <Select
          name="address"
          label={labels.address}
          value={form.contact.address ?? ''}
          isOptional
          options={[nobody, ...ofKind('address')]}
        />
      </div>
    </Section>
  );
}
