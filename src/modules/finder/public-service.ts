import type { Context } from '#platform/context';
import { addDays, dayAt } from '#platform/day';
import { ensure } from '#platform/errors';
import { competences, type Responsible } from './competence.ts';
import { knowledge } from './lexicon.ts';
import { stateTenant } from './rules.ts';
import { type Area, findPlace, lineOf, type PlaceAnswer } from './rules-area.ts';
import { type AuthorityContent, isEntryKey, type ServiceContent, type SupplementContent } from './rules-content.ts';
import { type Hours, openState, readHours, spansOn } from './rules-hours.ts';
import { openShelf, type Shelf } from './shelf.ts';
import { readAuthorities, readService, readSupplements } from './store/published.ts';

const today = ({ platform }: Context) => platform.clock.now().toISOString().slice(0, 10);

export type OpeningDay = { readonly iso: string; readonly spans: readonly { readonly from: number; readonly to: number }[] };

export type AuthorityView = {
  readonly key: string;
  readonly content: AuthorityContent;
  readonly publishedAt: Date;
  /** Null: no opening hours are on file. */
  readonly opening: {
    readonly isOpen: boolean;
    readonly until: number | null;
    readonly next: { readonly iso: string; readonly from: number } | null;
    /** The next seven days, holidays and exceptions included. */
    readonly days: readonly OpeningDay[];
  } | null;
};

export type ServiceView = {
  readonly key: string;
  readonly content: ServiceContent;
  readonly publishedAt: Date;
  readonly checkedOn: string | null;
  readonly place: PlaceAnswer;
  /** What the place adds, the nearest area first. */
  readonly supplements: readonly SupplementContent[];
  readonly responsible: Responsible | null;
  readonly authority: AuthorityView | null;
  /** Area of the rule that matched, by name. */
  readonly ruleArea: string | null;
};

/**
 * One service, and for a place who is responsible there, with address and opening hours. Public. Throws `notFound` for a service
 * that is not published or not in force.
 */
export async function getService(ctx: Context, key: string, place = ''): Promise<ServiceView> {
  const shelf = await openShelf(ctx);
  const load = () => readService(ctx.platform.db.read(stateTenant), stateTenant, key, today(ctx));
  const service = isEntryKey(key) ? await shelf.keep(`service ${key}`, load) : null;
  ensure(service, 'notFound', 'finder.serviceUnknown');
  return shownOn(shelf, ctx, service, place);
}

type Service = Pick<ServiceView, 'key' | 'content' | 'publishedAt' | 'checkedOn'>;

/** A service as it is shown for a place, also one that is not published yet. */
export async function viewOfService(ctx: Context, service: Service, place: string): Promise<ServiceView> {
  return shownOn(await openShelf(ctx), ctx, service, place);
}

async function shownOn(shelf: Shelf, ctx: Context, service: Service, place: string): Promise<ServiceView> {
  const { register } = await knowledge(ctx);
  const where = findPlace(place, register);
  const local = where.kind === 'found' ? await localView(shelf, ctx, { service, area: where.area }) : nowhere;
  const ruleArea = local.responsible?.rule ? (register.areas.get(local.responsible.rule.area)?.designation ?? null) : null;
  const { key, content, publishedAt, checkedOn } = service;
  return { key, content, publishedAt, checkedOn, place: where, ruleArea, ...local };
}

const nowhere = { supplements: [], responsible: null, authority: null };

type Local = { readonly service: Pick<Service, 'key' | 'content'>; readonly area: Area };

async function localView(shelf: Shelf, ctx: Context, { service: { key, content }, area }: Local) {
  const { level } = content;
  const load = () =>
    Promise.all([
      competences(ctx, { services: [{ key, level }], area }),
      readSupplements(ctx.platform.db.read(stateTenant), stateTenant, key, lineOf(area.key)),
    ]);
  const [found, supplements] = await shelf.keep(`local ${key} ${level} ${area.key}`, load);
  const responsible = found.get(key) ?? null;
  const authority = responsible?.authority ? await findAuthority(shelf, ctx, responsible.authority.key) : null;
  return { supplements, responsible, authority };
}

async function findAuthority(shelf: Shelf, ctx: Context, key: string): Promise<AuthorityView | null> {
  const load = async () => (await readAuthorities(ctx.platform.db.read(stateTenant), stateTenant, [key]))[0] ?? null;
  const row = isEntryKey(key) ? await shelf.keep(`authority ${key}`, load) : null;
  // Whether it is open depends on the moment.
  return row && viewOfAuthority(row, ctx.platform.clock.now());
}

/** An authority as it is shown at a moment, also one that is not published yet. */
export const viewOfAuthority = (row: Omit<AuthorityView, 'opening'>, now: Date): AuthorityView => ({
  ...row,
  opening: openingOf(row.content, now),
});

const daysShown = 7;

function openingOf({ hours: text }: AuthorityContent, now: Date): AuthorityView['opening'] {
  if (text === '') return null;
  const hours: Hours = readHours(text);
  const { isOpen, until, next } = openState(hours, now);
  const days = Array.from({ length: daysShown }, (_, ahead) => {
    const iso = addDays(dayAt(now), ahead);
    return { iso, spans: spansOn(hours, iso) };
  });
  return { isOpen, until, next, days };
}

/** One authority with its opening hours. Public. Throws `notFound`. */
export async function getAuthority(ctx: Context, key: string): Promise<AuthorityView> {
  const found = await findAuthority(await openShelf(ctx), ctx, key);
  ensure(found, 'notFound', 'finder.authorityUnknown');
  return found;
}
