import { Outlet, type ShouldRevalidateFunctionArgs, useLoaderData, useMatches } from 'react-router';
import { Page } from '#ui/page';
import { Split } from '#ui/panel';
import { act, load } from '#web/context';
import { searchFor, sortingIn } from './address.ts';
import { actInFolder, readFolder } from './folder-data.ts';
import { FolderActions, SpaceChips } from './folder-head.tsx';
import { FolderList } from './folder-list.tsx';
import { useOperations } from './use-operations.ts';

export const loader = load(readFolder);
export const action = act(actInFolder);

/** Dialogs and details lie on top of the list: opening one must not read a long list again. */
export function shouldRevalidate(args: ShouldRevalidateFunctionArgs): boolean {
  const { currentParams, nextParams, currentUrl, nextUrl, formMethod, defaultShouldRevalidate } = args;
  const isSameFolder = currentParams.id === nextParams.id;
  const isSameOrder = searchFor(sortingIn(currentUrl.searchParams)) === searchFor(sortingIn(nextUrl.searchParams));
  const isMove = formMethod === undefined && currentUrl.href !== nextUrl.href;
  const isOnTop = [currentUrl, nextUrl].some(({ pathname }) => /^\/dateien(\/\d+)?\/[a-z]/.test(pathname));
  return isMove && isSameFolder && (isSameOrder || isOnTop) ? false : defaultShouldRevalidate;
}

/** A page below this one says where it appears. */
export type ChildHandle = { readonly place: 'panel' | 'dialog' };

export default function Folder() {
  const data = useLoaderData<typeof loader>();
  useOperations();
  const place = (useMatches().at(-1)?.handle as ChildHandle | undefined)?.place;
  return (
    <Page title={data.title} above={data.above} actions={<FolderActions data={data} />} width="wide">
      <Split panel={place === 'panel' ? <Outlet /> : null}>
        {place === 'dialog' && <Outlet />}
        <SpaceChips chips={data.chips} />
        <FolderList key={data.id} data={data} />
      </Split>
    </Page>
  );
}
