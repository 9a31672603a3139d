import { isWithin, lineOf } from './rules-area.ts';
import type { CompetenceContent, Level } from './rules-content.ts';

/** Who is responsible: service × area → authority, by the most particular rule; and why. */

/** A published rule. */
export type Rule = CompetenceContent & { readonly id: number };

export type Answer = {
  /** Key of the authority; null when no authority is on file for the level the rule names. */
  readonly authority: string | null;
  readonly unit: string;
  readonly level: Level | null;
  /** The rule that matched; null: the level that stands in the service itself. */
  readonly rule: Rule | null;
  /** Rules that would have matched and why they did not. */
  readonly passedOver: readonly { readonly rule: Rule; readonly why: 'excepted' | 'wider' | 'general' }[];
};

export type Case = {
  readonly service: string;
  /** The level that stands in the service itself. */
  readonly level: Level;
  readonly area: string;
  readonly rules: readonly Rule[];
  /** Authority that administers an area; null when none is on file. */
  readonly administrationOf: (area: string) => string | null;
};

const isExcepted = (rule: Rule, area: string) => rule.except.some((except) => isWithin(area, except));

/**
 * Nearer areas before wider ones; within one area a rule for the service before one for all services, a named authority before a
 * level, the younger before the older.
 */
export function compareRules(one: Rule, other: Rule): number {
  return (
    lineOf(other.area).length - lineOf(one.area).length ||
    Number(one.service === '*') - Number(other.service === '*') ||
    Number(one.authority === null) - Number(other.authority === null) ||
    other.id - one.id
  );
}

/** Resolves a competence and says which rule did it. */
export function resolve({ service, level, area, rules, administrationOf }: Case): Answer {
  const concerned = rules.filter((rule) => (rule.service === service || rule.service === '*') && isWithin(area, rule.area));
  const excepted = concerned.filter((rule) => isExcepted(rule, area));
  const standing = concerned.filter((rule) => !isExcepted(rule, area)).sort(compareRules);
  const [rule = null, ...others] = standing;
  const chosen = rule?.authority ?? administrationAt(area, rule?.level ?? level, administrationOf);
  return {
    authority: chosen,
    unit: rule?.unit ?? '',
    level: rule ? rule.level : level,
    rule,
    passedOver: [
      ...excepted.map((one) => ({ rule: one, why: 'excepted' as const })),
      ...others.map((one) => ({ rule: one, why: one.area === rule?.area ? ('general' as const) : ('wider' as const) })),
    ],
  };
}

const lengthOf: Readonly<Record<Level, number>> = { municipality: 8, district: 5, state: 2, federal: 0 };

/** The administration of that level around an area. Federal matters are with authorities that rules must name. */
function administrationAt(area: string, level: Level, administrationOf: Case['administrationOf']): string | null {
  if (level === 'federal') return null;
  const key = area.slice(0, lengthOf[level]);
  return administrationOf(key);
}
