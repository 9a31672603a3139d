import { useCallback, useEffect, useMemo } from 'react';
import { useTray } from '#ui/tray';
import { useView } from '#ui/view';
import { chosenFiles, readDropped } from './dropped.ts';
import type { FolderData } from './folder-data.ts';
import type { Begun } from './upload-memory.ts';
import { uploadGroup } from './upload-view.ts';
import { addUploads, continueUpload, hearUploads, type Place, setPerson } from './uploads.ts';
import { changedEvent } from './watch.ts';

/** Folders without files in them have no upload that would make them. */
async function makeFolders(folder: number, paths: readonly string[], csrf: string): Promise<void> {
  for (const path of paths) {
    const headers = { 'content-type': 'application/json', 'x-csrf-token': csrf };
    const body = JSON.stringify({ in: folder, path: path.split('/') });
    await fetch('/dateien/ordner', { method: 'POST', headers, body }).catch(() => {});
  }
  if (paths.length > 0) dispatchEvent(new CustomEvent(changedEvent, { detail: folder }));
}

/** Chooses a file without a field in the page: for going on with an upload from the tray, wherever one is by then. */
function chooseAgain(begun: Begun): void {
  const field = document.createElement('input');
  field.type = 'file';
  field.addEventListener('change', () => {
    const [file] = field.files ?? [];
    if (file) continueUpload(begun, file);
  });
  field.click();
}

/** Lets a page add uploads, and shows all of them in the tray from then on, on every page. */
export function useUploads({ id, title, me }: Pick<FolderData, 'id' | 'title' | 'me'>) {
  const { show } = useTray();
  const { locale, csrf } = useView();
  const place = useMemo(() => ({ folder: id, folderName: title }), [id, title]);
  const addFiles = useCallback((files: readonly File[]) => addUploads(chosenFiles(files), place), [place]);
  const addDropped = useCallback(
    (into: Place, dropped: readonly DataTransferItem[], files: readonly File[]) => {
      const reading = readDropped(dropped, files);
      void reading.then((found) => {
        addUploads(found.files, into);
        return makeFolders(into.folder, found.emptyFolders, csrf ?? '');
      });
    },
    [csrf],
  );
  useEffect(() => {
    setPerson({ account: me, csrf: csrf ?? '' });
    const draw = () => show('uploads', uploadGroup(locale, chooseAgain));
    draw();
    shown?.();
    shown = hearUploads(draw);
  }, [me, csrf, locale, show]);
  return { addFiles, addDropped };
}

/** The one listener that draws the tray; it stays when the page that began it is left. */
let shown: (() => void) | null = null;
