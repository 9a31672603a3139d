import { useLoaderData } from 'react-router';
import { Button } from '#ui/button';
import { Form, Hidden } from '#ui/form';
import { Moment } from '#ui/format';
import { Table } from '#ui/table';
import { useWords } from '#ui/view';
import { act, go, load, signedIn, text } from '#web/context';
import { stepTexts } from './editor-names.ts';
import { addressOf, at, EditorPage } from './editor-parts.tsx';
import { editorTexts } from './editor-texts.ts';
import { put } from './form-texts.ts';

export const loader = load(async (house, { params }) => {
  signedIn(house);
  const { forms } = house.rooms;
  const view = await forms.lookAtOwnForm(house.ctx, params.form ?? '');
  return { view, editions: await forms.listEditions(house.ctx, view.key) };
});

export const action = act(async (house, { form, params }) => {
  signedIn(house);
  const where = at(form, params);
  const wanted = Number(text(form, 'wanted')) || 0;
  await house.rooms.forms.restoreEdition(house.ctx, where.form, { edition: where.edition, wanted });
  return go(house, addressOf(where.form, '/verlauf'), { text: editorTexts[house.ctx.locale].restored });
});

/** Every step that was taken, and the way back to each. */
export default function EditorHistoryPage() {
  const { view, editions } = useLoaderData<typeof loader>();
  const labels = useWords(editorTexts);
  const steps = useWords(stepTexts);
  const isOpen = view.state !== 'proposed';
  return (
    <EditorPage view={view} here="/verlauf" lead={labels.historyLead}>
      <Table
        caption={labels.history}
        rows={editions}
        keyOf={({ edition }) => edition}
        columns={[
          {
            key: 'step',
            label: labels.step,
            kind: 'name',
            cell: ({ edition, did }) => `${edition}. ${put(steps[did.step], { about: did.about })}`,
          },
          { key: 'by', label: labels.by, cell: ({ authorName }) => authorName },
          { key: 'at', label: labels.at, cell: ({ at: moment }) => <Moment at={moment} /> },
          {
            key: 'restore',
            label: labels.restore,
            kind: 'actions',
            cell: ({ edition }) =>
              edition === view.edition ? (
                <span className="muted">{labels.now}</span>
              ) : (
                isOpen && (
                  <Form name={`restore-${edition}`} isInline>
                    <Hidden name="edition" value={view.edition} />
                    <Hidden name="wanted" value={edition} />
                    <Button isSmall kind="tertiary" about={String(edition)}>
                      {labels.restore}
                    </Button>
                  </Form>
                )
              ),
          },
        ]}
      />
    </EditorPage>
  );
}
