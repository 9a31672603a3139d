import { useMemo, useState } from 'react';
import { Outlet, useLoaderData, useOutlet } from 'react-router';
import { Button } from '#ui/button';
import { FitName } from '#ui/fit';
import { Form, Hidden } from '#ui/form';
import { Bytes, dayInFigures, formatCount, formatNumber, Time } from '#ui/format';
import { List, type ListColumn, useIsLive } from '#ui/list';
import { Empty, Page, Tabs } from '#ui/page';
import { Pager } from '#ui/table';
import { useView, useWords } from '#ui/view';
import { act, load } from '#web/context';
import { KindIcon } from './name-cell.tsx';
import { actInTrash, readTrash, type TrashData } from './trash-data.ts';
import { trashTexts } from './trash-texts.ts';
import { useOperations } from './use-operations.ts';
import { useWatchHome } from './watch.ts';

export const loader = load(readTrash);
export const action = act(actInTrash);

type Item = TrashData['items'][number];

/** What was deleted in one of the person's spaces. */
export default function Trash() {
  const data = useLoaderData<typeof loader>();
  useOperations();
  useWatchHome('contents', data.stamps);
  const labels = useWords(trashTexts);
  const { locale } = useView();
  const hasDialog = useOutlet() !== null;
  const here = `/papierkorb/${data.space}`;
  return (
    <Page title={labels.title} lead={labels.lead(formatNumber(locale, data.days))} width="wide">
      {data.spaces.length > 1 && (
        <Tabs
          label={labels.which}
          tabs={data.spaces.map(({ id, name }) => ({ to: `/papierkorb/${id}`, label: name, isHere: id === data.space }))}
        />
      )}
      {hasDialog && <Outlet />}
      {data.items.length === 0 ? (
        <Empty icon="trash" title={labels.emptyTitle}>
          <p>{labels.emptyLead}</p>
        </Empty>
      ) : (
        <TrashList key={data.space} data={data} />
      )}
      <Pager
        shown=""
        first={data.isFirst ? null : here}
        next={data.next === null ? null : `${here}?${new URLSearchParams({ ab: data.next })}`}
      />
    </Page>
  );
}

const nothing: ReadonlySet<number> = new Set();

function TrashList({ data }: { readonly data: TrashData }) {
  const labels = useWords(trashTexts);
  const isLive = useIsLive();
  const [chosen, setChosen] = useState(nothing);
  const columns = useColumns(data);
  const present = useMemo(() => new Set(data.items.map(({ id }) => id)), [data.items]);
  const selection = useMemo(() => new Set([...chosen].filter((id) => present.has(id))), [chosen, present]);
  return (
    <Form name="trash" action={`/papierkorb/${data.space}`}>
      {isLive && <Hidden name="ids" value={[...selection].join(',')} />}
      <TrashBar data={data} selection={selection} />
      <List<Item>
        caption={`${labels.title}: ${data.name}`}
        columns={columns}
        count={data.items.length}
        rowAt={(index) => data.items[index]}
        idOf={({ id }) => id}
        nameOf={({ name }) => name}
        selection={selection}
        onSelect={setChosen}
      />
    </Form>
  );
}

function TrashBar({ data, selection }: { readonly data: TrashData; readonly selection: ReadonlySet<number> }) {
  const labels = useWords(trashTexts);
  const { locale } = useView();
  const count = (number: number) => formatCount(locale, number, labels.entries);
  return (
    <div className={selection.size > 0 ? 'list-bar some' : 'list-bar'}>
      <div className="when-idle">
        <span className="muted">{count(data.items.length)}</span>
        {data.mayPurge && (
          <Button name="do" value="empty" isSmall icon="trash" kind="tertiary">
            {labels.empty}
          </Button>
        )}
      </div>
      <div className="when-chosen">
        <span role="status">{selection.size > 0 && labels.chosen(count(selection.size))}</span>
        {data.mayRestore && (
          <>
            <Button name="do" value="restore" isSmall icon="undo" kind="tertiary">
              {labels.restore}
            </Button>
            <Button name="do" value="elsewhere" isSmall icon="move" kind="tertiary">
              {labels.restoreElsewhere}
            </Button>
          </>
        )}
        {data.mayPurge && (
          <Button name="do" value="purge" isSmall icon="trash" kind="tertiary">
            {labels.remove}
          </Button>
        )}
      </div>
    </div>
  );
}

function useColumns({ now }: TrashData): readonly ListColumn<Item>[] {
  const labels = useWords(trashTexts);
  const { locale } = useView();
  return useMemo(
    () => [
      {
        key: 'file-name',
        label: labels.name,
        kind: 'name',
        cell: (item) => (
          <span className="name-cell">
            <KindIcon row={item} />
            <FitName name={item.name} />
          </span>
        ),
      },
      { key: 'was', label: labels.was, kind: 'minor', cell: ({ was }) => was || labels.top },
      { key: 'by', label: labels.by, kind: 'minor', cell: ({ by }) => by ?? '' },
      { key: 'when', label: labels.when, cell: ({ deletedAt }) => <Time at={new Date(deletedAt)} now={now} /> },
      { key: 'goes', label: labels.goes, kind: 'minor', cell: ({ goesAt }) => dayInFigures(locale, new Date(goesAt)) },
      { key: 'size', label: labels.size, kind: 'number', cell: ({ size }) => <Bytes value={size} /> },
    ],
    [labels, locale, now],
  );
}
