import { useLoaderData } from 'react-router';
import { Alert } from '#ui/alert';
import { Button, TextLink } from '#ui/button';
import { Form, Hidden } from '#ui/form';
import { Section } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, go, load, signedIn, text } from '#web/context';
import type { OwnFormView } from '../edit.ts';
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
import { releaseTexts } from './editor-release-texts.ts';
import { editorTexts } from './editor-texts.ts';
import { put } from './form-texts.ts';

export const loader = load(async (house, { params }) => {
  signedIn(house);
  return house.rooms.forms.lookAtOwnForm(house.ctx, params.form ?? '');
});

export const action = act(async (house, { form, params }) => {
  signedIn(house);
  const { forms } = house.rooms;
  const where = at(form, params);
  const here = addressOf(where.form);
  if (text(form, '_form') === 'undo') {
    await forms.undoOwnForm(house.ctx, where.form, where.edition);
    return go(house, here, { text: editorTexts[house.ctx.locale].undone });
  }
  const row = arranged(form);
  const edition = row
    ? await forms.arrangePage(house.ctx, where, row.id, row.how)
    : await forms.addFormPage(house.ctx, where, both(form, 'title'));
  return stepped(house, here, { form: where.form, edition });
});

/** A form from above: its pages in order. */
export default function EditorFormPage() {
  const view = useLoaderData<typeof loader>();
  const labels = useWords(editorTexts);
  const release = useWords(releaseTexts);
  const isOpen = view.state !== 'proposed';
  const wrong = view.findings.filter(({ weight }) => weight === 'wrong').length;
  return (
    <EditorPage view={view} here="">
      {wrong > 0 && view.definition.pages.length > 0 && (
        <Alert>
          <TextLink to={addressOf(view.key, '/pruefung')}>
            {labels.wrongTitle} ({wrong})
          </TextLink>
        </Alert>
      )}
      {view.left.open > 0 && (
        <Alert tone="warning">
          <TextLink to={addressOf(view.key, '/schema')}>{put(release.leftWaits, { count: view.left.open })}</TextLink>
        </Alert>
      )}
      <Section title={labels.pages}>
        {view.definition.pages.length === 0 ? <p className="muted">{labels.noPages}</p> : <Pages view={view} isOpen={isOpen} />}
      </Section>
      {isOpen && (
        <Section title={labels.addPage}>
          <Form name="add" labels={bothLabels(labels, { title: labels.pageTitle })}>
            <Hidden name="edition" value={view.edition} />
            {/* With every step empty again: what was typed is a page now, and would be a second one. */}
            <InBoth key={view.edition} name="title" label={labels.pageTitle} value={undefined} hint={labels.pageTitleHint} />
            <Button kind="primary">{labels.addPage}</Button>
          </Form>
        </Section>
      )}
      {isOpen && view.canUndo && (
        <Form name="undo">
          <Hidden name="edition" value={view.edition} />
          <Button kind="tertiary" icon="history">
            {labels.undo}
          </Button>
        </Form>
      )}
    </EditorPage>
  );
}

function Pages({ view, isOpen }: { readonly view: OwnFormView; readonly isOpen: boolean }) {
  const labels = useWords(editorTexts);
  const { locale } = useView();
  const { pages } = view.definition;
  const rows = pages.map(({ key, title, fields, repeat }, index) => {
    const name = title[locale] || title.de || key;
    const condition = view.conditions[`page:${key}`];
    const count = fields.length === 1 ? labels.oneQuestion : put(labels.questionsCount, { count: fields.length });
    return (
      <li key={key}>
        <div>
          <TextLink to={addressOf(view.key, `/seite/${key}`)}>{`${index + 1}. ${name}`}</TextLink>
          <p className="muted">
            {count}
            {repeat && ` · ${labels.repeats}`}
            {condition && ` · ${put(labels.onlyWhen, { condition: condition[locale] })}`}
          </p>
        </div>
        {isOpen && <ArrangeButtons id={key} about={name} isFirst={index === 0} isLast={index === pages.length - 1} />}
      </li>
    );
  });
  return (
    <Arrange name="arrange" edition={view.edition}>
      <ol className="editor-rows">{rows}</ol>
    </Arrange>
  );
}
