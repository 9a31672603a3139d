import type { LoaderFunctionArgs } from 'react-router';
import type { PageHouse } from '#web/context';
import { idOf, idsIn } from './address.ts';
import { folderTexts } from './folder-texts.ts';

/** Names that the dialog lists one by one. */
const named = 5;

type Choice = { readonly id: number; readonly name: string; readonly isSpace: boolean };

async function namesOf(house: PageHouse, ids: readonly number[]): Promise<string[]> {
  const found = await Promise.allSettled(ids.slice(0, named).map((id) => house.rooms.files.locate(house.ctx, id)));
  return found.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value.node.name] : []));
}

/** Where one can begin to look for a place: the own files and every space. */
async function topOf(house: PageHouse) {
  const { own, mounts } = await house.rooms.files.readHome(house.ctx);
  const labels = folderTexts[house.ctx.locale];
  const spaces = mounts.map(({ root, name }) => ({ id: root.id, name, isSpace: true }));
  const folders: Choice[] = [{ id: own.node.id, name: labels.files, isSpace: true }, ...spaces];
  return { here: null, above: [], folders, mayPut: false };
}

async function insideOf(house: PageHouse, id: number) {
  const { files } = house.rooms;
  const folder = await files.locate(house.ctx, id);
  const nameOf = (node: (typeof folder)['node']) => node.name || folder.space.name || folderTexts[house.ctx.locale].files;
  const folders: Choice[] = (await files.listFolders(house.ctx, folder)).map(({ id: child, name }) => ({
    id: child,
    name,
    isSpace: false,
  }));
  return {
    here: { id, name: nameOf(folder.node) },
    above: folder.lineage.slice(0, -1).map((node) => ({ id: node.id, name: nameOf(node) })),
    folders,
    mayPut: files.allows(folder.role, 'create'),
  };
}

/** What the dialog shows: what is carried, where one looks, and the folders there. */
export async function readCarrying(house: PageHouse, { params, request }: Pick<LoaderFunctionArgs, 'params' | 'request'>) {
  const { searchParams } = new URL(request.url);
  const ids = idsIn(searchParams.getAll('ids'));
  const { own } = await house.rooms.files.readHome(house.ctx);
  const from = params.id === undefined ? own.node.id : idOf(params.id);
  const wanted = searchParams.get('in');
  const place = wanted === 'oben' ? await topOf(house) : await insideOf(house, idOf(wanted) || from);
  const carried = new Set(ids);
  return {
    ids,
    from,
    names: await namesOf(house, ids),
    isCopy: searchParams.get('art') === 'kopieren',
    ...place,
    // A folder cannot go into itself.
    folders: place.folders.filter(({ id }) => !carried.has(id)),
  };
}
