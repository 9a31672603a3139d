import type { IdentityAttribute, IdentityFacts, IdentityLevel } from '#modules/accounts';
import type { Definition, Field, Text } from './rules-definition.ts';
import type { RawAnswers } from './rules-field.ts';

/** How surely an applicant must be known, and which answers a confirmed identity gives. */

export type AssuranceLevel = Definition['assurance']['level'];

const order: readonly AssuranceLevel[] = ['none', 'account', 'basic', 'substantial', 'high'];

/** So long a proof holds for what it was shown for: whoever comes back later, with the same link, may be somebody else. */
export const proofMinutes = 60;

/** That somebody has shown who they are, for one draft. */
export type Proof = {
  readonly level: Exclude<AssuranceLevel, 'none'>;
  /** Who says so: what people call the state identity; `account`, `counter`. */
  readonly source: string;
  readonly at: Date;
  /** Inputs by name as they were confirmed. */
  readonly confirmed: Readonly<Record<string, string>>;
};

/** Whether a proof is as sure as it has to be, and recent. */
export function suffices(proof: Proof | null, wanted: AssuranceLevel, now: Date): boolean {
  if (wanted === 'none') return true;
  if (!proof || now.getTime() - proof.at.getTime() > proofMinutes * 60_000) return false;
  return order.indexOf(proof.level) >= order.indexOf(wanted);
}

/** The level to ask the state identity for; null: it is not needed. */
export const levelToAsk = (wanted: AssuranceLevel): IdentityLevel | null =>
  wanted === 'none' || wanted === 'account' ? null : wanted;

type Pages = Pick<Definition, 'pages'>;

const identityFields = ({ pages }: Pages): Field[] =>
  pages.flatMap(({ repeat, fields }) => (repeat ? [] : fields.filter(({ identity }) => identity !== undefined)));

const parts = ['street', 'number', 'postcode', 'town'] as const;

/** What a form takes over from an identity: nothing, unless its fields say so. */
export function attributesFor(definition: Definition): IdentityAttribute[] {
  const wanted = identityFields(definition).flatMap(({ identity }) => (identity === 'address' ? parts : (identity ?? [])));
  return [...new Set<IdentityAttribute>(wanted)];
}

/** `1970-03-03` → `3.3.1970`, as people type it. */
const asTyped = (iso: string): string => iso.replace(/^(\d{4})-0?(\d+)-0?(\d+)$/, '$3.$2.$1');

/** The inputs of one field, by name, as they are confirmed. */
function inputsOf({ key, identity }: Field, facts: IdentityFacts): [string, string][] {
  if (identity === 'address')
    return parts.flatMap((part): [string, string][] => (facts[part] ? [[`${key}.${part}`, facts[part]]] : []));
  const fact = identity && facts[identity];
  return fact ? [[key, identity === 'birthDate' ? asTyped(fact) : fact]] : [];
}

/**
 * The answers with what was confirmed filled in where nothing stands yet: what somebody has typed stays, and is not confirmed unless
 * it is the same.
 */
export function prefilled(
  definition: Definition,
  plain: RawAnswers,
  facts: IdentityFacts,
): { readonly plain: RawAnswers; readonly confirmed: Record<string, string> } {
  const confirmed = Object.fromEntries(identityFields(definition).flatMap((field) => inputsOf(field, facts)));
  const missing = Object.entries(confirmed).filter(([name]) => (plain[name] ?? '') === '');
  return { plain: { ...plain, ...Object.fromEntries(missing) }, confirmed };
}

/** Names of the fields whose answers are what was confirmed, every input of them. */
export function confirmedFields(definition: Pages, plain: RawAnswers, { confirmed }: Proof): Text[] {
  const isConfirmed = ({ key, kind }: Field): boolean => {
    const names = kind === 'address' ? parts.map((part) => `${key}.${part}`) : [key];
    return names.every((name) => confirmed[name] !== undefined && confirmed[name] === plain[name]);
  };
  return identityFields(definition)
    .filter(isConfirmed)
    .map(({ label }) => label);
}
