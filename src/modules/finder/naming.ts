import type { Context } from '#platform/context';
import { ensure, Failure } from '#platform/errors';
import { areaOfTenant, authorize } from './gate.ts';
import { knowledge } from './lexicon.ts';
import { stateTenant } from './rules.ts';
import { findPlace, type Register } from './rules-area.ts';
import type { Content, EntryKind } from './rules-content.ts';
import { proposedKey } from './rules-key.ts';
import type { Entry } from './store/entries.ts';
import { readAuthorities, readAuthorityKeys, readServiceKeys, readServiceTitles } from './store/published.ts';

/** Editors write names, the rules hold keys: from the one to the other and back. */

type Typed = Readonly<Record<string, unknown>>;

const text = (value: unknown) => (typeof value === 'string' ? value.normalize('NFC').trim() : '');
const lines = (value: unknown) => (Array.isArray(value) ? value.map(text).filter(Boolean) : []);

/** The key at the beginning of “16062005 Stadt Ellrich”; the whole text when there is none. */
const firstWord = (typed: string) => typed.split(/\s+/, 1)[0] ?? typed;

function areaKey(register: Register, typed: string, field: string): string {
  const first = firstWord(typed);
  if (typed === '' || register.areas.has(first)) return first;
  const answer = findPlace(typed, register);
  if (answer.kind === 'several') {
    const places = answer.areas.map(({ key, designation }) => `${key} ${designation}`).join(', ');
    throw new Failure('invalid', 'finder.placeSeveral', { field, place: typed, places });
  }
  // A guess would be fine for somebody who searches; a rule must not rest on one.
  if (answer.kind !== 'found' || answer.isGuess) throw new Failure('invalid', 'finder.placeUnknown', { field, place: typed });
  return answer.area.key;
}

function onlyOne(keys: readonly string[], typed: string, field: string): string {
  const [key, second] = keys;
  if (key === undefined) throw new Failure('invalid', 'finder.nameUnknown', { field, name: typed });
  ensure(second === undefined || key === typed, 'invalid', 'finder.nameSeveral', { field, name: typed, keys: keys.join(', ') });
  return key;
}

async function serviceKey({ platform }: Context, typed: string): Promise<string> {
  if (typed === '' || typed === '*') return typed;
  return onlyOne(await readServiceKeys(platform.db.read(stateTenant), stateTenant, typed), typed, 'service');
}

/** The key of a service in a list: “hundesteuer Hund anmelden”, or its title alone. */
async function listedKey({ platform }: Context, typed: string): Promise<string> {
  const sql = platform.db.read(stateTenant);
  const first = firstWord(typed);
  if ((await readServiceTitles(sql, stateTenant, [first])).has(first)) return first;
  return onlyOne(await readServiceKeys(sql, stateTenant, typed), typed, 'services');
}

async function authorityKey({ platform }: Context, typed: string): Promise<string> {
  if (typed === '') return '';
  const sql = platform.db.read(stateTenant);
  const [byKey] = await readAuthorities(sql, stateTenant, [firstWord(typed)]);
  return byKey?.key ?? onlyOne(await readAuthorityKeys(sql, stateTenant, typed), typed, 'authority');
}

/**
 * What an editor typed, with keys in place of the names of places, services and authorities. Throws `invalid` with the field for a
 * name that nothing has, or more than one thing.
 */
export async function withKeys(ctx: Context, kind: EntryKind, typed: Typed): Promise<Typed> {
  authorize(ctx.actor, 'write', { tenant: ctx.actor.tenant });
  const { register } = await knowledge(ctx);
  const area = (field: string) => areaKey(register, text(typed[field]), field);
  const areas = (field: string) => lines(typed[field]).map((one) => areaKey(register, one, field));
  if (kind === 'authority') return { ...typed, represents: areas('represents') };
  if (kind === 'supplement') return { ...typed, service: await serviceKey(ctx, text(typed.service)), area: area('area') };
  if (kind === 'service') return typed;
  if (kind === 'lifeEvent')
    return { ...typed, services: await Promise.all(lines(typed.services).map((one) => listedKey(ctx, one))) };
  const [service, authority] = [await serviceKey(ctx, text(typed.service)), await authorityKey(ctx, text(typed.authority))];
  return { ...typed, service, authority, area: area('area'), except: areas('except') };
}

/** The content with the names of places and authorities behind their keys, as {@link withKeys} reads them back. */
export async function withNames(ctx: Context, kind: EntryKind, content: Content): Promise<Typed> {
  const { register } = await knowledge(ctx);
  const given = content as unknown as Typed;
  const area = (key: unknown) => [key, register.areas.get(String(key))?.designation].filter(Boolean).join(' ');
  if (kind === 'authority') return { ...given, represents: lines(given.represents).map(area) };
  if (kind === 'supplement') return { ...given, area: area(given.area) };
  if (kind === 'service') return given;
  const sql = ctx.platform.db.read(stateTenant);
  if (kind === 'lifeEvent') {
    const keys = lines(given.services);
    const titles = await readServiceTitles(sql, stateTenant, keys);
    return { ...given, services: keys.map((key) => [key, titles.get(key)].filter(Boolean).join(' ')) };
  }
  const [authority] = given.authority ? await readAuthorities(sql, stateTenant, [String(given.authority)]) : [];
  const named = authority ? `${authority.key} ${authority.content.name}` : given.authority;
  return { ...given, area: area(given.area), except: lines(given.except).map(area), authority: named };
}

/**
 * Entries with a title people can read: the key of a supplement or a rule names a service and an area, its title says so in words.
 */
export async function withTitles<One extends Pick<Entry, 'kind' | 'key' | 'title'>>(
  ctx: Context,
  entries: readonly One[],
): Promise<One[]> {
  const split = ({ kind, key }: One) => {
    const at = kind === 'supplement' || kind === 'competence' ? key.lastIndexOf('.') : -1;
    return at < 0 ? null : { service: key.slice(0, at), area: key.slice(at + 1) };
  };
  const wanted = entries.flatMap((entry) => split(entry)?.service ?? []);
  if (wanted.length === 0) return [...entries];
  const [titles, { register }] = await Promise.all([
    readServiceTitles(ctx.platform.db.read(stateTenant), stateTenant, wanted),
    knowledge(ctx),
  ]);
  return entries.map((entry) => {
    const parts = split(entry);
    const service = parts && titles.get(parts.service);
    const area = parts && register.areas.get(parts.area)?.designation;
    return service && area ? { ...entry, title: `${service} – ${area}` } : entry;
  });
}

/** The key a new entry gets: the typed one, or what follows from its content. It never changes afterwards. */
export async function keyForNew(
  ctx: Context,
  kind: EntryKind,
  { typed, content }: { typed: string; content: Typed },
): Promise<string> {
  const { tenant } = ctx.actor;
  authorize(ctx.actor, 'write', { tenant });
  return proposedKey(kind, { typed: typed.trim(), content, own: (await areaOfTenant(ctx, tenant)) ?? '' });
}
