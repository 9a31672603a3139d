import { useLoaderData } from 'react-router';
import { Button } from '#ui/button';
import { Select } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { momentInFigures } from '#ui/format';
import { Page, Section } from '#ui/page';
import { useView, useWords } from '#ui/view';
import { act, go, load, signedIn, text } from '#web/context';
import { editorTexts } from './editor-texts.ts';
import { Differences } from './marks.tsx';
import { entryNumber, versionNumber } from './numbers.ts';
import { put } from './portal-texts.ts';

export const loader = load(async (house, { params, request }) => {
  const { finder } = house.rooms;
  signedIn(house);
  const { searchParams } = new URL(request.url);
  const ref = { entry: entryNumber(house, params.id) };
  const [before, after] = [versionNumber(searchParams.get('vor')), versionNumber(searchParams.get('nach'))];
  const [view, { versions }, { mayWrite }] = await Promise.all([
    finder.compareVersions(house.ctx, ref, { before, after }),
    finder.getEntry(house.ctx, ref),
    finder.openDesk(house.ctx),
  ]);
  const { entry, differences } = view;
  const mayRestore = mayWrite && entry.draft === null && entry.published !== after;
  const numbers = versions.map(({ version, authorName, changedAt }) => ({ version, authorName, changedAt }));
  return { entry, differences, numbers, before, after, mayRestore };
});

export const action = act(async (house, { params, form }) => {
  signedIn(house);
  const [entry, version] = [entryNumber(house, params.id), versionNumber(text(form, 'version'))];
  const labels = editorTexts[house.ctx.locale];
  await house.rooms.finder.restoreVersion(house.ctx, { entry }, version, put(labels.restoreNote, { version }));
  return go(house, `/redaktion/${entry}`, { text: put(labels.restored, { version }) });
});

/** What one version changed, word by word, and the way back to it. */
export default function EditorCompare() {
  const { entry, differences, before, after, mayRestore } = useLoaderData<typeof loader>();
  const labels = useWords(editorTexts);
  const above = [
    { to: '/redaktion', label: labels.title },
    { to: `/redaktion/${entry.id}`, label: entry.title },
  ];
  return (
    <Page
      title={put(labels.compareTitle, { after })}
      lead={before === 0 ? labels.compareNothing : put(labels.compareLead, { before })}
      above={above}
    >
      <Choose />
      <Section title={labels.differences}>
        {differences.length === 0 ? <p>{labels.same}</p> : <Differences differences={differences} />}
      </Section>
      {mayRestore && (
        <Section title={labels.restore} lead={labels.restoreLead}>
          <Form name="restore">
            <Hidden name="version" value={after} />
            <Button about={`${labels.version} ${after}`}>{labels.restore}</Button>
          </Form>
        </Section>
      )}
    </Page>
  );
}

function Choose() {
  const { numbers, before, after } = useLoaderData<typeof loader>();
  const labels = useWords(editorTexts);
  const { locale } = useView();
  const options = numbers.map(({ version, authorName, changedAt }) => ({
    value: String(version),
    label: `${version}: ${authorName}, ${momentInFigures(locale, new Date(changedAt))}`,
  }));
  return (
    <Form isSearch isInline label={labels.chooseVersions}>
      <Select
        name="vor"
        label={labels.before}
        value={String(before)}
        options={[...options, { value: '0', label: labels.none }]}
      />
      <Select name="nach" label={labels.after} value={String(after)} options={options} />
      <Button>{labels.compareWith}</Button>
    </Form>
  );
}
