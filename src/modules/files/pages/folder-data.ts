import { type LoaderFunctionArgs, redirect, redirectDocument } from 'react-router';
import { go, localPath, type PageHouse, type Part, signedIn, text } from '#web/context';
import type { Located } from '../access.ts';
import type { TakenRule } from '../place.ts';
import type { Done } from '../selection.ts';
import { contentPath, folderPath, idOf, idsIn, searchFor, sortingIn, zipPath } from './address.ts';
import { noticeOf, type Refusal, tellOutcome } from './deeds.ts';
import { deedTexts, folderTexts } from './folder-texts.ts';

/** Rows that come with the page: all of most folders, and enough to fill any screen of the others. */
const firstRows = 200;

type Args = Pick<LoaderFunctionArgs, 'params' | 'request'>;

/** The folder the address names; without a number the person's own root folder. */
async function findFolder(house: PageHouse, id: string | undefined): Promise<Located> {
  const { files } = house.rooms;
  if (id !== undefined) return files.locate(house.ctx, idOf(id));
  const { own } = await files.readHome(house.ctx);
  return { ...own, lineage: [own.node] };
}

/** The pages above a folder: the own files, or the spaces and then the space. */
export function crumbsAbove(house: PageHouse, { space, lineage }: Pick<Located, 'space' | 'lineage'>) {
  const labels = folderTexts[house.ctx.locale];
  const isOwn = space.kind === 'personal';
  const top = isOwn ? [] : [{ to: '/bereiche', label: labels.spaces }];
  const folders = lineage.map((node, index) =>
    isOwn && index === 0
      ? { to: '/dateien', label: labels.files }
      : { to: folderPath(node.id), label: node.name || space.name || labels.files },
  );
  return [...top, ...folders];
}

function rightsOf(house: PageHouse, { role, isRoot, space }: Located) {
  const { allows } = house.rooms.files;
  return {
    create: allows(role, 'create'),
    write: allows(role, 'write'),
    change: allows(role, 'delete'),
    manage: allows(role, 'manage') && space.kind === 'shared',
    isRoot,
  };
}

/** Everything the page of a folder shows. */
export async function readFolder(house: PageHouse, { params, request }: Args) {
  const me = signedIn(house);
  const { files } = house.rooms;
  const entry = await findFolder(house, params.id);
  if (!entry.node.isFolder) throw redirect(`${folderPath(entry.node.parent ?? 0)}/eintrag/${entry.node.id}`);
  const { searchParams } = new URL(request.url);
  const sorting = sortingIn(searchParams);
  const offset = idOf(searchParams.get('ab'));
  const isHome = entry.isRoot && entry.space.kind === 'personal';
  const [{ rows, total }, home, favourites] = await Promise.all([
    files.listRows(house.ctx, entry, { ...sorting, offset, limit: firstRows }),
    isHome ? files.readHome(house.ctx) : null,
    files.favouritesAmong(house.ctx, [entry.node.id]),
  ]);
  const crumbs = crumbsAbove(house, entry);
  return {
    id: entry.node.id,
    me: me.account,
    base: params.id === undefined ? '/dateien' : folderPath(entry.node.id),
    parent: crumbs.at(-2)?.to ?? null,
    title: crumbs.at(-1)?.label ?? '',
    above: crumbs.slice(0, -1),
    rows,
    total,
    offset,
    sorting,
    isHome,
    etag: files.etagOf(entry.node),
    size: entry.node.size,
    isFavourite: favourites.has(entry.node.id),
    may: rightsOf(house, entry),
    space: spaceFacts(entry),
    nearby: { '/papierkorb': `/papierkorb/${entry.space.id}` },
    stamps: home && files.stampsOf(home),
    chips: home?.mounts.map(({ name, root }) => ({ id: root.id, name })) ?? [],
    now: house.ctx.platform.clock.now().getTime(),
  };
}

function spaceFacts({ space, role }: Located) {
  const { id, kind, root, used, quota } = space;
  return { id, kind, root, used, quota, role };
}

export type FolderData = Awaited<ReturnType<typeof readFolder>>;

type ActArgs = Args & { readonly form: FormData };

/** Where the page goes back to after a change: where the form stood. */
function backOf({ params, request, form }: ActArgs): string {
  const base = params.id === undefined ? '/dateien' : folderPath(idOf(params.id));
  const given = localPath(form.get('zurueck'), '');
  return given.startsWith('/dateien') ? given : base + searchFor(sortingIn(new URL(request.url).searchParams));
}

const pathOf = ({ params }: Args) => (params.id === undefined ? '/dateien' : folderPath(idOf(params.id)));

/** What is done in a folder, by the form it was sent with. */
export async function actInFolder(house: PageHouse, args: ActArgs) {
  const deed = deeds[text(args.form, '_form')];
  if (!deed) throw house.missing();
  return deed(house, args, backOf(args));
}

type Deed = (house: PageHouse, args: ActArgs, back: string) => Promise<Response>;

async function trashChosen(house: PageHouse, args: ActArgs, back: string): Promise<Response> {
  const labels = deedTexts[house.ctx.locale];
  const outcome = await house.rooms.files.trashAll(house.ctx, idsIn(args.form.getAll('ids')));
  const undo = (ids: string) => ({ action: pathOf(args), fields: { _form: 'restore', ids, zurueck: back } });
  return go(house, back, noticeOf(tellOutcome(house, outcome, labels.trashed), outcome.done, undo));
}

async function downloadChosen(house: PageHouse, ids: readonly number[]): Promise<Response> {
  const { files } = house.rooms;
  const [first = 0] = ids;
  const { node } = await files.locate(house.ctx, first);
  return redirectDocument(ids.length === 1 && !node.isFolder ? contentPath(first) : zipPath(ids));
}

/** One form around the list, several buttons: what the pressed one says is done with what is marked. */
const chosen: Deed = async (house, args, back) => {
  const ids = idsIn(args.form.getAll('ids'));
  if (ids.length === 0) throw house.refuse(deedTexts[house.ctx.locale].nothingChosen, 'ids');
  const wanted = text(args.form, 'do');
  if (wanted === 'download') return downloadChosen(house, ids);
  if (wanted === 'trash') return trashChosen(house, args, back);
  const params = new URLSearchParams({ ids: ids.join(','), ...(wanted === 'copy' && { art: 'kopieren' }) });
  return redirect(`${pathOf(args)}/verschieben?${params}`);
};

const restore: Deed = async (house, { form }, back) => {
  const outcome = await house.rooms.files.restoreAll(house.ctx, idsIn(form.getAll('ids')));
  return go(house, back, { text: tellOutcome(house, outcome, deedTexts[house.ctx.locale].restored) });
};

const rename: Deed = async (house, args, back) => {
  const { files } = house.rooms;
  const labels = deedTexts[house.ctx.locale];
  const entry = await files.locate(house.ctx, idOf(text(args.form, 'id')));
  const name = text(args.form, 'name');
  const was = entry.node.name;
  if (name === '') throw house.refuse(labels.noName, 'name');
  if (name === was) return go(house, back);
  const folder = await files.locate(house.ctx, entry.node.parent ?? 0);
  const { node } = await files.move(house.ctx, entry, { folder, name });
  const fields = { _form: 'rename', id: String(node.id), name: was, zurueck: back };
  return go(house, back, { text: labels.renamed(was, node.name), undo: { action: pathOf(args), fields } });
};

const favourite: Deed = async (house, { form }, back) => {
  const labels = deedTexts[house.ctx.locale];
  const entry = await house.rooms.files.locate(house.ctx, idOf(text(form, 'id')));
  const isOn = text(form, 'on') === 'yes';
  await house.rooms.files.setFavourite(house.ctx, entry, isOn);
  const name = entry.node.name || entry.space.name || folderTexts[house.ctx.locale].files;
  return go(house, back, { text: isOn ? labels.favouriteOn(name) : labels.favouriteOff(name) });
};

/** Moves or copies what was marked or lies in the person's clipboard; the way back moves it to where it came from. */
const carry: Deed = async (house, args, back) => {
  const { files } = house.rooms;
  const labels = deedTexts[house.ctx.locale];
  const { form } = args;
  const [to, from, isCopy] = [idOf(text(form, 'to')), idOf(text(form, 'from')), text(form, 'art') === 'kopieren'];
  if (to === 0) throw house.refuse(labels.noFolder, 'to');
  const taken = files.meetingRules.find((rule) => rule === text(form, 'taken')) ?? 'number';
  const outcome = await files.carryAll(house.ctx, idsIn(form.getAll('ids')), { to, isCopy, taken });
  const target = await files.locate(house.ctx, to);
  const where = target.node.name || target.space.name || folderTexts[house.ctx.locale].files;
  const said = tellOutcome(house, outcome, (what) => (isCopy ? labels.copied : labels.moved)(what, where));
  // A copy has other ids than its original, and what was replaced lies in the trash: only a plain move can be taken back.
  if (isCopy || from === 0 || taken === 'replace') return go(house, back, { text: said });
  const fields = (ids: string) => ({ _form: 'carry', ids, to: String(from), zurueck: back });
  return go(
    house,
    back,
    noticeOf(said, outcome.done, (ids) => ({ action: pathOf(args), fields: fields(ids) })),
  );
};

const deeds: Readonly<Record<string, Deed>> = { chosen, restore, rename, favourite, carry };

/** Makes a folder and goes back to where it is seen. */
export async function makeFolder(house: PageHouse, args: ActArgs): Promise<Response> {
  const { files } = house.rooms;
  const labels = deedTexts[house.ctx.locale];
  const folder = await findFolder(house, args.params.id);
  const name = text(args.form, 'name');
  if (name === '') throw house.refuse(labels.noName, 'name');
  const node = await files.createFolder(house.ctx, { folder, name });
  const back = pathOf(args) + searchFor(sortingIn(new URL(args.request.url).searchParams));
  return go(house, back, { text: labels.folderMade(node.name) });
}

type Wanted = { readonly folder: Located; readonly taken: TakenRule };

async function storePart(house: PageHouse, part: Extract<Part, { kind: 'file' }>, { folder, taken }: Wanted): Promise<Done> {
  const { files } = house.rooms;
  const place = await files.placeFor(house.ctx, { folder, name: part.fileName }, taken);
  const source = part.stream as AsyncIterable<Uint8Array>;
  const target = { folder, name: place.name };
  const { node } = await files.writeFile(house.ctx, target, source, { precondition: place.precondition });
  return { id: node.id, name: node.name };
}

/** Stores the files of a form that was sent without script, each for itself: one refusal does not cost the others. */
export async function storeForm(house: PageHouse, args: Args): Promise<Response> {
  const { files } = house.rooms;
  const labels = deedTexts[house.ctx.locale];
  const folder = await findFolder(house, args.params.id);
  const done: Done[] = [];
  const refused: Refusal[] = [];
  let taken: TakenRule = 'refuse';
  for await (const part of house.parts()) {
    if (part.kind === 'field') {
      taken = files.takenRules.find((rule) => part.name === 'taken' && rule === part.value) ?? taken;
      continue;
    }
    try {
      done.push(await storePart(house, part, { folder, taken }));
    } catch (error) {
      refused.push({ id: 0, name: part.fileName, failure: error });
    }
  }
  const [first] = refused;
  if (done.length === 0) throw first ? first.failure : house.refuse(labels.noFile, 'file');
  return go(house, pathOf(args), { text: tellOutcome(house, { done, refused }, labels.uploaded) });
}
