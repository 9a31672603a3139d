import { useLoaderData } from 'react-router';
import { Button, LinkButton, TextLink } from '#ui/button';
import { Checkbox } from '#ui/choice';
import { Select, TextField } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { Section } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, load, signedIn, text } from '#web/context';
import type { OwnFormView } from '../edit.ts';
import { kindTexts } from './editor-names.ts';
import {
  Arrange,
  ArrangeButtons,
  addressOf,
  arranged,
  at,
  both,
  bothLabels,
  EditorPage,
  InBoth,
  stepped,
} from './editor-parts.tsx';
import { editorTexts } from './editor-texts.ts';
import { put } from './form-texts.ts';

type FormPage = OwnFormView['definition']['pages'][number];

export const loader = load(async (house, { params }) => {
  signedIn(house);
  const view = await house.rooms.forms.lookAtOwnForm(house.ctx, params.form ?? '');
  const page = view.definition.pages.find(({ key }) => key === params.page);
  if (!page) throw house.missing();
  return { view, page };
});

export const action = act(async (house, { form, params }) => {
  signedIn(house);
  const { forms } = house.rooms;
  const where = at(form, params);
  const { page = '' } = params;
  const row = arranged(form);
  const here = addressOf(where.form, `/seite/${page}`);
  if (text(form, '_form') === 'place') {
    const edition = await forms.placePage(house.ctx, where, page, text(form, 'after') || null);
    return stepped(house, here, { form: where.form, edition });
  }
  const save = () =>
    forms.saveFormPage(house.ctx, where, page, {
      title: both(form, 'title'),
      hint: both(form, 'hint'),
      repeats: text(form, 'repeats') === 'yes',
      least: text(form, 'least'),
      most: text(form, 'most'),
      item: both(form, 'item'),
      another: both(form, 'another'),
    });
  const add = () => forms.addQuestion(house.ctx, where, page, { kind: text(form, 'kind'), label: both(form, 'label') });
  const edition = row
    ? await forms.arrangeQuestion(house.ctx, where, row.id, row.how)
    : text(form, '_form') === 'add'
      ? await add()
      : await save();
  return stepped(house, here, { form: where.form, edition });
});

/** One page of a form: its words, its questions, when it is asked. */
export default function EditorPagePage() {
  const { view, page } = useLoaderData<typeof loader>();
  const labels = useWords(editorTexts);
  const { locale } = useView();
  const isOpen = view.state !== 'proposed';
  const condition = view.conditions[`page:${page.key}`];
  return (
    <EditorPage view={view} here="" title={page.title[locale] || page.title.de || page.key}>
      <Section title={labels.questions}>
        {page.fields.length === 0 ? <p className="muted">{labels.noQuestions}</p> : <Questions {...{ view, page, isOpen }} />}
      </Section>
      {isOpen && <AddQuestion edition={view.edition} />}
      <Section title={labels.asked}>
        <p>{condition ? put(labels.onlyWhen, { condition: condition[locale] }) : labels.always}</p>
        {isOpen && <LinkButton to={addressOf(view.key, `/seite/${page.key}/wann`)}>{labels.editCondition}</LinkButton>}
      </Section>
      {isOpen && view.definition.pages.length > 1 && <PagePlace view={view} page={page} />}
      {isOpen && <PageWords edition={view.edition} page={page} />}
    </EditorPage>
  );
}

/** Any place at once, where buttons would go one step at a time. */
function PagePlace({ view, page }: { readonly view: OwnFormView; readonly page: FormPage }) {
  const labels = useWords(editorTexts);
  const { locale } = useView();
  const { pages } = view.definition;
  const before = pages[pages.findIndex(({ key }) => key === page.key) - 1]?.key ?? '';
  const places = pages.flatMap(({ key, title }, index) =>
    key === page.key
      ? []
      : [{ value: key, label: put(labels.afterPage, { name: `${index + 1}. ${title[locale] || title.de || key}` }) }],
  );
  return (
    <Section title={labels.placePage}>
      <Form name="place">
        <Hidden name="edition" value={view.edition} />
        <Select
          name="after"
          label={labels.whichPlace}
          value={before}
          isOptional
          options={[{ value: '', label: labels.atBeginning }, ...places]}
        />
        <Button>{labels.place}</Button>
      </Form>
    </Section>
  );
}

type QuestionsProps = { readonly view: OwnFormView; readonly page: FormPage; readonly isOpen: boolean };

function Questions({ view, page, isOpen }: QuestionsProps) {
  const labels = useWords(editorTexts);
  const kinds = useWords(kindTexts);
  const { locale } = useView();
  return (
    <Arrange name="arrange" edition={view.edition}>
      <ol className="editor-rows">
        {page.fields.map(({ key, label, kind, isOptional }, index) => {
          const name = label[locale] || label.de || key;
          const condition = view.conditions[`field:${key}`];
          return (
            <li key={key}>
              <div>
                <TextLink to={addressOf(view.key, `/frage/${key}`)}>{name}</TextLink>
                <p className="muted">
                  {kinds[kind]}
                  {!isOptional && ` · ${labels.required}`}
                  {condition && ` · ${put(labels.onlyWhen, { condition: condition[locale] })}`}
                </p>
              </div>
              {isOpen && <ArrangeButtons id={key} about={name} isFirst={index === 0} isLast={index === page.fields.length - 1} />}
            </li>
          );
        })}
      </ol>
    </Arrange>
  );
}

function AddQuestion({ edition }: { readonly edition: number }) {
  const labels = useWords(editorTexts);
  const kinds = useWords(kindTexts);
  const options = Object.entries(kinds).map(([value, label]) => ({ value, label }));
  return (
    <Section title={labels.addQuestion}>
      <Form name="add" labels={{ kind: labels.kind, ...bothLabels(labels, { label: labels.label }) }}>
        <Hidden name="edition" value={edition} />
        <InBoth key={edition} name="label" label={labels.label} value={undefined} />
        <Select name="kind" label={labels.kind} value="text" options={options} />
        <Button kind="primary">{labels.addQuestion}</Button>
      </Form>
    </Section>
  );
}

function PageWords({ edition, page }: { readonly edition: number; readonly page: FormPage }) {
  const labels = useWords(editorTexts);
  const { repeat } = page;
  const names = { title: labels.pageTitle, hint: labels.hint, item: labels.item, another: labels.another };
  return (
    <Section title={labels.pageWords} lead={labels.englishHint}>
      <Form name="words" labels={{ ...bothLabels(labels, names), least: labels.least, most: labels.most }}>
        <Hidden name="edition" value={edition} />
        <InBoth name="title" label={labels.pageTitle} value={page.title} />
        <InBoth name="hint" label={labels.hint} value={page.hint} isOptional isLong />
        <Checkbox name="repeats" label={labels.doesRepeat} hint={labels.repeatsHint} isChecked={repeat !== undefined} />
        <details open={repeat !== undefined}>
          <summary>{labels.repeats}</summary>
          <div className="form">
            <div className="form-pair">
              <TextField name="least" label={labels.least} value={String(repeat?.min ?? 1)} width="short" isOptional />
              <TextField name="most" label={labels.most} value={String(repeat?.max ?? 10)} width="short" isOptional />
            </div>
            <InBoth name="item" label={labels.item} value={repeat?.item} hint={labels.itemHint} isOptional />
            <InBoth name="another" label={labels.another} value={repeat?.another} hint={labels.anotherHint} isOptional />
          </div>
        </details>
        <Button>{labels.save}</Button>
      </Form>
    </Section>
  );
}
