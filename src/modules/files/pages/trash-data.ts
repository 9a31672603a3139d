import { type LoaderFunctionArgs, redirect } from 'react-router';
import { formatCount } from '#ui/format';
import { go, type PageHouse, signedIn, text } from '#web/context';
import type { Entry } from '../node.ts';
import { idOf, idsIn } from './address.ts';
import { tellOutcome } from './deeds.ts';
import { deedTexts } from './folder-texts.ts';
import { trashTexts } from './trash-texts.ts';

const pageSize = 200;
const dayMilliseconds = 86_400_000;

type Args = Pick<LoaderFunctionArgs, 'params' | 'request'>;

/** The person's spaces, the own one first, each with what they may do there. */
async function spacesOf(house: PageHouse) {
  const home = await house.rooms.files.readHome(house.ctx);
  const { own, mounts } = home;
  const shared = mounts.map(({ space, root, role, name }) => ({ entry: { space, role, node: root, isRoot: true }, name }));
  return { spaces: [{ entry: own, name: trashTexts[house.ctx.locale].own }, ...shared], home };
}

/** The space whose trash the address names; without a number the person's own. */
async function findSpace(house: PageHouse, id: string | undefined) {
  const { spaces, home } = await spacesOf(house);
  const found = id === undefined ? spaces[0] : spaces.find(({ entry }) => entry.space.id === idOf(id));
  if (!found) throw house.missing();
  return { ...found, spaces, home };
}

const pathOf = (space: number) => `/papierkorb/${space}`;

export async function readTrash(house: PageHouse, { params, request }: Args) {
  const { tenant } = signedIn(house);
  const { files, accounts, tenants } = house.rooms;
  const cursor = new URL(request.url).searchParams.get('ab');
  const [{ entry, name, spaces, home }, profile] = await Promise.all([
    findSpace(house, params.space),
    tenants.profile(house.ctx.platform, tenant),
  ]);
  const { items, next } = await files.listTrash(house.ctx, entry, cursor, pageSize);
  const names = await accounts.namesOf(
    house.ctx,
    items.flatMap(({ deletedBy }) => deletedBy ?? []),
  );
  const days = profile?.policies.trashDays ?? 0;
  return {
    space: entry.space.id,
    name,
    next,
    days,
    isFirst: cursor === null,
    mayRestore: files.allows(entry.role, 'restore'),
    mayPurge: files.allows(entry.role, 'purge'),
    spaces: spaces.map((each) => ({ id: each.entry.space.id, name: each.name })),
    stamps: files.stampsOf(home),
    now: house.ctx.platform.clock.now().getTime(),
    items: items.map(({ node, path, deletedAt, deletedBy }) => ({
      id: node.id,
      name: node.name,
      isFolder: node.isFolder,
      size: node.size,
      was: path.split('/').slice(0, -1).join(' › '),
      deletedAt: deletedAt.getTime(),
      goesAt: deletedAt.getTime() + days * dayMilliseconds,
      by: deletedBy === null ? null : (names.get(deletedBy) ?? null),
    })),
  };
}

export type TrashData = Awaited<ReturnType<typeof readTrash>>;

type ActArgs = Args & { readonly form: FormData };

/** The form around the list: what the pressed button says is done with what is marked. */
export async function actInTrash(house: PageHouse, { params, form }: ActArgs): Promise<Response> {
  const { files } = house.rooms;
  const labels = deedTexts[house.ctx.locale];
  const { entry } = await findSpace(house, params.space);
  const here = pathOf(entry.space.id);
  const ids = idsIn(form.getAll('ids'));
  const wanted = text(form, 'do');
  if (wanted === 'empty') return redirect(`${here}/leeren`);
  if (ids.length === 0) throw house.refuse(labels.nothingChosen, 'ids');
  if (wanted === 'purge') return redirect(`${here}/entfernen?ids=${ids.join(',')}`);
  if (wanted === 'elsewhere') return redirect(`${here}/zurueckholen?ids=${ids.join(',')}`);
  const outcome = await files.restoreAll(house.ctx, ids);
  return go(house, here, { text: tellOutcome(house, outcome, labels.restored) });
}

/** What is asked before what was chosen goes for good. */
export async function readPurge(house: PageHouse, { params, request }: Args) {
  const { files } = house.rooms;
  const { locale } = house.ctx;
  const { quoted, entries, nothingChosen } = deedTexts[locale];
  const { entry } = await findSpace(house, params.space);
  const ids = idsIn(new URL(request.url).searchParams.getAll('ids'));
  const [first] = ids;
  if (!first) throw house.refuse(nothingChosen, 'ids');
  const { node } = await files.locateTrashed(house.ctx, first);
  const what = ids.length === 1 ? quoted(node.name) : formatCount(locale, ids.length, entries);
  return { ids, what, space: entry.space.id };
}

export async function actPurge(house: PageHouse, { params, form }: ActArgs): Promise<Response> {
  const { entry } = await findSpace(house, params.space);
  const outcome = await house.rooms.files.purgeAll(house.ctx, idsIn(form.getAll('ids')));
  return go(house, pathOf(entry.space.id), { text: tellOutcome(house, outcome, deedTexts[house.ctx.locale].purged) });
}

/** What is asked before a trash is emptied. */
export async function readEmpty(house: PageHouse, { params }: Args) {
  const { entry } = await findSpace(house, params.space);
  return { ids: [], what: null, space: entry.space.id };
}

export async function actEmpty(house: PageHouse, { params }: Args): Promise<Response> {
  const { locale } = house.ctx;
  const { emptied, entries } = deedTexts[locale];
  const { entry } = await findSpace(house, params.space);
  const count = await house.rooms.files.emptyTrash(house.ctx, entry);
  return go(house, pathOf(entry.space.id), { text: emptied(formatCount(locale, count, entries)) });
}

/** The folders of the space, to bring something back to another place. */
export async function readElsewhere(house: PageHouse, { params, request }: Args) {
  const { files } = house.rooms;
  const { entry, name } = await findSpace(house, params.space);
  const { searchParams } = new URL(request.url);
  const folder = await files.locate(house.ctx, idOf(searchParams.get('in')) || entry.space.root);
  if (folder.space.id !== entry.space.id) throw house.missing();
  const nameOf = (node: Entry['node']) => node.name || name;
  return {
    space: entry.space.id,
    ids: idsIn(searchParams.getAll('ids')),
    here: { id: folder.node.id, name: nameOf(folder.node) },
    above: folder.lineage.slice(0, -1).map((node) => ({ id: node.id, name: nameOf(node) })),
    folders: (await files.listFolders(house.ctx, folder)).map((node) => ({ id: node.id, name: node.name })),
  };
}

export async function actElsewhere(house: PageHouse, { params, form }: ActArgs): Promise<Response> {
  const { entry } = await findSpace(house, params.space);
  const outcome = await house.rooms.files.restoreAll(house.ctx, idsIn(form.getAll('ids')), idOf(text(form, 'to')));
  return go(house, pathOf(entry.space.id), { text: tellOutcome(house, outcome, deedTexts[house.ctx.locale].restored) });
}
