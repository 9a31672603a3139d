import { useMemo } from 'react';
import { useLocation, useNavigate, useSubmit } from 'react-router';
import { useTray } from '#ui/tray';
import { useView } from '#ui/view';
import type { Row } from '../rows.ts';
import { contentPath, folderPath, searchFor } from './address.ts';
import { type Clip, setClip } from './clipboard.ts';
import type { FolderData } from './folder-data.ts';
import type { Rows } from './rows.ts';
import { atOnce, type Errand, runErrand } from './steps.ts';

type Options = { readonly selection: ReadonlySet<number>; readonly rows: Rows; readonly onDone: () => void };

/** Whoever goes by keys from list to list finds the focus in the next one. */
export const byKeys = { focus: 'list' };

/** A download by a form of its own: the ids of a large choice do not fit into an address. */
function downloadByForm(ids: readonly number[], csrf: string): void {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = '/dateien/zip';
  for (const [name, value] of Object.entries({ _csrf: csrf, ids: ids.join(',') })) {
    const field = document.createElement('input');
    field.type = 'hidden';
    field.name = name;
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  form.submit();
  form.remove();
}

/** Whether a marked thing is a single file, which is downloaded as it is. A row that has not arrived counts as a folder: in a ZIP. */
const isFile = (rows: Rows, id: number | undefined): boolean => {
  for (let index = 0; index < rows.count(); index += 1) if (rows.rowAt(index)?.id === id) return !rows.rowAt(index)?.isFolder;
  return false;
};

/** What the list, its bar and its keys do with what is marked. */
export function useDeeds(data: FolderData, { selection, rows, onDone }: Options) {
  const submit = useSubmit();
  const navigate = useNavigate();
  const tray = useTray();
  const view = useView();
  const { pathname, search } = useLocation();
  return useMemo(() => {
    const { base, id, sorting } = data;
    const send = (fields: Readonly<Record<string, string>>) =>
      void submit(
        { _csrf: view.csrf ?? '', zurueck: pathname + search, ...fields },
        { method: 'post', action: base + searchFor(sorting), preventScrollReset: true },
      );
    const inSteps = (errand: Errand) => void runErrand(errand, { tray, view, onChange: () => void rows.refresh() });
    const carry = ({ isCopy, ids, from }: Clip, to: number) => {
      onDone();
      if (ids.length > atOnce) inSteps({ do: isCopy ? 'copy' : 'move', ids, to, from, taken: 'number' });
      else send({ _form: 'carry', ids: ids.join(','), to: String(to), from: String(from), ...(isCopy && { art: 'kopieren' }) });
    };
    return {
      carry,
      paste: (clip: Clip, to: number) => {
        if (!clip.isCopy) setClip(null);
        carry(clip, to);
      },
      trash: (ids: readonly number[]) => {
        onDone();
        if (ids.length > atOnce) inSteps({ do: 'trash', ids });
        else send({ _form: 'chosen', do: 'trash', ids: ids.join(','), zurueck: base + searchFor(sorting) });
      },
      /** Not by way of the router, which would wait for a page that never comes. */
      download: () => {
        const [only] = selection;
        if (only !== undefined && selection.size === 1 && isFile(rows, only)) location.assign(contentPath(only));
        else downloadByForm([...selection], view.csrf ?? '');
      },
      /** The dialog for a place; a large choice goes along in the history's state, not in the address. */
      choosePlace: (isCopy: boolean) => {
        const ids = [...selection];
        const isLarge = ids.length > atOnce;
        const params = new URLSearchParams({ ...(!isLarge && { ids: ids.join(',') }), ...(isCopy && { art: 'kopieren' }) });
        void navigate(`${base}/verschieben?${params}`, { preventScrollReset: true, state: isLarge ? { ids } : null });
      },
      open: (row: Row) => {
        if (row.isFolder) void navigate(folderPath(row.id) + searchFor(sorting), { state: byKeys });
        else location.assign(contentPath(row.id));
      },
      folder: id,
    };
  }, [data, selection, rows, onDone, submit, navigate, tray, view, pathname, search]);
}
