import { useLoaderData } from 'react-router';
import { Button, Buttons, LinkButton } from '#ui/button';
import { TextArea } from '#ui/field';
import { Form, Hidden } from '#ui/form';
import { Page, Section } from '#ui/page';
import { useWords } from '#ui/view';
import { act, go, load, signedIn, text } from '#web/context';
import { DayFields } from './day-fields.tsx';
import { editorTexts } from './editor-texts.ts';
import { contentIn, EntryFields } from './entry-fields.tsx';
import { fieldTexts } from './field-texts.ts';
import { entryNumber } from './numbers.ts';

export const loader = load(async (house, { params }) => {
  const { finder } = house.rooms;
  const id = entryNumber(house, params.id);
  const [{ entry, draft, published, versions }, { mayWrite }] = await Promise.all([
    finder.getEntry(house.ctx, { entry: id }),
    finder.openDesk(house.ctx),
  ]);
  if (!mayWrite || (draft !== null && draft.state !== 'draft')) throw house.missing();
  // What was withdrawn, or discarded before it was ever published, is where the next draft begins.
  const last = versions[0] && (await finder.compareVersions(house.ctx, { entry: id }, { before: 0, after: versions[0].version }));
  const base = draft ?? published ?? last?.after;
  if (!base) throw house.missing();
  const values = await finder.withNames(house.ctx, entry.kind, base.content);
  const days = draft ?? { validFrom: entry.validFrom, validTo: entry.validTo, reviewOn: null };
  const situations = entry.kind === 'service' ? await finder.listLifeEvents(house.ctx) : [];
  return { entry, values, situations, days, note: draft?.note ?? '', edition: draft?.edition ?? null };
});

export const action = act(async (house, { params, form }) => {
  signedIn(house);
  const { finder } = house.rooms;
  const id = entryNumber(house, params.id);
  const { entry } = await finder.getEntry(house.ctx, { entry: id });
  const content = await finder.withKeys(house.ctx, entry.kind, contentIn(form, entry.kind));
  const edition = text(form, 'edition');
  await finder.saveDraft(
    house.ctx,
    { entry: id },
    {
      content,
      note: text(form, 'draftNote'),
      edition: edition === '' ? null : Number(edition) || 0,
      days: { validFrom: text(form, 'validFrom'), validTo: text(form, 'validTo'), reviewOn: text(form, 'reviewOn') },
    },
  );
  const to = text(form, 'then') === 'preview' ? `/redaktion/${id}/vorschau` : `/redaktion/${id}`;
  return go(house, to, { text: editorTexts[house.ctx.locale].saved });
});

/** The draft as a form. */
export default function EditorEdit() {
  const { entry, values, situations, days, note, edition } = useLoaderData<typeof loader>();
  const labels = useWords(editorTexts);
  const fields = useWords(fieldTexts);
  const above = [
    { to: '/redaktion', label: labels.title },
    { to: `/redaktion/${entry.id}`, label: entry.title },
  ];
  return (
    <Page title={`${labels.edit}: ${entry.title}`} above={above}>
      <Form labels={{ ...labels, ...fields }}>
        <Hidden name="edition" value={edition ?? ''} />
        <EntryFields kind={entry.kind} values={values} situations={situations} isNew={false} />
        <Section title={labels.daysPart}>
          <div className="form">
            <DayFields days={days} />
            <TextArea name="draftNote" label={labels.note} hint={labels.noteHint} value={note} isOptional />
          </div>
        </Section>
        <Buttons>
          <Button kind="primary">{labels.save}</Button>
          <Button name="then" value="preview">{`${labels.save} + ${labels.preview}`}</Button>
          <LinkButton kind="tertiary" to={`/redaktion/${entry.id}`}>
            {labels.back}
          </LinkButton>
        </Buttons>
      </Form>
    </Page>
  );
}
