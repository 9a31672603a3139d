import type { Context } from '#platform/context';
import { ensure } from '#platform/errors';
import { authorize } from './gate.ts';
import { knowledge } from './lexicon.ts';
import { stateTenant } from './rules.ts';
import { type Area, findPlace, lineOf, type PlaceAnswer } from './rules-area.ts';
import { type Answer, resolve } from './rules-competence.ts';
import type { Level, Unit } from './rules-content.ts';
import {
  type PublicAuthority,
  readAdministrations,
  readAuthorities,
  readRules,
  readService,
  readServiceKeys,
} from './store/published.ts';

/** Who is responsible, and why. */
export type Responsible = {
  /** Null: nobody is on file for the level; the level itself is said instead. */
  readonly authority: { readonly key: string; readonly name: string } | null;
  readonly unit: Unit | null;
  readonly level: Level | null;
  /** The rule that matched: its area, whether it is for this service alone, and what it rests on. */
  readonly rule: { readonly id: number; readonly area: string; readonly isGeneral: boolean; readonly source: string } | null;
  /** The administration of the place itself, when it is not the one: “not us, but them”. */
  readonly notUs: { readonly key: string; readonly name: string } | null;
};

type Question = { readonly services: readonly { readonly key: string; readonly level: Level }[]; readonly area: Area };

/** The responsible authorities for some services in one area, by the key of the service. */
export async function competences(ctx: Context, { services, area }: Question): Promise<Map<string, Responsible>> {
  const sql = ctx.platform.db.read(stateTenant);
  const areas = lineOf(area.key);
  const today = ctx.platform.clock.now().toISOString().slice(0, 10);
  const [rules, administrations] = await Promise.all([
    readRules(sql, stateTenant, { services: services.map(({ key }) => key), areas, today }),
    readAdministrations(sql, stateTenant, areas, stateTenant),
  ]);
  const administrationOf = (key: string) => administrations.get(key) ?? null;
  const answers = services.map(({ key, level }) => ({
    key,
    answer: resolve({ service: key, level, area: area.key, rules, administrationOf }),
  }));
  const here = administrationOf(area.key.slice(0, 8)) ?? administrationOf(area.key);
  const authorities = await authoritiesOf(ctx, [here, ...answers.map(({ answer }) => answer.authority)]);
  return new Map(answers.map(({ key, answer }) => [key, describe(answer, authorities, here)]));
}

/** A rule that was looked at, in words. */
export type RuleLine = {
  /** Null: every service without a rule of its own. */
  readonly service: string | null;
  readonly area: string;
  /** Names of the areas for which it does not hold. */
  readonly except: readonly string[];
  readonly authority: string | null;
  readonly level: Level | null;
  readonly unit: string;
  readonly source: string;
  readonly verdict: 'matched' | 'excepted' | 'wider' | 'general';
};

export type Explanation = {
  readonly service: { readonly key: string; readonly title: string };
  readonly place: PlaceAnswer;
  readonly responsible: Responsible | null;
  /** Every rule that had to be looked at, the one that matched first; none: the level in the service itself decided. */
  readonly rules: readonly RuleLine[];
};

/**
 * Why somebody is responsible: every published rule that concerns the service in this place, and what became of it. For editors.
 * Throws `notFound` for a service that is not published.
 */
export async function explainCompetence(
  ctx: Context,
  asked: { readonly service: string; readonly place: string },
): Promise<Explanation> {
  authorize(ctx.actor, 'read', { tenant: ctx.actor.tenant });
  const sql = ctx.platform.db.read(stateTenant);
  const today = ctx.platform.clock.now().toISOString().slice(0, 10);
  const [key = asked.service] = await readServiceKeys(sql, stateTenant, asked.service.trim());
  const [service, { register }] = await Promise.all([readService(sql, stateTenant, key, today), knowledge(ctx)]);
  ensure(service, 'notFound', 'finder.serviceUnknown');
  const place = findPlace(asked.place, register);
  const named = { key, title: service.content.title };
  if (place.kind !== 'found') return { service: named, place, responsible: null, rules: [] };
  const { area } = place;
  const areas = lineOf(area.key);
  const rules = await readRules(sql, stateTenant, { services: [key], areas, today });
  const answer = resolve({ service: key, level: service.content.level, area: area.key, rules, administrationOf: () => null });
  const looked = [...(answer.rule ? [{ rule: answer.rule, why: 'matched' as const }] : []), ...answer.passedOver];
  const authorities = await authoritiesOf(
    ctx,
    looked.map(({ rule }) => rule.authority),
  );
  const found = await competences(ctx, { services: [{ key, level: service.content.level }], area });
  const areaName = (one: string) => register.areas.get(one)?.designation ?? one;
  const lines = looked.map(
    ({ rule, why }): RuleLine => ({
      service: rule.service === '*' ? null : rule.service,
      area: areaName(rule.area),
      except: rule.except.map(areaName),
      authority: rule.authority && (authorities.get(rule.authority)?.content.name ?? rule.authority),
      level: rule.level,
      unit: rule.unit,
      source: rule.source,
      verdict: why,
    }),
  );
  return { service: named, place, responsible: found.get(key) ?? null, rules: lines };
}

async function authoritiesOf({ platform }: Context, keys: readonly (string | null)[]): Promise<Map<string, PublicAuthority>> {
  const wanted = [...new Set(keys.filter((key) => key !== null))];
  if (wanted.length === 0) return new Map();
  const found = await readAuthorities(platform.db.read(stateTenant), stateTenant, wanted);
  return new Map(found.map((authority) => [authority.key, authority]));
}

function describe(answer: Answer, authorities: ReadonlyMap<string, PublicAuthority>, here: string | null): Responsible {
  const nameOf = (key: string | null) => {
    const authority = key === null ? undefined : authorities.get(key);
    return authority ? { key: authority.key, name: authority.content.name } : null;
  };
  const units = answer.authority === null ? [] : (authorities.get(answer.authority)?.content.units ?? []);
  const { rule } = answer;
  const authority = nameOf(answer.authority);
  // A special authority of the town (“16062005.standesamt”) is still the town.
  const isElsewhere = authority !== null && here !== null && !authority.key.startsWith(here);
  return {
    authority,
    unit: units.find(({ key }) => key === answer.unit && key !== '') ?? null,
    level: answer.level,
    rule: rule && { id: rule.id, area: rule.area, isGeneral: rule.service === '*', source: rule.source },
    notUs: isElsewhere ? nameOf(here) : null,
  };
}
