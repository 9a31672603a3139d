import { useLoaderData } from 'react-router';
import { LinkButton, TextLink } from '#ui/button';
import { Moment } from '#ui/format';
import { Empty, Page } from '#ui/page';
import { Table } from '#ui/table';
import { useWords } from '#ui/view';
import { load, signedIn } from '#web/context';
import { addressOf, home, OwnFormState } from './editor-parts.tsx';
import { editorTexts } from './editor-texts.ts';

export const loader = load(async (house) => {
  signedIn(house);
  return house.rooms.forms.listOwnForms(house.ctx);
});

/** The forms this authority writes itself. */
export default function EditorListPage() {
  const forms = useLoaderData<typeof loader>();
  const labels = useWords(editorTexts);
  const begin = (
    <LinkButton kind="primary" to={`${home}/neu`} icon="add">
      {labels.begin}
    </LinkButton>
  );
  return (
    <Page
      title={labels.title}
      lead={labels.lead}
      width="wide"
      above={[{ to: '/formulare', label: labels.all }]}
      actions={
        <>
          <LinkButton to={`${home}/fim`}>{labels.fromFim}</LinkButton>
          {begin}
        </>
      }
    >
      {forms.length === 0 ? (
        <Empty icon="list" title={labels.emptyTitle}>
          {labels.empty}
        </Empty>
      ) : (
        <Table
          caption={labels.title}
          rows={forms}
          keyOf={({ key }) => key}
          columns={[
            {
              ...{ key: 'form', label: labels.form, kind: 'name' },
              cell: ({ key, title }) => <TextLink to={addressOf(key)}>{title || key}</TextLink>,
            },
            { ...{ key: 'state', label: labels.state }, cell: ({ state }) => <OwnFormState state={state} /> },
            {
              ...{ key: 'changed', label: labels.changed },
              cell: ({ changedAt, changedBy }) => (
                <>
                  <Moment at={changedAt} />, {changedBy}
                </>
              ),
            },
          ]}
        />
      )}
    </Page>
  );
}
