import { type Deed, type DeedKind, type Home, listActivity, locate, readHome } from '#modules/files';
import { ensure } from '#platform/errors';
import type { Locale } from '#platform/words';
import { segmentsOf } from '../found.ts';
import { limitOf, numberOf, type Operation } from './call.ts';
import type { CapabilityProvider } from './capabilities.ts';
import type { Value } from './envelope.ts';
import type { OcsRoute } from './routes.ts';

/** What the apps of Nextcloud show as activity: what people did with files the person may see. */

export const activityCapabilities: CapabilityProvider = () => ({ activity: { apiv2: ['filters', 'filters-api'] } });

const limits = { fallback: 50, most: 200 };

type Sentence = { readonly own: string; readonly other: string };

const sentences: Readonly<Record<Locale, Readonly<Record<DeedKind, Sentence>>>> = {
  de: {
    created: { own: 'Sie haben {file} angelegt', other: '{who} hat {file} angelegt' },
    changed: { own: 'Sie haben {file} geändert', other: '{who} hat {file} geändert' },
    moved: { own: 'Sie haben {file} verschoben', other: '{who} hat {file} verschoben' },
    deleted: { own: 'Sie haben {file} gelöscht', other: '{who} hat {file} gelöscht' },
    restored: { own: 'Sie haben {file} zurückgeholt', other: '{who} hat {file} zurückgeholt' },
    commented: { own: 'Sie haben {file} kommentiert', other: '{who} hat {file} kommentiert' },
  },
  en: {
    created: { own: 'You created {file}', other: '{who} created {file}' },
    changed: { own: 'You changed {file}', other: '{who} changed {file}' },
    moved: { own: 'You moved {file}', other: '{who} moved {file}' },
    deleted: { own: 'You deleted {file}', other: '{who} deleted {file}' },
    restored: { own: 'You restored {file}', other: '{who} restored {file}' },
    commented: { own: 'You commented on {file}', other: '{who} commented on {file}' },
  },
};

/** The names Nextcloud's clients choose their icons by. */
const typeOf: Readonly<Record<DeedKind, string>> = {
  created: 'file_created',
  changed: 'file_changed',
  moved: 'file_changed',
  deleted: 'file_deleted',
  restored: 'file_restored',
  commented: 'comments',
};

const filters = { all: undefined, self: true, by: false } as const;

function render(url: string, locale: Locale, home: Home, deed: Deed): Value {
  const { seq, at, kind, by, isOwn, entry } = deed;
  const { id, name, parent, isFolder } = entry.node;
  const path = (segmentsOf(home, entry) ?? [name]).join('/');
  const rich = sentences[locale][kind][isOwn || by === '' ? 'own' : 'other'];
  const link = isFolder ? `${url}/dateien/${id}` : `${url}/dateien/${parent}/eintrag/${id}`;
  const parameters = { file: { type: 'file', id: String(id), name, path, link }, who: { type: 'highlight', id: by, name: by } };
  const subject = rich.replace('{file}', () => name).replace('{who}', () => by);
  return {
    activity_id: seq,
    app: 'files',
    type: typeOf[kind],
    user: by,
    subject,
    subject_rich: [rich, parameters],
    message: '',
    message_rich: ['', []],
    object_type: 'files',
    object_id: id,
    object_name: `/${path}`,
    objects: { [String(id)]: `/${path}` },
    link,
    icon: '',
    datetime: new Date(at).toISOString(),
    previews: [],
  };
}

/** `GET /apps/activity/api/v2/activity[/FILTER]`: newest first; `since` is the last one that was given. */
const list: Operation = async ({ ctx, param, given, request }) => {
  const filter = param('filter') || 'all';
  const isByThing = filter === 'filter';
  ensure(isByThing || filter in filters, 'notFound', 'platform.notFound');
  const before = given('since') && given('since') !== '0' ? numberOf(given('since'), 'since') : undefined;
  const node = isByThing ? numberOf(given('object_id'), 'object_id') : undefined;
  if (node !== undefined) await locate(ctx, node);
  const limit = limitOf(given('limit'), limits.fallback, limits.most);
  const isOwn = filters[filter as keyof typeof filters];
  const { deeds, last } = await listActivity(ctx, { before, node, isOwn, limit });
  const home = await readHome(ctx);
  const { url } = ctx.platform.config;
  const headers: Record<string, string> = last === null ? {} : { 'X-Activity-Last-Given': String(last) };
  if (last !== null) {
    const next = new URL(request.url, url);
    next.searchParams.set('since', String(last));
    headers.Link = `<${next}>; rel="next"`;
  }
  return { data: deeds.map((deed) => render(url, ctx.locale, home, deed)), headers };
};

const filterNames = {
  de: { all: 'Alles', self: 'Von mir', by: 'Von anderen' },
  en: { all: 'Everything', self: 'By me', by: 'By others' },
};

const listFilters: Operation = ({ ctx }) => ({
  data: Object.entries(filterNames[ctx.locale]).map(([id, name], priority) => ({ id, name, icon: '', priority })),
});

const base = '/apps/activity/api/v2/activity';

export const activityOperations: readonly OcsRoute[] = [
  { method: 'GET', path: base, run: list },
  { method: 'GET', path: `${base}/filters`, run: listFilters },
  { method: 'GET', path: `${base}/:filter`, run: list },
];
