import type { Context } from '#platform/context';
import { ensure } from '#platform/errors';
import { competences, type Responsible } from './competence.ts';
import { knowledge } from './lexicon.ts';
import { stateTenant } from './rules.ts';
import { type Area, findPlace, lineOf, type PlaceAnswer } from './rules-area.ts';
import { type AuthorityContent, isEntryKey, type ServiceContent, type SupplementContent } from './rules-content.ts';
import { type Hours, localTime, openState, readHours, spansOn } from './rules-hours.ts';
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
  const sql = ctx.platform.db.read(stateTenant);
  const service = isEntryKey(key) ? await readService(sql, stateTenant, key, today(ctx)) : null;
  ensure(service, 'notFound', 'finder.serviceUnknown');
  return viewOfService(ctx, service, place);
}

type Service = Pick<ServiceView, 'key' | 'content' | 'publishedAt' | 'checkedOn'>;

/** A service as it is shown for a place, also one that is not published yet. */
export async function viewOfService(ctx: Context, service: Service, place: string): Promise<ServiceView> {
  const { register } = await knowledge(ctx);
  const where = findPlace(place, register);
  const local =
    where.kind === 'found' ? await localView(ctx, { key: service.key, content: service.content, area: where.area }) : nowhere;
  const ruleArea = local.responsible?.rule ? (register.areas.get(local.responsible.rule.area)?.designation ?? null) : null;
  const { key, content, publishedAt, checkedOn } = service;
  return { key, content, publishedAt, checkedOn, place: where, ruleArea, ...local };
}

const nowhere = { supplements: [], responsible: null, authority: null };

async function localView(ctx: Context, { key, content, area }: { key: string; content: ServiceContent; area: Area }) {
  const [found, supplements] = await Promise.all([
    competences(ctx, { services: [{ key, content }], area }),
    readSupplements(ctx.platform.db.read(stateTenant), stateTenant, key, lineOf(area.key)),
  ]);
  const responsible = found.get(key) ?? null;
  const authority = responsible?.authority ? await findAuthority(ctx, responsible.authority.key) : null;
  return { supplements, responsible, authority };
}

async function findAuthority(ctx: Context, key: string): Promise<AuthorityView | null> {
  const [row] = isEntryKey(key) ? await readAuthorities(ctx.platform.db.read(stateTenant), stateTenant, [key]) : [];
  return row ? viewOfAuthority(row, ctx.platform.clock.now()) : null;
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
  const first = Date.parse(`${localTime(now).iso}T12:00:00Z`);
  const days = Array.from({ length: daysShown }, (_, ahead) => {
    const iso = new Date(first + ahead * 86_400_000).toISOString().slice(0, 10);
    return { iso, spans: spansOn(hours, iso) };
  });
  return { isOpen, until, next, days };
}

/** One authority with its opening hours. Public. Throws `notFound`. */
export async function getAuthority(ctx: Context, key: string): Promise<AuthorityView> {
  const found = await findAuthority(ctx, key);
  ensure(found, 'notFound', 'finder.authorityUnknown');
  return found;
}
