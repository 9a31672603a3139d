import { Failure } from '#platform/errors';
import type { Sentence } from '#platform/words';

/** A number with bounds; both ends are allowed. */
type Measure = {
  readonly kind: 'seconds' | 'days' | 'bytes' | 'number';
  readonly fallback: number;
  readonly least: number;
  readonly most: number;
  readonly meaning: Sentence;
};

type Choice = {
  readonly kind: 'choice';
  readonly fallback: string;
  readonly choices: Readonly<Record<string, Sentence>>;
  readonly meaning: Sentence;
};

type YesNo = { readonly kind: 'yesNo'; readonly fallback: boolean; readonly meaning: Sentence };

export type PolicyDefinition = Measure | Choice | YesNo;

const [mebibyte, gibibyte, tebibyte] = [2 ** 20, 2 ** 30, 2 ** 40];
const [minute, hour, day] = [60, 3_600, 86_400];

/**
 * Everything a tenant can decide for itself. Its own decision counts, else its nearest ancestor's, else the fallback here.
 * Never remove or rename one without a migration: the values are stored under these names.
 */
export const policies = {
  sessionIdleSeconds: {
    kind: 'seconds',
    fallback: 8 * hour,
    least: 5 * minute,
    most: day,
    meaning: {
      de: 'Wer so lange nichts tut, wird im Browser abgemeldet.',
      en: 'Whoever does nothing for so long is signed out in the browser.',
    },
  },
  sessionLongestSeconds: {
    kind: 'seconds',
    fallback: 7 * day,
    least: hour,
    most: 90 * day,
    meaning: {
      de: 'Nach dieser Zeit endet jede Anmeldung im Browser, auch wenn gearbeitet wird.',
      en: 'After this time every browser session ends, even while somebody works.',
    },
  },
  passwordLength: {
    kind: 'number',
    fallback: 12,
    least: 10,
    most: 64,
    meaning: {
      de: 'So viele Zeichen muss ein Passwort mindestens haben.',
      en: 'A password must have at least so many characters.',
    },
  },
  appPasswords: {
    kind: 'yesNo',
    fallback: true,
    meaning: {
      de: 'App-Passwörter für Sync-Programme und Netzlaufwerke sind erlaubt.',
      en: 'App passwords for sync clients and network drives are allowed.',
    },
  },
  trashDays: {
    kind: 'days',
    fallback: 30,
    least: 1,
    most: 3_650,
    meaning: {
      de: 'So lange bleibt Gelöschtes im Papierkorb, dann wird es endgültig entfernt.',
      en: 'Deleted things stay in the trash for so long, then they are removed for good.',
    },
  },
  versionThinning: {
    kind: 'choice',
    fallback: 'standard',
    choices: {
      standard: {
        de: 'alle des letzten Tages, dann eine je Stunde für eine Woche, eine je Tag für 90 Tage, danach eine je Monat',
        en: 'all of the last day, then one an hour for a week, one a day for 90 days, one a month after that',
      },
      all: { de: 'alle Versionen', en: 'all versions' },
      none: { de: 'keine früheren Versionen', en: 'no earlier versions' },
    },
    meaning: { de: 'Welche früheren Versionen einer Datei aufgehoben werden.', en: 'Which earlier versions of a file are kept.' },
  },
  versionDays: {
    kind: 'days',
    fallback: 3_650,
    least: 1,
    most: 36_500,
    meaning: {
      de: 'Frühere Versionen werden höchstens so lange aufgehoben.',
      en: 'Earlier versions are kept for so long at most.',
    },
  },
  largestFileBytes: {
    kind: 'bytes',
    fallback: 100 * gibibyte,
    least: mebibyte,
    most: 4 * tebibyte,
    meaning: {
      de: 'Größte einzelne Datei; es gilt auch die Grenze des Betriebs.',
      en: "Largest single file; the operator's own limit applies as well.",
    },
  },
  spaceQuotaBytes: {
    kind: 'bytes',
    fallback: 10 * gibibyte,
    least: mebibyte,
    most: 1_024 * tebibyte,
    meaning: { de: 'Kontingent eines neuen Bereichs.', en: 'Quota of a new space.' },
  },
} as const satisfies Record<string, PolicyDefinition>;

export type PolicyName = keyof typeof policies;

type ValueOf<Definition> = Definition extends { kind: 'choice'; choices: Readonly<Record<infer Name, Sentence>> }
  ? Name
  : Definition extends { kind: 'yesNo' }
    ? boolean
    : number;

/** The values in force. */
export type PolicyValues = { readonly [Name in PolicyName]: ValueOf<(typeof policies)[Name]> };

export type PolicyValue = number | string | boolean;

export const policyNames = Object.keys(policies) as readonly PolicyName[];

/** Throws `invalid` when there is no such policy. */
export function checkPolicyName(name: string): PolicyName {
  const found = policyNames.find((known) => known === name);
  if (!found) throw new Failure('invalid', 'tenants.policyUnknown', { field: 'name', name });
  return found;
}

/** The value as it is stored. Throws `invalid` when it is not of the policy's kind or out of its bounds. */
export function checkPolicyValue(name: PolicyName, value: unknown): PolicyValue {
  const definition: PolicyDefinition = policies[name];
  if (definition.kind === 'choice') return checkChoice(definition, value);
  if (definition.kind === 'yesNo') {
    if (typeof value !== 'boolean') throw new Failure('invalid', 'tenants.policyYesNo', { field: 'value' });
    return value;
  }
  const { least, most } = definition;
  const isWithin = typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most;
  if (!isWithin) throw new Failure('invalid', 'tenants.policyBounds', { field: 'value', least, most });
  return value;
}

function checkChoice({ choices }: Choice, value: unknown): string {
  if (typeof value !== 'string' || !Object.hasOwn(choices, value))
    throw new Failure('invalid', 'tenants.policyChoice', { field: 'value', choices: Object.keys(choices).join(', ') });
  return value;
}

/** What a tenant or one of its ancestors decided. */
export type Decision = { readonly value: unknown; readonly tenant: number; readonly origin: string };

/** One policy as it is in force, and where that comes from. */
export type EffectivePolicy = {
  readonly value: PolicyValue;
  /** The tenant that decided it; null: nobody did, it is the default. */
  readonly tenant: number | null;
  /** That tenant's name; null for the default. */
  readonly origin: string | null;
};

export type EffectivePolicies = Readonly<Record<PolicyName, EffectivePolicy>>;

/** Combines decisions and defaults. A stored value that today's bounds no longer allow does not count. */
export function effective(decisions: Readonly<Record<string, Decision>>): EffectivePolicies {
  const entries = policyNames.map((name): [PolicyName, EffectivePolicy] => {
    const decision = decisions[name];
    if (decision && isStillAllowed(name, decision.value)) {
      return [name, { value: decision.value as PolicyValue, tenant: decision.tenant, origin: decision.origin }];
    }
    return [name, { value: policies[name].fallback, tenant: null, origin: null }];
  });
  return Object.fromEntries(entries) as EffectivePolicies;
}

function isStillAllowed(name: PolicyName, value: unknown): boolean {
  try {
    checkPolicyValue(name, value);
    return true;
  } catch {
    return false;
  }
}

/** The bare values. Where one bounds another, the stricter counts: they may have been decided on different floors. */
export function valuesOf(all: EffectivePolicies): PolicyValues {
  const bare = Object.fromEntries(policyNames.map((name) => [name, all[name].value])) as PolicyValues;
  return {
    ...bare,
    sessionIdleSeconds: Math.min(bare.sessionIdleSeconds, bare.sessionLongestSeconds),
  };
}
