import { Failure } from '#platform/errors';

/** One condition of an `If` header: a lock token or an entity tag, required or (with `Not`) excluded. */
export type Condition = { readonly isNot: boolean; readonly kind: 'token' | 'etag'; readonly value: string };

/** Conditions that must all hold for one resource; null: the resource of the request itself. */
export type ConditionList = { readonly resource: string | null; readonly conditions: readonly Condition[] };

/** Bounds of an `If` header. */
const limits = { characters: 8_192, lists: 64 };

function refuse(): never {
  throw new Failure('invalid', 'dav.ifInvalid');
}

const condition = /^\s*(Not\s+|Not(?=[<[]))?(?:<([^<>]*)>|\[\s*(?:W\/)?"([^"]*)"\s*\])/i;

/** RFC 4918, 10.4.2: lists with or without a tag, each a sequence of conditions in parentheses. Throws `invalid`. */
export function parseIf(header: string): ConditionList[] {
  if (header.length > limits.characters) refuse();
  const lists: ConditionList[] = [];
  let rest = header.trim();
  let resource: string | null = null;
  while (rest !== '') {
    const [tagged, tag] = /^<([^<>]*)>\s*(?=\()/.exec(rest) ?? [];
    if (tagged !== undefined) {
      resource = tag as string;
      rest = rest.slice(tagged.length);
    }
    const [whole, inside] = /^\(((?:[^()"<>]|"[^"]*"|<[^<>]*>)*)\)\s*/.exec(rest) ?? [];
    if (whole === undefined || inside === undefined || lists.length >= limits.lists) refuse();
    lists.push({ resource, conditions: parseConditions(inside) });
    rest = rest.slice(whole.length);
  }
  return lists;
}

function parseConditions(text: string): Condition[] {
  const conditions: Condition[] = [];
  for (let rest = text.trim(); rest !== ''; ) {
    const [whole, not, token, etag] = condition.exec(rest) ?? [];
    if (whole === undefined) refuse();
    conditions.push({ isNot: not !== undefined, kind: token === undefined ? 'etag' : 'token', value: token ?? (etag as string) });
    rest = rest.slice(whole.length).trim();
  }
  if (conditions.length === 0) refuse();
  return conditions;
}

/** What is true of a resource: its entity tag (null: nothing is there) and the tokens of locks on it. */
export type State = { readonly etag: string | null; readonly tokens: readonly string[] };

/**
 * RFC 4918, 10.4.3: the header holds when one of its lists does; a list when all of its conditions do.
 * @param stateOf what is true of the resource a list names
 */
export function isFulfilled(lists: readonly ConditionList[], stateOf: (resource: string | null) => State): boolean {
  return lists.some(({ resource, conditions }) => {
    const state = stateOf(resource);
    return conditions.every(({ isNot, kind, value }) => {
      const holds = kind === 'etag' ? state.etag === value : state.tokens.includes(value);
      return holds !== isNot;
    });
  });
}

/** The lock tokens the client submits: every one it names counts, wherever it stands (RFC 4918, 10.4.1). */
export function submittedTokens(lists: readonly ConditionList[]): string[] {
  return lists.flatMap(({ conditions }) =>
    conditions.filter(({ kind, isNot }) => kind === 'token' && !isNot).map(({ value }) => value),
  );
}

/** The entity tag of a header that demands nothing else, and of what it speaks; null for every other header. */
export function onlyEtag(lists: readonly ConditionList[]): { readonly resource: string | null; readonly etag: string } | null {
  const [list, ...more] = lists;
  const [only, ...others] = list?.conditions ?? [];
  if (!list || !only || more.length > 0 || others.length > 0 || only.isNot || only.kind !== 'etag') return null;
  return { resource: list.resource, etag: only.value };
}
