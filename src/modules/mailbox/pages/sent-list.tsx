import { Link, useLoaderData } from 'react-router';
import { LinkButton, TextLink } from '#ui/button';
import { Time } from '#ui/format';
import { Empty, Page } from '#ui/page';
import { type Column, Table } from '#ui/table';
import { useWords } from '#ui/view';
import { load } from '#web/context';
import { mailboxTexts } from './mailbox-texts.ts';

export const loader = load(async (house, { request }) => {
  const isPost = new URL(request.url).searchParams.get('stand') === 'post';
  const letters = await house.rooms.mailbox.listSent(house.ctx, { state: isPost ? 'toPrint' : null });
  const rows = letters.map(({ id, subject, recipient, citizen, state, sentAt }) => ({
    id,
    subject,
    to: recipient[0] ?? '',
    isMailbox: citizen !== null,
    state,
    sentAt,
  }));
  return { rows, isPost, now: house.ctx.platform.clock.now().getTime() };
});

type Row = Awaited<ReturnType<typeof loader>>['rows'][number];

export default function SentList() {
  const { rows, isPost, now } = useLoaderData<typeof loader>();
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
      ) : (
        <Table caption={labels.letters} columns={columns} rows={rows} keyOf={({ id }) => id} />
      )}
    </Page>
  );
}
