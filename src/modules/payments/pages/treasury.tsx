import { useLoaderData } from 'react-router';
import { Alert, State, type Tone } from '#ui/alert';
import { Button, LinkButton, TextLink } from '#ui/button';
import { Select, TextField } from '#ui/field';
import { Form } from '#ui/form';
import { dayInFigures } from '#ui/format';
import { Icon } from '#ui/icon';
import { Empty, Page } from '#ui/page';
import { type Column, Pager, Table } from '#ui/table';
import { useView, useWords } from '#ui/view';
import { load, signedIn } from '#web/context';
import type { PaymentState } from '../rules.ts';
import type { PaymentLine } from '../store/list.ts';
import { Money } from './money.tsx';
import { listTexts, stateTexts, treasuryTexts } from './treasury-texts.ts';
import './payments.css';

const pageSize = 50;

export const loader = load(async (house, { request }) => {
  signedIn(house);
  const { searchParams } = new URL(request.url);
  const { payments } = house.rooms;
  const list = payments.treasuryLists.find((known) => known === searchParams.get('liste')) ?? 'openItems';
  const asked = {
    search: searchParams.get('suche') ?? '',
    from: searchParams.get('von') ?? '',
    to: searchParams.get('bis') ?? '',
  };
  const cursor = searchParams.get('ab');
  const [{ items, next }, figures] = await Promise.all([
    payments.listPayments(house.ctx, { list, ...asked, cursor, limit: pageSize }),
    payments.treasuryFigures(house.ctx),
  ]);
  const lists = payments.treasuryLists;
  return { list, lists, asked, items, next, isFirst: cursor === null, waiting: figures.refundsWaiting };
});

/** A state's colour; its word says the same. */
export const stateTones: Readonly<Record<PaymentState, Tone>> = {
  awaitingFee: 'warning',
  open: 'info',
  underWay: 'info',
  disputed: 'danger',
  paid: 'success',
  refunded: 'neutral',
  expired: 'neutral',
  withdrawn: 'neutral',
};

export default function Treasury() {
  const { list, asked, items, next, isFirst, waiting } = useLoaderData<typeof loader>();
  const labels = useWords(treasuryTexts);
  const filter = { liste: list, suche: asked.search, von: asked.from, bis: asked.to };
  const address = (ab: string | null) => `/kasse?${new URLSearchParams({ ...filter, ...(ab && { ab }) })}`;
  return (
    <Page title={labels.title} lead={labels.lead} width="wide" actions={<Tables />}>
      {waiting > 0 && (
        <Alert tone="warning">
          <p>
            {labels.waiting(waiting)} <TextLink to="/kasse?liste=needsCare">{labels.show}</TextLink>
          </p>
        </Alert>
      )}
      <Filter />
      {items.length === 0 ? (
        <Empty icon="list" title={labels.none}>
          <p>{labels.noneHint}</p>
        </Empty>
      ) : (
        <Lines />
      )}
      <Pager shown="" first={isFirst ? null : address(null)} next={next === null ? null : address(next)} />
    </Page>
  );
}

function Tables() {
  const labels = useWords(treasuryTexts);
  return (
    <>
      <a className="kern-btn kern-btn--secondary" href="/kasse/offene-posten.csv" download>
        <Icon name="download" />
        <span className="kern-label">{labels.openItemsCsv}</span>
      </a>
      <LinkButton icon="list" to="/kasse/abgleich">
        {labels.reconcile}
      </LinkButton>
    </>
  );
}

function Filter() {
  const { list, lists, asked } = useLoaderData<typeof loader>();
  const labels = useWords(treasuryTexts);
  const names = useWords(listTexts);
  return (
    <Form isSearch isInline label={labels.show}>
      <Select name="liste" label={labels.list} value={list} options={lists.map((value) => ({ value, label: names[value] }))} />
      <TextField
        name="suche"
        type="search"
        label={labels.search}
        placeholder={labels.searchHint}
        value={asked.search}
        maxLength={100}
      />
      <TextField name="von" type="date" label={labels.from} value={asked.from} />
      <TextField name="bis" type="date" label={labels.to} value={asked.to} />
      <Button icon="search">{labels.show}</Button>
    </Form>
  );
}

function Lines() {
  const { items } = useLoaderData<typeof loader>();
  const labels = useWords(treasuryTexts);
  const states = useWords(stateTexts);
  const { locale } = useView();
  const columns: readonly Column<PaymentLine>[] = [
    {
      key: 'reference',
      label: labels.reference,
      kind: 'name',
      cell: ({ id, reference, ...line }) => (
        <>
          <TextLink to={`/kasse/${id}`}>{reference}</TextLink>
          <span className="below">
            <Purpose {...line} />
          </span>
        </>
      ),
    },
    { key: 'who', label: labels.who, cell: ({ debtorName }) => debtorName },
    { key: 'state', label: labels.state, cell: ({ state }) => <State tone={stateTones[state]}>{states[state]}</State> },
    { key: 'amount', label: labels.amount, kind: 'number', cell: ({ cents }) => <Money cents={cents} /> },
    {
      key: 'received',
      label: labels.received,
      kind: 'number',
      cell: ({ receivedCents, refundedCents }) => <Money cents={receivedCents - refundedCents} />,
    },
    { key: 'opened', label: labels.opened, cell: ({ openedAt }) => dayInFigures(locale, openedAt) },
    { key: 'due', label: labels.due, cell: ({ dueOn }) => (dueOn ? dayInFigures(locale, dueOn) : null) },
  ];
  return <Table caption={labels.title} rows={items} keyOf={({ id }) => id} columns={columns} />;
}

/** What for; what the thing is called stays in one piece, so that it can be compared. */
function Purpose({ purpose, thingName }: Pick<PaymentLine, 'purpose' | 'thingName'>) {
  if (!purpose.endsWith(thingName)) return purpose;
  return (
    <>
      {purpose.slice(0, purpose.length - thingName.length)}
      <span className="number">{thingName}</span>
    </>
  );
}
