import mime from 'mime';
import { allows, hasPreview, type LockOver, type Property } from '#modules/files';
import type { AccountActor } from '#platform/context';
import { renderLock, supportedLock } from './locks.ts';
import type { Resource } from './resource.ts';
import { principalPath } from './rules-path.ts';
import { dav, escapeXml, nextcloud, owncloud } from './xml.ts';

/** A property by its name. */
export type PropertyName = { readonly namespace: string; readonly name: string };

/** What is needed to show a resource's properties beyond its row; looked up only when somebody asks for such a property. */
export type Facts = {
  readonly person: AccountActor;
  /** Makes ids of nodes unique among instances: clients keep them. */
  readonly instanceId: string;
  /** When the instance was last brought back from a backup. */
  readonly restored: string;
  readonly free: number | null;
  readonly isFavourite: boolean;
  /** The resource's own address. */
  readonly href: string;
  readonly locks: readonly LockOver[];
  readonly dead: readonly Property[];
};

/** Content of a property as XML; null when this resource has none of that name. */
type Live = (resource: Resource, facts: Facts) => string | null;

const file =
  (show: Live): Live =>
  (resource, facts) =>
    resource.entry.node.isFolder ? null : show(resource, facts);
const folder =
  (show: Live): Live =>
  (resource, facts) =>
    resource.entry.node.isFolder ? show(resource, facts) : null;

/** The media type of a file, by its name. */
export function mediaType(name: string): string {
  return mime.getType(name) ?? 'application/octet-stream';
}

/** The letters by which sync clients know what they may do; see ../shared/design/clients.md. */
function permissionLetters({ entry, home }: Resource): string {
  const { role, node, isRoot } = entry;
  const may = (action: Parameters<typeof allows>[1]) => allows(role, action);
  const stays = isRoot || home !== null;
  const letters = ['G', may('delete') && !stays && 'D', may('rename') && !stays && 'NV'];
  const inside = node.isFolder ? [may('create') && 'CK'] : [may('write') && 'W'];
  return [...letters, ...inside].filter(Boolean).join('');
}

const clientId = (resource: Resource, { instanceId }: Facts) => `${String(resource.entry.node.id).padStart(8, '0')}${instanceId}`;

function checksums({ entry: { node } }: Resource): string | null {
  return node.sha1 === null ? null : `<oc:checksum>SHA1:${node.sha1}</oc:checksum>`;
}

/** Quota is the space's; RFC 4331. -3 is what Nextcloud's clients take for unlimited. */
function availableBytes(_resource: Resource, { free }: Facts): string {
  return free === null ? '-3' : String(free);
}

const live: ReadonlyMap<string, Live> = new Map<string, Live>([
  [`${dav} resourcetype`, (r) => (r.entry.node.isFolder ? '<d:collection/>' : '')],
  [`${dav} getlastmodified`, (r) => new Date(r.entry.node.modified).toUTCString()],
  [`${dav} creationdate`, (r) => new Date(r.entry.node.created).toISOString()],
  [`${dav} getcontentlength`, file((r) => String(r.entry.node.size))],
  [`${dav} getcontenttype`, file((r) => mediaType(r.name))],
  [`${dav} getetag`, (r) => `&quot;${r.etag}&quot;`],
  [`${dav} displayname`, (r, { person }) => escapeXml(r.home ? person.handle : r.name)],
  [`${dav} quota-available-bytes`, folder(availableBytes)],
  // RFC 4331, 4: at the top of a space what counts against its quota, earlier versions and trash included.
  [`${dav} quota-used-bytes`, folder((r) => String(r.entry.isRoot ? r.entry.space.used : r.size))],
  [`${dav} supportedlock`, () => supportedLock],
  [`${dav} lockdiscovery`, (_r, { locks, href }) => locks.map((lock) => renderLock(lock, href)).join('')],
  [`${dav} current-user-principal`, (_r, { person }) => `<d:href>${principalPath(person.handle)}</d:href>`],
  [`${owncloud} id`, clientId],
  [`${owncloud} fileid`, (r) => String(r.entry.node.id)],
  [`${owncloud} size`, (r) => String(r.size)],
  [`${owncloud} permissions`, permissionLetters],
  [`${owncloud} checksums`, file(checksums)],
  [`${owncloud} favorite`, (_r, { isFavourite }) => (isFavourite ? '1' : '0')],
  [`${owncloud} owner-id`, (r, { person }) => (r.entry.space.kind === 'personal' ? escapeXml(person.handle) : '')],
  [
    `${owncloud} owner-display-name`,
    (r, { person }) => escapeXml(r.entry.space.kind === 'personal' ? person.name : r.entry.space.name),
  ],
  [`${owncloud} share-types`, () => ''],
  [`${owncloud} comments-unread`, () => '0'],
  // A client that sees another one than before keeps what is newer on its side, and does not delete what is missing here.
  [`${owncloud} data-fingerprint`, (_r, { restored }) => restored],
  [`${nextcloud} has-preview`, (r) => String(hasPreview(r.entry.node))],
  [`${nextcloud} mount-type`, (r) => (r.entry.space.kind === 'shared' && r.entry.isRoot ? 'group' : '')],
  [`${nextcloud} is-encrypted`, () => '0'],
  [`${nextcloud} creation_time`, (r) => String(Math.floor(r.entry.node.created / 1000))],
  [`${nextcloud} upload_time`, (r) => String(Math.floor(r.entry.node.created / 1000))],
  [`${nextcloud} contained-folder-count`, () => null],
]);

/** What `allprop` shows: RFC 4918, 9.1, the properties of the RFC itself (those of RFC 4331 only when named) and dead ones. */
const shownByAllprop: readonly PropertyName[] = [
  'resourcetype',
  'getlastmodified',
  'creationdate',
  'getcontentlength',
  'getcontenttype',
  'getetag',
  'displayname',
  'supportedlock',
  'lockdiscovery',
].map((name) => ({ namespace: dav, name }));

/** The name as one string, for look-ups. */
export const keyOf = ({ namespace, name }: PropertyName) => `${namespace} ${name}`;

/** Whether we compute this property ourselves; such a one cannot be set (but for the favourite). */
export function isLive(property: PropertyName): boolean {
  return live.has(keyOf(property));
}

const prefixes: Readonly<Record<string, string>> = { [dav]: 'd', [owncloud]: 'oc', [nextcloud]: 'nc' };

function tagOf({ namespace, name }: PropertyName): { open: string; close: string } {
  const prefix = prefixes[namespace];
  if (prefix) return { open: `${prefix}:${name}`, close: `${prefix}:${name}` };
  if (namespace === '') return { open: `${name} xmlns=""`, close: name };
  return { open: `x:${name} xmlns:x="${escapeXml(namespace)}"`, close: `x:${name}` };
}

/** An empty element of this name. */
export function emptyElement(property: PropertyName): string {
  return `<${tagOf(property).open}/>`;
}

/** An element of this name with content (XML), or empty. */
export function fullElement(property: PropertyName, content: string): string {
  const { open, close } = tagOf(property);
  return content === '' ? `<${open}/>` : `<${open}>${content}</${close}>`;
}

/** What somebody asked for, made ready so that ten thousand resources can be shown with it. */
export type PropertyView = {
  readonly needs: { readonly dead: boolean; readonly favourites: boolean; readonly locks: boolean; readonly free: boolean };
  /** The property elements that are there, and empty ones of those that are not. */
  show(resource: Resource, facts: Facts): { found: string; missing: string };
};

export type PropertyRequest = { readonly kind: 'all' | 'names' | 'some'; readonly names: readonly PropertyName[] };

/** Prepares a request. */
export function prepareView(request: PropertyRequest): PropertyView {
  const isSome = request.kind === 'some';
  const names = isSome ? request.names : [...shownByAllprop, ...request.names];
  const shown = names.map((property) => ({ property, tag: tagOf(property), live: live.get(keyOf(property)) }));
  const isAskedFor = (namespace: string, name: string) =>
    names.some((property) => property.namespace === namespace && property.name === name);
  const onlyNames = request.kind === 'names';
  return {
    needs: {
      dead: !isSome || shown.some((each) => !each.live),
      favourites: isAskedFor(owncloud, 'favorite'),
      locks: isAskedFor(dav, 'lockdiscovery'),
      free: isAskedFor(dav, 'quota-available-bytes'),
    },
    show: (resource, facts) => {
      let found = '';
      let missing = '';
      for (const { property, tag, live: render } of shown) {
        const value = render ? render(resource, facts) : deadValue(property, facts);
        if (value === null) missing += isSome ? `<${tag.open}/>` : '';
        else found += value === '' || onlyNames ? `<${tag.open}/>` : `<${tag.open}>${value}</${tag.close}>`;
      }
      if (!isSome) found += facts.dead.map((property) => renderDead(property, onlyNames)).join('');
      return { found, missing };
    },
  };
}

function deadValue(property: PropertyName, { dead }: Facts): string | null {
  return dead.find(({ namespace, name }) => namespace === property.namespace && name === property.name)?.value ?? null;
}

function renderDead(property: Property, onlyNames: boolean): string {
  const { open, close } = tagOf(property);
  return onlyNames ? `<${open}/>` : `<${open}>${property.value}</${close}>`;
}
