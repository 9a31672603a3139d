import { useLoaderData } from 'react-router';
import { State } from '#ui/alert';
import { Moment } from '#ui/format';
import { Empty, Page, Tabs } from '#ui/page';
import { NameCell, Pager, Table } from '#ui/table';
import { useView, useWords } from '#ui/view';
import { load, signedIn } from '#web/context';
import { deliveryTexts, listTexts, stateTexts, stateTones } from './delivery-texts.ts';

export const loader = load(async (house, { request }) => {
  signedIn(house);
  const { delivery } = house.rooms;
  const { searchParams } = new URL(request.url);
  const list = delivery.deliveryLists.find((known) => known === searchParams.get('liste')) ?? 'all';
  const cursor = searchParams.get('ab');
  const [{ items, next }, counts] = await Promise.all([
    delivery.listDeliveries(house.ctx, { list, cursor }),
    delivery.countByList(house.ctx),
  ]);
  const lines = items.map(({ reason, ...line }) => ({ ...line, why: reason === null ? '' : house.say(reason) }));
  return { lists: delivery.deliveryLists, list, lines, next, counts, isFirst: cursor === null };
});

/** What goes to specialist systems, and how it stands. */
export default function Deliveries() {
  const { lists, list, lines, next, counts, isFirst } = useLoaderData<typeof loader>();
  const labels = useWords(deliveryTexts);
  const names = useWords(listTexts);
  const address = (ab: string | null) => `/zustellungen?${new URLSearchParams({ liste: list, ...(ab && { ab }) })}`;
  const tabs = lists.map((one) => ({
    to: `/zustellungen?liste=${one}`,
    label: `${names[one]} (${counts[one]})`,
    isHere: one === list,
  }));
  return (
    <Page title={labels.title} lead={labels.lead} width="wide">
      <Tabs label={labels.list} tabs={tabs} />
      {lines.length === 0 ? (
        <Empty icon="archive" title={labels.none}>
          <p>{labels.noneHint}</p>
        </Empty>
      ) : (
        <Lines />
      )}
      <Pager shown="" first={isFirst ? null : address(null)} next={next === null ? null : address(next)} />
    </Page>
  );
}

function Lines() {
  const { lines } = useLoaderData<typeof loader>();
  const labels = useWords(deliveryTexts);
  const states = useWords(stateTexts);
  const { locale } = useView();
  return (
    <Table
      caption={labels.title}
      rows={lines}
      keyOf={({ id }) => id}
      columns={[
        {
          key: 'application',
          label: labels.application,
          kind: 'name',
          cell: ({ id, reference, title }) => <NameCell to={`/zustellungen/${id}`} name={title[locale]} below={reference} />,
        },
        { key: 'receiver', label: labels.receiver, cell: ({ receiver }) => receiver },
        {
          key: 'state',
          label: labels.state,
          cell: ({ state, why }) => (
            <>
              <State tone={stateTones[state]}>{states[state]}</State>
              {why !== '' && <span className="below">{why}</span>}
            </>
          ),
        },
        { key: 'since', label: labels.since, cell: ({ steppedAt }) => <Moment at={steppedAt} /> },
      ]}
    />
  );
}
