/**
 * A small grammar for the rules of FIM schemas, which are German sentences: when a field has a value, another field or group is to be
 * filled in; one of several fields is needed; one field needs another. What it does not understand it leaves to a person.
 */

export type FimCondition = {
  /** Id of the field that decides. */
  readonly field: string;
  /** Yes or no, codes of its list, or names of its values. */
  readonly yes: boolean | null;
  readonly codes: readonly string[];
  readonly names: readonly string[];
};

export type FimMeaning =
  /** Asked only under one of these conditions; `isNeeded`: and then it has to be answered. */
  | { readonly kind: 'show'; readonly target: string; readonly when: readonly FimCondition[]; readonly isNeeded: boolean }
  | { readonly kind: 'oneOf'; readonly fields: readonly string[] }
  | { readonly kind: 'needs'; readonly field: string; readonly other: string };

const id = /\b([FG]\d{11})\b/g;
const quoted = /["'„“”‚‘’][^"'„“”‚‘’]*["'„“”‚‘’]/g;

function conditionOf(text: string): FimCondition | null {
  const [field = '', ...others] = [...text.matchAll(id)].map(([name]) => name);
  if (!field.startsWith('F') || others.some((other) => other !== field)) return null;
  const plain = text.replaceAll(quoted, '""');
  if (/<|>|≠|ungleich|\bUND\b|\bnicht\b/i.test(plain)) return null;
  const yes = /=\s*(JA|WAHR)\b/i.test(plain) ? true : /=\s*(NEIN|FALSCH)\b/i.test(plain) ? false : null;
  const codes = [...plain.matchAll(/=\s*(\d{3})\b/g)].map((match) => match[1] as string);
  const names = [...text.matchAll(/===?\s*["„“]([^"„“”]{1,300})["“”]/g)].map((match) => match[1] as string);
  return yes === null && codes.length === 0 && names.length === 0 ? null : { field, yes, codes, names };
}

type Act = { readonly target: string; readonly isShown: boolean; readonly isNeeded: boolean };

/** Verbs hold for the ids behind them, up to the next verb; “muss … befüllt sein” says that an answer is needed. */
function actsOf(text: string): Act[] {
  const [first = ''] = text.replaceAll(quoted, '').split(/\bsonst\b/i);
  let isShown = true;
  let isNeeded = false;
  return first.split(/(?=\b(?:deaktiviere|aktiviere|zeige|muss|darf|dürfen)\b)/i).flatMap((part) => {
    isShown = !/^deaktiviere|\bnicht\b/i.test(part);
    isNeeded = /^muss|pflicht/i.test(part);
    return [...part.matchAll(id)].map(([target]) => ({ target, isShown, isNeeded }));
  });
}

function clausesOf(text: string): { condition: FimCondition | null; acts: Act[] }[] {
  return text
    .split(/(?=\bwenn\b)/i)
    .map((clause) => /^wenn\b(.*?)\bdann\b(.*)$/is.exec(clause))
    .flatMap((match) => (match ? [{ condition: conditionOf(match[1] ?? ''), acts: actsOf(match[2] ?? '') }] : []));
}

/** What a rule says, as far as it is understood; empty: nothing of it. */
export function readFimRule(text: string): FimMeaning[] {
  const ids = [...text.matchAll(id)].map(([name]) => name);
  if (/mindestens eines der Felder/i.test(text)) return [{ kind: 'oneOf', fields: ids.filter((one) => one.startsWith('F')) }];
  if (/nicht leer, dann darf .* nicht leer sein/i.test(text) && ids.length === 2)
    return [{ kind: 'needs', field: ids[0] as string, other: ids[1] as string }];
  const shown = new Map<string, { when: FimCondition[]; isNeeded: boolean }>();
  for (const { condition, acts } of clausesOf(text)) {
    if (condition === null) continue;
    for (const { target, isShown, isNeeded } of acts) {
      if (!isShown) continue;
      const known = shown.get(target) ?? { when: [], isNeeded: false };
      shown.set(target, { when: [...known.when, condition], isNeeded: known.isNeeded || isNeeded });
    }
  }
  return [...shown].map(([target, meaning]) => ({ kind: 'show', target, ...meaning }));
}
