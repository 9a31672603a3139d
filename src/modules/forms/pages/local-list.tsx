import { useLoaderData } from 'react-router';
import { State } from '#ui/alert';
import { LinkButton, TextLink } from '#ui/button';
import { Page } from '#ui/page';
import { Table } from '#ui/table';
import { useWords } from '#ui/view';
import { load, signedIn } from '#web/context';
import { localTexts } from './local-texts.ts';

export const loader = load(async (house) => {
  signedIn(house);
  return house.rooms.forms.listLocal(house.ctx);
});

/** The forms of the state, and which of them this authority takes. */
export default function LocalListPage() {
  const forms = useLoaderData<typeof loader>();
  const labels = useWords(localTexts);
  return (
    <Page
      title={labels.title}
      lead={labels.lead}
      width="wide"
      actions={<LinkButton to="/formulare/eigene">{labels.own}</LinkButton>}
    >
      <Table
        caption={labels.title}
        rows={forms}
        keyOf={({ key }) => key}
        columns={[
          {
            key: 'form',
            label: labels.form,
            kind: 'name',
            cell: ({ key, title }) => <TextLink to={`/formulare/${key}`}>{title}</TextLink>,
          },
          {
            key: 'state',
            label: labels.state,
            cell: ({ isOffered }) => (
              <State tone={isOffered ? 'success' : 'neutral'}>{isOffered ? labels.offered : labels.notOffered}</State>
            ),
          },
        ]}
      />
    </Page>
  );
}
