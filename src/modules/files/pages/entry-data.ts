import type { LoaderFunctionArgs } from 'react-router';
import { go, type PageHouse, signedIn, text } from '#web/context';
import type { Located } from '../access.ts';
import { folderPath, idOf, searchFor, sortingIn } from './address.ts';
import { entryTexts } from './entry-texts.ts';
import { actInFolder, crumbsAbove } from './folder-data.ts';

type Args = Pick<LoaderFunctionArgs, 'params' | 'request'>;

const find = (house: PageHouse, { params }: Args): Promise<Located> => house.rooms.files.locate(house.ctx, idOf(params.node));

/** Names of everybody who appears in the panel. */
async function namesFor(house: PageHouse, ids: readonly (number | null)[]): Promise<ReadonlyMap<number, string>> {
  const known = ids.filter((id) => id !== null);
  return known.length === 0 ? new Map() : house.rooms.accounts.namesOf(house.ctx, known);
}

async function notesOf(house: PageHouse, entry: Located) {
  const { files } = house.rooms;
  const [tags, comments, versions, restorations, locks] = await Promise.all([
    files.readTags(house.ctx, [entry.node.id]),
    files.listComments(house.ctx, entry),
    entry.node.isFolder ? [] : files.listVersions(house.ctx, entry),
    entry.node.isFolder ? new Map<string, never>() : files.listRestorations(house.ctx, entry),
    files.listLocks(house.ctx, entry),
  ]);
  return { tags: tags.get(entry.node.id) ?? [], comments, versions, restorations, locks };
}

/** Versions shown one by one; more than that nobody looks through. */
const mostVersions = 100;

/** Everything the panel says about one file or folder. */
export async function readEntry(house: PageHouse, args: Args) {
  const me = signedIn(house);
  const { files } = house.rooms;
  const entry = await find(house, args);
  const { node, role } = entry;
  const [{ tags, comments, versions, restorations, locks }, favourites] = await Promise.all([
    notesOf(house, entry),
    files.favouritesAmong(house.ctx, [node.id]),
  ]);
  const authors = [node.author, ...comments.map(({ account }) => account), ...versions.map(({ author }) => author)];
  const restorers = [...restorations.values()].flatMap(({ account, author }) => [account, author]);
  const names = await namesFor(house, [...authors, ...restorers, ...locks.map(({ account }) => account)]);
  const nameOf = (id: number | null) => (id === null ? null : (names.get(id) ?? null));
  const restoredOf = (blob: string | null) => {
    const found = blob === null ? undefined : restorations.get(blob);
    return found ? { at: found.restoredAt.getTime(), by: nameOf(found.account), author: nameOf(found.author) } : null;
  };
  const may = (action: Parameters<typeof files.allows>[1]) => files.allows(role, action);
  const { id, name, isFolder, size, modified, created, sha256 } = node;
  return {
    id,
    name,
    isFolder,
    size,
    modified,
    created,
    sha256,
    tags,
    by: nameOf(node.author),
    restored: restoredOf(node.blob),
    hasPreview: files.hasPreview(node),
    path: crumbsAbove(house, entry).slice(0, -1),
    isFavourite: favourites.has(id),
    lockedBy: locks[0] ? (nameOf(locks[0].account) ?? '') : null,
    comments: comments.map((comment) => ({
      id: comment.id,
      text: comment.text,
      writtenAt: comment.writtenAt.getTime(),
      by: nameOf(comment.account),
      isEdited: comment.editedAt !== null,
      mayRemove: comment.account === me.account || may('manage'),
    })),
    versions: versions.slice(0, mostVersions).map((version) => ({
      id: version.id,
      size: version.size,
      label: version.label,
      modified: version.modified,
      replacedAt: version.replacedAt.getTime(),
      by: nameOf(version.author),
      restored: restoredOf(version.blob),
    })),
    may: { change: may('delete') && !entry.isRoot, write: may('write'), describe: may('describe'), comment: may('comment') },
    now: house.ctx.platform.clock.now().getTime(),
  };
}

export type EntryData = Awaited<ReturnType<typeof readEntry>>;

type ActArgs = Args & { readonly form: FormData };
type Deed = (house: PageHouse, entry: Located, form: FormData) => Promise<string>;

const deeds: Readonly<Record<string, Deed>> = {
  tag: async (house, entry, form) => {
    const { name } = await house.rooms.files.addTag(house.ctx, entry, text(form, 'tag'));
    return entryTexts[house.ctx.locale].tagged(name);
  },
  untag: async (house, entry, form) => {
    await house.rooms.files.removeTag(house.ctx, entry, idOf(text(form, 'id')));
    return entryTexts[house.ctx.locale].untagged(text(form, 'was'));
  },
  comment: async (house, entry, form) => {
    await house.rooms.files.comment(house.ctx, entry, text(form, 'comment'));
    return entryTexts[house.ctx.locale].commented;
  },
  uncomment: async (house, entry, form) => {
    await house.rooms.files.editComment(house.ctx, entry, idOf(text(form, 'id')), null);
    return entryTexts[house.ctx.locale].uncommented;
  },
  restoreVersion: async (house, entry, form) => {
    await house.rooms.files.restoreVersion(house.ctx, entry, idOf(text(form, 'id')));
    return entryTexts[house.ctx.locale].versionRestored;
  },
  labelVersion: async (house, entry, form) => {
    await house.rooms.files.labelVersion(house.ctx, entry, idOf(text(form, 'id')), text(form, 'label') || null);
    return entryTexts[house.ctx.locale].versionLabelled;
  },
  removeVersion: async (house, entry, form) => {
    await house.rooms.files.removeVersion(house.ctx, entry, idOf(text(form, 'id')));
    return entryTexts[house.ctx.locale].versionRemoved;
  },
};

/** Forms of the panel; all of them come back to it. What can be done in the list too is done as there. */
export async function actOnEntry(house: PageHouse, args: ActArgs): Promise<Response> {
  const { params, request, form } = args;
  const name = text(form, '_form').replace(/-\d+$/, '');
  const deed = deeds[name];
  if (!deed) return actInFolder(house, args);
  const said = await deed(house, await find(house, args), form);
  const base = params.id === undefined ? '/dateien' : folderPath(idOf(params.id));
  const search = searchFor(sortingIn(new URL(request.url).searchParams));
  return go(house, `${base}/eintrag/${idOf(params.node)}${search}`, { text: said, ...undoOf(name, args) });
}

/** A removed tag can be put back as it was. */
function undoOf(name: string, { params, request, form }: ActArgs) {
  if (name !== 'untag') return {};
  const base = params.id === undefined ? '/dateien' : folderPath(idOf(params.id));
  const action = `${base}/eintrag/${idOf(params.node)}${searchFor(sortingIn(new URL(request.url).searchParams))}`;
  return { undo: { action, fields: { _form: 'tag', tag: text(form, 'was') } } };
}
