import { type KeyboardEvent, useCallback, useMemo } from 'react';
import { useActionData, useLocation, useNavigate, useNavigation } from 'react-router';
import { Alert } from '#ui/alert';
import { DropZone } from '#ui/dropzone';
import { Form, Hidden } from '#ui/form';
import { Bytes, Time } from '#ui/format';
import { Icon } from '#ui/icon';
import { useFollow } from '#ui/icon-link';
import { keyName, usePageKeys } from '#ui/keys';
import { List, type ListColumn, useIsLive } from '#ui/list';
import { Pager } from '#ui/table';
import { useWords } from '#ui/view';
import type { Refused } from '#web/context';
import type { Row } from '../rows.ts';
import { contentPath, type Order, searchFor, turned } from './address.ts';
import { setClip, useClip } from './clipboard.ts';
import { FolderBar } from './folder-bar.tsx';
import type { FolderData } from './folder-data.ts';
import { FolderEmpty } from './folder-empty.tsx';
import { folderTexts } from './folder-texts.ts';
import { NameCell, RenameField } from './name-cell.tsx';
import { useRows } from './rows.ts';
import { byKeys, useDeeds } from './use-deeds.ts';
import { type Renaming, useRenaming } from './use-renaming.ts';
import { useSelection } from './use-selection.ts';
import { useUploads } from './use-uploads.ts';
import { useWatch, useWatchHome } from './watch.ts';

/** Type under which rows are dragged within our own pages. */
const dragType = 'application/x-rennsteig';
const nothing: ReadonlySet<number> = new Set();

/** The list of a folder with everything that can be done in it. */
export function FolderList({ data }: { readonly data: FolderData }) {
  const rows = useRows(data);
  const isLive = useIsLive();
  const { state, pathname } = useLocation() as { state: Partial<typeof byKeys> | null; pathname: string };
  useWatch(data, rows, pathname.includes('/eintrag/'));
  useWatchHome('spaces', data.stamps);
  const [selection, setSelection] = useSelection(rows);
  const renaming = useRenaming(data);
  const deeds = useDeeds(data, { selection, rows, onDone: () => setSelection(nothing) });
  const { addDropped } = useUploads(data);
  const columns = useColumns(data, renaming);
  const onKey = useRowKeys({ data, deeds, selection, setRenamed: renaming.start });
  useFolderKeys(data, deeds);
  const stateOf = useStates(renaming.sent);
  const select = useSelect(data, setSelection);
  const drag = useDrag(data, { selection, deeds, addDropped });
  const count = rows.count();
  const answer = useActionData() as Refused | undefined;
  // The form around the list shows its own refusals; keys, drops and undoing have no form of their own.
  const refused = answer && answer.form !== 'chosen' ? answer.refused : undefined;
  return (
    <DropZone
      target={data.title}
      onDrop={(items, files) => data.may.create && addDropped({ folder: data.id, folderName: data.title }, items, files)}
    >
      <Form name="chosen" action={data.base + searchFor(data.sorting)}>
        {isLive && <Hidden name="ids" value={[...selection].join(',')} />}
        <FolderBar {...{ data, rows, selection, deeds }} onClear={() => setSelection(nothing)} onRename={renaming.start} />
        {refused && (
          <Alert tone="danger" takesFocus>
            <p>{refused.sentence}</p>
          </Alert>
        )}
        {count === 0 ? (
          <FolderEmpty data={data} />
        ) : (
          <>
            <List<Row>
              caption={data.title}
              columns={columns}
              count={count}
              rowAt={rows.rowAt}
              first={data.offset}
              idOf={idOf}
              nameOf={nameOf}
              selection={selection}
              onSelect={select}
              onNeed={rows.need}
              load={rows.load}
              onOpen={deeds.open}
              onKey={onKey}
              stateOf={stateOf}
              drag={drag}
              takesFocus={state?.focus === byKeys.focus}
            />
            <PlainPager data={data} />
          </>
        )}
      </Form>
    </DropZone>
  );
}

/** Without script a long list is read page by page. */
function PlainPager({ data }: { readonly data: FolderData }) {
  const labels = useWords(folderTexts);
  const { offset, rows, total, base, sorting } = data;
  const end = offset + rows.length;
  if (offset === 0 && end >= total) return null;
  const address = (from: number) => {
    const search = new URLSearchParams(searchFor(sorting));
    if (from > 0) search.set('ab', String(from));
    return `${base}?${search}`;
  };
  return (
    <noscript>
      <Pager
        shown={labels.shown(offset + 1, end, total)}
        first={offset > 0 ? address(0) : null}
        next={end < total ? address(end) : null}
      />
    </noscript>
  );
}

const idOf = (row: Row) => row.id;
const nameOf = (row: Row) => row.name;

function useColumns(data: FolderData, { renamed, isSent, refusal, rename, end }: Renaming): readonly ListColumn<Row>[] {
  const labels = useWords(folderTexts);
  const { base, sorting, now } = data;
  const follow = useFollow();
  const show = useFollow({ keepsScroll: true });
  return useMemo(() => {
    const search = searchFor(sorting);
    const sort = (order: Order) => ({
      to: base + searchFor(turned(sorting, order)),
      now: sorting.order !== order ? ('none' as const) : sorting.isDescending ? ('descending' as const) : ('ascending' as const),
    });
    const name = (row: Row) =>
      row.id === renamed ? (
        <RenameField {...{ row, isSent, refusal }} onCancel={end} onRename={(wanted) => rename(row, wanted)} />
      ) : (
        <NameCell row={row} search={search} isFavourite={row.isFavourite} follow={follow} />
      );
    return [
      { key: 'file-name', label: labels.name, kind: 'name', sort: sort('name'), cell: name },
      { key: 'by', label: labels.by, kind: 'minor', cell: (row) => row.by ?? '' },
      {
        key: 'when',
        label: labels.modified,
        sort: sort('modified'),
        cell: (row) => <Time at={new Date(row.modified)} now={now} />,
      },
      { key: 'size', label: labels.size, kind: 'number', sort: sort('size'), cell: (row) => <Bytes value={row.size} /> },
      {
        key: 'more',
        label: labels.details,
        kind: 'actions',
        cell: (row) => <DetailsLink to={`${base}/eintrag/${row.id}${search}`} label={labels.detailsOf(row.name)} follow={show} />,
      },
    ];
  }, [base, sorting, now, labels, renamed, isSent, refusal, rename, end, follow, show]);
}

type DetailsProps = { readonly to: string; readonly label: string; readonly follow: ReturnType<typeof useFollow> };

function DetailsLink({ to, label, follow }: DetailsProps) {
  return (
    <a className="icon-button" href={to} aria-label={label} onClick={follow}>
      <Icon name="info" />
    </a>
  );
}

type Deeds = ReturnType<typeof useDeeds>;
type KeyOptions = {
  readonly data: FolderData;
  readonly deeds: Deeds;
  readonly selection: ReadonlySet<number>;
  readonly setRenamed: (id: number) => void;
};

/** The keys of a row beyond those of every list. Without a choice they mean the row with the focus. */
function useRowKeys({ data, deeds, selection, setRenamed }: KeyOptions) {
  return useCallback(
    (event: KeyboardEvent, row: Row): boolean => {
      const ids = selection.size > 0 ? [...selection] : [row.id];
      const key = keyName(event);
      if (key === 'F2' && data.may.change) setRenamed(row.id);
      else if (key === 'Delete' && data.may.change) deeds.trash(ids);
      else if (key === 'ctrl+c' && getSelection()?.isCollapsed !== false) setClip({ isCopy: true, ids, from: data.id });
      else if (key === 'ctrl+x' && data.may.change) setClip({ isCopy: false, ids, from: data.id });
      else return false;
      return true;
    },
    [data, deeds, selection, setRenamed],
  );
}

/** The keys that need no row: a folder that was just opened has the focus on its title, and an empty one has no rows at all. */
function useFolderKeys(data: FolderData, deeds: Deeds): void {
  const clip = useClip();
  const navigate = useNavigate();
  usePageKeys((key) => {
    if (key === 'Backspace' && data.parent) void navigate(data.parent, { state: byKeys });
    else if (key === 'ctrl+v' && clip && data.may.create) deeds.paste(clip, data.id);
    else return false;
    return true;
  });
}

/** What has been cut is pale, what is just being changed too. */
function useStates(renaming: FormData | undefined) {
  const clip = useClip();
  const { formData } = useNavigation();
  const cut = useMemo(() => new Set(clip && !clip.isCopy ? clip.ids : []), [clip]);
  const busy = useMemo(() => {
    const sent = [...(formData?.getAll('ids') ?? []), renaming?.get('id') ?? ''].join(',');
    return new Set(sent.split(',').filter(Boolean).map(Number));
  }, [formData, renaming]);
  return useCallback((row: Row) => (busy.has(row.id) ? 'busy' : cut.has(row.id) ? 'cut' : undefined), [busy, cut]);
}

/** While details are open they follow the choice; closed, they stay closed. */
function useSelect(data: FolderData, setSelection: (ids: ReadonlySet<number>) => void) {
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const isPanelOpen = pathname.includes('/eintrag/');
  return (ids: ReadonlySet<number>) => {
    setSelection(ids);
    const [only] = ids;
    const to = `${data.base}/eintrag/${only}${searchFor(data.sorting)}`;
    if (isPanelOpen && ids.size === 1) void navigate(to, { replace: true, preventScrollReset: true });
  };
}

type DragOptions = {
  readonly selection: ReadonlySet<number>;
  readonly deeds: Deeds;
  readonly addDropped: ReturnType<typeof useUploads>['addDropped'];
};

function useDrag(data: FolderData, { selection, deeds, addDropped }: DragOptions) {
  return useMemo(
    () => ({
      canStart: () => true,
      onStart: (row: Row, transfer: DataTransfer) => {
        const ids = selection.has(row.id) ? [...selection] : [row.id];
        transfer.setData(dragType, JSON.stringify(ids));
        transfer.effectAllowed = 'move';
        if (!row.isFolder && ids.length === 1)
          transfer.setData('DownloadURL', `application/octet-stream:${row.name}:${location.origin}${contentPath(row.id)}`);
      },
      accepts: (row: Row, types: readonly string[]) =>
        row.isFolder && ((data.may.change && types.includes(dragType)) || (data.may.create && types.includes('Files'))),
      onDrop: (row: Row, transfer: DataTransfer) => {
        const dragged = transfer.getData(dragType);
        if (dragged === '') addDropped({ folder: row.id, folderName: row.name }, [...transfer.items], [...transfer.files]);
        else {
          const ids = (JSON.parse(dragged) as number[]).filter((id) => id !== row.id);
          if (ids.length > 0) deeds.carry({ isCopy: false, ids, from: data.id }, row.id);
        }
      },
    }),
    [data, selection, deeds, addDropped],
  );
}
