import { Link, useLoaderData } from 'react-router';
import { Button, LinkButton, TextLink } from '#ui/button';
import { Form } from '#ui/form';
import { Time } from '#ui/format';
import { Empty, Page } from '#ui/page';
import { SelectionBar } from '#ui/selection';
import { type Column, Table } from '#ui/table';
import { useWords } from '#ui/view';
import { load } from '#web/context';
import { mailboxTexts } from './mailbox-texts.ts';
import { printTexts } from './print-texts.ts';

export const loader = load(async (house, { url }) => {
  const isPost = url.searchParams.get('stand') === 'post';
  const letters = await house.rooms.mailbox.listSent(house.ctx, { state: isPost ? 'toPrint' : null });
  const rows = letters.map(({ id, subject, recipient, citizen, state, sentAt }) => ({
    id,
    subject,
    to: recipient[0] ?? '',
    isMailbox: citizen !== null,
    state,
    sentAt,
  }));
  const isAllChosen = url.searchParams.has('alle');
  return { rows, isPost, isAllChosen, now: house.ctx.platform.clock.now().getTime() };
});

type Data = Awaited<ReturnType<typeof loader>>;
type Row = Data['rows'][number];

export default function SentList() {
  const { rows, isPost, isAllChosen, now } = useLoaderData<typeof loader>();
  const labels = useWords(mailboxTexts);
  const columns: Column<Row>[] = [
    {
      key: 'subject',
      label: labels.subject,
      kind: 'name',
      cell: ({ id, subject }) => <Link to={`/briefe/${id}`}>{subject}</Link>,
    },
    { key: 'to', label: labels.to, cell: ({ to, isMailbox }) => to || (isMailbox ? labels.byMailbox : '') },
    { key: 'state', label: labels.state, cell: ({ state }) => labels.states[state] },
    { key: 'sentAt', label: labels.sentAt, cell: ({ sentAt }) => <Time at={sentAt} now={now} /> },
  ];
  const actions = (
    <LinkButton kind="primary" icon="mail" to="/briefe/neu">
      {labels.write}
    </LinkButton>
  );
  return (
    <Page title={labels.letters} lead={labels.lettersLead} width="wide" actions={actions}>
      <p>
        {isPost ? <TextLink to="/briefe">{labels.all}</TextLink> : <TextLink to="/briefe?stand=post">{labels.onlyPost}</TextLink>}
      </p>
      {rows.length === 0 ? (
        <Empty icon="mail" title={labels.noSent}>
          <p>{labels.noSentLead}</p>
        </Empty>
      ) : isPost ? (
        <ToPrint rows={rows} columns={columns} isAllChosen={isAllChosen} />
      ) : (
        <Table caption={labels.letters} columns={columns} rows={rows} keyOf={keyOf} />
      )}
    </Page>
  );
}

const keyOf = ({ id }: Row) => id;

type ToPrintProps = Pick<Data, 'rows' | 'isAllChosen'> & { readonly columns: readonly Column<Row>[] };

/** The letters for the post, to be chosen and printed together. */
function ToPrint({ rows, columns, isAllChosen }: ToPrintProps) {
  const labels = useWords(printTexts);
  const choice = { name: 'brief', label: ({ subject, to }: Row) => `${subject}, ${to}`, isAllChosen };
  return (
    <Form name="print" isSearch action="/briefe/drucken" label={labels.waiting}>
      <noscript>
        <TextLink to="/briefe?stand=post&alle">{labels.selectAll}</TextLink>
      </noscript>
      <SelectionBar
        nouns={labels.nouns}
        idle={<span>{labels.idle}</span>}
        actions={<Button kind="primary">{labels.printChosen}</Button>}
      />
      <Table caption={labels.waiting} columns={columns} rows={rows} keyOf={keyOf} choice={choice} />
    </Form>
  );
}
